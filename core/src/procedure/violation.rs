//! V: a violation 违法事项, from 疑似 (suspected) by 有据 (substantiated) to 查实 (proved by the
//! decision to file a case) or 推翻 (overturned by the conclusion of its investigation).

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;

use crate::domain::{Consequence, ELEMENTS, Evidence, EvidenceKind, Finding, Purpose};
use crate::procedure::case::CaseFacts;
use crate::procedure::people::People;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Apart, ApartWhy, Code, Condition, Part, Profile, Stage, State, Unit};

/// The findings that count, and those that are shown apart.
#[derive(Default)]
pub(crate) struct Violations {
    /// Each act once, the furthest first.
    pub(crate) units: Vec<Unit>,
    /// Those that do not count, and why.
    pub(crate) apart: Vec<Apart>,
}

/// Sorts the findings of some checks.
pub(crate) fn violations(
    checks: &[CheckFacts],
    cases: &[CaseFacts],
    profile: &Profile,
) -> Violations {
    let mut found = Violations::default();
    // By enterprise and act: the same act found twice counts once.
    type Acts<'f> = BTreeMap<(String, String), Vec<(&'f CheckFacts, &'f Finding, Unit)>>;
    let mut acts = Acts::new();
    for facts in checks {
        for finding in &facts.findings {
            let case = case_on(cases, facts, finding);
            let overturned = case.filter(|case| case.is_overturned());
            match set_apart(finding, &facts.people).or(overturned.map(|_| ApartWhy::Overturned)) {
                Some(why) => found.apart.push(apart(facts, finding, why)),
                None => {
                    let act = finding.item.clone().unwrap_or_else(|| finding.title.clone());
                    let unit = violation(facts, finding, case, profile);
                    let same = acts.entry((facts.enterprise_key(), act)).or_default();
                    same.push((facts, finding, unit));
                }
            }
        }
    }
    for (_, mut same) in acts {
        // The furthest stands for the act; of two that are as far, the one raised first.
        same.sort_by_key(|(_, finding, unit)| {
            (std::cmp::Reverse(unit.state()), unit.open_count(), finding.wall_ms, finding.finding)
        });
        let mut same = same.into_iter();
        found.units.extend(same.next().map(|(_, _, unit)| unit));
        found
            .apart
            .extend(same.map(|(facts, finding, _)| apart(facts, finding, ApartWhy::SameAct)));
    }
    found.units.sort_by_key(|unit| (std::cmp::Reverse(unit.state()), unit.open_count()));
    found
}

fn set_apart(finding: &Finding, people: &People) -> Option<ApartWhy> {
    if finding.retracted {
        Some(ApartWhy::Retracted)
    } else if people.enforcer(finding.writer, finding.wall_ms).is_none() {
        Some(ApartWhy::NotByEnforcer)
    } else if !finding.is_ours() {
        Some(ApartWhy::OtherAuthority)
    } else {
        None
    }
}

fn apart(facts: &CheckFacts, finding: &Finding, why: ApartWhy) -> Apart {
    Apart {
        dossier: facts.dossier,
        finding: finding.finding,
        title: finding.title.clone(),
        authority: finding.authority.clone(),
        why,
        ops: finding.ops.clone(),
    }
}

/// The case on a finding: the one that is furthest, if it was proposed more than once. An exercise
/// is none.
pub(crate) fn case_on<'c>(
    cases: &'c [CaseFacts],
    facts: &CheckFacts,
    finding: &Finding,
) -> Option<&'c CaseFacts> {
    let on = |case: &&CaseFacts| {
        !case.case.practice
            && (case.case.check, case.case.finding) == (facts.dossier, finding.finding)
    };
    cases.iter().filter(on).max_by_key(|case| !case.filed().is_empty())
}

