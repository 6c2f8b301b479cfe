//! The outside world that the till is given: the clock and where ids come from.

/// Time and ids. Tests have their own, so that any day can be replayed.
pub trait Surroundings: Send + Sync {
    /// Milliseconds since 1970, UTC.
    fn now_ms(&self) -> i64;
    /// A fresh UUID (version 7) in its usual text form.
    fn new_id(&self) -> String;
}

/// This machine's clock and random numbers.
pub struct Machine;

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place where the real clock and real ids are made; everything else is handed them"
)]
impl Surroundings for Machine {
    fn now_ms(&self) -> i64 {
        chrono::Utc::now().timestamp_millis()
    }

    fn new_id(&self) -> String {
        uuid::Uuid::now_v7().to_string()
    }
}
