//! Measures the counter against a baseline in the same run. Figures are ratios; the exit status says only that it ran.

#![allow(clippy::float_arithmetic, reason = "ratios of durations, not money")]
#![allow(clippy::print_stdout, reason = "the figures are what this program is for")]
#![allow(clippy::disallowed_methods, reason = "measuring time is what this program is for")]

use clap::Parser;

use counterfoil_domain::entry::{Entry, Fact};
use counterfoil_store::{Decision, Job, Store, StoreError};
use counterfoil_synthetic::write_extract;
use counterfoil_testkit::till;
use counterfoil_till::api::accounts::ImportStage;
use counterfoil_till::surroundings::{Machine, Surroundings};
use counterfoil_till::{Rendering, Till, render_receipt};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

type Outcome = Result<(), Box<dyn Error>>;

/// Measures the counter.
#[derive(Parser)]
struct Arguments {
    /// Only rows whose name holds this.
    name: Option<String>,
    /// Small sizes: shows that every row runs.
    #[arg(long)]
    quick: bool,
    /// How many receipts the large store has.
    #[arg(long, default_value_t = 1_000_000)]
    receipts: u32,
}

struct Bench {
    arguments: Arguments,
    folder: tempfile::TempDir,
}

fn main() -> Outcome {
    let arguments = Arguments::parse();
    // In the checkout's own file system: a temporary folder in memory would measure no disk.
    let out = till::assets().join("../out");
    std::fs::create_dir_all(&out)?;
    let bench = Bench { arguments, folder: tempfile::tempdir_in(out)? };
    println!("{} cores; {} accounts, {} commits", std::thread::available_parallelism()?, bench.accounts(), bench.commits());
    println!("name | ours | baseline | ratio | bound | ok or OVER");
    if bench.wants("commit") || bench.wants("render") {
        bench.commit()?;
    }
    if bench.wants("accounts") || bench.wants("import") {
        bench.accounts_rows()?;
    }
    Ok(())
}

/// Sorted durations.
struct Timings(Vec<Duration>);

impl Timings {
    fn of(mut times: Vec<Duration>) -> Timings {
        times.sort_unstable();
        Timings(times)
    }

    fn at(&self, percent: usize) -> Duration {
        self.0.get(self.0.len() * percent / 100).or(self.0.last()).copied().unwrap_or_default()
    }
}

