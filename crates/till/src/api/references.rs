//! The reference box, the account card, finding accounts.

use counterfoil_domain::Pence;
use counterfoil_domain::reference::{Misfit, Strength};
use counterfoil_domain::text::Words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was typed or scanned.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Recognise {
    /// As it came, with its AIM symbology identifier if the scanner sends one.
    pub text: String,
    /// It came from a scanner: where nothing is known by it, the words are those for a barcode.
    #[serde(default)]
    pub scanned: bool,
    /// Nobody can place it: the fund for suspense takes it, whatever it looks like.
    #[serde(default)]
    pub suspense: bool,
}

/// What it may be.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Recognised {
    /// Funds that take it, the likeliest first; never empty.
    pub candidates: Vec<Candidate>,
    /// How many of the first candidates are equally likely: 1 means that there is nothing to ask.
    #[ts(type = "number")]
    pub equally_likely: usize,
    /// Was it a barcode of the council's?
    pub from_barcode: bool,
}

/// One fund that takes the reference.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Candidate {
    /// The fund.
    pub fund_code: String,
    /// The reference as it will be kept.
    pub reference: String,
    /// What speaks for it.
    pub strength: Strength,
    /// The account, if the extract has it.
    pub account: Option<AccountCard>,
    /// From the barcode, else the balance when something is owed.
    pub proposed_amount: Option<Pence>,
    /// The layout by which a barcode was read so.
    pub barcode: Option<String>,
}

/// Who owes, and what.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AccountCard {
    /// Title, forename, surname.
    pub name: String,
    /// On one line.
    pub address: String,
    /// As at `as_at`; below zero is in credit.
    pub balance: Pence,
    /// `2026-11-20`.
    pub as_at: String,
    /// What this till has taken on it since then.
    pub taken_since: Pence,
    /// Its message.
    pub message: Option<MessageView>,
}

/// A message on an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MessageView {
    /// Its words.
    pub text: Words,
    /// No payment may be taken.
    pub stops_payments: bool,
    /// No cheque may be taken.
    pub stops_cheques: bool,
}

/// Show one account.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ShowAccount {
    /// The fund.
    pub fund_code: String,
    /// The exact reference.
    pub reference: String,
}

/// Find accounts by reference, surname, sound, postcode or words of the address, in any order.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FindAccounts {
    /// As typed.
    pub text: String,
}

/// What was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FoundAccounts {
    /// At most 50, the best first.
    pub hits: Vec<AccountHit>,
    /// There are more than are listed.
    pub more: bool,
    /// Nothing was spelt so; these sound like it.
    pub sounds_like: bool,
}

/// One account found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AccountHit {
    /// The fund.
    pub fund_code: String,
    /// The reference.
    pub reference: String,
    /// Title, forename, surname.
    pub name: String,
    /// On one line.
    pub address: String,
    /// As at `as_at`.
    pub balance: Pence,
    /// `2026-11-20`.
    pub as_at: String,
}

/// Why a reference fits or doesn't; for administrators only.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CheckReference {
    /// As typed.
    pub text: String,
    /// Only this fund.
    #[serde(default)]
    #[ts(optional)]
    pub fund_code: Option<String>,
}

/// Every fund's answer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckedReference {
    /// In the pack's order.
    pub funds: Vec<FundAnswer>,
}

/// One fund's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FundAnswer {
    /// The fund.
    pub fund_code: String,
    /// Its name.
    pub fund_name: String,
    /// Does it take the reference?
    pub fits: bool,
    /// As it would be kept.
    pub reference: Option<String>,
    /// What speaks for it.
    pub strength: Option<Strength>,
    /// Why not.
    pub misfit: Option<Misfit>,
}
