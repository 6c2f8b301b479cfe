//! The changes of an extract: a copy of the one in use becomes the next, all of it or none of it.

use super::import::{Imported, Progress, Settings, judge, remove};
use super::lines::{Lines, header};
use super::row::Columns;
use super::table::{Account, Gone, LAST_STEPS, Rows, opened};
use crate::error::StoreError;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The first column's name with what parts it from the extract's own.
const CHANGE: &[u8] = b"Change,";

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// The next extract, in its file and on the disk.
    Extract(Imported),
    /// The changes can't be made to what is here, for this reason (a stable code): the whole extract is to be taken in.
    DoesNotFit(&'static str),
}

/// Why it stopped.
enum Stop {
    Store(StoreError),
    DoesNotFit(&'static str),
}

impl<E: Into<StoreError>> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::Store(error.into())
    }
}

/// Makes the changes in `csv` to a copy of `base`, in the file `target`. The result must have exactly `rows` rows, bad ones included,
/// and each row that is changed or gone must have been there: anything else doesn't fit, and leaves no file.
///
/// # Errors
/// Files that can't be read or written, a full disk.
pub fn change(base: &Path, csv: &Path, target: &Path, rows: u64, settings: &Settings<'_>) -> Result<Made, StoreError> {
    remove(target);
    let made = made(base, csv, target, rows, settings);
    if made.is_err() {
        remove(target);
    }
    match made {
        Ok(imported) => Ok(Made::Extract(imported)),
        Err(Stop::DoesNotFit(reason)) => Ok(Made::DoesNotFit(reason)),
        Err(Stop::Store(error)) => Err(error),
    }
}

fn in_file(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { path: path.clone(), source }
}

fn made(base: &Path, csv: &Path, target: &Path, rows: u64, settings: &Settings<'_>) -> Result<Imported, Stop> {
    std::fs::copy(base, target).map_err(in_file(target))?;
    let connection = opened(target)?;
    can_be_changed(&connection, settings)?;
    let source = File::open(csv).map_err(in_file(csv))?;
    let total_bytes = source.metadata().map_err(in_file(csv))?.len();
    connection.execute_batch("BEGIN")?;
    let mut lines = Lines::of(BufReader::with_capacity(1 << 20, source));
    let first = lines.next().map_err(in_file(csv))?.and_then(|line| line.strip_prefix(CHANGE));
    let columns = first.map_or(Err("header"), header).map_err(Stop::DoesNotFit)?;
    make(&connection, &mut lines, &columns, csv, settings)?;
    let taken: u64 = connection.query_row("SELECT count(*) FROM accounts", [], |row| row.get(0))?;
    let refused: u64 = connection.query_row("SELECT count(*) FROM refused", [], |row| row.get(0))?;
    if taken == 0 || taken + refused != rows {
        return Err(Stop::DoesNotFit("count"));
    }
    if refused.saturating_mul(1_000_000) > rows.saturating_mul(settings.bad_rows_in_a_million) {
        return Err(Stop::DoesNotFit("too-many-bad-rows"));
    }
    connection.execute_batch("DELETE FROM words;")?;
    let [_, vocabulary] = LAST_STEPS;
    connection.execute_batch(vocabulary)?;
    let as_at: Option<String> = connection.query_row("SELECT max(as_at) FROM accounts", [], |row| row.get(0))?;
    connection.execute_batch("COMMIT")?;
    drop(connection);
    crate::connection::sync_file(target)?;
    let progress = Progress { indexing: true, rows, taken, refused, bytes: total_bytes, total_bytes };
    let as_at = as_at.and_then(|day| day.parse::<NaiveDate>().ok());
    Ok(Imported { progress, bad_rows: Vec::new(), as_at, refusal: None, cancelled: false })
}

/// One that an earlier version of this program made, or that was judged by another pack, or in which accounts come twice or without a
/// date, is taken in whole again.
fn can_be_changed(connection: &Connection, settings: &Settings<'_>) -> Result<(), Stop> {
    let known = "SELECT 1 FROM sqlite_schema WHERE name = 'made'";
    if connection.query_row(known, [], |_| Ok(())).optional()?.is_none() {
        return Err(Stop::DoesNotFit("made-before"));
    }
    let sql = "SELECT judged_by, can_change FROM made";
    let made: Option<(String, bool)> = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match made {
        Some((judged_by, _)) if judged_by != settings.judged_by => Err(Stop::DoesNotFit("judged-by-another-pack")),
        Some((_, true)) => Ok(()),
        _ => Err(Stop::DoesNotFit("rows-not-told-apart")),
    }
}

fn make(
    connection: &Connection,
    lines: &mut Lines<impl BufRead>,
    columns: &Columns,
    csv: &Path,
    settings: &Settings<'_>,
) -> Result<(), Stop> {
    let (mut rows, mut gone) = (Rows::of(connection)?, Gone::of(connection)?);
    let mut number: u64 = connection.query_row("SELECT coalesce(max(line), 0) FROM accounts", [], |row| row.get(0))?;
    let mut fields = Vec::new();
    while let Some(line) = lines.next().map_err(in_file(csv))? {
        let (is_there, line) = match line.split_first_chunk() {
            Some((b"+,", rest)) => (true, rest),
            Some((b"-,", rest)) => (false, rest),
            _ => return Err(Stop::DoesNotFit("mark")),
        };
        let row = judge(columns, line, &mut fields, settings);
        let was_there = gone.remove(&row.account)?;
        if !is_there {
            if !was_there {
                return Err(Stop::DoesNotFit("row-not-there"));
            }
            continue;
        }
        number += 1;
        take(&mut rows, number, &row.account, row.holder.ok(), row.dated)?;
    }
    Ok(())
}

fn take(
    rows: &mut Rows<'_>,
    number: u64,
    account: &Account,
    holder: Option<counterfoil_domain::account::AccountHolder>,
    dated: bool,
) -> Result<(), Stop> {
    match holder {
        Some(holder) if dated => Ok(rows.take(number, &holder)?),
        Some(_) => Err(Stop::DoesNotFit("rows-not-told-apart")),
        None if rows.refuse(&account.key)? => Ok(()),
        None => Err(Stop::DoesNotFit("rows-not-told-apart")),
    }
}
