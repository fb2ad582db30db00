//! What the page shows of the answers to a checklist: what is wrong stands first.

use angen_core::domain::{Answer, WORST_ORDER};
use angen_ledger::id::{DossierId, EntityId};

use crate::book::Book;
use crate::change::{ChangeView, ConflictView, changes, conflicts};
use crate::show;

/// The answers to one checklist.
pub(crate) struct ListView {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) tally: Vec<(String, usize)>,
    pub(crate) rows: Vec<Row>,
    pub(crate) unanswered: Vec<String>,
}

/// One item with its answer.
pub(crate) struct Row {
    pub(crate) item: String,
    pub(crate) text: String,
    pub(crate) answer: String,
    pub(crate) class: &'static str,
    /// Answers to the questions that belong to the item: its note, its reading.
    pub(crate) notes: Vec<(String, String)>,
    pub(crate) by: String,
    pub(crate) when: String,
    pub(crate) changes: Vec<ChangeView>,
    pub(crate) conflicts: Vec<ConflictView>,
}

/// The checklists of a check, each with its answers. A checklist that was answered without being
/// planned is shown as well.
pub(crate) fn lists(book: &Book<'_>, dossier: DossierId, planned: &[EntityId]) -> Vec<ListView> {
    let answers: Vec<Answer> = book.all(dossier);
    let mut checklists = planned.to_vec();
    for answer in &answers {
        if !checklists.contains(&answer.checklist) {
            checklists.push(answer.checklist);
        }
    }
    checklists.iter().map(|checklist| list(book, dossier, *checklist, &answers)).collect()
}

fn list(book: &Book<'_>, dossier: DossierId, checklist: EntityId, answers: &[Answer]) -> ListView {
    let say = book.say;
    let own: Vec<&Answer> = answers.iter().filter(|a| a.checklist == checklist).collect();
    let has = |item: &str| own.iter().any(|answer| answer.item == item);
    let (notes, mut main): (Vec<&Answer>, Vec<&Answer>) =
        own.iter().partition(|answer| parent(&answer.item).is_some_and(has));
    let place = |item: &str| {
        let form = book.form(checklist)?;
        form.items().iter().position(|known| known.name == item)
    };
    main.sort_by_key(|answer| (rank(&answer.value), place(&answer.item), answer.item.clone()));
    let belongs = |answer: &Answer, note: &Answer| parent(&note.item) == Some(&answer.item);
    let rows = main.iter().map(|answer| {
        let notes: Vec<&Answer> =
            notes.iter().copied().filter(|note| belongs(answer, note)).collect();
        row(book, dossier, answer, &notes)
    });
    let mut tally: Vec<(String, usize)> = Vec::new();
    for value in main.iter().map(|answer| answer.value.as_str()) {
        if !WORST_ORDER.contains(&value) {
            continue;
        }
        let words = say.code("value", value);
        match tally.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => tally.push((words, 1)),
        }
    }
    let known = book.checklists.get(&checklist).map(|(known, _)| known);
    let absent = || say.t("检查表不在本包内", "a checklist that is not in this package").to_owned();
    let version = known.map(|known| {
        let parts = [known.version.as_str(), known.item_list_version.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    ListView {
        title: known.map_or_else(absent, |known| known.title.clone()),
        version: version.unwrap_or_default(),
        tally,
        rows: rows.collect(),
        unanswered: unanswered(book, checklist, &own),
    }
}

/// The item that a question belongs to, by its name: `MW01` for `MW01_note`.
fn parent(item: &str) -> Option<&str> {
    item.split_once('_').map(|(parent, _)| parent).filter(|parent| !parent.is_empty())
}

/// The items of a form that ask for a judgement and have none: each is told, none is passed over.
fn unanswered(book: &Book<'_>, checklist: EntityId, answers: &[&Answer]) -> Vec<String> {
    let Some(form) = book.form(checklist) else { return Vec::new() };
    let asked = form.items().iter().filter(|item| {
        matches!(item.kind, angen_forms::Kind::SelectOne(_)) && item.relevant.is_none()
    });
    let open = asked.filter(|item| !answers.iter().any(|answer| answer.item == item.name));
    open.map(|item| item.name.clone()).collect()
}

/// What is wrong stands first, what was not checked next, then the rest in the form's order.
fn rank(value: &str) -> usize {
    let place = WORST_ORDER.iter().position(|known| *known == value);
    place.unwrap_or(WORST_ORDER.len()).min(2)
}

fn row(book: &Book<'_>, dossier: DossierId, answer: &Answer, notes: &[&Answer]) -> Row {
    let words = |answer: &Answer| book.answer_text(answer.checklist, &answer.item, &answer.value);
    let mut told: Vec<(String, String)> = notes
        .iter()
        .map(|note| {
            let label = book.item_text(note.checklist, &note.item).unwrap_or(&note.item);
            (label.to_owned(), words(note))
        })
        .collect();
    told.sort();
    let text = book.item_text(answer.checklist, &answer.item);
    let withheld = book.say.t("（条文不在本包内）", "(text not in this package)");
    let all = || notes.iter().copied().chain([answer]);
    Row {
        item: answer.item.clone(),
        text: text.unwrap_or(withheld).to_owned(),
        answer: words(answer),
        class: match answer.value.as_str() {
            "non_compliant" => "wrong",
            "not_checked" => "open",
            "compliant" => "fine",
            _ => "",
        },
        notes: told,
        by: book.who(answer.writer),
        when: show::to_the_minute(answer.wall_ms),
        changes: all().flat_map(|a| changes(book, dossier, a.answer)).collect(),
        conflicts: all().flat_map(|a| conflicts(book, dossier, a.answer)).collect(),
    }
}
