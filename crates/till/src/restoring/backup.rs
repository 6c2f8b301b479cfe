//! A till's data comes back from a backup. What is in its place is set aside, never deleted, and nothing that was taken is left out
//! without somebody saying how much it is.

use super::begin_anew;
use super::numbers::Series;
use crate::backups::stamp;
use crate::error::TillError;
use crate::first_start::was_restored;
use crate::secrets::Secrets;
use crate::settings_in_force::Layers;
use crate::surroundings::Surroundings;
use crate::till::{Opening, Till};
use counterfoil_domain::entry::Fact;
use counterfoil_store::{
    BUILT_IN, Beyond, Opening as Place, STORE_FILE, Store, StoreError, TillLock, back_up, check_hash, decide_to_replace, finish_replacing,
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

/// How a restore ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupRestored {
    /// The backup came back.
    Now(BroughtBack),
    /// An earlier restore of this same backup was decided and stopped; it is carried through, and nothing else was done.
    Earlier {
        /// Where the data is that was in its place.
        aside: Option<PathBuf>,
    },
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
    /// It can't be told: this file is damaged, or is a log whose file is gone.
    Unreadable(PathBuf),
    /// So much that the backup hasn't; and has the backup something that the data hasn't?
    Readable { beyond: Beyond, parted: bool, last_serial: u64 },
}

/// Brings a till's data back from a backup.
///
/// # Errors
/// The counter is open (`store-in-use`); `backup-not-whole`, `backup-other-till`; `backup-older`, `backup-other-entries` and
/// `backup-older-unknown` name what would be left out. Everything is then as it was. `restore-decided` is the one that is in doubt: a
/// file can't be moved, and the next opening carries it through. `restore-other-first` is about an earlier one, of another backup, that
/// was carried through instead.
pub fn restore_backup(
    folder: &Path,
    from: &RestoreBackup,
    surroundings: Box<dyn Surroundings>,
    secrets: Box<dyn Secrets>,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<BackupRestored, TillError> {
    let place = Place { folder: folder.to_owned() };
    let _lock = TillLock::take(folder)?;
    // One that was decided before the power failed is carried through, and that is all: this backup, held against what has just come
    // back from it, would be refused as older.
    if let Some(aside) = finish_replacing(&place)? {
        let is_this = is_brought_back(&place, &from.file).unwrap_or(false);
        return if is_this { Ok(BackupRestored::Earlier { aside: kept(aside) }) } else { Err(other_first(&aside)) };
    }
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
    let aside = finish_replacing(&place)?.and_then(kept);
    Ok(BackupRestored::Now(BroughtBack { entries, hash_checked, aside, next_number, left_out }))
}

/// What of the data that was replaced there is, if there was any.
fn kept(aside: PathBuf) -> Option<PathBuf> {
    [log_of(&aside), aside].into_iter().rfind(|file| file.exists())
}

/// Another restore than the one that was asked for has been carried through.
pub(super) fn other_first(aside: &Path) -> TillError {
    TillError::not_done("restore-other-first").with("aside", aside.display())
}

/// Is the till's data what came back from this backup?
fn is_brought_back(place: &Place, backup: &Path) -> Result<bool, StoreError> {
    let (now, backup) = (Store::read_only(&place.file())?, Store::read_only(backup)?);
    let is_same = now.read(|now| {
        backup.read(|backup| {
            let entries = backup.head()?.seq;
            let next = now.entry(entries + 1)?.map(|entry| entry.fact);
            let came_back = matches!(next, Some(Fact::JournalRestored { entries: brought, .. }) if brought == entries);
            Ok::<_, StoreError>(came_back && now.same_up_to(backup)? == entries)
        })
    })?;
    Ok(is_same && now.till_id() == backup.till_id())
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
    let (file, log) = (place.file(), log_of(&place.file()));
    let bytes = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    if bytes(&file) == 0 && bytes(&log) > 0 {
        // The last payments are in it, and SQLite would throw it away to begin a file anew.
        return Ok(Present::Unreadable(log));
    }
    if !file.exists() {
        return Ok(Present::Nothing);
    }
    let backup = Store::read_only(backup)?;
    let compared = Store::read_only(&file).and_then(|present| {
        if present.till_id() != backup.till_id() {
            return Ok(None);
        }
        present.read(|present| {
            let (same, head) = backup.read(|backup| Ok::<_, StoreError>((present.same_up_to(backup)?, backup.head()?)))?;
            let (beyond, last_serial) = (present.beyond(same)?, present.next_serial()? - 1);
            Ok(Some(Present::Readable { beyond, parted: same < head.seq, last_serial }))
        })
    });
    match compared {
        Ok(compared) => compared.ok_or_else(|| TillError::not_done("backup-other-till")),
        Err(StoreError::Damaged(_) | StoreError::ChainBroken { .. } | StoreError::Sqlite(_) | StoreError::Entry(_)) => {
            Ok(Present::Unreadable(file))
        }
        Err(error) => Err(error.into()),
    }
}

/// SQLite's log of a store's file.
fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Nothing is left out but what somebody has named.
fn allowed(present: &Present, leave_out: Option<&str>) -> Result<(), TillError> {
    let said = leave_out.map(str::trim);
    match present {
        Present::Nothing => Ok(()),
        Present::Readable { beyond, .. } if beyond.entries == 0 || said == Some(beyond.entries.to_string().as_str()) => Ok(()),
        Present::Readable { beyond: Beyond { entries, receipts, value, delivered }, parted, .. } => {
            let code = if *parted { "backup-other-entries" } else { "backup-older" };
            let refused = TillError::not_done(code).with("entries", entries).with("receipts", receipts);
            Err(refused.with("value", value).with("delivered", delivered))
        }
        Present::Unreadable(_) if said == Some("unknown") => Ok(()),
        Present::Unreadable(file) => Err(TillError::not_done("backup-older-unknown").with("file", file.display())),
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
        Present::Readable { last_serial, .. } => series.given_out(Some(from.last_receipt.as_deref().unwrap_or("0")))?.max(*last_serial),
        _ => series.given_out(from.last_receipt.as_deref())?,
    };
    core.store.print_as_copies()?;
    core.store.forget_service_ids()?;
    was_restored(core)?;
    core.note(None, None, Fact::JournalRestored { entries, only_mirror: 0, only_ledger: 0, last_serial: given_out })?;
    crate::cards::may_have_been_sent(core)?;
    let left_out = (given_out > known).then(|| (series.written(known + 1), series.written(given_out)));
    Ok((series.written(given_out + 1), left_out))
}
