//! The one table that matters: processed transactions, as they are posted, kept, searched and shown.

use super::tables::Tables;
use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A transaction as it is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transaction {
    /// The IMS's own.
    pub reference: String,
    /// The IMS's own too.
    pub internal_reference: String,
    /// The payment's reference, as whoever posted it chose it.
    pub psp_reference: Option<String>,
    /// Office.
    pub office_code: Option<String>,
    /// When it was stored.
    pub entry_date: NaiveDateTime,
    /// When it was taken.
    pub transaction_date: Option<NaiveDateTime>,
    /// Account reference.
    pub account_reference: Option<String>,
    /// User number.
    pub user_code: i32,
    /// Fund.
    pub fund_code: Option<String>,
    /// MOP.
    pub mop_code: Option<String>,
    /// Gross.
    pub amount: Option<Decimal>,
    /// VAT code.
    pub vat_code: Option<String>,
    /// A fraction.
    pub vat_rate: Decimal,
    /// VAT in the gross.
    pub vat_amount: Option<Decimal>,
    /// Narrative.
    pub narrative: Option<String>,
}

/// Why the IMS doesn't take a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// It threw: no words.
    Threw,
    /// It says why.
    Because(String),
}

/// A transaction as it is posted; what isn't there is null.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Posted {
    psp_reference: Option<String>,
    office_code: Option<String>,
    transaction_date: Option<String>,
    account_reference: Option<String>,
    user_code: i32,
    fund_code: Option<String>,
    mop_code: Option<String>,
    amount: Option<Box<RawValue>>,
    vat_code: Option<String>,
    vat_rate: Option<Box<RawValue>>,
    vat_amount: Option<Box<RawValue>>,
    narrative: Option<String>,
}

impl Transaction {
    /// Reads a posted transaction and holds it against the tables' foreign keys and widths.
    pub(super) fn read(body: &[u8], tables: &Tables) -> Result<Transaction, NotTaken> {
        let posted: Posted = serde_json::from_slice(body).map_err(|_| NotTaken::Threw)?;
        let date = posted.transaction_date.as_deref().map(|text| read_date(text).ok_or(NotTaken::Threw)).transpose()?;

        let transaction = Transaction {
            psp_reference: posted.psp_reference,
            office_code: posted.office_code,
            transaction_date: date,
            account_reference: posted.account_reference,
            user_code: posted.user_code,
            fund_code: posted.fund_code,
            mop_code: posted.mop_code,
            amount: number(posted.amount)?,
            vat_code: posted.vat_code,
            vat_rate: number(posted.vat_rate)?.unwrap_or_default(),
            vat_amount: number(posted.vat_amount)?,
            narrative: posted.narrative,
            ..Transaction::default()
        };
        transaction.fits()?;
        transaction.refers_to(tables)?;
        Ok(transaction)
    }

    fn fits(&self) -> Result<(), NotTaken> {
        let columns = [
            ("PspReference", &self.psp_reference, 30),
            ("OfficeCode", &self.office_code, 2),
            ("AccountReference", &self.account_reference, 30),
            ("FundCode", &self.fund_code, 5),
            ("MopCode", &self.mop_code, 5),
            ("VatCode", &self.vat_code, 2),
            ("Narrative", &self.narrative, 100),
        ];
        let wide = columns.iter().any(|(_, value, width)| value.as_ref().is_some_and(|value| value.encode_utf16().count() > *width));
        if wide { Err(NotTaken::Because("Validation failed for one or more entities.".to_owned())) } else { Ok(()) }
    }

    fn refers_to(&self, tables: &Tables) -> Result<(), NotTaken> {
        let all = self.fund_code.as_ref().is_none_or(|code| tables.funds.iter().any(|fund| fund.code == *code))
            && self.mop_code.as_ref().is_none_or(|code| tables.mops.iter().any(|mop| mop.code == *code))
            && self.office_code.as_ref().is_none_or(|code| tables.offices.contains(code))
            && self.vat_code.as_ref().is_none_or(|code| tables.vat_codes.contains(code))
            && tables.users.contains(&self.user_code);
        if all { Ok(()) } else { Err(NotTaken::Because("An error occurred while updating the entries.".to_owned())) }
    }

