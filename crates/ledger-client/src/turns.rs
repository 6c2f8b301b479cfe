//! A backlog on its way while customers are served: the counter has its turn after each batch.

use std::time::Duration;

/// How much longer than its own time a batch leaves the machine to the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turns {
    /// The pause, in times of what the batch took.
    pub times: u32,
    /// No pause is longer.
    pub longest: Duration,
}

/// The pump works a sixth of the time at most. A line so slow that its batches take seconds keeps no processor busy, and is waited
/// for no longer than a cashier would notice: takings arrive all the same.
impl Default for Turns {
    fn default() -> Turns {
        Turns { times: 5, longest: Duration::from_millis(500) }
    }
}

impl Turns {
    /// How long to leave the machine to the counter after a batch that took so long. While nobody is served there is nothing to
    /// leave it for.
    pub fn pause(&self, took: Duration, counter_is_busy: bool) -> Duration {
        if counter_is_busy { took.saturating_mul(self.times).min(self.longest) } else { Duration::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_till_that_nobody_uses_sends_its_backlog_without_a_pause() {
        assert_eq!(Turns::default().pause(Duration::from_secs(3), false), Duration::ZERO);
    }

    #[test]
    fn a_busy_counter_has_the_machine_for_five_times_as_long_as_each_batch() {
        assert_eq!(Turns::default().pause(Duration::from_millis(16), true), Duration::from_millis(80));
    }

    proptest! {
        #[test]
        fn no_pause_is_longer_than_the_longest(took_ms: u64, busy: bool) {
            let pause = Turns::default().pause(Duration::from_millis(took_ms), busy);
            prop_assert!(pause <= Turns::default().longest);
        }
    }
}
