//! CSV files: a heading, then one row to a line. Stricter than most readers, so that a torn quote is found where it is
//! torn, rather than swallowing the rows after it.

use super::{ROWS, Source, text};
use crate::problem::{PackProblem, Report, codes};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Reads a CSV file whose columns are `known`, of which `required` must be there. Every cell is text; an empty cell is as if
/// it weren't there. `None`, with the problems in the report, when it isn't such a file.
pub(crate) fn read_csv(file: &'static str, bytes: &[u8], known: &[String], required: &[String], report: &mut Report) -> Option<Source> {
    let text = text(file, bytes, report)?;
    let mut torn = false;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match cells(line) {
            Ok(cells) => rows.push((index + 1, cells)),
            Err(reason) => {
                torn = true;
                report.push(problem(file, index + 1, codes::SYNTAX, reason));
            }
        }
    }
    let mut rows = rows.into_iter();
    // Without its heading the rest of a file means nothing.
    let heading = rows.next().filter(|(line, _)| *line == 1).map(|(_, names)| names);
    let Some(names) = heading else {
        report.push(problem(file, 1, codes::SYNTAX, format!("the first line must name the columns: {}", known.join(","))));
        return None;
    };
    if !heading_fits(file, &names, known, required, report) {
        return None;
    }
    let source = source(file, &names, rows, report)?;
    (!torn).then_some(source)
}

fn problem(file: &str, line: usize, code: &'static str, reason: impl Into<String>) -> PackProblem {
    PackProblem { file: file.to_owned(), place: format!("line {line}"), code, reason: reason.into() }
}

fn heading_fits(file: &str, names: &[String], known: &[String], required: &[String], report: &mut Report) -> bool {
    let mut fits = true;
    let mut say = |name: &str, code, reason: &str| {
        fits = false;
        let place = format!("line 1, {}", name.escape_debug());
        report.push(PackProblem { file: file.to_owned(), place, code, reason: reason.to_owned() });
    };
    for (index, name) in names.iter().enumerate() {
        if !known.contains(name) {
            say(name, codes::FIELD_UNKNOWN, &format!("isn't a column of this file; its columns are {}", known.join(",")));
        } else if names[..index].contains(name) {
            say(name, codes::DUPLICATE, "is there twice");
        }
    }
    for name in required.iter().filter(|name| !names.contains(name)) {
        say(name, codes::FIELD_MISSING, "the column is missing");
    }
    fits
}

fn source(file: &'static str, names: &[String], rows: impl Iterator<Item = (usize, Vec<String>)>, report: &mut Report) -> Option<Source> {
    let mut values = Vec::new();
    let mut lines = BTreeMap::new();
    let mut even = true;
    for (line, cells) in rows {
        if cells.len() != names.len() {
            even = false;
            let reason = format!("has {} cells, and the heading has {}; a cell with a comma is put in quotes", cells.len(), names.len());
            report.push(problem(file, line, codes::SYNTAX, reason));
            continue;
        }
        lines.insert(format!("{ROWS}[{}]", values.len()), line);
        let row: Map<String, Value> =
            names.iter().cloned().zip(cells).filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| (name, Value::from(cell))).collect();
        values.push(Value::Object(row));
    }
    even.then_some(Source { file, value: Value::Array(values), lines })
}

/// One line's cells.
fn cells(line: &str) -> Result<Vec<String>, String> {
    if let Some(reason) = torn_quote(line) {
        return Err(reason.to_owned());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    match reader.records().next() {
        Some(Ok(record)) => Ok(record.iter().map(str::to_owned).collect()),
        Some(Err(error)) => Err(format!("isn't CSV: {error}")),
        None => Ok(Vec::new()),
    }
}

/// Why the quotes of a line don't pair, if they don't. Cells don't run over line ends in a pack.
fn torn_quote(line: &str) -> Option<&'static str> {
    let mut rest = line;
    loop {
        let end = match rest.strip_prefix('"') {
            Some(quoted) => match closing_quote(quoted) {
                Some(end) => end + 2,
                None => return Some("a quote is opened and not closed on its line"),
            },
            None => rest.find(',').unwrap_or(rest.len()),
        };
        let (cell, after) = rest.split_at(end);
        if !cell.starts_with('"') && cell.contains('"') {
            return Some("a quote stands inside a cell; put the whole cell in quotes and write the quote twice");
        }
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return None,
            None => return Some("text follows a closing quote"),
        }
    }
}

/// Where the quote that closes a cell stands, past pairs of quotes that mean one.
fn closing_quote(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('"')?;
        match text.as_bytes().get(at + 1) {
            Some(b'"') => from = at + 2,
            _ => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_s_cells_are_what_stands_between_commas_and_quotes() {
        for (line, wanted) in [
            ("a,b", vec!["a", "b"]),
            ("a,", vec!["a", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"say \"\"no\"\"\"", vec!["say \"no\""]),
            ("\"\",x", vec!["", "x"]),
        ] {
            assert_eq!(cells(line), Ok(wanted.into_iter().map(str::to_owned).collect::<Vec<_>>()), "{line}");
        }
    }

    #[test]
    fn a_quote_that_does_not_pair_is_refused() {
        for line in ["\"a", "\"a\"\"", "a\"b", "\"a\"b,c", "x,\"", "\"a\" ,b"] {
            assert!(cells(line).is_err(), "{line}");
        }
    }
}
