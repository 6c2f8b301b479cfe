//! Named checks that anyone can run: what is in the database is what the tills sent, and nothing else.

use crate::entries::{KeptPosting, read_entry};
use crate::error::LedgerError;
use crate::ledger::Ledger;
use counterfoil_wire::{Hash, Head};
use deadpool_postgres::{GenericClient, Transaction};
use tokio_postgres::{IsolationLevel, Row};

/// Entries read at once.
const ROWS_AT_ONCE: i64 = 2_000;
/// Faults of one check that are listed.
const MOST_LISTED: usize = 20;

/// A check and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// `chains-whole`, `postings-are-the-entries`, `totals-are-the-postings`.
    pub name: &'static str,
    /// What is wrong; nothing if it holds.
    pub faults: Vec<String>,
}

/// Runs all of them, on one moment's state.
///
/// # Errors
/// The database's.
pub async fn check(ledger: &Ledger) -> Result<Vec<Checked>, LedgerError> {
    let mut client = ledger.database().await?;
    let transaction = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start().await?;
    transaction.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    let (mut chains, mut postings) = (Vec::new(), Vec::new());
    for till in transaction.query("SELECT number, id, head_seq, head_hash FROM tills ORDER BY number", &[]).await? {
        let journal = Journal { transaction: &transaction, number: till.get(0), id: till.get(1) };
        journal.check(till.get(2), till.get(3), &mut chains, &mut postings).await?;
    }
    let totals = totals(&transaction).await?;
    let named = [("chains-whole", chains), ("postings-are-the-entries", postings), ("totals-are-the-postings", totals)];
    Ok(named.map(|(name, faults)| Checked { name, faults }).into())
}

fn note(faults: &mut Vec<String>, fault: impl FnOnce() -> String) {
    if faults.len() < MOST_LISTED {
        faults.push(fault());
    }
}

struct Journal<'a> {
    transaction: &'a Transaction<'a>,
    number: i32,
    id: String,
}

impl Journal<'_> {
    async fn check(
        &self,
        head_seq: i64,
        head_hash: &[u8],
        chains: &mut Vec<String>,
        postings: &mut Vec<String>,
    ) -> Result<(), LedgerError> {
        let mut head = Head::EMPTY;
        let sql = "SELECT seq, hash, body,
                understood OR EXISTS (SELECT FROM understood_later u WHERE u.till_number = e.till_number AND u.seq = e.seq)
            FROM entries e WHERE till_number = $1 AND seq > $2 ORDER BY seq LIMIT $3";
        let statement = self.transaction.prepare_cached(sql).await?;
        loop {
            let rows = self.transaction.query(&statement, &[&self.number, &head.seq.cast_signed(), &ROWS_AT_ONCE]).await?;
            let Some(last) = rows.last() else { break };
            let last: i64 = last.get(0);
            self.check_postings(&rows, head.seq.cast_signed(), last, postings).await?;
            for row in &rows {
                let (seq, hash, body): (i64, &[u8], &[u8]) = (row.get(0), row.get(1), row.get(2));
                let next = head.after(&self.id, body);
                if next.seq.cast_signed() != seq || next.hash.0 != hash {
                    note(chains, || format!("till {}: entry {seq} doesn't follow entry {}", self.number, head.seq));
                }
                head = Head { seq: seq.cast_unsigned(), hash: Hash(hash.try_into().unwrap_or_default()) };
            }
        }
        if head.seq.cast_signed() != head_seq || head.hash.0 != head_hash {
            note(chains, || format!("till {}: the journal ends at {}, and its head is {head_seq}", self.number, head.seq));
        }
        Ok(())
    }

    /// Derives the postings again from the bytes, and holds them against those that are kept.
    async fn check_postings(&self, entries: &[Row], after: i64, until: i64, faults: &mut Vec<String>) -> Result<(), LedgerError> {
        let sql = "SELECT seq, kind, day, at_ms, session, cashier, receipt_number, office_code, fund_code, reference, mop_code, vat_code,
                amount_pence, vat_pence, in_suspense
            FROM postings WHERE till_number = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, part";
        let statement = self.transaction.prepare_cached(sql).await?;
        let kept = self.transaction.query(&statement, &[&self.number, &after, &until]).await?;
        let mut kept = kept.iter().peekable();
        for entry in entries {
            let (seq, understood): (i64, bool) = (entry.get(0), entry.get(3));
            // One of a later program's kind has none, unless this is that program: then the next start makes them.
            let derived = match read_entry(entry.get(2)) {
                Ok(kept) if kept.understood && !understood => {
                    note(faults, || {
                        format!("till {}: entry {seq} waits for its postings: `counterfoil-ledger migrate` makes them", self.number)
                    });
                    continue;
                }
                kept => kept.map(|kept| kept.postings).unwrap_or_default(),
            };
            let mut here = Vec::new();
            while let Some(row) = kept.next_if(|row| row.get::<_, i64>(0) <= seq) {
                here.push(row);
            }
            if derived.len() != here.len() || !derived.iter().zip(&here).all(|(derived, row)| is_same(derived, row)) {
                note(faults, || format!("till {}: the postings of entry {seq} aren't what it says", self.number));
            }
        }
        Ok(())
    }
}

fn is_same(derived: &KeptPosting, row: &Row) -> bool {
    let texts = [
        derived.kind,
        &derived.cashier,
        &derived.receipt_number,
        &derived.office_code,
        &derived.fund_code,
        &derived.reference,
        &derived.mop_code,
        &derived.vat_code,
    ];
    let kept = [1, 5, 6, 7, 8, 9, 10, 11].map(|column| row.get::<_, &str>(column));
    texts == kept
        && derived.day == row.get::<_, chrono::NaiveDate>(2)
        && [derived.at_ms, derived.session] == [3, 4].map(|column| row.get::<_, i64>(column))
        && [derived.amount_pence, derived.vat_pence] == [12, 13].map(|column| row.get::<_, i64>(column))
        && derived.in_suspense == row.get::<_, bool>(14)
}

async fn totals(transaction: &Transaction<'_>) -> Result<Vec<String>, LedgerError> {
    let sql = "SELECT COALESCE(t.till_number, p.till_number), COALESCE(t.session, p.session) FROM totals t
        FULL JOIN (SELECT till_number, session, day, mop_code, fund_code, kind = 'over-short' AS over_short,
                count(*) AS count, sum(amount_pence)::bigint AS amount_pence FROM postings GROUP BY 1, 2, 3, 4, 5, 6) p
        USING (till_number, session, day, mop_code, fund_code, over_short)
        WHERE (t.count, t.amount_pence) IS DISTINCT FROM (p.count, p.amount_pence) LIMIT 20";
    let rows = transaction.query(sql, &[]).await?;
    let fault =
        |row: &Row| format!("till {}, session {}: the totals aren't the sum of the postings", row.get::<_, i32>(0), row.get::<_, i64>(1));
    Ok(rows.iter().map(fault).collect())
}
