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
use counterfoil_store::{BackedUp, StoreError, back_up, backups, keep_newest};
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

/// The moment in UTC as a part of a file's name.
pub(crate) fn stamp(at_ms: i64) -> String {
    DateTime::from_timestamp_millis(at_ms).unwrap_or_default().format(STAMP).to_string()
}

/// The beginning of the names of one till's copies. The till's id is in it: two tills may share a folder, and a name.
fn prefix(till_id: &str) -> String {
    format!("till-{till_id}-")
}

/// When the newest copy of this till in a folder was made, ms since 1970, and how many there are.
pub(crate) fn newest(folder: &Path, till_id: &str) -> Result<(Option<i64>, usize), StoreError> {
    let prefix = prefix(till_id);
    let found = backups(folder, &prefix)?;
    let made = found.first().and_then(|path| {
        let stamp = path.file_stem()?.to_str()?.strip_prefix(&prefix)?;
        Some(NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc().timestamp_millis())
    });
    Ok((made, found.len()))
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
    let today = |at_ms: i64| core.local(at_ms).date() == core.local(now_ms).date();
    match newest(&folder, core.store.till_id()) {
        Ok((Some(made), _)) if today(made) => core.trouble_is_over(TROUBLE),
        _ if !beside.claim() => {}
        _ => {
            let end = make(core, &folder, beside);
            if end.stage == BackupStage::Failed {
                core.trouble(TROUBLE);
            } else {
                core.trouble_is_over(TROUBLE);
            }
            finished(core, beside, end);
        }
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

/// Makes a copy in a folder, and takes away those of this till that are older than the newest that are kept.
fn copy_into(core: &Core, folder: &Path, tell: &mut dyn FnMut(u32) -> bool) -> Result<BackedUp, StoreError> {
    let prefix = prefix(core.store.till_id());
    let name = format!("{prefix}{}.db", stamp(core.surroundings.now_ms()));
    let store = core.store.folder().join(counterfoil_store::STORE_FILE);
    let percent = |done: u64, of: u64| u32::try_from(done * 100 / of.max(1)).unwrap_or(100);
    let made = back_up(&store, folder, &name, &mut |done, of| tell(percent(done, of)))?;
    if let Err(error) = keep_newest(folder, &prefix, core.settings().backup_keep as usize) {
        tracing::warn!(code = error.code(), %error, "older backups weren't taken away");
    }
    tracing::info!(entries = made.head.seq, bytes = made.bytes, "a backup was made");
    Ok(made)
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
    let found = folder.as_deref().and_then(|folder| newest(folder, core.store.till_id()).ok());
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
    let core = till.core.clone();
    beside.begin("backup", move |beside| finished(&core, beside, make(&core, &folder, beside)))?;
    Ok(Nothing {})
}

/// `backup.cancel`.
pub(crate) fn cancel(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.backing_up.beside.stop();
    Ok(Nothing {})
}
