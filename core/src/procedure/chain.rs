//! E: the chain of evidence 全过程调查取证 of one violation, as far as it is made on site.

use angen_ledger::hash::Hash;

use crate::domain::{Consequence, Evidence, EvidenceKind, Purpose, SourceClass};
use crate::procedure::people::People;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Code, Condition, Part, Unit};

/// Papers of the procedure that prove nothing of the fact itself.
const NOT_PROOF: &[Purpose] =
    &[Purpose::SubjectPapers, Purpose::SignedPage, Purpose::HashList, Purpose::RefusalNote];

/// The chains of some checks: one for each violation that leads to a case.
pub(crate) fn chains(checks: &[CheckFacts], violations: &[Unit], people: &People) -> Vec<Unit> {
    let mut chains = Vec::new();
    for unit in violations {
        let facts = checks.iter().find(|facts| facts.dossier == unit.dossier);
        let finding = facts.and_then(|facts| {
            let finding = facts.findings.iter().find(|found| found.finding == unit.subject);
            finding.filter(|found| found.consequence == Consequence::Case)
        });
        if let (Some(facts), Some(finding)) = (facts, finding) {
            chains.push(Unit {
                part: Part::Chain,
                dossier: facts.dossier,
                subject: finding.finding,
                title: finding.title.clone(),
                stage: None,
                conditions: conditions(facts, unit, people),
            });
        }
    }
    chains.sort_by_key(Unit::open_count);
    chains
}

fn conditions(facts: &CheckFacts, violation: &Unit, people: &People) -> Vec<Condition> {
    let subject = violation.subject;
    let about = |held: &&Evidence| {
        held.about.is_none_or(|about| about == subject || about == facts.check.check)
    };
    let ops = |wanted: &dyn Fn(&Evidence) -> bool| -> Vec<Hash> {
        facts.evidence.iter().filter(about).filter(|e| wanted(e)).map(|e| e.op).collect()
    };
    let papers = ops(&|e| e.purpose == Some(Purpose::SubjectPapers));
    let said = ops(&|e| {
        e.kind == Some(EvidenceKind::PartyStatement) || e.purpose == Some(Purpose::Interview)
    });
    let scene = ops(&|e| {
        let photo = e.mime.starts_with("image/") && e.purpose.is_none();
        e.kind == Some(EvidenceKind::SceneRecord) || photo
    });
    // The scene counts once the party has signed for it, or the refusal is noted.
    let signature = facts.record_ops(people);
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
    let hash_list = ops(&|e| e.purpose == Some(Purpose::HashList));
    let listed = match hash_list.is_empty() {
        true => Condition::later(Code::HashListSigned),
        false => Condition::shown(Code::HashListSigned, hash_list),
    };
    vec![
        Condition::shown(Code::SubjectPapers, papers),
        Condition::shown(Code::Interview, said),
        Condition::shown(Code::SceneRecord, signed_scene),
        Condition::shown(Code::ReadingOrDocuments, fact),
        listed,
        Condition::later(Code::FilingApproved),
        Condition::later(Code::EvidenceIndexed),
        Condition::later(Code::InvestigationConcluded),
    ]
}
