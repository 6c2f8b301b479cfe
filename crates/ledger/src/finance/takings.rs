//! Takings found by receipt number, reference, amount, days, fund or till.

use crate::error::LedgerError;
use chrono::NaiveDate;
use deadpool_postgres::Object;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// The most that are listed. Whoever looks for one looks closer; whoever wants all exports.
pub const MOST_LISTED: i64 = 200;

/// What is looked for; all of it must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The beginning of a receipt's number.
    pub receipt_number: Option<String>,
    /// The account reference.
    pub reference: Option<String>,
    /// The posting's amount.
    pub amount_pence: Option<i64>,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// Up to and with this day.
    pub to: Option<NaiveDate>,
    /// The fund, as the till posted it or where it is held.
    pub fund_code: Option<String>,
    /// The till's number.
    pub till_number: Option<i32>,
}

/// A posting as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// Whose journal.
    pub till_number: i32,
    /// Which entry.
    pub seq: i64,
    /// Which of its postings.
    pub part: i32,
    /// `taking`, `void`, `refund`, `transfer`, `over-short`.
    pub kind: String,
    /// The council's day.
    pub day: NaiveDate,
    /// The session.
    pub session: i64,
    /// Who took it.
    pub cashier: String,
    /// The receipt's number.
    pub receipt_number: String,
    /// Where.
    pub office_code: String,
    /// The fund, as the till posted it.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// The MOP.
    pub mop_code: String,
    /// The amount.
    pub amount_pence: i64,
    /// The fund for suspense, where the ledger put it there.
    pub held_fund: Option<String>,
    /// The rule that it broke.
    pub held_reason: Option<String>,
    /// To which fund and reference it was allocated since.
    pub allocated: Option<(String, String)>,
}

/// The columns of a [`Taking`], of `postings p LEFT JOIN allocations a`.
pub(super) const COLUMNS: &str = "p.till_number, p.seq, p.part, p.kind, p.day, p.session, p.cashier, p.receipt_number, p.office_code, \
     p.fund_code, p.reference, p.mop_code, p.amount_pence, p.held_fund, p.held_reason, a.fund_code, a.reference";

pub(super) fn of_row(row: &Row) -> Taking {
    let allocated: Option<String> = row.get(15);
    Taking {
        till_number: row.get(0),
        seq: row.get(1),
        part: row.get(2),
        kind: row.get(3),
        day: row.get(4),
        session: row.get(5),
        cashier: row.get(6),
        receipt_number: row.get(7),
        office_code: row.get(8),
        fund_code: row.get(9),
        reference: row.get(10),
        mop_code: row.get(11),
        amount_pence: row.get(12),
        held_fund: row.get(13),
        held_reason: row.get(14),
        allocated: allocated.map(|fund| (fund, row.get(16))),
    }
}

/// The newest that fit.
///
/// # Errors
/// The database's.
pub async fn search(client: &Object, wanted: &Wanted) -> Result<Vec<Taking>, LedgerError> {
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<&(dyn ToSql + Sync)> = Vec::new();
    let mut want = |condition: &str, value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("${}", values.len())));
    };
    // From the number to the last that begins with it: an index in any locale can be used for that.
    let until = wanted.receipt_number.as_ref().map(|number| format!("{number}\u{10ffff}"));
    if let (Some(number), Some(until)) = (&wanted.receipt_number, &until) {
        want("p.receipt_number >= ?", number);
        want("p.receipt_number <= ?", until);
    }
    if let Some(reference) = &wanted.reference {
        want("p.reference = ?", reference);
    }
    if let Some(pence) = &wanted.amount_pence {
        want("p.amount_pence = ?", pence);
    }
    if let Some(from) = &wanted.from {
        want("p.day >= ?", from);
    }
    if let Some(to) = &wanted.to {
        want("p.day <= ?", to);
    }
    if let Some(fund) = &wanted.fund_code {
        want("? IN (p.fund_code, p.held_fund, a.fund_code)", fund);
    }
    if let Some(till) = &wanted.till_number {
        want("p.till_number = ?", till);
    }
    let conditions = if conditions.is_empty() { "true".to_owned() } else { conditions.join(" AND ") };
    let sql = format!(
        "SELECT {COLUMNS} FROM postings p LEFT JOIN allocations a USING (till_number, seq, part)
         WHERE {conditions} ORDER BY p.day DESC, p.at_ms DESC, p.till_number, p.seq DESC, p.part LIMIT {MOST_LISTED}"
    );
    Ok(client.query(&sql, &values).await?.iter().map(of_row).collect())
}
