//! Taking in an extract of account holders, beside the counter's work.

use crate::api::accounts::{BadRow, ImportAccounts, ImportProgress, ImportStage};
use crate::api::{Changed, Nothing};
use crate::error::TillError;
use crate::till::{Caller, Core, Till};
use counterfoil_domain::Council;
use counterfoil_domain::entry::Fact;
use counterfoil_store::StoreError;
use counterfoil_store::extract::{self, Extract, Imported, Made, Progress};
use rust_decimal::prelude::ToPrimitive;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The import under way, or how the last one ended.
#[derive(Default)]
pub(crate) struct Importing {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    running: AtomicBool,
    cancel: AtomicBool,
    progress: Mutex<Option<ImportProgress>>,
}

impl Shared {
    fn progress(&self) -> MutexGuard<'_, Option<ImportProgress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Importing {
    /// A till that is closed stops its import: the extract before it stays in use.
    fn drop(&mut self) {
        self.shared.cancel.store(true, Ordering::Relaxed);
    }
}

/// `accounts.import`.
pub(crate) fn begin(till: &Till, caller: &Caller, request: ImportAccounts) -> Result<Nothing, TillError> {
    let path = PathBuf::from(request.path.trim());
    if !path.is_file() {
        return Err(TillError::not_done("file-not-found"));
    }
    let shared = till.importing.shared.clone();
    if shared.running.swap(true, Ordering::AcqRel) {
        return Err(TillError::not_done("import-running"));
    }
    shared.cancel.store(false, Ordering::Relaxed);
    *shared.progress() = Some(ImportProgress::default());
    let (core, council, by) = (till.core.clone(), caller.council()?.clone(), caller.user()?.code.clone());
    let for_thread = shared.clone();
    let thread = std::thread::Builder::new().name("accounts".into()).spawn(move || {
        let end = take_in(&core, &council, Some(&by), &path, &for_thread);
        *for_thread.progress() = Some(end);
        for_thread.running.store(false, Ordering::Release);
        core.tell(&[Changed::Accounts]);
    });
    if let Err(error) = thread {
        shared.running.store(false, Ordering::Release);
        return Err(TillError::not_done("internal").because(error));
    }
    Ok(Nothing {})
}

/// `accounts.progress`.
pub(crate) fn progress(till: &Till, _: &Caller, _: Nothing) -> Result<Option<ImportProgress>, TillError> {
    Ok(progress_now(till))
}

pub(crate) fn progress_now(till: &Till) -> Option<ImportProgress> {
    till.importing.shared.progress().clone()
}

/// `accounts.cancel`.
pub(crate) fn cancel(till: &Till, _: &Caller, _: Nothing) -> Result<Nothing, TillError> {
    till.importing.shared.cancel.store(true, Ordering::Relaxed);
    Ok(Nothing {})
}

impl Till {
    /// Takes in an extract and answers when it is done, for the command line. `report` hears how far it has come.
    ///
    /// # Errors
    /// No council; the file isn't there. A refused extract is an answer, not an error.
    pub fn import_accounts(&self, path: &Path, report: &mut dyn FnMut(&ImportProgress)) -> Result<ImportProgress, TillError> {
        if !path.is_file() {
            return Err(TillError::not_done("file-not-found"));
        }
        let council = self.core.council()?;
        Ok(take_in_reporting(&self.core, &council, None, path, &mut |progress| {
            report(&running(progress));
            true
        }))
    }
}

fn take_in(core: &Core, council: &Council, by: Option<&str>, path: &Path, shared: &Shared) -> ImportProgress {
    take_in_reporting(core, council, by, path, &mut |progress| {
        *shared.progress() = Some(running(progress));
        core.tell(&[Changed::Accounts]);
        !shared.cancel.load(Ordering::Relaxed)
    })
}

fn take_in_reporting(
    core: &Core,
    council: &Council,
    by: Option<&str>,
    path: &Path,
    report: &mut dyn FnMut(&Progress) -> bool,
) -> ImportProgress {
    match read_and_swap(core, council, by, path, report) {
        Ok(progress) => progress,
        Err(error) => {
            tracing::error!(code = %error.code, detail = %error.detail, "an extract can't be taken in");
            ImportProgress { stage: ImportStage::Failed, error: Some(error.code), ..ImportProgress::default() }
        }
    }
}

/// An extract that was read into a file of its own, which nobody uses yet.
pub(crate) struct ReadBeside {
    generation: u64,
    imported: Imported,
}

