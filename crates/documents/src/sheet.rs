//! A document laid out: rows of so many columns, which paper, PDF, screen and plain text draw alike.

use crate::code128;
use crate::document::{Align, Block, Document, Style};
use crate::qr;
use crate::wrap::{printable, width, wrapped};
use counterfoil_domain::council::Bitmap;
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use ts_rs::TS;

/// The narrowest layout; anything less is laid out as this.
pub const MIN_COLUMNS: usize = 16;
/// The widest layout.
pub const MAX_COLUMNS: usize = 96;

/// A document laid out to a number of columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sheet {
    /// The document's title.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// Characters in a line at single width.
    pub columns: usize,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// One row of a sheet. A row never takes more columns than the sheet has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Row {
    /// Words.
    Text {
        /// Where they stand.
        align: Align,
        /// How they look.
        style: Style,
        /// The words; spaces at the start are meant.
        text: String,
    },
    /// Words at the left edge and words at the right edge.
    Pair {
        /// How both look.
        style: Style,
        /// Spaces at the start are meant.
        left: String,
        /// At the right edge.
        right: String,
    },
    /// A line across.
    Rule,
    /// An empty line.
    Blank,
    /// Code 128 of this text, the text under it.
    Barcode {
        /// Printable ASCII.
        text: String,
        /// The modules from the first bar to the last, `1` black and `0` white, for whoever draws it.
        bars: String,
    },
    /// A QR code, in the middle.
    Qr {
        /// What a scanner reads from it.
        text: String,
        /// Modules across and down.
        side: u32,
        /// The modules as a picture's dots, without the white around them.
        #[serde(with = "hexadecimal")]
        #[ts(type = "string")]
        dots: Vec<u8>,
    },
    /// A picture of black and white dots, in the middle.
    Picture {
        /// Dots across.
        width: u32,
        /// Dots down.
        height: u32,
        /// Rows from the top, each padded to whole bytes, most significant bit left, 1 is black; in JSON as hexadecimal.
        #[serde(with = "hexadecimal")]
        #[ts(type = "string")]
        dots: Vec<u8>,
    },
}

/// Lays a document out to so many columns, [`MIN_COLUMNS`] to [`MAX_COLUMNS`]. No word is lost.
pub fn lay_out(document: &Document, columns: usize) -> Sheet {
    let columns = columns.clamp(MIN_COLUMNS, MAX_COLUMNS);
    let mut rows = Vec::with_capacity(document.blocks.len() * 2);
    for block in &document.blocks {
        match block {
            Block::Text { align, style, indent, text } => text_rows(columns, *align, *style, *indent, text, &mut rows),
            Block::Pair { style, indent, left, right } => pair_rows(columns, *style, *indent, left, right, &mut rows),
            Block::Total { left, right } => total_rows(columns, left, right, &mut rows),
            Block::Rule => rows.push(Row::Rule),
            Block::Blank => rows.push(Row::Blank),
            Block::Barcode(text) => barcode_rows(columns, text, &mut rows),
            Block::Qr(text) => match qr::code(text) {
                Some(Bitmap { width: side, rows: dots, .. }) => rows.push(Row::Qr { text: text.clone(), side, dots }),
                None => text_rows(columns, Align::Centre, Style::PLAIN, 0, text, &mut rows),
            },
            Block::Logo(bitmap) => rows.extend(picture(bitmap)),
        }
    }
    Sheet { title: one_line(&printable(&document.title)), language: document.language, columns, rows }
}

fn text_rows(columns: usize, align: Align, style: Style, indent: usize, text: &str, rows: &mut Vec<Row>) {
    let budget = columns / style.columns_each();
    let indent = indent.min(budget / 4);
    for line in wrapped(&printable(text), budget - indent) {
        rows.push(Row::Text { align, style, text: indented(indent, &line) });
    }
}

fn pair_rows(columns: usize, style: Style, indent: usize, left: &str, right: &str, rows: &mut Vec<Row>) {
    let budget = columns / style.columns_each();
    let indent = indent.min(budget / 4);
    let (left, right) = (printable(left), one_line(&printable(right)));
    // Two columns apart, so that a wrapped name never runs into its amount; both on one line while half of it is enough.
    let room = budget.saturating_sub(indent + width(&right) + 2);
    // Words at the right would read on from those at the left.
    let apart = if right.starts_with(char::is_alphabetic) { 2 } else { 1 };
    let both_fit = indent + width(&left) + apart + width(&right) <= budget;
    if !both_fit && room < budget / 3 {
        return stacked_rows(budget, style, indent, &left, &right, rows);
    }
    let room = if both_fit { budget - indent - width(&right) } else { room };
    let mut lines = wrapped(&left, room).into_iter();
    let first = indented(indent, &lines.next().unwrap_or_default());
    rows.push(Row::Pair { style, left: first, right });
    // A second line moves in, so that it doesn't look like the next pair.
    rows.extend(lines.map(|line| Row::Text { align: Align::Left, style, text: indented(indent + 2, &line) }));
}

