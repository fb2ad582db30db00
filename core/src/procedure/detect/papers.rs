//! What papers say of each other: who signed, lists and digests, numbers, articles, late evidence.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use sha2::{Digest as _, Sha256};

use super::articles::old_citation;
use super::facts::{Facts, Site};
use super::{Defect, DefectCode, MediaLook};
use crate::domain::{Evidence, HashList, RecordSigned};
use crate::procedure::case::CaseFacts;

/// Words by which a letter of authority is known: its caption, its file, what it proves.
const LETTER_WORDS: [&str; 2] = ["授权", "委托书"];

/// Posts of the unit's own head, who needs no letter (安全生产法（2021）第六十八条: 负责人).
const HEADS: [&str; 5] = ["法定代表人", "主要负责人", "总经理", "厂长", "经营者"];

pub(super) fn find(facts: &Facts, media: &MediaLook, found: &mut Vec<Defect>) {
    for site in &facts.checks {
        for record in site.records() {
            signer(facts, site, record, found);
        }
        for finding in site.findings() {
            let penalty = finding.penalty.as_deref();
            if let Some(cited) = old_citation(&finding.legal_basis, penalty, finding.wall_ms) {
                let (code, dossier) = (DefectCode::OldArticle, site.facts.dossier);
                let (subject, ops) = (Some(finding.finding), finding.ops.clone());
                found.push(facts.defect(code, dossier, subject, vec![cited], ops));
            }
        }
        altered(facts, site.facts.dossier, &site.evidence, media, found);
        lists(facts, site.facts.dossier, &site.facts.lists, &site.evidence, found);
    }
    for case in &facts.cases {
        concluded(facts, case, found);
        worded(facts, case, found);
        altered(facts, case.dossier, &case.evidence, media, found);
        lists(facts, case.dossier, &case.lists, &case.evidence, found);
    }
    numbers(facts, found);
}

/// Signed by somebody who is neither the registered person in charge nor bears the post of one,
/// with no letter of authority in the check.
fn signer(facts: &Facts, site: &Site, record: &RecordSigned, found: &mut Vec<Defect>) {
    let Some(signer) = record.signer.as_ref().filter(|_| record.outcome == "signed") else {
        return;
    };
    let enterprise = site.facts.enterprise.as_ref();
    let in_charge = enterprise.and_then(|known| known.representative.as_ref());
    let is_head = record.post.as_deref().is_some_and(|post| HEADS.contains(&post.trim()));
    // Where nobody knows who is in charge, or what the signer is, nothing can be said.
    let is_unknown = in_charge.is_none() || record.post.is_none();
    let letter = |held: &Evidence| {
        let words = [&held.caption, &held.file_name];
        !held.retracted && words.iter().any(|text| LETTER_WORDS.iter().any(|w| text.contains(w)))
    };
    if is_unknown || is_head || in_charge == Some(signer) || site.evidence.iter().any(letter) {
        return;
    }
    let post = record.post.clone().unwrap_or_default();
    let (code, subject) = (DefectCode::SignerWithoutLetter, Some(record.signed));
    found.push(facts.defect(code, site.facts.dossier, subject, vec![post], vec![record.op]));
}

fn concluded(facts: &Facts, case: &CaseFacts, found: &mut Vec<Defect>) {
    let Some(conclusion) = &case.conclusion else { return };
    if let Some(cited) = old_citation(&conclusion.basis, None, conclusion.wall_ms) {
        let ops = vec![conclusion.op];
        found.push(facts.defect(DefectCode::OldArticle, case.dossier, None, vec![cited], ops));
    }
    let before = case.index.as_ref().filter(|index| index.wall_ms <= conclusion.wall_ms);
    if before.is_none() {
        let ops = vec![conclusion.op];
        found.push(facts.defect(DefectCode::NoEvidenceList, case.dossier, None, Vec::new(), ops));
    }
    for held in &case.evidence {
        let taken = held.camera_time_ms.unwrap_or(held.wall_ms);
        let proves = held.purpose.is_none() && held.derived_from.is_none();
        if proves && taken > conclusion.wall_ms {
            let ops = vec![conclusion.op, held.op];
            let names = vec![held.caption.clone()];
            let (code, subject) = (DefectCode::EvidenceAfterDecision, Some(held.evidence));
            found.push(facts.defect(code, case.dossier, subject, names, ops));
        }
    }
}

