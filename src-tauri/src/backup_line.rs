//! What IT types to copy a till's data, and to bring it back.

use crate::command_line::{out, read_only_data};
use crate::folders;
use clap::Args;
use counterfoil_till::surroundings::Machine;
use counterfoil_till::{BackupRestored, BroughtBack, RestoreBackup, TillError, restore_backup};
use std::path::{Path, PathBuf};

/// Per cent between two lines of progress.
const BETWEEN_LINES: u32 = 10;

/// A backup to be brought back.
#[derive(Args)]
pub struct RestoreBackupArguments {
    /// The backup's file.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Leave out what the till's data has and the backup hasn't: the number of entries that a refusal names, or “unknown”.
    #[arg(long, value_name = "ENTRIES")]
    leave_out: Option<String>,
    /// The last receipt that somebody has in their hand: receipts go on after it. Where the till's data is gone and this isn't given, a
    /// thousand numbers are left out.
    #[arg(long, value_name = "NUMBER")]
    last_receipt: Option<String>,
}

/// Copies the till's data into a folder. The counter may be open.
pub fn back_up(data: &Path, folder: &Path) -> Result<(), TillError> {
    let mut told = 0;
    let made = read_only_data(data)?.back_up(folder, &mut |percent| say(percent, &mut told))?;
    out(&format!("{} entries, {} MB, looked at after writing: {}", made.head.seq, made.bytes >> 20, made.file.display()));
    Ok(())
}

fn say(percent: u32, told: &mut u32) {
    if percent >= *told + BETWEEN_LINES {
        *told = percent - percent % BETWEEN_LINES;
        out(&format!("{told} %"));
    }
}

/// Brings a backup back, and says what came of it.
pub fn restore(data: &Path, arguments: RestoreBackupArguments) -> Result<(), TillError> {
    let RestoreBackupArguments { from: file, leave_out, last_receipt } = arguments;
    let from = RestoreBackup { file, leave_out, last_receipt };
    let mut told = 0;
    let mut tell = |done: u64, of: u64| say(u32::try_from(done * 100 / of.max(1)).unwrap_or(100), &mut told);
    let BroughtBack { entries, hash_checked, aside, next_number, left_out } =
        match restore_backup(data, &from, Box::new(Machine), folders::secrets(data), &mut tell)? {
            BackupRestored::Now(back) => back,
            BackupRestored::Earlier { aside } => {
                out("The restore of this backup that was decided earlier is carried through now. Nothing more has to be done.");
                say_aside(aside.as_deref());
                return Ok(());
            }
        };
    out(&format!("{entries} entries are back."));
    if !hash_checked {
        out("There was no .sha256 file beside the backup to hold it against; its journal's own chain holds.");
    }
    say_aside(aside.as_deref());
    if let Some((first, last)) = left_out {
        out(&format!("Receipt numbers {first} to {last} are left out: they may have been given out."));
    }
    out(&format!("The next receipt is {next_number}. If the status line says so, import the extract of account holders again."));
    Ok(())
}

fn say_aside(aside: Option<&Path>) {
    if let Some(aside) = aside {
        out(&format!("What was in its place is {}.", aside.display()));
    }
}
