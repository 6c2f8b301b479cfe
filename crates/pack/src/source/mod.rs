//! From a file's bytes to values, with the line that each came from.

mod csv_file;
mod toml_file;

use crate::problem::{PackProblem, Report, codes};
use counterfoil_domain::text::is_plain;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) use csv_file::read_csv;
pub(crate) use toml_file::read_toml;

/// The path of a CSV file's list of rows; not shown, since the line says as much.
pub(crate) const ROWS: &str = "rows";

/// A file that has been read: its values, and where they stand.
pub(crate) struct Source {
    /// Its name in the pack.
    pub(crate) file: &'static str,
    /// TOML as it is; CSV as a list of objects, empty cells left out.
    pub(crate) value: Value,
    /// The line of each path (`funds[3].vat_code`), from 1.
    lines: BTreeMap<String, usize>,
}

impl Source {
    /// Where a path stands: `line 12, funds[3].vat_code`. A path that isn't in the file has the line of what it would be in.
    pub(crate) fn place(&self, path: &str) -> String {
        let line = self.line(path).map(|line| format!("line {line}"));
        let shown = shown(path);
        [line.as_deref(), Some(shown)].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Names every text that can't be printed as it is, or that has spaces nobody sees at its ends.
    pub(crate) fn plain_texts(&self, report: &mut Report) {
        self.plain_value(if self.value.is_array() { ROWS } else { "" }, &self.value, report);
    }

    fn plain_value(&self, path: &str, value: &Value, report: &mut Report) {
        match value {
            Value::String(text) if !is_plain(text) => {
                report.at(self, path, codes::TEXT_NOT_PLAIN, "has a character that can't be printed, such as a tab or a line end");
            }
            // What a barcode is padded with, and what is ignored in it, may be a space.
            Value::String(text) if text.trim() != text && !path.ends_with(".strip_leading") && !path.ends_with(".ignored") => {
                report.at(self, path, codes::TEXT_NOT_PLAIN, "begins or ends with a space");
            }
            Value::Array(entries) => {
                entries.iter().enumerate().for_each(|(index, entry)| self.plain_value(&format!("{path}[{index}]"), entry, report));
            }
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.plain_value(&field(path, name), value, report)),
            _ => {}
        }
    }

    fn line(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return Some(*line);
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }
}

/// A path as people see it: a CSV row's cells go by their column alone.
fn shown(path: &str) -> &str {
    match path.strip_prefix(ROWS) {
        Some(rest) if rest.starts_with('[') => rest.split_once("].").map_or("", |(_, column)| column),
        _ => path,
    }
}

/// The path of a field within `parent`. A made-up name of odd characters is shown escaped.
pub(crate) fn field(parent: &str, name: &str) -> String {
    let name = name.escape_debug();
    if parent.is_empty() { name.to_string() } else { format!("{parent}.{name}") }
}

/// The text of a file: UTF-8, with or without the mark that Excel puts first.
pub(crate) fn text<'a>(file: &str, bytes: &'a [u8], report: &mut Report) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            report.push(PackProblem {
                file: file.to_owned(),
                place: format!("line {}", 1 + good.iter().filter(|byte| **byte == b'\n').count()),
                code: codes::NOT_UTF8,
                reason: "isn't UTF-8 text; save the file as UTF-8".into(),
            });
            None
        }
    }
}
