//! The envelope's cryptography, from ring and the bare block cipher.

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use ring::rand::SecureRandom;
use ring::{hmac, pbkdf2, rand};
use std::num::NonZeroU32;

const BLOCK: usize = 16;

/// What is made of a passphrase.
pub(super) struct Sealing {
    mac: hmac::Key,
    cipher: Aes256,
    iv: [u8; BLOCK],
}

impl Sealing {
    pub fn of(passphrase: &str) -> Sealing {
        let material = material(passphrase);
        let (mac, rest) = material.split_at(32);
        let (cipher, iv) = rest.split_at(32);
        let key: [u8; 32] = std::array::from_fn(|at| cipher[at]);
        Sealing { mac: hmac::Key::new(hmac::HMAC_SHA256, mac), cipher: Aes256::new(&key.into()), iv: std::array::from_fn(|at| iv[at]) }
    }

    /// The blob, its HMAC and its nonce.
    pub fn seal(&self, plain: &[u8]) -> (Vec<u8>, Vec<u8>, [u8; BLOCK]) {
        let mut nonce = [0; BLOCK];
        // A nonce that isn't random is a terminal's fault like any other.
        let _ = rand::SystemRandom::new().fill(&mut nonce);
        let pad = BLOCK - plain.len() % BLOCK;
        let padded = plain.iter().copied().chain(std::iter::repeat_n(u8::try_from(pad).unwrap_or_default(), pad));
        let (mut blob, mut chain) = (Vec::with_capacity(plain.len() + BLOCK), self.first(nonce));
        for block in padded.collect::<Vec<u8>>().chunks_exact(BLOCK) {
            let mut block: [u8; BLOCK] = std::array::from_fn(|at| block[at] ^ chain[at]);
            self.cipher.encrypt_block((&mut block).into());
            blob.extend_from_slice(&block);
            chain = block;
        }
        (blob, hmac::sign(&self.mac, plain).as_ref().to_vec(), nonce)
    }

    pub fn unseal(&self, blob: &[u8], tag: &[u8], nonce: [u8; BLOCK]) -> Option<Vec<u8>> {
        if blob.is_empty() || !blob.len().is_multiple_of(BLOCK) {
            return None;
        }
        let (mut plain, mut chain) = (Vec::with_capacity(blob.len()), self.first(nonce));
        for sealed in blob.chunks_exact(BLOCK) {
            let sealed: [u8; BLOCK] = std::array::from_fn(|at| sealed[at]);
            let mut block = sealed;
            self.cipher.decrypt_block((&mut block).into());
            plain.extend(block.iter().zip(chain).map(|(byte, chained)| byte ^ chained));
            chain = sealed;
        }
        let pad = usize::from(*plain.last()?);
        let kept = plain.len().checked_sub(pad).filter(|_| (1..=BLOCK).contains(&pad))?;
        let padded_right = plain[kept..].iter().all(|byte| usize::from(*byte) == pad);
        plain.truncate(kept);
        (padded_right && hmac::verify(&self.mac, &plain, tag).is_ok()).then_some(plain)
    }

    fn first(&self, nonce: [u8; BLOCK]) -> [u8; BLOCK] {
        std::array::from_fn(|at| self.iv[at] ^ nonce[at])
    }
}

fn material(passphrase: &str) -> [u8; 80] {
    let mut material = [0; 80];
    let rounds = NonZeroU32::new(4_000).unwrap_or(NonZeroU32::MIN);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA1, rounds, b"AdyenNexoV1Salt", passphrase.as_bytes(), &mut material);
    material
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector_is_what_is_made_of_its_passphrase() {
        let whole = "733636253b5b98f9a483b1a678d73a58dab2accafbc029ecbe12d60eaa909e32\
                     cf2c822761b9f5305bf69970bfa7b659a6724a119db21f8b0e949779f2ea022c\
                     bb9ba8092e6027c735398dc65977c051";
        assert_eq!(hex::encode(material("p@ssw0rd123456")), whole);
    }

    #[test]
    fn what_is_sealed_unseals_and_a_changed_bit_does_not() {
        let sealing = Sealing::of("x");
        for length in 0..40 {
            let plain = vec![7; length];
            let (mut blob, tag, nonce) = sealing.seal(&plain);
            assert_eq!(sealing.unseal(&blob, &tag, nonce), Some(plain));
            blob[0] ^= 1;
            assert_eq!(sealing.unseal(&blob, &tag, nonce), None);
        }
    }
}
