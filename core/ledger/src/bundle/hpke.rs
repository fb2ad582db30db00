//! HPKE in base mode (RFC 9180), for one message: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! AES-256-GCM.
//!
//! Written out rather than taken from a crate because the reader's secret key stays with the host:
//! the host gives the agreement, and the rest follows from it here. The tests compare every step
//! with another implementation.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::bundle::Agreement;

/// `"KEM" || I2OSP(0x0020, 2)`.
const KEM: &[u8] = b"KEM\x00\x20";
/// `"HPKE"` with the numbers of the KEM, the KDF and the AEAD.
const HPKE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x02";
const VERSION: &[u8] = b"HPKE-v1";
const MODE_BASE: u8 = 0;

/// Bytes that sealing adds.
pub(super) const TAG_BYTES: usize = 16;

/// Encrypts to a key. Gives the ephemeral public key and the ciphertext; none when nothing can be
/// agreed upon with the key.
pub(super) fn seal(
    to: &[u8; 32],
    ephemeral: [u8; 32],
    info: &[u8],
    message: &[u8],
) -> Option<([u8; 32], Vec<u8>)> {
    let secret = StaticSecret::from(ephemeral);
    let enc = PublicKey::from(&secret).to_bytes();
    let agreed = secret.diffie_hellman(&PublicKey::from(*to));
    if !agreed.was_contributory() {
        return None;
    }
    let (key, nonce) = schedule(&Zeroizing::new(agreed.to_bytes()), &enc, to, info);
    let sealed = Aes256Gcm::new((&*key).into()).encrypt(&Nonce::from(nonce), message).ok()?;
    Some((enc, sealed))
}

/// Decrypts with the agreement of `own` and `enc`; none when it was not encrypted so.
pub(super) fn open(
    own: &[u8; 32],
    enc: &[u8; 32],
    agreed: &Agreement,
    info: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    // RFC 9180 section 7.1.4: an agreement of zeros is that of a key of small order.
    if agreed.iter().all(|byte| *byte == 0) {
        return None;
    }
    let (key, nonce) = schedule(agreed, enc, own, info);
    let opened = Aes256Gcm::new((&*key).into()).decrypt(&Nonce::from(nonce), sealed).ok()?;
    Some(Zeroizing::new(opened))
}

/// The key and the nonce of the first message (RFC 9180 sections 4.1 and 5.1).
fn schedule(
    agreed: &Agreement,
    enc: &[u8; 32],
    to: &[u8; 32],
    info: &[u8],
) -> (Zeroizing<[u8; 32]>, [u8; 12]) {
    let context = [enc.as_slice(), to].concat();
    let prk = extract(KEM, &[], b"eae_prk", agreed.as_slice());
    let shared: Zeroizing<[u8; 32]> = expand(KEM, &prk, b"shared_secret", &context);
    let psk_id = extract(HPKE, &[], b"psk_id_hash", &[]);
    let info = extract(HPKE, &[], b"info_hash", info);
    let context = [&[MODE_BASE], psk_id.as_slice(), info.as_slice()].concat();
    let secret = extract(HPKE, shared.as_slice(), b"secret", &[]);
    let key = expand(HPKE, &secret, b"key", &context);
    let nonce: Zeroizing<[u8; 12]> = expand(HPKE, &secret, b"base_nonce", &context);
    (key, *nonce)
}

/// `LabeledExtract`.
fn extract(suite: &[u8], salt: &[u8], label: &[u8], input: &[u8]) -> Zeroizing<[u8; 32]> {
    let labeled = Zeroizing::new([VERSION, suite, label, input].concat());
    Zeroizing::new(Hkdf::<Sha256>::extract(Some(salt), &labeled).0.into())
}

/// `LabeledExpand`.
fn expand<const N: usize>(
    suite: &[u8],
    prk: &[u8; 32],
    label: &[u8],
    info: &[u8],
) -> Zeroizing<[u8; N]> {
    let length = [0, N as u8];
    let mut out = Zeroizing::new([0; N]);
    let hkdf = Hkdf::<Sha256>::from_prk(prk).expect("a hash is long enough for a key");
    hkdf.expand_multi_info(&[&length, VERSION, suite, label, info], out.as_mut_slice())
        .expect("a key is shorter than 255 hashes");
    out
}

#[cfg(test)]
mod tests {
    use ::hpke::aead::AesGcm256;
    use ::hpke::kdf::HkdfSha256;
    use ::hpke::kem::X25519HkdfSha256;
    use ::hpke::{Deserializable, Kem, OpModeR};

    use super::*;
    use crate::testing::Chance;

    /// What another implementation opens.
    fn opened_by_another(secret: &[u8; 32], enc: &[u8; 32], info: &[u8], sealed: &[u8]) -> Vec<u8> {
        type Key = <X25519HkdfSha256 as Kem>::PrivateKey;
        type Enc = <X25519HkdfSha256 as Kem>::EncappedKey;
        ::hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &Key::from_bytes(secret).unwrap(),
            &Enc::from_bytes(enc).unwrap(),
            info,
            sealed,
            &[],
        )
        .unwrap()
    }

    #[test]
    fn another_implementation_opens_what_this_one_seals() {
        let mut chance = Chance::new(77);
        for length in [0, 1, 32, 1_000] {
            let secret: [u8; 32] = chance.bytes();
            let own = PublicKey::from(&StaticSecret::from(secret)).to_bytes();
            let message = vec![7; length];
            let info = &chance.bytes::<32>()[..length.min(32)];
            let (enc, sealed) = seal(&own, chance.bytes(), info, &message).unwrap();
            assert_eq!(opened_by_another(&secret, &enc, info, &sealed), message);
            let agreed = StaticSecret::from(secret).diffie_hellman(&PublicKey::from(enc));
            let agreed = Zeroizing::new(agreed.to_bytes());
            assert_eq!(*open(&own, &enc, &agreed, info, &sealed).unwrap(), message);
            assert!(open(&own, &enc, &agreed, b"other", &sealed).is_none());
            assert!(open(&enc, &enc, &agreed, info, &sealed).is_none());
        }
    }

    #[test]
    fn a_key_of_small_order_is_no_reader() {
        let mut one = [0; 32];
        for key in [[0; 32], {
            one[0] = 1;
            one
        }] {
            assert!(seal(&key, [9; 32], b"", b"secret").is_none());
            assert!(open(&[1; 32], &key, &Zeroizing::new([0; 32]), b"", &[0; 48]).is_none());
        }
    }
}
