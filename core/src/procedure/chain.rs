//! E: the chain of evidence 全过程调查取证 of one violation: what is made on site, and then in the
//! case, from its filing to the concluded investigation.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{
    Consequence, Dossier, Evidence, EvidenceIndex, EvidenceKind, Purpose, Source, SourceClass,
};
use crate::error::Result;
use crate::procedure::case::{CaseFacts, signature};
use crate::procedure::competence::recusals;
use crate::procedure::follow_up::correction_ordered;
use crate::procedure::paper::names_of;
use crate::procedure::people::People;
use crate::procedure::preserved::preserved;
use crate::procedure::violation::case_on;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Code, Condition, Part, Unit};

/// Papers of the procedure that prove nothing of the fact itself.
const NOT_PROOF: &[Purpose] =
    &[Purpose::SubjectPapers, Purpose::SignedPage, Purpose::HashList, Purpose::RefusalNote];

/// The chains of some checks: one for each violation that leads to a case, or has one.
pub(crate) fn chains(checks: &[CheckFacts], cases: &[CaseFacts], violations: &[Unit]) -> Vec<Unit> {
    let mut chains = Vec::new();
    for unit in violations {
        let facts = checks.iter().find(|facts| facts.dossier == unit.dossier);
        let finding = facts.and_then(|facts| {
            let finding = facts.findings.iter().find(|found| found.finding == unit.subject);
            finding.filter(|found| {
                found.consequence == Consequence::Case || case_on(cases, facts, found).is_some()
            })
        });
        if let (Some(facts), Some(finding)) = (facts, finding) {
            chains.push(Unit {
                part: Part::Chain,
                dossier: facts.dossier,
                subject: finding.finding,
                title: finding.title.clone(),
                stage: None,
                practice: false,
                conditions: conditions(facts, finding.finding, case_on(cases, facts, finding)),
            });
        }
    }
    chains.sort_by_key(Unit::open_count);
    chains
}

/// The chains that are taught on other cases 教学取证: a real open case that the visit guides, or a
/// practice case. They count where two honest checks found nothing to investigate.
pub(crate) fn taught(
    source: &dyn Source,
    dossiers: &[Dossier],
    people: &People,
    cases: &[CaseFacts],
    visit: DossierId,
) -> Result<Vec<Unit>> {
    let mut chains = Vec::new();
    for case in cases {
        let guided = case.guided_while_open(visit, people);
        if let (false, Some(mut unit)) =
            (guided.is_empty(), of_case(source, dossiers, people, case)?)
        {
            unit.conditions.insert(0, Condition::shown(Code::CaseGuided, guided));
            chains.push(unit);
        }
    }
    // A real case teaches more than an exercise.
    chains.sort_by_key(|unit| (unit.practice, unit.open_count()));
    Ok(chains)
}

/// The chain of one case as a unit of its own. None when its check is not here.
pub(crate) fn of_case(
    source: &dyn Source,
    dossiers: &[Dossier],
    people: &People,
    case: &CaseFacts,
) -> Result<Option<Unit>> {
    let check = CheckFacts::read(source, dossiers, people, case.case.check)?;
    let subject = case.case.finding;
    Ok(check.map(|check| Unit {
        part: Part::Chain,
        dossier: case.dossier,
        subject,
        title: case.case.cause.clone(),
        stage: None,
        practice: case.case.practice,
        conditions: conditions(&check, subject, Some(case)),
    }))
}

fn conditions(facts: &CheckFacts, subject: EntityId, case: Option<&CaseFacts>) -> Vec<Condition> {
    let held = Held::of(facts, subject, case);
    let ops = |wanted: &dyn Fn(&Evidence) -> bool| -> Vec<Hash> {
        held.0.iter().filter(|e| wanted(e)).map(|e| e.op).collect()
    };
    let papers = ops(&|e| e.purpose == Some(Purpose::SubjectPapers));
    let scene = ops(&|e| {
        let photo = e.mime.starts_with("image/") && e.purpose.is_none();
        e.kind == Some(EvidenceKind::SceneRecord) || photo
    });
    // The scene counts once the party has signed for it, or the refusal is noted.
    let signature = facts.record_ops(&facts.people);
    let signed_scene = if scene.is_empty() || signature.is_empty() {
        Vec::new()
    } else {
        [scene, signature].concat()
    };
    let fact = ops(&|e| {
        let kind = matches!(e.kind, Some(EvidenceKind::Documentary | EvidenceKind::Electronic));
        let procedural = e.purpose.is_some_and(|purpose| NOT_PROOF.contains(&purpose));
        !procedural && (kind || e.source == Some(SourceClass::Instrument))
    });
    let is_case = case.is_some();
    let filed = case.map(CaseFacts::filed).unwrap_or_default();
    let concluded = case.map(CaseFacts::concluded).unwrap_or_default();
    let mut conditions = vec![
        Condition::shown(Code::SubjectPapers, papers),
        interview(&held, case),
        Condition::shown(Code::SceneRecord, signed_scene),
        Condition::shown(Code::ReadingOrDocuments, fact),
        hash_list(facts, subject, case).or_later(is_case),
        Condition::shown(Code::FilingApproved, filed).or_later(is_case),
        indexed(&held, case).or_later(is_case),
        Condition::shown(Code::InvestigationConcluded, concluded).or_later(is_case),
    ];
    conditions.extend(copies(&held).map(|copies| copies.or_later(is_case)));
    conditions.extend(preserved(facts, case));
    conditions.extend(case.and_then(|case| correction_ordered(facts, subject, case)));
    conditions.extend(case.and_then(|case| recusals(&case.people)));
    conditions
}

