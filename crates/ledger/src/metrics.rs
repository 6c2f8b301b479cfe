//! What this copy has done since it started, and what all copies share, as Prometheus reads it.

use crate::error::LedgerError;
use crate::ledger::Ledger;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use counterfoil_wire::entries::{EntryStatus, Status};
use std::fmt::Write;
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

    fn told(&self) -> String {
        let batches = self.batches.load(Ordering::Relaxed);
        let mut text = format!("# TYPE counterfoil_batches_total counter\ncounterfoil_batches_total {batches}\n");
        text.push_str("# TYPE counterfoil_entries_total counter\n");
        for (counter, (_, status)) in self.entries.iter().zip(STATUSES) {
            let _ = writeln!(text, "counterfoil_entries_total{{status=\"{status}\"}} {}", counter.load(Ordering::Relaxed));
        }
        text
    }
}

/// `GET /metrics`. What all copies share is asked of the database; a copy without one tells of itself.
pub async fn get(State(ledger): State<Ledger>) -> impl IntoResponse {
    let mut text = ledger.counters().told();
    let exposed = ledger.exposed().len();
    let _ = writeln!(text, "# TYPE counterfoil_exposed gauge\ncounterfoil_exposed {exposed}");
    let shared = shared(&ledger).await;
    let _ = writeln!(text, "# TYPE counterfoil_database_up gauge\ncounterfoil_database_up {}", u8::from(shared.is_ok()));
    text.push_str(&shared.unwrap_or_default());
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

async fn shared(ledger: &Ledger) -> Result<String, LedgerError> {
    let sql = "SELECT count(*), COALESCE(sum(unsent_receipts), 0)::bigint, COALESCE(sum(unsent_pence), 0)::bigint,
            COALESCE(min(heard_at_ms), 0), COALESCE(sum(head_seq), 0)::bigint,
            (SELECT count(*) FROM alarms WHERE settled_at_ms IS NULL),
            (SELECT count(*) FROM postings p WHERE (p.in_suspense OR p.held_fund IS NOT NULL) AND p.amount_pence <>
                (SELECT COALESCE(sum(a.amount_pence), 0) FROM allocations a
                    WHERE a.till_number = p.till_number AND a.seq = p.seq AND a.part = p.part))
        FROM tills WHERE revoked_at_ms IS NULL";
    let row = ledger.database().await?.query_one(sql, &[]).await?;
    let names = ["tills", "unsent_receipts", "unsent_pence", "longest_unheard_since_ms", "entries", "alarms_open", "postings_in_suspense"];
    let mut text = String::new();
    for (column, name) in names.iter().enumerate() {
        let _ = writeln!(text, "# TYPE counterfoil_{name} gauge\ncounterfoil_{name} {}", row.get::<_, i64>(column));
    }
    Ok(text)
}
