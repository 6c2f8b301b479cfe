//! Measuring: the bench program of the testkit, built with the release's optimiser and without its link time.

use crate::checkout::Checkout;
use crate::debian::{self, Need};
use crate::programs::{Programs, SHIPPED_FEATURES};
use crate::shell::{self, Failure};
use crate::ui;

/// Builds what is measured and measures it.
///
/// # Errors
/// Something doesn't build, or the bench itself fails. A bound that is not met is a figure, not a failure.
pub fn bench(checkout: &Checkout, name: Option<&str>, quick: bool) -> Result<(), Failure> {
    debian::install(checkout, Need::Test)?;
    ui::install(checkout)?;
    ui::build(checkout)?;
    let packages = ["--package", "counterfoil", "--package", "counterfoil-testkit", "--package", "counterfoil-tests"];
    // The bench finds the others beside itself.
    let bins = ["--bin", "counterfoil", "--bin", "bench", "--bin", "rpc", "--bin", "starts", "--bin", "scans"];
    shell::run(checkout.cargo(["build", "--profile", "bench-fast", SHIPPED_FEATURES]).args(packages).args(bins))?;
    measure(checkout, &Programs::of(checkout, "bench-fast"), name, quick)
}

/// A smoke run with programs that are there already, whose figures mean nothing.
///
/// # Errors
/// The bench fails.
pub fn smoke(checkout: &Checkout, programs: &Programs) -> Result<(), Failure> {
    println!("With the unoptimised programs of the tests: that every bench runs is what counts here, not its figures.");
    measure(checkout, programs, None, true)
}

fn measure(checkout: &Checkout, programs: &Programs, name: Option<&str>, quick: bool) -> Result<(), Failure> {
    shell::run(programs.command(checkout, "bench").args(name).args(quick.then_some("--quick")))
}
