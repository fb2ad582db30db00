//! Signs in at a hub: first the hub proves itself to the phone, then the phone to the hub.

use std::collections::BTreeSet;

use crate::error::Error;
use crate::ports::Disk;
use crate::store::{self, Store};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::key::{PublicKey, Signer};
use angen_ledger::log::origin::log_of;
use angen_ledger::wire::Wire;

use crate::sync::ask::Asking;
use crate::sync::limits::ATTEMPTS_MAX;
use crate::sync::line::{Line, Stage};
use crate::sync::renew::Renewing;
use crate::sync::trust::{check_certificates, with_issuers};
use crate::sync::wire::{Admitted, Certificates, Challenge, ChallengeAnswer, Limit, Token};
use crate::sync::{PullError, PushError};

/// Who asks: the hash of her certificate, which is in the store, and her open key.
#[derive(Clone, Copy)]
pub struct Caller<'k> {
    /// The certificate, of duty `writer` or `admin`.
    pub certificate: Hash,
    /// The key that it is for.
    pub key: &'k dyn Signer,
}

/// Where records and media lie on this device.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The database and its blobs.
    pub store: &'a Store,
    /// The disk below it.
    pub disk: &'a dyn Disk,
}

/// A hub that has proved itself, and that knows who asks.
pub struct Session<'k> {
    pub(super) asking: Asking<'k>,
    pub(super) origin: String,
    pub(super) hub: PublicKey,
    pub(super) roots: BTreeSet<Hash>,
    pub(super) limit: Option<Limit>,
}

impl<'k> Session<'k> {
    /// Signs in. `roots` are the fingerprints that this device believes, and nothing else is.
    ///
    /// The hub's certificate must lead to one of them, and its newest checkpoint must be signed by
    /// that certificate's key and continue the last one that was kept here; before that, nothing
    /// is signed for it.
    ///
    /// # Errors
    /// [`PullError`].
    pub async fn sign_in(
        line: Line,
        store: &Store,
        roots: BTreeSet<Hash>,
        caller: Caller<'k>,
    ) -> Result<Self, PullError> {
        line.begin(Stage::SignIn, 1);
        let asking = Asking::new(line);
        let (origin, hub) = know_hub(&asking, store, &roots).await?;
        let mut session = Self { asking, origin, hub, roots, limit: None };
        session.newest_checkpoint(store).await?;
        session.prove(store, caller).await?;
        let origin = session.origin.clone();
        session.asking.renewing = Some(Renewing { origin, caller });
        session.asking.line.one_done();
        Ok(session)
    }

    /// The log of the hub.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What a request of this session says in the header `Authorization`, for a host that sends
    /// some by means of its own.
    #[must_use]
    pub fn authorization(&self) -> String {
        self.asking.bearer()
    }

    /// Why this session pushes alone, by the word of the hub; none when it reads as well.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.limit
    }

    /// Answers a challenge. A hub that does not know the certificate yet is sent it.
    async fn prove(&mut self, store: &Store, caller: Caller<'_>) -> Result<(), PullError> {
        let token = match self.answer_again(caller).await {
            Err(PullError::Hub(PushError::Refused { code, .. }))
                if code == "certificate_missing" =>
            {
                let signer = BTreeSet::from([caller.certificate]);
                let body = Certificates(with_issuers(store, signer)?).to_wire();
                let admitted = self.asking.post::<Admitted>("/v1/certificates", body).await;
                if let Err(error) = admitted {
                    self.keep_refusal(store, &error)?;
                    return Err(error.into());
                }
                self.answer_again(caller).await?
            }
            answered => answered?,
        };
        self.asking.show_token(&token.token);
        self.limit = token.limit;
        Ok(())
    }

    /// Answers another challenge while a failure may pass: each is good for one answer.
    async fn answer_again(&self, caller: Caller<'_>) -> Result<Token, PullError> {
        let mut failures = 0;
        loop {
            match self.answer(caller).await {
                Err(error) if error.may_pass() && failures < ATTEMPTS_MAX => {
                    self.asking.pause(failures).await;
                    failures += 1;
                }
                answered => return answered,
            }
        }
    }

    async fn answer(&self, caller: Caller<'_>) -> Result<Token, PullError> {
        let asked = self.asking.post("/v1/session/challenge", Vec::new()).await?;
        let Challenge { nonce, origin } = asked;
        self.check_origin(&origin)?;
        let cose = ChallengeAnswer { origin, nonce }.sign(caller.key, caller.certificate)?;
        // Sent once: the hub has used the nonce even when its answer was lost on the way.
        Ok(self.asking.post_once("/v1/session", cose).await?)
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
async fn know_hub(
    asking: &Asking<'_>,
    store: &Store,
    roots: &BTreeSet<Hash>,
) -> Result<(String, PublicKey), PullError> {
    const WHAT: &str = "hub certificate 平台证书";
    let Certificates(given) = asking.get("/v1/tlog/certificates").await?;
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
