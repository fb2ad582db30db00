//! What the page shows of what follows a finding: measures, orders with their re-checks, hand-over.

use std::collections::HashSet;

use angen_core::domain::{
    CorrectBy, Extension, Finding, Measure, Order, OrderItem, Recheck, RecheckOutcome, Transfer,
    china_time,
};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::book::Book;
use crate::media::{MediaView, anchor, media};

/// What follows the findings of a check.
pub(crate) struct FollowUp {
    pub(crate) measures: Vec<MeasureView>,
    pub(crate) orders: Vec<OrderView>,
}

/// An on-site measure.
pub(crate) struct MeasureView {
    pub(crate) anchor: String,
    pub(crate) what: String,
    pub(crate) is_proposed: bool,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) media: Vec<MediaView>,
}

/// A correction order.
pub(crate) struct OrderView {
    pub(crate) anchor: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) items: Vec<ItemView>,
    pub(crate) media: Vec<MediaView>,
}

/// An item of an order.
pub(crate) struct ItemView {
    pub(crate) finding: String,
    pub(crate) by: String,
    /// Longer deadlines that were asked for, in words.
    pub(crate) extensions: Vec<String>,
    /// What each re-check found, and whether it passed.
    pub(crate) rechecks: Vec<(String, bool)>,
}

impl FollowUp {
    pub(crate) fn new(book: &Book<'_>, dossier: DossierId) -> Self {
        let measures: Vec<Measure> = book.all(dossier);
        let orders: Vec<Order> = book.all(dossier);
        let extensions: Vec<Extension> = book.all(dossier);
        let rechecks: Vec<Recheck> = book.all(dossier);
        let mut shown = Self {
            measures: measures.iter().map(|measure| measure_view(book, dossier, measure)).collect(),
            orders: orders
                .iter()
                .map(|order| order_view(book, dossier, order, &extensions, &rechecks))
                .collect(),
        };
        // A page may show a re-check and the lifting of a measure: it is shown once.
        let mut seen: HashSet<EntityId> = HashSet::new();
        let of_orders = shown.orders.iter_mut().map(|order| &mut order.media);
        let of_measures = shown.measures.iter_mut().map(|measure| &mut measure.media);
        for media in of_orders.chain(of_measures) {
            media.retain(|file| seen.insert(file.entity));
        }
        shown
    }

