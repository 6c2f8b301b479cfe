//! Receipts: income lines and tenders, balanced, immutable once committed.

use crate::Pence;
use crate::card_payment::ReceiptCopy;
use crate::council::MopKind;
use crate::posting::Posting;
use crate::refusal::{Code, Refusal};
use crate::text::Language;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest receipt number: LocalGov IMS's PspReference holds 30 characters.
pub const MAX_RECEIPT_NUMBER: usize = 30;

/// One kind of income on a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IncomeLine {
    /// The fund.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// Gross.
    pub amount: Pence,
    /// The VAT code that applied.
    pub vat_code: String,
    /// Its rate on the day, a fraction.
    #[ts(type = "string")]
    pub vat_rate: Decimal,
    /// VAT contained in the gross.
    pub vat: Pence,
    /// At most 100 characters.
    pub narrative: String,
    /// The message that stopped the payment, where somebody with the right to took it all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_overridden: Option<u32>,
    /// Why it was taken all the same, as a reason's code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub override_reason: String,
    /// Who paid, where the fund asks and the account isn't known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payer_name: String,
    /// Where they live, on one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payer_address: String,
    /// Money that nobody could place when it was taken: its fund was the one for suspense.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_suspense: bool,
}

/// What a printer's slip station prints of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// A line on the bill that was paid.
    Validation,
    /// The back of a cheque.
    Endorsement,
}

/// A cheque's details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChequeDetails {
    /// Six digits.
    pub sort_code: String,
    /// Eight digits.
    pub account: String,
    /// Six digits.
    pub number: String,
    /// Who signed it.
    pub drawer: String,
    /// The date on it.
    #[ts(type = "string")]
    pub dated: NaiveDate,
}

/// What is kept of a card payment. Never its number. From the slip of a stand-alone terminal only the first three are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardDetails {
    /// The terminal.
    pub terminal: String,
    /// Authorisation code on its slip.
    pub authorisation: String,
    /// Last four digits.
    pub last_four: String,
    /// Such as `visa`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scheme: String,
    /// Such as `contactless`, `chip`, `swiped`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub entry_mode: String,
    /// The merchant's id at the acquirer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub merchant_id: String,
    /// The card's application.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub aid: String,
    /// The terminal's own reference, by which the payment is reversed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub terminal_reference: String,
    /// Our own id of it, where the till drove the terminal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub transaction_id: String,
    /// The terminal's receipts, unaltered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receipts: Vec<ReceiptCopy>,
}

/// What only this kind of tender has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TenderDetails {
    /// Notes and coins. Change is never takings: `tendered` − `change` is the tender's amount.
    Cash {
        /// What the customer handed over.
        tendered: Pence,
        /// What was handed back.
        change: Pence,
    },
    /// A cheque.
    Cheque(ChequeDetails),
    /// A card on a stand-alone terminal.
    Card(CardDetails),
    /// A postal order.
    PostalOrder {
        /// Its serial number.
        number: String,
    },
    /// A refund that somebody else pays, by a cheque that is asked for.
    ChequeRequest {
        /// Whom it is made out to.
        payee: String,
    },
    /// No money moves at the counter: transfers, over and short.
    Internal,
}

impl TenderDetails {
    /// Which kind of MOP these details belong to.
    pub fn kind(&self) -> MopKind {
        match self {
            TenderDetails::Cash { .. } => MopKind::Cash,
            TenderDetails::Cheque(_) => MopKind::Cheque,
            TenderDetails::Card(_) => MopKind::Card,
            TenderDetails::PostalOrder { .. } => MopKind::PostalOrder,
            TenderDetails::ChequeRequest { .. } | TenderDetails::Internal => MopKind::Internal,
        }
    }
}

/// What was paid by one MOP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tender {
    /// The MOP.
    pub mop_code: String,
    /// What counts as takings.
    pub amount: Pence,
    /// What only this kind has.
    pub details: TenderDetails,
}

/// A balanced, committed taking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// Unique in the council, at most 30 characters.
    pub number: String,
    /// Its place in the till's own series, from 1, without gaps.
    #[ts(type = "number")]
    pub serial: u64,
    /// Where it was taken.
    pub office_code: String,
    /// By which till.
    pub till_code: String,
    /// Σ lines = Σ tenders.
    pub total: Pence,
    /// Income, in the order in which it was entered.
    pub lines: Vec<IncomeLine>,
    /// Payment, in the order in which it was given.
    pub tenders: Vec<Tender>,
    /// The waterfall's shares.
    pub postings: Vec<Posting>,
    /// The language it is printed in.
    pub language: Language,
}

impl Receipt {
    /// What the customer was handed back.
    pub fn change(&self) -> Pence {
        self.tenders
            .iter()
            .map(|tender| match tender.details {
                TenderDetails::Cash { change, .. } => change,
                _ => Pence::ZERO,
            })
            .sum()
    }

    /// Was any of it cash? Then the drawer opens.
    pub fn has_cash(&self) -> bool {
        self.tenders.iter().any(|tender| tender.details.kind() == MopKind::Cash)
    }
}

/// The receipt number by the pack's pattern: `{office}`, `{till}`, `{serial}` or `{serial:07}`.
///
/// # Errors
/// [`Code::ReceiptNumberNotValid`] when the result is longer than 30 characters, has others than letters, digits and `-/`,
/// or the pattern leaves out something that makes it unique.
pub fn receipt_number(pattern: &str, office: &str, till: &str, serial: u64) -> Result<String, Refusal> {
    let not_valid = || Refusal::new(Code::ReceiptNumberNotValid);
    let (before, rest) = pattern.split_once("{serial").ok_or_else(not_valid)?;
    let (width, after) = rest.split_once('}').ok_or_else(not_valid)?;
    let width: usize = match width.strip_prefix(':') {
        Some(digits) => digits.parse().map_err(|_| not_valid())?,
        None if width.is_empty() => 1,
        None => return Err(not_valid()),
    };
    if width > MAX_RECEIPT_NUMBER || !pattern.contains("{office}") || !pattern.contains("{till}") {
        return Err(not_valid());
    }
    let number = format!("{before}{serial:0width$}{after}").replace("{office}", office).replace("{till}", till);
    let printable = number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'));
    if number.len() > MAX_RECEIPT_NUMBER || !printable {
        return Err(not_valid());
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_names_office_till_and_place_in_the_series() {
        assert_eq!(receipt_number("{office}{till}-{serial:07}", "CH", "07", 42).as_deref(), Ok("CH07-0000042"));
        assert_eq!(receipt_number("{office}/{till}/{serial}", "1", "2", 12_345_678).as_deref(), Ok("1/2/12345678"));
    }

    #[test]
    fn a_number_that_is_too_long_odd_or_ambiguous_is_refused() {
        for pattern in [
            "{office}{till}",
            "{serial}",
            "{office}{serial}",
            "{office}{till}{serial:40}",
            "{office} {till} {serial}",
            "{office}{till}{serial:x}",
            "{office}{till}{serial",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ{office}{till}{serial}",
        ] {
            assert!(receipt_number(pattern, "CH", "07", 1).is_err(), "{pattern}");
        }
    }
}
