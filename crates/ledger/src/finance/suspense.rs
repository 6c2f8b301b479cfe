//! Money in suspense, and where somebody says that it belongs. The posting stays as it is; allocations of it, whole or in parts, are
//! kept beside it, and one that was wrong is taken back by a row with its amounts the other way round.

use super::takings::{COLUMNS, OF_POSTING, Taking, of_row};
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::people::Person;
use chrono::NaiveDate;
use deadpool_postgres::{Object, Transaction};
use tokio_postgres::Row;

/// The most that are listed.
const MOST_LISTED: i64 = 500;
/// The most of those that nothing is left of.
const MOST_ALLOCATED: i64 = 100;

/// What was taken into suspense, by a cashier who couldn't place it or because it broke a rule.
const CAME: &str = "(p.in_suspense OR p.held_fund IS NOT NULL)";

/// What is in suspense and not allocated, oldest first.
///
/// # Errors
/// The database's.
pub async fn list(client: &Object) -> Result<Vec<Taking>, LedgerError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM postings p LEFT JOIN LATERAL ({OF_POSTING}) a ON true
         WHERE {CAME} AND p.amount_pence <> COALESCE(a.allocated_pence, 0) ORDER BY p.day, p.till_number, p.seq, p.part LIMIT {MOST_LISTED}"
    );
    Ok(client.query(&sql, &[]).await?.iter().map(of_row).collect())
}

/// Of what something was allocated, the latest decisions first.
///
/// # Errors
/// The database's.
pub async fn allocated(client: &Object) -> Result<Vec<Taking>, LedgerError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT till_number, seq, part, max(id) AS last FROM allocations GROUP BY 1, 2, 3
                ORDER BY last DESC LIMIT {MOST_ALLOCATED}) l
            JOIN postings p USING (till_number, seq, part) LEFT JOIN LATERAL ({OF_POSTING}) a ON true ORDER BY l.last DESC"
    );
    Ok(client.query(&sql, &[]).await?.iter().map(of_row).collect())
}

/// Which posting: till's number, entry's number, part.
pub type Of = (i32, i64, i32);

/// A posting that came into suspense, whatever is left of it.
///
/// # Errors
/// The database's.
pub async fn one(client: &Object, (till_number, seq, part): Of) -> Result<Option<Taking>, LedgerError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM postings p LEFT JOIN LATERAL ({OF_POSTING}) a ON true
         WHERE p.till_number = $1 AND p.seq = $2 AND p.part = $3 AND {CAME}"
    );
    Ok(client.query_opt(&sql, &[&till_number, &seq, &part]).await?.as_ref().map(of_row))
}

/// An allocation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// The fund.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// How much; the other way round in one that takes another back.
    pub amount_pence: i64,
    /// Why.
    pub why: String,
    /// Who decided.
    pub by_person: String,
    /// When: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The one that it takes back.
    pub undoes: Option<i64>,
    /// Was it taken back?
    pub is_undone: bool,
}

/// Everything that was decided about a posting, in its order.
///
/// # Errors
/// The database's.
pub async fn decisions(client: &Object, (till_number, seq, part): Of) -> Result<Vec<Kept>, LedgerError> {
    let sql = "SELECT id, fund_code, reference, amount_pence, why, by_person, at_ms, undoes,
            EXISTS (SELECT FROM allocations u WHERE u.undoes = a.id)
        FROM allocations a WHERE till_number = $1 AND seq = $2 AND part = $3 ORDER BY id";
    let rows = client.query(sql, &[&till_number, &seq, &part]).await?;
    let kept = rows.iter().map(|row| Kept {
        id: row.get(0),
        fund_code: row.get(1),
        reference: row.get(2),
        amount_pence: row.get(3),
        why: row.get(4),
        by_person: row.get(5),
        at_ms: row.get(6),
        undoes: row.get(7),
        is_undone: row.get(8),
    });
    Ok(kept.collect())
}

/// Where a posting or a part of it belongs, as somebody decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Which posting.
    pub of: Of,
    /// The fund.
    pub fund_code: String,
    /// The account reference.
    pub reference: String,
    /// How much of it, and how much was left of it when they decided; none for all that is left.
    pub amount: Option<Part>,
    /// Why.
    pub why: String,
    /// The council's day on which it is decided: the day that the general ledger is told of it.
    pub day: NaiveDate,
}

