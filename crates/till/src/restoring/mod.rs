//! A lost till comes back on another machine: from its mirror, from the ledger, or from both.
//!
//! The store is built beside where a till's store lies and moved there once it is whole, so that a restore that fails leaves
//! no store behind. What stays of one that fails is the key that the code was used with, and nothing else: with it the same
//! code can be used again.

mod backup;
mod ledger;
mod numbers;
mod sources;

pub use backup::{BackupRestored, BroughtBack, RestoreBackup, restore_backup};
pub use ledger::RestoreLedger;

use crate::error::TillError;
use crate::mirror::{MirrorReader, till_folder};
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::surroundings::Surroundings;
use crate::till::{Core, Opening, Till};
use counterfoil_domain::entry::Fact;
use counterfoil_domain::rights::Right;
use counterfoil_store::{BUILT_IN, LedgerNote, Opening as Place, Restoring, StoreError, TillLock, finish_replacing};
use ledger::LedgerJournal;
use numbers::Series;
use sources::{Brought, Sources};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where a lost till's journal is brought from.
#[derive(Clone, Debug, Default)]
pub struct RestoreFrom {
    /// The till's folder in the mirror, or the mirror's folder if only one till is in it.
    pub mirror: Option<PathBuf>,
    /// The ledger.
    pub ledger: Option<RestoreLedger>,
    /// The last receipt that somebody has in their hand: its number, or its place in the series.
    pub last_receipt: Option<String>,
}

/// How far a restore has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoreProgress {
    /// Entries of the mirror that were held against their hashes.
    Checked(u64),
    /// The ledger has given this machine the lost till's place.
    Enrolled,
    /// Entries in the new store.
    Brought(u64),
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Office and till, as the journal names them.
    pub name: Option<(String, String)>,
    /// Entries that were brought.
    pub entries: u64,
    /// Those that only the mirror had.
    pub only_mirror: u64,
    /// Those that only the ledger had.
    pub only_ledger: u64,
    /// The number of the next receipt.
    pub next_number: String,
    /// Receipt numbers that are left out, because they may have been given out: first and last.
    pub left_out: Option<(String, String)>,
    /// Whose session is open, and is to be counted.
    pub open_session: Option<(u64, String)>,
    /// Who needs a new PIN or password from a supervisor: theirs was given out at the lost till, and its hash was only there.
    pub shut_out: Vec<String>,
    /// The pack in force couldn't be had: it is to be applied from its folder.
    pub pack_missing: bool,
    /// The ledger takes what this till sends.
    pub enrolled: bool,
}

/// Brings a lost till's journal into a fresh data folder.
///
/// # Errors
/// `restore-not-fresh`, `restore-from-what`; what is wrong with the mirror, with what the ledger sent, or between the two
/// (`restore-disagree` names the entry). The folder then has no store, as before. `restore-other-first`: a backup that was decided to
/// come back came back instead.
pub fn restore(
    folder: &Path,
    from: &RestoreFrom,
    surroundings: Box<dyn Surroundings>,
    secrets: Box<dyn Secrets>,
    tell: &mut dyn FnMut(RestoreProgress),
) -> Result<Restored, TillError> {
    let place = Place { folder: folder.to_owned() };
    let _lock = TillLock::take(folder)?;
    // A backup that was decided to come back before the power failed comes back first: what it is built in is built in here too.
    if let Some(aside) = finish_replacing(&place)? {
        return Err(backup::other_first(&aside));
    }
    if has_store(folder)? {
        return Err(TillError::not_done("restore-not-fresh"));
    }
    if from.mirror.is_none() && from.ledger.is_none() {
        return Err(TillError::not_done("restore-from-what"));
    }
    let settings = Settings::read(folder)?;
    // The mirror is read to its end before the code is used: what is wrong with it is then found in time.
    let mirror = from.mirror.as_deref().map(|mirror| checked(mirror, tell)).transpose()?;
    let ledger = from.ledger.as_ref().map(|ledger| LedgerJournal::take_place(ledger, &*secrets, &*surroundings)).transpose()?;
    if ledger.is_some() {
        tell(RestoreProgress::Enrolled);
    }
    let beside = Beside::make(folder)?;
    let brought = Sources { mirror, ledger }.bring(&beside.place(), tell)?;
    let restored = made_a_till(&beside, &brought, from.last_receipt.as_deref(), surroundings, secrets)?;
    put_in_place(&beside, &place, &settings, from.ledger.as_ref())?;
    Ok(restored)
}

