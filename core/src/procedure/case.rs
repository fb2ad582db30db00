//! What was recorded of a case, read once: its filing, papers, evidence and conclusion.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{
    Case, Conclusion, Dossier, Evidence, EvidenceIndex, Filing, Guidance, HashList, Interview,
    Issued, Opinion, PaperSigned, Preservation, Source, read_all,
};
use crate::error::Result;
use crate::procedure::paper::names_of;
use crate::procedure::people::People;
use crate::procedure::visit::{CheckFacts, Trace};

/// One case as it was recorded.
pub(crate) struct CaseFacts {
    /// The dossier.
    pub(crate) dossier: DossierId,
    /// The people, as they count in this dossier.
    pub(crate) people: People,
    /// The case.
    pub(crate) case: Case,
    /// The decision on filing, if its signed form is here.
    pub(crate) filing: Option<Filing>,
    /// Interviews.
    pub(crate) interviews: Vec<Interview>,
    /// The index of evidence.
    pub(crate) index: Option<EvidenceIndex>,
    /// The conclusion of the investigation.
    pub(crate) conclusion: Option<Conclusion>,
    /// Evidence that stands, captured by a certified enforcer.
    pub(crate) evidence: Vec<Evidence>,
    /// Papers that were signed or refused.
    pub(crate) papers: Vec<PaperSigned>,
    /// Lists of digests.
    pub(crate) lists: Vec<HashList>,
    /// Evidence that was registered and preserved in advance.
    pub(crate) preservations: Vec<Preservation>,
    /// Documents that were printed, the void ones as well.
    pub(crate) issued: Vec<Issued>,
    /// Every op.
    pub(crate) trace: Trace,
}

/// The cases of some checks, and those that a visit guides, the oldest first; exercises as well.
pub(crate) fn cases(
    source: &dyn Source,
    dossiers: &[Dossier],
    people: &People,
    checks: &[CheckFacts],
    visit: Option<DossierId>,
) -> Result<Vec<CaseFacts>> {
    let of_visit: BTreeSet<DossierId> = checks.iter().map(|facts| facts.dossier).collect();
    let belongs = |case: &Case| {
        let guided = case.guided_by.iter().any(|guidance| Some(guidance.visit) == visit);
        guided || of_visit.contains(&case.check)
    };
    let mut cases = Vec::new();
    for dossier in dossiers.iter().filter(|dossier| dossier.kind == "case") {
        // Most cases of a phone belong elsewhere: their papers are not worth reading.
        if read_all::<Case>(source, dossier.dossier)?.iter().any(belongs) {
            cases.extend(CaseFacts::read(source, people, dossier.dossier)?);
        }
    }
    cases.sort_by_key(|facts| (facts.case.wall_ms, facts.dossier));
    Ok(cases)
}

impl CaseFacts {
    /// Reads a case. None when the dossier holds none, or an enforcer did not propose it.
    pub(crate) fn read(
        source: &dyn Source,
        people: &People,
        dossier: DossierId,
    ) -> Result<Option<Self>> {
        let people = people.within(source, dossier)?;
        let mut trace = Trace::of(&people);
        let cases: Vec<Case> = trace.read(source, dossier)?;
        let by_enforcer = |case: &Case| people.enforcer(case.writer, case.wall_ms).is_some();
        let case = cases.into_iter().filter(by_enforcer).min_by_key(|case| case.case);
        let Some(case) = case else { return Ok(None) };
        let evidence: Vec<Evidence> = trace.read(source, dossier)?;
        let stands = |held: &Evidence| {
            !held.retracted && people.enforcer(held.writer, held.wall_ms).is_some()
        };
        let evidence: Vec<Evidence> = evidence.into_iter().filter(stands).collect();
        let filings: Vec<Filing> = trace.read(source, dossier)?;
        let enforced = |writer, wall_ms| people.enforcer(writer, wall_ms).is_some();
        let shown = |filing: &Filing| {
            enforced(filing.writer, filing.wall_ms)
                && evidence.iter().any(|e| e.evidence == filing.evidence)
        };
        let conclusions: Vec<Conclusion> = trace.read(source, dossier)?;
        let by_officer = |said: &Conclusion| enforced(said.writer, said.wall_ms);
        let interviews: Vec<Interview> = trace.read(source, dossier)?;
        let asked = |held: &Interview| enforced(held.writer, held.wall_ms);
        let mut facts = Self {
            dossier,
            case,
            filing: filings.into_iter().find(shown),
            interviews: interviews.into_iter().filter(asked).collect(),
            index: trace.read(source, dossier)?.into_iter().next(),
            conclusion: conclusions.into_iter().find(by_officer),
            papers: trace.read(source, dossier)?,
            lists: trace.read(source, dossier)?,
            preservations: trace.read(source, dossier)?,
            issued: trace.read(source, dossier)?,
            evidence,
            people,
            trace: Trace::default(),
        };
        trace.read_assents(source, dossier)?;
        facts.trace = trace;
        Ok(Some(facts))
    }

