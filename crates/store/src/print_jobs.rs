//! The queue of print jobs: made with what they print, worked off by the till's printing worker.

use crate::error::StoreError;
use rusqlite::{Connection, OptionalExtension, Row};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Not yet handed to the printer.
    Waiting = 0,
    /// In the printer's hands.
    Printing = 1,
    /// Out.
    Printed = 2,
    /// Given up.
    Failed = 3,
}

impl JobState {
    fn from_number(number: i64) -> JobState {
        match number {
            0 => JobState::Waiting,
            1 => JobState::Printing,
            2 => JobState::Printed,
            _ => JobState::Failed,
        }
    }
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// Its number.
    pub job: i64,
    /// The receipt, by its place in the series.
    pub serial: u64,
    /// It says COPY.
    pub copy: bool,
    /// The drawer opens with it.
    pub drawer: bool,
    /// On the other printer.
    pub other: bool,
    /// Where it stands.
    pub state: JobState,
    /// The printer may have printed it: any later try says COPY.
    pub handed_over: bool,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try failed, as a code.
    pub trouble: Option<String>,
}

const COLUMNS: &str = "job, serial, copy, drawer, other, state, handed_over, tries, trouble";

fn read(row: &Row<'_>) -> rusqlite::Result<PrintJob> {
    Ok(PrintJob {
        job: row.get(0)?,
        serial: row.get(1)?,
        copy: row.get(2)?,
        drawer: row.get(3)?,
        other: row.get(4)?,
        state: JobState::from_number(row.get(5)?),
        handed_over: row.get(6)?,
        tries: row.get(7)?,
        trouble: row.get(8)?,
    })
}

/// Jobs of one receipt are numbered from its serial times this, so that they are found without an index of their own.
const JOBS_A_RECEIPT: i64 = 1_000;

fn first_of(serial: u64) -> i64 {
    i64::try_from(serial).unwrap_or(i64::MAX / JOBS_A_RECEIPT).saturating_mul(JOBS_A_RECEIPT)
}

/// Adds a job for a receipt and answers its number.
pub(crate) fn add(connection: &Connection, serial: u64, copy: bool, drawer: bool, other: bool) -> Result<i64, StoreError> {
    let job = latest_for(connection, serial)?.map_or(first_of(serial), |latest| latest.job + 1);
    connection
        .prepare_cached(
            "INSERT INTO print_jobs (job, serial, copy, drawer, other, state, handed_over, tries) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0)",
        )?
        .execute((job, serial, copy, drawer, other))?;
    Ok(job)
}

/// The oldest job that still has to come out.
pub(crate) fn next(connection: &Connection) -> Result<Option<PrintJob>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM print_jobs WHERE state <> 2 AND state IN (0, 1) ORDER BY job LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([], read).optional()?)
}

/// The newest job of a receipt.
pub(crate) fn latest_for(connection: &Connection, serial: u64) -> Result<Option<PrintJob>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM print_jobs WHERE job >= ?1 AND job < ?2 ORDER BY job DESC LIMIT 1");
    let range = (first_of(serial), first_of(serial).saturating_add(JOBS_A_RECEIPT));
    Ok(connection.prepare_cached(&sql)?.query_row(range, read).optional()?)
}

/// How many wait, how many were given up, and the trouble of one that has any.
pub(crate) fn summary(connection: &Connection) -> Result<(u64, u64, Option<String>), StoreError> {
    let sql = "SELECT coalesce(sum(state IN (0, 1)), 0), coalesce(sum(state = 3), 0), max(trouble) FROM print_jobs WHERE state <> 2";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// Given-up jobs wait again.
pub(crate) fn revive(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection.execute("UPDATE print_jobs SET state = 0, tries = 0 WHERE state = 3", [])?)
}

/// Writes down where a job stands now.
pub(crate) fn update(connection: &Connection, job: &PrintJob) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE print_jobs SET state = ?2, handed_over = ?3, tries = ?4, trouble = ?5, copy = ?6 WHERE job = ?1")?
        .execute((job.job, job.state as i64, job.handed_over, job.tries, &job.trouble, job.copy))?;
    Ok(())
}
