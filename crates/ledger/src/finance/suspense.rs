//! Money in suspense, and where somebody says that it belongs. The posting stays as it is; the allocation is kept beside it.

use super::takings::{COLUMNS, Taking, of_row};
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::people::Person;
use crate::reference::Newest;
use chrono::NaiveDate;
use deadpool_postgres::Object;
use tokio_postgres::error::SqlState;

/// The most that are listed.
const MOST_LISTED: i64 = 500;

/// What is in suspense and not allocated, oldest first: what cashiers couldn't place, and what broke a rule.
///
/// # Errors
/// The database's.
pub async fn list(client: &Object) -> Result<Vec<Taking>, LedgerError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM postings p LEFT JOIN allocations a USING (till_number, seq, part)
         WHERE (p.in_suspense OR p.held_fund IS NOT NULL) AND a.id IS NULL ORDER BY p.day, p.till_number, p.seq, p.part LIMIT {MOST_LISTED}"
    );
    Ok(client.query(&sql, &[]).await?.iter().map(of_row).collect())
}

/// Where a posting belongs, as somebody decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Which posting: till's number, entry's number, part.
    pub of: (i32, i64, i32),
    /// The fund.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// Why.
    pub why: String,
    /// The council's day on which it is decided: the day that the general ledger is told of it.
    pub day: NaiveDate,
}

/// Why nothing was allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAllocated {
    /// The pack has no such fund, or it is a fund for suspense.
    FundUnknown,
    /// No reference, or no reason.
    Incomplete,
    /// No such posting in suspense.
    NotInSuspense,
    /// Somebody was first.
    Already,
}

/// Keeps an allocation.
///
/// # Errors
/// The database's; the inner one says why it can't be.
pub async fn allocate(ledger: &Ledger, allocation: &Allocation, by: &Person) -> Result<Result<(), NotAllocated>, LedgerError> {
    let Allocation { of: (till_number, seq, part), fund_code, reference, why, day } = allocation;
    if reference.is_empty() || why.is_empty() {
        return Ok(Err(NotAllocated::Incomplete));
    }
    let client = ledger.database().await?;
    let newest = Newest::now(&client).await?;
    let rules = ledger.rules(&client, newest.pack).await?;
    if fund_code.is_empty() || rules.is_some_and(|rules| !rules.takes_allocations(fund_code)) {
        return Ok(Err(NotAllocated::FundUnknown));
    }
    let sql = "INSERT INTO allocations (till_number, seq, part, fund_code, reference, why, by_person, at_ms, day)
        SELECT till_number, seq, part, $4, $5, $6, $7, $8, $9 FROM postings
        WHERE till_number = $1 AND seq = $2 AND part = $3 AND (in_suspense OR held_fund IS NOT NULL)";
    let now_ms = ledger.now_ms();
    match client.execute(sql, &[till_number, seq, part, fund_code, reference, why, &by.code, &now_ms, day]).await {
        Ok(0) => Ok(Err(NotAllocated::NotInSuspense)),
        Ok(_) => Ok(Ok(())),
        Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => Ok(Err(NotAllocated::Already)),
        Err(error) => Err(error.into()),
    }
}
