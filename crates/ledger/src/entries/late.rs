//! Entries that only a later program understood are kept without postings. When the hub starts as that later program it makes them.
//!
//! An entry's row is never changed: that its postings were made is a row of its own beside it, written in the same transaction as
//! they are, with the till's row locked as for a batch. So any number of copies may start at once, and a start that is cut short is
//! gone on with by the next.

use super::append::hash;
use super::chained::New;
use super::copy;
use super::read::read_entry;
use crate::alarms;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::totals::Statements;
use deadpool_postgres::{Object, Transaction};

/// Entries looked at in one transaction.
const AT_ONCE: i64 = 500;

/// Entries that wait for a program that understands them.
const WAITING: &str = "SELECT seq, hash, body FROM entries e WHERE till_number = $1 AND seq > $2 AND NOT understood
    AND NOT EXISTS (SELECT FROM understood_later u WHERE u.till_number = e.till_number AND u.seq = e.seq) ORDER BY seq LIMIT $3";

/// Makes the postings that are missing and that this program can make. Answers for how many entries.
///
/// # Errors
/// The database's; what was made until then stays made.
pub async fn catch_up(ledger: &Ledger) -> Result<u64, LedgerError> {
    let mut client = ledger.database().await?;
    let rows = client.query("SELECT DISTINCT till_number FROM entries WHERE NOT understood", &[]).await?;
    let mut made = 0;
    for row in rows {
        let mut after = Some(0);
        while let Some(seq) = after {
            let (now, next) = some(ledger, &mut client, row.get(0), seq).await?;
            made += now;
            after = next;
        }
    }
    if made > 0 {
        tracing::info!(entries = made, "entries of a later program are understood now, and their postings made");
    }
    Ok(made)
}

/// Some of a till's, from one number on: how many were understood, and from where to go on.
async fn some(ledger: &Ledger, client: &mut Object, till_number: i32, after: i64) -> Result<(u64, Option<i64>), LedgerError> {
    let rules = ledger.of_newest_pack(client).await?.rules;
    let now_ms = ledger.now_ms();
    let transaction = client.transaction().await?;
    transaction.execute("SELECT FROM tills WHERE number = $1 FOR UPDATE", &[&till_number]).await?;
    let rows = transaction.query(WAITING, &[&till_number, &after, &AT_ONCE]).await?;
    let mut new = Vec::new();
    for row in &rows {
        let (seq, body): (i64, &[u8]) = (row.get(0), row.get(2));
        match read_entry(body) {
            Ok(kept) if kept.understood => new.push(New { seq: seq.cast_unsigned(), hash: hash(row.get(1))?, body, kept }),
            Ok(_) => {}
            // It was accepted, and its bytes are kept; somebody has to look.
            Err(reason) => {
                alarms::raise_once(&transaction, till_number, alarms::REFUSED, seq.cast_unsigned(), reason, now_ms).await?;
            }
        }
    }
    if !new.is_empty() {
        copy::postings(&transaction, till_number, rules.as_deref(), &new).await?;
        let postings = new.iter().flat_map(|new| &new.kept.postings);
        Statements::prepared(&transaction).await?.add(&transaction, till_number, postings).await?;
        note(&transaction, till_number, &new, now_ms).await?;
    }
    transaction.commit().await?;
    let next = rows.last().map(|row| row.get(0)).filter(|_| i64::try_from(rows.len()) == Ok(AT_ONCE));
    Ok((new.len() as u64, next))
}

/// That they are understood now; and with them the session that the journal ends in.
async fn note(transaction: &Transaction<'_>, till_number: i32, new: &[New<'_>], now_ms: i64) -> Result<(), LedgerError> {
    let seqs: Vec<i64> = new.iter().map(|new| new.seq.cast_signed()).collect();
    let sql = "INSERT INTO understood_later (till_number, seq, at_ms) SELECT $1, seq, $3 FROM unnest($2::bigint[]) seq";
    transaction.execute(sql, &[&till_number, &seqs, &now_ms]).await?;
    let sql = "SELECT body FROM entries WHERE till_number = $1 ORDER BY seq DESC LIMIT 500";
    let newest = transaction.query(sql, &[&till_number]).await?;
    let session = newest.iter().find_map(|row| read_entry(row.get(0)).ok()?.session);
    let sql = "UPDATE tills SET head_session = COALESCE($2, head_session) WHERE number = $1";
    transaction.execute(sql, &[&till_number, &session]).await?;
    Ok(())
}
