//! How long to wait after the n-th failure in a row: twice as long each time, up to a bound, and never quite the same for two
//! tills, so that sixty of them don't ask at once when the ledger is back.

use std::time::Duration;

/// After the first failure.
const FIRST_MS: u64 = 1_000;
/// Never longer.
const LONGEST_MS: u64 = 60_000;

/// The wait after `failures` in a row (at least 1): between half and the whole of the bound for that many. `chance` is any number.
pub fn delay(failures: u32, chance: u64) -> Duration {
    let bound = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_MS);
    Duration::from_millis(bound / 2 + chance % (bound / 2 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_minute_and_differs_between_tills() {
        for (failures, bound) in [(1, 1_000), (2, 2_000), (5, 16_000), (7, 60_000), (1_000, 60_000)] {
            assert_eq!(delay(failures, 0), Duration::from_millis(bound / 2));
            assert_eq!(delay(failures, bound / 2), Duration::from_millis(bound));
            for chance in [1, 777, u64::MAX] {
                let wait = delay(failures, chance).as_millis();
                assert!((u128::from(bound / 2)..=u128::from(bound)).contains(&wait));
            }
        }
    }
}
