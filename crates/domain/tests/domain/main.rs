//! What the rules say, each against its table or a property.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test's helpers fail the test")]

mod approvals;
mod card_numbers;
mod common;
mod corrections;
mod sale_policies;
