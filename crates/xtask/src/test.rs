//! Everything that must hold, in the order in which it fails soonest.

use crate::bench;
use crate::checkout::Checkout;
use crate::debian::{self, Need};
use crate::directions;
use crate::generate;
use crate::programs::{self, Programs, SHIPPED_FEATURES};
use crate::progress::Progress;
use crate::room;
use crate::shell::{self, Failure};
use crate::tracked;
use crate::ui;

/// `cargo xtask test`.
///
/// # Errors
/// The first step that fails; its name and reason are the last line printed.
pub fn test(checkout: &Checkout) -> Result<(), Failure> {
    let mut progress = Progress::default();
    progress.step("room on the disk", || room::check(checkout))?;
    static_checks(checkout, &mut progress)?;
    progress.step("build every program and test", || programs::build_for_tests(checkout).map(drop))?;
    let programs = Programs::of(checkout, "debug");
    progress.step("the UI's types are as generated", || generate::check_built(checkout, &programs))?;
    progress.step("UI: unit tests", || ui_tests(checkout))?;
    progress.step("tests: rules, programs, journeys through the window", || {
        shell::run(programs.tell(&mut checkout.cargo(["test", "--workspace", SHIPPED_FEATURES])))
    })?;
    progress.step("every bench runs", || bench::smoke(checkout, &programs))?;
    progress.summary();
    println!("\nEverything holds.");
    Ok(())
}

/// `cargo xtask lint`.
///
/// # Errors
/// The first step that fails.
pub fn lint(checkout: &Checkout) -> Result<(), Failure> {
    let mut progress = Progress::default();
    static_checks(checkout, &mut progress)?;
    progress.summary();
    Ok(())
}

/// `cargo xtask setup`.
///
/// # Errors
/// What is missing and can't be installed from here.
pub fn setup(checkout: &Checkout) -> Result<(), Failure> {
    debian::install(checkout, Need::Test)?;
    install_cargo_deny(checkout)?;
    ui::install(checkout)?;
    ui::build(checkout)
}

fn static_checks(checkout: &Checkout, progress: &mut Progress) -> Result<(), Failure> {
    progress.step("formatting", || shell::run(&mut checkout.cargo(["fmt", "--all", "--", "--check"])))?;
    progress.step("dependencies run one way", || directions::check(checkout))?;
    progress.step("system packages", || debian::install(checkout, Need::Test))?;
    progress.step("tracked files", || tracked::check(checkout))?;
    progress.step("UI: packages", || ui::install(checkout))?;
    progress.step("UI: types and Svelte", || ui::script(checkout, "check"))?;
    progress.step("UI: build", || ui::build(checkout))?;
    progress.step("clippy", || {
        let all = ["clippy", "--workspace", "--all-targets", SHIPPED_FEATURES, "--", "-D", "warnings"];
        shell::run(&mut checkout.cargo(all))
    })?;
    progress.step("licences, bans and sources of what we depend on", || {
        install_cargo_deny(checkout)?;
        // Advisories come from a database on the network, and change without a change of ours: not a test of this tree.
        println!("Advisories are not looked at here: `cargo deny check advisories` does, with a network.");
        let looked_at = ["licenses", "bans", "sources"];
        shell::run(checkout.cargo(["deny", "check", "--hide-inclusion-graph"]).args(looked_at))
    })
}

fn ui_tests(checkout: &Checkout) -> Result<(), Failure> {
    if !ui::has_script(checkout, "test")? {
        return Err(Failure::new("ui/package.json has no script `test`"));
    }
    ui::script(checkout, "test")
}

fn install_cargo_deny(checkout: &Checkout) -> Result<(), Failure> {
    if shell::is_installed("cargo-deny") {
        return Ok(());
    }
    shell::run(&mut checkout.cargo(["install", "--locked", "cargo-deny@0.20.2"]))
}
