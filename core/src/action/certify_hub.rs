//! Certifies a hub 签发平台证书: a certificate for its key and its log, and a line in the roster.

use angen_ledger::certificate::{Certificate, Duty, SignedCertificate, Trust};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{EntityId, PersonId, WriterId};
use angen_ledger::key::Algorithm;
use angen_ledger::log::origin::{ORIGIN_EXT, is_origin};
use angen_ledger::scope::Scope;

use crate::action::establish::established;
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::error::{Error, Result};
use crate::ports::NewKeys;
use crate::store;

/// Which hub is certified.
#[derive(Debug, Clone)]
pub struct CertifyHub {
    /// The hub's name, for people.
    pub name: String,
    /// The body that runs it.
    pub organisation: String,
    /// Its log: hub and epoch, such as `rizhao.example/donggang/1`. A hub that was restored from a
    /// backup begins the next epoch, and is certified again.
    pub origin: String,
    /// The public halves of the keys that the hub made for itself; its secret never leaves it.
    pub keys: NewKeys,
}

/// A hub that was certified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubView {
    /// The entity in the roster.
    pub hub: EntityId,
    /// Its log.
    pub origin: String,
    /// The hash of its certificate.
    pub certificate: Hash,
    /// What the hub is started with: the certificates from the root to its own, as COSE messages.
    pub chain: Vec<Vec<u8>>,
}

/// Certifies a hub. The desk is the administrator's.
///
/// # Errors
/// `Invalid` for an empty name, an origin that is none, or a key that is not Ed25519; `Distrust`
/// when the desk may not issue; `Sign`, `Storage`.
pub fn certify_hub(desk: &Desk<'_>, request: &CertifyHub) -> Result<HubView> {
    request.check()?;
    let place = established(desk.store())?;
    let certificate = Certificate {
        suite: Suite::Sha256,
        duty: Duty::Hub,
        writer: WriterId(desk.ports().id()),
        person: PersonId(desk.ports().id()),
        name: request.name.clone(),
        organisation: request.organisation.clone(),
        scopes: vec![format!("hub:{}", place.area).parse::<Scope>()?],
        not_before_ms: desk.ports().clock.now().wall_ms,
        not_after_ms: None,
        key: request.keys.sign.clone(),
        seal_to: request.keys.seal_to,
        ext: vec![(ORIGIN_EXT.to_owned(), request.origin.as_str().into())],
    };
    let issuer = desk.ports().keys.signer(desk.writer())?;
    let cose = certificate.sign(&*issuer, Some(desk.certificate()))?;
    let signed = SignedCertificate::read(&cose)?;
    desk.write(|page| {
        let held = store::certificates(page.read())?;
        // The same rules that a stranger will apply decide whether this certificate is good.
        let mut trust = Trust::default();
        for (_, known) in &held {
            trust.admit(known)?;
        }
        trust.admit(&signed)?;
        store::insert_certificate(page.tx(), &cose, signed.hash)?;
        let hub = page.new_entity();
        page.put(
            Entry::new("hub.certify/1", place.roster, hub)
                .set("name", request.name.as_str())
                .set("organisation", request.organisation.as_str())
                .set("origin", request.origin.as_str())
                .set("certificate", signed.hash.as_bytes().as_slice()),
        )?;
        let mut chain = vec![cose.clone()];
        let mut next = signed.signed.signer;
        // Issuers come first in the store, so going backwards meets each before its issuer.
        for (issuer, known) in held.iter().rev() {
            if next == Some(known.hash) {
                chain.insert(0, issuer.clone());
                next = known.signed.signer;
            }
        }
        Ok(HubView { hub, origin: request.origin.clone(), certificate: signed.hash, chain })
    })
}

impl CertifyHub {
    fn check(&self) -> Result<()> {
        not_empty("name", &self.name)?;
        not_empty("organisation", &self.organisation)?;
        if !is_origin(&self.origin) {
            return Err(Error::invalid(
                "origin",
                format!("“{}”不是日志名，应如 rizhao.example/donggang/1", self.origin),
                format!(
                    "\"{}\" names no log: write it like rizhao.example/donggang/1",
                    self.origin
                ),
            ));
        }
        if self.keys.sign.algorithm() != Algorithm::Ed25519 {
            return Err(Error::invalid(
                "keys",
                "平台的密钥必须是 Ed25519",
                "a hub signs with an Ed25519 key",
            ));
        }
        Ok(())
    }
}
