//! Fuzzing: the property tests whose names begin with `fuzz_`, with the release's optimiser and a million cases each. The ordinary tests run
//! the same with few.

use crate::checkout::Checkout;
use crate::shell::{self, Failure};

/// Where there are any: a package, and which of its tests.
const TARGETS: &[&[&str]] = &[
    &["--package", "counterfoil-terminals", "--lib"],
    &["--package", "counterfoil-devices", "--lib", "--test", "devices"],
    &["--package", "counterfoil-pack", "--test", "pack"],
];

/// Runs each of them with so many cases.
///
/// # Errors
/// One of them fails, with the smallest input that makes it.
pub fn fuzz(checkout: &Checkout, cases: u32) -> Result<(), Failure> {
    for target in TARGETS {
        println!("{cases} cases of each in {}", target[1]);
        let mut tests = checkout.cargo(["test", "--profile", "bench-fast"]);
        tests.args(*target).args(["--", "fuzz_", "--nocapture", "--test-threads=2"]);
        // A failure is told, and left to whoever writes it down as a test.
        tests.env("PROPTEST_CASES", cases.to_string()).env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1");
        shell::run(&mut tests)?;
    }
    Ok(())
}
