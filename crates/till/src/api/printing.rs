//! The printer and its jobs.

use counterfoil_devices::{Paper as PaperLeft, PrinterTarget};
use counterfoil_documents::{ChosenProfile, Sheet};
use counterfoil_domain::receipt::SlipKind;
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
    /// The roll is nearly at its end.
    pub paper_near_end: bool,
    /// Is the drawer open? Nothing where nobody knows.
    pub drawer_open: Option<bool>,
}

/// Which printer to test.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct TestPrinter {
    /// The other one.
    #[serde(default)]
    pub other: bool,
}

/// Print something of a receipt on the slip that lies in the printer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct PrintSlip {
    /// The receipt's number.
    pub number: String,
    /// What.
    pub kind: SlipKind,
    /// Of which of its lines, or of its tenders, from 0.
    #[ts(type = "number")]
    pub place: usize,
}

/// How far a slip has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SlipProgress {
    /// None was asked for.
    #[default]
    None,
    /// It is on its way.
    Printing,
    /// It is printed.
    Printed,
    /// It isn't, or not surely.
    Failed,
}

/// The slip that was asked for last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct SlipView {
    /// How far it has got.
    pub progress: SlipProgress,
    /// Why it failed, as a code.
    pub trouble: Option<String>,
}

/// Where else documents come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PrintPlace {
    /// Of the other printer.
    OtherPrinter,
    /// As PDF, in the data folder's `receipts`.
    Pdf,
}

/// Where what waits is to come out.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct PrintElsewhere {
    /// There.
    pub to: PrintPlace,
}

/// What can be chosen for a printer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrinterChoices {
    /// The models that are known by name, in the order in which they are offered; words for them are `printer-model-<name>`.
    pub models: Vec<ModelView>,
    /// This machine's print queues, by name.
    pub queues: Vec<String>,
}

/// A model, or one with what differs from it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ModelView {
    /// As the settings have it.
    pub chosen: ChosenProfile,
    /// Characters in a line.
    pub columns: usize,
    /// Dots across the printable width.
    pub dots: u32,
    /// Has it a cutter?
    pub cut: bool,
}

impl ModelView {
    pub(crate) fn of(chosen: &ChosenProfile) -> ModelView {
        let profile = chosen.profile();
        ModelView { chosen: chosen.clone(), columns: profile.columns, dots: profile.dots, cut: profile.cut }
    }
}

/// How the printers were when last heard of.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrintersView {
    /// The till's.
    pub till: PrinterView,
    /// The other one, where there is one.
    pub other: Option<PrinterView>,
}

/// How a printer was.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrinterView {
    /// Where it is.
    pub target: PrinterTarget,
    /// What it can do.
    pub profile: ModelView,
    /// `ready`; `unknown` for one that doesn't say; or the trouble's code, such as `printer-paper-out`.
    pub state: String,
    /// How much paper it has.
    pub paper: PaperLeft,
    /// Is the drawer open? Nothing where nobody knows.
    pub drawer_open: Option<bool>,
    /// The level at the drawer's switch, for whoever finds out which one means open.
    pub drawer_high: Option<bool>,
    /// When it was heard of, ms since 1970 UTC; nothing when it never was.
    #[ts(type = "number | null")]
    pub heard_at_ms: Option<i64>,
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
