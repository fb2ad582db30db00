//! What the page shows of one piece of evidence: the file itself, and all that is recorded of it.

use angen_core::domain::{Evidence, Fields, china_time};
use angen_ledger::id::{DossierId, EntityId};

use crate::book::Book;
use crate::change::{ChangeView, changes};
use crate::show;

/// A file.
pub(crate) struct MediaView {
    pub(crate) entity: EntityId,
    pub(crate) caption: String,
    pub(crate) path: String,
    pub(crate) file_name: String,
    pub(crate) kind: &'static str,
    pub(crate) retracted: bool,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) sha256: String,
    pub(crate) sm3: String,
    pub(crate) changes: Vec<ChangeView>,
}

impl MediaView {
    /// Where the page can be pointed to.
    pub(crate) fn anchor(&self) -> String {
        anchor(self.entity)
    }
}

/// The place of an entity on the page.
pub(crate) fn anchor(entity: EntityId) -> String {
    format!("e-{entity}")
}

/// The evidence, wherever it lies, that the predicate wants.
pub(crate) fn media(
    book: &Book<'_>,
    wanted: impl Fn(DossierId, &Evidence) -> bool,
) -> Vec<MediaView> {
    let wanted = book.evidence.iter().filter(|(dossier, held)| wanted(*dossier, held));
    wanted.map(|(dossier, held)| media_view(book, *dossier, held)).collect()
}

fn media_view(book: &Book<'_>, dossier: DossierId, evidence: &Evidence) -> MediaView {
    let original = book.opened.originals.get(&evidence.address).filter(|kept| kept.holds);
    let key_is_held = book.fields(dossier, evidence.evidence).bytes("blob_key").is_some();
    let kind = match (original, evidence.mime.as_str()) {
        (None, _) if key_is_held => "absent",
        (None, _) => "locked",
        // Browsers show these; any other image is a link, so that no page has a broken picture.
        (_, "image/jpeg" | "image/png" | "image/webp") => "image",
        (_, mime) if mime.starts_with("video/") => "video",
        (_, mime) if mime.starts_with("audio/") => "audio",
        _ => "file",
    };
    let digest = |hash: angen_ledger::hash::Hash| show::groups_of_four(&hash.to_string());
    MediaView {
        entity: evidence.evidence,
        caption: evidence.caption.clone(),
        path: original.map(|kept| show::original_path(&kept.file_name)).unwrap_or_default(),
        file_name: original.map(|kept| kept.file_name.clone()).unwrap_or_default(),
        kind,
        retracted: evidence.retracted,
        facts: facts(book, evidence, &book.fields(dossier, evidence.evidence)),
        sha256: digest(evidence.sha256),
        sm3: digest(evidence.sm3),
        changes: changes(book, dossier, evidence.evidence),
    }
}

fn facts(book: &Book<'_>, evidence: &Evidence, fields: &Fields) -> Vec<(String, String)> {
    let say = book.say;
    let mut facts = vec![(
        say.t("固定证据", "Captured").to_owned(),
        format!("{} {}", book.who(evidence.writer), china_time(evidence.wall_ms)),
    )];
    let text =
        |field: &str| fields.text(field).map(|words| (say.field(field), say.code(field, words)));
    facts.extend(text("clock_source"));
    if let Some(camera_ms) = evidence.camera_time_ms {
        let difference = show::clock_difference(say, camera_ms, evidence.wall_ms);
        let (open, close) = (say.t("（", " ("), say.t("）", ")"));
        let time = format!("{}{open}{difference}{close}", china_time(camera_ms));
        facts.push((say.field("camera_time"), time));
    }
    facts.extend(evidence.place.map(|place| (say.field("place"), show::place(say, place))));
    let camera_place = fields.value("camera_place").and_then(angen_core::domain::Place::from_value);
    facts.extend(camera_place.map(|place| (say.field("camera_place"), show::place(say, place))));
    let told = ["kind", "purpose", "source", "source_note", "proves", "method", "device", "camera"];
    facts.extend(told.iter().filter_map(|field| text(field)));
    if let Some(source) = evidence.derived_from {
        let name = book.name_of(source).unwrap_or_else(|| source.to_string());
        facts.push((say.field("derived_from"), name));
    }
    if !evidence.same_original.is_empty() {
        let again = say.t("同一文件此前已经固定过", "the same file was captured before");
        facts.push((say.field("same_original"), again.to_owned()));
    }
    facts.push((say.field("length"), show::bytes(evidence.length)));
    facts
}
