//! What printers and scanners answer, on a network, a serial line, a queue and in a folder.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod folder_printer;
mod fuzz;
mod network_printer;
#[cfg(unix)]
mod queue_printer;
#[cfg(unix)]
mod scripted_printer;
#[cfg(unix)]
mod serial_printer;
#[cfg(unix)]
mod serial_scanner;
