//! What the page shows of a check: its plan, findings, answers, signatures and assents.

use std::collections::HashSet;

use angen_core::domain::{
    Assent, Bilingual, CertificatesShown, Check, ELEMENTS, Finding, Note, RecordSigned,
    assent_lines, china_time,
};
use angen_core::procedure::{CarriedAssent, carried_assents};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;

use crate::answers::{ListView, lists};
use crate::book::Book;
use crate::change::{ChangeView, ConflictView, changes, collisions, conflicts};
use crate::follow_up::{FollowUp, letters, transfer_facts};
use crate::media::{MediaView, anchor, media};
use crate::preserved::{PreservationView, forms, preservations};
use crate::sentence::sentence;

/// A check.
pub(crate) struct CheckView {
    pub(crate) anchor: String,
    pub(crate) enterprise: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) conflicts: Vec<ConflictView>,
    pub(crate) findings: Vec<FindingView>,
    pub(crate) follow_up: FollowUp,
    pub(crate) preserved: Vec<PreservationView>,
    /// What was written after the record was signed.
    pub(crate) addenda: Vec<String>,
    pub(crate) lists: Vec<ListView>,
    pub(crate) media: Vec<MediaView>,
    pub(crate) shown: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) signed: Vec<SignedView>,
    pub(crate) assents: Vec<AssentView>,
}

/// A finding with its evidence.
pub(crate) struct FindingView {
    pub(crate) anchor: String,
    pub(crate) title: String,
    pub(crate) consequence: String,
    pub(crate) retracted: bool,
    pub(crate) facts: Vec<(String, String)>,
    /// Every element, and its words if it is told.
    pub(crate) elements: Vec<(String, Option<String>)>,
    pub(crate) by: String,
    pub(crate) changes: Vec<ChangeView>,
    pub(crate) conflicts: Vec<ConflictView>,
    pub(crate) media: Vec<MediaView>,
}

/// The party's signature, with the signed page.
pub(crate) struct SignedView {
    pub(crate) words: String,
    pub(crate) refused: bool,
    pub(crate) by: String,
    pub(crate) media: Vec<MediaView>,
}

/// Who assented to what.
pub(crate) struct AssentView {
    pub(crate) words: String,
    /// Why it does not count; none when it does.
    pub(crate) flaw: Option<String>,
    /// What stood on the screen of who signed it elsewhere.
    pub(crate) told: Vec<String>,
    pub(crate) ops: Vec<String>,
}

impl CheckView {
    /// The check of a dossier, if it is one of a check.
    pub(crate) fn new(book: &Book<'_>, dossier: DossierId) -> Option<Self> {
        let check: Check = book.all(dossier).into_iter().next()?;
        let signed = signed(book, dossier);
        let findings: Vec<Finding> = book.all(dossier);
        let follow_up = FollowUp::new(book, dossier);
        let preserved = preservations(book, dossier);
        // A file that is shown with a finding or a signature is not shown once more.
        let pages = signed.iter().flat_map(|s| s.media.iter().map(|file| file.entity));
        let followed = follow_up.files().map(|file| file.entity);
        let pages: HashSet<EntityId> = pages.chain(followed).chain(forms(&preserved)).collect();
        let letters: HashSet<EntityId> = letters(&findings).collect();
        let mut elsewhere: HashSet<EntityId> = findings.iter().map(|f| f.finding).collect();
        elsewhere.extend(pages.iter().chain(&letters));
        Some(Self {
            anchor: anchor(check.check),
            enterprise: book.enterprise(check.enterprise),
            facts: facts(book, &check),
            conflicts: conflicts(book, dossier, check.check)
                .into_iter()
                .chain(collisions(book, dossier))
                .collect(),
            findings: findings.iter().map(|f| finding_view(book, dossier, f, &pages)).collect(),
            follow_up,
            addenda: addenda(book, dossier),
            lists: lists(book, dossier, &check.checklists),
            media: media(book, |held_in, file| {
                held_in == dossier
                    && !elsewhere.contains(&file.evidence)
                    && file.about.is_none_or(|about| !elsewhere.contains(&about))
            }),
            shown: shown(book, dossier),
            notes: notes(book, dossier),
            signed,
            preserved,
            assents: assents(book, dossier),
        })
    }

    /// Every file that is shown with the check.
    pub(crate) fn files(&self) -> impl Iterator<Item = &MediaView> {
        let findings = self.findings.iter().flat_map(|finding| &finding.media);
        let signed = self.signed.iter().flat_map(|signed| &signed.media);
        let preserved = self.preserved.iter().flat_map(|known| &known.media);
        findings.chain(signed).chain(self.follow_up.files()).chain(preserved).chain(&self.media)
    }
}

