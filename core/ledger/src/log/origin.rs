//! The origin of a log: which hub it is, and which of its epochs.

use crate::certificate::{Certificate, Duty};
use crate::key::PublicKey;
use crate::limits::NAME_BYTES_MAX;

/// The entry of `ext` in a hub's certificate that names its log.
pub const ORIGIN_EXT: &str = "origin";

/// Whether a text is an origin: `hub/epoch`, such as `rizhao.example/donggang/1`.
///
/// Printable ASCII without blanks and `+` (what C2SP lets a key be named), at most 256 bytes; the
/// epoch is a decimal number over 0 without leading zero. So no origin is the first line of
/// another kind of message that a hub's key signs.
#[must_use]
pub fn is_origin(text: &str) -> bool {
    let Some((hub, epoch)) = text.rsplit_once('/') else { return false };
    let number = !epoch.starts_with('0') && epoch.parse::<u32>().is_ok_and(|epoch| epoch > 0);
    text.len() <= NAME_BYTES_MAX
        && !hub.is_empty()
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'+')
        && number
}

/// The log that a certificate is for, with the key of its hub: duty `hub`, an `origin`, and an
/// Ed25519 key, since the signatures of notes are Ed25519.
#[must_use]
pub fn log_of(certificate: &Certificate) -> Option<(&str, &PublicKey)> {
    let origin = certificate.ext.iter().find(|(name, _)| name == ORIGIN_EXT)?.1.as_text()?;
    let signs = matches!(certificate.key, PublicKey::Ed25519(_));
    let hub = certificate.duty == Duty::Hub && signs && is_origin(origin);
    hub.then_some((origin, &certificate.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_names_a_hub_and_an_epoch() {
        for good in ["a/1", "rizhao.example/donggang/1", "x/4294967295"] {
            assert!(is_origin(good), "{good}");
        }
        let long = format!("{}/1", "a".repeat(255));
        for bad in
            ["", "a", "/1", "a/", "a/0", "a/01", "a/+1", "a/1 ", "a b/1", "a+b/1", "日照/1", &long]
        {
            assert!(!is_origin(bad), "{bad}");
        }
        assert!(!is_origin("cosignature/v1"), "what a cosignature begins with");
    }
}
