//! How the mirror's worker is woken, told to end, and waited for. Waking it takes a lock that is held for an instant only.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Default)]
struct State {
    woken: bool,
    ending: bool,
    ended: bool,
}

/// What the worker waits for, and what is waited for of it.
#[derive(Default)]
pub(crate) struct Signal {
    state: Mutex<State>,
    changed: Condvar,
}

impl Signal {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something was committed.
    pub fn wake(&self) {
        self.state().woken = true;
        self.changed.notify_all();
    }

    /// Waits until something was committed since the last wait; false when the worker is to end.
    pub fn wait(&self) -> bool {
        let idle = self.changed.wait_while(self.state(), |state| !state.woken && !state.ending);
        let mut state = idle.unwrap_or_else(PoisonError::into_inner);
        state.woken = false;
        !state.ending
    }

    /// Waits for so long, whatever is committed meanwhile; false when the worker is to end.
    pub fn pause(&self, time: Duration) -> bool {
        let paused = self.changed.wait_timeout_while(self.state(), time, |state| !state.ending);
        !paused.unwrap_or_else(PoisonError::into_inner).0.ending
    }

    /// Tells the worker to end, and waits for it, though no longer than this: it may be stuck in a share that doesn't answer.
    /// True when it has ended.
    pub fn end(&self, patience: Duration) -> bool {
        let mut state = self.state();
        state.ending = true;
        self.changed.notify_all();
        let waited = self.changed.wait_timeout_while(state, patience, |state| !state.ended);
        waited.unwrap_or_else(PoisonError::into_inner).0.ended
    }

    /// The worker has ended.
    pub fn ended(&self) {
        self.state().ended = true;
        self.changed.notify_all();
    }
}
