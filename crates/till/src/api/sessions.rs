//! Sessions and the status line.

use crate::api::accounts::ImportProgress;
use crate::api::cards::TerminalLine;
use crate::api::ledger::LedgerLine;
use crate::api::people::Approval;
use crate::api::printing::PrinterLine;
use crate::api::scanning::ScannerState;
use counterfoil_domain::Pence;
use counterfoil_domain::session::CountedDenomination;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Open a session with a counted float.
#[derive(Clone, Deserialize, TS)]
pub struct OpenSession {
    /// Pieces by denomination; those not named are none.
    pub counts: Vec<CountedDenomination>,
    /// A reason's code from the pack, one of those for over and short; needed where the float is too far from what was left.
    #[serde(default)]
    pub reason: String,
    /// What is written beside it.
    #[serde(default)]
    pub text: String,
    /// A second person, in the same case.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// The open session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SessionView {
    /// Its number in the till's series.
    #[ts(type = "number")]
    pub number: u64,
    /// Whose it is.
    pub user_code: String,
    /// Is it the signed-in person's?
    pub own: bool,
    /// When it was opened.
    pub opened_at: String,
    /// The counted float.
    pub float: Pence,
    /// A count stands: nothing is taken until it is closed or rejected.
    pub counted: bool,
}

/// What the status line shows.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StatusLine {
    /// The session, if one is open.
    pub session: Option<SessionView>,
    /// Receipts on this till that no ledger has acknowledged.
    #[ts(type = "number")]
    pub unsent_receipts: u64,
    /// Their value.
    pub unsent_value: Pence,
    /// The ledger.
    pub ledger: LedgerLine,
    /// The printer.
    pub printer: PrinterLine,
    /// The card terminal, where the till drives one.
    pub terminal: Option<TerminalLine>,
    /// The serial scanner.
    pub scanner: ScannerState,
    /// How many sales are parked.
    #[ts(type = "number")]
    pub parked: u64,
    /// The import under way, or the last one's end.
    pub import: Option<ImportProgress>,
    /// How many account holders the extract has.
    #[ts(type = "number")]
    pub account_holders: u64,
    /// The newest balance's date in the extract, `2026-11-20`.
    pub accounts_as_at: Option<String>,
    /// How many days old that is, once it is more than a week: balances that a cashier shouldn't rely on.
    pub accounts_old_days: Option<u32>,
    /// What is wrong with the till's own data, as codes of errors; the first weighs most.
    pub troubles: Vec<String>,
    /// The session's last receipt.
    pub last_receipt: Option<String>,
    /// The drawer holds more than the council's limit. Never by how much: the count stays blind.
    pub lift_due: bool,
}
