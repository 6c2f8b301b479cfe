//! The journal: exact bytes, chained by hash.

use crate::error::StoreError;
use counterfoil_wire::chain::entry_hash;
use counterfoil_wire::{Hash, Head};
use rusqlite::{Connection, OptionalExtension};

/// The id that a store's chain is bound to.
pub(crate) fn till_id(connection: &Connection) -> Result<String, StoreError> {
    let found = connection.query_row("SELECT value FROM meta WHERE name = 'till_id'", [], |row| row.get(0)).optional()?;
    found.ok_or_else(|| StoreError::Damaged("the till's id is missing".into()))
}

/// Reads the journal's end.
pub(crate) fn head(connection: &Connection) -> Result<Head, StoreError> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { seq: row.get(0)?, hash: Hash(row.get(1)?) }));
    match last {
        Ok(head) => Ok(head),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(Head::EMPTY),
        Err(error) => Err(error.into()),
    }
}

/// Appends an entry's bytes after `head` and answers the new end.
pub(crate) fn append(connection: &Connection, till_id: &str, head: Head, id: &[u8; 16], body: &[u8]) -> Result<Head, StoreError> {
    let after = head.after(till_id, body);
    connection
        .prepare_cached("INSERT INTO journal (seq, id, body, prev_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((after.seq, id, body, head.hash.0, after.hash.0))
        .map_err(|error| if is_id_taken(&error) { StoreError::IdTaken } else { error.into() })?;
    Ok(after)
}

/// The number is always the next, so that only the id can be there already.
fn is_id_taken(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries were read.
    pub entries: u64,
    /// The chain's end.
    pub head: Head,
}

/// Recomputes every hash from the first entry on.
pub(crate) fn verify(connection: &Connection, till_id: &str) -> Result<Verified, StoreError> {
    verify_after(connection, till_id, 0)
}

/// Recomputes every hash of the entries after one, which is taken as it is.
pub(crate) fn verify_after(connection: &Connection, till_id: &str, before: u64) -> Result<Verified, StoreError> {
    let mut statement = connection.prepare("SELECT seq, body, prev_hash, hash FROM journal WHERE seq > ?1 ORDER BY seq")?;
    let mut head = match before {
        0 => Head::EMPTY,
        seq => Head { seq, hash: Hash(connection.query_row("SELECT hash FROM journal WHERE seq = ?1", [seq], |row| row.get(0))?) },
    };
    let mut rows = statement.query([before])?;
    // Where SQLite itself finds the file damaged, the chain ends: what comes before has been read and holds.
    let unreadable = |error: rusqlite::Error, after: Head| match StoreError::from(error) {
        StoreError::Damaged(_) => StoreError::ChainBroken { seq: after.seq + 1, reason: "it can't be read" },
        other => other,
    };
    while let Some(row) = rows.next().map_err(|error| unreadable(error, head))? {
        let (seq, prev_hash, hash) = (row.get(0)?, Hash(row.get(2)?), Hash(row.get(3)?));
        let broken = |reason| StoreError::ChainBroken { seq, reason };
        if seq != head.seq + 1 {
            return Err(broken("an entry before it is missing"));
        }
        if prev_hash != head.hash {
            return Err(broken("it doesn't name the entry before it"));
        }
        let body = row.get_ref(1)?.as_blob().map_err(|_| broken("its body isn't bytes"))?;
        if entry_hash(till_id, seq, &prev_hash, body) != hash {
            return Err(broken("its content isn't what was written"));
        }
        head = Head { seq, hash };
    }
    Ok(Verified { entries: head.seq, head })
}
