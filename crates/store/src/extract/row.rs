//! One row of an extract: columns as in LocalGov IMS's AccountHolder, by name, in any order.

use chrono::NaiveDate;
use counterfoil_domain::Pence;
use counterfoil_domain::account::AccountHolder;
use counterfoil_domain::reference::MAX_REFERENCE;
use counterfoil_domain::text::is_plain;
use counterfoil_domain::typed::read_date;

/// The longest field that is kept, in bytes.
const MAX_FIELD: usize = 200;

/// Why a row is bad: a stable code and the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadField {
    /// Such as `balance-not-an-amount`.
    pub reason: &'static str,
    /// The column's name.
    pub column: &'static str,
}

/// Where each column stands.
#[derive(Clone, Debug)]
pub struct Columns {
    count: usize,
    reference: usize,
    fund: usize,
    balance: usize,
    title: Option<usize>,
    forename: Option<usize>,
    surname: usize,
    address: Vec<usize>,
    postcode: Option<usize>,
    message: Option<usize>,
    updated: Option<usize>,
}

impl Columns {
    /// Reads the header.
    ///
    /// # Errors
    /// The name of the first column that is needed and isn't there.
    pub fn from_header(header: &[String]) -> Result<Columns, &'static str> {
        let find = |name: &str| header.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
        let need = |name: &'static str| find(name).ok_or(name);
        Ok(Columns {
            count: header.len(),
            reference: need("AccountReference")?,
            fund: need("FundCode")?,
            balance: need("CurrentBalance")?,
            surname: need("Surname")?,
            title: find("Title"),
            forename: find("Forename"),
            address: ["HouseNumber", "AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4"]
                .iter()
                .filter_map(|name| find(name))
                .collect(),
            postcode: find("Postcode"),
            message: find("FundMessageId"),
            updated: find("LastUpdated"),
        })
    }

    /// Fund and reference of a row, as they are written.
    pub(super) fn account<'f>(&self, fields: &'f [String]) -> Option<(&'f str, &'f str)> {
        Some((fields.get(self.fund)?, fields.get(self.reference)?))
    }

    /// Has a row's balance a date of its own?
    pub(super) fn is_dated(&self, fields: &[String]) -> bool {
        let text = self.updated.and_then(|place| fields.get(place)).map_or("", |field| field.trim());
        !text.is_empty() && !text.eq_ignore_ascii_case("null")
    }

    /// Reads a row. `otherwise_as_at` is the balance's date where the extract gives none.
    ///
    /// # Errors
    /// The first field that is bad.
    pub fn read(&self, fields: &[String], otherwise_as_at: NaiveDate) -> Result<AccountHolder, BadField> {
        if fields.len() != self.count {
            return Err(BadField { reason: "wrong-number-of-columns", column: "" });
        }
        let text = |place: Option<usize>| place.and_then(|place| fields.get(place)).map_or("", |field| field.trim());
        for field in fields {
            if field.len() > MAX_FIELD || !is_plain(field) {
                return Err(BadField { reason: "text-not-plain", column: "" });
            }
        }
        let reference = text(Some(self.reference)).to_uppercase();
        if reference.is_empty() || reference.chars().count() > MAX_REFERENCE {
            return Err(BadField { reason: "reference-length", column: "AccountReference" });
        }
        let fund_code = text(Some(self.fund));
        if fund_code.is_empty() || fund_code.len() > 5 {
            return Err(BadField { reason: "fund-code", column: "FundCode" });
        }
        let balance = balance(text(Some(self.balance))).ok_or(BadField { reason: "balance-not-an-amount", column: "CurrentBalance" })?;
        let message_id = optional(text(self.message), |text| text.parse().ok())
            .ok_or(BadField { reason: "message-not-a-number", column: "FundMessageId" })?;
        // A time after the date, as database exports write it, says nothing here.
        let updated = text(self.updated).split([' ', 'T']).next().unwrap_or("");
        let as_at = optional(updated, read_date).ok_or(BadField { reason: "date-not-readable", column: "LastUpdated" })?;
        Ok(AccountHolder {
            fund_code: fund_code.to_owned(),
            reference,
            title: text(self.title).to_owned(),
            forename: text(self.forename).to_owned(),
            surname: text(Some(self.surname)).to_owned(),
            address: self.address.iter().map(|place| text(Some(*place)).to_owned()).filter(|line| !line.is_empty()).collect(),
            postcode: text(self.postcode).to_uppercase(),
            balance,
            as_at: as_at.unwrap_or(otherwise_as_at),
            message_id,
        })
    }
}

/// Nothing is fine; something must be readable.
fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() || text.eq_ignore_ascii_case("null") { Some(None) } else { read(text).map(Some) }
}

/// `-12.5`, `1204.50`, `1204.5000`: what databases export; more decimals only when they are zeros.
fn balance(text: &str) -> Option<Pence> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (pounds, decimals) = number.split_once('.').unwrap_or((number, ""));
    let (pence, rest) = decimals.split_at_checked(2).unwrap_or((decimals, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if pounds.is_empty() || pounds.len() > 10 || !digits(pounds) || !digits(pence) || !rest.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let pence: i64 = format!("{pounds}{pence:0<2}").parse().ok()?;
    Some(Pence(sign * pence))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(balance: &str, message: &str, updated: &str) -> Result<AccountHolder, BadField> {
        let header = ["AccountReference", "FundCode", "CurrentBalance", "Surname", "FundMessageId", "LastUpdated"].map(String::from);
        let fields = ["501234566", "23", balance, "Example", message, updated].map(String::from);
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
        Columns::from_header(&header).expect("columns").read(&fields, day)
    }

    #[test]
    fn balances_are_read_as_databases_export_them() {
        for (text, pence) in [("1204.50", 120_450), ("-12.5", -1_250), ("7", 700), ("0.0000", 0), ("10.1000", 1_010)] {
            assert_eq!(row(text, "", "").map(|holder| holder.balance), Ok(Pence(pence)), "{text}");
        }
        for text in ["", "£5", "1,000.00", "1.005", "1e3", "--1", "99999999999"] {
            assert_eq!(row(text, "", "").map_err(|bad| bad.reason).err(), Some("balance-not-an-amount"), "{text}");
        }
    }

    #[test]
    fn dates_and_messages_may_be_missing_but_not_wrong() {
        assert_eq!(row("1", "NULL", "2026-11-20 03:00:00").map(|holder| holder.as_at.to_string()), Ok("2026-11-20".into()));
        assert_eq!(row("1", "", "20/11/2026").map(|holder| holder.as_at.to_string()), Ok("2026-11-20".into()));
        assert_eq!(row("1", "4", "").map(|holder| holder.message_id), Ok(Some(4)));
        assert_eq!(row("1", "four", "").map_err(|bad| bad.column).err(), Some("FundMessageId"));
        assert_eq!(row("1", "", "yesterday").map_err(|bad| bad.column).err(), Some("LastUpdated"));
    }
}
