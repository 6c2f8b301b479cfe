//! What a document says, before anybody knows how wide the paper is.

use counterfoil_domain::council::Bitmap;
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A document: its blocks from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is called, such as `Receipt CH07-0000042`; the PDF's title.
    pub title: String,
    /// The language it is written in; the PDF says so to screen readers.
    pub language: Language,
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// One thing that a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Words, wrapped to the paper. A line feed begins a new line.
    Text {
        /// Where the lines stand.
        align: Align,
        /// How the words look.
        style: Style,
        /// Columns left free at the left, for what belongs to the line above.
        indent: usize,
        /// The words.
        text: String,
    },
    /// Words and, at the right edge, what belongs to them: an amount, a number, a date.
    Pair {
        /// How both look.
        style: Style,
        /// Columns left free at the left.
        indent: usize,
        /// Wrapped where it is too long.
        left: String,
        /// Kept in one piece while the paper is wide enough.
        right: String,
    },
    /// The sum: a pair as large as the paper allows.
    Total {
        /// `Total`.
        left: String,
        /// The amount.
        right: String,
    },
    /// A line across.
    Rule,
    /// An empty line.
    Blank,
    /// Code 128 of this text, with the text under it.
    Barcode(String),
    /// A QR code of this text, in the middle, without the text under it.
    Qr(String),
    /// A picture in the middle.
    Logo(Bitmap),
}

impl Block {
    /// Words in the middle.
    pub fn centred(style: Style, text: impl Into<String>) -> Block {
        Block::Text { align: Align::Centre, style, indent: 0, text: text.into() }
    }

    /// Words at the left, moved in below what they belong to.
    pub fn detail(text: impl Into<String>) -> Block {
        Block::Text { align: Align::Left, style: Style::PLAIN, indent: 2, text: text.into() }
    }

    /// A plain pair.
    pub fn pair(left: impl Into<String>, right: impl Into<String>) -> Block {
        Block::Pair { style: Style::PLAIN, indent: 0, left: left.into(), right: right.into() }
    }

    /// A plain pair, moved in below what it belongs to.
    pub fn detail_pair(left: impl Into<String>, right: impl Into<String>) -> Block {
        Block::Pair { style: Style::PLAIN, indent: 2, left: left.into(), right: right.into() }
    }
}

/// Where lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// How words look: what every receipt printer can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Style {
    /// Heavier.
    #[serde(default)]
    pub bold: bool,
    /// Twice as high.
    #[serde(default)]
    pub tall: bool,
    /// Twice as wide: each character takes two columns.
    #[serde(default)]
    pub wide: bool,
}

impl Style {
    /// As it comes.
    pub const PLAIN: Style = Style { bold: false, tall: false, wide: false };
    /// Heavier.
    pub const BOLD: Style = Style { bold: true, tall: false, wide: false };
    /// Heavier and twice as high: headings that may be long.
    pub const HEADING: Style = Style { bold: true, tall: true, wide: false };
    /// Heavier, twice as high and twice as wide.
    pub const LARGE: Style = Style { bold: true, tall: true, wide: true };

    /// Columns that one character takes.
    pub fn columns_each(self) -> usize {
        if self.wide { 2 } else { 1 }
    }
}