/// Anything of a store, a log without its file included.
fn has_store(folder: &Path) -> Result<bool, TillError> {
    let unreadable = |source| TillError::from(StoreError::File { path: folder.to_owned(), source });
    for item in std::fs::read_dir(folder).map_err(unreadable)? {
        let name = item.map_err(unreadable)?.file_name();
        if name.to_string_lossy().starts_with(counterfoil_store::STORE_FILE) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads a mirror to its end, and answers it at its beginning.
fn checked(mirror: &Path, tell: &mut dyn FnMut(RestoreProgress)) -> Result<MirrorReader, TillError> {
    let folder = till_folder(mirror)?;
    let mut reader = MirrorReader::open(&folder)?;
    while reader.next()?.is_some() {
        if reader.head().seq.is_multiple_of(sources::AT_A_TIME as u64) {
            tell(RestoreProgress::Checked(reader.head().seq));
        }
    }
    tell(RestoreProgress::Checked(reader.head().seq));
    MirrorReader::open(&folder)
}

/// The folder in which the store is built; gone when this is dropped.
struct Beside(PathBuf);

impl Beside {
    fn make(folder: &Path) -> Result<Beside, TillError> {
        let path = folder.join(BUILT_IN);
        begin_anew(&path)?;
        Ok(Beside(path))
    }

    fn place(&self) -> Place {
        Place { folder: self.0.clone() }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Opens the store that was built and writes down that it was brought here, where the receipts go on, and who it is to the ledger.
fn made_a_till(
    beside: &Beside,
    brought: &Brought,
    last_receipt: Option<&str>,
    surroundings: Box<dyn Surroundings>,
    secrets: Box<dyn Secrets>,
) -> Result<Restored, TillError> {
    let till = Till::open(Opening {
        folder: beside.0.clone(),
        resources: PathBuf::new(),
        surroundings,
        listener: Box::new(|_| {}),
        prints: false,
        sends: false,
        secrets,
        layers: crate::settings_in_force::Layers::default(),
    })?;
    let core = &till.core;
    core.store.verify()?;
    let name = core.store.read(|reading| reading.till_name())?;
    let council = core.council().ok();
    let known = core.store.read(|reading| reading.next_serial())? - 1;
    let series = Series { known, name: name.as_ref(), council: council.as_deref() };
    let last_serial = series.given_out(last_receipt)?;
    let shut_out = shut_out(core, &brought.given_secrets)?;
    core.note(
        None,
        None,
        Fact::JournalRestored { entries: brought.entries, only_mirror: brought.only_mirror, only_ledger: brought.only_ledger, last_serial },
    )?;
    crate::first_start::was_restored(core)?;
    crate::cards::may_have_been_sent(core)?;
    keep_enrolment(core, brought)?;
    let open = core.store.read(|reading| reading.open_session())?;
    Ok(Restored {
        name: name.as_ref().map(|name| (name.office_code.clone(), name.till_code.clone())),
        entries: brought.entries,
        only_mirror: brought.only_mirror,
        only_ledger: brought.only_ledger,
        next_number: series.written(last_serial + 1),
        left_out: (last_serial > known).then(|| (series.written(known + 1), series.written(last_serial))),
        open_session: open.map(|session| (session.number, session.user_code)),
        shut_out,
        pack_missing: council.is_none(),
        enrolled: brought.enrolled.is_some(),
    })
}

/// Nobody signs in with the pack's secret whom a supervisor had given another. Where that would leave nobody who gives out
/// secrets, those who may do so keep the pack's.
fn shut_out(core: &Core, given: &BTreeSet<String>) -> Result<Vec<String>, TillError> {
    let Ok(council) = core.council() else { return Ok(Vec::new()) };
    let managers = council.users.iter().filter(|user| !user.disabled && council.may(user, Right::ManageUsers));
    let managers: BTreeSet<&str> = managers.map(|user| user.code.as_str()).collect();
    let somebody_is_left = managers.iter().any(|code| !given.contains(*code));
    let out: Vec<String> = given.iter().filter(|code| somebody_is_left || !managers.contains(code.as_str())).cloned().collect();
    for code in &out {
        core.store.shut_out(code)?;
    }
    Ok(out)
}

/// Who this till is to the ledger, and how much of the journal the ledger has: the pump sends the rest.
fn keep_enrolment(core: &Core, brought: &Brought) -> Result<(), TillError> {
    let Some((enrolled, head)) = &brought.enrolled else { return Ok(()) };
    let unwritable = |error: serde_json::Error| TillError::not_done("internal").because(error);
    let name = core.store.read(|reading| reading.till_name())?;
    if name.is_some_and(|name| name.office_code != enrolled.office_code || name.till_code != enrolled.till_code) {
        return Err(TillError::not_done("ledger-other-till").with("office", &enrolled.office_code).with("till", &enrolled.till_code));
    }
    let (text, signed) = (serde_json::to_string(enrolled).map_err(unwritable)?, serde_json::to_string(head).map_err(unwritable)?);
    core.store.keep_ledger_note(LedgerNote::Enrolment, Some(&text))?;
    core.store.acknowledge(head.head.seq, Some(&signed))?;
    core.note(None, None, Fact::TillEnrolled { till_number: enrolled.till_number, ledger_key: enrolled.ledger_key.0.clone() })?;
    Ok(())
}

/// Makes the folder in which a store is built. What an earlier try left there was never decided.
fn begin_anew(built: &Path) -> Result<(), TillError> {
    let not_made = |source| TillError::from(StoreError::File { path: built.to_owned(), source });
    match std::fs::remove_dir_all(built) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(not_made(error)),
        _ => {}
    }
    std::fs::create_dir(built).map_err(not_made)
}

/// Moves the store to where the till opens it. The settings stay the machine's, but for where the ledger is.
fn put_in_place(beside: &Beside, place: &Place, settings: &Settings, ledger: Option<&RestoreLedger>) -> Result<(), TillError> {
    if let Some(ledger) = ledger {
        Settings { ledger: Some(ledger.settings()), ..settings.clone() }.write(&place.folder)?;
    }
    Restoring::put_in_place(&beside.place(), place).map_err(|error| {
        if ledger.is_some() {
            let _ = settings.write(&place.folder);
        }
        error.into()
    })
}
