//! What is known of the ledger while the program runs. What must survive is in the store.

use counterfoil_ledger_client::outbox::Standing;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is known of the ledger while the program runs.
pub(crate) struct LedgerState {
    now: Mutex<Now>,
    /// Entries up to this one were handed to the network.
    pub sent_seq: AtomicU64,
}

/// The parts that change together.
pub(crate) struct Now {
    /// How the pump fares.
    pub standing: Standing,
    /// Since when it can't reach the ledger, ms since 1970 UTC.
    pub down_since_ms: Option<i64>,
    /// The sessions whose totals at the ledger weren't the till's when they were last compared, until they are or the program ends.
    pub differ: BTreeSet<u64>,
    /// Reference data that waits for the end of a sale.
    pub waiting: Vec<Waiting>,
    /// Offers that were fetched and can't be used: not fetched again while the program runs.
    pub refused: Vec<String>,
    /// When the customer at the counter was last attended to, ms since 1970 UTC; none between customers.
    pub serving_ms: Option<i64>,
}

/// Reference data that is whole and checked, and waits for the end of a sale.
pub(crate) enum Waiting {
    /// A pack's bundle.
    Pack(Vec<u8>),
    /// An extract that was read into a file of its own.
    Extract { generation: u64, version: u64, taken: u64, refused: u64, as_at: Option<chrono::NaiveDate>, file: PathBuf },
}

impl Default for LedgerState {
    fn default() -> LedgerState {
        let now = Now {
            standing: Standing::Starting,
            down_since_ms: None,
            differ: BTreeSet::new(),
            waiting: Vec::new(),
            refused: Vec::new(),
            serving_ms: None,
        };
        LedgerState { now: Mutex::new(now), sent_seq: AtomicU64::new(0) }
    }
}

impl LedgerState {
    /// A customer is being served from now on, or no longer.
    pub fn serving(&self, since_ms: Option<i64>) {
        self.now().serving_ms = since_ms;
    }

    /// The number of an extract that is read and waits for the end of a sale.
    pub fn waiting_generation(&self) -> Option<u64> {
        let number = |waiting: &Waiting| match waiting {
            Waiting::Extract { generation, .. } => Some(*generation),
            Waiting::Pack(_) => None,
        };
        self.now().waiting.iter().filter_map(number).max()
    }

    /// The parts that change together, held for as short as can be: the counter asks for them too.
    pub fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
