//! The programs themselves, from outside: started, killed at each step, on a full or read-only disk, with a ledger that is away.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod command_line;
mod damaged;
#[cfg(unix)]
mod failing_disk;
#[cfg(target_os = "linux")]
mod full_disk;
mod killed;
mod killed_at_card;
mod killed_at_cash_up;
mod killed_backup;
#[cfg(unix)]
mod killed_paying_in;
mod killed_printing;
mod killed_sending;
mod ledger;
mod ledger_line;
#[cfg(unix)]
mod lost_till;
#[cfg(target_os = "linux")]
mod mirror_full;
mod mirror_killed;
#[cfg(target_os = "linux")]
mod read_only;
mod reference_down;
mod restore_line;
mod upkeep_line;
#[cfg(target_os = "linux")]
mod window_closes;
