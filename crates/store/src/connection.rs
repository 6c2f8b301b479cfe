//! Opening SQLite the one way that the till trusts: every pragma is read back.

use crate::error::StoreError;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// The store's file in the data folder.
pub const STORE_FILE: &str = "till.db";

/// Where a store is.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The data folder.
    pub folder: PathBuf,
}

impl Opening {
    /// The store's file.
    pub fn file(&self) -> PathBuf {
        self.folder.join(STORE_FILE)
    }
}

/// The connection that writes.
pub(crate) fn writer(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    set(&connection, "journal_mode", "wal")?;
    // FULL: a commit that was answered survives a power cut. 2 is how SQLite reads it back.
    set(&connection, "synchronous", "2")?;
    set(&connection, "foreign_keys", "1")?;
    set(&connection, "trusted_schema", "0")?;
    // Checkpoints are made by a connection of their own, so that no payment waits for one.
    set(&connection, "wal_autocheckpoint", "0")?;
    set(&connection, "cache_size", "-16000")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A connection that only reads.
pub(crate) fn reader(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    set(&connection, "query_only", "1")?;
    set(&connection, "trusted_schema", "0")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A connection that only reads, and takes what it can get from a damaged file: otherwise SQLite reads nothing at all of one
/// that is shorter than it should be.
pub(crate) fn salvager(file: &Path) -> Result<Connection, StoreError> {
    let connection = reader(file)?;
    set(&connection, "writable_schema", "1")?;
    Ok(connection)
}

/// The connection that checkpoints.
pub(crate) fn checkpointer(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(file)?;
    set(&connection, "synchronous", "2")?;
    Ok(connection)
}

fn set(connection: &Connection, pragma: &'static str, wanted: &str) -> Result<(), StoreError> {
    connection.pragma_update(None, pragma, wanted)?;
    let found = connection.pragma_query_value(None, pragma, |row| {
        Ok(match row.get_ref(0)? {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        })
    })?;
    if found == wanted { Ok(()) } else { Err(StoreError::PragmaNotKept { pragma, wanted: wanted.to_owned(), found }) }
}

/// What a file that was closed holds is on the disk once this is answered. Windows asks for the right to write.
pub(crate) fn sync_file(file: &Path) -> Result<(), StoreError> {
    let synced = std::fs::File::options().write(true).open(file).and_then(|file| file.sync_all());
    synced.map_err(|source| StoreError::File { path: file.to_owned(), source })
}

/// A name in a folder is on the disk once the folder is; Windows sees to that by itself.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    std::fs::File::open(folder).and_then(|file| file.sync_all()).map_err(|source| StoreError::File { path: folder.to_owned(), source })?;
    let _ = folder;
    Ok(())
}
