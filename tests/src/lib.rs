//! # What crosses crates
//!
//! What lives here: the harness that drives the real window through WebDriver ([`window`]), the one that drives the `rpc`
//! program ([`rpc`]), a till that sends to a real hub ([`sending`]), the demonstration journey, and the tests that use them.
//!
//! What never will: a rule, or a second way into the till.
//!
//! Where to start reading: [`window::Counter`], then `tests/journeys/main.rs`.

pub mod day;
pub mod demo;
pub mod journey;
pub mod rpc;
pub mod sending;
#[cfg(target_os = "linux")]
pub mod small_disk;
pub mod window;

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long anything may take before a test says that it doesn't happen. Nothing is timed by it.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Asks again and again until there is an answer.
///
/// # Panics
/// When there is none in all that time.
#[expect(clippy::disallowed_methods, reason = "the end of patience with another process is a matter of real time")]
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(Instant::now() < end, "not yet: {what}");
        std::thread::park_timeout(Duration::from_millis(1));
    }
}

/// A program of this workspace: where the environment variable says, or in the checkout's own debug build.
pub fn program(variable: &str, name: &str) -> PathBuf {
    let built =
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    std::env::var_os(variable).map_or_else(built, PathBuf::from)
}