fn violation(
    facts: &CheckFacts,
    finding: &Finding,
    case: Option<&CaseFacts>,
    profile: &Profile,
) -> Unit {
    let people = &facts.people;
    let when = |code, holds: bool| {
        Condition::shown(code, if holds { finding.ops.clone() } else { Vec::new() })
    };
    let mut conditions = vec![
        when(Code::LegalBasisCited, !finding.legal_basis.trim().is_empty()),
        when(Code::AuthorityKnown, !finding.authority.trim().is_empty()),
        elements(finding),
    ];
    let proof = proof(facts, finding);
    let mut relied: Vec<Hash> = proof.iter().map(|evidence| evidence.op).collect();
    match finding.consequence {
        Consequence::Case => {
            let (have, ops) = independent_kinds(&proof);
            conditions.push(Condition::counted(Code::TwoKinds, have, profile.kinds_for_case, ops));
            let statements = statements(facts, finding);
            relied.extend(&statements);
            conditions.push(Condition::shown(Code::PartyStatement, statements));
        }
        Consequence::Order => conditions.push(Condition::shown(Code::OneProof, relied.clone())),
        Consequence::OnTheSpot => {
            // A record that was signed before says nothing of what was found, or reworded, since.
            let covering = facts.record_ops_from(people, finding.wall_ms);
            conditions.push(Condition::shown(Code::OnRecord, covering));
        }
    }
    relied.extend(&finding.ops);
    relied.sort_unstable();
    relied.dedup();
    let (have, shown) = facts.trace.seconded(people, &relied);
    conditions.push(Condition::counted(Code::FindingByTwo, have, relied.len(), shown));
    let filed = case.map(CaseFacts::filed).unwrap_or_default();
    conditions.push(Condition::shown(Code::Proved, filed).or_later(false));
    let mut unit = Unit {
        part: Part::Violation,
        dossier: facts.dossier,
        subject: finding.finding,
        title: finding.title.clone(),
        stage: None,
        practice: false,
        conditions,
    };
    unit.stage = Some(match unit.state() {
        State::Met => Stage::Proved,
        State::OnSiteDone => Stage::Substantiated,
        State::NotStarted | State::UnderWay => Stage::Suspected,
    });
    unit
}

fn elements(finding: &Finding) -> Condition {
    let told = |code: &str| {
        finding.elements.iter().any(|(known, words)| known == code && !words.trim().is_empty())
    };
    let lacking = ELEMENTS.iter().filter(|(code, _)| !told(code));
    let lacking: Vec<String> = lacking.map(|(code, _)| (*code).to_owned()).collect();
    let have = ELEMENTS.len() - lacking.len();
    Condition::counted(Code::ElementsTold, have, ELEMENTS.len(), finding.ops.clone())
        .lacking(lacking)
}

/// Evidence of the main fact: about the finding, and not what somebody says about it.
fn proof<'f>(facts: &'f CheckFacts, finding: &Finding) -> Vec<&'f Evidence> {
    let said = [EvidenceKind::PartyStatement, EvidenceKind::Testimony];
    let about = facts.evidence.iter().filter(|held| held.about == Some(finding.finding));
    about.filter(|held| held.kind.is_some_and(|kind| !said.contains(&kind))).collect()
}

/// How many kinds of evidence there are that do not come from one and the same original.
fn independent_kinds(proof: &[&Evidence]) -> (usize, Vec<Hash>) {
    let mut originals = BTreeSet::new();
    let mut kinds: BTreeMap<&str, Hash> = BTreeMap::new();
    for held in proof {
        if let (Some(kind), true) = (held.kind, originals.insert(held.sha256)) {
            kinds.entry(kind.word()).or_insert(held.op);
        }
    }
    (kinds.len(), kinds.values().copied().collect())
}

/// What the party says about the finding or the check, or the refusal to say it.
fn statements(facts: &CheckFacts, finding: &Finding) -> Vec<Hash> {
    let about = [Some(finding.finding), Some(facts.check.check)];
    let said = facts.evidence.iter().filter(|held| {
        about.contains(&held.about)
            && (held.kind == Some(EvidenceKind::PartyStatement)
                || held.purpose == Some(Purpose::RefusalNote))
    });
    said.map(|held| held.op).collect()
}
