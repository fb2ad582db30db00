//! Judges assents that were signed on a phone of their giver's own, from their bytes: the word of
//! whoever carried one never counts.

use std::collections::{BTreeSet, HashMap};

use angen_ledger::assent::{SignedAssent, digest_of_ops, shortened};
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;
use angen_ledger::revocation::may_revoke;

use crate::domain::{
    ASSENTED_NOUNS, Assent, Bilingual, Carried, Dossier, Finding, Noun, Revocation, Source,
    read_all,
};
use crate::error::Result;

/// Why a statement that is carried does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is withheld, or its bytes are no statement.
    Unreadable,
    /// The signer's certificate is not here, or nobody who is trusted has issued it.
    Certificate,
    /// It is not signed by the key of that certificate, or not within its period.
    Signature,
    /// It is about another dossier.
    OtherDossier,
    /// It is about other ops than the carrier says.
    OtherOps,
    /// The words that were shown do not fit the dossier and its ops.
    OtherWords,
    /// One of the ops is the signer's own.
    OwnOps,
    /// The signer was revoked before it was carried, by the clocks of who did either.
    Revoked,
}

impl Flaw {
    /// Why, in words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Unreadable => ("内容隐去或不是确认声明", "it is withheld, or no statement"),
            Self::Certificate => {
                ("签名人的证书不可信", "the signer's certificate is not trusted here")
            }
            Self::Signature => {
                ("签名不是此证书的，或不在有效期内", "it is not signed under that certificate")
            }
            Self::OtherDossier => ("签的是另一个卷宗", "it was signed for another dossier"),
            Self::OtherOps => ("签的不是这些记录", "it was signed for other records"),
            Self::OtherWords => (
                "签名时看到的文字与这些记录不符",
                "the words that were shown differ from the records",
            ),
            Self::OwnOps => {
                ("其中有签名人自己的记录", "records of the signer's own are among them")
            }
            Self::Revoked => ("签名人已被吊销", "the signer is revoked"),
        };
        Bilingual { zh: zh.to_owned(), en: en.to_owned() }
    }
}

/// A carried assent with the judgement on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedAssent {
    /// What is carried.
    pub carried: Carried,
    /// What was signed; none when it cannot be read.
    pub signed: Option<SignedAssent>,
    /// Why it does not count; none when it does.
    pub flaw: Option<Flaw>,
}

impl CarriedAssent {
    /// The assent, when it counts: of whoever signed, when that was signed.
    #[must_use]
    pub fn counts(&self) -> Option<Assent> {
        let signed = self.signed.as_ref().filter(|_| self.flaw.is_none())?;
        Some(Assent {
            assent: self.carried.assent,
            op: self.carried.op,
            ops: self.carried.ops.clone(),
            writer: signed.statement.writer,
            wall_ms: signed.statement.wall_ms,
        })
    }
}

/// The carried assents of a dossier, in the order of their entities and ops. It costs nothing where
/// there are none.
///
/// # Errors
/// What the source returns.
pub fn carried_assents(source: &dyn Source, dossier: DossierId) -> Result<Vec<CarriedAssent>> {
    let mut all = Vec::new();
    for assent in source.entities(dossier, Assent::NOUN)? {
        all.extend(Carried::read(source, dossier, assent)?);
    }
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let judge = Judge::read(source, dossier)?;
    let judged = all.into_iter().map(|carried| judge.judge(carried));
    Ok(judged.collect())
}

/// What a statement is judged by.
struct Judge {
    dossier: DossierId,
    titles: Vec<String>,
    /// Who wrote the ops that are here.
    writers: HashMap<Hash, WriterId>,
    /// The title that an op gave to a finding; none where it is withheld.
    findings: HashMap<Hash, Option<String>>,
    certificates: Vec<SignedCertificate>,
    revocations: Vec<Revocation>,
}

