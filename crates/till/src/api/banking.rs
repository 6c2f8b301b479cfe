//! Banking: what is ready for the bank, making a deposit, its papers.

use super::people::Approval;
use counterfoil_domain::Pence;
use counterfoil_domain::banking::BagDraft;
use counterfoil_domain::cash_up::CountDraft;
use counterfoil_domain::day_end::{Deposit, Tally};
use counterfoil_domain::text::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is ready for the bank.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BankingReady {
    /// The id of a fresh deposit: the same id never banks twice.
    pub deposit_id: String,
    /// Closed sessions whose money isn't on its way yet, the oldest first.
    pub sessions: Vec<ToBank>,
    /// Cash that was counted for earlier deposits and not banked with them: coin that filled no bag, as a rule.
    pub kept_back: Pence,
}

/// A closed session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ToBank {
    /// Its Z read.
    #[ts(type = "number")]
    pub z: u64,
    /// Its number.
    #[ts(type = "number")]
    pub session: u64,
    /// Whose it was.
    pub user_code: String,
    /// When it was closed.
    pub closed_at: String,
    /// Cash for the bank: counted, less the next float, with what was lifted.
    pub cash: Pence,
    /// Its cheques.
    pub cheques: Tally,
    /// Its postal orders.
    pub postal_orders: Tally,
}

/// Make a deposit.
#[derive(Clone, Deserialize, TS)]
pub struct MakeDeposit {
    /// From `banking.ready`.
    pub deposit_id: String,
    /// The Z reads whose money it is.
    #[ts(type = "number[]")]
    pub z_reads: Vec<u64>,
    /// The paying-in slip's number.
    pub slip: String,
    /// Notes and coins, as typed.
    pub cash: Vec<CountDraft>,
    /// Sealed bags; together they hold the cash.
    pub bags: Vec<BagDraft>,
    /// A reason's code from the pack; needed when the cash isn't what was counted.
    #[serde(default)]
    pub reason: String,
    /// What is written beside it.
    #[serde(default)]
    pub text: String,
    /// A second person; always needed.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// A deposit, as it is kept.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DepositView {
    /// The deposit.
    pub deposit: Deposit,
    /// When it was made.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// Everything that was paid in.
    pub total: Pence,
    /// Cash above what was counted is above zero, less is below.
    pub difference: Pence,
    /// What was counted and isn't banked after it.
    pub kept_back: Pence,
    /// It was there already, with the same content.
    pub again: bool,
}

/// A deposit in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DepositSummary {
    /// Its number.
    #[ts(type = "number")]
    pub number: u64,
    /// The day that it was made, `2026-11-23`.
    pub day: String,
    /// The paying-in slip's number.
    pub slip: String,
    /// Everything that was paid in.
    pub total: Pence,
    /// Cash above what was counted is above zero, less is below.
    pub difference: Pence,
}

/// A deposit's papers.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DepositPapers {
    /// Its number.
    #[ts(type = "number")]
    pub number: u64,
    /// The language that they are written in.
    #[serde(default)]
    pub language: Language,
}

/// Where the papers are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PapersWritten {
    /// The paying-in slip, a PDF.
    pub slip: String,
    /// The list of cheques, a PDF; none where there are no cheques.
    pub cheques: Option<String>,
}
