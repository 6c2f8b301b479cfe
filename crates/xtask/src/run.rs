//! `cargo xtask run`: from a fresh machine to a counter that takes money.

use crate::checkout::Checkout;
use crate::debian::{self, Need};
use crate::demo_ledger::{DemoLedger, PLACE};
use crate::programs::{Programs, SHIPPED_FEATURES};
use crate::shell::{self, Failure};
use crate::ui;
use clap::Args;
use std::path::Path;
use std::{fs, io};

/// How many account holders the demonstration council has.
const ACCOUNTS: u32 = 50_000;

/// The demonstration council.
const PACK: &str = "assets/packs/barnsley-demo";

#[derive(Args)]
pub struct Options {
    /// Forget what was taken so far: begin with an empty till
    #[arg(long)]
    fresh: bool,
    /// Build with the release's optimiser: slow to build, as fast as what is shipped
    #[arg(long)]
    release: bool,
    /// Perform the demonstration journey even where there is a display
    #[arg(long)]
    journey: bool,
    /// Start a ledger beside the till, with a PostgreSQL of its own, and show takings arriving
    #[arg(long)]
    with_ledger: bool,
}

/// Opens the window where there is a display, and performs the demonstration journey where there is none.
///
/// # Errors
/// Whatever is missing or fails, by the command that failed.
pub fn run(checkout: &Checkout, options: &Options) -> Result<(), Failure> {
    let journey = options.journey || !has_display();
    let need = match (options.with_ledger, journey) {
        (true, _) => Need::Test,
        (false, true) => Need::Journey,
        (false, false) => Need::Build,
    };
    debian::install(checkout, need)?;
    ui::install(checkout)?;
    ui::build(checkout)?;
    let programs = build(checkout, options.release, journey, options.with_ledger)?;
    let ledger = options.with_ledger.then(|| DemoLedger::start(checkout, &programs)).transpose()?;
    match (journey, &ledger) {
        (true, None) => perform(checkout, &programs, "demo", &[], None),
        (true, Some(_)) => perform(checkout, &programs, "demo-ledger", &[], ledger.as_ref()),
        (false, _) => open(checkout, &programs, options.fresh, ledger.as_ref()),
    }
}

/// `cargo xtask tour`: a whole day through the real window, up to the bank, with a picture of each step.
///
/// # Errors
/// Whatever is missing or fails, by the command that failed.
pub fn tour(checkout: &Checkout) -> Result<(), Failure> {
    debian::install(checkout, Need::Journey)?;
    ui::install(checkout)?;
    ui::build(checkout)?;
    let programs = build(checkout, false, true, false)?;
    perform(checkout, &programs, "tour", &["--day"], None)
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(windows) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

fn build(checkout: &Checkout, release: bool, journey: bool, ledger: bool) -> Result<Programs, Failure> {
    let mut command = checkout.cargo(["build", SHIPPED_FEATURES]);
    command.args(["--package", "counterfoil", "--bin", "counterfoil", "--package", "counterfoil-synthetic", "--bin", "accounts"]);
    if journey {
        command.args(["--package", "counterfoil-tests", "--bin", "demo"]);
    }
    if ledger {
        command.args(["--package", "counterfoil-testkit", "--bin", "demo-ledger"]);
    }
    shell::run(command.args(release.then_some("--release")))?;
    Ok(Programs::of(checkout, if release { "release" } else { "debug" }))
}

/// The window, on a data folder that is kept from one run to the next. A ledger of the demonstration's is gone with the run, and so is
/// the till that was known to it.
fn open(checkout: &Checkout, programs: &Programs, fresh: bool, ledger: Option<&DemoLedger>) -> Result<(), Failure> {
    let data = checkout.path(if ledger.is_some() { "out/data-with-ledger" } else { "out/data" });
    if fresh || ledger.is_some() {
        remove(&data)?;
    }
    prepare(checkout, programs, &data)?;
    if let Some(ledger) = ledger {
        ledger.enrol(checkout, programs, &data)?;
    }
    shell::run(programs.command(checkout, "counterfoil").arg("--data").arg(&data))
}

/// A journey, always from an empty till, so that its pictures are the same each time. They go into the folder `name` of `out`.
fn perform(checkout: &Checkout, programs: &Programs, name: &str, options: &[&str], ledger: Option<&DemoLedger>) -> Result<(), Failure> {
    let (data, out) = (checkout.path(&format!("out/{name}-data")), checkout.path(&format!("out/{name}")));
    println!("The journey, from an empty till.");
    remove(&data)?;
    remove(&out)?;
    prepare(checkout, programs, &data)?;
    if let Some(ledger) = ledger {
        ledger.enrol(checkout, programs, &data)?;
    }
    let mut demo = programs.command(checkout, "demo");
    let program = programs.path("counterfoil");
    shell::run(programs.tell(&mut demo).arg("--program").arg(program).arg("--data").arg(&data).arg("--out").arg(&out).args(options))?;
    if let Some(ledger) = ledger {
        ledger.reconcile(checkout, programs, &data)?;
    }
    println!("\nPictures of each step, and its papers, are in {}", out.display());
    list(&out)
}

/// A till of the demonstration council with its account holders. Done once; a run that was torn is finished by the next.
fn prepare(checkout: &Checkout, programs: &Programs, data: &Path) -> Result<(), Failure> {
    let (office, till) = PLACE;
    let till = ["--pack", PACK, "--office", office, "--till", till, "--printer", "screen"];
    shell::run(programs.command(checkout, "counterfoil").arg("setup").arg("--data").arg(data).args(till))?;
    // Beside the data folder: what is in there is the program's.
    let done = data.with_extension("accounts-imported");
    if done.exists() {
        return Ok(());
    }
    let extract = data.with_extension("accounts.csv");
    shell::run(programs.command(checkout, "accounts").arg(ACCOUNTS.to_string()).args(["--pack", PACK, "--out"]).arg(&extract))?;
    shell::run(programs.command(checkout, "counterfoil").args(["accounts", "import"]).arg(&extract).arg("--data").arg(data))?;
    fs::write(&done, format!("{ACCOUNTS} account holders\n")).map_err(|error| Failure::at(&done, &error))
}

fn remove(folder: &Path) -> Result<(), Failure> {
    let at = |error: io::Error| Failure::at(folder, &error);
    let absent_is_fine = |error: io::Error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) };
    fs::remove_dir_all(folder).or_else(absent_is_fine).map_err(at)?;
    fs::remove_file(folder.with_extension("accounts-imported")).or_else(absent_is_fine).map_err(at)
}

fn list(folder: &Path) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| Failure::at(folder, &error))?;
    let mut paths: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        println!("  {}", path.display());
    }
    Ok(())
}