/// The finding was reworded after the record was signed: record and case no longer say the same.
fn worded(facts: &Facts, case: &CaseFacts, found: &mut Vec<Defect>) {
    let Some(site) = facts.check(case.case.check) else { return };
    let Some(finding) = site.facts.findings.iter().find(|f| f.finding == case.case.finding) else {
        return;
    };
    let signed = site.records().iter().filter_map(|record| site.facts.trace.op(record.op));
    let signed_ms = signed.map(|written| written.wall_ms).max();
    // The record that was signed says what the finding said then.
    let reworded = site.facts.trace.on(finding.finding).iter().filter(|written| {
        finding.ops.contains(&written.op) && signed_ms.is_some_and(|then| written.wall_ms > then)
    });
    let ops: Vec<Hash> = reworded.map(|written| written.op).collect();
    if !ops.is_empty() {
        let names = vec![finding.title.clone()];
        for dossier in [case.dossier, site.facts.dossier] {
            let (code, subject) = (DefectCode::TextDiffers, Some(finding.finding));
            found.push(facts.defect(code, dossier, subject, names.clone(), ops.clone()));
        }
    }
}

fn altered(
    facts: &Facts,
    dossier: DossierId,
    evidence: &[Evidence],
    media: &MediaLook,
    found: &mut Vec<Defect>,
) {
    for held in evidence.iter().filter(|held| media.altered.contains(&held.address)) {
        let (code, subject) = (DefectCode::HashMismatch, Some(held.evidence));
        let (names, ops) = (vec![held.caption.clone()], vec![held.op]);
        found.push(facts.defect(code, dossier, subject, names, ops));
    }
}

/// The digest on a list is made again from the digests of its files.
fn lists(
    facts: &Facts,
    dossier: DossierId,
    lists: &[HashList],
    evidence: &[Evidence],
    found: &mut Vec<Defect>,
) {
    for list in lists {
        let held: Option<Vec<&Evidence>> =
            list.items.iter().map(|op| evidence.iter().find(|held| held.op == *op)).collect();
        let (Some(held), Some(said)) = (held, list.digest) else { continue };
        let lines: String = held.iter().map(|e| format!("{} {}\n", e.sha256, e.sm3)).collect();
        if Hash(Sha256::digest(lines.as_bytes()).into()) != said {
            let (code, subject) = (DefectCode::HashMismatch, Some(list.list));
            found.push(facts.defect(code, dossier, subject, vec![said.to_string()], vec![list.op]));
        }
    }
}

/// Numbers of papers: of one sort, each is used once.
fn numbers(facts: &Facts, found: &mut Vec<Defect>) {
    let mut used: BTreeMap<(&str, String), Vec<(DossierId, Hash)>> = BTreeMap::new();
    for site in &facts.checks {
        let (check, dossier) = (site.check(), site.facts.dossier);
        let Some(op) = check.op else { continue };
        for (sort, number) in [("approval", &check.approval_no), ("notice", &check.notice_no)] {
            if let Some(number) = number.as_ref().filter(|number| !number.trim().is_empty()) {
                used.entry((sort, number.trim().to_owned())).or_default().push((dossier, op));
            }
        }
    }
    for case in &facts.cases {
        if let Some(filing) = &case.filing
            && let Some(number) = &filing.number
        {
            let number = number.trim().to_owned();
            used.entry(("filing", number)).or_default().push((case.dossier, filing.op));
        }
    }
    for ((_, number), uses) in used.into_iter().filter(|(_, uses)| uses.len() > 1) {
        let ops: Vec<Hash> = uses.iter().map(|(_, op)| *op).collect();
        for (dossier, _) in &uses {
            let names = vec![number.clone()];
            found.push(facts.defect(DefectCode::NumberTwice, *dossier, None, names, ops.clone()));
        }
    }
}
