//! Copies of the till's data: one each day into the folder that the machine's settings name, and when somebody asks for one. They
//! are made beside the counter's work, which waits for none of it.

use crate::api::backups::{BackupProgress, BackupStage, BackupView, MakeBackup};
use crate::api::{Changed, Nothing};
use crate::beside::Beside;
use crate::error::TillError;
use crate::mirror::Signal;
use crate::till::{Caller, Core, Till};
use crate::views::moment;
use chrono::{DateTime, NaiveDateTime};
use counterfoil_store::{BackedUp, STORE_FILE, StoreError, back_up, back_up_by_way_of, backups, remove_backup, remove_cut_off};
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often the worker looks whether today's copy is made.
const BETWEEN_LOOKS: Duration = Duration::from_secs(600);
/// How long a closing till waits for a copy to stop.
const CLOSING: Duration = Duration::from_secs(5);
/// How the moment of a copy stands in its name.
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// What the status line says while today's copy can't be made.
const TROUBLE: &str = "backup-failed";
/// Where in the data folder a copy is on its way.
const ON_THE_WAY: &str = "copying";
/// What a copy on its way must leave free for the counter, in bytes.
const TO_SPARE: u64 = 1 << 30;
/// A copy that was begun longer ago than this isn't on its way any more.
const LONGEST_MS: i64 = 6 * 3_600_000;

/// The moment in UTC as a part of a file's name.
pub(crate) fn stamp(at_ms: i64) -> String {
    DateTime::from_timestamp_millis(at_ms).unwrap_or_default().format(STAMP).to_string()
}

/// The beginning of the names of one till's copies. The till's id is in it: two tills may share a folder, and a name.
fn prefix(till_id: &str) -> String {
    format!("till-{till_id}-")
}

/// The moment that stands in a copy's name, ms since 1970.
fn moment_of(stamp: &str) -> Option<i64> {
    Some(NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc().timestamp_millis())
}

/// The copies of a till in a folder with the moment of each, ms since 1970, the newest first. Whatever else lies there under a like
/// name is none. Those of a later moment than now were made by a clock that was wrong, and come last: nobody can tell how old they are.
fn copies(folder: &Path, till_id: &str, now_ms: i64) -> Result<Vec<(i64, PathBuf)>, StoreError> {
    let prefix = prefix(till_id);
    let made = |path: &Path| moment_of(path.file_stem()?.to_str()?.strip_prefix(&prefix)?);
    let mut found: Vec<_> = backups(folder, &prefix)?.into_iter().filter_map(|path| Some((made(&path)?, path))).collect();
    found.sort_unstable_by_key(|(made, _)| (*made > now_ms, Reverse(*made)));
    Ok(found)
}

/// When the newest copy of this till in a folder was made, ms since 1970, and how many there are. It is later than now only where all
/// are.
pub(crate) fn newest(folder: &Path, till_id: &str, now_ms: i64) -> Result<(Option<i64>, usize), StoreError> {
    let found = copies(folder, till_id, now_ms)?;
    Ok((found.first().map(|(made, _)| *made), found.len()))
}

/// The worker that makes a copy each day, and the copies that people ask for.
pub(crate) struct BackingUp {
    beside: Arc<Beside<BackupProgress>>,
    daily: Option<Arc<Signal>>,
}

impl BackingUp {
    /// Starts the daily worker.
    pub fn start(core: &Arc<Core>, daily: bool) -> Result<BackingUp, TillError> {
        let beside = Arc::<Beside<BackupProgress>>::default();
        if !daily {
            return Ok(BackingUp { beside, daily: None });
        }
        // Left by one that was killed.
        let _ = std::fs::remove_dir_all(core.store.folder().join(ON_THE_WAY));
        let signal = Arc::<Signal>::default();
        let (till, for_worker, own) = (Arc::downgrade(core), beside.clone(), signal.clone());
        let work = move || {
            loop {
                // The till is held while a copy is made, and not between two looks.
                let Some(core) = till.upgrade() else { break };
                make_todays(&core, &for_worker);
                drop(core);
                if !own.pause(BETWEEN_LOOKS) {
                    break;
                }
            }
            own.ended();
        };
        std::thread::Builder::new().name("backup".into()).spawn(work).map_err(|error| TillError::not_done("internal").because(error))?;
        Ok(BackingUp { beside, daily: Some(signal) })
    }
}

