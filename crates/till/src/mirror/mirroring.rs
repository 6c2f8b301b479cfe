//! The worker that mirrors the journal. A commit only wakes it; nothing waits for it.

use super::folder::{MirrorError, MirrorFolder, Own};
use super::signal::Signal;
use crate::error::TillError;
use crate::till::Core;
use counterfoil_ledger_client::backoff::Backoff;
use counterfoil_store::{Outgoing, Reading, StoreError};
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// The most that is appended at a time: entries, and their bytes.
const AT_A_TIME: (usize, usize) = (500, 1 << 20);
/// How long a closing till waits for its mirror.
const CLOSING: Duration = Duration::from_secs(5);
/// Every trouble that the mirror can have, as the status line knows it.
const TROUBLES: [&str; 4] = ["mirror-unreachable", "mirror-full", "mirror-other-entries", "mirror-damaged"];

/// The mirror's worker, if there is a mirror.
pub(crate) struct Mirroring(Option<Arc<Signal>>);

impl Mirroring {
    /// Starts the worker.
    pub fn start(core: &Arc<Core>, mirrors: bool) -> Result<Mirroring, TillError> {
        let Some(root) = core.settings().mirror_folder.filter(|_| mirrors) else { return Ok(Mirroring(None)) };
        let signal = Arc::<Signal>::default();
        let till = OwnTill(Arc::downgrade(core));
        let mut worker = Worker { root, till_id: core.store.till_id().to_owned(), till, folder: None };
        let own = signal.clone();
        let work = move || {
            worker.run(&own);
            own.ended();
        };
        std::thread::Builder::new().name("mirror".into()).spawn(work).map_err(|error| TillError::not_done("internal").because(error))?;
        let wake = signal.clone();
        core.store.after_commits(move || wake.wake());
        signal.wake();
        Ok(Mirroring(Some(signal)))
    }
}

impl Drop for Mirroring {
    fn drop(&mut self) {
        if self.0.as_ref().is_some_and(|signal| !signal.end(CLOSING)) {
            tracing::warn!("the mirror doesn't answer; the till closes without it");
        }
    }
}

/// The worker's till, held only while it is asked.
struct OwnTill(Weak<Core>);

impl OwnTill {
    fn read<T>(&self, ask: impl FnOnce(&Reading<'_>) -> Result<T, StoreError>) -> Result<T, MirrorError> {
        let core = self.0.upgrade().ok_or(MirrorError::Closing)?;
        Ok(core.store.read(ask)?)
    }

    fn after(&self, seq: u64) -> Result<Vec<Outgoing>, MirrorError> {
        self.read(|reading| reading.outgoing(seq, AT_A_TIME.0, AT_A_TIME.1))
    }

    /// Says what the trouble is, in place of what it was before.
    fn trouble(&self, now: Option<&'static str>) {
        let Some(core) = self.0.upgrade() else { return };
        for code in TROUBLES.iter().filter(|code| now != Some(**code)) {
            core.trouble_is_over(code);
        }
        if let Some(code) = now {
            core.trouble(code);
        }
    }

    fn chance(&self) -> u64 {
        let random = self.0.upgrade().map(|core| core.surroundings.random()).unwrap_or_default();
        random.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl Own for OwnTill {
    fn entry(&self, seq: u64) -> Result<Option<Outgoing>, MirrorError> {
        let found = self.read(|reading| reading.outgoing(seq.saturating_sub(1), 1, usize::MAX))?;
        Ok(found.into_iter().find(|entry| entry.seq == seq))
    }

    fn packs(&self) -> Result<Vec<String>, MirrorError> {
        self.read(|reading| reading.packs())
    }

    fn pack(&self, sha256: &str) -> Result<Option<Vec<u8>>, MirrorError> {
        self.read(|reading| reading.bundle_of_pack(sha256))
    }
}

struct Worker {
    root: PathBuf,
    till_id: String,
    till: OwnTill,
    /// The folder as this till left it; looked at anew after any trouble.
    folder: Option<MirrorFolder>,
}

impl Worker {
    /// Works until the till closes, and once more then.
    fn run(&mut self, signal: &Signal) {
        let mut failures = 0;
        let mut goes_on = signal.wait();
        while goes_on {
            goes_on = match self.mirror() {
                Ok(()) => {
                    if failures > 0 {
                        tracing::info!("the mirror is written again");
                    }
                    failures = 0;
                    self.till.trouble(None);
                    signal.wait()
                }
                Err(error) => {
                    failures += 1;
                    self.failed(&error);
                    signal.pause(Duration::from_millis(Backoff::default().wait_ms(failures, self.till.chance())))
                }
            };
        }
        if let Err(error) = self.mirror() {
            tracing::warn!(%error, "the till closes, and its mirror isn't complete");
        }
    }

    fn failed(&mut self, error: &MirrorError) {
        self.folder = None;
        tracing::error!(%error, "the journal isn't mirrored");
        self.till.trouble(error.code());
    }

    /// Appends everything that isn't in the mirror yet.
    fn mirror(&mut self) -> Result<(), MirrorError> {
        let as_left = match self.folder.take() {
            Some(folder) if folder.is_as_left()? => Some(folder),
            _ => None,
        };
        let mut folder = match as_left {
            Some(folder) => folder,
            None => MirrorFolder::open(&self.root, &self.till_id, &self.till)?,
        };
        loop {
            let entries = self.till.after(folder.last())?;
            if entries.is_empty() {
                break;
            }
            folder.append(&entries, &self.till)?;
        }
        self.folder = Some(folder);
        Ok(())
    }
}
