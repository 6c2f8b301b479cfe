//! What this copy has done since it started, and what all copies share, as Prometheus reads it.

use counterfoil_wire::entries::{EntryStatus, Status};
use std::sync::atomic::{AtomicU64, Ordering};

const STATUSES: [(Status, &str); 5] = [
    (Status::Created, "created"),
    (Status::Exists, "exists"),
    (Status::Gap, "gap"),
    (Status::Conflict, "conflict"),
    (Status::Refused, "refused"),
];

/// Counters of this copy.
#[derive(Debug, Default)]
pub struct Counters {
    entries: [AtomicU64; STATUSES.len()],
    batches: AtomicU64,
}

impl Counters {
    /// Counts an answered batch.
    pub fn count(&self, statuses: &[EntryStatus]) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        for (counter, (counted, _)) in self.entries.iter().zip(STATUSES) {
            let these = statuses.iter().filter(|entry| entry.status == counted).count();
            counter.fetch_add(these as u64, Ordering::Relaxed);
        }
    }
}