    pub(crate) fn anchors(&self) -> impl Iterator<Item = &String> {
        let measures = self.measures.iter().map(|measure| &measure.anchor);
        measures.chain(self.orders.iter().map(|order| &order.anchor))
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &MediaView> {
        let measures = self.measures.iter().flat_map(|measure| &measure.media);
        measures.chain(self.orders.iter().flat_map(|order| &order.media))
    }
}

fn measure_view(book: &Book<'_>, dossier: DossierId, measure: &Measure) -> MeasureView {
    let say = book.say;
    let name = |id: &EntityId| book.name_of(*id).unwrap_or_default();
    let withheld = || say.t("（没有记录或隐去）", "(not recorded, or withheld)").to_owned();
    let by = format!("{} {}", book.who(measure.writer), china_time(measure.wall_ms));
    let mut facts = vec![
        (say.t("作出", "Taken by").to_owned(), by),
        (say.field("legal_basis"), measure.legal_basis.clone()),
        (say.field("told_to"), measure.told_to.clone().unwrap_or_else(withheld)),
    ];
    let findings: Vec<String> = measure.findings.iter().map(name).collect();
    if !findings.is_empty() {
        facts.push((say.field("findings"), findings.join(say.t("；", "; "))));
    }
    facts.extend(measure.words.clone().map(|words| (say.field("words"), words)));
    let mut shown_by = measure.shown_by.clone();
    if let Some(lifted) = &measure.lifted {
        let by = format!("{} {}", book.who(lifted.writer), china_time(lifted.wall_ms));
        facts.push((say.t("解除", "Lifted by").to_owned(), by));
        facts.push((say.field("checked_how"), lifted.checked_how.clone()));
        shown_by.extend(&lifted.shown_by);
    } else if measure.kind.holds_until_lifted() {
        let none = say.t("没有解除的记录", "no lifting is recorded").to_owned();
        facts.push((say.t("解除", "Lifted").to_owned(), none));
    }
    MeasureView {
        anchor: anchor(measure.measure),
        what: say.code("measure", measure.kind.word()),
        is_proposed: measure.is_proposed(),
        facts,
        media: shown(book, dossier, measure.measure, &shown_by),
    }
}

/// The files that show something of an entity and are about no finding: with a finding they are
/// shown already.
fn shown(
    book: &Book<'_>,
    dossier: DossierId,
    entity: EntityId,
    shown_by: &[EntityId],
) -> Vec<MediaView> {
    let of_finding = |about: Option<EntityId>| about.is_some_and(|about| book.is_finding(about));
    media(book, |held_in, file| {
        let named = shown_by.contains(&file.evidence) && !of_finding(file.about);
        held_in == dossier && (named || file.about == Some(entity))
    })
}

fn order_view(
    book: &Book<'_>,
    dossier: DossierId,
    order: &Order,
    extensions: &[Extension],
    rechecks: &[Recheck],
) -> OrderView {
    let say = book.say;
    let none = || say.t("没有记录", "not recorded").to_owned();
    let withheld = || say.t("（没有记录或隐去）", "(not recorded, or withheld)").to_owned();
    let mut facts = vec![
        (say.t("文号", "No. of the order").to_owned(), order.number.clone().unwrap_or_else(none)),
        (say.field("issued_on"), order.issued_on.to_string()),
        (say.field("legal_basis"), order.legal_basis.clone()),
        (say.field("told_to"), order.told_to.clone().unwrap_or_else(withheld)),
    ];
    facts.push((say.t("作出", "Issued by").to_owned(), book.who(order.writer)));
    let id = order.order;
    let of_order = || rechecks.iter().filter(move |recheck| recheck.order == id);
    let item = |item: &OrderItem| {
        let finding = item.finding;
        let asked = extensions.iter().filter(|known| (known.order, known.finding) == (id, finding));
        let looked = of_order().flat_map(move |recheck| {
            let of_item = recheck.items.iter().filter(move |known| known.finding == finding);
            of_item.map(move |known| (recheck, known))
        });
        ItemView {
            finding: book.name_of(item.finding).unwrap_or_default(),
            by: match item.by {
                CorrectBy::AtOnce => say.code("order_items", "at_once"),
                CorrectBy::Day(day) => day.to_string(),
            },
            extensions: asked.map(|known| extension_words(book, known)).collect(),
            rechecks: looked
                .map(|(recheck, known)| {
                    let outcome = say.code("recheck_items", known.outcome.word());
                    let colon = say.t("：", ": ");
                    let words = format!(
                        "{} {} {outcome}{colon}{}",
                        recheck.rechecked_on,
                        book.who(recheck.writer),
                        known.words
                    );
                    (words, known.outcome == RecheckOutcome::Corrected)
                })
                .collect(),
        }
    };
    let shown_by: Vec<EntityId> =
        of_order().flat_map(|r| &r.items).flat_map(|item| item.shown_by.clone()).collect();
    OrderView {
        anchor: anchor(order.order),
        facts,
        items: order.items.iter().map(item).collect(),
        media: shown(book, dossier, order.order, &shown_by),
    }
}

fn extension_words(book: &Book<'_>, extension: &Extension) -> String {
    let say = book.say;
    let asked = format!(
        "{} {}{}{}",
        extension.asked_on,
        say.t("申请延期", "asked for a longer deadline"),
        say.t("，", ": "),
        extension.reason
    );
    let answer = match extension.answer {
        None => say.t("没有答复的记录", "no answer is recorded").to_owned(),
        Some(answer) => match answer.granted_to {
            Some(day) => {
                format!("{} {} {day}", answer.answered_on, say.t("同意延至", "granted until"))
            }
            None => format!("{} {}", answer.answered_on, say.code("extension", "refused")),
        },
    };
    format!("{asked}{}{answer}", say.t("；", "; "))
}

/// How a finding was handed over, as facts.
pub(crate) fn transfer_facts(book: &Book<'_>, transfer: &Transfer) -> Vec<(String, String)> {
    let say = book.say;
    let mut facts = vec![
        (say.field("transferred_to"), say.code("transferred_to", &transfer.to)),
        (say.field("transferred_on"), transfer.on.clone()),
    ];
    facts.extend(transfer.letter_no.clone().map(|number| (say.field("letter_no"), number)));
    let letter = transfer.letter.and_then(|letter| book.name_of(letter));
    let none = || say.t("没有移送函", "there is no letter").to_owned();
    facts.push((say.field("letter"), letter.unwrap_or_else(none)));
    facts
}

/// What an op of what follows a finding says.
pub(crate) fn follow_up_words(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let text = |field: &str| op.get(field).and_then(Value::as_text).map(str::to_owned);
    let named = |field: &str| EntityId::from_slice(op.get(field)?.as_bytes()?);
    let because = |words: String, reason: Option<String>| {
        let reason = reason.map(|why| format!("{}{why}", say.t("，", ", ")));
        format!("{words}{}", reason.unwrap_or_default())
    };
    match kind {
        "measure.take/1" => Some(because(say.code("measure", &text("measure")?), text("words"))),
        "measure.lift/1" => text("checked_how"),
        "order.issue/1" => {
            let count = op.get("order_items")?.as_array()?.len();
            let items = match say.0 {
                Lang::Zh => format!("{count} 项"),
                Lang::En => format!("{count} items"),
            };
            Some(because(items, text("number")))
        }
        "order.extend/1" => {
            let title = named("finding").and_then(|finding| book.name_of(finding));
            let answer = text("extension").map(|word| say.code("extension", &word));
            let day = text("extended_to").map(|day| format!(" {day}"));
            let answer = answer.map(|answer| format!("{answer}{}", day.unwrap_or_default()));
            Some(because(title.unwrap_or_default(), answer.or_else(|| text("reason"))))
        }
        "recheck.record/1" => {
            let items = op.get("recheck_items")?.as_array()?;
            let passed =
                |item: &&Value| item.get("outcome").and_then(Value::as_text) == Some("corrected");
            let (all, passed) = (items.len(), items.iter().filter(passed).count());
            Some(match say.0 {
                Lang::Zh => format!("{all} 项，其中已整改 {passed} 项"),
                Lang::En => format!("{passed} of {all} items corrected"),
            })
        }
        "finding.transfer/1" => {
            let title = book.name_of(op.header.entity).unwrap_or_default();
            let to = say.code("transferred_to", &text("transferred_to")?);
            Some(format!("{title}{}{to}", say.t(" → ", " → ")))
        }
        _ => None,
    }
}

/// The letters by which findings were handed over.
pub(crate) fn letters(findings: &[Finding]) -> impl Iterator<Item = EntityId> {
    findings.iter().filter_map(|finding| finding.transfer.as_ref()?.letter)
}
