//! What IT types when a till is lost.

use crate::command_line::out;
use crate::folders;
use crate::ledger_line::warn_of_the_clear;
use clap::Args;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{RestoreFrom, RestoreLedger, RestoreProgress, Restored, TillError, restore};
use std::path::{Path, PathBuf};

/// Entries between two lines of progress.
const BETWEEN_LINES: u64 = 50_000;

/// Where a lost till's journal is brought from.
#[derive(Args)]
pub struct RestoreArguments {
    /// The till's folder in the mirror, or the mirror's folder if only one till is in it.
    #[arg(long, value_name = "DIR")]
    mirror: Option<PathBuf>,
    /// The ledger's address, such as https://ledger.example.gov.uk.
    #[arg(long, requires = "code")]
    url: Option<String>,
    /// The one-time code for the replacement of the lost till.
    #[arg(long, requires = "url")]
    code: Option<String>,
    /// The council's own certificate authorities (PEM). With them no others are trusted.
    #[arg(long, requires = "url")]
    authority: Option<PathBuf>,
    /// The last receipt that somebody has in their hand: receipts go on after it. Without it, a thousand numbers are left out.
    #[arg(long, value_name = "NUMBER")]
    last_receipt: Option<String>,
}

/// Restores, and says what came of it.
pub fn perform(data: &Path, arguments: RestoreArguments) -> Result<(), TillError> {
    let RestoreArguments { mirror, url, code, authority, last_receipt } = arguments;
    if let Some(url) = &url {
        warn_of_the_clear(url);
    }
    let ledger = url.zip(code).map(|(url, code)| RestoreLedger { url, code, authority });
    let from = RestoreFrom { mirror, ledger, last_receipt };
    let mut told = 0;
    let restored = restore(data, &from, Box::new(Machine), folders::secrets(data), &mut |progress| say(progress, &mut told))?;
    report(&restored);
    Ok(())
}

fn say(progress: RestoreProgress, told: &mut u64) {
    let (count, what) = match progress {
        RestoreProgress::Checked(count) => (count, "entries of the mirror checked"),
        RestoreProgress::Brought(count) => (count, "entries restored"),
        RestoreProgress::Enrolled => {
            *told = 0;
            return out("The ledger takes this machine for the lost till, and refuses the lost one from now on.");
        }
    };
    if count < *told {
        *told = 0;
    }
    if count >= *told + BETWEEN_LINES {
        *told = count;
        out(&format!("{count} {what}"));
    }
}

fn report(restored: &Restored) {
    let name = restored.name.as_ref().map_or_else(String::new, |(office, till)| format!(" Till {till} at office {office}."));
    let Restored { entries, only_mirror, only_ledger, .. } = restored;
    out(&format!("{entries} entries restored, {only_mirror} of them from the mirror only, {only_ledger} from the ledger only.{name}"));
    if let Some((first, last)) = &restored.left_out {
        out(&format!("Receipt numbers {first} to {last} are left out: the lost till may have given them out."));
    }
    out(&format!("The next receipt is {}.", restored.next_number));
    if let Some((number, user)) = &restored.open_session {
        out(&format!("Session {number} of {user} is open. Have a supervisor count it."));
    }
    if !restored.shut_out.is_empty() {
        out(&format!("A supervisor must give a new PIN or password to: {}.", restored.shut_out.join(", ")));
    }
    if restored.pack_missing {
        out("The council pack isn't among what was restored. Apply it: counterfoil pack apply FOLDER.");
    }
    if !restored.enrolled {
        out("This till isn't known to a ledger. If the lost one was: counterfoil ledger enrol, with a code that replaces it.");
    }
    out("Set this machine's printer and mirror (settings.json), and import the extract of account holders.");
}
