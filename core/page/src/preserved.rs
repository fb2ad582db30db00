//! What the page shows of evidence that was registered and preserved in advance.

use angen_core::domain::{Preservation, china_time};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::book::Book;
use crate::media::{MediaView, anchor, media};

/// A preservation.
pub(crate) struct PreservationView {
    pub(crate) anchor: String,
    pub(crate) facts: Vec<(String, String)>,
    /// Whether the approval came before the registration.
    pub(crate) is_approved_first: bool,
    pub(crate) items: Vec<ItemView>,
    /// The signed form.
    pub(crate) media: Vec<MediaView>,
}

/// An item of the list.
pub(crate) struct ItemView {
    pub(crate) what: String,
    pub(crate) place: String,
    /// What became of it, if that was decided.
    pub(crate) decision: Option<String>,
}

/// The preservations of a dossier.
pub(crate) fn preservations(book: &Book<'_>, dossier: DossierId) -> Vec<PreservationView> {
    book.all::<Preservation>(dossier).iter().map(|known| view(book, dossier, known)).collect()
}

fn view(book: &Book<'_>, dossier: DossierId, known: &Preservation) -> PreservationView {
    let say = book.say;
    let none = || say.t("没有记录", "not recorded").to_owned();
    let withheld = || say.t("（隐去）", "(withheld)").to_owned();
    let mut facts = Vec::new();
    match &known.approval {
        Some(approval) => {
            let approver = approval.approver.clone().unwrap_or_else(withheld);
            let approved = format!("{approver} {}", china_time(approval.approved_at_ms));
            facts.push((say.t("批准", "Approved").to_owned(), approved));
            facts.push((say.field("reason"), approval.reason.clone()));
        }
        None => facts.push((say.t("批准", "Approved").to_owned(), none())),
    }
    if let Some(registered) = &known.registered {
        facts.push((say.field("registered_at"), china_time(registered.registered_at_ms)));
        facts.push((say.field("holder"), registered.holder.clone().unwrap_or_else(withheld)));
        facts.push((
            say.t("通知书文号", "No. of the notice").to_owned(),
            registered.notice_no.clone().unwrap_or_else(none),
        ));
        facts.push((say.field("told_to"), registered.told_to.clone().unwrap_or_else(none)));
    }
    facts.push((say.t("登记人", "Recorded by").to_owned(), book.who(known.writer)));
    let items = known.registered.iter().flat_map(|registered| registered.items.iter().enumerate());
    let item = |(index, item): (usize, &angen_core::domain::PreservedItem)| ItemView {
        what: [Some(item.name.as_str()), item.model.as_deref(), Some(item.quantity.as_str())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        place: item.place.clone(),
        decision: known.decision(index + 1).map(|decided| {
            let what = say.code("preserved_decisions", decided.decision.word());
            let words = decided.words.as_ref().map(|words| format!("{}{words}", say.t("，", ", ")));
            format!("{} {what}{}", decided.decided_on, words.unwrap_or_default())
        }),
    };
    let form = known.approval.as_ref().map(|approval| approval.evidence);
    PreservationView {
        anchor: anchor(known.preservation),
        facts,
        is_approved_first: known.is_approved_first(),
        items: items.map(item).collect(),
        media: media(book, |held_in, file| {
            let about = file.about == Some(known.preservation) || form == Some(file.evidence);
            held_in == dossier && about
        }),
    }
}

/// What an op of a preservation, or a number that came later, says.
pub(crate) fn preserved_words(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    let count = |field: &str| Some(op.get(field)?.as_array()?.len());
    match kind {
        "preservation.approve/1" => text("reason"),
        "preservation.register/1" => {
            let items = op.get("preserved_items")?.as_array()?;
            let names = items.iter().filter_map(|item| item.get("name")?.as_text());
            Some(names.collect::<Vec<_>>().join(say.t("、", ", ")))
        }
        "preservation.decide/1" => {
            let count = count("preserved_decisions")?;
            Some(match say.0 {
                Lang::Zh => format!("{count} 件"),
                Lang::En => format!("{count} items"),
            })
        }
        "check.number/1" => {
            let fields =
                ["approval_no", "notice_no", "platform_task", "item_list_version", "notice_exempt"];
            let told = fields
                .iter()
                .filter_map(|field| Some(format!("{} {}", say.field(field), text(field)?)));
            let told = told.collect::<Vec<_>>().join(say.t("；", "; "));
            Some(told).filter(|told| !told.is_empty())
        }
        _ => None,
    }
}

/// The entities that name a file as theirs.
pub(crate) fn forms(views: &[PreservationView]) -> impl Iterator<Item = EntityId> {
    views.iter().flat_map(|view| &view.media).map(|file| file.entity)
}