/// The evidence of one violation: about it or its check in the check, and all of the case.
struct Held<'f>(Vec<&'f Evidence>);

impl<'f> Held<'f> {
    fn of(facts: &'f CheckFacts, subject: EntityId, case: Option<&'f CaseFacts>) -> Self {
        let check = facts.check.check;
        let about =
            |held: &&Evidence| held.about.is_none_or(|about| about == subject || about == check);
        let of_case = case.into_iter().flat_map(|case| &case.evidence);
        Self(facts.evidence.iter().filter(about).chain(of_case).collect())
    }

    /// What proves the fact: not the papers of the procedure itself.
    fn proof(&self) -> impl Iterator<Item = &'f Evidence> {
        let procedural = |e: &&Evidence| e.purpose.is_some_and(|known| NOT_PROOF.contains(&known));
        self.0.iter().copied().filter(move |held| !procedural(held))
    }
}

/// On site a statement is enough to go on; a case has an interview record.
fn interview(held: &Held<'_>, case: Option<&CaseFacts>) -> Condition {
    if let Some(case) = case {
        return Condition::shown(Code::InterviewRecorded, case.interview());
    }
    let said = held.0.iter().filter(|e| {
        e.kind == Some(EvidenceKind::PartyStatement) || e.purpose == Some(Purpose::Interview)
    });
    Condition::shown(Code::Interview, said.map(|held| held.op).collect())
}

/// The list of digests that the party signed. One that was made here must name every file that
/// proves something; one that was made by hand is taken as its page shows it.
fn hash_list(facts: &CheckFacts, subject: EntityId, case: Option<&CaseFacts>) -> Condition {
    // The papers of the case are signed page by page and need no list; the files of an exercise
    // lie in its case.
    let held = Held::of(facts, subject, case.filter(|case| case.case.practice));
    let of_check = (&facts.people, &facts.lists, &facts.issued, &facts.papers, &facts.evidence);
    let of_case =
        case.map(|case| (&case.people, &case.lists, &case.issued, &case.papers, &case.evidence));
    let mut ops = Vec::new();
    let mut covered = BTreeSet::new();
    for (people, lists, issued, papers, evidence) in std::iter::once(of_check).chain(of_case) {
        for list in lists {
            let names = names_of(issued, list.list);
            let signed = signature(papers, evidence, people, &names);
            if !signed.is_empty() {
                covered.extend(list.items.iter().copied());
                ops.extend(signed);
                ops.push(list.op);
            }
        }
    }
    if ops.is_empty() {
        let by_hand = held.0.iter().filter(|e| e.purpose == Some(Purpose::HashList));
        return Condition::shown(Code::HashListSigned, by_hand.map(|page| page.op).collect());
    }
    let open = held.proof().filter(|file| !covered.contains(&file.op));
    let names = open.map(|file| file.caption.clone()).collect();
    Condition::shown(Code::HashListSigned, ops).lacking(names)
}

/// The index of evidence, by an enforcer, with every file that proves something.
fn indexed(held: &Held<'_>, case: Option<&CaseFacts>) -> Condition {
    let index = case.and_then(|case| {
        let by_enforcer =
            |index: &&EvidenceIndex| case.people.enforcer(index.writer, index.wall_ms).is_some();
        case.index.as_ref().filter(by_enforcer)
    });
    let Some(index) = index else {
        return Condition::shown(Code::EvidenceIndexed, Vec::new());
    };
    let listed: BTreeSet<Hash> = index.items.iter().map(|(op, _)| *op).collect();
    let open = held.proof().filter(|file| !listed.contains(&file.op));
    let names = open.map(|file| file.caption.clone()).collect();
    Condition::shown(Code::EvidenceIndexed, vec![index.op]).lacking(names)
}

/// Copies of papers: each was compared with its original and bears a stamp. None when there is
/// no copy.
fn copies(held: &Held<'_>) -> Option<Condition> {
    let sources = [SourceClass::Scan, SourceClass::FromParty, SourceClass::CctvCopy];
    let copies: Vec<_> = held
        .0
        .iter()
        .filter(|e| e.kind == Some(EvidenceKind::Documentary))
        .filter(|e| e.source.is_some_and(|source| sources.contains(&source)))
        .filter(|e| e.purpose.is_none_or(|purpose| purpose == Purpose::SubjectPapers))
        .collect();
    let is_checked = |e: &&&&Evidence| e.copy_keeper.is_some() && e.copy_stamped;
    let checked: Vec<Hash> = copies.iter().filter(is_checked).map(|e| e.op).collect();
    let unchecked = copies.iter().filter(|e| !is_checked(e));
    let names = unchecked.map(|e| e.caption.clone()).collect();
    let (have, need) = (checked.len(), copies.len());
    (need > 0).then(|| Condition::counted(Code::CopiesChecked, have, need, checked).lacking(names))
}
