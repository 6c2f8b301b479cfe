//! What is read of accounts: what was taken on one today, and money that nobody could place.

use crate::error::StoreError;
use crate::reading::Reading;
use chrono::NaiveDate;
use counterfoil_domain::Pence;
use rusqlite::Row;

/// A line that nobody could place, with something left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspenseRow {
    /// The receipt's number.
    pub number: String,
    /// Which of its lines, from 0.
    pub line: usize,
    /// When it was taken, ms since 1970 UTC.
    pub at_ms: i64,
    /// By whom.
    pub user_code: String,
    /// The fund.
    pub fund_code: String,
    /// What was typed as its reference.
    pub reference: String,
    /// What is known of it.
    pub narrative: String,
    /// What was taken.
    pub amount: Pence,
    /// What is left to be placed.
    pub left: Pence,
}

/// A payment of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// The receipt's number.
    pub number: String,
    /// When, ms since 1970 UTC.
    pub at_ms: i64,
}

impl Reading<'_> {
    /// What this till took on an account on a day by one MOP, less what it gave back.
    pub fn taken_by_mop(&self, fund_code: &str, reference: &str, day: NaiveDate, mop_code: &str) -> Result<Pence, StoreError> {
        let sql = "SELECT coalesce(sum(amount_pence), 0) FROM postings
                   WHERE reference = ?1 AND fund_code = ?2 AND day = ?3 AND mop_code = ?4
                     AND serial >= (SELECT min(first_serial) FROM day_runs WHERE day = ?3)";
        let sum = self.0.prepare_cached(sql)?.query_row((reference, fund_code, day.to_string(), mop_code), |row| row.get(0))?;
        Ok(Pence(sum))
    }

    /// Payments of exactly this amount on an account on a day, of which nothing was taken back.
    pub fn same_payments(&self, fund_code: &str, reference: &str, day: NaiveDate, amount: Pence) -> Result<Vec<PaymentRow>, StoreError> {
        let sql = "SELECT r.number, r.at_ms FROM postings p JOIN receipts r ON r.serial = p.serial
                   WHERE p.reference = ?1 AND p.fund_code = ?2 AND p.day = ?3 AND r.kind = 0
                     AND p.serial >= (SELECT min(first_serial) FROM day_runs WHERE day = ?3)
                     AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.of_serial = p.serial)
                   GROUP BY p.serial HAVING sum(p.amount_pence) = ?4 ORDER BY p.serial";
        let read = |row: &Row<'_>| Ok(PaymentRow { number: row.get(0)?, at_ms: row.get(1)? });
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_map((reference, fund_code, day.to_string(), amount.0), read)?.collect::<Result<_, _>>()?)
    }

    /// Money that nobody could place, the oldest first.
    pub fn suspense(&self) -> Result<Vec<SuspenseRow>, StoreError> {
        let sql = "SELECT r.number, s.line, r.at_ms, r.user_code, s.fund_code, s.reference, s.narrative, s.amount_pence, s.left_pence
                   FROM suspense s JOIN receipts r ON r.serial = s.serial WHERE s.left_pence > 0 ORDER BY s.serial, s.line";
        let read = |row: &Row<'_>| {
            Ok(SuspenseRow {
                number: row.get(0)?,
                line: row.get(1)?,
                at_ms: row.get(2)?,
                user_code: row.get(3)?,
                fund_code: row.get(4)?,
                reference: row.get(5)?,
                narrative: row.get(6)?,
                amount: Pence(row.get(7)?),
                left: Pence(row.get(8)?),
            })
        };
        Ok(self.0.prepare_cached(sql)?.query_map([], read)?.collect::<Result<_, _>>()?)
    }
}
