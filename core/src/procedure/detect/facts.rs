//! What the detectors compare: every check and case that is here, with who was where and when.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use super::kept::Kept;
use super::{Defect, DefectCode};
use crate::domain::{
    Check, Dossier, Evidence, Finding, Interview, Note, RecordSigned, Source, read_all,
};
use crate::error::Result;
use crate::procedure::case::CaseFacts;
use crate::procedure::people::{People, PersonKey};
use crate::procedure::visit::CheckFacts;

/// Everything that is compared.
pub(super) struct Facts {
    pub(super) people: People,
    /// Checks, the oldest first.
    pub(super) checks: Vec<Site>,
    pub(super) cases: Vec<CaseFacts>,
    pub(super) interviews: Vec<Talk>,
    /// Dossiers in which somebody has written why something is unusual.
    pub(super) notes: BTreeMap<DossierId, Vec<Note>>,
    /// Preserved evidence and printed documents.
    pub(super) kept: Kept,
    titles: BTreeMap<DossierId, String>,
}

/// A check, with all of its evidence: also what does not stand.
pub(super) struct Site {
    pub(super) facts: CheckFacts,
    pub(super) evidence: Vec<Evidence>,
    /// What tells its enterprise from another.
    pub(super) enterprise: String,
}

/// An interview, wherever it lies.
pub(super) struct Talk {
    pub(super) dossier: DossierId,
    pub(super) interview: Interview,
    /// Who wrote it down and who assented to it.
    pub(super) officers: BTreeSet<PersonKey>,
    /// The check that it belongs to.
    pub(super) check: DossierId,
}

impl Facts {
    pub(super) fn read(source: &dyn Source) -> Result<Self> {
        let mut dossiers = Vec::new();
        for id in source.dossiers()? {
            dossiers.extend(read_all::<Dossier>(source, id)?.into_iter().take(1));
        }
        let people = People::read(source, &dossiers, &[])?;
        let mut all = Self {
            people,
            checks: Vec::new(),
            cases: Vec::new(),
            interviews: Vec::new(),
            notes: BTreeMap::new(),
            kept: Kept::default(),
            titles: BTreeMap::new(),
        };
        for dossier in &dossiers {
            all.titles.insert(dossier.dossier, dossier.title.clone());
            let notes: Vec<Note> = read_all(source, dossier.dossier)?;
            all.notes.insert(dossier.dossier, notes);
            all.kept.read(source, dossier.dossier)?;
            match dossier.kind.as_str() {
                "check" => all.read_check(source, &dossiers, dossier.dossier)?,
                "case" => all.read_case(source, dossier.dossier)?,
                _ => {}
            }
        }
        all.checks.sort_by_key(|site| (site.facts.begun_ms(), site.facts.dossier));
        Ok(all)
    }

    fn read_check(
        &mut self,
        source: &dyn Source,
        dossiers: &[Dossier],
        dossier: DossierId,
    ) -> Result<()> {
        let Some(facts) = CheckFacts::read(source, dossiers, &self.people, dossier)? else {
            return Ok(());
        };
        self.titles.insert(dossier, facts.title());
        for interview in read_all::<Interview>(source, dossier)? {
            let writer = self.people.person(interview.writer);
            let officers = writer.into_iter().collect();
            self.interviews.push(Talk { dossier, interview, officers, check: dossier });
        }
        let enterprise = facts.enterprise_key();
        let evidence = read_all(source, dossier)?;
        self.checks.push(Site { facts, evidence, enterprise });
        Ok(())
    }

    fn read_case(&mut self, source: &dyn Source, dossier: DossierId) -> Result<()> {
        let Some(case) = CaseFacts::read(source, &self.people, dossier)? else { return Ok(()) };
        for interview in &case.interviews {
            let behind = interview.ops.iter().flat_map(|op| case.trace.behind(&self.people, *op));
            let officers = behind.map(|(person, _)| person).collect();
            let (interview, check) = (interview.clone(), case.case.check);
            self.interviews.push(Talk { dossier, interview, officers, check });
        }
        self.cases.push(case);
        Ok(())
    }

    /// The check in a dossier.
    pub(super) fn check(&self, dossier: DossierId) -> Option<&Site> {
        self.checks.iter().find(|site| site.facts.dossier == dossier)
    }

    /// A defect in a dossier.
    pub(super) fn defect(
        &self,
        code: DefectCode,
        dossier: DossierId,
        subject: Option<EntityId>,
        names: Vec<String>,
        ops: Vec<Hash>,
    ) -> Defect {
        let title = self.titles.get(&dossier).cloned().unwrap_or_default();
        Defect { code, dossier, subject, title, names, ops }
    }
}

impl Site {
    pub(super) fn check(&self) -> &Check {
        &self.facts.check
    }

    /// Findings that stand.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.facts.findings.iter().filter(|finding| !finding.retracted)
    }

    /// The party's answers on the record: with one, the check is over.
    pub(super) fn records(&self) -> &[RecordSigned] {
        &self.facts.records
    }

    /// When the check began as its own ops say: certificates shown, or the first record.
    pub(super) fn began_ms(&self) -> Option<i64> {
        let shown = self.facts.shown.iter().map(|shown| shown.wall_ms);
        shown.chain(self.facts.first_record_ms()).min()
    }
}
