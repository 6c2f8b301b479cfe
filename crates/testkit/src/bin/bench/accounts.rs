//! Taking in account holders and finding them, each against plain SQLite on the same rows.

use crate::figures::{Timings, row, row_of_megabytes, timed};
use crate::{Bench, Name, Outcome};
use counterfoil_synthetic::write_extract;
use counterfoil_testkit::till;
use counterfoil_till::Till;
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The most memory that the import may take, in MB.
const MOST_MEMORY_MB: f64 = 150.0;
/// How many accounts are looked up in a round.
const PICKED: u64 = 200;
/// How many rows a search shows, and one to know whether there are more.
const ROWS_SHOWN: u32 = 51;

impl Bench {
    /// Takes account holders in at a till that is set up; measures that and the look-ups if they are wanted.
    pub fn accounts(&self, folder: &Path) -> Outcome {
        let csv = self.path("accounts.csv");
        eprintln!("making {} account holders", self.sizes.accounts);
        write_csv(&csv, self.sizes.accounts)?;
        if !self.wants(Name::Accounts) {
            return import(folder, &csv).map(|_| ());
        }
        let bare = self.path("bare-accounts.db");
        let (mut ours, mut baseline, mut peak) = (Vec::new(), Vec::new(), 0);
        for _ in 0..self.sizes.imports {
            let _ = std::fs::remove_file(&bare);
            let (time, outcome) = timed(|| sqlite_import(&bare, &csv));
            outcome?;
            baseline.push(time);
            let (time, held) = import(folder, &csv)?;
            ours.push(time);
            peak = peak.max(held);
        }
        row("import of accounts, by the program", Timings::of(ours).median(), Timings::of(baseline).median(), 1.5);
        row_of_megabytes("import of accounts, most memory of the program", megabytes(peak), MOST_MEMORY_MB);
        let ready = till::open(folder, false)?;
        till::sign_in(&ready)?;
        self.look_ups(&ready, &Connection::open(&bare)?)
    }

    /// Exact references by themselves: a search before each would leave the processor's caches full of something else.
    fn look_ups(&self, ready: &Till, bare: &Connection) -> Outcome {
        let picked = picked(bare)?;
        let mut by_key = bare.prepare("SELECT * FROM accounts WHERE AccountReference = ?1 AND FundCode = ?2")?;
        let (ours, baseline) = self.rounds(&picked, |Picked { reference, fund, .. }| {
            let (ours, answer) = timed(|| ready.call("account.show", json!({ "fund_code": fund, "reference": reference })));
            answer?;
            let (baseline, answer) = timed(|| by_key.query_row((reference, fund), |row| row.get::<_, String>(0)));
            answer?;
            Ok((ours, baseline))
        })?;
        row("exact reference p99, through the command", ours, baseline, 3.0);
        self.searches(ready, bare, &picked)
    }

    /// A surname and the last word of a street, which is among the most frequent words.
    fn searches(&self, ready: &Till, bare: &Connection, picked: &[Picked]) -> Outcome {
        let mut by_words = bare.prepare(
            "SELECT accounts.* FROM account_words JOIN accounts ON accounts.rowid = account_words.rowid WHERE account_words MATCH ?1 LIMIT ?2",
        )?;
        let (ours, baseline) = self.rounds(picked, |Picked { surname, street, .. }| {
            let street = street.split(' ').next_back().unwrap_or_default();
            let (ours, answer) = timed(|| ready.call("account.find", json!({ "text": format!("{surname} {street}") })));
            answer?;
            let query = format!("\"{surname}\" AND \"{street}\"*");
            let (baseline, answer) = timed(|| by_words.query_map((query, ROWS_SHOWN), |row| row.get::<_, String>(0)).map(Iterator::count));
            answer?;
            Ok((ours, baseline))
        })?;
        row("two words p99, through the command", ours, baseline, 2.0);
        Ok(())
    }

    /// Looks everything up in rounds, and answers the median of the rounds' 99th percentiles: one disturbed round decides nothing.
    fn rounds(
        &self,
        picked: &[Picked],
        mut look_up: impl FnMut(&Picked) -> Outcome<(Duration, Duration)>,
    ) -> Outcome<(Duration, Duration)> {
        let (mut ours, mut baseline) = (Vec::new(), Vec::new());
        for _ in 0..self.sizes.look_ups {
            let (one, other) = picked.iter().map(&mut look_up).collect::<Outcome<(Vec<_>, Vec<_>)>>()?;
            ours.push(Timings::of(one).at(99));
            baseline.push(Timings::of(other).at(99));
        }
        Ok((Timings::of(ours).median(), Timings::of(baseline).median()))
    }
}

