//! What is known of how a printer answers.

use crate::{Asks, Timeouts};
use std::time::Duration;

/// What a printer was silent about isn't asked for so many jobs, since each time costs the wait; then it is asked again, for it may
/// have been busy.
const JOBS_UNASKED: u32 = 50;

/// How a printer answers, as far as is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    asks: Asks,
    /// It has a wire to itself: what that doesn't take, the printer doesn't take.
    wired: bool,
    /// It has answered.
    answered: bool,
    /// Jobs before it is asked again how it is.
    unasked: u32,
    /// Jobs before it is asked again whether it is done.
    unconfirmed: u32,
}

impl Manners {
    /// Before anything is known.
    pub fn new(asks: Asks, wired: bool) -> Manners {
        Manners { asks, wired, answered: false, unasked: 0, unconfirmed: 0 }
    }

    /// It answers `DLE EOT`, or may.
    pub fn answers(&self) -> bool {
        self.asks != Asks::Never && self.unasked == 0
    }

    /// It says by itself when a job is done, or may.
    pub fn confirms(&self) -> bool {
        self.asks == Asks::Automatic && self.unconfirmed == 0
    }

    /// Is its silence trouble? Clones that never answer are met on networks. At the end of a wire nothing tells them from a printer that
    /// is switched off, and bytes that go there are lost: such a clone's profile has to say that it isn't asked. Those that tell by
    /// themselves what changes answer as well.
    pub fn must_answer(&self) -> bool {
        self.answered || self.wired || self.asks == Asks::Automatic
    }

    pub fn is_wired(&self) -> bool {
        self.wired
    }

    /// How long its answer is waited for.
    pub fn patience(&self, timeouts: Timeouts) -> Duration {
        if self.answered { timeouts.write } else { timeouts.answer }
    }

    /// Another job begins.
    pub fn next_job(&mut self) {
        self.unasked = self.unasked.saturating_sub(1);
        self.unconfirmed = self.unconfirmed.saturating_sub(1);
    }

    pub fn has_answered(&mut self) {
        self.answered = true;
    }

    /// It was asked how it is, and was silent.
    pub fn was_silent(&mut self) {
        self.unasked = JOBS_UNASKED;
    }

    /// It didn't say that it was done. Many that answer in real time don't know the other commands.
    pub fn did_not_confirm(&mut self) {
        self.unconfirmed = JOBS_UNASKED;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_that_was_silent_is_asked_again_after_some_jobs_and_not_for_each() {
        let mut manners = Manners::new(Asks::Automatic, false);
        manners.was_silent();
        manners.did_not_confirm();
        let asked = (0..JOBS_UNASKED)
            .map(|_| {
                manners.next_job();
                (manners.answers(), manners.confirms())
            })
            .collect::<Vec<_>>();
        assert!(asked[..asked.len() - 1].iter().all(|asked| *asked == (false, false)));
        assert_eq!(asked.last(), Some(&(true, true)));
    }
}
