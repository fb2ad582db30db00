//! The public keys of a hub as one word, carried to the administrator who certifies it.

use angen_ledger::key::{Algorithm, PublicKey};

use crate::error::{Error, Result};
use crate::ports::NewKeys;

/// 32 bytes that check signatures, and 32 that bundles are encrypted to.
const KEYS_BYTES: usize = 64;

/// The public halves as one word of 128 hexadecimal digits: shown, scanned, or copied.
#[must_use]
pub fn hub_keys_to_text(keys: &NewKeys) -> String {
    let bytes = keys.sign.to_bytes().into_iter().chain(keys.seal_to);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// Reads what somebody scanned or pasted. White space is passed over: a word of this length comes
/// broken into lines.
///
/// # Errors
/// `Invalid` at `keys`.
pub fn hub_keys_from_text(text: &str) -> Result<NewKeys> {
    read(text).ok_or_else(|| {
        Error::invalid(
            "keys",
            "不是平台公钥，或没有扫全：应为 128 位十六进制数字（angen hub keys 的输出）",
            "these are not the keys of a hub, or not all of it: the 128 hexadecimal digits that \
             `angen hub keys` shows",
        )
    })
}

fn read(text: &str) -> Option<NewKeys> {
    let digits: Vec<u8> = text.bytes().filter(|sign| !sign.is_ascii_whitespace()).collect();
    // Every sign is looked at: what parses numbers would take a plus sign for a digit.
    if digits.len() != 2 * KEYS_BYTES || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let pairs =
        digits.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
    let bytes: Vec<u8> = pairs.collect::<Option<_>>()?;
    let (sign, seal_to) = bytes.split_at(KEYS_BYTES / 2);
    let sign = PublicKey::from_bytes(Algorithm::Ed25519, sign).ok()?;
    Some(NewKeys { sign, seal_to: seal_to.try_into().ok()? })
}

#[cfg(test)]
mod tests {
    use angen_ledger::key::{Signer, SoftKey};

    use super::*;

    fn keys() -> NewKeys {
        let sign = SoftKey::from_secret(Algorithm::Ed25519, &[7; 32]).unwrap().public_key();
        NewKeys { sign, seal_to: [0xab; 32] }
    }

    #[test]
    fn a_word_that_was_broken_or_written_in_capitals_says_the_same_keys() {
        let word = hub_keys_to_text(&keys());
        let (first, rest) = word.split_at(50);
        for said in [word.clone(), word.to_uppercase(), format!(" {first}\r\n{rest}\n")] {
            let read = hub_keys_from_text(&said).unwrap();
            assert_eq!((read.sign, read.seal_to), (keys().sign, keys().seal_to));
        }
    }

    #[test]
    fn another_word_is_refused_at_its_field() {
        let word = hub_keys_to_text(&keys());
        let plus = format!("+{}", &word[1..]);
        // 2 is the y of no point of the curve, so nothing could check a signature by it.
        let no_point = format!("02{}{}", "00".repeat(31), "ab".repeat(32));
        let far = format!("{}é", &word[..126]);
        for bad in ["", &word[2..], &format!("{word}00"), &plus, &no_point, &far, "ANGEN:ASK:1:AA"]
        {
            let error = hub_keys_from_text(bad).unwrap_err();
            assert!(matches!(&error, Error::Invalid(why) if why.place == "keys"), "{bad}: {error}");
        }
    }
}
