//! A checklist 检查表 of a check as a screen shows it: its items, and their state as of the answers
//! given now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use angen_forms::{Answers, Choice, Form, Item, Kind, Texts};
use angen_ledger::id::{DossierId, EntityId};

use crate::action::establish::{Established, established};
use crate::action::look::{Names, only};
use crate::action::set_answers::open_checklist;
use crate::domain::{Answer, Bilingual, Check, Evidence, OpenChecklist, read_all};
use crate::error::{Error, Result};
use crate::procedure::is_checklist_item;
use crate::store::{Connection, Store};

/// Voice notes that an item names: a line of buttons. Every one stands in `evidence_of`.
pub const VOICE_NOTES_MAX: usize = 5;

/// What an item of a checklist is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// One choice.
    SelectOne,
    /// Any number of choices; the answer has their names with a space between.
    SelectMultiple,
    /// A whole number.
    Integer,
    /// A number with a decimal point, kept as it was typed.
    Decimal,
    /// Free text.
    Text,
    /// Something to read; takes no answer.
    Note,
    /// A photo; the answer is the id of the evidence that was captured.
    Image,
    /// Holds the items that name it as their group; takes no answer.
    Group,
}

/// One choice of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownChoice {
    /// What an answer says.
    pub name: String,
    /// What the officer reads.
    pub label: Bilingual,
}

/// One item of a checklist: what does not change while it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownItem {
    /// The name, unique in the checklist.
    pub name: String,
    /// The entity of its answer, also before there is one: what a photo, a voice note, a note or a
    /// comment on it is about.
    pub answer: EntityId,
    /// The voice notes about the answer that stand, the oldest first; of more than
    /// [`VOICE_NOTES_MAX`] the newest.
    pub voice_notes: Vec<EntityId>,
    /// What it is.
    pub kind: ItemKind,
    /// The group that it lies in directly.
    pub group: Option<String>,
    /// What the officer reads.
    pub label: Bilingual,
    /// Help below the label.
    pub hint: Bilingual,
    /// The legal basis 依据.
    pub legal_basis: Option<String>,
    /// The criterion of a major hazard 重大隐患判定, where the item has one.
    pub major_hazard: Option<String>,
    /// Letters of the evidence that a finding needs 证据: R on-site record, P photo, V video,
    /// S statement, D document copy, M instrument reading, K sample.
    pub evidence: String,
    /// How a screen may show it (XLSForm appearance).
    pub appearance: Option<String>,
    /// The choices, for selects.
    pub choices: Vec<ShownChoice>,
}

/// The state of one item as of the answers given now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemState {
    /// The item.
    pub name: String,
    /// Whether it is asked now 跳转逻辑. An answer to one that is not asked is kept and does not
    /// count.
    pub is_relevant: bool,
    /// Whether it is asked, must be answered, and is not.
    pub is_missing: bool,
    /// The answer: a choice's name, a number, or text. In a conflict the worse one.
    pub answer: Option<String>,
    /// Whether phones differ.
    pub is_conflict: bool,
    /// What is wrong with the answer; none when nothing is.
    pub problem: Option<Bilingual>,
    /// Name of who answered; none where the roster does not have them.
    pub answered_by: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub answered_ms: Option<i64>,
}

/// The state of a checklist as of the answers given now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormState {
    /// Every item, in the order of the checklist.
    pub items: Vec<ItemState>,
    /// Questions that are answered as they should be.
    pub answered: u32,
    /// Questions that are asked.
    pub asked: u32,
}

/// A checklist of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownForm {
    /// The checklist in the library.
    pub checklist: EntityId,
    /// The title.
    pub title: String,
    /// The form's version.
    pub version: String,
    /// The items, a group before what it holds.
    pub items: Vec<ShownItem>,
    /// Their state, in the same order.
    pub state: FormState,
}

/// A checklist of a check, whole. It is read once for a screen; [`form_state`] tells what an
/// answer changed.
///
/// # Errors
/// `NotFound` for a check or a checklist that is not here; `Invalid` for one that is not among
/// those of the check, or that this build cannot read; `Paused`, `Storage`.
pub fn form_of(store: &Store, dossier: DossierId, checklist: EntityId) -> Result<ShownForm> {
    let place = established(store)?;
    store.read(|read| {
        let (list, state) = read_form_state(store, read, &place, dossier, checklist)?;
        let form = &list.form;
        let voices = voice_notes(read, dossier)?;
        let show = |item: &Item| {
            let answer = Answer::entity_of(dossier, checklist, &item.name);
            let voice_notes = voices.get(&answer).cloned().unwrap_or_default();
            shown(form, item, answer, voice_notes)
        };
        Ok(ShownForm {
            checklist,
            title: list.title.clone(),
            version: form.version().to_owned(),
            items: form.items().iter().map(show).collect(),
            state,
        })
    })
}

/// The state of a checklist's items: after each `set_answers` a screen asks again.
///
/// # Errors
/// As [`form_of`].
pub fn form_state(store: &Store, dossier: DossierId, checklist: EntityId) -> Result<FormState> {
    let place = established(store)?;
    store.read(|read| Ok(read_form_state(store, read, &place, dossier, checklist)?.1))
}

