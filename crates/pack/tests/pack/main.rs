//! What the packs, their schemas and their mistakes are read as.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test's helpers fail the test")]

mod delivered;
mod every_field;
mod folders;
mod fuzz;
mod mistakes;
mod packs;
mod schemas;
