//! What changed between two versions of the extract, as a stream of its own.

use super::chunks::{Chunks, decompressed, read};
use crate::error::LedgerError;
use counterfoil_wire::reference::CHANGE_COLUMN;
use deadpool_postgres::Transaction;

const ROWS_AT_ONCE: i32 = 5_000;

/// Rows gone first, then those that are new or other than before, each in the order of its own extract.
pub async fn write_changes(transaction: &Transaction<'_>, from: i64, to: i64, header: &[u8]) -> Result<(), LedgerError> {
    let mut chunks = Chunks::begin(transaction, to, Some(from)).await?;
    let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header);
    chunks.add(&[CHANGE_COLUMN.as_bytes(), b",", header]).await?;
    let gone = "SELECT place, start, length FROM extract_rows old WHERE version = $1
        AND NOT EXISTS (SELECT FROM extract_rows new WHERE new.version = $2 AND new.account = old.account) ORDER BY place, start";
    write_rows(transaction, &mut chunks, (b"-,", from), gone, [from, to]).await?;
    let other = "SELECT place, start, length FROM extract_rows new WHERE version = $2
        AND NOT EXISTS (SELECT FROM extract_rows old WHERE old.version = $1 AND old.account = new.account AND old.content = new.content)
        ORDER BY place, start";
    write_rows(transaction, &mut chunks, (b"+,", to), other, [from, to]).await?;
    chunks.finish().await?;
    Ok(())
}

/// The rows that the query finds, each with its mark, out of the chunks of `version`'s snapshot.
async fn write_rows(
    transaction: &Transaction<'_>,
    chunks: &mut Chunks<'_>,
    (mark, version): (&[u8], i64),
    sql: &str,
    versions: [i64; 2],
) -> Result<(), LedgerError> {
    let of = "SELECT id FROM extract_streams WHERE version = $1 AND since IS NULL";
    let stream: i64 = transaction.query_one(of, &[&version]).await?.get(0);
    // By a portal: another query can't be answered while one on the same connection has rows to give.
    let portal = transaction.bind(sql, &[&versions[0], &versions[1]]).await?;
    let mut held: Option<(i32, Vec<u8>)> = None;
    loop {
        let rows = transaction.query_portal(&portal, ROWS_AT_ONCE).await?;
        for row in &rows {
            let (place, start, length): (i32, i32, i32) = (row.get(0), row.get(1), row.get(2));
            if held.as_ref().is_none_or(|(here, _)| *here != place) {
                let chunk = read(transaction, stream, place).await?.ok_or(LedgerError::Stored("an extract without a chunk"))?;
                held = Some((place, decompressed(&chunk)?));
            }
            let bytes = held.as_ref().and_then(|(_, chunk)| slice(chunk, start, length));
            chunks.add(&[mark, bytes.ok_or(LedgerError::Stored("an extract's row outside its chunk"))?]).await?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

fn slice(chunk: &[u8], start: i32, length: i32) -> Option<&[u8]> {
    let start = usize::try_from(start).ok()?;
    chunk.get(start..start.checked_add(usize::try_from(length).ok()?)?)
}
