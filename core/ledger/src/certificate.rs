//! Certificates: whose key a writer's key is, and what for.

use std::collections::HashMap;
use std::sync::Arc;

use thiserror::Error;

use crate::cose::{Purpose, Signed};
use crate::hash::{Hash, HashName, Suite};
use crate::id::{DossierId, PersonId, WriterId};
use crate::key::{PublicKey, SignError, Signer};
use crate::lately::Lately;
use crate::limits::{
    CERTIFICATE_CHAIN_MAX, CERTIFICATES_MAX, COSE_BYTES_MAX, EXT_MAX, NAME_BYTES_MAX,
    SCOPE_DOSSIERS_MAX, SCOPES_MAX,
};
use crate::scope::Scope;
use crate::value::{Value, read_pairs, write_pairs};
use crate::wire::{Malformed, Reader, Wire, Writer, ascending};

/// The extension that limits a certificate to dossiers: an array of their ids.
pub const DOSSIERS_EXT: &str = "dossiers";

/// What the holder does in the tree of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Signs itself; its hash is the fingerprint that a verifier knows.
    Root,
    /// Issues certificates.
    Admin,
    /// Writes ops.
    Writer,
    /// Signs checkpoints.
    Hub,
}

impl Duty {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Admin => "admin",
            Self::Writer => "writer",
            Self::Hub => "hub",
        }
    }

    fn may_issue(self) -> bool {
        matches!(self, Self::Root | Self::Admin)
    }
}

/// What a certificate says. Field by field as docs/protocol.md section 5 has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Hash and signatures.
    pub suite: Suite,
    /// What the holder does.
    pub duty: Duty,
    /// The writer that the keys belong to.
    pub writer: WriterId,
    /// The person behind the writer.
    pub person: PersonId,
    /// The person's name, as it is shown.
    pub name: String,
    /// The organisation's name.
    pub organisation: String,
    /// What for, sorted by text.
    pub scopes: Vec<Scope>,
    /// First millisecond of validity, since 1970 UTC.
    pub not_before_ms: i64,
    /// Last millisecond of validity, or open.
    pub not_after_ms: Option<i64>,
    /// The signing key.
    pub key: PublicKey,
    /// The X25519 key that bundles for this writer are encrypted to.
    pub seal_to: [u8; 32],
    /// Extensions, kept as they are.
    pub ext: Vec<(String, Value)>,
}

/// A certificate as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCertificate {
    /// What it says.
    pub certificate: Certificate,
    /// The COSE message.
    pub signed: Signed,
    /// The certificate hash; for a root its fingerprint.
    pub hash: Hash,
}

/// Why a certificate is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Distrust {
    /// The issuer's certificate is not at hand, or comes later.
    #[error("the issuer's certificate is missing")]
    NoIssuer,
    /// The signature is not the issuer's.
    #[error("the signature is not the issuer's")]
    Signature,
    /// The issuer may not issue, or the chain is too long.
    #[error("the issuer may not issue it")]
    MayNotIssue,
    /// A scope is not covered by the issuer's.
    #[error("a scope goes beyond the issuer's")]
    Scope,
    /// The time goes beyond the issuer's.
    #[error("the period goes beyond the issuer's")]
    Period,
    /// More certificates than a reader takes.
    #[error("too many certificates")]
    TooMany,
}

