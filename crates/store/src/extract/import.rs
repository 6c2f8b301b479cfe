//! Taking in an extract: a file of rows becomes a file of accounts, all of it or none of it.

use super::lines::{Lines, header, split};
use super::refused::RefusedRows;
use super::row::{BadField, Columns};
use super::table::{Account, LAST_STEPS, Rows, made};
use crate::error::StoreError;
use chrono::NaiveDate;
use counterfoil_domain::account::AccountHolder;
use rusqlite::Connection;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

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
    /// What decides whether a row is good, such as the hash of the council's pack: changes are judged by the same, or not at all.
    pub judged_by: &'a str,
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
    let connection = made(target)?;
    connection.execute_batch("BEGIN")?;
    let refused = RefusedRows::fresh(settings.refused_rows);
    let mut import = Import { connection: &connection, settings, imported: fresh(total_bytes), refused, can_change: true };
    let result = import.read_all(BufReader::with_capacity(1 << 20, source), csv, report).and_then(|()| import.refused.end());
    let imported = import.imported;
    let usable = result.is_ok() && imported.refusal.is_none() && !imported.cancelled;
    drop(connection);
    if usable {
        crate::connection::sync_file(target)?;
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

pub(super) fn remove(target: &Path) {
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

/// A row, judged.
pub(super) struct Judged {
    /// Which account it is about.
    pub account: Account,
    /// Whose it is, or why it is bad.
    pub holder: Result<AccountHolder, BadField>,
    /// Its balance has a date of its own.
    pub dated: bool,
}

pub(super) fn judge(columns: &Columns, line: &[u8], fields: &mut Vec<String>, settings: &Settings<'_>) -> Judged {
    let whole = |reason| BadField { reason, column: "" };
    if let Err(reason) = split(line, fields) {
        return Judged { account: Account::of(None, line), holder: Err(whole(reason)), dated: false };
    }
    let holder = columns.read(fields, settings.today).and_then(|holder| match holder.message_id {
        _ if !(settings.knows_fund)(&holder.fund_code) => Err(BadField { reason: "fund-unknown", column: "FundCode" }),
        Some(id) if !(settings.knows_message)(&holder.fund_code, id) => {
            Err(BadField { reason: "message-unknown", column: "FundMessageId" })
        }
        _ => Ok(holder),
    });
    Judged { account: Account::of(columns.account(fields), line), holder, dated: columns.is_dated(fields) }
}

struct Import<'a> {
    connection: &'a Connection,
    settings: &'a Settings<'a>,
    imported: Imported,
    refused: RefusedRows<'a>,
    /// Each row is about an account of its own and has its date, so that the rows that a later extract has otherwise are all that
    /// there is to be done.
    can_change: bool,
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
        let mut lines = Lines::of(source);
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
        let mut rows = Rows::of(connection)?;
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
            self.imported.progress.rows += 1;
            let row = judge(columns, line, &mut fields, self.settings);
            match row.holder {
                Ok(holder) => {
                    rows.take(number, &holder)?;
                    self.imported.progress.taken += 1;
                    self.imported.as_at = self.imported.as_at.max(Some(holder.as_at));
                    self.can_change &= row.dated;
                }
                Err(bad) => {
                    self.can_change &= rows.refuse(&row.account.key)?;
                    self.bad(number, bad.reason, bad.column)?;
                }
            }
            self.imported.progress.bytes = lines.bytes;
            if self.imported.progress.rows.is_multiple_of(ROWS_A_REPORT) && !report(&self.imported.progress) {
                self.imported.cancelled = true;
                return Ok(());
            }
        }
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
            self.connection
                .execute("INSERT INTO made (judged_by, can_change) VALUES (?1, ?2)", (self.settings.judged_by, self.can_change))?;
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
            self.can_change = false;
            self.bad(line, "account-twice", "AccountReference")?;
        }
        self.imported.bad_rows.sort_by_key(|bad| bad.line);
        Ok(())
    }
}
