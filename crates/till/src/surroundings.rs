//! The outside world that the till is given: the clock and where ids come from.

use sha2::{Digest, Sha256};

/// Time and ids. Tests have their own, so that any day can be replayed.
pub trait Surroundings: Send + Sync {
    /// Milliseconds since 1970, UTC.
    fn now_ms(&self) -> i64;
    /// A fresh UUID (version 7) in its usual text form.
    fn new_id(&self) -> String;
    /// 32 random bytes that nobody can guess: keys are made of them.
    fn random(&self) -> [u8; 32];
    /// The version of the web view that draws the window, where there is one and whoever opened the till knows it.
    fn web_view(&self) -> Option<String> {
        None
    }
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

    fn random(&self) -> [u8; 32] {
        // Each has 122 bits from the system's source; two hashed together are beyond guessing.
        let (one, two) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
        Sha256::digest([one.as_bytes().as_slice(), two.as_bytes().as_slice()].concat()).into()
    }
}