impl Certificate {
    /// Signs the certificate: a root with its own key and no issuer, others with the issuer's.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, issuer: Option<Hash>) -> Result<Vec<u8>, SignError> {
        Signed::make(Purpose::Certificate, key, issuer, self.to_wire())
    }

    /// Whether some scope covers the area.
    #[must_use]
    pub fn covers_area(&self, area: &str) -> bool {
        self.scopes.iter().any(|scope| scope.covers_area(area))
    }

    /// Whether the holder may be given a dossier, as far as the extension [`DOSSIERS_EXT`] says:
    /// without it every one of its areas, with it the named ones alone. An extension of another
    /// shape names none.
    #[must_use]
    pub fn is_given(&self, dossier: DossierId) -> bool {
        let Some((_, named)) = self.ext.iter().find(|(name, _)| name == DOSSIERS_EXT) else {
            return true;
        };
        let named = named.as_array().unwrap_or_default();
        named.len() <= SCOPE_DOSSIERS_MAX
            && named.iter().any(|id| id.as_bytes() == Some(dossier.raw().as_slice()))
    }

    /// Whether the claimed time lies within the validity.
    #[must_use]
    pub fn covers_time(&self, wall_ms: i64) -> bool {
        self.not_before_ms <= wall_ms && self.not_after_ms.is_none_or(|end| wall_ms <= end)
    }

    fn issued_within(&self, issuer: &Self) -> Result<(), Distrust> {
        if !issuer.duty.may_issue() || self.duty == Duty::Root {
            return Err(Distrust::MayNotIssue);
        }
        let covered = |scope: &Scope| issuer.scopes.iter().any(|own| own.covers(scope));
        if !self.scopes.iter().all(covered) {
            return Err(Distrust::Scope);
        }
        let end_within = match (issuer.not_after_ms, self.not_after_ms) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(issuer), Some(own)) => own <= issuer,
        };
        if self.not_before_ms >= issuer.not_before_ms && end_within {
            Ok(())
        } else {
            Err(Distrust::Period)
        }
    }
}

impl SignedCertificate {
    /// As [`SignedCertificate::read`], from memory when the same bytes were read before.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read_by(cose: &[u8], lately: &Lately<Arc<Self>>) -> Result<Self, Malformed> {
        let question = Suite::Sha256.hash(HashName::Certificate, cose);
        if let Some(known) = lately.get(&question) {
            return Ok(Self::clone(&known));
        }
        let read = Self::read(cose)?;
        lately.put(question, Arc::new(read.clone()));
        Ok(read)
    }

    /// Reads the bytes of a COSE message. The signature is checked when it joins a [`Trust`].
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(cose: &[u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(cose, COSE_BYTES_MAX)?;
        let certificate = Certificate::from_wire(&signed.payload)?;
        if (certificate.duty == Duty::Root) != signed.signer.is_none() {
            return Err(Malformed::Rule {
                item: "certificate",
                rule: "a root names no issuer, every other names one",
            });
        }
        let hash = certificate.suite.hash(HashName::Certificate, cose);
        Ok(Self { certificate, signed, hash })
    }
}

/// Certificates that have been checked up to their roots.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    known: HashMap<Hash, Trusted>,
}

#[derive(Debug, Clone)]
struct Trusted {
    certificate: Certificate,
    root: Hash,
    depth: usize,
}

impl Trust {
    /// Checks a certificate against those that are known, and takes it in.
    ///
    /// # Errors
    /// [`Distrust`]; then nothing is taken in.
    pub fn admit(&mut self, signed: &SignedCertificate) -> Result<(), Distrust> {
        self.admit_when(signed, |key| signed.signed.verifies(Purpose::Certificate, key))
    }

    /// As [`Trust::admit`], with a memory of signatures that were verified before. Everything else
    /// is judged each time: who issued it, for what, for how long, and how far from the root.
    ///
    /// # Errors
    /// [`Distrust`]; then nothing is taken in.
    pub fn admit_by(
        &mut self,
        signed: &SignedCertificate,
        lately: &Lately<()>,
    ) -> Result<(), Distrust> {
        let purpose = Purpose::Certificate;
        self.admit_when(signed, |key| signed.signed.verifies_by(purpose, key, lately))
    }

