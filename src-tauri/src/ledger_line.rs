//! What IT types about the ledger.

use crate::command_line::{open, out, read_only_data};
use chrono::NaiveDate;
use clap::Subcommand;
use counterfoil_till::api::ledger::EnrolTill;
use counterfoil_till::{LedgerDifference, TillError};
use std::path::{Path, PathBuf};

/// The central ledger.
#[derive(Subcommand)]
pub enum LedgerTask {
    /// Make this till known to a ledger, with a one-time code from its administrator.
    Enrol {
        /// Its address, such as https://ledger.example.gov.uk.
        #[arg(long)]
        url: String,
        /// The code.
        #[arg(long)]
        code: String,
        /// The council's own certificate authority (PEM), where the system doesn't know it.
        #[arg(long)]
        authority: Option<PathBuf>,
    },
    /// Hold these days at the till against the ledger, both sides row by row; exit code 1 on any difference. The counter may be open.
    Reconcile {
        /// The first day, as 2026-11-23.
        #[arg(long)]
        from: NaiveDate,
        /// The last day.
        #[arg(long)]
        to: NaiveDate,
    },
}

/// Runs one.
pub fn perform(data: &Path, task: LedgerTask) -> Result<(), TillError> {
    match task {
        LedgerTask::Enrol { url, code, authority } => {
            let authority = authority.map(|path| path.display().to_string());
            open(data)?.enrol(None, &EnrolTill { url, code, authority })?;
            out("This till is known to the ledger.");
            Ok(())
        }
        LedgerTask::Reconcile { from, to } => reconcile(&read_only_data(data)?.reconcile(from, to)?),
    }
}

fn reconcile(rows: &[LedgerDifference]) -> Result<(), TillError> {
    out("session  MOP    fund   at the till             at the ledger");
    for row in rows {
        let differs = if row.till == row.ledger { "" } else { "  DIFFERS" };
        let side = |(count, amount): &(u64, counterfoil_till::Pence)| format!("{count:>6} {:>16}", amount.to_string());
        let (till, ledger) = (side(&row.till), side(&row.ledger));
        out(&format!("{:>7}  {:<5}  {:<5}  {till}  {ledger}{differs}", row.session, row.mop_code, row.fund_code));
    }
    match rows.iter().filter(|row| row.till != row.ledger).count() {
        0 => {
            out("Both sides agree.");
            Ok(())
        }
        count => Err(TillError::not_done("ledger-differs").with("count", count)),
    }
}
