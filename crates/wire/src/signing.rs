//! Who said it: a till signs its requests, the ledger signs the heads that it holds. Ed25519 throughout.

use crate::chain::{Hash, Head, framed};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The header with the till's id.
pub const TILL_HEADER: &str = "counterfoil-till";
/// The header with the moment of the request: milliseconds since 1970, UTC, in decimal.
pub const DATE_HEADER: &str = "counterfoil-date";
/// The header with the signature, in base64.
pub const SIGNATURE_HEADER: &str = "counterfoil-signature";
/// How far a request's moment may be from the ledger's clock, in milliseconds. A till whose clock is further out is told the
/// ledger's time ([`crate::problem::Problem::now_ms`]) and signs with that.
pub const DATE_WINDOW_MS: i64 = 10 * 60 * 1000;

/// A public key as text: base64 of its 32 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKey(pub String);

impl PublicKey {
    /// Of a signing key.
    pub fn of(key: &SigningKey) -> PublicKey {
        PublicKey(STANDARD.encode(key.verifying_key().as_bytes()))
    }

    /// The key itself; none when the text isn't one.
    pub fn read(&self) -> Option<VerifyingKey> {
        let bytes: [u8; 32] = STANDARD.decode(&self.0).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())
    }

    /// Was this signed with the key?
    fn signed(&self, digest: &Hash, signature: &str) -> bool {
        let signature = STANDARD.decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        match (self.read(), signature) {
            (Some(key), Some(signature)) => key.verify_strict(&digest.0, &signature).is_ok(),
            _ => false,
        }
    }
}

fn sign(key: &SigningKey, digest: &Hash) -> String {
    STANDARD.encode(key.sign(&digest.0).to_bytes())
}

/// What of a request is signed: everything that decides what it does.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The till's id, as in its header.
    pub till_id: &'a str,
    /// `GET`, `POST`.
    pub method: &'a str,
    /// Path with query, as it is sent: `/v1/tills/…/entries`, without scheme and host, and without what a proxy puts before it.
    pub path: &'a str,
    /// As in its header.
    pub date_ms: i64,
    /// The body as it is sent, compressed if it is.
    pub body: &'a [u8],
}

impl Request<'_> {
    fn digest(&self) -> Hash {
        let (date, body) = (self.date_ms.to_string(), Hash::of(self.body));
        let fields = [self.till_id, self.method, self.path, &date].map(str::as_bytes);
        framed(&[b"counterfoil-request-1", fields[0], fields[1], fields[2], fields[3], &body.0])
    }

    /// The signature for its header.
    pub fn signature(&self, key: &SigningKey) -> String {
        sign(key, &self.digest())
    }

    /// Is it signed by the holder of this key?
    pub fn is_signed_by(&self, key: &PublicKey, signature: &str) -> bool {
        key.signed(&self.digest(), signature)
    }
}

/// A head that the ledger holds, and says so with its name under it: what makes tampering with a till's whole chain visible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedHead {
    /// Whose journal.
    pub till_id: String,
    /// Its end at the ledger.
    #[serde(flatten)]
    pub head: Head,
    /// When it was signed: milliseconds since 1970, UTC, by the ledger's clock.
    pub at_ms: i64,
    /// The ledger's signature, in base64.
    pub signature: String,
}

impl SignedHead {
    /// Signs a head.
    pub fn new(till_id: &str, head: Head, at_ms: i64, key: &SigningKey) -> SignedHead {
        let signature = sign(key, &head_digest(till_id, &head, at_ms));
        SignedHead { till_id: till_id.to_owned(), head, at_ms, signature }
    }

    /// Is it signed by the holder of this key?
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.signed(&head_digest(&self.till_id, &self.head, self.at_ms), &self.signature)
    }
}

fn head_digest(till_id: &str, head: &Head, at_ms: i64) -> Hash {
    framed(&[b"counterfoil-head-1", till_id.as_bytes(), &head.seq.to_be_bytes(), &head.hash.0, &at_ms.to_be_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32])
    }

    #[test]
    fn a_request_changed_in_any_part_is_no_longer_signed() {
        let request = Request { till_id: "a", method: "POST", path: "/v1/x?y=1", date_ms: 5, body: b"body" };
        let (ours, signature) = (PublicKey::of(&key(1)), request.signature(&key(1)));
        assert!(request.is_signed_by(&ours, &signature));
        for changed in [
            Request { till_id: "b", ..request },
            Request { method: "GET", ..request },
            Request { path: "/v1/x?y=2", ..request },
            Request { date_ms: 6, ..request },
            Request { body: b"Body", ..request },
        ] {
            assert!(!changed.is_signed_by(&ours, &signature), "{changed:?}");
        }
        assert!(!request.is_signed_by(&PublicKey::of(&key(2)), &signature));
        assert!(!request.is_signed_by(&PublicKey("rubbish".into()), &signature));
        assert!(!request.is_signed_by(&ours, "rubbish"));
    }

    #[test]
    fn a_head_is_the_ledger_s_word_for_one_till_one_place_and_one_hash() {
        let head = Head::EMPTY.after("till", b"{}");
        let signed = SignedHead::new("till", head, 7, &key(3));
        let ledger = PublicKey::of(&key(3));
        assert!(signed.is_signed_by(&ledger));
        assert!(!SignedHead { till_id: "other".into(), ..signed.clone() }.is_signed_by(&ledger));
        assert!(!SignedHead { head: head.after("till", b"{}"), ..signed.clone() }.is_signed_by(&ledger));
        assert!(!SignedHead { at_ms: 8, ..signed }.is_signed_by(&ledger));
    }
}
