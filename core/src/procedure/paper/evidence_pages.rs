//! 证据页与证据哈希清单, from a list of digests and the files on it.

use angen_documents::forms::{EvidencePages, Medium};
use angen_documents::{Entry, Form, Officer};
use angen_ledger::hash::Hash;

use super::draft::{Draft, clock};
use super::site_record::refusal;
use super::standing::of_form;
use super::{Filling, Thumbnails};
use crate::domain::{
    Case, Evidence, EvidenceIndex, Finding, HashList, Place, Purpose, SourceClass, read_all,
};
use crate::error::{Error, Result};
use crate::procedure::visit::CheckFacts;

pub(super) fn fill(draft: &Draft<'_>, thumbnails: &Thumbnails<'_>) -> Result<Filling> {
    draft.must_be(&["check", "case"])?;
    let dossier = draft.request.dossier;
    let case: Option<Case> = read_all(draft.source, dossier)?.into_iter().next();
    let facts = draft.check(case.as_ref().map_or(dossier, |case| case.check))?;
    let lists: Vec<HashList> = read_all(draft.source, dossier)?;
    let list = lists.into_iter().find(|list| list.list == draft.request.about);
    let Some(list) = list else {
        return Err(Error::NotFound { noun: "hash_list", id: dossier.to_string() });
    };
    let held: Vec<Evidence> = read_all(draft.source, dossier)?;
    let index: Option<EvidenceIndex> = read_all(draft.source, dossier)?.into_iter().next();
    let people = draft.there(&facts.trace, facts.begun_ms());
    let mut media = Vec::new();
    for op in &list.items {
        let Some(file) = held.iter().find(|file| file.op == *op) else { continue };
        let about = facts.findings.iter().find(|finding| Some(finding.finding) == file.about);
        media.push(Medium {
            thumbnail: thumbnails(file)?,
            caption: file.caption.as_str().into(),
            proof_object: proves(file, about, index.as_ref()),
            source: file.source.map_or("", SourceClass::term).into(),
            method: file.method.as_deref().unwrap_or_else(|| method_of(file.source)).into(),
            taken_at: clock(file.wall_ms).into(),
            place: draft.fact("place", place(file, about).as_deref()),
            maker: maker(draft, file),
            file_name: file.file_name.clone(),
            length_bytes: u64::try_from(file.length).unwrap_or_default(),
            sha256: *file.sha256.as_bytes(),
            sm3: *file.sm3.as_bytes(),
        });
    }
    let form = EvidencePages {
        agency: draft.agency(&people),
        unit_name: facts.title().into(),
        belongs_to: draft.wording("belongs_to", belongs_to(&facts, case.as_ref())),
        listed_at: clock(list.wall_ms).into(),
        media,
        officers: draft.officers(&people, &facts.trace),
        unit_signature: refusal(&facts),
    };
    Ok(form.document())
}

/// The record or the case that the files belong to, by number where it has one.
fn belongs_to(facts: &CheckFacts, case: Option<&Case>) -> String {
    if let Some(case) = case {
        return case.cause.clone();
    }
    let record = of_form(&facts.issued, Form::SiteRecord).last();
    let number = record.and_then(|paper| paper.known_number());
    match number {
        Some(number) => format!("现场检查记录{number}"),
        None => format!("{}现场检查", facts.title()),
    }
}

/// What a file proves: as it was said at the capture, in the index, or by the finding it is about.
fn proves(file: &Evidence, about: Option<&Finding>, index: Option<&EvidenceIndex>) -> Entry {
    let in_index = |op: Hash| {
        let items = index.map(|index| index.items.as_slice()).unwrap_or_default();
        items.iter().find(|(known, _)| *known == op).map(|(_, words)| words.as_str())
    };
    let by_purpose = match file.purpose {
        Some(Purpose::SubjectPapers) => Some("当事人主体资格"),
        _ => None,
    };
    let said = file.proves.as_deref().or_else(|| in_index(file.op)).or(by_purpose);
    said.or(about.map(|finding| finding.title.as_str())).unwrap_or("现场检查情况").into()
}

/// How a file came to be, where nothing else was said; each is what the app itself does.
fn method_of(source: Option<SourceClass>) -> &'static str {
    match source {
        Some(SourceClass::OwnCamera) => "执法终端拍摄（录制），原始文件直接加密保存",
        Some(SourceClass::BodyCamera | SourceClass::ColleaguePhone | SourceClass::Instrument) => {
            "从制作设备导出，原始文件加密保存"
        }
        Some(SourceClass::CctvCopy | SourceClass::FromParty) => "由持有人提供，复制后加密保存",
        Some(SourceClass::Scan) => "纸质材料扫描（拍摄），图像文件加密保存",
        Some(SourceClass::Imported) | None => "导入执法终端，文件加密保存",
    }
}

/// The place in words and on the map.
fn place(file: &Evidence, about: Option<&Finding>) -> Option<String> {
    let told = about.and_then(|finding| {
        let told = finding.elements.iter().find(|(code, _)| code == "location");
        told.map(|(_, words)| words.clone())
    });
    let on_map = file.place.map(on_map);
    match (told, on_map) {
        (Some(told), Some(on_map)) => Some(format!("{told}（{on_map}）")),
        (told, on_map) => told.or(on_map),
    }
}

/// `北纬35.27124° 东经119.37452°`: five places are a metre.
fn on_map(place: Place) -> String {
    let degrees = |e7: i64| e7.unsigned_abs() as f64 / 1e7;
    let north = if place.latitude_e7 < 0 { "南纬" } else { "北纬" };
    let east = if place.longitude_e7 < 0 { "西经" } else { "东经" };
    let (latitude, longitude) = (degrees(place.latitude_e7), degrees(place.longitude_e7));
    format!("{north}{latitude:.5}° {east}{longitude:.5}°")
}

/// Who captured it, with the certificate number.
fn maker(draft: &Draft<'_>, file: &Evidence) -> Officer {
    let card = draft.view.people.officer(file.writer);
    let number = card.and_then(|card| card.certificate_no.as_deref()).unwrap_or_default();
    Officer::new(card.map_or("", |card| &card.name), number)
}