impl Drop for BackingUp {
    /// A till that is closed stops its copy: those before it stay.
    fn drop(&mut self) {
        self.beside.close();
        if self.daily.as_ref().is_some_and(|signal| !signal.end(CLOSING)) {
            tracing::warn!("the folder for backups doesn't answer; the till closes without it");
        }
    }
}

fn make_todays(core: &Core, beside: &Beside<BackupProgress>) {
    let Some(folder) = core.settings().backup_folder else { return };
    let now_ms = core.surroundings.now_ms();
    // A clock that was wrong once may have left one of a later day, or of a later hour of this one.
    let today = |at_ms: i64| at_ms <= now_ms && core.local(at_ms).date() == core.local(now_ms).date();
    match copies(&folder, core.store.till_id(), now_ms) {
        Ok(found) if found.iter().any(|(made, _)| today(*made)) => core.trouble_is_over(TROUBLE),
        _ if !beside.claim() => {}
        _ => {
            remove_old_rests(core, &folder);
            let end = make(core, &folder, beside);
            if end.stage == BackupStage::Failed {
                core.trouble(TROUBLE);
            } else {
                core.trouble_is_over(TROUBLE);
            }
            if let Some(made) = &end.file {
                keep_newest(core, &folder, Path::new(made));
            }
            finished(core, beside, end);
        }
    }
}

/// Takes away what copies that were cut off have left in the folder of the daily ones, and would fill it in the end.
fn remove_old_rests(core: &Core, folder: &Path) {
    let now_ms = core.surroundings.now_ms();
    let is_old = |stamp: &str| moment_of(stamp).is_some_and(|begun| (now_ms - begun).abs() > LONGEST_MS);
    if let Err(error) = remove_cut_off(folder, &prefix(core.store.till_id()), is_old) {
        tracing::warn!(code = error.code(), %error, "what copies that were cut off have left wasn't taken away");
    }
}

/// Takes away the copies that are older than those that are kept, and never the one that was just made. Only of the folder where one is
/// made each day: what somebody copied elsewhere is theirs.
fn keep_newest(core: &Core, folder: &Path, made: &Path) {
    let keep = core.settings().backup_keep as usize;
    let found = copies(folder, core.store.till_id(), core.surroundings.now_ms());
    let old = found.map(|found| found.into_iter().skip(keep).filter(|(_, path)| path.file_name() != made.file_name()));
    if let Err(error) = old.and_then(|mut old| old.try_for_each(|(_, path)| remove_backup(&path))) {
        tracing::warn!(code = error.code(), %error, "older backups weren't taken away");
    }
}

fn finished(core: &Core, beside: &Beside<BackupProgress>, end: BackupProgress) {
    beside.finish(end);
    core.tell(&[Changed::Upkeep]);
}

fn make(core: &Core, folder: &Path, beside: &Beside<BackupProgress>) -> BackupProgress {
    beside.report(BackupProgress::default());
    let mut said = 0;
    let made = copy_into(core, folder, &mut |percent| {
        if percent != said {
            said = percent;
            beside.report(BackupProgress { percent, ..BackupProgress::default() });
            core.tell(&[Changed::Upkeep]);
        }
        beside.goes_on()
    });
    match made {
        Ok(made) => BackupProgress { stage: BackupStage::Done, percent: 100, file: Some(made.file.display().to_string()), error: None },
        Err(StoreError::Cancelled) => BackupProgress { stage: BackupStage::Cancelled, ..BackupProgress::default() },
        Err(error) => {
            tracing::error!(code = error.code(), %error, "no backup was made");
            BackupProgress { stage: BackupStage::Failed, error: Some(code(&error).to_owned()), ..BackupProgress::default() }
        }
    }
}

