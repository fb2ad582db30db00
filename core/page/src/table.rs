//! The findings of a package as rows, for who counts over many packages.

use std::collections::{BTreeMap, HashMap};

use angen_core::domain::{Check, Finding};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::{Lang, OpTime};

use crate::book::Book;
use crate::open::Opened;

/// A finding 问题 with where it was found, what backs it, and when it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFinding {
    /// The dossier.
    pub dossier: DossierId,
    /// The entity.
    pub finding: EntityId,
    /// The enterprise, when it is in the package.
    pub enterprise: Option<String>,
    /// Its credit code 统一社会信用代码.
    pub credit_code: Option<String>,
    /// What is wrong, in a sentence.
    pub title: String,
    /// Law, version and article.
    pub legal_basis: String,
    /// The major-hazard criterion 重大事故隐患判定, if one is met.
    pub major_hazard: Option<String>,
    /// Who enforces: `EM`, `FR`, `MS` or `EE`.
    pub authority: String,
    /// What it leads to: the word in the records, such as `order`.
    pub consequence: String,
    /// Whether it was retracted.
    pub is_retracted: bool,
    /// Pieces of evidence about it.
    pub evidence: u64,
    /// Who raised it, by the name in the certificate.
    pub writer: WriterId,
    /// The name.
    pub writer_name: String,
    /// When, by the writer's device, in milliseconds since 1970 UTC: a claim.
    pub claimed_ms: i64,
    /// Not before this moment, as a hub signed it.
    pub not_before_ms: Option<i64>,
    /// Not after this moment, as a hub signed it.
    pub not_after_ms: Option<i64>,
}

impl Opened {
    /// The findings that count, dossier by dossier in the order of the package; none of a package
    /// that does not verify.
    #[must_use]
    pub fn findings(&self) -> Vec<PackageFinding> {
        let book = Book::new(self, Lang::Zh);
        let times: HashMap<Hash, &OpTime> =
            self.verdict.times.iter().map(|time| (time.op, time)).collect();
        let mut about: BTreeMap<EntityId, u64> = BTreeMap::new();
        for (_, evidence) in &book.evidence {
            if let Some(subject) = evidence.about {
                *about.entry(subject).or_default() += 1;
            }
        }
        let mut rows = Vec::new();
        for dossier in &self.verdict.contents.dossiers {
            let check: Option<Check> = book.all(*dossier).into_iter().next();
            let site = check.and_then(|check| book.enterprises.get(&check.enterprise));
            for finding in book.all::<Finding>(*dossier) {
                let first = book.ops_of(*dossier, finding.finding).first();
                let time = first.and_then(|op| times.get(&op.hash));
                rows.push(PackageFinding {
                    dossier: *dossier,
                    finding: finding.finding,
                    enterprise: site.map(|site| site.name.clone()),
                    credit_code: site.and_then(|site| site.credit_code.clone()),
                    evidence: about.get(&finding.finding).copied().unwrap_or_default(),
                    writer: finding.writer,
                    writer_name: book.who(finding.writer),
                    claimed_ms: first.map_or(finding.wall_ms, |op| op.header.wall_ms),
                    not_before_ms: time.and_then(|time| time.not_before_ms),
                    not_after_ms: time.and_then(|time| time.not_after_ms),
                    is_retracted: finding.retracted,
                    consequence: finding.consequence.word().to_owned(),
                    title: finding.title,
                    legal_basis: finding.legal_basis,
                    major_hazard: finding.major_hazard,
                    authority: finding.authority,
                });
            }
        }
        rows
    }
}
