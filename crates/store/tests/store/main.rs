//! What the store keeps: against the models of `common`, and against damaged and older stores.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod backup;
mod card_payments;
mod common;
mod damaged;
mod extract;
mod extract_changes;
mod journal;
mod outbox;
mod reports;
