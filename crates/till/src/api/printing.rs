//! The printer and its jobs.

use counterfoil_documents::Sheet;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a print job stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PrintState {
    /// Not yet handed to the printer.
    #[default]
    Waiting,
    /// In the printer's hands.
    Printing,
    /// Out: there is nothing more to print of it.
    Printed,
    /// Given up after its tries; it can be printed again.
    Failed,
}

/// What the status line says of the printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PrinterLine {
    /// `ready`, or the trouble's code such as `paper-out`, `cover-open`, `printer-unreachable`.
    pub state: String,
    /// Jobs not yet out.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Jobs given up.
    #[ts(type = "number")]
    pub failed: u64,
}

/// What the on-screen printer has printed, the newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Paper {
    /// At most the last 20.
    pub strips: Vec<PaperStrip>,
}

/// One strip of paper.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PaperStrip {
    /// The job.
    #[ts(type = "number")]
    pub job: u64,
    /// What is printed: a receipt's number, or a paper's name.
    pub number: Option<String>,
    /// What is on it; nothing where only the drawer opened.
    pub sheet: Option<Sheet>,
    /// Did the drawer open with it?
    pub drawer: bool,
}
