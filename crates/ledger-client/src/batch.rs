//! A run of the journal made ready for the hub.

use crate::outbox::{Outbox, OutboxError, OutgoingEntry};
use counterfoil_wire::entries::{BatchHeader, MAX_BATCH_BYTES, MAX_ENTRIES, TillState, WIRE_VERSION, write_batch};

/// Room for the header's line in a batch.
const HEADER_BYTES: usize = 4 * 1024;
/// From this many bytes on a batch is compressed.
const WORTH_COMPRESSING: usize = 2 * 1024;
/// How hard. Receipts repeat themselves: the quickest level finds that, and leaves the machine to the counter.
const COMPRESSING: i32 = 1;

/// A run of the journal, as it is sent.
pub struct Batch {
    /// The entry before it.
    pub after: u64,
    /// Its entries; none where the hub is only asked.
    pub entries: Vec<OutgoingEntry>,
    /// How the till was when it was made ready.
    pub state: TillState,
    /// The lines, compressed where that is worth it.
    pub body: Vec<u8>,
    /// How they are compressed.
    pub encoding: Option<&'static str>,
}

impl Batch {
    /// What comes after an entry, as much as fits.
    ///
    /// # Errors
    /// The till's own side.
    pub fn after(outbox: &dyn Outbox, after: u64) -> Result<Batch, OutboxError> {
        let entries = outbox.entries(after, MAX_ENTRIES, MAX_BATCH_BYTES - HEADER_BYTES)?;
        let prev_hash = outbox.hash_at(after)?.ok_or_else(|| OutboxError("an entry before those to be sent is missing".into()))?;
        let state = outbox.state()?;
        let header = BatchHeader { v: WIRE_VERSION, first_seq: after + 1, prev_hash, state: state.clone() };
        let bodies = entries.iter().map(|entry| entry.body.as_slice());
        let lines = write_batch(&header, bodies).map_err(|error| OutboxError(error.to_string()))?;
        let compressed = (lines.len() >= WORTH_COMPRESSING).then(|| zstd::encode_all(lines.as_slice(), COMPRESSING).ok()).flatten();
        let (body, encoding) = match compressed {
            Some(bytes) => (bytes, Some("zstd")),
            None => (lines, None),
        };
        Ok(Batch { after, entries, state, body, encoding })
    }
}
