//! What the page shows of a check: its answers, findings, evidence, signatures and assents.

use angen_core::domain::{
    Answer, Assent, CertificatesShown, Check, Evidence, Finding, RecordSigned, china_time,
};
use angen_ledger::id::{DossierId, EntityId};

use crate::book::Book;
use crate::show;

/// A check.
pub(crate) struct CheckView {
    pub(crate) enterprise: String,
    pub(crate) enterprise_facts: Vec<(String, String)>,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) findings: Vec<FindingView>,
    pub(crate) lists: Vec<ListView>,
    pub(crate) media: Vec<MediaView>,
    pub(crate) shown: Vec<String>,
    pub(crate) signed: Vec<String>,
    pub(crate) assents: Vec<String>,
}

/// A finding with its evidence.
pub(crate) struct FindingView {
    pub(crate) title: String,
    pub(crate) retracted: bool,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) by: String,
    pub(crate) media: Vec<MediaView>,
}

/// The answers to one checklist.
pub(crate) struct ListView {
    pub(crate) title: String,
    pub(crate) rows: Vec<Row>,
}

/// One answer.
pub(crate) struct Row {
    pub(crate) item: String,
    pub(crate) text: String,
    pub(crate) answer: String,
    pub(crate) class: &'static str,
    pub(crate) note: String,
    pub(crate) by: String,
}

/// A file.
pub(crate) struct MediaView {
    pub(crate) caption: String,
    pub(crate) path: String,
    pub(crate) kind: &'static str,
    pub(crate) retracted: bool,
    pub(crate) facts: Vec<(String, String)>,
}

impl CheckView {
    /// The check of a dossier, if it is one of a check.
    pub(crate) fn new(book: &Book<'_>, dossier: DossierId) -> Option<Self> {
        let check: Check = book.all(dossier).into_iter().next()?;
        let say = book.say;
        let mut findings: Vec<Finding> = book.all(dossier);
        findings.sort_by_key(|finding| (finding.wall_ms, finding.finding));
        let known: Vec<EntityId> = findings.iter().map(|finding| finding.finding).collect();
        let mut facts = vec![(say.field("basis"), say.code("basis", &check.basis))];
        facts.extend(check.approval_no.map(|no| (say.field("approval_no"), no)));
        facts.extend(check.notice_no.map(|no| (say.field("notice_no"), no)));
        Some(Self {
            enterprise: book.enterprise(check.enterprise),
            enterprise_facts: enterprise_facts(book, check.enterprise),
            facts,
            findings: findings.iter().map(|finding| finding_view(book, dossier, finding)).collect(),
            lists: lists(book, dossier, &check.checklists),
            media: media(book, dossier, |about| about.is_none_or(|about| !known.contains(&about))),
            shown: shown(book, dossier),
            signed: signed(book, dossier),
            assents: assents(book, dossier),
        })
    }
}

fn enterprise_facts(book: &Book<'_>, enterprise: EntityId) -> Vec<(String, String)> {
    let Some(known) = book.enterprises.get(&enterprise) else { return Vec::new() };
    let say = book.say;
    let mut facts = Vec::new();
    facts.extend(known.credit_code.clone().map(|code| (say.field("credit_code"), code)));
    facts.extend(known.no_code_reason.clone().map(|why| (say.field("no_code_reason"), why)));
    facts.push((say.field("address"), known.address.clone()));
    facts.extend(known.representative.clone().map(|name| (say.field("representative"), name)));
    facts
}

fn finding_view(book: &Book<'_>, dossier: DossierId, finding: &Finding) -> FindingView {
    let say = book.say;
    let mut facts = vec![
        (say.field("consequence"), say.code("consequence", finding.consequence.word())),
        (say.field("legal_basis"), finding.legal_basis.clone()),
        (say.field("authority"), say.code("authority", &finding.authority)),
    ];
    facts.extend(finding.item.clone().map(|item| (say.field("item"), item)));
    facts.extend(finding.penalty.clone().map(|code| (say.field("penalty"), code)));
    facts.extend(finding.major_hazard.clone().map(|which| (say.field("major_hazard"), which)));
    let told = finding.elements.iter();
    facts.extend(told.map(|(code, words)| (say.code("elements", code), words.clone())));
    facts.extend(finding.reason.clone().map(|reason| (say.field("reason"), reason)));
    FindingView {
        title: finding.title.clone(),
        retracted: finding.retracted,
        facts,
        by: format!("{} {}", book.who(finding.writer), china_time(finding.wall_ms)),
        media: media(book, dossier, |about| about == Some(finding.finding)),
    }
}

fn lists(book: &Book<'_>, dossier: DossierId, checklists: &[EntityId]) -> Vec<ListView> {
    let answers: Vec<Answer> = book.all(dossier);
    let value_of = |checklist: EntityId, item: &str| {
        let found = answers.iter().find(|a| a.checklist == checklist && a.item == item);
        found.map(|answer| answer.value.clone())
    };
    let view = |checklist: &EntityId| {
        let mut rows: Vec<(usize, Row)> = answers
            .iter()
            .filter(|answer| answer.checklist == *checklist && !answer.item.ends_with("_note"))
            .map(|answer| {
                let note = value_of(*checklist, &format!("{}_note", answer.item));
                (rank(&answer.value), row(book, *checklist, answer, note.unwrap_or_default()))
            })
            .collect();
        rows.sort_by(|a, b| (a.0, &a.1.item).cmp(&(b.0, &b.1.item)));
        let title = book.name_of(*checklist).unwrap_or_else(|| checklist.to_string());
        ListView { title, rows: rows.into_iter().map(|(_, row)| row).collect() }
    };
    checklists.iter().map(view).filter(|list| !list.rows.is_empty()).collect()
}