fn facts(book: &Book<'_>, check: &Check) -> Vec<(String, String)> {
    let say = book.say;
    let mut facts = Vec::new();
    if let Some(known) = book.enterprises.get(&check.enterprise) {
        facts.extend(known.credit_code.clone().map(|code| (say.field("credit_code"), code)));
        facts.extend(known.no_code_reason.clone().map(|why| (say.field("no_code_reason"), why)));
        facts.push((say.field("address"), known.address.clone()));
        facts.extend(known.representative.clone().map(|name| (say.field("representative"), name)));
        facts.extend(known.industry.clone().map(|industry| (say.field("industry"), industry)));
    }
    facts.push((say.field("basis"), say.code("basis", &check.basis)));
    let none = || say.t("没有记录", "not recorded").to_owned();
    facts.push((say.field("approval_no"), check.approval_no.clone().unwrap_or_else(none)));
    facts.push((say.field("notice_no"), check.notice_no.clone().unwrap_or_else(none)));
    let later = [
        ("notice_exempt", &check.notice_exempt),
        ("platform_task", &check.platform_task),
        ("item_list_version", &check.item_list_version),
    ];
    for (field, text) in later {
        facts.extend(text.clone().map(|text| (say.field(field), text)));
    }
    if let Some(writer) = check.writer {
        facts.push((say.t("安排人", "planned by").to_owned(), book.who(writer)));
    }
    let visit = check.assistance.and_then(|visit| book.name_of(visit.into()));
    facts.extend(visit.map(|title| (say.field("assistance"), title)));
    facts
}

/// A finding. The signed pages are left to the signatures, though they may name a finding.
fn finding_view(
    book: &Book<'_>,
    dossier: DossierId,
    finding: &Finding,
    pages: &HashSet<EntityId>,
) -> FindingView {
    let say = book.say;
    let mut facts = vec![
        (say.field("legal_basis"), finding.legal_basis.clone()),
        (say.field("authority"), say.code("authority", &finding.authority)),
    ];
    facts.extend(finding.item.clone().map(|item| (say.field("item"), item)));
    facts.extend(finding.penalty.clone().map(|code| (say.field("penalty"), code)));
    facts.extend(finding.major_hazard.clone().map(|which| (say.field("major_hazard"), which)));
    facts.extend(finding.transfer.iter().flat_map(|transfer| transfer_facts(book, transfer)));
    let letter = finding.transfer.as_ref().and_then(|transfer| transfer.letter);
    let told = |code: &str| {
        let told = finding.elements.iter().find(|(known, _)| known == code);
        told.map(|(_, words)| words.clone())
    };
    FindingView {
        anchor: anchor(finding.finding),
        title: finding.title.clone(),
        consequence: say.code("consequence", finding.consequence.word()),
        retracted: finding.retracted,
        facts,
        elements: ELEMENTS
            .iter()
            .map(|(code, _)| (say.code("elements", code), told(code)))
            .collect(),
        by: format!("{} {}", book.who(finding.writer), china_time(finding.wall_ms)),
        changes: changes(book, dossier, finding.finding),
        conflicts: conflicts(book, dossier, finding.finding),
        media: media(book, |_, file| {
            let about = file.about == Some(finding.finding) || letter == Some(file.evidence);
            about && !pages.contains(&file.evidence)
        }),
    }
}

/// What was written after the record was signed, each in a sentence with who and when.
fn addenda(book: &Book<'_>, dossier: DossierId) -> Vec<String> {
    let later = angen_core::procedure::addenda(&book.source(), dossier);
    let later = later.expect("a package in memory does not fail");
    let line = |addendum: &angen_core::procedure::Addendum| {
        let what = book.op(&addendum.op).map(|op| sentence(book, op)).unwrap_or_default();
        format!("{} {} {what}", china_time(addendum.wall_ms), book.who(addendum.writer))
    };
    later.iter().map(line).collect()
}

fn shown(book: &Book<'_>, dossier: DossierId) -> Vec<String> {
    let say = book.say;
    let all: Vec<CertificatesShown> = book.all(dossier);
    let line = |shown: &CertificatesShown| {
        let fields = book.fields(dossier, shown.shown);
        let withheld = say.t("姓名隐去", "name withheld");
        let to = fields.text("shown_to").unwrap_or(withheld);
        let note = fields.text("note").map(|note| format!("{}{note}", say.t("，", ", ")));
        format!(
            "{} {}{}{to}{}",
            book.who(shown.writer),
            china_time(shown.wall_ms),
            say.t("，向 ", ", to "),
            note.unwrap_or_default()
        )
    };
    all.iter().map(line).collect()
}