    /// As the API shows it.
    pub(super) fn shown(&self) -> Shown<'_> {
        Shown {
            reference: &self.reference,
            internal_reference: &self.internal_reference,
            psp_reference: self.psp_reference.as_deref(),
            office_code: self.office_code.as_deref(),
            entry_date: written_date(self.entry_date),
            transaction_date: self.transaction_date.map(written_date),
            account_reference: self.account_reference.as_deref(),
            user_code: self.user_code,
            fund_code: self.fund_code.as_deref(),
            mop_code: self.mop_code.as_deref(),
            amount: self.amount.and_then(raw),
            vat_code: self.vat_code.as_deref(),
            vat_rate: raw(self.vat_rate),
            vat_amount: self.vat_amount.and_then(raw),
            narrative: self.narrative.as_deref(),
            import_id: None,
        }
    }
}

/// A transaction as the API shows it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Shown<'a> {
    reference: &'a str,
    internal_reference: &'a str,
    psp_reference: Option<&'a str>,
    office_code: Option<&'a str>,
    entry_date: String,
    transaction_date: Option<String>,
    account_reference: Option<&'a str>,
    user_code: i32,
    fund_code: Option<&'a str>,
    mop_code: Option<&'a str>,
    amount: Option<Box<RawValue>>,
    vat_code: Option<&'a str>,
    vat_rate: Option<Box<RawValue>>,
    vat_amount: Option<Box<RawValue>>,
    narrative: Option<&'a str>,
    import_id: Option<i32>,
}

/// What is searched for; an empty value is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Criteria {
    pairs: Vec<(String, String)>,
}

impl Criteria {
    pub fn new(pairs: Vec<(String, String)>) -> Criteria {
        let given = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty());
        Criteria { pairs: given.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect() }
    }

    /// Leaves a criterion out, as some versions of the IMS do.
    pub fn without(mut self, name: &str) -> Criteria {
        self.pairs.retain(|(own, _)| own != name);
        self
    }

    /// Does the transaction match all of them? None when a criterion can't be read, at which the IMS throws.
    pub fn matches(&self, row: &Transaction) -> Option<bool> {
        let mut all = true;
        for (name, value) in &self.pairs {
            let same = |field: &Option<String>| field.as_deref() == Some(value.as_str());
            all &= match name.as_str() {
                "pspreference" | "receiptnumber" => same(&row.psp_reference),
                "accountreference" => same(&row.account_reference),
                "internalreference" => row.internal_reference == *value,
                "narrative" => row.narrative.as_ref().is_some_and(|narrative| narrative.contains(value.as_str())),
                "amount" => row.amount == Some(value.parse().ok()?),
                "startdate" => row.entry_date >= read_date(value)?,
                "enddate" => row.entry_date <= read_date(value)?,
                "fundcodes" => self.any_of(name, &row.fund_code),
                "mopcodes" => self.any_of(name, &row.mop_code),
                "appreference" => false,
                _ => true,
            };
        }
        Some(all)
    }

    fn any_of(&self, name: &str, field: &Option<String>) -> bool {
        self.pairs.iter().any(|(own, value)| own == name && field.as_ref() == Some(value))
    }
}

fn read_date(text: &str) -> Option<NaiveDateTime> {
    let with_time = NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y-%m-%dT%H:%M:%S%.f").ok();
    with_time.or_else(|| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(|day| day.and_hms_opt(0, 0, 0)))
}

fn written_date(date: NaiveDateTime) -> String {
    date.format("%Y-%m-%dT%H:%M:%S%.f").to_string()
}

fn number(json: Option<Box<RawValue>>) -> Result<Option<Decimal>, NotTaken> {
    let Some(json) = json else { return Ok(None) };
    let text = json.get();
    text.parse().or_else(|_| Decimal::from_scientific(text)).map(Some).map_err(|_| NotTaken::Threw)
}

pub(super) fn raw(number: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(number.to_string()).ok()
}
