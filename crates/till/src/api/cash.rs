//! Cash between drawer and safe, the drawer without a sale, the X read.

use super::people::Approval;
use super::reports::ReportFormat;
use super::sessions::SessionView;
use counterfoil_documents::Sheet;
use counterfoil_domain::Pence;
use counterfoil_domain::cash_up::{CountDraft, MopAmount};
use counterfoil_domain::day_end::{MovementKind, SessionTotals};
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A fresh movement.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MovementBegun {
    /// Its id, made before anything is typed: the same id never moves cash twice.
    pub movement_id: String,
}

/// Cash from drawer to safe.
#[derive(Clone, Deserialize, TS)]
pub struct Lift {
    /// From `cash.begin`.
    pub movement_id: String,
    /// The sealed bag's number.
    pub bag: String,
    /// What goes into it, as counted.
    pub counts: Vec<CountDraft>,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Cash from safe to drawer.
#[derive(Clone, Deserialize, TS)]
pub struct TopUp {
    /// From `cash.begin`.
    pub movement_id: String,
    /// What comes in, as counted.
    pub counts: Vec<CountDraft>,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Notes for coin, or coin for notes.
#[derive(Clone, Deserialize, TS)]
pub struct Exchange {
    /// From `cash.begin`.
    pub movement_id: String,
    /// What goes out of the drawer, as counted.
    pub out: Vec<CountDraft>,
    /// What comes into it; worth the same.
    #[serde(rename = "in")]
    pub into: Vec<CountDraft>,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// It moved.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CashMoved {
    /// Why.
    pub kind: MovementKind,
    /// A lift's bag.
    pub bag: String,
    /// What it was worth.
    pub value: Pence,
    /// It had moved already; this is the same movement again.
    pub again: bool,
}

/// Open the drawer without a sale.
#[derive(Clone, Deserialize, TS)]
pub struct OpenDrawer {
    /// A reason's code from the pack.
    pub reason: String,
    /// What is written beside it.
    #[serde(default)]
    pub text: String,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Write what the open session comes to so far as a file.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportX {
    /// As what.
    pub format: ReportFormat,
    /// An existing folder, its full path; nothing is the data folder's `reports`.
    #[serde(default)]
    pub folder: String,
    /// The language of a CSV file; a PDF is as it is printed.
    #[serde(default)]
    pub language: Language,
}

/// What the open session comes to so far.
#[derive(Clone, Debug, Serialize, TS)]
pub struct XRead {
    /// The session.
    pub session: SessionView,
    /// What it comes to.
    pub totals: SessionTotals,
    /// What a count should find, by MOP: for cash what the drawer should hold.
    pub expected: Vec<MopAmount>,
    /// As it would be printed.
    pub sheet: Sheet,
}
