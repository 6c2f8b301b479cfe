//! The queue of print jobs: made with what they print, worked off by the till's printing worker, gone once they are out. The
//! queue is short, so that it needs no index.

use crate::error::StoreError;
use crate::outbox::{meta, note};
use rusqlite::{Connection, OptionalExtension, Row};

/// What to print with an entry; by default the entry's own document, on the till's printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// The earlier entry whose document it is; nothing for the entry itself.
    pub of: Option<u64>,
    /// It says COPY.
    pub copy: bool,
    /// The drawer opens with it.
    pub drawer: bool,
    /// On the other printer.
    pub other: bool,
    /// It is handed to a printer that waits for it: that it may be in the printer's hands is written down with the entry itself.
    pub at_once: bool,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Not yet handed to the printer.
    Waiting = 0,
    /// In the printer's hands.
    Printing = 1,
    /// Given up.
    Failed = 2,
}

impl JobState {
    fn from_number(number: i64) -> JobState {
        match number {
            0 => JobState::Waiting,
            1 => JobState::Printing,
            _ => JobState::Failed,
        }
    }
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// The entry that asked for it.
    pub job: u64,
    /// The entry whose document it is.
    pub prints: u64,
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

const COLUMNS: &str = "job, prints, copy, drawer, other, state, handed_over, tries, trouble";

fn read(row: &Row<'_>) -> rusqlite::Result<PrintJob> {
    Ok(PrintJob {
        job: row.get(0)?,
        prints: row.get(1)?,
        copy: row.get(2)?,
        drawer: row.get(3)?,
        other: row.get(4)?,
        state: JobState::from_number(row.get(5)?),
        handed_over: row.get(6)?,
        tries: row.get(7)?,
        trouble: row.get(8)?,
    })
}

/// Adds the job that the entry `seq` asks for.
pub(crate) fn add(connection: &Connection, seq: u64, job: Job) -> Result<(), StoreError> {
    let state = if job.at_once { JobState::Printing } else { JobState::Waiting };
    connection
        .prepare_cached(
            "INSERT INTO print_jobs (job, prints, copy, drawer, other, state, handed_over, tries) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
        )?
        .execute((seq, job.of.unwrap_or(seq), job.copy, job.drawer, job.other, state as i64, job.at_once))?;
    Ok(())
}

/// The job that is to be tried next: the oldest of the till's own printer, where a customer waits, before those of the other one, which
/// may be long in not answering. Those of either may be passed over.
pub(crate) fn next(connection: &Connection, passed_over: [bool; 2]) -> Result<Option<PrintJob>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM print_jobs
         WHERE state <> 2 AND NOT (?1 AND other = 0) AND NOT (?2 AND other = 1) ORDER BY other, job LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row((passed_over[0], passed_over[1]), read).optional()?)
}

/// The newest job of an entry's document, if one has still to come out.
pub(crate) fn latest_for(connection: &Connection, prints: u64) -> Result<Option<PrintJob>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM print_jobs WHERE prints = ?1 ORDER BY job DESC LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([prints], read).optional()?)
}

/// The jobs that have still to come out, the oldest first.
pub(crate) fn all(connection: &Connection, most: u32) -> Result<Vec<PrintJob>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM print_jobs ORDER BY job LIMIT ?1");
    Ok(connection.prepare_cached(&sql)?.query_map([most], read)?.collect::<Result<_, _>>()?)
}

/// How many wait, how many were given up, and the trouble of one that has any.
pub(crate) fn summary(connection: &Connection) -> Result<(u64, u64, Option<String>), StoreError> {
    let sql = "SELECT coalesce(sum(state <> 2), 0), coalesce(sum(state = 2), 0), max(trouble) FROM print_jobs";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// Given-up jobs wait again.
pub(crate) fn revive(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection.execute("UPDATE print_jobs SET state = 0, tries = 0 WHERE state = 2", [])?)
}

/// Everything that waits or was given up is for the other printer. One that is in a printer's hands goes there with its next try.
pub(crate) fn move_to_other(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection.execute("UPDATE print_jobs SET other = 1, tries = 0, state = iif(state = 2, 0, state)", [])?)
}

const ANSWERED: &str = "printers-that-answered";

/// The printers that have answered, as they were written down last.
pub(crate) fn answered(connection: &Connection) -> Result<Option<String>, StoreError> {
    meta(connection, ANSWERED)
}

pub(crate) fn keep_answered(connection: &Connection, text: &str) -> Result<(), StoreError> {
    note(connection, ANSWERED, Some(text))
}

/// Writes down where a job stands now.
pub(crate) fn update(connection: &Connection, job: &PrintJob) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE print_jobs SET state = ?2, handed_over = ?3, tries = ?4, trouble = ?5, copy = ?6, drawer = ?7 WHERE job = ?1",
        )?
        .execute((job.job, job.state as i64, job.handed_over, job.tries, &job.trouble, job.copy, job.drawer))?;
    Ok(())
}

/// It is out.
pub(crate) fn remove(connection: &Connection, job: u64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM print_jobs WHERE job = ?1")?.execute([job])?;
    Ok(())
}