/// A part of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How much.
    pub pence: i64,
    /// How much was left when it was decided: the same form sent twice moves its money once.
    pub of_pence: i64,
}

/// Why nothing was allocated, or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAllocated {
    /// The pack has no such fund, or it is a fund for suspense.
    FundUnknown,
    /// No reference, or no reason.
    Incomplete,
    /// No such posting in suspense, no such allocation.
    NotThere,
    /// Nothing, more than is left, or the other way round.
    AmountWrong,
    /// Somebody was first.
    Already,
}

/// A posting in suspense, held until the transaction is over.
struct Held {
    amount_pence: i64,
    vat_pence: i64,
    allocated_pence: i64,
    allocated_vat_pence: i64,
}

impl Held {
    fn of_row(row: &Row) -> Held {
        Held { amount_pence: row.get(0), vat_pence: row.get(1), allocated_pence: row.get(2), allocated_vat_pence: row.get(3) }
    }

    fn left_pence(&self) -> i64 {
        self.amount_pence.saturating_sub(self.allocated_pence)
    }

    /// How much is moved, if it can be.
    fn moved(&self, part: Option<Part>) -> Result<i64, NotAllocated> {
        let left = self.left_pence();
        let pence = part.map_or(left, |part| part.pence);
        if left == 0 || part.is_some_and(|part| part.of_pence != left) {
            return Err(NotAllocated::Already);
        }
        let fits = pence.signum() == left.signum() && pence.unsigned_abs() <= left.unsigned_abs();
        if fits { Ok(pence) } else { Err(NotAllocated::AmountWrong) }
    }

    /// The VAT that goes with it: parts are rounded so that all of them together have all of it.
    fn vat_of(&self, pence: i64) -> i64 {
        let until = i128::from(self.allocated_pence) + i128::from(pence);
        let (vat, amount) = (i128::from(self.vat_pence), i128::from(self.amount_pence));
        let share = if amount == 0 { 0 } else { rounded(vat * until, amount) };
        i64::try_from(share).unwrap_or(self.vat_pence) - self.allocated_vat_pence
    }
}

/// Half away from nought.
fn rounded(of: i128, by: i128) -> i128 {
    let (size, half) = (by.abs(), by.abs() / 2);
    let whole = (of.abs() + half) / size;
    whole * of.signum() * by.signum()
}

async fn held(transaction: &Transaction<'_>, (till_number, seq, part): Of) -> Result<Option<Held>, LedgerError> {
    let key: &[&(dyn tokio_postgres::types::ToSql + Sync)] = &[&till_number, &seq, &part];
    let lock = format!("SELECT FROM postings p WHERE till_number = $1 AND seq = $2 AND part = $3 AND {CAME} FOR UPDATE");
    if transaction.query_opt(&lock, key).await?.is_none() {
        return Ok(None);
    }
    // A statement of its own, so that it sees what was written by whoever held the lock before.
    let sql = "SELECT p.amount_pence, p.vat_pence, COALESCE(sum(a.amount_pence), 0)::bigint, COALESCE(sum(a.vat_pence), 0)::bigint
        FROM postings p LEFT JOIN allocations a USING (till_number, seq, part)
        WHERE p.till_number = $1 AND p.seq = $2 AND p.part = $3 GROUP BY 1, 2";
    Ok(Some(Held::of_row(&transaction.query_one(sql, key).await?)))
}

