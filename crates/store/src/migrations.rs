//! Migrations: numbered SQL files, each applied once, in order, with its checksum verified at every opening.

use crate::backup;
use crate::connection;
use crate::error::StoreError;
use crate::upgrading::UpgradeProgress;
use counterfoil_wire::Hash;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::path::Path;

/// One migration.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number, from 1, without gaps.
    pub number: u32,
    /// Its SQL.
    pub sql: &'static str,
}

/// Every migration of this program.
pub(crate) const ALL: &[Migration] = &[
    Migration { number: 1, sql: include_str!("../migrations/0001_journal_and_projections.sql") },
    Migration { number: 2, sql: include_str!("../migrations/0002_outbox.sql") },
    Migration { number: 3, sql: include_str!("../migrations/0003_card_payments.sql") },
];

/// The schema that this program writes.
pub const LATEST: u32 = 3;

/// Brings the file to `migrations`' last number. A copy is put beside the file before an upgrade.
///
/// # Errors
/// [`StoreError::Newer`] for a later file, [`StoreError::MigrationDiffers`] when an applied one isn't ours; no room for the copy. The
/// file is then as it was.
pub(crate) fn migrate(
    connection: &mut Connection,
    file: &Path,
    migrations: &[Migration],
    tell: &mut dyn FnMut(UpgradeProgress),
) -> Result<(), StoreError> {
    let known = migrations.last().map_or(0, |migration| migration.number);
    let found = refuse_newer(connection, known)?;
    check_applied(connection, migrations, found)?;
    if found == known {
        return Ok(());
    }
    if found > 0 {
        back_up(connection, file, found, tell)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    if found == 0 {
        transaction.execute_batch("CREATE TABLE migrations (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;")?;
    }
    for migration in migrations.iter().filter(|migration| migration.number > found) {
        tell(UpgradeProgress::Changing { number: migration.number, last: known });
        transaction.execute_batch(migration.sql)?;
        transaction.execute("INSERT INTO migrations (number, sha256) VALUES (?1, ?2)", (migration.number, checksum(migration)))?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

/// The file's schema number, if this program knows it.
pub(crate) fn refuse_newer(connection: &Connection, known: u32) -> Result<u32, StoreError> {
    let found = version(connection)?;
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(found) }
}

/// The file's schema number; 0 for a fresh file.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn checksum(migration: &Migration) -> String {
    Hash::of(migration.sql.as_bytes()).to_string()
}

fn check_applied(connection: &Connection, migrations: &[Migration], found: u32) -> Result<(), StoreError> {
    for migration in migrations.iter().filter(|migration| migration.number <= found) {
        let applied: Option<String> =
            connection.query_row("SELECT sha256 FROM migrations WHERE number = ?1", [migration.number], |row| row.get(0)).optional()?;
        if applied.as_deref() != Some(&checksum(migration)) {
            return Err(StoreError::MigrationDiffers(migration.number));
        }
    }
    Ok(())
}

/// A whole copy beside the file, named for the version it holds, looked at after writing: with it the file itself was. It takes the
/// place of one that an earlier try left, for money may have been taken since.
fn back_up(connection: &Connection, file: &Path, found: u32, tell: &mut dyn FnMut(UpgradeProgress)) -> Result<(), StoreError> {
    let copy = file.with_extension(format!("before-upgrade-from-{found}.db"));
    // Only a whole one gets the name: an upgrade that was killed while copying copies again.
    let part = file.with_extension(format!("before-upgrade-from-{found}.part"));
    let at = |source| StoreError::File { path: part.clone(), source };
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(at(error)),
        _ => {}
    }
    let copied = backup::copy(connection, &part, &mut |done, of| {
        tell(UpgradeProgress::Copying { done, of });
        true
    });
    match copied.and_then(|_| std::fs::rename(&part, &copy).map_err(at)) {
        Ok(()) => connection::sync_folder(file.parent().unwrap_or(Path::new("."))),
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Migration = Migration {
        number: 1,
        sql: "CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE journal (seq INTEGER PRIMARY KEY, hash BLOB) STRICT;",
    };
    const SECOND: Migration = Migration { number: 2, sql: "ALTER TABLE a ADD COLUMN y INTEGER;" };

    fn schema(connection: &Connection) -> Vec<(String, String)> {
        let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").expect("schema");
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("schema").map(|row| row.expect("row")).collect()
    }

    #[test]
    fn an_upgraded_schema_equals_a_fresh_one_and_leaves_a_copy_of_the_old() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("old.db");
        let mut old = Connection::open(&file).expect("open");
        migrate(&mut old, &file, &[FIRST], &mut |_| {}).expect("first");
        old.execute("INSERT INTO a VALUES (7)", []).expect("row");
        migrate(&mut old, &file, &[FIRST, SECOND], &mut |_| {}).expect("second");
        let mut fresh = Connection::open_in_memory().expect("open");
        migrate(&mut fresh, Path::new("fresh"), &[FIRST, SECOND], &mut |_| {}).expect("both");
        assert_eq!(schema(&old), schema(&fresh));
        let copy = Connection::open(folder.path().join("old.before-upgrade-from-1.db")).expect("copy");
        assert_eq!(copy.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0)), Ok(7));
        assert_eq!(version(&copy).ok(), Some(1));
    }

    #[test]
    fn a_newer_file_and_a_changed_migration_are_refused() {
        let mut connection = Connection::open_in_memory().expect("open");
        migrate(&mut connection, Path::new("x"), &[FIRST, SECOND], &mut |_| {}).expect("both");
        assert!(matches!(migrate(&mut connection, Path::new("x"), &[FIRST], &mut |_| {}), Err(StoreError::Newer { found: 2, known: 1 })));
        let edited = Migration { number: 2, sql: "ALTER TABLE a ADD COLUMN z INTEGER;" };
        assert!(matches!(migrate(&mut connection, Path::new("x"), &[FIRST, edited], &mut |_| {}), Err(StoreError::MigrationDiffers(2))));
    }

    #[test]
    fn the_program_s_own_migrations_are_numbered_without_gaps() {
        assert!(ALL.iter().zip(1..).all(|(migration, number)| migration.number == number));
        assert_eq!(ALL.last().map(|migration| migration.number), Some(LATEST));
    }
}
