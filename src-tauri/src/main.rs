//! # Counterfoil, the program
//!
//! What lives here: the desktop shell. The window with its one `rpc` entry, the command line, the log. Both go through the
//! table of commands of the `till` crate.
//!
//! What never will: a rule, a query, a word that a cashier reads.
//!
//! Where to start reading: [`command_line`] for what IT types, [`window`] for what cashiers see.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod backup_line;
mod command_line;
mod doctor_line;
mod folders;
mod layers;
mod ledger_line;
mod log;
mod machine;
mod restore_line;
mod settings_line;
mod terminal_line;
mod window;
#[cfg(windows)]
mod windows;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = command_line::Arguments::parse();
    let data = arguments.data.clone().unwrap_or_else(folders::data);
    // The log lives as long as the program; what it still holds is written when this is dropped.
    let _log = log::start(&data);
    match arguments.task {
        None => window::run(data, arguments.quiet),
        Some(task) => command_line::run(&data, task),
    }
}
