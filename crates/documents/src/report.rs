//! What stands on pages of A4: reports, paying-in slips, lists. Words and amounts arrive as they are to be read.

use crate::document::Align;
use counterfoil_domain::text::Language;

/// A paper of as many pages as it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it is called; the PDF's title.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// Under the title: till, period, when it was made.
    pub lead: Vec<String>,
    /// From top to bottom.
    pub parts: Vec<Part>,
}

/// One part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(String),
    /// Words, wrapped.
    Text(String),
    /// Words with what belongs to them beside them.
    Pairs(Vec<(String, String)>),
    /// Rows and columns.
    Table(Table),
    /// A picture of amounts: a bar for each.
    Bars(Vec<Bar>),
    /// Lines to write on, each with what belongs there.
    Lines(Vec<String>),
}

/// Rows and columns, with the columns' names again on each page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<String>>,
    /// Under the last row.
    pub totals: Option<Vec<String>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Where its cells stand; only words at the left are wrapped.
    pub align: Align,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is, beside the others; below zero it is drawn paler.
    pub length: i64,
    /// What it says.
    pub value: String,
}
