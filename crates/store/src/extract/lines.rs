//! An extract's file: its lines, its header, and a line's fields.

use super::row::Columns;
use std::io::{BufRead, Read};

/// The longest line that is looked at, in bytes.
const MAX_LINE: u64 = 16 * 1024;

/// Lines of a file, each at most [`MAX_LINE`] long; the rest of a longer one is passed over.
pub(super) struct Lines<R> {
    source: R,
    /// Bytes read so far.
    pub bytes: u64,
    /// Lines read so far.
    pub line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// From the beginning.
    pub fn of(source: R) -> Lines<R> {
        Lines { source, bytes: 0, line: 0, buffer: Vec::with_capacity(1024) }
    }

    /// The next line, without what ends it.
    pub fn next(&mut self) -> std::io::Result<Option<&[u8]>> {
        self.buffer.clear();
        let mut read = (&mut self.source).take(MAX_LINE).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        if read as u64 == MAX_LINE && self.buffer.last() != Some(&b'\n') {
            read += skip_line(&mut self.source)?;
        }
        self.bytes += read as u64;
        self.line += 1;
        while self.buffer.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.buffer.pop();
        }
        Ok(Some(&self.buffer))
    }
}

fn skip_line(source: &mut impl BufRead) -> std::io::Result<usize> {
    let mut skipped = 0;
    loop {
        let available = source.fill_buf()?;
        if available.is_empty() {
            return Ok(skipped);
        }
        let (used, ended) = match available.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (available.len(), false),
        };
        source.consume(used);
        skipped += used;
        if ended {
            return Ok(skipped);
        }
    }
}

/// The header's columns, or why this isn't an extract.
pub(super) fn header(line: &[u8]) -> Result<Columns, &'static str> {
    if line.starts_with(&[0xff, 0xfe]) || line.starts_with(&[0xfe, 0xff]) {
        return Err("extract-not-utf8");
    }
    let line = line.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(line);
    let mut names = Vec::new();
    split(line, &mut names)?;
    Columns::from_header(&names).map_err(|_| "extract-columns-missing")
}

/// Splits one line of CSV. A record is one line: a quote that isn't closed spoils its own line and no other.
pub(super) fn split(line: &[u8], fields: &mut Vec<String>) -> Result<(), &'static str> {
    let line = std::str::from_utf8(line).map_err(|_| "not-utf8")?;
    fields.clear();
    if !line.contains('"') {
        fields.extend(line.split(',').map(str::to_owned));
        return Ok(());
    }
    let mut rest = line;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                if rest[..end].contains('"') {
                    return Err("quote-torn");
                }
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(()),
            None => return Err("quote-torn"),
        }
    }
}

fn quoted_field(text: &str) -> Result<(String, &str), &'static str> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"').ok_or("quote-torn")?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return Ok((field, rest)),
        }
    }
}
