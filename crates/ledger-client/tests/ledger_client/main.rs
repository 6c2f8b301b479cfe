//! What both sides of the line make of it: the client against the hub and against ledgers that fail.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test's helpers fail the test")]

mod access;
mod both_sides;
mod common;
mod faults;
mod hub;
mod outgoing;
mod probe;
mod soak;
