//! A store of the first schema with many receipts, brought to this program's.

use crate::figures::{row_of_millis, timed};
use crate::history;
use crate::{Bench, Outcome};
use counterfoil_store::{Opening, STORE_FILE};
use rusqlite::Connection;
use std::path::Path;

/// As a store of the first schema was, with what a few payments had left in it.
const FIRST_SCHEMA: &str = include_str!("../../../../store/tests/released/0001.sql");
/// The most that it may take.
const MOST_MS: u64 = 60_000;

impl Bench {
    pub fn upgrade(&self) -> Outcome {
        let [now, old] = ["upgrade-now", "upgrade-old"].map(|name| self.path(name));
        crate::set_up(&now)?;
        history::fill(&now, self.sizes.many_receipts, &self.template()?)?;
        std::fs::create_dir_all(&old)?;
        as_of_the_first_schema(&now.join(STORE_FILE), &old.join(STORE_FILE))?;
        let mut steps = 0;
        let (took, outcome) = timed(|| counterfoil_store::upgrade(&Opening { folder: old.clone() }, &mut |_| steps += 1));
        outcome?;
        let bytes = std::fs::metadata(old.join(STORE_FILE))?.len() >> 20;
        let name = format!("upgrade of {} receipts from schema 1 ({bytes} MB), told in {steps} steps", self.sizes.many_receipts);
        row_of_millis(&name, took, MOST_MS);
        Ok(())
    }
}

/// Fills a store of the first schema with the rows of one of today's, as far as it has their columns.
fn as_of_the_first_schema(now: &Path, old: &Path) -> Outcome {
    let connection = Connection::open(old)?;
    connection.execute_batch(FIRST_SCHEMA)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.execute("ATTACH ?1 AS now", [now.to_string_lossy()])?;
    let names = |sql: &str| -> Outcome<Vec<String>> {
        let mut statement = connection.prepare(sql)?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    };
    connection.execute_batch("DROP TRIGGER journal_is_never_deleted; BEGIN")?;
    for table in names("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'migrations'")? {
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}', 'main')"))?.join(", ");
        connection
            .execute_batch(&format!("DELETE FROM main.{table}; INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}"))?;
    }
    let trigger = FIRST_SCHEMA.split("CREATE TRIGGER journal_is_never_deleted").nth(1).and_then(|rest| rest.split("END;").next());
    let trigger = trigger.ok_or("the first schema has no such trigger")?;
    connection.execute_batch(&format!("CREATE TRIGGER journal_is_never_deleted{trigger}END; COMMIT"))?;
    Ok(())
}