/// A pair of which the right side takes most of the line: one above the other.
fn stacked_rows(budget: usize, style: Style, indent: usize, left: &str, right: &str, rows: &mut Vec<Row>) {
    for line in wrapped(left, budget - indent) {
        rows.push(Row::Text { align: Align::Left, style, text: indented(indent, &line) });
    }
    for line in wrapped(right, budget) {
        rows.push(Row::Text { align: Align::Right, style, text: line });
    }
}

/// Twice as wide where both sides fit a line at that; else only twice as high.
fn total_rows(columns: usize, left: &str, right: &str, rows: &mut Vec<Row>) {
    let fits = (width(&printable(left)) + width(&printable(right)) + 2) * 2 <= columns;
    let style = if fits { Style::LARGE } else { Style::HEADING };
    pair_rows(columns, style, 0, left, right, rows);
}

fn barcode_rows(columns: usize, text: &str, rows: &mut Vec<Row>) {
    match code128::bars(text) {
        Some(bars) => rows.push(Row::Barcode { text: text.to_owned(), bars }),
        None => text_rows(columns, Align::Centre, Style::PLAIN, 0, text, rows),
    }
}

/// The picture, unless its bytes don't belong to its size.
fn picture(bitmap: &Bitmap) -> Option<Row> {
    let bytes = u64::from(bitmap.width.div_ceil(8)) * u64::from(bitmap.height);
    let sound = bytes > 0 && u64::try_from(bitmap.rows.len()) == Ok(bytes);
    sound.then(|| Row::Picture { width: bitmap.width, height: bitmap.height, dots: bitmap.rows.clone() })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn indented(indent: usize, line: &str) -> String {
    format!("{:indent$}{line}", "")
}

impl Row {
    /// The row as words of exactly the width that it takes, padded with spaces; `None` for pictures and codes. At double
    /// width the words fill half of `columns`.
    pub fn words(&self, columns: usize) -> Option<String> {
        let line = match self {
            Row::Text { align, style, text } => {
                let room = columns / style.columns_each();
                let free = room.saturating_sub(width(text));
                let before = match align {
                    Align::Left => 0,
                    Align::Centre => free / 2,
                    Align::Right => free,
                };
                format!("{:before$}{text}{:after$}", "", "", after = free - before)
            }
            Row::Pair { style, left, right } => {
                let room = columns / style.columns_each();
                let free = room.saturating_sub(width(left) + width(right));
                format!("{left}{:free$}{right}", "")
            }
            Row::Rule => "-".repeat(columns),
            Row::Blank => " ".repeat(columns),
            Row::Barcode { .. } | Row::Qr { .. } | Row::Picture { .. } => return None,
        };
        Some(line)
    }
}

impl Sheet {
    /// The sheet as plain text, one line a row, without emphasis: for a terminal, a test or an e-mail. A barcode is its text
    /// in the middle; a QR code and a picture are left out.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let line = match row {
                Row::Text { align, text, .. } => Row::Text { align: *align, style: Style::PLAIN, text: text.clone() }.words(self.columns),
                Row::Pair { left, right, .. } => {
                    Row::Pair { style: Style::PLAIN, left: left.clone(), right: right.clone() }.words(self.columns)
                }
                Row::Barcode { text, .. } => {
                    Row::Text { align: Align::Centre, style: Style::PLAIN, text: text.clone() }.words(self.columns)
                }
                Row::Qr { .. } | Row::Picture { .. } => continue,
                Row::Rule | Row::Blank => row.words(self.columns),
            };
            // Writing into a String can't fail.
            let _ = writeln!(text, "{}", line.unwrap_or_default().trim_end());
        }
        text
    }
}

/// Bytes as hexadecimal: half the size of a list of numbers, and easily drawn by the window.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        // A logo is thousands of bytes, and every receipt that is shown carries it: digits by look-up, not by formatting.
        let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
        let text: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        out.serialize_str(&text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(input)?;
        if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(D::Error::custom("not hexadecimal"));
        }
        let pair = |place: usize| u8::from_str_radix(&text[place..place + 2], 16).map_err(D::Error::custom);
        (0..text.len()).step_by(2).map(pair).collect()
    }
}
