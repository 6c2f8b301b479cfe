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

/// A program of this workspace: where the environment variable says, or in the checkout's own debug build.
pub fn program(variable: &str, name: &str) -> PathBuf {
    let built =
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    std::env::var_os(variable).map_or_else(built, PathBuf::from)
}