    fn admit_when(
        &mut self,
        signed: &SignedCertificate,
        is_signed_with: impl Fn(&PublicKey) -> bool,
    ) -> Result<(), Distrust> {
        if self.known.len() >= CERTIFICATES_MAX {
            return Err(Distrust::TooMany);
        }
        let certificate = &signed.certificate;
        let (root, depth) = match signed.signed.signer {
            None => {
                if !is_signed_with(&certificate.key) {
                    return Err(Distrust::Signature);
                }
                (signed.hash, 1)
            }
            Some(issuer) => {
                let issuer = self.known.get(&issuer).ok_or(Distrust::NoIssuer)?;
                if !is_signed_with(&issuer.certificate.key) {
                    return Err(Distrust::Signature);
                }
                if issuer.depth >= CERTIFICATE_CHAIN_MAX {
                    return Err(Distrust::MayNotIssue);
                }
                certificate.issued_within(&issuer.certificate)?;
                (issuer.root, issuer.depth + 1)
            }
        };
        let trusted = Trusted { certificate: certificate.clone(), root, depth };
        self.known.insert(signed.hash, trusted);
        Ok(())
    }

    /// A certificate that was admitted.
    #[must_use]
    pub fn get(&self, hash: &Hash) -> Option<&Certificate> {
        self.known.get(hash).map(|trusted| &trusted.certificate)
    }

    /// The root above an admitted certificate.
    #[must_use]
    pub fn root_of(&self, hash: &Hash) -> Option<Hash> {
        self.known.get(hash).map(|trusted| trusted.root)
    }

    /// Every admitted certificate with its hash, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&Hash, &Certificate)> {
        self.known.iter().map(|(hash, trusted)| (hash, &trusted.certificate))
    }
}

impl Wire for Certificate {
    const ITEM: &'static str = "certificate";
    const BYTES_MAX: usize = COSE_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(13).uint(1).uint(self.suite.number()).text(self.duty.word());
        self.writer.write(out);
        self.person.write(out);
        out.text(&self.name).text(&self.organisation).array(self.scopes.len());
        for scope in &self.scopes {
            out.text(&scope.to_string());
        }
        out.int(self.not_before_ms).optional(self.not_after_ms, |out, end| {
            out.int(end);
        });
        self.key.write(out);
        out.array(2).uint(1).bytes(&self.seal_to);
        write_pairs(out, &self.ext);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("certificate", 13)?;
        if input.uint("certificate.version")? != 1 {
            return Err(Malformed::Rule { item: "certificate.version", rule: "must be 1" });
        }
        let suite = Suite::read(input)?;
        let duty = match input.text("certificate.duty", 16)? {
            "root" => Duty::Root,
            "admin" => Duty::Admin,
            "writer" => Duty::Writer,
            "hub" => Duty::Hub,
            _ => return Err(Malformed::Rule { item: "certificate.duty", rule: "is not known" }),
        };
        Ok(Self {
            suite,
            duty,
            writer: WriterId::read(input)?,
            person: PersonId::read(input)?,
            name: input.text("certificate.name", NAME_BYTES_MAX)?.to_owned(),
            organisation: input.text("certificate.organisation", NAME_BYTES_MAX)?.to_owned(),
            scopes: read_scopes(input)?,
            not_before_ms: input.int("certificate.not_before")?,
            not_after_ms: input
                .optional("certificate.not_after", |input| input.int("certificate.not_after"))?,
            key: PublicKey::read(input)?,
            seal_to: read_seal_to(input)?,
            ext: read_pairs(input, 0, EXT_MAX)?,
        })
    }
}

fn read_scopes(input: &mut Reader<'_>) -> Result<Vec<Scope>, Malformed> {
    let len = input.array("certificate.scopes", SCOPES_MAX)?;
    let mut texts = Vec::with_capacity(len);
    for _ in 0..len {
        texts.push(input.text("certificate.scopes", 64)?);
    }
    ascending("certificate.scopes", &texts)?;
    if texts.is_empty() {
        return Err(Malformed::Rule { item: "certificate.scopes", rule: "at least one is needed" });
    }
    texts.into_iter().map(str::parse).collect()
}

fn read_seal_to(input: &mut Reader<'_>) -> Result<[u8; 32], Malformed> {
    input.tuple("certificate.seal_to", 2)?;
    if input.uint("certificate.seal_to")? != 1 {
        return Err(Malformed::Rule { item: "certificate.seal_to", rule: "kem must be 1" });
    }
    input.fixed("certificate.seal_to")
}
