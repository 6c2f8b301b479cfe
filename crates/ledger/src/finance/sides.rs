//! Both sides of the money: what the ledger has by till, session, MOP and fund, and what the tills say that they still have.

use crate::error::LedgerError;
use chrono::NaiveDate;
use deadpool_postgres::Object;

/// Postings of one session, MOP and fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The till's number.
    pub till_number: i32,
    /// Its office and code.
    pub till: (String, String),
    /// The session.
    pub session: i64,
    /// The MOP.
    pub mop_code: String,
    /// The fund, as the till posted it.
    pub fund_code: String,
    /// How many postings.
    pub count: i64,
    /// Σ postings, over and short included.
    pub amount_pence: i64,
}

/// The most rows that are listed.
pub const MOST_LISTED: i64 = 2_000;

/// What the ledger has of these days.
///
/// # Errors
/// The database's.
pub async fn of_days(client: &Object, from: NaiveDate, to: NaiveDate) -> Result<Vec<Side>, LedgerError> {
    let sql = format!(
        "SELECT s.till_number, t.office_code, t.till_code, session, mop_code, fund_code, sum(count)::bigint, sum(amount_pence)::bigint
         FROM totals s JOIN tills t ON t.number = s.till_number WHERE day BETWEEN $1 AND $2
         GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 2, 3, 1, 4, 5, 6 LIMIT {MOST_LISTED}"
    );
    let rows = client.query(&sql, &[&from, &to]).await?;
    let sides = rows.iter().map(|row| Side {
        till_number: row.get(0),
        till: (row.get(1), row.get(2)),
        session: row.get(3),
        mop_code: row.get(4),
        fund_code: row.get(5),
        count: row.get(6),
        amount_pence: row.get(7),
    });
    Ok(sides.collect())
}