/// What is wrong stands first, what is fine last.
fn rank(value: &str) -> usize {
    let order = angen_core::domain::WORST_ORDER;
    order.iter().position(|known| *known == value).unwrap_or(1)
}

fn row(book: &Book<'_>, checklist: EntityId, answer: &Answer, note: String) -> Row {
    let conflict =
        book.say.t("（两人答案不同，暂按较差的）", " (answers differ: the worse stands)");
    let mark = if answer.conflict { conflict } else { "" };
    let because = answer
        .reason
        .as_ref()
        .map(|reason| format!("{}{reason}", book.say.t("改动理由：", "changed because: ")));
    Row {
        item: answer.item.clone(),
        text: book.item_text(checklist, &answer.item).unwrap_or_default().to_owned(),
        answer: format!("{}{mark}", book.answer_text(checklist, &answer.item, &answer.value)),
        class: match answer.value.as_str() {
            "non_compliant" => "wrong",
            "not_checked" => "open",
            "compliant" => "fine",
            _ => "",
        },
        note: [Some(note).filter(|note| !note.is_empty()), because]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        by: format!("{} {}", book.who(answer.writer), show::to_the_minute(answer.wall_ms)),
    }
}

/// The files of a dossier that are about what the predicate wants.
pub(crate) fn media(
    book: &Book<'_>,
    dossier: DossierId,
    wanted: impl Fn(Option<EntityId>) -> bool,
) -> Vec<MediaView> {
    let of_dossier = book.evidence.iter().filter(|(held, _)| *held == dossier);
    let mut files: Vec<&Evidence> = of_dossier
        .map(|(_, evidence)| evidence)
        .filter(|evidence| wanted(evidence.about))
        .collect();
    files.sort_by_key(|evidence| (evidence.wall_ms, evidence.evidence));
    files.into_iter().map(|evidence| media_view(book, evidence)).collect()
}

fn media_view(book: &Book<'_>, evidence: &Evidence) -> MediaView {
    let say = book.say;
    let original = book.opened.originals.get(&evidence.address).filter(|kept| kept.holds);
    let kind = match evidence.mime.split('/').next() {
        _ if original.is_none() => "absent",
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        _ => "file",
    };
    let mut facts = vec![(
        say.t("取证", "Captured").to_owned(),
        format!("{} {}", book.who(evidence.writer), china_time(evidence.wall_ms)),
    )];
    facts.extend(evidence.source.map(|s| (say.field("source"), say.code("source", s.word()))));
    facts.extend(evidence.kind.map(|k| (say.field("kind"), say.code("kind", k.word()))));
    facts.extend(evidence.place.map(|place| (say.field("place"), show::place(say, place))));
    if let Some(camera_ms) = evidence.camera_time_ms {
        let difference = show::clock_difference(say, camera_ms, evidence.wall_ms);
        facts.push((say.field("camera_time"), format!("{}，{difference}", china_time(camera_ms))));
    }
    if !evidence.same_original.is_empty() {
        let again = say.t("同一文件此前已经取证过", "the same file was captured before");
        facts.push((say.field("same_original"), again.to_owned()));
    }
    facts.push((say.field("length"), show::bytes(evidence.length)));
    facts.push(("SHA-256".to_owned(), show::groups_of_four(&evidence.sha256.to_string())));
    facts.push(("SM3".to_owned(), show::groups_of_four(&evidence.sm3.to_string())));
    MediaView {
        caption: evidence.caption.clone(),
        path: original.map(|kept| show::original_path(&kept.file_name)).unwrap_or_default(),
        kind,
        retracted: evidence.retracted,
        facts,
    }
}

fn shown(book: &Book<'_>, dossier: DossierId) -> Vec<String> {
    let all: Vec<CertificatesShown> = book.all(dossier);
    all.iter()
        .map(|shown| format!("{} {}", book.who(shown.writer), china_time(shown.wall_ms)))
        .collect()
}

fn signed(book: &Book<'_>, dossier: DossierId) -> Vec<String> {
    let say = book.say;
    let line = |signed: RecordSigned| {
        let withheld = say.t("姓名隐去", "name withheld").to_owned();
        let who = signed.signer.unwrap_or(withheld);
        let post = signed.post.unwrap_or_default();
        let reason = signed.reason.unwrap_or_default();
        format!("{} {who} {post} {reason}", say.code("outcome", &signed.outcome))
    };
    book.all::<RecordSigned>(dossier).into_iter().map(line).collect()
}

fn assents(book: &Book<'_>, dossier: DossierId) -> Vec<String> {
    let say = book.say;
    let line = |assent: Assent| {
        format!(
            "{} {}{}{}",
            book.who(assent.writer),
            china_time(assent.wall_ms),
            say.t("，确认 ", ", assented to "),
            match say.0 {
                angen_ledger::verify::Lang::Zh => format!("{} 条记录", assent.ops.len()),
                angen_ledger::verify::Lang::En => format!("{} records", assent.ops.len()),
            }
        )
    };
    book.all::<Assent>(dossier).into_iter().map(line).collect()
}
