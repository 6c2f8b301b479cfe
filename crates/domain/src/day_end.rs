//! The papers of a day's end as data: cash movements, the Z read, the deposit.

use crate::Pence;
use crate::cash_up::{MopCount, TenderKey};
use crate::correction::ReasonGiven;
use crate::receipt::{ChequeDetails, Receipt};
use crate::session::CountedDenomination;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why cash went into or out of the drawer without a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MovementKind {
    /// From drawer to safe, in a sealed and numbered bag.
    Lift,
    /// From safe to drawer.
    TopUp,
    /// Notes for coin, or coin for notes: worth the same.
    Exchange,
}

/// Cash that moved between drawer and safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CashMovement {
    /// Why.
    pub kind: MovementKind,
    /// A lift's bag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bag: String,
    /// What went out of the drawer.
    pub out: Vec<CountedDenomination>,
    /// What came into it.
    #[serde(rename = "in")]
    pub into: Vec<CountedDenomination>,
    /// What the drawer holds more by; a lift is below zero, an exchange nothing.
    pub amount: Pence,
}

/// Takings of one MOP in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MopTakings {
    /// The MOP.
    pub mop_code: String,
    /// Σ postings, before any over or short.
    pub amount: Pence,
    /// How many postings.
    #[ts(type = "number")]
    pub count: u64,
}

/// Takings of one fund in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FundTakings {
    /// The fund.
    pub fund_code: String,
    /// Σ postings, before any over or short.
    pub amount: Pence,
    /// The VAT in it.
    pub vat: Pence,
    /// How many postings.
    #[ts(type = "number")]
    pub count: u64,
}

/// Takings under one VAT code in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VatTakings {
    /// The code.
    pub vat_code: String,
    /// Σ postings.
    pub gross: Pence,
    /// The VAT in it.
    pub vat: Pence,
}

/// How many of a thing, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tally {
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
    /// What they come to.
    pub amount: Pence,
}

/// What a session comes to: the X read while it is open, and the body of its Z read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionTotals {
    /// Takings by MOP.
    pub mops: Vec<MopTakings>,
    /// Takings by fund.
    pub funds: Vec<FundTakings>,
    /// Takings by VAT code.
    pub vat: Vec<VatTakings>,
    /// Receipts of takings.
    pub receipts: Tally,
    /// Voids.
    pub voids: Tally,
    /// Refunds.
    pub refunds: Tally,
    /// Transfers, by what they moved.
    pub transfers: Tally,
    /// Lifts to the safe, as an amount above zero.
    pub lifts: Tally,
    /// Float top-ups.
    pub top_ups: Tally,
    /// Drawer openings without a sale.
    #[ts(type = "number")]
    pub drawer_openings: u64,
    /// The first and the last receipt's number; empty when there is none.
    #[serde(default)]
    pub first_receipt: String,
    /// See above.
    #[serde(default)]
    pub last_receipt: String,
}

/// The closing read of a session: written once, never reset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ZRead {
    /// Its number in the till's own series, from 1, without gaps.
    #[ts(type = "number")]
    pub number: u64,
    /// The session.
    #[ts(type = "number")]
    pub session: u64,
    /// Whose session it was.
    pub user_code: String,
    /// Where.
    pub office_code: String,
    /// On which till.
    pub till_code: String,
    /// When it was opened, ms since 1970 UTC.
    #[ts(type = "number")]
    pub opened_at_ms: i64,
    /// The counted float.
    pub float: Pence,
    /// What it came to.
    pub totals: SessionTotals,
    /// Which count was accepted.
    pub attempt: u32,
    /// Expected and counted by MOP.
    pub mops: Vec<MopCount>,
    /// The accepted count's notes and coins.
    pub cash: Vec<CountedDenomination>,
    /// The accepted count's cheques and postal orders.
    pub ticked: Vec<TenderKey>,
    /// Why it is over or short; needed above the tolerance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonGiven>,
    /// The difference as income of the over/short fund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_short: Option<Receipt>,
    /// What stays in the drawer for the next session; the rest of the counted cash goes to the bank.
    pub float_left: Pence,
    /// The journal's end just before this entry: number and hash, printed so that somebody else holds it.
    #[ts(type = "number")]
    pub head_seq: u64,
    /// In hexadecimal.
    pub head_hash: String,
}

/// A cheque in a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BankedCheque {
    /// The receipt it came with.
    pub number: String,
    /// The cheque.
    pub cheque: ChequeDetails,
    /// Its amount.
    pub amount: Pence,
}

/// A sealed bag in a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BankBag {
    /// The bag's number.
    pub number: String,
    /// The seal's number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
    /// What it holds.
    pub amount: Pence,
}

/// Closed sessions' money on its way to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Deposit {
    /// Its number in the till's own series, from 1, without gaps.
    #[ts(type = "number")]
    pub number: u64,
    /// The paying-in slip's number.
    pub slip: String,
    /// The Z reads whose money it is.
    pub z_reads: Vec<u64>,
    /// Notes and coins.
    pub cash: Vec<CountedDenomination>,
    /// Their value.
    pub cash_total: Pence,
    /// Sealed bags.
    pub bags: Vec<BankBag>,
    /// Cheques.
    pub cheques: Vec<BankedCheque>,
    /// Their sum.
    pub cheque_total: Pence,
    /// Postal orders' sum: paid in like cheques.
    #[serde(default)]
    pub postal_order_total: Pence,
    /// What the counts say that there should be in cash: counted, less floats left, with the lifts.
    pub cash_expected: Pence,
    /// Why cash isn't what was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonGiven>,
}
