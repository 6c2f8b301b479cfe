//! Taking in an extract: a file of rows becomes a file of accounts, all of it or none of it.

use super::refused::RefusedRows;
use super::row::Columns;
use crate::error::StoreError;
use chrono::NaiveDate;
use counterfoil_domain::account::{AccountHolder, soundex};
use rusqlite::Connection;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The longest line that is looked at, in bytes.
const MAX_LINE: u64 = 16 * 1024;
/// Rows between two reports of progress.
const ROWS_A_REPORT: u64 = 5_000;
/// How many bad rows are listed.
pub const LISTED_BAD_ROWS: usize = 100;

/// What an import needs to know.
pub struct Settings<'a> {
    /// Is this a fund of the council's?
    pub knows_fund: &'a dyn Fn(&str) -> bool,
    /// Does the council have this message for this fund? One that it hasn't could be a stop.
    pub knows_message: &'a dyn Fn(&str, u32) -> bool,
    /// The date of balances that come without one.
    pub today: NaiveDate,
    /// Refused when more bad rows than this come among a million.
    pub bad_rows_in_a_million: u64,
    /// Where every bad row is listed, by its line and reason; nothing of what is in the row.
    pub refused_rows: &'a Path,
}

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All rows are read; they are being made findable.
    pub indexing: bool,
    /// Rows read.
    pub rows: u64,
    /// Good rows.
    pub taken: u64,
    /// Bad rows.
    pub refused: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
}

/// A bad row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// A stable code.
    pub reason: &'static str,
    /// The column it is about; empty for the whole row.
    pub column: &'static str,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The counts.
    pub progress: Progress,
    /// The first bad rows, by line.
    pub bad_rows: Vec<BadRow>,
    /// The newest balance's date.
    pub as_at: Option<NaiveDate>,
    /// Why the extract can't be used, as a code; `None` when it can.
    pub refusal: Option<&'static str>,
    /// `report` asked to stop.
    pub cancelled: bool,
}

/// Reads `csv` into a new extract file `target`. `report` is told how far it has come and answers false to stop.
///
/// The file is complete and on the disk when this answers without a refusal; otherwise it is removed.
///
/// # Errors
/// Files that can't be read or written, a full disk.
pub fn import(
    csv: &Path,
    target: &Path,
    settings: &Settings<'_>,
    report: &mut dyn FnMut(&Progress) -> bool,
) -> Result<Imported, StoreError> {
    let in_file = |path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::File { path, source }
    };
    let source = File::open(csv).map_err(in_file(csv))?;
    let total_bytes = source.metadata().map_err(in_file(csv))?.len();
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(in_file(folder))?;
    }
    remove(target);
    let connection = open_target(target)?;
    let refused = RefusedRows::fresh(settings.refused_rows);
    let mut import = Import { connection: &connection, settings, imported: fresh(total_bytes), refused };
    let result = import.read_all(BufReader::with_capacity(1 << 20, source), csv, report).and_then(|()| import.refused.end());
    let imported = import.imported;
    let usable = result.is_ok() && imported.refusal.is_none() && !imported.cancelled;
    drop(connection);
    if usable {
        File::open(target).and_then(|file| file.sync_all()).map_err(in_file(target))?;
    } else {
        remove(target);
    }
    result.map(|()| imported)
}

/// Removes every extract file but the one in use.
pub fn remove_others(folder: &Path, in_use: Option<u64>) {
    let keep = in_use.map(|generation| super::file(folder, generation));
    let Ok(files) = std::fs::read_dir(folder.join("accounts")) else { return };
    for file in files.flatten() {
        if Some(file.path()) != keep {
            // A file that can't be removed now is only room lost; it is tried again at the next start.
            let _ = std::fs::remove_file(file.path());
        }
    }
}

fn remove(target: &Path) {
    let _ = std::fs::remove_file(target);
    let _ = std::fs::remove_file(target.with_extension("db-journal"));
}

fn fresh(total_bytes: u64) -> Imported {
    Imported {
        progress: Progress { total_bytes, ..Progress::default() },
        bad_rows: Vec::new(),
        as_at: None,
        refusal: None,
        cancelled: false,
    }
}