/// An account that is looked for.
struct Picked {
    reference: String,
    fund: String,
    surname: String,
    street: String,
}

/// Accounts spread over the whole table: neighbours would share the pages that the first of them has read.
fn picked(bare: &Connection) -> Outcome<Vec<Picked>> {
    let last: u64 = bare.query_row("SELECT max(rowid) FROM accounts", [], |row| row.get(0))?;
    let sql = "SELECT AccountReference, FundCode, Surname, AddressLine1 FROM accounts WHERE FundCode = '23' AND rowid > ?1 ORDER BY rowid LIMIT 1";
    let mut pick = bare.prepare(sql)?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(Picked { reference: row.get(0)?, fund: row.get(1)?, surname: row.get(2)?, street: row.get(3)? });
    let mut picked = Vec::new();
    for place in 0..PICKED {
        picked.extend(pick.query_row([last * place / PICKED], read).optional()?);
    }
    Ok(picked)
}

pub fn write_csv(csv: &Path, rows: u32) -> Outcome {
    let council = counterfoil_till::check_pack(&till::demonstration_pack()).map_err(|problems| format!("{problems:?}"))?.1;
    let as_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).ok_or("no such day")?;
    let settings = counterfoil_synthetic::Settings { rows: u64::from(rows), seed: 1, bad_per_million: 0, as_at };
    let mut file = std::io::BufWriter::new(std::fs::File::create(csv)?);
    write_extract(&council, &settings, &mut file)?;
    Ok(std::io::Write::flush(&mut file)?)
}

fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 * 1024.0 / 1e6
}

/// By the program's command line, as IT does it: how long it took, and the most memory that it held, in kB of 1,024 bytes.
pub fn import(folder: &Path, csv: &Path) -> Outcome<(Duration, u64)> {
    let mut program = Command::new(crate::sibling("counterfoil")?);
    let (took, peak, status) = watched(program.args(["accounts", "import"]).arg(csv).arg("--data").arg(folder))?;
    if status.success() { Ok((took, peak)) } else { Err("the extract was not taken in".into()) }
}

/// Runs a program to its end and looks at its memory meanwhile. The system keeps the most that it held for as long as it runs, so
/// only its last moment is missed.
fn watched(command: &mut Command) -> Outcome<(Duration, u64, ExitStatus)> {
    const BETWEEN_LOOKS: Duration = Duration::from_millis(10);
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let told = format!("/proc/{}/status", child.id());
    let (tell, ended) = channel();
    std::thread::spawn(move || tell.send((child.wait(), start.elapsed())));
    let mut peak = 0;
    loop {
        match ended.recv_timeout(BETWEEN_LOOKS) {
            Ok((status, took)) => return Ok((took, peak, status?)),
            Err(RecvTimeoutError::Timeout) => peak = peak.max(most_memory(&told)),
            Err(error @ RecvTimeoutError::Disconnected) => return Err(error.into()),
        }
    }
}

/// `VmHWM` of a process; 0 where there is none to read, as for one that has just ended.
fn most_memory(status: &str) -> u64 {
    let told = std::fs::read_to_string(status).unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse().unwrap_or(0)
}

/// What `sqlite3 .import` does, with the same indexes made afterwards; the word index by this program's own SQLite, so that
/// both have the same one.
fn sqlite_import(file: &Path, csv: &Path) -> Outcome {
    let script = format!(
        ".mode csv\n.import '{}' accounts\n\
         CREATE INDEX by_reference ON accounts (AccountReference, FundCode);\nCREATE INDEX by_soundex ON accounts (Surname);\n",
        csv.display()
    );
    let mut sqlite3 = Command::new("sqlite3").arg(file).stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = sqlite3.stdin.take() {
        std::io::Write::write_all(&mut stdin, script.as_bytes())?;
    }
    if !sqlite3.wait()?.success() {
        return Err("sqlite3 failed".into());
    }
    Ok(Connection::open(file)?.execute_batch(
        "BEGIN;
         CREATE VIRTUAL TABLE account_words USING fts5 (words, content = '', detail = 'none', prefix = '1 2 3',
             tokenize = \"unicode61 remove_diacritics 2\");
         INSERT INTO account_words (rowid, words)
             SELECT rowid, Forename || ' ' || Surname || ' ' || AddressLine1 || ', ' || AddressLine2 || ', ' || AddressLine3 || ' '
                 || Postcode || ' ' || replace(Postcode, ' ', '')
             FROM accounts;
         COMMIT;",
    )?)
}
