//! Refusals under the hub's key: a phone can then prove that something was sent and not taken.

use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::DossierId;
use angen_ledger::limits::REFUSAL_WORDS_BYTES_MAX;
use angen_ledger::log::refusal::{NO_DOSSIER, Refusal as Signed};
use angen_ledger::seal::SignedSeal;

use crate::server::Hub;
use crate::server::refusal::Refusal;
use crate::trust::{Unbelieved, root_of};

impl Hub {
    /// Signs the refusal of a seal.
    pub(super) fn refuse_seal(&self, refusal: Refusal, seal: &SignedSeal) -> Refusal {
        let root = root_of(&*self.ledger, seal.certificate).ok().flatten();
        self.sign_refusal(refusal, seal.hash, seal.seal.dossier, root)
    }

    /// Signs the refusal of a certificate, when it is one alone that is refused.
    pub(super) fn refuse_certificate(&self, unbelieved: Unbelieved) -> Refusal {
        let Unbelieved { certificate, why } = unbelieved;
        let refusal = Refusal::from(why);
        match certificate {
            Some(certificate) => self.sign_refusal(refusal, certificate, NO_DOSSIER, None),
            None => refusal,
        }
    }

    /// Only what was judged is signed: a hub that failed or is busy has refused nothing.
    fn sign_refusal(
        &self,
        mut refusal: Refusal,
        subject: Hash,
        dossier: DossierId,
        root: Option<Hash>,
    ) -> Refusal {
        if let Some((log, _)) = self.log.as_ref().filter(|_| refusal.status.is_client_error()) {
            let words = format!("{} / {}", refusal.zh, refusal.en);
            let said = Signed {
                suite: Suite::Sha256,
                subject,
                dossier,
                reason: refusal.code.to_owned(),
                words: words[..words.floor_char_boundary(REFUSAL_WORDS_BYTES_MAX)].to_owned(),
                at_ms: log.clock.now().wall_ms,
            };
            refusal.signed = log.refuse(root, &said);
        }
        refusal
    }
}
