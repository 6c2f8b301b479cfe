//! How long to leave a ledger alone that doesn't answer: longer each time, up to a limit, and never all tills at once.

/// Waits that double from the first to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The wait after the first failure, in milliseconds.
    pub first_ms: u64,
    /// No wait is longer, in milliseconds.
    pub longest_ms: u64,
}

/// From a second to five minutes: a line that comes back is noticed before a customer asks, and a ledger that is down isn't
/// asked by every till of the council every second.
impl Default for Backoff {
    fn default() -> Backoff {
        Backoff { first_ms: 1_000, longest_ms: 300_000 }
    }
}

impl Backoff {
    /// How long to wait after so many failures in a row, in milliseconds; nothing after none. `chance` is any random number:
    /// the wait lies between half of the doubled wait and the whole of it, so that tills that lost the ledger at the same
    /// moment don't all come back at the same moment.
    pub fn wait_ms(&self, failures: u32, chance: u64) -> u64 {
        let Some(doublings) = failures.checked_sub(1) else { return 0 };
        let whole = doubled(self.first_ms, doublings).min(self.longest_ms);
        let half = whole / 2;
        half + chance % (whole - half + 1)
    }
}

fn doubled(first: u64, doublings: u32) -> u64 {
    2u64.checked_pow(doublings).map_or(u64::MAX, |factor| first.saturating_mul(factor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_waited_for_before_a_failure() {
        assert_eq!(Backoff::default().wait_ms(0, 7), 0);
    }

    #[test]
    fn the_wait_doubles_until_it_is_the_longest() {
        let longest_by_chance = |failures| Backoff { first_ms: 1_000, longest_ms: 10_000 }.wait_ms(failures, 500);
        assert_eq!([1, 2, 3, 4, 5].map(longest_by_chance), [1_000, 1_500, 2_500, 4_500, 5_500]);
    }

    proptest! {
        #[test]
        fn every_wait_is_between_half_and_the_whole_and_never_above_the_longest(
            first_ms in 0u64..1_000_000, longest_ms in any::<u64>(), failures in 1u32.., chance: u64,
        ) {
            let backoff = Backoff { first_ms, longest_ms: longest_ms.min(u64::MAX - 1) };
            let whole = (u128::from(first_ms) << (failures - 1).min(64)).min(u128::from(backoff.longest_ms));
            let wait = u128::from(backoff.wait_ms(failures, chance));
            prop_assert!(wait >= whole / 2 && wait <= whole, "{wait} of {whole}");
        }

        #[test]
        fn two_tills_with_other_chances_seldom_come_back_together(one: u64, other: u64) {
            prop_assume!(one % 500 != other % 500);
            let backoff = Backoff { first_ms: 998, longest_ms: 998 };
            prop_assert_ne!(backoff.wait_ms(3, one), backoff.wait_ms(3, other));
        }
    }
}
