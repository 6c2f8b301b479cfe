//! The outside world that the ledger is given: the clock and chance.

/// Time and random bytes. Tests have their own, so that any day can be replayed.
pub trait Surroundings: Send + Sync {
    /// Milliseconds since 1970, UTC.
    fn now_ms(&self) -> i64;
    /// Random bytes, fit for keys and codes.
    ///
    /// # Errors
    /// The machine has none to give.
    fn random(&self, bytes: &mut [u8]) -> std::io::Result<()>;
}

/// This machine's clock and random numbers.
#[derive(Clone, Copy, Debug)]
pub struct Machine;

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place where the real clock and real chance are taken; everything else is handed them"
)]
impl Surroundings for Machine {
    fn now_ms(&self) -> i64 {
        chrono::Utc::now().timestamp_millis()
    }

    fn random(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        getrandom::fill(bytes).map_err(std::io::Error::other)
    }
}
