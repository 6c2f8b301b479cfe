//! What IT types about the card terminal.

use crate::command_line::{open, out, secret};
use clap::{Args, Subcommand};
use counterfoil_terminals::NexoTarget;
use counterfoil_till::TillError;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The card terminal that this till drives.
#[derive(Subcommand)]
pub enum TerminalTask {
    /// Pair a terminal that speaks nexo: ask it how it is, and drive it from now on. The passphrase of the key that was agreed is read from
    /// COUNTERFOIL_SECRET or from standard input.
    Pair(Pairing),
    /// Drive no terminal from now on, and forget the passphrase: cards are paid on a stand-alone terminal, and its slip is typed.
    Unpair,
}

/// A terminal, and what was agreed with it.
#[derive(Args)]
pub struct Pairing {
    /// Its name or address on the network.
    #[arg(long)]
    host: String,
    /// Its port.
    #[arg(long, default_value_t = 8443)]
    port: u16,
    /// Its model and serial number, such as P400Plus-275479597.
    #[arg(long)]
    poi_id: String,
    /// What this till calls itself at the terminal.
    #[arg(long)]
    sale_id: String,
    /// The key's name.
    #[arg(long)]
    key_identifier: String,
    /// The key's version.
    #[arg(long)]
    key_version: u32,
    /// The root certificate (PEM) of the terminal's maker. No other is trusted.
    #[arg(long)]
    authority: PathBuf,
    /// It takes real money. Without this a terminal for tests is meant.
    #[arg(long)]
    live: bool,
}

/// Runs one.
pub fn perform(data: &Path, task: TerminalTask) -> Result<(), TillError> {
    match task {
        TerminalTask::Pair(pairing) => pair(data, pairing),
        TerminalTask::Unpair => {
            let was_driven = open(data)?.unpair_terminal()?;
            out(if was_driven { "This till drives no card terminal any more." } else { "This till drives no card terminal." });
            Ok(())
        }
    }
}

fn pair(data: &Path, pairing: Pairing) -> Result<(), TillError> {
    let Pairing { host, port, poi_id, sale_id, key_identifier, key_version, authority, live } = pairing;
    let target = json!({ "host": host, "port": port, "poi_id": poi_id, "sale_id": sale_id, "key_identifier": key_identifier,
        "key_version": key_version, "authority": authority, "live": live });
    // With whatever is as by default.
    let target: NexoTarget = serde_json::from_value(target).map_err(|error| TillError::not_done("terminal-bad-settings").because(error))?;
    let health = open(data)?.pair_terminal(target, &secret()?)?;
    out(&format!("This till drives the terminal from now on. It says: {}.", health.state));
    match (health.simulated, health.host_reached) {
        (true, _) => out("It is a terminal for tests: no money moves."),
        (false, Some(false)) => out("It doesn't reach its acquirer now."),
        _ => {}
    }
    Ok(())
}
