//! What a till does: its commands, its workers and its devices, each against what really answers it.
//!
//! One program: each further one would be linked with all that it needs, and take its place on the disk.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helpers fail the test")]

mod backups;
mod banking;
mod card_data;
mod cards;
mod cards_back;
mod cards_model;
mod carried;
mod cash_up;
mod common;
mod corrections;
mod counter;
mod days;
mod devices;
mod differences;
mod doctor;
mod first_start;
mod in_parts;
mod ledger;
mod ledger_ims;
mod mirror;
mod nexo;
mod nexo_trouble;
mod own_cash;
mod pictures;
mod policy_templates;
#[cfg(unix)]
mod printer_lines;
mod printing;
mod reads;
mod reports;
mod restoring;
mod scanning;
#[cfg(unix)]
mod scans_waiting;
mod settings;
mod settings_in_force;
mod slips;
mod unsent_note;
mod users;
