//! 现场检查记录, from the answers, findings and evidence of a check.

use angen_documents::UnitSignature;
use angen_documents::forms::SiteRecord;

use super::Filling;
use super::draft::{Draft, clock};
use super::standing::of_form;
use super::wording::{captured_in_words, handling_in_words, on_paper};
use crate::domain::{CertificatesShown, Finding, Purpose};
use crate::error::Result;
use crate::procedure::people::PersonKey;
use crate::procedure::sheet::{Forms, Sheet};
use crate::procedure::visit::CheckFacts;

/// Papers of the procedure itself, which are no evidence of what was found.
const PROCEDURAL: &[Purpose] = &[Purpose::SignedPage, Purpose::HashList, Purpose::RefusalNote];

pub(super) fn fill(draft: &Draft<'_>) -> Result<Filling> {
    draft.must_be(&["check"])?;
    let facts = draft.check(draft.request.dossier)?;
    let begun = facts.first_record_ms().unwrap_or_else(|| facts.begun_ms());
    let shown = shown(draft, &facts);
    let from = shown.first().map_or(begun, |(_, ms)| (*ms).min(begun));
    let people = draft.there(&facts.trace, from);
    let officers = draft.officers(&people, &facts.trace);
    // The moment at which the second of the officers on the paper had shown the certificate.
    let of_officers = shown.iter().filter(|(person, _)| people.contains(person));
    let second = of_officers.map(|(_, ms)| *ms).nth(1);
    let lists = item_lists(draft, &facts)?;
    let findings: Vec<&Finding> = facts.findings.iter().collect();
    let form = SiteRecord {
        agency: draft.agency(&people),
        number: draft.number(),
        unit: draft.unit(facts.enterprise.as_ref()),
        place: draft.wording("place", places(&facts)),
        from: clock(from).into(),
        to: draft.now().into(),
        officers,
        others: draft.wording("others", others(draft, &facts)),
        certificates_shown_at: draft.moment("certificates_shown_at", second.map(clock)),
        recusal: draft.fact("recusal", None),
        basis: super::law::power_to_check(&area_of(draft), draft.today()),
        notice_number: draft.wording("notice_number", notice_number(&facts)),
        item_list: lists.join("、").into(),
        task_code: draft.wording("task_code", task_code(&facts)),
        course: draft.wording("course", course(draft, &facts, &lists)?),
        findings: findings.iter().map(|finding| on_paper(finding)).collect(),
        measures: draft.wording("measures", handling_in_words(&findings, &facts.measures)),
        unit_signature: refusal(&facts),
    };
    Ok(form.document())
}

/// When each certified officer showed the certificate first, the earliest first.
fn shown(draft: &Draft<'_>, facts: &CheckFacts) -> Vec<(PersonKey, i64)> {
    let first = |shown: &CertificatesShown| {
        let person = draft.view.people.enforcer(shown.writer, shown.wall_ms)?;
        let written = facts.trace.on(shown.shown).iter().map(|w| w.wall_ms).min();
        Some((person, written.unwrap_or(shown.wall_ms)))
    };
    let mut all: Vec<_> = facts.shown.iter().filter_map(first).collect();
    all.retain(|(_, ms)| *ms <= draft.request.made_at_ms);
    all.sort_by_key(|(_, ms)| *ms);
    all
}

/// The division code of the dossier.
pub(super) fn area_of(draft: &Draft<'_>) -> String {
    let own = draft.view.dossiers.iter().find(|known| known.dossier == draft.request.dossier);
    own.map(|dossier| dossier.area.clone()).unwrap_or_default()
}

/// The checklists with the version of the published items that they follow.
pub(super) fn item_lists(draft: &Draft<'_>, facts: &CheckFacts) -> Result<Vec<String>> {
    let mut lists = Vec::new();
    for id in &facts.check.checklists {
        let view = &draft.view.dossiers;
        let list: Option<crate::domain::Checklist> =
            crate::procedure::visit::read_standing(draft.source, view, "library", *id)?;
        lists.extend(list.map(|list| {
            let version = [list.item_list_version, list.version];
            let version = version.into_iter().find(|version| !version.is_empty());
            format!("《{}》（{}）", in_chinese(&list.title), version.unwrap_or_default())
        }));
    }
    Ok(lists)
}

