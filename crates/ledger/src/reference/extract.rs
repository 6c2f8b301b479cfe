//! An extract put by an administrator: all of it or none of it, in one transaction.

use super::chunks::{Chunks, Spot};
use super::differences::write_changes;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use counterfoil_wire::Hash;
use deadpool_postgres::Transaction;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::pin::pin;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;
use uuid::Uuid;

/// Changes are told since this many versions; a till that has an older one takes the whole.
const TOLD_SINCE: i64 = 4;
/// The longest line that is taken, in bytes: what a till's import takes too.
const MAX_LINE: u64 = 16 * 1024;

/// Puts a CSV file as the newest extract. Answers its version and its rows.
///
/// # Errors
/// A file that can't be read, or lacks a column that accounts are known by; the database's. Then nothing has changed.
pub async fn put_extract(ledger: &Ledger, csv: &Path) -> Result<(u64, u64), LedgerError> {
    let at = |error| LedgerError::File { path: csv.display().to_string(), error };
    let file = std::fs::File::open(csv).map_err(at)?;
    let mut lines = Lines { source: BufReader::with_capacity(1 << 20, file), line: Vec::new() };
    let header = lines.next().map_err(at)?.ok_or_else(|| LedgerError::Setting("the extract is empty".into()))?.to_vec();
    let columns = Columns::of(&header)?;
    let mut client = ledger.database().await?;
    let transaction = client.transaction().await?;
    // The work of minutes, and one at a time.
    transaction.batch_execute("SET LOCAL statement_timeout = 0; LOCK TABLE extracts IN SHARE ROW EXCLUSIVE MODE").await?;
    let sql = "INSERT INTO extracts (put_at_ms, rows, header) VALUES ($1, 0, $2) RETURNING version";
    let version: i64 = transaction.query_one(sql, &[&ledger.now_ms(), &header]).await?.get(0);
    let mut put = Put { transaction: &transaction, version, accounts: HashSet::new(), waiting: Vec::new() };
    let rows = put.snapshot(&header, &columns, &mut lines, csv).await?;
    transaction.execute("UPDATE extracts SET rows = $2 WHERE version = $1", &[&version, &rows]).await?;
    transaction.batch_execute("ANALYZE extract_rows").await?;
    let earlier = "SELECT version FROM extracts WHERE version < $1 AND version >= $1 - $2 AND header = $3";
    for row in transaction.query(earlier, &[&version, &TOLD_SINCE, &header]).await? {
        write_changes(&transaction, row.get(0), version, &header).await?;
    }
    forget_older(&transaction, version).await?;
    transaction.commit().await?;
    Ok((version.cast_unsigned(), rows.cast_unsigned()))
}

/// What nobody is told of any more: people's data isn't kept for longer than it is of use.
async fn forget_older(transaction: &Transaction<'_>, version: i64) -> Result<(), LedgerError> {
    let oldest = version - TOLD_SINCE;
    transaction.execute("DELETE FROM extract_rows WHERE version < $1", &[&oldest]).await?;
    transaction.execute("DELETE FROM extracts WHERE version < $1", &[&oldest]).await?;
    // A till that began to fetch the one before goes on; changes to it are asked for no more.
    transaction.execute("DELETE FROM extract_streams WHERE version < $1 AND since IS NOT NULL", &[&version]).await?;
    Ok(())
}

struct Put<'a> {
    transaction: &'a Transaction<'a>,
    version: i64,
    accounts: HashSet<Uuid>,
    waiting: Vec<(Uuid, Uuid, Spot)>,
}