impl ReadBeside {
    /// Its number and what was read, if it can be used.
    pub fn usable(self) -> Option<(u64, Imported)> {
        (self.imported.refusal.is_none() && !self.imported.cancelled).then_some((self.generation, self.imported))
    }
}

/// Reads an extract into a file of its own.
pub(crate) fn read_beside(
    core: &Core,
    council: &Council,
    path: &Path,
    report: &mut dyn FnMut(&Progress) -> bool,
) -> Result<ReadBeside, TillError> {
    let (generation, imported) =
        beside(core, council, |target, settings| Ok::<_, TillError>(extract::import(path, target, settings, report)?))?;
    Ok(ReadBeside { generation, imported })
}

/// Makes the next extract of an earlier one and what the ledger says has changed since, in a file of its own.
pub(crate) fn change_beside(core: &Core, council: &Council, base: u64, rows: u64, changes: &Path) -> Result<(u64, Made), TillError> {
    let base = extract::file(core.store.folder(), base);
    beside(core, council, |target, settings| Ok(extract::change(&base, changes, target, rows, settings)?))
}

/// Makes the file of the next generation.
fn beside<T>(
    core: &Core,
    council: &Council,
    make: impl FnOnce(&Path, &extract::Settings<'_>) -> Result<T, TillError>,
) -> Result<(u64, T), TillError> {
    // One at a time, from a file or from the ledger; one that waits for the end of a sale has its number already.
    let _alone = core.reading_extract.lock().unwrap_or_else(PoisonError::into_inner);
    let (in_use, pack) = core.store.read(|reading| Ok::<_, StoreError>((reading.extract()?, reading.pack_sha256()?)))?;
    let in_use = in_use.map_or(0, |now| now.generation);
    let generation = core.ledger.waiting_generation().unwrap_or(0).max(in_use) + 1;
    let target = extract::file(core.store.folder(), generation);
    let limit = council.policies.bad_rows_limit.checked_mul(1_000_000.into()).and_then(|limit| limit.to_u64()).unwrap_or(0);
    let settings = extract::Settings {
        knows_fund: &|code| council.fund(code).is_some(),
        knows_message: &|fund, id| council.message(fund, id).is_some(),
        today: core.today(),
        judged_by: pack.as_deref().unwrap_or_default(),
        bad_rows_in_a_million: limit,
        refused_rows: &extract::refused_file(core.store.folder()),
    };
    Ok((generation, make(&target, &settings)?))
}

/// Reads the extract into a file of its own, then swaps it in by one journal entry.
fn read_and_swap(
    core: &Core,
    council: &Council,
    by: Option<&str>,
    path: &Path,
    report: &mut dyn FnMut(&Progress) -> bool,
) -> Result<ImportProgress, TillError> {
    let ReadBeside { generation, imported } = read_beside(core, council, path, report)?;
    if imported.refusal.is_some() || imported.cancelled {
        return Ok(ended(&imported, &extract::refused_file(core.store.folder())));
    }
    let fresh = Arc::new(Extract::open(&extract::file(core.store.folder(), generation))?);
    let progress = &imported.progress;
    let fact =
        Fact::ExtractImported { generation, taken: progress.taken, refused: progress.refused, as_at: imported.as_at, ledger_version: None };
    core.note(by, None, fact)?;
    *core.extract.write().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
    extract::remove_others(core.store.folder(), Some(generation));
    Ok(ended(&imported, &extract::refused_file(core.store.folder())))
}

fn running(progress: &Progress) -> ImportProgress {
    ImportProgress {
        stage: if progress.indexing { ImportStage::Indexing } else { ImportStage::Reading },
        rows: progress.rows,
        taken: progress.taken,
        refused: progress.refused,
        bytes: progress.bytes,
        total_bytes: progress.total_bytes,
        bad_rows: Vec::new(),
        refused_file: None,
        error: None,
    }
}

fn ended(imported: &Imported, refused_rows: &Path) -> ImportProgress {
    ImportProgress {
        stage: match (imported.cancelled, imported.refusal) {
            (true, _) => ImportStage::Cancelled,
            (false, Some(_)) => ImportStage::Refused,
            (false, None) => ImportStage::Done,
        },
        bad_rows: imported
            .bad_rows
            .iter()
            .map(|bad| BadRow { line: bad.line, reason: bad.reason.to_owned(), column: bad.column.to_owned() })
            .collect(),
        refused_file: (imported.progress.refused > 0).then(|| refused_rows.display().to_string()),
        error: imported.refusal.map(str::to_owned),
        ..running(&imported.progress)
    }
}
