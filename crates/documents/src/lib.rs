//! # What the counter prints
//!
//! What lives here: the content of a receipt, its layout into rows of so many columns, and the two ways in which a laid-out
//! sheet leaves the program: as ESC/POS bytes for a receipt printer and as a PDF. A document is laid out once; paper,
//! PDF, screen and plain text all draw the same rows.
//!
//! What never will: rules about money, the sending of bytes (the `devices` crate does that), the clock, files. Dates arrive
//! as arguments, so that the same receipt is the same bytes whenever it is rendered.
//!
//! Where to start reading: [`document`] (what is said), [`sheet`] (where it stands), then [`escpos`] and [`pdf`] (how it is
//! drawn). [`receipt`] makes the document of a receipt, [`day_end`] those of a session's end.
//! [`slip`] is what a slip station prints, [`report`] what stands on pages of A4, and [`a4`] draws it.

pub mod a4;
pub mod card_slip;
mod code128;
pub mod code_page;
pub mod day_end;
pub mod document;
pub mod escpos;
mod letters;
pub mod pdf;
pub mod profile;
mod qr;
pub mod receipt;
pub mod report;
pub mod sheet;
pub mod slip;
pub mod test_page;
mod wrap;

pub use card_slip::card_slip;
pub use document::{Align, Block, Document, Style};
pub use profile::{ChosenProfile, CodePage, Level, Model, PrinterProfile};
pub use sheet::{Row, Sheet, lay_out};

/// Why a document could not be rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The fonts shipped in the program could not be read: a broken build.
    #[error("the document's font cannot be read")]
    Font,
    /// The PDF could not be written into memory.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
}

impl DocumentError {
    /// The stable code, for logs and messages.
    pub fn code(&self) -> &'static str {
        match self {
            DocumentError::Font => "document-font",
            DocumentError::Pdf(_) => "document-pdf",
        }
    }
}