fn notes(book: &Book<'_>, dossier: DossierId) -> Vec<String> {
    let line = |note: Note| {
        let (who, when) = (book.who(note.writer), china_time(note.wall_ms));
        let about = note.about.and_then(|about| book.name_of(about));
        let about = about.map(|name| format!(" {} “{name}”", book.say.field("about")));
        format!("{who} {when}{}{}{}", about.unwrap_or_default(), book.say.t("：", ": "), note.text)
    };
    book.all::<Note>(dossier).into_iter().map(line).collect()
}

fn signed(book: &Book<'_>, dossier: DossierId) -> Vec<SignedView> {
    let say = book.say;
    let view = |signed: RecordSigned| {
        let withheld = say.t("姓名隐去", "name withheld").to_owned();
        let comma = say.t("，", ", ");
        let mut words = vec![say.code("outcome", &signed.outcome)];
        words.push(signed.signer.unwrap_or(withheld));
        words.extend(signed.post);
        words.extend(signed.reason.map(|why| format!("{}{why}", say.t("理由：", "because: "))));
        let op = book.op(&signed.op);
        SignedView {
            words: words.join(comma),
            refused: signed.outcome == "refused",
            by: op.map_or_else(String::new, |op| {
                format!("{} {}", book.who(op.header.writer), china_time(op.header.wall_ms))
            }),
            media: media(book, |_, file| {
                signed.evidence == Some(file.evidence) || file.about == Some(signed.signed)
            }),
        }
    };
    book.all::<RecordSigned>(dossier).into_iter().map(view).collect()
}

/// The assents in a dossier, each with the sentences of the ops that it names: given here, and
/// signed on a phone of the giver's own, which are judged once more.
pub(crate) fn assents(book: &Book<'_>, dossier: DossierId) -> Vec<AssentView> {
    let say = book.say;
    let op = |hash: &angen_ledger::hash::Hash| {
        book.op(hash).map_or_else(
            || format!("{} {}", hash.short(), say.t("（不在本包内）", "(not in this package)")),
            |op| format!("{} {}", hash.short(), sentence(book, op)),
        )
    };
    let view = |assent: Assent| {
        let count = assent.ops.len();
        let words = match say.0 {
            Lang::Zh => format!("确认 {count} 条记录"),
            Lang::En => format!("assented to {count} records"),
        };
        AssentView {
            words: format!(
                "{} {}{}{words}",
                book.who(assent.writer),
                china_time(assent.wall_ms),
                say.t("，", ", ")
            ),
            flaw: None,
            told: Vec::new(),
            ops: assent.ops.iter().map(op).collect(),
        }
    };
    let carried = carried_assents(&book.source(), dossier);
    let carried = carried.expect("a package in memory does not fail");
    let given = book.all::<Assent>(dossier).into_iter().map(view);
    given.chain(carried.iter().map(|one| carried_view(book, one, &op))).collect()
}

/// An assent that was signed elsewhere and carried here.
fn carried_view(
    book: &Book<'_>,
    one: &CarriedAssent,
    op: &impl Fn(&angen_ledger::hash::Hash) -> String,
) -> AssentView {
    let (say, carried) = (book.say, &one.carried);
    let said = one.signed.as_ref().map(|signed| &signed.statement);
    let signer = said.map_or_else(
        || say.t("（无法辨认）", "(cannot be read)").to_owned(),
        |said| format!("{} {}", signer_name(book, one), china_time(said.wall_ms)),
    );
    let (count, carrier) = (carried.ops.len(), book.who(carried.carrier));
    let at = china_time(carried.carried_ms);
    let words = match say.0 {
        Lang::Zh => {
            format!("{signer}，在自己的手机上确认 {count} 条记录（{carrier} {at} 扫码带回）")
        }
        Lang::En => format!(
            "{signer}, assented to {count} records on a phone of their own (carried by {carrier} \
             {at})"
        ),
    };
    let pick = |words: Bilingual| if say.0 == Lang::Zh { words.zh } else { words.en };
    let told = said.map(|said| {
        let title = said.request.title.clone();
        std::iter::once(title).chain(assent_lines(&said.request).into_iter().map(pick)).collect()
    });
    AssentView {
        words,
        flaw: one.flaw.map(|flaw| pick(flaw.words())),
        told: told.unwrap_or_default(),
        ops: carried.ops.iter().map(op).collect(),
    }
}

/// The name in the certificate that is carried along, where no other is here.
fn signer_name(book: &Book<'_>, one: &CarriedAssent) -> String {
    let Some(signed) = &one.signed else { return String::new() };
    let writer = signed.statement.writer;
    let brought = one.carried.certificate.as_deref();
    let brought = brought.and_then(|cose| SignedCertificate::read(cose).ok());
    let known = book.certificate(writer).is_some() || book.officers.contains_key(&writer);
    match brought.filter(|brought| !known && brought.hash == signed.certificate) {
        Some(brought) => brought.certificate.name,
        None => book.who(writer),
    }
}
