//! A damaged store: found before anything is written to it, left exactly as it is, and set aside when somebody says so.

use crate::connection::{self, Opening};
use crate::error::StoreError;
use crate::journal;
use crate::lock::TillLock;
use crate::migrations;
use crate::store::Store;
use counterfoil_wire::Hash;
use counterfoil_wire::chain::entry_hash;
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What SQLite puts beside a file: its log, and the log's index.
const LOG: &str = "-wal";
const INDEX: &str = "-shm";
/// What it puts there before the file has a log: only while the file is being made.
const FIRST_JOURNAL: &str = "-journal";

/// Looks at a store's file without changing it. A connection that writes would move the log into a damaged file when it closes,
/// and so takes part in the damage.
///
/// # Errors
/// [`StoreError::Damaged`] and [`StoreError::ChainBroken`]; that it can't be read.
pub(crate) fn examine(file: &Path) -> Result<(), StoreError> {
    if length(file)? == 0 {
        // SQLite would begin anew here, and throw the log away with the payments that are in it.
        let log = length(&beside(file, LOG))?;
        return if log == 0 { Ok(()) } else { Err(StoreError::Damaged("it is missing or empty, though its log is there".into())) };
    }
    if length(&beside(file, FIRST_JOURNAL))? > 0 {
        // The power failed while the file was being made: nothing is in it yet, and only a writer can take that back.
        return Ok(());
    }
    let reader = connection::reader(file)?;
    if !is_large(file)? {
        quick_check(&reader)?;
    }
    match migrations::version(&reader)? {
        0 if tables(&reader)? > 0 => Err(StoreError::Damaged("it is another program's".into())),
        // A later version's file is refused as such where migrations are looked at.
        version if version == 0 || version > migrations::LATEST => Ok(()),
        _ => check_last_entry(&reader).map_err(told_as_damage),
    }
}

/// A question that can't even be asked, because a table of the store's isn't there, is damage as well.
pub(crate) fn told_as_damage(error: StoreError) -> StoreError {
    match error {
        StoreError::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::Unknown) => StoreError::Damaged(error.to_string()),
        other => other,
    }
}

/// A file above this is looked at whole while the counter works, by [`look_at_whole`]: nobody waits a second for a till to open.
const LARGE: u64 = 32 << 20;

fn is_large(file: &Path) -> Result<bool, StoreError> {
    Ok(length(file)? > LARGE)
}

/// Looks at the whole of a large store's file, which opening looks at only in part; a small one's was looked at then.
///
/// # Errors
/// [`StoreError::Damaged`]; that it can't be read.
pub fn look_at_whole(opening: &Opening) -> Result<(), StoreError> {
    let file = opening.file();
    if is_large(&file)? { quick_check(&connection::reader(&file)?) } else { Ok(()) }
}

/// SQLite's own look at the whole file: a third of a second for three hundred thousand receipts.
pub(crate) fn quick_check(reader: &Connection) -> Result<(), StoreError> {
    let said: String = reader.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(StoreError::Damaged(said)) }
}

/// The last entry must be what was written: a torn or edited end is found before the first payment, not at the audit.
fn check_last_entry(reader: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT seq, body, prev_hash, hash FROM journal ORDER BY seq DESC LIMIT 1";
    let last = reader.query_row(sql, [], |row| {
        let (seq, body): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        Ok((seq, body, Hash(row.get(2)?), Hash(row.get(3)?)))
    });
    let Some((seq, body, prev_hash, hash)) = last.optional()? else { return Ok(()) };
    if entry_hash(&journal::till_id(reader)?, seq, &prev_hash, &body) == hash {
        return Ok(());
    }
    Err(StoreError::ChainBroken { seq, reason: "its content isn't what was written" })
}

/// Puts a damaged store's files aside, in the same folder, so that a fresh one can be made: `till.damaged-STAMP.db` and what
/// SQLite has beside it. Nothing is deleted. `stamp` is the moment, as part of a file's name.
///
/// # Errors
/// [`StoreError::Sound`] for a store that isn't damaged, down to its first entry; the folder in use; a file that can't be moved.
pub fn set_aside(opening: &Opening, stamp: &str) -> Result<PathBuf, StoreError> {
    let _lock = TillLock::take(&opening.folder)?;
    let file = opening.file();
    match examine(&file).and_then(|()| Store::read_only(&file)?.verify()) {
        Ok(_) => return Err(StoreError::Sound),
        Err(StoreError::Damaged(_) | StoreError::ChainBroken { .. }) => {}
        Err(other) => return Err(other),
    }
    let aside = opening.folder.join(format!("till.damaged-{stamp}.db"));
    // The file goes first: without its log it would look sound, with its last payments gone. A log that stays behind alone is
    // damage as well, and is set aside next time.
    for ending in ["", LOG, INDEX] {
        let (from, to) = (beside(&file, ending), beside(&aside, ending));
        if to.exists() {
            return Err(StoreError::File { path: to, source: ErrorKind::AlreadyExists.into() });
        }
        match std::fs::rename(&from, &to) {
            Err(source) if source.kind() != ErrorKind::NotFound => return Err(StoreError::File { path: from, source }),
            _ => {}
        }
    }
    Ok(aside)
}

fn tables(reader: &Connection) -> Result<u64, StoreError> {
    Ok(reader.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A file's bytes; none for one that isn't there.
fn length(path: &Path) -> Result<u64, StoreError> {
    match std::fs::metadata(path) {
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(source) => Err(StoreError::File { path: path.to_owned(), source }),
    }
}