/// The file isn't in use until it is whole, so nothing is lost by writing it without a journal. The cache, what SQLite sorts an
/// index in, which is as large, and what the word index gathers before it writes are as small as makes no difference to the time:
/// a counter's machine has other things to do while it takes in a million rows.
///
/// `account_words` answers the first letters of a word from an index of its own; longer beginnings are looked up in `words`.
fn open_target(target: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(target)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -24000; PRAGMA temp_store = FILE;
         PRAGMA locking_mode = EXCLUSIVE;
         CREATE TABLE accounts (
             line INTEGER PRIMARY KEY, fund_code TEXT NOT NULL, reference TEXT NOT NULL, title TEXT NOT NULL, forename TEXT NOT NULL,
             surname TEXT NOT NULL, soundex TEXT NOT NULL, address TEXT NOT NULL, postcode TEXT NOT NULL,
             balance_pence INTEGER NOT NULL, as_at TEXT NOT NULL, message_id INTEGER
         ) STRICT;
         CREATE VIRTUAL TABLE account_words USING fts5 (words, content = '', detail = 'none', prefix = '1 2 3',
             tokenize = \"unicode61 remove_diacritics 2\");
         INSERT INTO account_words (account_words, rank) VALUES ('hashsize', 4194304);
         CREATE TABLE words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
         BEGIN;",
    )?;
    Ok(connection)
}

/// What makes the rows of a usable extract findable by sound and by the beginnings of words.
const LAST_STEPS: [&str; 2] = [
    "CREATE INDEX accounts_by_soundex ON accounts (soundex);",
    "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, account_words, row);
     INSERT INTO words SELECT term FROM vocabulary;",
];

struct Import<'a> {
    connection: &'a Connection,
    settings: &'a Settings<'a>,
    imported: Imported,
    refused: RefusedRows<'a>,
}

impl Import<'_> {
    fn bad(&mut self, line: u64, reason: &'static str, column: &'static str) -> Result<(), StoreError> {
        self.imported.progress.refused += 1;
        if self.imported.bad_rows.len() < LISTED_BAD_ROWS {
            self.imported.bad_rows.push(BadRow { line, reason, column });
        }
        self.refused.add(line, reason, column)
    }

    fn read_all(&mut self, source: impl BufRead, csv: &Path, report: &mut dyn FnMut(&Progress) -> bool) -> Result<(), StoreError> {
        let mut lines = Lines { source, bytes: 0, line: 0, buffer: Vec::with_capacity(1024) };
        let unreadable = |source| StoreError::File { path: csv.to_owned(), source };
        let header = match lines.next().map_err(unreadable)? {
            None => Err("extract-empty"),
            Some(line) => header(line),
        };
        let columns = match header {
            Ok(columns) => columns,
            Err(refusal) => {
                self.imported.refusal = Some(refusal);
                return Ok(());
            }
        };
        self.rows(&mut lines, &columns, csv, report)?;
        if !self.imported.cancelled {
            self.finish(report)?;
        }
        Ok(())
    }

    fn rows(
        &mut self,
        lines: &mut Lines<impl BufRead>,
        columns: &Columns,
        csv: &Path,
        report: &mut dyn FnMut(&Progress) -> bool,
    ) -> Result<(), StoreError> {
        let connection = self.connection;
        let mut insert = connection.prepare(
            "INSERT INTO accounts (line, fund_code, reference, title, forename, surname, soundex, address, postcode, balance_pence, as_at, message_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        let mut insert_words = connection.prepare("INSERT INTO account_words (rowid, words) VALUES (?1, ?2)")?;
        let mut fields = Vec::new();
        loop {
            let number = lines.line + 1;
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(source) => return Err(StoreError::File { path: csv.to_owned(), source }),
            };
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let row = split(line, &mut fields)
                .map_err(|reason| (reason, ""))
                .and_then(|()| columns.read(&fields, self.settings.today).map_err(|bad| (bad.reason, bad.column)));
            self.imported.progress.rows += 1;
            match row {
                Ok(holder) if !(self.settings.knows_fund)(&holder.fund_code) => self.bad(number, "fund-unknown", "FundCode")?,
                Ok(holder) if holder.message_id.is_some_and(|id| !(self.settings.knows_message)(&holder.fund_code, id)) => {
                    self.bad(number, "message-unknown", "FundMessageId")?;
                }
                Ok(holder) => self.take(number, &holder, &mut insert, &mut insert_words)?,
                Err((reason, column)) => self.bad(number, reason, column)?,
            }
            self.imported.progress.bytes = lines.bytes;
            if self.imported.progress.rows.is_multiple_of(ROWS_A_REPORT) && !report(&self.imported.progress) {
                self.imported.cancelled = true;
                return Ok(());
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        line: u64,
        holder: &AccountHolder,
        insert: &mut rusqlite::Statement<'_>,
        insert_words: &mut rusqlite::Statement<'_>,
    ) -> Result<(), StoreError> {
        let address = holder.address.join(", ");
        insert.execute((
            line,
            &holder.fund_code,
            &holder.reference,
            &holder.title,
            &holder.forename,
            &holder.surname,
            soundex(&holder.surname),
            &address,
            &holder.postcode,
            holder.balance.0,
            holder.as_at.to_string(),
            holder.message_id,
        ))?;
        let words =
            [&holder.forename, &holder.surname, &address, &holder.postcode, &joined(&holder.postcode)].map(String::as_str).join(" ");
        insert_words.execute((line, words))?;
        self.imported.progress.taken += 1;
        self.imported.as_at = self.imported.as_at.max(Some(holder.as_at));
        Ok(())
    }

    /// Makes the rows findable, drops those whose account came before, and decides whether the extract may be used. Somebody may
    /// stop it between any two steps.
    fn finish(&mut self, report: &mut dyn FnMut(&Progress) -> bool) -> Result<(), StoreError> {
        self.imported.progress.indexing = true;
        if self.is_stopped(report) {
            return Ok(());
        }
        self.connection.execute_batch("COMMIT; CREATE INDEX accounts_by_reference ON accounts (reference, fund_code);")?;
        if self.is_stopped(report) {
            return Ok(());
        }
        self.drop_duplicates()?;
        let progress = &self.imported.progress;
        if progress.refused.saturating_mul(1_000_000) > progress.rows.saturating_mul(self.settings.bad_rows_in_a_million) {
            self.imported.refusal = Some("extract-too-many-bad-rows");
        } else if progress.taken == 0 {
            self.imported.refusal = Some("extract-empty");
        } else {
            for step in LAST_STEPS {
                if self.is_stopped(report) {
                    return Ok(());
                }
                self.connection.execute_batch(step)?;
            }
        }
        Ok(())
    }

    fn is_stopped(&mut self, report: &mut dyn FnMut(&Progress) -> bool) -> bool {
        self.imported.cancelled = !report(&self.imported.progress);
        self.imported.cancelled
    }

    fn drop_duplicates(&mut self) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT a.line FROM accounts a JOIN
               (SELECT reference, fund_code, min(line) AS first FROM accounts GROUP BY reference, fund_code HAVING count(*) > 1) twice
             ON a.reference = twice.reference AND a.fund_code = twice.fund_code AND a.line > twice.first ORDER BY a.line",
        )?;
        let lines: Vec<u64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for line in lines {
            // The words of a dropped row stay in the word index and find nothing.
            self.connection.execute("DELETE FROM accounts WHERE line = ?1", [line])?;
            self.imported.progress.taken -= 1;
            self.bad(line, "account-twice", "AccountReference")?;
        }
        self.imported.bad_rows.sort_by_key(|bad| bad.line);
        Ok(())
    }
}

