//! What callers see: the request and response of every command, in one place because it is a contract. The window's
//! TypeScript is generated from these types, and so is the `rpc` program's help.
//!
//! Amounts are whole pence; amounts that people type arrive as they typed them. Times are shown in the council's own time
//! zone as `2026-11-23 10:42`.

pub mod accounts;
pub mod backups;
pub mod banking;
pub mod cards;
pub mod cash;
pub mod cash_up;
pub mod corrections;
pub mod devices;
pub mod ledger;
pub mod people;
pub mod printing;
pub mod receipts;
pub mod references;
pub mod reports;
pub mod sales;
pub mod scanning;
pub mod sessions;
pub mod start;
pub mod upkeep;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request or an answer that has nothing to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// What the window should read again after something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// Who is signed in, or locked.
    People,
    /// The session.
    Session,
    /// Receipts and takings.
    Receipts,
    /// Parked sales.
    Parked,
    /// Print jobs and the on-screen printer's paper.
    Printing,
    /// The extract, or an import's progress.
    Accounts,
    /// The council pack or the till's settings.
    Configuration,
    /// How sending to the ledger stands.
    Ledger,
    /// Card payments at the terminal.
    Cards,
    /// The serial scanner has read something, was plugged in or unplugged.
    Scanned,
    /// A check-up, or a backup.
    Upkeep,
}