/// The code of a copy's failure: a folder that isn't there or can't be written is the copy's, not the till's data.
fn code(error: &StoreError) -> &'static str {
    match error.code() {
        "file-not-found" => "backup-folder-missing",
        "store-read-only" => "backup-folder-read-only",
        "disk-full" => "backup-disk-full",
        other => other,
    }
}

/// Makes a copy in a folder: by way of the store's own disk where that has room to spare, straight where it hasn't.
fn copy_into(core: &Core, folder: &Path, tell: &mut dyn FnMut(u32) -> bool) -> Result<BackedUp, StoreError> {
    let name = format!("{}{}.db", prefix(core.store.till_id()), stamp(core.surroundings.now_ms()));
    let store = core.store.folder().join(STORE_FILE);
    let mut progress = |done: u64, of: u64| tell(u32::try_from(done * 100 / of.max(1)).unwrap_or(100));
    let way = core.store.folder().join(ON_THE_WAY);
    let made = match has_room(&way, &store) {
        true => back_up_by_way_of(&way, &store, folder, &name, &mut progress),
        false => back_up(&store, folder, &name, &mut progress),
    }?;
    tracing::info!(entries = made.head.seq, bytes = made.bytes, "a backup was made");
    Ok(made)
}

/// Is there room for a copy beside the store, and enough left for the counter?
fn has_room(way: &Path, store: &Path) -> bool {
    let bytes = std::fs::metadata(store).map_or(u64::MAX, |file| file.len());
    std::fs::create_dir_all(way).and_then(|()| fs4::available_space(way)).is_ok_and(|free| free > bytes.saturating_add(TO_SPARE))
}

impl Till {
    /// Copies the till's data into a folder while the counter may be open, for the command line. `tell` hears the per cent written.
    ///
    /// # Errors
    /// `backup-folder-missing`, `backup-folder-read-only`, `backup-disk-full`; what is wrong with the data. There is no copy then.
    pub fn back_up(&self, folder: &Path, tell: &mut dyn FnMut(u32)) -> Result<BackedUp, TillError> {
        let made = copy_into(&self.core, folder, &mut |percent| {
            tell(percent);
            true
        });
        made.map_err(|error| TillError::not_done(code(&error)).because(&error).with("folder", folder.display()))
    }
}

/// `backup.show`.
pub(crate) fn show(till: &Till, _: &Caller, _: Nothing) -> Result<BackupView, TillError> {
    let core = &till.core;
    let folder = core.settings().backup_folder;
    // A folder that can't be read is told where a copy is made.
    let found = folder.as_deref().and_then(|folder| newest(folder, core.store.till_id(), core.surroundings.now_ms()).ok());
    let (made, kept) = found.unwrap_or_default();
    Ok(BackupView {
        folder: folder.map(|folder| folder.display().to_string()),
        latest: made.map(|at_ms| moment(core, at_ms)),
        kept: kept as u64,
        progress: till.backing_up.beside.latest(),
    })
}

/// `backup.begin`.
pub(crate) fn begin(till: &Till, _: &Caller, request: MakeBackup) -> Result<Nothing, TillError> {
    let typed = request.folder.map(|folder| PathBuf::from(folder.trim())).filter(|folder| !folder.as_os_str().is_empty());
    let folder = typed.or_else(|| till.core.settings().backup_folder).ok_or_else(|| TillError::not_done("backup-where"))?;
    if !folder.is_dir() {
        return Err(TillError::not_done("backup-folder-missing").with("folder", folder.display()));
    }
    let beside = &till.backing_up.beside;
    if !beside.claim() {
        return Err(TillError::not_done("backup-running"));
    }
    beside.report(BackupProgress::default());
    let core = till.core.clone();
    beside.begin("backup", move |beside| finished(&core, beside, make(&core, &folder, beside)))?;
    Ok(Nothing {})
}

/// `backup.cancel`.
pub(crate) fn cancel(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.backing_up.beside.stop();
    Ok(Nothing {})
}