fn row(name: &str, ours: Duration, baseline: Duration, bound: f64) {
    let ratio = ours.as_secs_f64() / baseline.as_secs_f64().max(1e-9);
    println!("{name} | {ours:.1?} | {baseline:.1?} | {ratio:.2} | {bound} | {}", if ratio <= bound { "ok" } else { "OVER" });
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

impl Bench {
    fn wants(&self, name: &str) -> bool {
        self.arguments.name.as_ref().is_none_or(|wanted| name.contains(wanted.as_str()) || wanted.contains(name))
    }

    fn accounts(&self) -> u32 {
        if self.arguments.quick { 5_000 } else { 1_000_000 }
    }

    fn commits(&self) -> usize {
        if self.arguments.quick { 200 } else { 5_000 }
    }

    /// A one-line cash receipt against a bare insert of the same bytes, in turns.
    fn commit(&self) -> Outcome {
        let data = self.folder.path().join("commit");
        let ready = till::open(&data, false)?;
        till::make_ready(&ready, &json!({ "kind": "screen" }))?;
        let bare = bare_store(&self.folder.path().join("bare.db"))?;
        let body = vec![b'x'; body_length(&ready, &data)?];
        self.commit_alone(&ready, &bare, &body)?;
        let (ours, baseline) = interleaved(|| take(&ready), &bare, &body, self.commits())?;
        row("whole command sale.take p50, few receipts", ours.at(50), baseline.at(50), 1.5);
        row("whole command sale.take p99, few receipts", ours.at(99), baseline.at(99), 2.0);
        let last = last_number(&ready)?;
        let sheet_of = |number: &str| render_receipt(&ready, number, Rendering::EscPos);
        let renders = (0..100).map(|_| timed(|| sheet_of(&last)).0).collect();
        row("receipt to ESC/POS (read, laid out, encoded) against its commit", Timings::of(renders).at(50), ours.at(50), 1.0);
        if !self.arguments.quick {
            self.many_receipts(&ready, &bare, &body, &ours)?;
        }
        Ok(())
    }

    /// The store's commit by itself: entry, projections, print job, without the command around it.
    fn commit_alone(&self, ready: &Till, bare: &Connection, body: &[u8]) -> Outcome {
        let head = ready.store().head()?;
        let entry = ready.store().read(|reading| reading.entry(head.seq))?.ok_or("no entry")?;
        let store = Store::open(counterfoil_store::Opening { folder: self.folder.path().join("alone") }, "bench")?;
        let mut serial = 0;
        let commit = || {
            serial += 1;
            let entry = numbered(&entry, serial);
            let job = Job { of: None, copy: false, drawer: true, other: false };
            let (time, outcome) = timed(|| store.commit(|_| Ok::<_, StoreError>(Decision::Write(Box::new(entry), Some(job)))));
            outcome?;
            Ok(time)
        };
        let (ours, baseline) = interleaved(commit, bare, body, self.commits())?;
        row("commit p50, few receipts", ours.at(50), baseline.at(50), 1.5);
        row("commit p99, few receipts", ours.at(99), baseline.at(99), 2.0);
        Ok(())
    }

    fn many_receipts(&self, ready: &Till, bare: &Connection, body: &[u8], few: &Timings) -> Outcome {
        for _ in 0..self.arguments.receipts {
            take(ready)?;
        }
        let (ours, baseline) = interleaved(|| take(ready), bare, body, self.commits())?;
        let many = self.arguments.receipts;
        row(&format!("commit p50, {many} receipts"), ours.at(50), baseline.at(50), 1.5);
        row(&format!("commit p99, {many} receipts"), ours.at(99), baseline.at(99), 2.0);
        row(&format!("commit p50 at {many} against a few"), ours.at(50), few.at(50), 1.2);
        Ok(())
    }

    /// Import, exact reference, two words: each against plain SQLite on the same rows.
    fn accounts_rows(&self) -> Outcome {
        let csv = self.folder.path().join("accounts.csv");
        let council = counterfoil_till::check_pack(&till::demonstration_pack()).map_err(|problems| format!("{problems:?}"))?.1;
        let mut file = std::io::BufWriter::new(std::fs::File::create(&csv)?);
        write_extract(&council, &extract_settings(self.accounts())?, &mut file)?;
        drop(file);
        let data = self.folder.path().join("accounts");
        let ready = till::open(&data, false)?;
        till::make_ready(&ready, &json!({ "kind": "screen" }))?;
        let bare_file = self.folder.path().join("bare-accounts.db");
        let (baseline, outcome) = timed(|| sqlite_import(&bare_file, &csv));
        outcome?;
        let (ours, outcome) = timed(|| ready.import_accounts(&csv, &mut |_| {}));
        let end = outcome?;
        if end.stage != ImportStage::Done {
            return Err(format!("the extract was not taken in: {end:?}").into());
        }
        row("import of accounts", ours, baseline, 1.5);
        self.look_ups(&ready, &Connection::open(&bare_file)?)
    }

    fn look_ups(&self, ready: &Till, bare: &Connection) -> Outcome {
        let mut pick = bare.prepare(
            "SELECT AccountReference, FundCode, Surname, AddressLine1 FROM accounts WHERE FundCode = '23' ORDER BY rowid LIMIT 200",
        )?;
        let picked = pick
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<Vec<(String, String, String, String)>, _>>()?;
        let mut by_key = bare.prepare("SELECT * FROM accounts WHERE AccountReference = ?1 AND FundCode = ?2")?;
        let mut by_words =
            bare.prepare("SELECT accounts.* FROM account_words JOIN accounts ON accounts.rowid = account_words.rowid WHERE account_words MATCH ?1 LIMIT 51")?;
        let (mut exact, mut exact_bare, mut words, mut words_bare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..if self.arguments.quick { 1 } else { 20 } {
            for (reference, fund, surname, street) in &picked {
                let street = street.split(' ').next_back().unwrap_or_default();
                exact.push(timed(|| ready.call("account.show", json!({ "fund_code": fund, "reference": reference }))).0);
                exact_bare.push(timed(|| by_key.query_row((reference, fund), |row| row.get::<_, String>(0))).0);
                words.push(timed(|| ready.call("account.find", json!({ "text": format!("{surname} {street}") }))).0);
                let query = format!("\"{surname}\" AND \"{street}\"*");
                words_bare.push(timed(|| by_words.query_map([query], |row| row.get::<_, String>(0)).map(Iterator::count)).0);
            }
        }
        row("exact reference p99, through the command", Timings::of(exact).at(99), Timings::of(exact_bare).at(99), 3.0);
        row("two words p99, through the command", Timings::of(words).at(99), Timings::of(words_bare).at(99), 2.0);
        Ok(())
    }
}

fn extract_settings(rows: u32) -> Result<counterfoil_synthetic::Settings, Box<dyn Error>> {
    let as_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).ok_or("no such day")?;
    Ok(counterfoil_synthetic::Settings { rows: u64::from(rows), seed: 1, bad_per_million: 0, as_at })
}

fn bare_store(file: &Path) -> Result<Connection, rusqlite::Error> {
    let bare = Connection::open(file)?;
    bare.pragma_update(None, "journal_mode", "wal")?;
    bare.pragma_update(None, "synchronous", "full")?;
    bare.execute_batch("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)")?;
    Ok(bare)
}

/// How long the body of such a receipt is: one is taken, and read from the store.
fn body_length(ready: &Till, data: &Path) -> Result<usize, Box<dyn Error>> {
    take(ready)?;
    let store = Connection::open(data.join("till.db"))?;
    Ok(store.query_row("SELECT length(body) FROM journal ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))?)
}

fn take(ready: &Till) -> Result<Duration, Box<dyn Error>> {
    let sale = till::cash_sale(&Machine.new_id(), "BJ12345673", "35.00");
    let (time, answer) = timed(|| ready.call("sale.take", sale));
    answer?;
    Ok(time)
}

fn numbered(entry: &Entry, serial: u64) -> Entry {
    let mut entry = Entry { id: Machine.new_id(), ..entry.clone() };
    if let Fact::ReceiptTaken { receipt, .. } = &mut entry.fact {
        receipt.serial = serial;
    }
    entry
}

fn interleaved(
    mut work: impl FnMut() -> Result<Duration, Box<dyn Error>>,
    bare: &Connection,
    body: &[u8],
    count: usize,
) -> Result<(Timings, Timings), Box<dyn Error>> {
    let mut insert = bare.prepare("INSERT INTO journal (body) VALUES (?1)")?;
    let (mut ours, mut baseline) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        ours.push(work()?);
        let (time, outcome) = timed(|| insert.execute([body]));
        outcome?;
        baseline.push(time);
    }
    Ok((Timings::of(ours), Timings::of(baseline)))
}

fn last_number(ready: &Till) -> Result<String, Box<dyn Error>> {
    let last: Value = ready.call("receipt.last", json!({}))?;
    Ok(last["receipt"]["receipt"]["number"].as_str().unwrap_or_default().to_owned())
}

/// What `sqlite3 .import` does, with the same indexes made afterwards; the word index by this program's own SQLite, so that
/// both have the same one.
fn sqlite_import(file: &Path, csv: &Path) -> Outcome {
    let script = format!(
        ".mode csv\n.import '{}' accounts\n\
         CREATE INDEX by_reference ON accounts (AccountReference, FundCode);\nCREATE INDEX by_soundex ON accounts (Surname);\n",
        csv.display()
    );
    let mut sqlite3 = std::process::Command::new("sqlite3").arg(file).stdin(std::process::Stdio::piped()).spawn()?;
    if let Some(mut stdin) = sqlite3.stdin.take() {
        std::io::Write::write_all(&mut stdin, script.as_bytes())?;
    }
    if !sqlite3.wait()?.success() {
        return Err("sqlite3 failed".into());
    }
    Ok(Connection::open(file)?.execute_batch(
        "BEGIN;
         CREATE VIRTUAL TABLE account_words USING fts5 (words, content = '', detail = 'none', tokenize = \"unicode61 remove_diacritics 2\");
         INSERT INTO account_words (rowid, words)
             SELECT rowid, Forename || ' ' || Surname || ' ' || AddressLine1 || ', ' || AddressLine2 || ', ' || AddressLine3 || ' ' || Postcode
             FROM accounts;
         COMMIT;",
    )?)
}
