//! An invitation 入网邀请: what an administrator shows face to face, so that a new device asks to be
//! enrolled over a hub (docs/protocol.md section 16).
//!
//! It names the root that the device is to believe, so none is believed because it came first. Its
//! secret never reaches the hub: who has seen the invitation can ask and prove it, and the hub can
//! do neither in anybody's name.

use std::fmt;

use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::enrolment::{from_text, to_text, version};
use crate::hash::{Hash, Suite};
use crate::limits::{HUB_URL_BYTES_MAX, INVITATION_BYTES_MAX};
use crate::wire::{Malformed, Reader, Wire, Writer};

/// What the text of an invitation begins with.
const PREFIX: &str = "ANGEN:INVITE:1:";

/// Bytes of a code that two people say to each other: who wants another question with the same
/// code tries 2^48 of them, and must have seen the invitation before.
pub const CODE_BYTES: usize = 6;

/// An invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Hash and signatures of what is asked and answered.
    pub suite: Suite,
    /// The root that the new device is to believe.
    pub root: Hash,
    /// Random.
    secret: [u8; 16],
    /// The address of the hub, such as `https://hub.example:8371`.
    pub hub: String,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("root", &self.root)
            .field("hub", &self.hub)
            .finish_non_exhaustive()
    }
}

impl Invitation {
    /// An invitation with a secret that nobody has yet.
    #[must_use]
    pub fn new(root: Hash, secret: [u8; 16], hub: String) -> Self {
        Self { suite: Suite::Sha256, root, secret, hub }
    }

    /// The text that is shown.
    #[must_use]
    pub fn to_text(&self) -> String {
        to_text(PREFIX, &self.to_wire())
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`] for another text.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        Self::from_wire(&from_text(PREFIX, text, INVITATION_BYTES_MAX)?)
    }

    /// What the new device shows to the hub, and nobody else does.
    #[must_use]
    pub fn token(&self) -> [u8; 32] {
        self.derive("angen/invitation-token/1", &[])
    }

    /// What the hub knows of the invitation before somebody comes with its token: `SHA-256(token)`.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        Sha256::digest(self.token()).into()
    }

    /// What shows the administrator's device that who asked had the invitation.
    #[must_use]
    pub fn proof(&self, ask: &Hash) -> [u8; 32] {
        self.derive("angen/invitation-proof/1", ask.as_bytes())
    }

    /// What both devices show for a question, and both people compare.
    #[must_use]
    pub fn code(&self, ask: &Hash) -> [u8; CODE_BYTES] {
        self.derive("angen/invitation-code/1", ask.as_bytes())
    }

    fn derive<const N: usize>(&self, label: &str, ask: &[u8]) -> [u8; N] {
        let mut out = Zeroizing::new([0; N]);
        Hkdf::<Sha256>::new(None, &self.secret)
            .expand_multi_info(&[label.as_bytes(), &[0], ask], out.as_mut_slice())
            .expect("it is shorter than 255 hashes");
        *out
    }
}

impl Wire for Invitation {
    const ITEM: &'static str = "invitation";
    const BYTES_MAX: usize = INVITATION_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(5).uint(1).uint(self.suite.number());
        self.root.write(out);
        out.bytes(&self.secret).text(&self.hub);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("invitation", 5)?;
        version(input, "invitation.version")?;
        let suite = Suite::read(input)?;
        let root = Hash::read(input, "invitation.root")?;
        let secret = input.fixed("invitation.secret")?;
        let hub = input.text("invitation.hub", HUB_URL_BYTES_MAX)?.to_owned();
        Ok(Self { suite, root, secret, hub })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation() -> Invitation {
        Invitation::new(Hash([3; 32]), [9; 16], "https://hub.example:8371".to_owned())
    }

    #[test]
    fn a_text_is_read_back_and_one_with_any_sign_changed_is_another_or_none() {
        let shown = invitation().to_text();
        assert!(shown.len() < 200, "{shown}");
        assert_eq!(Invitation::read(&format!(" {shown}\n")).unwrap(), invitation());
        for at in 0..shown.len() {
            let mut bent = shown.clone().into_bytes();
            bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
            let read = Invitation::read(&String::from_utf8(bent).unwrap());
            assert_ne!(read.ok(), Some(invitation()), "{at}");
        }
        assert!(!format!("{:?}", invitation()).contains('9'), "the secret is not written");
    }

    #[test]
    fn what_is_derived_differs_by_purpose_question_and_secret() {
        let (one, other) = (invitation(), Invitation { secret: [8; 16], ..invitation() });
        let (ask, second) = (Hash([1; 32]), Hash([2; 32]));
        let all = [one.token(), one.id(), one.proof(&ask), one.proof(&second), other.token()];
        for (at, value) in all.iter().enumerate() {
            assert!(!all[..at].contains(value), "{at}");
        }
        assert_ne!(one.code(&ask), one.code(&second));
        assert_ne!(one.code(&ask), other.code(&ask));
        assert_ne!(one.code(&ask), one.proof(&ask)[..CODE_BYTES]);
    }
}
