//! Takings going up: `POST /v1/tills/{till}/entries`, and coming back to a replacement: `GET` of the same.
//!
//! The body is lines: the first is a [`BatchHeader`], each line after it the exact bytes of one entry, in order, without gaps.
//! An entry is compact JSON and so never holds a line break. Optionally the whole is compressed (`Content-Encoding: zstd`).
//! A batch without entries asks where the ledger's head is, and tells how the till is.

use crate::chain::{Hash, Head};
use crate::signing::SignedHead;
use counterfoil_domain::Pence;
use serde::{Deserialize, Serialize};

/// The version of these shapes.
pub const WIRE_VERSION: u16 = 1;
/// The most entries in a batch.
pub const MAX_ENTRIES: usize = 500;
/// The most bytes in a batch, before compression, header line included.
pub const MAX_BATCH_BYTES: usize = 1024 * 1024;

/// The first line of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchHeader {
    /// [`WIRE_VERSION`].
    pub v: u16,
    /// The number of the first entry; without entries, of the one that would come next.
    pub first_seq: u64,
    /// The hash before it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub prev_hash: Hash,
    /// How the till is.
    pub state: TillState,
}

/// How a till is: what the fleet page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillState {
    /// The program's version.
    pub program_version: String,
    /// Receipts that the ledger hasn't acknowledged, before this batch.
    pub unsent_receipts: u64,
    /// Their value.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub unsent_pence: Pence,
    /// The open session's number.
    pub open_session: Option<u64>,
    /// The pack in force: its SHA-256 in hexadecimal.
    pub pack_sha256: Option<String>,
    /// The ledger's version of the extract in use, if it came from there.
    pub extract_version: Option<u64>,
}

/// A batch as lines.
///
/// # Errors
/// Only if the header couldn't be written as JSON, which it always can.
pub fn write_batch<'a>(header: &BatchHeader, bodies: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, serde_json::Error> {
    let mut lines = serde_json::to_vec(header)?;
    for body in bodies {
        lines.push(b'\n');
        lines.extend_from_slice(body);
    }
    Ok(lines)
}

/// A batch's header and the bytes of its entries.
///
/// # Errors
/// [`BatchUnreadable`] says why.
pub fn read_batch(lines: &[u8]) -> Result<(BatchHeader, Vec<&[u8]>), BatchUnreadable> {
    if lines.len() > MAX_BATCH_BYTES {
        return Err(BatchUnreadable::TooLarge);
    }
    let mut lines = lines.strip_suffix(b"\n").unwrap_or(lines).split(|byte| *byte == b'\n');
    let header: BatchHeader = serde_json::from_slice(lines.next().unwrap_or_default()).map_err(|_| BatchUnreadable::Header)?;
    if header.v > WIRE_VERSION {
        return Err(BatchUnreadable::Newer(header.v));
    }
    let bodies: Vec<&[u8]> = lines.collect();
    if bodies.len() > MAX_ENTRIES {
        return Err(BatchUnreadable::TooMany);
    }
    if header.first_seq == 0 {
        return Err(BatchUnreadable::Header);
    }
    Ok((header, bodies))
}

/// Why a batch can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchUnreadable {
    /// Its first line is no header.
    #[error("the first line isn't a batch's header")]
    Header,
    /// More than [`MAX_BATCH_BYTES`].
    #[error("more than 1 MiB")]
    TooLarge,
    /// More than [`MAX_ENTRIES`].
    #[error("more than 500 entries")]
    TooMany,
    /// A later version's.
    #[error("version {0} is later than this ledger's")]
    Newer(u16),
}

/// The answer to a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntriesReply {
    /// One a line of the batch, in its order.
    pub entries: Vec<EntryStatus>,
    /// The journal's end at the ledger, after this batch.
    pub head: SignedHead,
    /// What the ledger has of the session of the last entry that it holds.
    #[serde(default)]
    pub totals: Option<SessionTotals>,
    /// Council pack or extract newer than [`TillState`] says: ask for them.
    #[serde(default)]
    pub reference_waiting: bool,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryStatus {
    /// Its number.
    pub seq: u64,
    /// What became of it.
    pub status: Status,
    /// Its hash at the ledger, where it holds one at that number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub hash: Option<Hash>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Status {
    /// Appended now.
    Created,
    /// Same number, same hash: an earlier try got through.
    Exists,
    /// The ledger's head is lower than expected: send from its head on.
    Gap,
    /// Same number or id, other bytes; or a chain that doesn't fit. Stop sending, raise an alarm for a person, go on trading.
    Conflict,
    /// Not an entry at all. As for a conflict.
    Refused,
}

/// What the ledger has of one session: postings of receipts, voids, refunds and transfers; not over and short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTotals {
    /// The session's number.
    pub session: u64,
    /// Up to this entry.
    pub up_to_seq: u64,
    /// By MOP, by code.
    pub mops: Vec<CodeTotal>,
    /// By fund, by code. As the till posted it, whatever the ledger moved to suspense.
    pub funds: Vec<CodeTotal>,
}

/// Postings under one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeTotal {
    /// The MOP's or the fund's.
    pub code: String,
    /// How many postings.
    pub count: u64,
    /// Σ postings.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub amount_pence: Pence,
}

/// Entries coming back: `GET /v1/tills/{till}/entries?after=SEQ` answers lines, the first this, then each entry's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntriesPage {
    /// The number of the first entry on this page.
    pub first_seq: u64,
    /// The journal's end at the ledger; when it isn't on this page, ask again after its last entry.
    pub head: SignedHead,
}

impl BatchHeader {
    /// The head that this batch goes on from.
    pub fn before(&self) -> Head {
        Head { seq: self.first_seq.saturating_sub(1), hash: self.prev_hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header() -> BatchHeader {
        BatchHeader { v: WIRE_VERSION, first_seq: 1, prev_hash: Hash::NONE, state: TillState::default() }
    }

    proptest! {
        #[test]
        fn a_batch_read_is_the_batch_written(bodies in prop::collection::vec("[ -~]{1,60}", 0..20)) {
            let bytes: Vec<&[u8]> = bodies.iter().map(String::as_bytes).collect();
            let lines = write_batch(&header(), bytes.clone()).unwrap();
            prop_assert_eq!(read_batch(&lines).unwrap(), (header(), bytes));
        }

        #[test]
        fn no_bytes_make_the_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_batch(&bytes);
        }
    }

    #[test]
    fn a_batch_beyond_its_limits_is_refused() {
        let many = vec![b"{}".as_slice(); MAX_ENTRIES + 1];
        assert_eq!(read_batch(&write_batch(&header(), many).unwrap()), Err(BatchUnreadable::TooMany));
        let large = vec![b' '; MAX_BATCH_BYTES];
        assert_eq!(read_batch(&write_batch(&header(), [large.as_slice()]).unwrap()), Err(BatchUnreadable::TooLarge));
        let later = BatchHeader { v: 2, ..header() };
        assert_eq!(read_batch(&write_batch(&later, []).unwrap()), Err(BatchUnreadable::Newer(2)));
    }
}
