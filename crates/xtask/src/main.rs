//! # The project's own chores, as `cargo xtask …`
//!
//! What lives here: setting up a machine, building, running, testing, measuring; and the checks that hold the workspace in
//! shape ([`directions`], [`tracked`]).
//!
//! What never will: anything of the product, and anything heavy: it is the first thing that a fresh machine builds.
//!
//! Where to start reading: [`test`], which is the list of everything that must hold.

#![allow(clippy::print_stdout, reason = "its answers are meant for the terminal")]

mod bench;
mod checkout;
mod debian;
mod demo_ledger;
mod directions;
mod fuzz;
mod generate;
mod msi;
mod programs;
mod progress;
mod room;
mod run;
mod shell;
mod test;
mod tracked;
mod ui;

use checkout::Checkout;
use clap::{Parser, Subcommand};
use shell::Failure;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", about = "Counterfoil's chores: set up, run, test, measure")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Open the counter on the demonstration council; without a display, perform the demonstration journey into out/demo
    Run(run::Options),
    /// A whole day through the real window, from the first float to the paying-in slip, with a picture of each step in out/tour
    Tour,
    /// Everything that must hold: formatting, lints, licences, types, unit tests, journeys, a short bench
    Test,
    /// The checks that run nothing of the product: formatting, clippy, directions, tracked files, licences, the UI's types
    Lint,
    /// Install what is missing: system packages (as root), npm packages, cargo-deny; and build the UI
    Setup,
    /// Measure, baseline beside ours: one line a row
    Bench {
        /// Only one of them: commit, reports, cash-up, accounts, start, many, hub, sending, scans, ims, card, print or upgrade
        name: Option<String>,
        /// A smoke run: small data, few rounds
        #[arg(long)]
        quick: bool,
    },
    /// Feed what takes in bytes from outside a million odd inputs each: terminals' messages and receipts, printers' status, barcodes
    Fuzz {
        /// How many of each
        #[arg(long, default_value_t = 1_000_000)]
        cases: u32,
    },
    /// Make a synthetic extract of account holders with valid references
    Accounts {
        /// How many account holders
        count: u64,
        /// Where to write the CSV
        #[arg(long, default_value = "out/accounts.csv")]
        out: PathBuf,
        /// The same seed makes the same file
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The share of bad rows to mix in, such as 0.01
        #[arg(long, default_value = "0")]
        bad_rows: String,
        /// The council pack whose funds and references to use
        #[arg(long, default_value = "assets/packs/barnsley-demo")]
        pack: PathBuf,
    },
    /// Build the Windows program and its installer into out/msi, on Debian; with --verify try them out
    Msi(msi::Options),
    /// Write the UI's TypeScript types from the Rust ones
    Generate {
        /// Change nothing; fail when the committed types are stale
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: Chore) -> Result<(), Failure> {
    let checkout = Checkout::find()?;
    match chore {
        Chore::Run(options) => run::run(&checkout, &options),
        Chore::Tour => run::tour(&checkout),
        Chore::Test => test::test(&checkout),
        Chore::Lint => test::lint(&checkout),
        Chore::Setup => test::setup(&checkout),
        Chore::Bench { name, quick } => bench::bench(&checkout, name.as_deref(), quick),
        Chore::Fuzz { cases } => fuzz::fuzz(&checkout, cases),
        Chore::Accounts { count, out, seed, bad_rows, pack } => {
            let wanted = [format!("{count}"), format!("--seed={seed}"), format!("--bad-rows={bad_rows}")];
            let mut accounts = checkout.cargo(["run", "--quiet", "--package", "counterfoil-synthetic", "--bin", "accounts", "--"]);
            shell::run(accounts.args(wanted).arg("--pack").arg(pack).arg("--out").arg(out))
        }
        Chore::Msi(options) => msi::msi(&checkout, &options),
        Chore::Generate { check: false } => generate::write(&checkout),
        Chore::Generate { check: true } => generate::check(&checkout),
    }
}
