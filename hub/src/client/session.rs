//! Signs in at a hub: first the hub proves itself to the phone, then the phone to the hub.

use std::collections::BTreeSet;

use angen_core::error::Error;
use angen_core::store::{self, Store};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::key::{PublicKey, Signer};
use angen_ledger::log::origin::log_of;
use angen_ledger::wire::Wire;

use crate::client::http::Http;
use crate::client::{PullError, PushError};
use crate::trust::{check_certificates, with_issuers};
use crate::wire::{Admitted, Certificates, Challenge, ChallengeAnswer, Token};

/// Who asks: the hash of her certificate, which is in the store, and her open key.
pub struct Caller<'k> {
    /// The certificate, of duty `writer` or `admin`.
    pub certificate: Hash,
    /// The key that it is for.
    pub key: &'k dyn Signer,
}

/// A hub that has proved itself, and that knows who asks.
pub struct Session {
    pub(super) http: Http,
    pub(super) origin: String,
    pub(super) hub: PublicKey,
    pub(super) roots: BTreeSet<Hash>,
}

impl Session {
    /// Signs in. `roots` are the fingerprints that this phone believes, and nothing else is.
    ///
    /// The hub's certificate must lead to one of them, and its newest checkpoint must be signed by
    /// that certificate's key and continue the last one that was kept here; before that, nothing
    /// is signed for it.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn sign_in(
        base_url: &str,
        store: &Store,
        roots: &[Hash],
        caller: &Caller<'_>,
    ) -> Result<Self, PullError> {
        let http = Http::new(base_url);
        let roots = roots.iter().copied().collect();
        let (origin, hub) = know_hub(&http, store, &roots)?;
        let mut session = Self { http, origin, hub, roots };
        let note = session.http.text("/v1/tlog/checkpoint")?;
        session.keep_checkpoint(store, &note)?;
        session.prove(store, caller)?;
        Ok(session)
    }

    /// The log of the hub.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Answers a challenge. A hub that does not know the certificate yet is sent it.
    fn prove(&mut self, store: &Store, caller: &Caller<'_>) -> Result<(), PullError> {
        let token = match self.answer(caller) {
            Err(PullError::Hub(PushError::Refused { code, .. }))
                if code == "certificate_missing" =>
            {
                let chain = with_issuers(store, BTreeSet::from([caller.certificate]))?;
                let body = Certificates(chain).to_wire();
                self.http.post::<Admitted>("/v1/certificates", &body)?;
                self.answer(caller)?
            }
            answered => answered?,
        };
        self.http.show_token(&token.token);
        Ok(())
    }

    fn answer(&self, caller: &Caller<'_>) -> Result<Token, PullError> {
        let Challenge { nonce, origin } = self.http.post("/v1/session/challenge", &[])?;
        self.check_origin(&origin)?;
        let cose = ChallengeAnswer { origin, nonce }.sign(caller.key, caller.certificate)?;
        // Sent once: the hub has used the nonce even when its answer was lost on the way.
        Ok(self.http.post_once("/v1/session", &cose)?)
    }

    /// Refuses what is of another log.
    pub(super) fn check_origin(&self, shown: &str) -> Result<(), PullError> {
        if shown == self.origin {
            return Ok(());
        }
        let (certified, shown) = (self.origin.clone(), shown.to_owned());
        Err(PullError::OtherLog { certified, shown })
    }
}

/// The log and the key of the hub, by a certificate that leads to a known root. Its certificates
/// are kept: whoever exports a receipt later needs them.
fn know_hub(
    http: &Http,
    store: &Store,
    roots: &BTreeSet<Hash>,
) -> Result<(String, PublicKey), PullError> {
    const WHAT: &str = "hub certificate 平台证书";
    let Certificates(given) = http.get("/v1/tlog/certificates")?;
    let mut chain: Vec<Vec<u8>> = Vec::new();
    for cose in given {
        // A hub that serves several townships has a certificate under the root of each.
        let signed = SignedCertificate::read(&cose).map_err(Error::from)?;
        if signed.signed.signer.is_none() {
            chain.clear();
        }
        chain.push(cose);
        if let Some((origin, key)) = log_of(&signed.certificate)
            && check_certificates(store, roots, &chain).is_ok()
        {
            store.write(|tx| store::receive(tx, &chain, &[]))?;
            return Ok((origin.to_owned(), key.clone()));
        }
    }
    Err(PullError::OtherRoot(WHAT))
}
