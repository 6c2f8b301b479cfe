//! What the pump needs of a till: its journal, its clock, and a place to write down what the ledger said.

use crate::reason::Reason;
use chrono::NaiveDateTime;
use counterfoil_domain::entry::Entry;
use counterfoil_wire::Hash;
use counterfoil_wire::entries::{SessionTotals, TillState};
use counterfoil_wire::reference::ExtractOffer;
use counterfoil_wire::signing::SignedHead;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// An entry on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingEntry {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// Its exact bytes.
    pub body: Vec<u8>,
}

/// The till's own side didn't work: its code, for the log. The pump waits and tries again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OutboxError(pub String);

/// Why sending has stopped until a person has looked. The till goes on trading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Stable: `conflict`, `refused`, `head-not-ours`, `signature-wrong`, `till-revoked`.
    pub code: String,
    /// The entry that it is about; 0 for none.
    #[serde(default)]
    pub seq: u64,
    /// Milliseconds since 1970, UTC, by the till's clock.
    pub at_ms: i64,
    /// The ledger's words.
    #[serde(default)]
    pub detail: String,
}

/// What the pump is doing, as the status line tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not asked the ledger yet.
    Starting,
    /// The ledger answered when it was asked last.
    Up,
    /// It doesn't answer, or not sensibly.
    Down(Reason),
    /// An alarm stands.
    Halted,
}

/// A receipt that goes to its ledger by itself.
#[derive(Clone, Debug)]
pub struct ToDeliver {
    /// Its entry's number.
    pub seq: u64,
    /// Its place in the series.
    pub serial: u64,
    /// Its entry.
    pub entry: Entry,
    /// The entry's moment in the council's own time.
    pub taken_at: NaiveDateTime,
    /// What was kept of its way so far, as JSON; empty for one that was never tried.
    pub detail: String,
}

/// Where a receipt's delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Something of it may have arrived.
    UnderWay,
    /// The ledger has it.
    Delivered,
    /// It can't be delivered as it is; a person decides.
    Quarantined,
}

/// What the pump needs of a till. Everything is answered at once: nothing here waits for a network.
pub trait Outbox: Send + Sync {
    /// Milliseconds since 1970, UTC.
    fn now_ms(&self) -> i64;
    /// A random number.
    fn chance(&self) -> u64;
    /// Called before each step: what has come down may be used now, if no customer is being served.
    fn between_customers(&self);
    /// Up to which entry the ledger has the journal.
    fn acknowledged(&self) -> Result<u64, OutboxError>;
    /// The journal's end.
    fn head_seq(&self) -> Result<u64, OutboxError>;
    /// The entries after one, as many as fit into `most` and `most_bytes`, a line break for each included.
    fn entries(&self, after: u64, most: usize, most_bytes: usize) -> Result<Vec<OutgoingEntry>, OutboxError>;
    /// Entries up to this one are being handed to the network.
    fn sending(&self, up_to: u64);
    /// The hash of an entry, if there is one; [`Hash::NONE`] for number 0.
    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, OutboxError>;
    /// How the till is.
    fn state(&self) -> Result<TillState, OutboxError>;
    /// The ledger has the journal up to and with this entry: kept before anything after it is sent.
    fn acknowledge(&self, seq: u64, head: &SignedHead) -> Result<(), OutboxError>;
    /// What the ledger has of a session, to be held against what the till has.
    fn compare(&self, totals: &SessionTotals) -> Result<(), OutboxError>;
    /// Receipts for a ledger that takes them one by one, in the order of the series: at most `most` under way, and as many new ones.
    fn to_deliver(&self, most: u64) -> Result<Vec<ToDeliver>, OutboxError>;
    /// Writes down where a delivery stands. `detail` is what the transport wants back with it, as JSON.
    fn keep_delivery(&self, receipt: &ToDeliver, kept: Kept, detail: &str) -> Result<(), OutboxError>;
    /// The alarm that stands.
    fn alarm(&self) -> Result<Option<Alarm>, OutboxError>;
    /// Raises one.
    fn raise(&self, alarm: &Alarm) -> Result<(), OutboxError>;
    /// Tells whoever watches.
    fn stands(&self, standing: Standing);
    /// A folder on the till's own disk for what is being fetched.
    fn arrivals(&self) -> PathBuf;
    /// Was this offer (a pack's hash, an extract's version) fetched already and can't be used, or does one wait to be used?
    fn refuses(&self, offer: &str) -> bool;
    /// A council pack has come down, whole.
    fn pack_arrived(&self, bundle: &[u8]) -> Result<(), OutboxError>;
    /// The changes of an extract have come down, as a file: what the till has is this version. False where they don't fit to what it
    /// has, and the whole is to come down.
    fn changes_arrived(&self, since: u64, offer: &ExtractOffer, file: &Path) -> Result<bool, OutboxError>;
    /// An extract has come down, whole, as a file.
    fn extract_arrived(&self, version: u64, file: &Path) -> Result<(), OutboxError>;
}
