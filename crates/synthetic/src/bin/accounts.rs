//! `accounts N`: a synthetic extract, as CSV, for demonstrations, tests and benches.

#![allow(clippy::print_stdout, reason = "its answers are meant for the terminal")]

use chrono::NaiveDate;
use clap::Parser;
use counterfoil_domain::Council;
use counterfoil_pack::{PackFiles, check};
use counterfoil_synthetic::{Settings, Written, write_extract};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Make a synthetic extract of account holders, in the columns of LocalGov IMS's AccountHolder, with references that are valid
/// under a council pack.
///
/// Under assets/packs/barnsley-demo the first rows are always the same:
/// Council Tax 501234566, Mrs A Example, owing £1,204.50;
/// Housing Rents 12345678902, Mr B Sample, cheques refused (message 4);
/// Housing Rents 12345678914, Ms C Specimen, on stop (message 1);
/// Housing Rents 12345678926, Dr D Pattern, with a message for information (message 3).
#[derive(Parser)]
#[command(name = "accounts", verbatim_doc_comment)]
struct Arguments {
    /// How many rows, bad ones included
    rows: u64,
    /// The council pack's folder
    #[arg(long, default_value = "assets/packs/barnsley-demo")]
    pack: PathBuf,
    /// Where to write; standard output when it is not given
    #[arg(long)]
    out: Option<PathBuf>,
    /// The same seed makes the same extract
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The share of bad rows, such as 0.01
    #[arg(long, default_value = "0", value_parser = per_million)]
    bad_rows: u32,
    /// The day of the balances
    #[arg(long, default_value = "2026-11-20")]
    as_at: NaiveDate,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match make(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("accounts: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn make(arguments: &Arguments) -> Result<(), String> {
    let council = read_council(&arguments.pack)?;
    let settings = Settings { rows: arguments.rows, seed: arguments.seed, bad_per_million: arguments.bad_rows, as_at: arguments.as_at };
    match &arguments.out {
        None => write_to(&council, &settings, io::stdout().lock()).map(drop).map_err(|error| error.to_string()),
        Some(path) => {
            let at = |error: io::Error| format!("{}: {error}", path.display());
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(at)?;
            }
            let written = write_to(&council, &settings, File::create(path).map_err(at)?).map_err(at)?;
            println!("{}: {} account holders, {} bad rows", path.display(), written.good, written.bad.len());
            Ok(())
        }
    }
}

fn write_to(council: &Council, settings: &Settings, out: impl Write) -> io::Result<Written> {
    let mut out = BufWriter::new(out);
    let written = write_extract(council, settings, &mut out)?;
    out.flush()?;
    Ok(written)
}

fn read_council(folder: &Path) -> Result<Council, String> {
    let all = |problems: Vec<counterfoil_pack::PackProblem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let files = PackFiles::read_dir(folder).map_err(all)?;
    check(&files).map_err(all)
}

/// A share from 0 to 1 as so many in a million.
fn per_million(text: &str) -> Result<u32, String> {
    let share: Decimal = text.parse().map_err(|_| "not a number".to_owned())?;
    if share < Decimal::ZERO || share > Decimal::ONE {
        return Err("a share is between 0 and 1".to_owned());
    }
    (share * Decimal::from(1_000_000)).to_u32().ok_or_else(|| "not a share".to_owned())
}
