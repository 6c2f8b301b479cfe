//! What the hub's program does: its calls, its page and its own start, on a real PostgreSQL.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test's helpers fail the test")]

mod callers;
mod commands;
mod common;
mod database_tls;
mod entries;
mod page;
mod page_in_chromium;
mod reference;
mod running;
mod tls;
mod watching;