/// The compiled checklist and its state.
pub(super) fn read_form_state(
    store: &Store,
    read: &Connection,
    place: &Established,
    dossier: DossierId,
    checklist: EntityId,
) -> Result<(Arc<OpenChecklist>, FormState)> {
    let check: Check = only(read, dossier)?;
    if !check.checklists.contains(&checklist) {
        return Err(Error::invalid(
            "checklist",
            "这张检查表不在本次检查的清单里",
            "this checklist is not among those of the check",
        ));
    }
    let list = open_checklist(store, read, place.library, checklist)?;
    let names = Names::read(read, place.roster)?;
    let given: BTreeMap<String, Answer> = read_all::<Answer>(read, dossier)?
        .into_iter()
        .filter(|answer| answer.checklist == checklist)
        .map(|answer| (answer.item.clone(), answer))
        .collect();
    let state = state(&list.form, &names, &given);
    Ok((list, state))
}

fn state(form: &Form, names: &Names, given: &BTreeMap<String, Answer>) -> FormState {
    let mut answers = Answers::new();
    let mut problems: BTreeMap<String, Bilingual> = BTreeMap::new();
    for (item, answer) in given {
        match form.check_answer(item, &answer.value) {
            Ok(value) => {
                answers.insert(item.clone(), value);
            }
            Err(why) => {
                problems.insert(item.clone(), Bilingual { zh: why.zh, en: why.en });
            }
        }
    }
    let review = form.review(&answers);
    for why in review.failed {
        if let Some(item) = why.place.item {
            problems.insert(item, Bilingual { zh: why.zh, en: why.en });
        }
    }
    let relevant: BTreeSet<&str> = review.relevant.iter().map(|item| item.name.as_str()).collect();
    let missing: BTreeSet<&str> = review.missing.iter().map(|item| item.name.as_str()).collect();
    let (mut answered, mut asked) = (0, 0);
    let items = form.items().iter().map(|item| {
        let answer = given.get(&item.name);
        let is_relevant = relevant.contains(item.name.as_str());
        // A checklist item proper is asked even where its workbook forgot to require it.
        let is_open = answer.is_none() && is_relevant && is_checklist_item(form, item);
        let is_missing = missing.contains(item.name.as_str()) || is_open;
        let problem = problems.remove(&item.name);
        // An optional question counts once it is answered, as on the board.
        if is_relevant && item.kind.is_question() && (answer.is_some() || is_missing) {
            asked += 1;
            answered += u32::from(answer.is_some() && problem.is_none());
        }
        ItemState {
            name: item.name.clone(),
            is_relevant,
            is_missing,
            answer: answer.map(|answer| answer.value.clone()),
            is_conflict: answer.is_some_and(|answer| answer.conflict),
            problem,
            answered_by: answer.and_then(|answer| names.of(answer.writer)),
            answered_ms: answer.map(|answer| answer.wall_ms),
        }
    });
    let items = items.collect();
    FormState { items, answered, asked }
}

/// The voice notes of a dossier that stand, by what they are about.
fn voice_notes(read: &Connection, dossier: DossierId) -> Result<BTreeMap<EntityId, Vec<EntityId>>> {
    let mut voices: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
    let mut heard: Vec<Evidence> = read_all(read, dossier)?;
    heard.retain(|held| held.is_sound() && !held.retracted);
    heard.sort_by_key(|held| (held.wall_ms, held.evidence));
    for held in heard {
        if let Some(about) = held.about {
            voices.entry(about).or_default().push(held.evidence);
        }
    }
    for notes in voices.values_mut() {
        let older = notes.len().saturating_sub(VOICE_NOTES_MAX);
        notes.drain(..older);
    }
    Ok(voices)
}

fn shown(form: &Form, item: &Item, answer: EntityId, voice_notes: Vec<EntityId>) -> ShownItem {
    let choices = item.kind.list().and_then(|list| form.choices(list)).unwrap_or_default();
    let choice =
        |choice: &Choice| ShownChoice { name: choice.name.clone(), label: both(&choice.label) };
    ShownItem {
        name: item.name.clone(),
        answer,
        voice_notes,
        kind: kind(&item.kind),
        group: item.group.clone(),
        label: both(&item.label),
        hint: both(&item.hint),
        legal_basis: item.legal_basis().map(str::to_owned),
        major_hazard: item.major_hazard().map(str::to_owned),
        evidence: item.evidence().collect(),
        appearance: item.appearance.clone(),
        choices: choices.iter().map(choice).collect(),
    }
}

fn kind(kind: &Kind) -> ItemKind {
    match kind {
        Kind::SelectOne(_) => ItemKind::SelectOne,
        Kind::SelectMultiple(_) => ItemKind::SelectMultiple,
        Kind::Integer => ItemKind::Integer,
        Kind::Decimal => ItemKind::Decimal,
        Kind::Text => ItemKind::Text,
        Kind::Note => ItemKind::Note,
        Kind::Image => ItemKind::Image,
        Kind::Group => ItemKind::Group,
    }
}

/// A checklist that has no English shows its own words in both.
fn both(texts: &Texts) -> Bilingual {
    let text = |language| texts.get(language).unwrap_or_default().to_owned();
    Bilingual { zh: text("zh"), en: text("en") }
}
