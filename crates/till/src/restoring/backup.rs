//! A till's data comes back from a backup. What is in its place is set aside, never deleted, and nothing that was taken is left out
//! without somebody saying how much it is.

use super::begin_anew;
use super::numbers::Series;
use crate::backups::stamp;
use crate::error::TillError;
use crate::secrets::Secrets;
use crate::settings_in_force::Layers;
use crate::surroundings::Surroundings;
use crate::till::{Opening, Till};
use counterfoil_domain::Pence;
use counterfoil_domain::entry::Fact;
use counterfoil_store::{
    BUILT_IN, Opening as Place, STORE_FILE, Store, StoreError, TillLock, back_up, check_hash, decide_to_replace, finish_replacing,
};
use std::path::{Path, PathBuf};

/// Bring a backup back.
#[derive(Clone, Debug, Default)]
pub struct RestoreBackup {
    /// The backup's file.
    pub file: PathBuf,
    /// How many entries of the till's data aren't in the backup and are left out: the number that a refusal names, or `unknown`
    /// where the data is too damaged to tell.
    pub leave_out: Option<String>,
    /// The last receipt that somebody has in their hand, as for a lost till.
    pub last_receipt: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtBack {
    /// Entries in the backup.
    pub entries: u64,
    /// Was there a hash to hold it against?
    pub hash_checked: bool,
    /// Where the data is that was in its place.
    pub aside: Option<PathBuf>,
    /// The number of the next receipt.
    pub next_number: String,
    /// Receipt numbers that are left out: first and last.
    pub left_out: Option<(String, String)>,
}

/// What the till's data has that the backup hasn't.
enum Present {
    /// There is none.
    Nothing,
    /// It can't be told: it is damaged.
    Unreadable,
    /// So much more than the backup.
    Ahead { entries: u64, receipts: u64, value: Pence, last_serial: u64 },
}

/// Brings a till's data back from a backup.
///
/// # Errors
/// The counter is open (`store-in-use`); `backup-not-whole`, `backup-other-till`, `backup-other-entries`; `backup-older` and
/// `backup-older-unknown` name what would be left out. Everything is then as it was.
pub fn restore_backup(
    folder: &Path,
    from: &RestoreBackup,
    surroundings: Box<dyn Surroundings>,
    secrets: Box<dyn Secrets>,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<BroughtBack, TillError> {
    let place = Place { folder: folder.to_owned() };
    let _lock = TillLock::take(folder)?;
    // One that was decided before the power failed is carried through first.
    finish_replacing(&place)?;
    let (entries, hash_checked) = sound(&from.file)?;
    let present = compare(&place, &from.file)?;
    allowed(&present, from.leave_out.as_deref())?;
    let now = stamp(surroundings.now_ms());
    let built = folder.join(BUILT_IN);
    begin_anew(&built)?;
    let copied = back_up(&from.file, &built, STORE_FILE, &mut |done, of| {
        tell(done, of);
        true
    });
    let made = copied.map_err(TillError::from).and_then(|_| made_a_till(&built, &present, from, entries, surroundings, secrets));
    let (next_number, left_out) = match made.and_then(|made| decide_to_replace(&place, &now).map(|()| made).map_err(Into::into)) {
        Ok(made) => made,
        Err(error) => {
            let _ = std::fs::remove_dir_all(&built);
            return Err(error);
        }
    };
    let aside = finish_replacing(&place)?.filter(|aside| aside.exists());
    Ok(BroughtBack { entries, hash_checked, aside, next_number, left_out })
}

/// A backup must be what was written when it was made, and its chain must hold from its first entry on.
fn sound(file: &Path) -> Result<(u64, bool), TillError> {
    let not_whole = |error: StoreError| match &error {
        StoreError::Damaged(reason) => TillError::not_done("backup-not-whole").with("reason", reason),
        StoreError::ChainBroken { seq, reason } => TillError::not_done("backup-not-whole").with("reason", format!("entry {seq}: {reason}")),
        _ => TillError::of_file(error, file),
    };
    if !file.is_file() {
        return Err(TillError::not_done("file-not-found").with("file", file.display()));
    }
    let hash = check_hash(file).map_err(not_whole)?;
    let verified = Store::read_only(file).and_then(|store| store.verify()).map_err(not_whole)?;
    Ok((verified.entries, hash.is_some()))
}

/// Holds the till's data against the backup.
fn compare(place: &Place, backup: &Path) -> Result<Present, TillError> {
    if !place.file().exists() {
        return Ok(Present::Nothing);
    }
    let backup = Store::read_only(backup)?;
    let ahead = || {
        let present = Store::read_only(&place.file())?;
        if present.till_id() != backup.till_id() {
            return Ok(Err(TillError::not_done("backup-other-till")));
        }
        let head = backup.head()?;
        present.read(|reading| {
            let end = reading.head()?;
            let behind = end.seq < head.seq;
            if !behind && head.seq > 0 && reading.hash_at(head.seq)? != Some(head.hash) {
                return Ok(Err(TillError::not_done("backup-other-entries")));
            }
            let last_serial = reading.next_serial()? - 1;
            let kept = backup.read(|reading| reading.next_serial())? - 1;
            let total = |serial| Ok::<_, StoreError>(reading.receipt(serial)?.map_or(Pence::ZERO, |row| row.total));
            let mut value = Pence::ZERO;
            for serial in kept + 1..=last_serial {
                value = value.plus(total(serial)?);
            }
            let (entries, receipts) = (end.seq.saturating_sub(head.seq), last_serial.saturating_sub(kept));
            Ok(Ok(Present::Ahead { entries, receipts, value, last_serial }))
        })
    };
    match ahead() {
        Ok(compared) => compared,
        Err(StoreError::Damaged(_) | StoreError::ChainBroken { .. } | StoreError::Sqlite(_) | StoreError::Entry(_)) => {
            Ok(Present::Unreadable)
        }
        Err(error) => Err(error.into()),
    }
}

/// Nothing is left out but what somebody has named.
fn allowed(present: &Present, leave_out: Option<&str>) -> Result<(), TillError> {
    let said = leave_out.map(str::trim);
    match present {
        Present::Nothing | Present::Ahead { entries: 0, .. } => Ok(()),
        Present::Ahead { entries, .. } if said == Some(entries.to_string().as_str()) => Ok(()),
        Present::Ahead { entries, receipts, value, .. } => {
            Err(TillError::not_done("backup-older").with("entries", entries).with("receipts", receipts).with("value", value))
        }
        Present::Unreadable if said == Some("unknown") => Ok(()),
        Present::Unreadable => Err(TillError::not_done("backup-older-unknown")),
    }
}

/// Writes down in the copy that it was brought back, and where the receipts go on.
fn made_a_till(
    built: &Path,
    present: &Present,
    from: &RestoreBackup,
    entries: u64,
    surroundings: Box<dyn Surroundings>,
    secrets: Box<dyn Secrets>,
) -> Result<(String, Option<(String, String)>), TillError> {
    let till = Till::open(Opening {
        folder: built.to_owned(),
        resources: PathBuf::new(),
        surroundings,
        listener: Box::new(|_| {}),
        prints: false,
        sends: false,
        secrets,
        layers: Layers::default(),
    })?;
    let core = &till.core;
    let name = core.store.read(|reading| reading.till_name())?;
    let council = core.council().ok();
    let known = core.store.read(|reading| reading.next_serial())? - 1;
    let series = Series { known, name: name.as_ref(), council: council.as_deref() };
    let given_out = match present {
        // The data that is replaced says itself how far it had come, whatever is left out of it.
        Present::Ahead { last_serial, .. } => series.given_out(Some(from.last_receipt.as_deref().unwrap_or("0")))?.max(*last_serial),
        _ => series.given_out(from.last_receipt.as_deref())?,
    };
    core.store.print_as_copies()?;
    core.store.forget_service_ids()?;
    core.note(None, None, Fact::JournalRestored { entries, only_mirror: 0, only_ledger: 0, last_serial: given_out })?;
    crate::cards::may_have_been_sent(core)?;
    let left_out = (given_out > known).then(|| (series.written(known + 1), series.written(given_out)));
    Ok((series.written(given_out + 1), left_out))
}
