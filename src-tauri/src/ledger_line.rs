//! What IT types about the ledger.

use crate::command_line::{open, out, read_only_data, secret, warn};
use chrono::NaiveDate;
use clap::Subcommand;
use counterfoil_till::api::ledger::EnrolTill;
use counterfoil_till::{CountAndValue, ImsAuth, ImsDay, LedgerDifference, Pence, TillError, UseIms, english_message, is_in_the_clear};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The central ledger.
#[derive(Subcommand)]
pub enum LedgerTask {
    /// Make this till known to a ledger, with a one-time code from its administrator.
    Enrol {
        /// Its address, such as https://ledger.example.gov.uk.
        #[arg(long)]
        url: String,
        /// The code. Without one, only the address and the authority of a till that is known already are changed.
        #[arg(long, default_value = "", hide_default_value = true)]
        code: String,
        /// The council's own certificate authorities (PEM). With them no others are trusted.
        #[arg(long)]
        authority: Option<PathBuf>,
        /// Take the office and name that the ledger knows this till by, where nothing was taken on it yet.
        #[arg(long)]
        take_name: bool,
    },
    /// Pay takings into a LocalGov IMS from now on. A token or key is read from COUNTERFOIL_SECRET or from standard input.
    Ims {
        /// Where its API is, with any path before /api, such as https://gateway.example.gov.uk/ims.
        #[arg(long)]
        url: String,
        /// How to be let in: none, bearer or api-key:HEADER.
        #[arg(long, default_value = "none", value_parser = typed_auth)]
        auth: ImsAuth,
        /// The council's own certificate authorities (PEM). With them no others are trusted.
        #[arg(long)]
        authority: Option<PathBuf>,
        /// A client certificate and its key (PEM). They are kept with the till's secrets; the file is not read again.
        #[arg(long, value_name = "FILE")]
        client_certificate: Option<PathBuf>,
    },
    /// Hold the council pack's funds and methods of payment against the IMS's; exit code 1 on any difference. The counter may be open.
    Compare,
    /// Hold these days at the till against the ledger, both sides in full; exit code 1 on any difference. The counter may be open.
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
        LedgerTask::Enrol { url, code, authority, take_name } => {
            let authority = authority.map(|path| path.display().to_string());
            warn_of_the_clear(&url);
            open(data)?.enrol(None, &EnrolTill { url, code, authority, in_the_clear: true, take_name })?;
            out("This till is known to the ledger.");
            Ok(())
        }
        LedgerTask::Ims { url, auth, authority, client_certificate } => {
            warn_of_the_clear(&url);
            let secret = if auth == ImsAuth::None { None } else { Some(secret()?) };
            let trouble = open(data)?.use_ims(&UseIms { url, auth, secret, authority, client_certificate })?;
            out("Takings go to the IMS from now on.");
            if let Some(trouble) = trouble {
                out(&format!("It can't be reached now: {trouble}."));
            }
            Ok(())
        }
        LedgerTask::Compare => compare(data),
        LedgerTask::Reconcile { from, to } => {
            let till = read_only_data(data)?;
            if till.pays_into_ims() { reconcile_days(&till.reconcile_with_ims(from, to)?) } else { reconcile(&till.reconcile(from, to)?) }
        }
    }
}

/// Whoever types a command is told, and has decided.
pub(crate) fn warn_of_the_clear(url: &str) {
    if is_in_the_clear(url) {
        warn(&english_message("ledger-in-the-clear", &BTreeMap::new()));
    }
}

/// How to be let in, as it is typed.
fn typed_auth(text: &str) -> Result<ImsAuth, String> {
    match text.split_once(':') {
        None if text == "none" => Ok(ImsAuth::None),
        None if text == "bearer" => Ok(ImsAuth::Bearer),
        Some(("api-key", header)) if !header.is_empty() => Ok(ImsAuth::ApiKey { header: header.to_owned() }),
        _ => Err("must be none, bearer or api-key:HEADER".to_owned()),
    }
}

fn compare(data: &Path) -> Result<(), TillError> {
    let differences = read_only_data(data)?.compare_with_ims()?;
    differences.iter().for_each(|difference| out(&difference.to_string()));
    match differences.len() {
        0 => {
            out("The IMS has what the council pack says.");
            Ok(())
        }
        count => Err(TillError::not_done("ledger-ims-differs").with("count", count)),
    }
}

fn side((count, amount): (u64, Pence)) -> String {
    format!("{count:>6} {:>16}", amount.to_string())
}

fn of((name, part): (&str, CountAndValue)) -> Option<String> {
    (part.count > 0).then(|| format!("{name} {} ({})", part.count, part.amount_pence))
}

/// Postings and their value, day by day, and each receipt that differs or couldn't be asked about.
fn reconcile_days(days: &[ImsDay]) -> Result<(), TillError> {
    out("day         receipts  at the till             in the IMS");
    for ImsDay { day, both } in days {
        let differs = if both.agrees() { "" } else { "  DIFFERS" };
        let [till, ims] = [both.till, both.ims].map(|part| side((part.count, part.amount_pence)));
        out(&format!("{day}  {:>8}  {till}  {ims}{differs}", both.receipts));
        for receipt in &both.differences {
            let parts = [("missing", receipt.missing), ("extra", receipt.extra), ("different", receipt.different)];
            let said = parts.into_iter().filter_map(of).collect::<Vec<_>>().join(", ");
            out(format!("  {}: {said}  {}", receipt.number, receipt.references.join(" ")).trim_end());
        }
        for (number, reason) in &both.not_known {
            out(&format!("  {number}: not known: {reason}"));
        }
    }
    match days.iter().map(|ImsDay { both, .. }| both.differences.len() + both.not_known.len()).sum::<usize>() {
        0 => {
            out("Both sides agree.");
            Ok(())
        }
        count => Err(TillError::not_done("ledger-differs").with("count", count)),
    }
}

fn reconcile(rows: &[LedgerDifference]) -> Result<(), TillError> {
    out("session  MOP    fund   at the till             at the ledger");
    for row in rows {
        let differs = if row.till == row.ledger { "" } else { "  DIFFERS" };
        let (till, ledger) = (side(row.till), side(row.ledger));
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
