//! Measures the counter against a baseline in the same run. Figures are ratios; the exit status says only that it ran.
//!
//! One line a row. What is being prepared in between goes to standard error.

#![allow(clippy::float_arithmetic, reason = "ratios of durations, not money")]
#![allow(clippy::print_stdout, reason = "the figures are what this program is for")]
#![allow(clippy::disallowed_methods, reason = "measuring time is what this program is for")]

mod accounts;
mod card;
mod cash_up;
mod child;
mod commits;
mod figures;
mod history;
#[cfg(unix)]
mod hub;
mod ims;
mod past;
mod print;
mod reports;
mod scans;
#[cfg(unix)]
mod sending;
mod starts;
mod upgrade;

use clap::{Parser, ValueEnum};
use counterfoil_testkit::till;
use serde_json::json;
use std::error::Error;
use std::path::{Path, PathBuf};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Measures the counter.
#[derive(Parser)]
struct Arguments {
    /// Only this.
    name: Option<Name>,
    /// Small sizes: shows that every row runs.
    #[arg(long)]
    quick: bool,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// A payment's commit with few receipts, and its receipt for the printer.
    Commit,
    /// Taking in account holders, and finding them.
    Accounts,
    /// From a barcode to its account: found, and shown in the window.
    Scans,
    /// From the program's start to a window that can be typed in.
    Start,
    /// A payment's commit with many receipts.
    Many,
    /// Reports over a year, in a young store and in one ten times older.
    Reports,
    /// The hub's intake.
    Hub,
    /// A till that sends to the hub.
    Sending,
    /// Counting and closing a session.
    CashUp,
    /// Takings into a LocalGov IMS that fails.
    Ims,
    /// A card payment through the driver of a terminal.
    Card,
    /// From a payment to the first bytes of its receipt at a printer on the network.
    Print,
    /// A store of the first schema, brought to this program's.
    Upgrade,
}

/// How much of everything.
struct Sizes {
    accounts: u32,
    few_receipts: u64,
    many_receipts: u64,
    commits: usize,
    imports: usize,
    look_ups: usize,
    scans_shown: usize,
    starts: usize,
    year_receipts: u64,
    reports: usize,
    #[cfg_attr(not(unix), allow(dead_code))]
    hub_entries: u64,
    #[cfg_attr(not(unix), allow(dead_code))]
    hub_tills: u64,
    session_receipts: u64,
    cash_ups: usize,
    ims_takings: u64,
    card_payments: u64,
    receipts_printed: u64,
    #[cfg_attr(not(unix), allow(dead_code))]
    hub_payments: u64,
}

const FULL: Sizes = Sizes {
    accounts: 1_000_000,
    few_receipts: 1_000,
    many_receipts: 1_000_000,
    commits: 3_000,
    imports: 3,
    look_ups: 20,
    scans_shown: 60,
    starts: 7,
    year_receipts: 182_500,
    reports: 9,
    hub_entries: 100_000,
    hub_tills: 500,
    session_receipts: 2_000,
    cash_ups: 7,
    ims_takings: 20_000,
    card_payments: 1_000,
    receipts_printed: 300,
    hub_payments: 4,
};
const QUICK: Sizes = Sizes {
    accounts: 5_000,
    few_receipts: 100,
    many_receipts: 3_000,
    commits: 100,
    imports: 1,
    look_ups: 3,
    scans_shown: 2,
    starts: 1,
    year_receipts: 2_000,
    reports: 3,
    hub_entries: 2_000,
    hub_tills: 10,
    session_receipts: 200,
    cash_ups: 2,
    ims_takings: 200,
    card_payments: 20,
    receipts_printed: 10,
    hub_payments: 1,
};

struct Bench {
    only: Option<Name>,
    sizes: Sizes,
    folder: tempfile::TempDir,
}

fn main() -> Outcome {
    let arguments = Arguments::parse();
    let sizes = if arguments.quick { QUICK } else { FULL };
    // In the checkout's own file system: a temporary folder in memory would measure no disk.
    let out = till::assets().join("../out");
    std::fs::create_dir_all(&out)?;
    let bench = Bench { only: arguments.name, sizes, folder: tempfile::tempdir_in(out)? };
    println!("{}", bench.head()?);
    println!("name | ours | baseline | ratio | bound | ok or OVER");
    if bench.wants(Name::Commit) {
        bench.commits_among_few()?;
    }
    if bench.wants(Name::CashUp) {
        bench.cash_ups()?;
    }
    if bench.wants(Name::Reports) {
        bench.reports()?;
    }
    #[cfg(unix)]
    if bench.wants(Name::Hub) {
        bench.hub()?;
    }
    #[cfg(unix)]
    if bench.wants(Name::Sending) {
        bench.sending()?;
    }
    if bench.wants(Name::Ims) {
        bench.ims()?;
    }
    if bench.wants(Name::Card) {
        bench.card()?;
    }
    if bench.wants(Name::Print) {
        bench.print()?;
    }
    if bench.wants(Name::Upgrade) {
        bench.upgrade()?;
    }
    bench.in_a_full_folder()
}

impl Bench {
    fn wants(&self, name: Name) -> bool {
        self.only.is_none_or(|only| only == name)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The machine and the sizes.
    fn head(&self) -> Outcome<String> {
        let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = told
            .lines()
            .find_map(|line| line.strip_prefix("model name"))
            .map_or("unknown", |rest| rest.trim_start_matches([' ', '\t', ':']));
        let Sizes { accounts, few_receipts, many_receipts, commits, imports, starts, .. } = self.sizes;
        Ok(format!(
            "{} cores, {model}; {accounts} accounts, taken in {imports} times; {few_receipts} and {many_receipts} receipts, \
             {commits} commits among each; {starts} starts of each",
            std::thread::available_parallelism()?
        ))
    }

    /// Everything that needs a till with many accounts and receipts shares one. Commits come last: they leave print jobs behind,
    /// which a till that starts would work off.
    fn in_a_full_folder(&self) -> Outcome {
        let full = self.path("full");
        if !matches!(
            self.only,
            Some(
                Name::Commit
                    | Name::Reports
                    | Name::CashUp
                    | Name::Hub
                    | Name::Sending
                    | Name::Ims
                    | Name::Card
                    | Name::Print
                    | Name::Upgrade
            )
        ) {
            set_up(&full)?;
        }
        if self.wants(Name::Accounts) || self.wants(Name::Start) || self.wants(Name::Scans) {
            self.accounts(&full)?;
        }
        if self.wants(Name::Scans) {
            self.scans(&full)?;
        }
        if self.wants(Name::Start) || self.wants(Name::Many) {
            history::fill(&full, self.sizes.many_receipts, &self.template()?)?;
        }
        if self.wants(Name::Start) {
            self.starts(&full)?;
        }
        if self.wants(Name::Many) {
            self.commits_among_many(&full)?;
        }
        // Last, because it leaves a session open at each till.
        if self.wants(Name::Scans) {
            self.scans_shown(&full)?;
        }
        Ok(())
    }
}

/// A till of the demonstration council that nobody has signed in at yet.
fn set_up(folder: &Path) -> Outcome {
    Ok(till::set_up(&till::open(folder, false)?, &json!({ "kind": "screen" }))?)
}

/// A program built together with this one.
fn sibling(name: &str) -> Outcome<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
