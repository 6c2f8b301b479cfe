//! What comes down: the council pack and the extract of account holders.
//!
//! `GET /v1/reference?have_pack=SHA256&have_extract=VERSION` answers what is newer, if anything. The pack is fetched from
//! `/v1/reference/pack/{sha256}`, the extract from `/v1/reference/extract/{version}` (a snapshot) or with `?from=VERSION`
//! (changes since that one). Both are streamed, optionally compressed, and checked by their hash before they are used.

use crate::chain::Hash;
use serde::{Deserialize, Serialize};

/// What is newer than what the till has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// A council pack.
    #[serde(default)]
    pub pack: Option<PackOffer>,
    /// An extract of account holders.
    #[serde(default)]
    pub extract: Option<ExtractOffer>,
}

/// A council pack that is waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackOffer {
    /// The pack's own version.
    pub pack_version: String,
    /// SHA-256 of the bundle that is sent, which is also its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Hash,
    /// Bytes of the bundle.
    pub bytes: u64,
}

/// An extract that is waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtractOffer {
    /// The ledger's number for it; they go up.
    pub version: u64,
    /// Account holders in it.
    pub rows: u64,
    /// The whole of it.
    pub snapshot: Stream,
    /// Only what changed since the version that the till has, where that is less.
    #[serde(default)]
    pub changes: Option<Stream>,
}

/// What is streamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stream {
    /// SHA-256 of the bytes before compression.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Hash,
    /// How many.
    pub bytes: u64,
}

/// The name of the first column of an extract's changes; the rest are the extract's own. `+` a row that is new or other than
/// before, `-` one that is gone.
pub const CHANGE_COLUMN: &str = "Change";
