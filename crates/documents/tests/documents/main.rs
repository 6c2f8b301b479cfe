//! What receipts, slips, sheets and reports look like.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod a4;
mod common;
mod day_end;
mod layout;
mod paper;
mod pdf;
mod receipt;
