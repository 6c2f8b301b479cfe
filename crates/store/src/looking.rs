//! A look at a store's file from outside, for check-ups: nothing is changed, and no lock is taken.

use crate::connection;
use crate::damage;
use crate::error::StoreError;
use crate::migrations;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// What a look at a store's file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreLook {
    /// Its schema.
    pub schema: u32,
    /// How it keeps its log: `wal`.
    pub journal_mode: String,
    /// Its bytes, without the log.
    pub bytes: u64,
    /// The log's.
    pub log_bytes: u64,
}

/// Looks at a store's file: the schema, what SQLite keeps in the file itself, and SQLite's own check of the whole of it.
///
/// # Errors
/// There is no file; a later version's; damage.
pub fn look_at(file: &Path) -> Result<StoreLook, StoreError> {
    let bytes = std::fs::metadata(file).map_err(|source| StoreError::File { path: file.to_owned(), source })?.len();
    let reader = connection::reader(file)?;
    let schema = migrations::refuse_newer(&reader, migrations::LATEST)?;
    damage::quick_check(&reader)?;
    let journal_mode = reader.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let log_bytes = std::fs::metadata(Path::new(&log)).map_or(0, |log| log.len());
    Ok(StoreLook { schema, journal_mode, bytes, log_bytes })
}

/// How many rows each of a store's own tables has, as far as they can be counted.
///
/// # Errors
/// The file can't be read at all.
pub fn table_counts(file: &Path) -> Result<BTreeMap<String, u64>, StoreError> {
    let reader = connection::salvager(file)?;
    let own = own_tables()?;
    let count = |name: &String| reader.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0)).ok();
    Ok(own.into_iter().filter_map(|name| Some((name.clone(), count(&name)?))).collect())
}

/// The tables that this program makes: names in a damaged or foreign file are nothing to be quoted.
fn own_tables() -> Result<Vec<String>, StoreError> {
    let mut fresh = Connection::open_in_memory()?;
    migrations::migrate(&mut fresh, Path::new("none"), migrations::ALL, &mut |_| {})?;
    let mut statement = fresh.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
