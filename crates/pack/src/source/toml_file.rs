//! TOML files, with the line of every key and entry.

use super::{Source, field, text};
use crate::problem::{PackProblem, Report, codes};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many syntax errors of one file are listed; one slip often makes a row of them.
const MAX_SYNTAX_ERRORS: usize = 10;

/// Reads a TOML file. `None`, with the problems in the report, when it isn't one.
pub(crate) fn read_toml(file: &'static str, bytes: &[u8], report: &mut Report) -> Option<Source> {
    let text = text(file, bytes, report)?;
    let line_ends = LineEnds::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MAX_SYNTAX_ERRORS) {
        let line = error.span().map_or(1, |span| line_ends.line(span.start));
        report.push(PackProblem {
            file: file.to_owned(),
            place: format!("line {line}"),
            code: codes::SYNTAX,
            reason: format!("isn't TOML: {}", error.message()),
        });
    }
    if !errors.is_empty() {
        return None;
    }
    let mut reader = Reader { line_ends, lines: BTreeMap::new(), unfit: Vec::new() };
    let value = reader.table("", table.get_ref());
    let unfit = reader.unfit;
    let source = Source { file, value, lines: reader.lines };
    for (path, reason) in unfit {
        report.at(&source, &path, codes::WRONG_TYPE, reason);
    }
    Some(source)
}

/// Where each line ends, so that a file of a hundred thousand keys is counted once and not once for each.
struct LineEnds(Vec<usize>);

impl LineEnds {
    fn of(text: &str) -> LineEnds {
        LineEnds(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset).collect())
    }

    /// The line, from 1, that `offset` is in.
    fn line(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|end| *end < offset)
    }
}

struct Reader {
    line_ends: LineEnds,
    lines: BTreeMap<String, usize>,
    unfit: Vec<(String, &'static str)>,
}

impl Reader {
    fn mark(&mut self, path: &str, span: Range<usize>) {
        let line = self.line_ends.line(span.start);
        self.lines.insert(path.to_owned(), line);
    }

    fn table(&mut self, path: &str, table: &DeTable<'_>) -> Value {
        let mut object = Map::new();
        for (key, value) in table {
            let path = field(path, key.get_ref());
            self.mark(&path, key.span());
            object.insert(key.get_ref().to_string(), self.value(&path, value));
        }
        Value::Object(object)
    }

    fn value(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::from(text.as_ref()),
            DeValue::Boolean(flag) => Value::from(*flag),
            DeValue::Table(table) => self.table(path, table),
            DeValue::Array(entries) => Value::Array(
                entries
                    .iter()
                    .enumerate()
                    .map(|(index, entry)| {
                        let path = format!("{path}[{index}]");
                        self.mark(&path, entry.span());
                        self.value(&path, entry)
                    })
                    .collect(),
            ),
            DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
                Ok(number) => Value::from(number),
                Err(_) => self.unfit(path, "is a larger number than any field takes"),
            },
            // Binary fractions have no place near money: amounts and rates are text, and are read exactly.
            DeValue::Float(_) => self.unfit(path, "amounts and rates are written in quotes, such as \"12.50\""),
            DeValue::Datetime(_) => self.unfit(path, "no field takes a date; text is written in quotes"),
        }
    }

    fn unfit(&mut self, path: &str, reason: &'static str) -> Value {
        self.unfit.push((path.to_owned(), reason));
        Value::Null
    }
}