/// A postcode without its space, so that it is found typed either way.
fn joined(postcode: &str) -> String {
    postcode.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Lines of a file, each at most [`MAX_LINE`] long; the rest of a longer one is passed over.
struct Lines<R> {
    source: R,
    bytes: u64,
    line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> std::io::Result<Option<&[u8]>> {
        self.buffer.clear();
        let mut read = (&mut self.source).take(MAX_LINE).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        if read as u64 == MAX_LINE && self.buffer.last() != Some(&b'\n') {
            read += skip_line(&mut self.source)?;
        }
        self.bytes += read as u64;
        self.line += 1;
        while self.buffer.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.buffer.pop();
        }
        Ok(Some(&self.buffer))
    }
}

fn skip_line(source: &mut impl BufRead) -> std::io::Result<usize> {
    let mut skipped = 0;
    loop {
        let available = source.fill_buf()?;
        if available.is_empty() {
            return Ok(skipped);
        }
        let (used, ended) = match available.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (available.len(), false),
        };
        source.consume(used);
        skipped += used;
        if ended {
            return Ok(skipped);
        }
    }
}

/// The header's columns, or why this isn't an extract.
fn header(line: &[u8]) -> Result<Columns, &'static str> {
    if line.starts_with(&[0xff, 0xfe]) || line.starts_with(&[0xfe, 0xff]) {
        return Err("extract-not-utf8");
    }
    let line = line.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(line);
    let mut names = Vec::new();
    split(line, &mut names)?;
    Columns::from_header(&names).map_err(|_| "extract-columns-missing")
}

/// Splits one line of CSV. A record is one line: a quote that isn't closed spoils its own line and no other.
fn split(line: &[u8], fields: &mut Vec<String>) -> Result<(), &'static str> {
    let line = std::str::from_utf8(line).map_err(|_| "not-utf8")?;
    fields.clear();
    if !line.contains('"') {
        fields.extend(line.split(',').map(str::to_owned));
        return Ok(());
    }
    let mut rest = line;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                if rest[..end].contains('"') {
                    return Err("quote-torn");
                }
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(()),
            None => return Err("quote-torn"),
        }
    }
}

fn quoted_field(text: &str) -> Result<(String, &str), &'static str> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"').ok_or("quote-torn")?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return Ok((field, rest)),
        }
    }
}
