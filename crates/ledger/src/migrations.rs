//! Migrations: numbered SQL files, each applied once, in order, with its checksum verified at every start.

use crate::error::LedgerError;
use counterfoil_wire::Hash;
use tokio_postgres::{Client, Transaction};

/// One migration.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number, from 1, without gaps.
    pub number: i32,
    /// Its SQL.
    pub sql: &'static str,
}

/// Every migration of this program.
pub const ALL: &[Migration] = &[
    Migration { number: 1, sql: include_str!("../migrations/0001_tills_and_journals.sql") },
    Migration { number: 2, sql: include_str!("../migrations/0002_reference.sql") },
    Migration { number: 3, sql: include_str!("../migrations/0003_people_and_suspense.sql") },
    Migration { number: 4, sql: include_str!("../migrations/0004_later_entries_and_parts_of_suspense.sql") },
];

/// Held while migrating, so that several copies of the hub can start at once.
const LOCK: i64 = 0x0043_4f55_4e54_4552;

/// Brings the database to the last of `migrations`. All of it is one transaction: it is done whole or not at all.
///
/// # Errors
/// [`LedgerError::Newer`] for a database of a later program, [`LedgerError::MigrationDiffers`] when an applied one isn't ours.
pub async fn migrate(client: &mut Client, migrations: &[Migration]) -> Result<u32, LedgerError> {
    let transaction = client.transaction().await?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, sha256 text NOT NULL)").await?;
    let found = applied(&transaction, migrations).await?;
    let mut done = 0;
    for migration in migrations.iter().filter(|migration| migration.number > found) {
        transaction.batch_execute(migration.sql).await?;
        let sha256 = checksum(migration);
        transaction.execute("INSERT INTO migrations (number, sha256) VALUES ($1, $2)", &[&migration.number, &sha256]).await?;
        done += 1;
    }
    transaction.commit().await?;
    Ok(done)
}

/// The last one that the database has, once all that it has are found to be ours.
async fn applied(transaction: &Transaction<'_>, migrations: &[Migration]) -> Result<i32, LedgerError> {
    let mut found = 0;
    for row in transaction.query("SELECT number, sha256 FROM migrations ORDER BY number", &[]).await? {
        let (number, sha256): (i32, String) = (row.get(0), row.get(1));
        match migrations.iter().find(|migration| migration.number == number) {
            None => return Err(LedgerError::Newer { found: number, known: migrations.last().map_or(0, |last| last.number) }),
            Some(migration) if checksum(migration) != sha256 => return Err(LedgerError::MigrationDiffers(number)),
            Some(_) => found = number,
        }
    }
    Ok(found)
}

fn checksum(migration: &Migration) -> String {
    Hash::of(migration.sql.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_testkit::postgres::shared;
    use tokio_postgres::NoTls;

    #[test]
    fn migrations_are_numbered_without_gaps() {
        assert!(ALL.iter().zip(1..).all(|(migration, number)| migration.number == number));
    }

    /// What the third version of the tables could hold of an allocation, in the words of its own columns.
    const OF_THE_THIRD_VERSION: &str = r"
        INSERT INTO tills (id, office_code, till_code, public_key, enrolled_at_ms, head_hash) VALUES ('t', 'CH', '07', 'k', 1, '\x00');
        INSERT INTO entries (till_number, seq, id, kind, understood, received_at_ms, hash, body)
            VALUES (1, 1, '019ab000-0000-7000-8000-000000000001', 'receipt-taken', true, 1, '\x00', '{}');
        INSERT INTO postings (till_number, seq, part, kind, day, at_ms, session, cashier, receipt_number, office_code, fund_code, reference,
                mop_code, vat_code, amount_pence, vat_pence, in_suspense)
            VALUES (1, 1, 0, 'taking', '2026-11-23', 1, 1, 'C01', 'CH07/000001', 'CH', '99', 'X', '1', 'N0', 1200, 200, true),
                   (1, 1, 1, 'taking', '2026-11-23', 1, 1, 'C01', 'CH07/000001', 'CH', '99', 'Y', '1', 'N0', 500, 0, true);
        INSERT INTO people (code, name, role, secret_hash, made_at_ms) VALUES ('fin', 'Finance', 'finance', 'x', 1);
        INSERT INTO allocations (till_number, seq, part, fund_code, reference, why, by_person, at_ms, day)
            VALUES (1, 1, 0, '11', 'BJ12345673', 'rang up', 'fin', 2, '2026-11-24')";

    #[test]
    fn an_allocation_of_before_parts_were_known_is_one_of_all_of_its_posting() {
        let url = shared().database().unwrap();
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (mut client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
            tokio::spawn(connection);
            assert_eq!(migrate(&mut client, &ALL[..3]).await.unwrap(), 3);
            client.batch_execute(OF_THE_THIRD_VERSION).await.unwrap();
            assert_eq!(migrate(&mut client, &ALL[..4]).await.unwrap(), 1);
            let rows = client.query("SELECT part, amount_pence, vat_pence, undoes FROM allocations", &[]).await.unwrap();
            let kept: Vec<(i32, i64, i64, Option<i64>)> = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect();
            assert_eq!(kept, [(0, 1_200, 200, None)]);
            assert!(client.batch_execute("UPDATE allocations SET why = 'another'").await.is_err(), "it can be changed");
        });
    }
}
