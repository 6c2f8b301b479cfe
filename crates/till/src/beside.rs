//! Work that is done beside the counter's: one at a time of its kind, seen while it goes on, stopped when somebody says so.

use crate::error::TillError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Work of one kind. `P` is how far it is, or how the last one ended.
pub(crate) struct Beside<P> {
    running: AtomicBool,
    stopped: AtomicBool,
    closing: AtomicBool,
    latest: Mutex<Option<P>>,
}

impl<P> Default for Beside<P> {
    fn default() -> Beside<P> {
        Beside {
            running: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            latest: Mutex::new(None),
        }
    }
}

impl<P: Clone + Send + 'static> Beside<P> {
    /// Claims the place; false when one is under way.
    pub fn claim(&self) -> bool {
        let claimed = !self.running.swap(true, Ordering::AcqRel);
        if claimed {
            self.stopped.store(false, Ordering::Relaxed);
        }
        claimed
    }

    /// Does it go on?
    pub fn goes_on(&self) -> bool {
        !self.stopped.load(Ordering::Relaxed) && !self.closing.load(Ordering::Relaxed)
    }

    /// Somebody stops what is under way.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// The till closes: what is under way stops, and nothing else begins.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// How far it is.
    pub fn report(&self, now: P) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// How far it is, or how the last one ended.
    pub fn latest(&self) -> Option<P> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// It has ended, and another may begin.
    pub fn finish(&self, end: P) {
        self.report(end);
        self.running.store(false, Ordering::Release);
    }

    /// Does what was claimed on a thread of its own.
    pub fn begin(self: &Arc<Self>, name: &str, work: impl FnOnce(&Beside<P>) + Send + 'static) -> Result<(), TillError> {
        let own = self.clone();
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || work(&own));
        thread.map(drop).map_err(|error| {
            self.running.store(false, Ordering::Release);
            TillError::not_done("internal").because(error)
        })
    }
}
