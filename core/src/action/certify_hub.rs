//! Certifies a hub 签发平台证书: a certificate for its key and its log, and a line in the roster.

use std::io::Write as _;
use std::path::Path;

use angen_ledger::certificate::{Certificate, Duty, SignedCertificate, Trust};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{EntityId, PersonId, WriterId};
use angen_ledger::key::Algorithm;
use angen_ledger::log::origin::{ORIGIN_EXT, is_origin};
use angen_ledger::scope::Scope;
use angen_ledger::wire::Wire as _;

use crate::action::establish::{Established, established};
use crate::action::export_package::{begin, part_of, settle, synced};
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry, Page};
use crate::domain::{CertifiedHub, read_all};
use crate::error::{Error, Result};
use crate::ports::{Disk, NewKeys};
use crate::store;
use crate::sync::wire::Certificates;

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

/// Certificates as the store has them, issuers first.
type Held = [(Vec<u8>, SignedCertificate)];

/// Certifies a hub. The desk is the administrator's. The same request again gives the same
/// certificate: whoever lost the file on the way to the hub asks once more.
///
/// # Errors
/// `Invalid` for an empty name, an origin that is none, or a key that is not Ed25519; `Distrust`
/// when the desk may not issue; `Sign`, `Storage`.
pub fn certify_hub(desk: &Desk<'_>, request: &CertifyHub) -> Result<HubView> {
    request.check()?;
    let place = established(desk.store())?;
    desk.write(|page| {
        let mut held = store::certificates(page.read())?;
        if let Some(known) = request.certified(page, desk, &place, &held)? {
            return Ok(known);
        }
        let cose = request.certificate(desk, &place)?;
        let signed = SignedCertificate::read(&cose)?;
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
        let certificate = signed.hash;
        held.push((cose, signed));
        let chain = chain_of(&held, certificate);
        Ok(HubView { hub, origin: request.origin.clone(), certificate, chain })
    })
}

impl HubView {
    /// Writes what the hub is started with (`angen hub serve --certificate`). The file appears
    /// whole or not at all.
    ///
    /// # Errors
    /// `File`, `NoSpace`.
    pub fn write(&self, disk: &dyn Disk, file: &Path) -> Result<()> {
        let temporary = part_of(file);
        let written = begin(disk, &temporary).and_then(|mut out| {
            let bytes = Certificates(self.chain.clone()).to_wire();
            out.write_all(&bytes).map_err(|source| Error::file(&temporary, source))?;
            synced(disk, &out, &temporary)?;
            settle(disk, &temporary, file)
        });
        if written.is_err() {
            // What could not be removed is named .part, and no hub starts with it.
            let _ = std::fs::remove_file(&temporary);
        }
        written
    }
}

/// The certificates from the root to this one.
fn chain_of(held: &Held, certificate: Hash) -> Vec<Vec<u8>> {
    let (mut chain, mut next) = (Vec::new(), Some(certificate));
    // Issuers come first in the store, so going backwards meets each before its issuer.
    for (cose, known) in held.iter().rev() {
        if next == Some(known.hash) {
            chain.insert(0, cose.clone());
            next = known.signed.signer;
        }
    }
    chain
}

impl CertifyHub {
    /// The certificate that this administrator has given the same hub for the same log already.
    fn certified(
        &self,
        page: &Page<'_, '_>,
        desk: &Desk<'_>,
        place: &Established,
        held: &Held,
    ) -> Result<Option<HubView>> {
        let lines: Vec<CertifiedHub> = read_all(page.read(), place.roster)?;
        for line in lines {
            let is_named = (&line.name, &line.organisation, &line.origin)
                == (&self.name, &self.organisation, &self.origin);
            let same_keys = |known: &&(Vec<u8>, SignedCertificate)| {
                let certificate = &known.1.certificate;
                known.1.hash == line.certificate
                    && known.1.signed.signer == Some(desk.certificate())
                    && certificate.key == self.keys.sign
                    && certificate.seal_to == self.keys.seal_to
            };
            let Some((_, known)) = held.iter().find(same_keys).filter(|_| is_named) else {
                continue;
            };
            if store::revoked_by(page.read(), known.certificate.writer)?.is_none() {
                let chain = chain_of(held, known.hash);
                let (hub, origin) = (line.hub, line.origin);
                return Ok(Some(HubView { hub, origin, certificate: known.hash, chain }));
            }
        }
        Ok(None)
    }

    /// A new certificate, signed by the administrator.
    fn certificate(&self, desk: &Desk<'_>, place: &Established) -> Result<Vec<u8>> {
        let certificate = Certificate {
            suite: Suite::Sha256,
            duty: Duty::Hub,
            writer: WriterId(desk.ports().id()),
            person: PersonId(desk.ports().id()),
            name: self.name.clone(),
            organisation: self.organisation.clone(),
            scopes: vec![format!("hub:{}", place.area).parse::<Scope>()?],
            not_before_ms: desk.ports().clock.now().wall_ms,
            not_after_ms: None,
            key: self.keys.sign.clone(),
            seal_to: self.keys.seal_to,
            ext: vec![(ORIGIN_EXT.to_owned(), self.origin.as_str().into())],
        };
        let issuer = desk.ports().keys.signer(desk.writer())?;
        Ok(certificate.sign(&*issuer, Some(desk.certificate()))?)
    }

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