impl Put<'_> {
    /// The file as it is, and each row's hashes.
    async fn snapshot(
        &mut self,
        header: &[u8],
        columns: &Columns,
        lines: &mut Lines<impl BufRead>,
        csv: &Path,
    ) -> Result<i64, LedgerError> {
        const ROWS_A_COPY: usize = 50_000;
        let mut chunks = Chunks::begin(self.transaction, self.version, None).await?;
        chunks.add(&[header]).await?;
        let mut rows = 0;
        let at = |error| LedgerError::File { path: csv.display().to_string(), error };
        while let Some(line) = lines.next().map_err(at)? {
            let spot = chunks.add(&[line]).await?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            rows += 1;
            let account = columns.account(line);
            // An account's first row counts, as in a till's import.
            if self.accounts.insert(account) {
                self.waiting.push((account, short(Hash::of(line.trim_ascii_end())), spot));
            }
            if self.waiting.len() == ROWS_A_COPY {
                self.copy_rows().await?;
            }
        }
        self.copy_rows().await?;
        chunks.finish().await?;
        Ok(rows)
    }

    async fn copy_rows(&mut self) -> Result<(), LedgerError> {
        let types = [Type::INT8, Type::UUID, Type::UUID, Type::INT4, Type::INT4, Type::INT4];
        let sql = "COPY extract_rows (version, account, content, place, start, length) FROM STDIN BINARY";
        let mut writer = pin!(BinaryCopyInWriter::new(self.transaction.copy_in(sql).await?, &types));
        for (account, content, Spot { place, start, length }) in self.waiting.drain(..) {
            writer.as_mut().write(&[&self.version, &account, &content, &place, &start, &length]).await?;
        }
        writer.finish().await?;
        Ok(())
    }
}

/// Half of a SHA-256: enough to tell a million rows apart.
fn short(hash: Hash) -> Uuid {
    let mut half = [0; 16];
    half.copy_from_slice(&hash.0[..16]);
    Uuid::from_bytes(half)
}

/// Where fund and reference stand.
struct Columns {
    fund: usize,
    reference: usize,
}

impl Columns {
    fn of(header: &[u8]) -> Result<Columns, LedgerError> {
        let names = fields(header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header));
        let find = |wanted: &str| {
            let place = names.iter().position(|name| name.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes()));
            place.ok_or_else(|| LedgerError::Setting(format!("the extract has no column {wanted}")))
        };
        Ok(Columns { fund: find("FundCode")?, reference: find("AccountReference")? })
    }

    /// Which account a row is about; a row that tells none is about itself.
    fn account(&self, line: &[u8]) -> Uuid {
        let fields = fields(line);
        let (Some(fund), Some(reference)) = (fields.get(self.fund), fields.get(self.reference)) else {
            return short(Hash::of(line));
        };
        let key = [fund.trim_ascii(), b"\0", &reference.trim_ascii().to_ascii_uppercase()].concat();
        short(Hash::of(&key))
    }
}

/// A line's fields.
fn fields(line: &[u8]) -> Vec<Vec<u8>> {
    let line = line.trim_ascii_end();
    if !line.contains(&b'"') {
        return line.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect();
    }
    let mut record = csv::ByteRecord::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line);
    match reader.read_byte_record(&mut record) {
        Ok(true) => record.iter().map(<[u8]>::to_vec).collect(),
        _ => Vec::new(),
    }
}

/// Lines with what ends them.
struct Lines<R> {
    source: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> std::io::Result<Option<&[u8]>> {
        self.line.clear();
        (&mut self.source).take(MAX_LINE).read_until(b'\n', &mut self.line)?;
        if self.line.len() as u64 == MAX_LINE && !self.line.ends_with(b"\n") {
            return Err(std::io::Error::other("a line is longer than 16 KiB: is this an extract?"));
        }
        // The last line ends like the others, so that every row can stand anywhere.
        if !self.line.is_empty() && !self.line.ends_with(b"\n") {
            self.line.push(b'\n');
        }
        Ok(Some(self.line.as_slice()).filter(|line| !line.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_s_account_is_its_fund_and_its_reference_however_they_are_written() {
        let columns = Columns::of(b"\xef\xbb\xbfSurname, accountreference ,FundCode\r\n").unwrap();
        let account = columns.account(b"Jones,bj123,23\r\n");
        assert_eq!(columns.account(b"\"Jones, A\",\" BJ123\",23"), account);
        assert_ne!(columns.account(b"Jones,bj123,24\r\n"), account);
        assert_ne!(columns.account(b"Jones"), columns.account(b"Evans"));
        assert!(Columns::of(b"Surname,FundCode\n").is_err());
    }
}