    /// The ops by which a certified enforcer says that a visit guides the case, and said so while
    /// it was open: before two officers concluded it, by claimed wall time.
    pub(crate) fn guided_while_open(&self, visit: DossierId, people: &People) -> Vec<Hash> {
        let concluded = self.conclusion.as_ref().filter(|_| !self.concluded().is_empty());
        let closed_ms = concluded.map_or(i64::MAX, |conclusion| conclusion.wall_ms);
        let guides = |guidance: &&Guidance| {
            guidance.visit == visit
                && guidance.wall_ms <= closed_ms
                && people.enforcer(guidance.writer, guidance.wall_ms).is_some()
        };
        self.case.guided_by.iter().filter(guides).map(|guidance| guidance.op).collect()
    }

    /// The ops of the decision to file the case: the decision, and the signed form.
    pub(crate) fn filed(&self) -> Vec<Hash> {
        let Some(filing) = self.filing.as_ref().filter(|filing| filing.filed) else {
            return Vec::new();
        };
        let form = self.evidence.iter().find(|held| held.evidence == filing.evidence);
        form.map(|form| vec![filing.op, form.op]).unwrap_or_default()
    }

    /// The ops of the conclusion, once two certified enforcers stand behind it.
    pub(crate) fn concluded(&self) -> Vec<Hash> {
        let Some(conclusion) = &self.conclusion else { return Vec::new() };
        self.trace.seconded(&self.people, &[conclusion.op]).1
    }

    /// Whether two officers concluded that there is no violation.
    pub(crate) fn is_overturned(&self) -> bool {
        let none = |conclusion: &Conclusion| conclusion.opinion == Opinion::NoViolation;
        self.conclusion.as_ref().is_some_and(none) && !self.concluded().is_empty()
    }

    /// The ops of an interview that counts: rights told, signed or refused on captured pages, and
    /// two certified enforcers behind it.
    pub(crate) fn interview(&self) -> Vec<Hash> {
        for interview in self.interviews.iter().filter(|interview| interview.rights_told) {
            let (two, mut ops) = self.trace.seconded(&self.people, &interview.ops);
            let names = names_of(&self.issued, interview.interview);
            let signed = signature(&self.papers, &self.evidence, &self.people, &names);
            if two == interview.ops.len() && !signed.is_empty() {
                ops.extend(signed);
                return ops;
            }
        }
        Vec::new()
    }
}

/// The ops by which a paper is signed, or its refusal shown: the note of an enforcer, and every
/// page that it names. Empty when it is not. `names` are the paper, and what was printed of it.
pub(crate) fn signature(
    papers: &[PaperSigned],
    evidence: &[Evidence],
    people: &People,
    names: &[EntityId],
) -> Vec<Hash> {
    let closes = |signed: &&PaperSigned| {
        let refused = signed.outcome == "refused" && signed.reason.is_some();
        names.contains(&signed.paper)
            && people.enforcer(signed.writer, signed.wall_ms).is_some()
            && (signed.outcome == "signed" || refused)
    };
    for signed in papers.iter().filter(closes) {
        let page = |id: &EntityId| evidence.iter().find(|held| held.evidence == *id);
        let pages: Vec<Hash> = signed.pages.iter().filter_map(page).map(|page| page.op).collect();
        if !pages.is_empty() && pages.len() == signed.pages.len() {
            return std::iter::once(signed.op).chain(pages).collect();
        }
    }
    Vec::new()
}
