//! The council's time: its pack says in which zone it keeps its days, and so the page tells moments in it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use counterfoil_domain::council::Identity;

/// A clock on the council's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CouncilClock(Tz);

/// Until the ledger has a pack.
impl Default for CouncilClock {
    fn default() -> CouncilClock {
        CouncilClock(Tz::Europe__London)
    }
}

impl CouncilClock {
    /// As its pack says.
    pub fn of(identity: &Identity) -> CouncilClock {
        identity.time_zone.parse().map_or_else(|_| CouncilClock::default(), CouncilClock)
    }

    /// `25/11/2026 14:05`.
    pub fn moment(self, ms: i64) -> String {
        self.local(ms).format("%d/%m/%Y %H:%M").to_string()
    }

    /// The council's day.
    pub fn day_of(self, ms: i64) -> NaiveDate {
        self.local(ms).date_naive()
    }

    fn local(self, ms: i64) -> DateTime<Tz> {
        DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(zone: &str) -> CouncilClock {
        CouncilClock::of(&Identity { time_zone: zone.to_owned(), ..Identity::default() })
    }

    #[test]
    fn moments_are_told_by_the_clock_on_the_council_s_wall() {
        assert_eq!(of("Europe/London").moment(1_782_907_500_000), "01/07/2026 13:05");
        assert_eq!(of("Atlantic/Stanley").moment(1_782_907_500_000), "01/07/2026 09:05");
    }

    #[test]
    fn a_day_begins_when_it_begins_at_the_council() {
        assert_eq!(of("Europe/London").day_of(1_782_858_600_000).to_string(), "2026-06-30");
        assert_eq!(of("Asia/Tokyo").day_of(1_782_858_600_000).to_string(), "2026-07-01");
        assert_eq!(of("Nowhere"), CouncilClock::default());
    }
}
