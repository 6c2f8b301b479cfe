//! Receipts: finding, showing, printing again.

use crate::api::corrections::{CorrectionLink, ReceiptKind};
use crate::api::ledger::ReceiptProof;
use crate::api::printing::PrintState;
use counterfoil_documents::Sheet;
use counterfoil_domain::Pence;
use counterfoil_domain::receipt::Receipt;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Find receipts by number, reference, amount, last four digits of a card, or time (`10:42`, `23/11/2026`).
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FindReceipts {
    /// As typed; nothing gives the latest.
    pub text: String,
}

/// What was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FoundReceipts {
    /// At most 50, the newest first.
    pub receipts: Vec<ReceiptSummary>,
    /// There are more than are listed.
    pub more: bool,
    /// An amount or a card was looked for among so many of the newest receipts, and there are older ones.
    #[ts(type = "number | null")]
    pub looked_through: Option<u64>,
}

/// One receipt in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptSummary {
    /// Its number.
    pub number: String,
    /// When.
    pub taken_at: String,
    /// By whom.
    pub user_code: String,
    /// What it is.
    pub kind: ReceiptKind,
    /// Its total.
    pub total: Pence,
    /// The funds' codes and references.
    pub lines: Vec<LineSummary>,
    /// The MOPs' codes.
    pub mops: Vec<String>,
}

/// One line in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LineSummary {
    /// The fund.
    pub fund_code: String,
    /// The reference.
    pub reference: String,
}

/// A receipt, by number.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WhichReceipt {
    /// Its number.
    pub number: String,
}

/// Print a receipt again; it says COPY.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Reprint {
    /// Its number.
    pub number: String,
    /// On the till's other printer.
    #[serde(default)]
    pub other_printer: bool,
}

/// A receipt, whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptView {
    /// What was committed.
    pub receipt: Receipt,
    /// What it is.
    pub kind: ReceiptKind,
    /// What it corrects, if that is what it does.
    pub corrects: Option<CorrectionLink>,
    /// What took something back of it.
    pub corrections: Vec<CorrectionLink>,
    /// The second person, where one was needed.
    pub approved_by: Option<String>,
    /// When.
    pub taken_at: String,
    /// By whom.
    pub user_code: String,
    /// In which session.
    #[ts(type = "number")]
    pub session: u64,
    /// What the customer was handed back.
    pub change: Pence,
    /// As it is printed.
    pub sheet: Sheet,
    /// Where its printing stands.
    pub print: PrintState,
    /// Where it stands on its way to the ledger.
    pub ledger: ReceiptProof,
}

/// The last receipt of this till, if it has any.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LastReceipt {
    /// The receipt.
    pub receipt: Option<ReceiptView>,
}