/// The task or scan code of the platform, once it is known.
pub(super) fn task_code(facts: &CheckFacts) -> String {
    facts.check.platform_task.clone().unwrap_or_default()
}

/// A title in two languages without its Latin end: documents are Chinese.
fn in_chinese(title: &str) -> &str {
    let end = title.char_indices().rfind(|(_, c)| !c.is_ascii());
    end.map_or(title, |(at, c)| &title[..at + c.len_utf8()])
}

/// The places that the findings name; the address, when they name none.
fn places(facts: &CheckFacts) -> String {
    let mut places: Vec<&str> = Vec::new();
    for finding in &facts.findings {
        let told = finding.elements.iter().find(|(code, _)| code == "location");
        if let Some((_, place)) = told
            && !places.contains(&place.as_str())
        {
            places.push(place);
        }
    }
    let address = facts.enterprise.as_ref().map(|enterprise| enterprise.address.clone());
    if places.is_empty() { address.unwrap_or_default() } else { places.join("、") }
}

/// Mentors who wrote in this check: they advise and enforce nothing.
fn others(draft: &Draft<'_>, facts: &CheckFacts) -> String {
    let writers: std::collections::BTreeSet<_> = facts.trace.all().map(|w| w.writer).collect();
    let people = &draft.view.people;
    let mentors = writers.iter().filter(|writer| !people.as_mentor(**writer).is_empty());
    let names = mentors.filter_map(|writer| people.officer(*writer));
    names
        .map(|mentor| format!("{}（帮扶专家，只提技术意见，不参与执法）", mentor.name))
        .collect::<Vec<_>>()
        .join("、")
}

/// The number of the notice that was issued; otherwise the one that the plan names.
fn notice_number(facts: &CheckFacts) -> String {
    let issued = of_form(&facts.issued, angen_documents::Form::InspectionNotice).last();
    let number = issued.and_then(|paper| paper.known_number()).map(str::to_owned);
    number.or_else(|| facts.check.notice_no.clone()).unwrap_or_default()
}

/// What was looked at, in order, and what was captured.
fn course(draft: &Draft<'_>, facts: &CheckFacts, lists: &[String]) -> Result<String> {
    let mut forms = Forms::default();
    let (view, source) = (&draft.view, draft.source);
    let sheet = Sheet::read(source, &view.dossiers, &mut forms, &view.people, facts)?;
    let count = |verdict: &str| sheet.verdicts.get(verdict).copied().unwrap_or_default();
    let all: usize = sheet.verdicts.values().sum();
    let by = facts.enterprise.as_ref().and_then(|enterprise| enterprise.representative.as_deref());
    let by = by.map(|name| format!("在现场负责人{name}陪同下，")).unwrap_or_default();
    let mut text = format!(
        "检查人员{by}对照{}逐项检查，共{all}项：符合{}项，不符合{}项，不涉及{}项，未查{}项。",
        lists.join("、"),
        count("compliant"),
        count("non_compliant"),
        count("not_applicable"),
        count("not_checked"),
    );
    if !sheet.not_checked.is_empty() {
        let told = sheet.not_checked.iter().map(|(item, why)| format!("{item}（{why}）"));
        text.push_str(&format!("未查事项及原因：{}。", told.collect::<Vec<_>>().join("；")));
    }
    let procedural = |purpose| PROCEDURAL.contains(&purpose);
    let files = facts.evidence.iter().filter(|held| !held.purpose.is_some_and(procedural));
    let files: Vec<_> = files.collect();
    if !files.is_empty() {
        let counted = captured_in_words(&files);
        text.push_str(&format!("\n现场固定证据{}件（{counted}），列入证据哈希清单。", files.len()));
    }
    Ok(text)
}

/// A refusal that was noted before the print; afterwards it stands on the paper by hand.
pub(super) fn refusal(facts: &CheckFacts) -> UnitSignature {
    let refused = facts.records.iter().find(|record| record.outcome == "refused");
    match refused {
        Some(record) => UnitSignature::Refused {
            reason: record.reason.as_deref().unwrap_or_default().into(),
            witness: angen_documents::Entry::Missing,
        },
        None => UnitSignature::Expected,
    }
}
