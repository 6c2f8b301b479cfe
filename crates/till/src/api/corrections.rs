//! Voids, refunds, transfers, and money that nobody could place.

use crate::api::people::Approval;
use counterfoil_domain::Pence;
use counterfoil_domain::correction::{CardSlip, Correction, RefundDraft};
use counterfoil_domain::council::MopKind;
use counterfoil_domain::receipt::Receipt;
use counterfoil_domain::text::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptKind {
    /// Money taken.
    Taken,
    /// Taken back in its own session.
    Void,
    /// Paid back later.
    Refund,
    /// Moved to another account.
    Transfer,
    /// A session's difference.
    OverOrShort,
}

/// The other end of a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CorrectionLink {
    /// The other receipt's number.
    pub number: String,
    /// What the correcting receipt is.
    pub kind: ReceiptKind,
    /// How much of the corrected receipt it took back or moved.
    pub amount: Pence,
}

/// What can be taken back of a receipt, how, and why not.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CorrectableReceipt {
    /// For the correction that follows: the same id with the same content is answered with the same receipt.
    pub correction_id: String,
    /// The receipt's number.
    pub number: String,
    /// What it is.
    pub kind: ReceiptKind,
    /// Its lines, with what is left of each.
    pub lines: Vec<CorrectableLine>,
    /// What is left altogether.
    pub left: Pence,
    /// Why it can't be voided, as a code; nothing when it can.
    pub void: Option<String>,
    /// Why it can't be refunded.
    pub refund: Option<String>,
    /// Why nothing of it can be transferred.
    pub transfer: Option<String>,
    /// How a refund may be paid.
    pub methods: Vec<RefundMethodView>,
}

/// A line, with what is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CorrectableLine {
    /// The fund.
    pub fund_code: String,
    /// The reference.
    pub reference: String,
    /// Free text.
    pub narrative: String,
    /// As it was taken.
    pub amount: Pence,
    /// What is left of it.
    pub left: Pence,
}

/// One way to pay a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RefundMethodView {
    /// The MOP.
    pub mop_code: String,
    /// Its name.
    pub name: Words,
    /// What is asked with it; an internal one is a cheque that is asked for.
    pub kind: MopKind,
    /// The most that can be paid so of this receipt.
    pub maximum: Pence,
}

/// A part of a line, as typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PartOfLine {
    /// Which line of the receipt, from 0.
    pub line: usize,
    /// Pounds as people type them; nothing is all that is left.
    #[serde(default)]
    pub amount: String,
}

/// A reason, as chosen and typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct ReasonDraft {
    /// The reason's code.
    pub code: String,
    /// Free text beside it.
    #[serde(default)]
    pub text: String,
}

/// Void some lines of a receipt of the own open session; the money goes back the way it came.
#[derive(Clone, Deserialize, TS)]
pub struct VoidReceipt {
    /// From `receipt.correctable`.
    pub correction_id: String,
    /// The receipt's number.
    pub number: String,
    /// What of it.
    pub lines: Vec<PartOfLine>,
    /// The terminal's slip for each card that is given back.
    #[serde(default)]
    pub slips: Vec<CardSlip>,
    /// Why.
    pub reason: ReasonDraft,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
    /// A card payment of the till's own terminal is given back there first: then `card-reversal-begun` is answered, with the
    /// `transaction_id` to be watched, and once it is given back the same is asked again. Otherwise its slip is typed.
    #[serde(default)]
    pub at_terminal: bool,
}

/// Pay some lines of an earlier receipt back.
#[derive(Clone, Deserialize, TS)]
pub struct RefundReceipt {
    /// From `receipt.correctable`.
    pub correction_id: String,
    /// The receipt's number.
    pub number: String,
    /// What of it.
    pub lines: Vec<PartOfLine>,
    /// How it is paid.
    pub by: RefundDraft,
    /// Why.
    pub reason: ReasonDraft,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
    /// A card payment of the till's own terminal is given back there first: then `card-reversal-begun` is answered, with the
    /// `transaction_id` to be watched, and once it is given back the same is asked again. Otherwise its slip is typed.
    #[serde(default)]
    pub at_terminal: bool,
}

/// Move a part of a line to another account.
#[derive(Clone, Deserialize, TS)]
pub struct TransferLine {
    /// From `receipt.correctable`.
    pub correction_id: String,
    /// The receipt's number.
    pub number: String,
    /// Which line, and how much of it.
    pub part: PartOfLine,
    /// Where it goes.
    pub to: TransferTo,
    /// Why.
    pub reason: ReasonDraft,
    /// A second person, where the council wants one.
    #[serde(default)]
    #[ts(optional)]
    pub approval: Option<Approval>,
}

/// Where a transfer goes, as typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TransferTo {
    /// The fund.
    pub fund_code: String,
    /// The reference.
    pub reference: String,
    /// Free text.
    #[serde(default)]
    pub narrative: String,
}

/// It is done.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Corrected {
    /// The correcting receipt.
    pub receipt: Receipt,
    /// What it corrects.
    pub correction: Correction,
    /// Who approved it, where somebody had to.
    pub approved_by: Option<String>,
    /// It had been done already; this is the same receipt again.
    pub again: bool,
}

/// Look through the money that nobody could place.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct ListSuspense {
    /// A part of a reference, a narrative or a receipt's number, or an amount; nothing is everything.
    #[serde(default)]
    pub text: String,
}

/// Money that nobody could place.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SuspenseList {
    /// At most 100, the oldest first.
    pub items: Vec<SuspenseItem>,
    /// There are more than are listed.
    pub more: bool,
    /// What is left of all of it.
    pub left: Pence,
}

/// A line that nobody could place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SuspenseItem {
    /// The receipt's number.
    pub number: String,
    /// Which of its lines, from 0.
    #[ts(type = "number")]
    pub line: usize,
    /// When.
    pub taken_at: String,
    /// By whom.
    pub user_code: String,
    /// What was typed as its reference.
    pub reference: String,
    /// What is known of it.
    pub narrative: String,
    /// What was taken.
    pub amount: Pence,
    /// What is left to be placed.
    pub left: Pence,
}
