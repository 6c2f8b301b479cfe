//! The hash chain: each entry's hash covers its bytes, its place, its till and the hash before it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// What the hash of an entry covers begins with this; another shape of chain would begin with another.
const TAG: &[u8] = b"counterfoil-journal-1";

/// A SHA-256; hexadecimal in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash that the first entry names as the one before it.
    pub const NONE: Hash = Hash([0; 32]);

    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }

    /// From 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Hash> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok().map(|()| Hash(bytes))
    }
}

/// A hash of bytes that come one after the other.
#[derive(Default)]
pub struct Hashing(Sha256);

impl Hashing {
    /// The next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Of all of them.
    pub fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Hash({self})")
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Hash::from_hex(&text).ok_or_else(|| serde::de::Error::custom("not 64 hexadecimal digits"))
    }
}

/// A journal's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// The last entry's number; 0 when there is none.
    pub seq: u64,
    /// Its hash.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub hash: Hash,
}

impl Head {
    /// The end of a journal without entries.
    pub const EMPTY: Head = Head { seq: 0, hash: Hash::NONE };

    /// The end once `body` has been appended to the journal of this till.
    #[must_use]
    pub fn after(&self, till_id: &str, body: &[u8]) -> Head {
        let seq = self.seq + 1;
        Head { seq, hash: entry_hash(till_id, seq, &self.hash, body) }
    }
}

/// SHA-256 over tag, till id, sequence number, the hash before and the body, each with its length before it.
pub fn entry_hash(till_id: &str, seq: u64, prev_hash: &Hash, body: &[u8]) -> Hash {
    framed(&[TAG, till_id.as_bytes(), &seq.to_be_bytes(), &prev_hash.0, body])
}

/// SHA-256 over fields, each with its length (8 bytes, big-endian) before it, so that no two lists of fields are the same bytes.
pub(crate) fn framed(fields: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    Hash(hasher.finalize().into())
}
