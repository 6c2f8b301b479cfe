//! How a message is closed with the key that was agreed, and opened.
//!
//! Source: Adyen's "Protect local communications": PBKDF2-HMAC-SHA1 of the passphrase, AES-256-CBC, HMAC-SHA256 over the plain text.

use aes::Aes256;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const SALT: &[u8] = b"AdyenNexoV1Salt";
const ROUNDS: u32 = 4_000;
/// The length of a nonce, in bytes.
pub(super) const NONCE: usize = 16;

/// What is made of a passphrase.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Keys {
    hmac: [u8; 32],
    cipher: [u8; 32],
    iv: [u8; NONCE],
}

/// A message that is closed.
pub(super) struct Closed {
    pub blob: Vec<u8>,
    pub hmac: Vec<u8>,
    pub nonce: [u8; NONCE],
}

impl Keys {
    pub fn of(passphrase: &str) -> Keys {
        let mut material = Zeroizing::new([0u8; 80]);
        pbkdf2::pbkdf2_hmac::<sha1::Sha1>(passphrase.as_bytes(), SALT, ROUNDS, material.as_mut());
        let mut keys = Keys { hmac: [0; 32], cipher: [0; 32], iv: [0; NONCE] };
        keys.hmac.copy_from_slice(&material[..32]);
        keys.cipher.copy_from_slice(&material[32..64]);
        keys.iv.copy_from_slice(&material[64..]);
        keys
    }

    /// Closes a message. A nonce is used once.
    pub fn close(&self, plain: &[u8], nonce: [u8; NONCE]) -> Option<Closed> {
        let blob = cbc::Encryptor::<Aes256>::new(&self.cipher.into(), &self.iv_with(nonce).into()).encrypt_padded_vec::<Pkcs7>(plain);
        Some(Closed { blob, hmac: self.mac(plain)?.finalize().into_bytes().to_vec(), nonce })
    }

    /// Opens one; `None` when it wasn't closed with this key. What is wrong with it isn't told, so that nobody can learn from it.
    pub fn open(&self, closed: &Closed) -> Option<Zeroizing<Vec<u8>>> {
        let plain = cbc::Decryptor::<Aes256>::new(&self.cipher.into(), &self.iv_with(closed.nonce).into())
            .decrypt_padded_vec::<Pkcs7>(&closed.blob)
            .map(Zeroizing::new)
            .ok()?;
        self.mac(&plain)?.verify_slice(&closed.hmac).ok()?;
        Some(plain)
    }

    fn mac(&self, plain: &[u8]) -> Option<Hmac<Sha256>> {
        Some(Hmac::<Sha256>::new_from_slice(&self.hmac).ok()?.chain_update(plain))
    }

    fn iv_with(&self, nonce: [u8; NONCE]) -> [u8; NONCE] {
        std::array::from_fn(|at| self.iv[at] ^ nonce[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    pub(super) static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::of("p@ssw0rd123456"));

    #[test]
    fn the_published_vector_is_what_is_made_of_its_passphrase() {
        assert_eq!(hex::encode(KEYS.hmac), "733636253b5b98f9a483b1a678d73a58dab2accafbc029ecbe12d60eaa909e32");
        assert_eq!(hex::encode(KEYS.cipher), "cf2c822761b9f5305bf69970bfa7b659a6724a119db21f8b0e949779f2ea022c");
        assert_eq!(hex::encode(KEYS.iv), "bb9ba8092e6027c735398dc65977c051");
    }

    #[test]
    fn another_passphrase_opens_nothing() {
        let closed = KEYS.close(b"a payment", [7; NONCE]).unwrap();
        assert!(Keys::of("p@ssw0rd123457").open(&closed).is_none());
    }

    proptest! {
        #[test]
        fn what_is_closed_opens_and_nothing_else_does(
            plain in proptest::collection::vec(any::<u8>(), 0..200), nonce in any::<[u8; NONCE]>(), at in any::<usize>(), bit in 0u32..8,
        ) {
            let mut closed = KEYS.close(&plain, nonce).unwrap();
            let opened = KEYS.open(&closed).unwrap();
            prop_assert_eq!(&*opened, &plain);
            // One bit anywhere in the blob, the nonce or the HMAC.
            let parts = closed.blob.len() + NONCE + closed.hmac.len();
            match at % parts {
                at if at < closed.blob.len() => closed.blob[at] ^= 1 << bit,
                at if at < closed.blob.len() + NONCE => closed.nonce[at - closed.blob.len()] ^= 1 << bit,
                at => closed.hmac[at - closed.blob.len() - NONCE] ^= 1 << bit,
            }
            prop_assert!(KEYS.open(&closed).is_none());
        }

        #[test]
        fn fuzz_bytes_that_nobody_closed_are_refused(
            blob in proptest::collection::vec(any::<u8>(), 0..80), hmac in proptest::collection::vec(any::<u8>(), 0..40), nonce in any::<[u8; NONCE]>(),
        ) {
            let opened = KEYS.open(&Closed { blob, hmac, nonce });
            prop_assert!(opened.is_none());
        }
    }
}