/// Keeps an allocation.
///
/// # Errors
/// The database's; the inner one says why it can't be.
pub async fn allocate(ledger: &Ledger, allocation: &Allocation, by: &Person) -> Result<Result<(), NotAllocated>, LedgerError> {
    let Allocation { of, fund_code, reference, amount, why, day } = allocation;
    if reference.is_empty() || why.is_empty() {
        return Ok(Err(NotAllocated::Incomplete));
    }
    let mut client = ledger.database().await?;
    let rules = ledger.of_newest_pack(&client).await?.rules;
    if fund_code.is_empty() || rules.is_some_and(|rules| !rules.takes_allocations(fund_code)) {
        return Ok(Err(NotAllocated::FundUnknown));
    }
    let transaction = client.transaction().await?;
    let Some(held) = held(&transaction, *of).await? else { return Ok(Err(NotAllocated::NotThere)) };
    let pence = match held.moved(*amount) {
        Ok(pence) => pence,
        Err(why_not) => return Ok(Err(why_not)),
    };
    let sql = "INSERT INTO allocations (till_number, seq, part, fund_code, reference, why, by_person, at_ms, day, amount_pence, vat_pence)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let ((till_number, seq, part), now_ms, vat_pence) = (of, ledger.now_ms(), held.vat_of(pence));
    transaction.execute(sql, &[till_number, seq, part, fund_code, reference, why, &by.code, &now_ms, day, &pence, &vat_pence]).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Takes an allocation back: its money is in suspense again.
///
/// # Errors
/// The database's; the inner one says why it can't be.
pub async fn undo(
    ledger: &Ledger,
    of: Of,
    id: i64,
    why: &str,
    day: NaiveDate,
    by: &Person,
) -> Result<Result<(), NotAllocated>, LedgerError> {
    if why.is_empty() {
        return Ok(Err(NotAllocated::Incomplete));
    }
    let mut client = ledger.database().await?;
    let transaction = client.transaction().await?;
    if held(&transaction, of).await?.is_none() {
        return Ok(Err(NotAllocated::NotThere));
    }
    let (till_number, seq, part) = of;
    let sql = "SELECT EXISTS (SELECT FROM allocations u WHERE u.undoes = a.id) FROM allocations a
        WHERE id = $1 AND till_number = $2 AND seq = $3 AND part = $4 AND undoes IS NULL";
    match transaction.query_opt(sql, &[&id, &till_number, &seq, &part]).await? {
        None => return Ok(Err(NotAllocated::NotThere)),
        Some(row) if row.get(0) => return Ok(Err(NotAllocated::Already)),
        Some(_) => {}
    }
    let sql = "INSERT INTO allocations
            (till_number, seq, part, fund_code, reference, amount_pence, vat_pence, undoes, why, by_person, at_ms, day)
        SELECT till_number, seq, part, fund_code, reference, -amount_pence, -vat_pence, id, $2, $3, $4, $5 FROM allocations WHERE id = $1";
    transaction.execute(sql, &[&id, &why, &by.code, &ledger.now_ms(), &day]).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(amount_pence: i64, vat_pence: i64, allocated_pence: i64) -> Held {
        Held { amount_pence, vat_pence, allocated_pence, allocated_vat_pence: 0 }
    }

    fn part(pence: i64, of_pence: i64) -> Option<Part> {
        Some(Part { pence, of_pence })
    }

    #[test]
    fn a_part_is_some_of_what_is_left_and_no_more() {
        let held = held(1_000, 0, 400);
        assert_eq!(held.moved(part(600, 600)), Ok(600));
        assert_eq!(held.moved(None), Ok(600));
        for wrong in [0, -1, 601] {
            assert_eq!(held.moved(part(wrong, 600)), Err(NotAllocated::AmountWrong));
        }
        assert_eq!(held.moved(part(100, 1_000)), Err(NotAllocated::Already));
    }

    #[test]
    fn what_was_taken_back_from_suspense_is_allocated_below_nought() {
        assert_eq!(held(-500, 0, 0).moved(part(-200, -500)), Ok(-200));
        assert_eq!(held(-500, 0, 0).moved(part(200, -500)), Err(NotAllocated::AmountWrong));
    }

    #[test]
    fn parts_have_all_of_the_vat_between_them() {
        let mut held = held(1_000, 167, 0);
        let mut parts = Vec::new();
        for pence in [333, 333, 334] {
            let vat = held.vat_of(pence);
            held.allocated_pence += pence;
            held.allocated_vat_pence += vat;
            parts.push(vat);
        }
        assert_eq!((parts.iter().sum::<i64>(), held.left_pence()), (167, 0));
        assert_eq!(parts, [56, 55, 56]);
    }
}
