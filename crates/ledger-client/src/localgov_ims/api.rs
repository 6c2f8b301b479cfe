//! The IMS's JSON: property names in PascalCase, amounts as numbers with decimals. Amounts never pass through floating point.

use super::rows::{Row, RowToPost, StoredRow};
use counterfoil_domain::Pence;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The longest of the IMS's own words that are kept.
const MAX_SAID: usize = 200;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ProcessedTransaction<'a> {
    psp_reference: &'a str,
    office_code: &'a str,
    transaction_date: String,
    account_reference: &'a str,
    user_code: i32,
    fund_code: &'a str,
    mop_code: &'a str,
    amount: Box<RawValue>,
    vat_code: &'a str,
    vat_rate: Box<RawValue>,
    vat_amount: Box<RawValue>,
    narrative: &'a str,
}

/// The body of a POST.
///
/// # Errors
/// None that can happen: every field can be written as JSON.
pub(super) fn written(row: &RowToPost) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&ProcessedTransaction {
        psp_reference: &row.psp_reference,
        office_code: &row.office_code,
        transaction_date: row.transaction_date.format("%Y-%m-%dT%H:%M:%S").to_string(),
        account_reference: &row.row.account_reference,
        user_code: row.user_code,
        fund_code: &row.row.fund_code,
        mop_code: &row.row.mop_code,
        amount: RawValue::from_string(row.row.amount.plain())?,
        vat_code: &row.vat_code,
        vat_rate: RawValue::from_string(row.vat_rate.to_string())?,
        vat_amount: RawValue::from_string(row.row.vat.plain())?,
        narrative: &row.row.narrative,
    })
}

/// A row as the IMS shows it. It leaves out what is null, or writes null.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
pub(super) struct ShownTransaction {
    reference: Option<String>,
    pub psp_reference: Option<String>,
    account_reference: Option<String>,
    fund_code: Option<String>,
    mop_code: Option<String>,
    amount: Option<Box<RawValue>>,
    vat_amount: Option<Box<RawValue>>,
    narrative: Option<String>,
}

impl ShownTransaction {
    pub fn into_stored(self) -> StoredRow {
        let text = |text: Option<String>| text.unwrap_or_default().trim_end().to_owned();
        let amount = self.amount.as_deref().and_then(decimal);
        let vat = self.vat_amount.as_deref().map_or(Some(Decimal::ZERO), decimal);
        let nearest = amount.and_then(nearest_pence).unwrap_or_default();
        let exact = amount.and_then(whole_pence).zip(vat.and_then(whole_pence));
        let reference = text(self.reference);
        let row = exact.map(|(amount, vat)| Row {
            fund_code: text(self.fund_code),
            account_reference: text(self.account_reference),
            mop_code: text(self.mop_code),
            amount,
            vat,
            narrative: text(self.narrative).trim_start().to_owned(),
        });
        StoredRow { row, amount: nearest, reference }
    }

    /// The IMS's own reference of a row that it has just stored.
    pub fn into_reference(self) -> String {
        self.reference.unwrap_or_default()
    }
}

/// A JSON number as a decimal, exactly.
pub(super) fn decimal(number: &RawValue) -> Option<Decimal> {
    let text = number.get();
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

/// Whole pence, if that is what it is.
pub(super) fn whole_pence(amount: Decimal) -> Option<Pence> {
    let pence = amount.checked_mul(Decimal::ONE_HUNDRED)?;
    if pence.is_integer() { pence.to_i64().map(Pence) } else { None }
}

fn nearest_pence(amount: Decimal) -> Option<Pence> {
    let pence = amount.checked_mul(Decimal::ONE_HUNDRED)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    pence.to_i64().map(Pence)
}

/// A fund as `GET /api/Funds` lists it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ShownFund {
    pub fund_code: String,
    pub vat_code: Option<String>,
    pub maximum_amount: Option<Box<RawValue>>,
    pub vat_override: bool,
}

/// A MOP as `GET /api/MethodOfPayments` lists it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ShownMop {
    pub code: String,
    pub maximum_amount: Option<Box<RawValue>>,
    pub disabled: bool,
}

/// The IMS's own words in the body of a refusal: a JSON string, or an object with a `Message`; many refusals have no body.
pub(super) fn said(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        Bare(String),
        Message {
            #[serde(rename = "Message")]
            message: String,
        },
    }
    let words = match serde_json::from_slice(body).ok()? {
        Words::Bare(words) | Words::Message { message: words } => words,
    };
    let short: String = words.chars().filter(|character| !character.is_control()).take(MAX_SAID).collect();
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &str) -> StoredRow {
        serde_json::from_str::<ShownTransaction>(json).unwrap().into_stored()
    }

    #[test]
    fn amounts_are_read_to_the_penny_however_they_are_written() {
        for amount in ["12.5", "12.50", "12.5000", "1.25E1"] {
            let row = shown(&format!(r#"{{"Amount": {amount}, "VatAmount": 0.0, "Narrative": null}}"#)).row.unwrap();
            assert_eq!((row.amount, row.vat, row.narrative.as_str()), (Pence(1250), Pence(0), ""), "{amount}");
        }
        assert_eq!(shown(r#"{"Amount": 90071992547409.93, "VatAmount": -0.01}"#).row.unwrap().amount, Pence(9_007_199_254_740_993));
    }

    #[test]
    fn an_amount_that_is_not_whole_pence_is_like_no_row_of_ours() {
        let stored = shown(r#"{"Reference": "R", "Amount": 12.505, "VatAmount": 0}"#);
        assert_eq!((stored.row, stored.amount), (None, Pence(1251)));
        assert_eq!(shown(r#"{"Amount": null}"#).row, None);
        assert_eq!(shown(r#"{"Amount": 1e40}"#).row, None);
    }

    #[test]
    fn the_ims_s_words_are_found_in_either_of_its_forms_and_kept_short() {
        assert_eq!(said(br#""No such fund""#).as_deref(), Some("No such fund"));
        assert_eq!(said(br#"{"Message": "No such\nfund"}"#).as_deref(), Some("No suchfund"));
        assert_eq!(said(b""), None);
        assert_eq!(said(b"<html>"), None);
        assert_eq!(said(format!("\"{}\"", "x".repeat(500)).as_bytes()).unwrap().len(), 200);
    }
}