impl Judge {
    fn read(source: &dyn Source, dossier: DossierId) -> Result<Self> {
        let text = |value: Option<angen_ledger::value::Value>| {
            value.as_ref().and_then(|value| value.as_text()).map(str::to_owned)
        };
        let (mut writers, mut findings) = (HashMap::new(), HashMap::new());
        for (noun, _, _) in ASSENTED_NOUNS {
            for entity in source.entities(dossier, noun)? {
                let fields = source.fields(dossier, entity)?;
                writers.extend(fields.written().iter().map(|w| (w.op, w.writer)));
                if *noun == Finding::NOUN {
                    let said = source.history(dossier, entity, "title")?.into_iter();
                    findings.extend(said.map(|said| (said.head.op, text(said.head.value))));
                }
            }
        }
        let certificates = source.certificates()?;
        let known: Vec<&SignedCertificate> = certificates.iter().collect();
        let mut revocations = Vec::new();
        for id in source.dossiers()? {
            let opened = Dossier::from_fields(id.into(), &source.fields(id, id.into())?);
            if opened.is_some_and(|opened| opened.kind == "roster") {
                revocations.extend(read_all::<Revocation>(source, id)?);
            }
        }
        revocations.retain(|revoked| may_revoke(revoked.by, revoked.writer, &known));
        let titles = source.history(dossier, dossier.into(), "title")?;
        let titles = titles.into_iter().filter_map(|said| text(said.head.value));
        let titles = titles.map(|title| shortened(&title)).collect();
        Ok(Self { dossier, titles, writers, findings, certificates, revocations })
    }

    fn judge(&self, carried: Carried) -> CarriedAssent {
        let read = carried.statement.as_ref().and_then(|cose| SignedAssent::read(cose).ok());
        let flaw = match &read {
            Some(signed) => self.flaw(&carried, signed),
            None => Some(Flaw::Unreadable),
        };
        CarriedAssent { carried, signed: read, flaw }
    }

    fn flaw(&self, carried: &Carried, signed: &SignedAssent) -> Option<Flaw> {
        let (statement, request) = (&signed.statement, &signed.statement.request);
        let certificate = match self.trusted(carried, signed.certificate) {
            Some(certificate) => certificate,
            None => return Some(Flaw::Certificate),
        };
        let is_own = |op: &Hash| self.writers.get(op) == Some(&statement.writer);
        if !signed.holds(&certificate) {
            return Some(Flaw::Signature);
        }
        if request.dossier != self.dossier {
            return Some(Flaw::OtherDossier);
        }
        if request.count != carried.ops.len() as u64
            || request.digest != digest_of_ops(request.suite, &carried.ops)
        {
            return Some(Flaw::OtherOps);
        }
        if carried.ops.iter().any(is_own) {
            return Some(Flaw::OwnOps);
        }
        if !self.are_words_of(carried, signed) {
            return Some(Flaw::OtherWords);
        }
        // It was signed before it was carried, whatever the signer's clock says.
        self.is_revoked(statement.writer, carried.carried_ms).then_some(Flaw::Revoked)
    }

    /// The certificate under a hash: one that is here, or the one that is carried, when its issuer
    /// is here. Either way the chain is checked up to its root.
    fn trusted(&self, carried: &Carried, hash: Hash) -> Option<SignedCertificate> {
        let held = self.certificates.iter().find(|known| known.hash == hash).cloned();
        let brought = || SignedCertificate::read(carried.certificate.as_deref()?).ok();
        let own = held.or_else(brought).filter(|own| own.hash == hash)?;
        is_trusted(&own, &self.certificates).then_some(own)
    }

    /// Whether what was shown fits: the title of the dossier, and the titles of all findings among
    /// the ops. Of what is withheld nobody can say that it does not.
    fn are_words_of(&self, carried: &Carried, signed: &SignedAssent) -> bool {
        let request = &signed.statement.request;
        let told = carried.ops.iter().filter_map(|op| self.findings.get(op));
        let withheld = told.clone().any(Option::is_none);
        let titles: BTreeSet<&String> = told.flatten().collect();
        let shown: BTreeSet<&String> = request.findings.iter().collect();
        let all = request.more.saturating_add(request.findings.len() as u64);
        let fits = shown.is_subset(&titles) && all == titles.len() as u64;
        (self.titles.is_empty() || self.titles.contains(&request.title)) && (withheld || fits)
    }

    fn is_revoked(&self, writer: WriterId, wall_ms: i64) -> bool {
        let mut of_writer = self.revocations.iter().filter(|revoked| revoked.writer == writer);
        of_writer.any(|revoked| revoked.wall_ms <= wall_ms)
    }
}

/// Whether a certificate leads to a root among some that were admitted.
pub(crate) fn is_trusted(own: &SignedCertificate, known: &[SignedCertificate]) -> bool {
    let mut chain = vec![own];
    while let Some(issuer) = chain.last().and_then(|last| last.signed.signer) {
        let held = known.iter().find(|held| held.hash == issuer);
        match held {
            Some(held) if chain.len() < CERTIFICATE_CHAIN_MAX => chain.push(held),
            _ => return false,
        }
    }
    let mut trust = Trust::default();
    // A root that is only brought along vouches for nobody.
    chain.len() > 1 && chain.iter().rev().all(|one| trust.admit(one).is_ok())
}
