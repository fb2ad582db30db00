//! A checklist in a check: what is answered, what is open, what is in conflict.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use angen_forms::{Answers, Form, Item, Kind};
use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

use crate::domain::{Checklist, Dossier, Source};
use crate::error::Result;
use crate::procedure::people::People;
use crate::procedure::visit::{CheckFacts, read_standing};

/// The checklists that were read, compiled once each: checks of a visit share them.
#[derive(Default)]
pub(crate) struct Forms(BTreeMap<EntityId, Option<Form>>);

/// What the answers of a check amount to, over all its checklists.
#[derive(Default)]
pub(crate) struct Sheet {
    /// Checklists that are here and were read.
    pub(crate) lists: usize,
    /// Questions that are answered as they should be.
    pub(crate) answered: usize,
    /// Questions that must be answered.
    pub(crate) asked: usize,
    /// How many checklist items carry each verdict, by its word.
    pub(crate) verdicts: BTreeMap<String, usize>,
    /// Checklist items that were not checked, each with the note that says why.
    pub(crate) not_checked: Vec<(String, String)>,
    /// Names of questions that are open, or whose answer does not fit.
    pub(crate) open: Vec<String>,
    /// Names of items on which phones differ.
    pub(crate) conflicts: Vec<String>,
    /// Items that are not complied with, each with the op that says so.
    pub(crate) violated: Vec<(String, Hash)>,
    /// Checklists that are not here or cannot be read.
    pub(crate) not_held: Vec<String>,
    /// The ops that hold the answers.
    pub(crate) ops: Vec<Hash>,
}

/// The answers of one item: value, op; more than one is a conflict.
type Given<'f> = Vec<(&'f str, Hash)>;

impl Forms {
    /// The form of a checklist, if it is here and this build can read it.
    fn get(
        &mut self,
        source: &dyn Source,
        dossiers: &[Dossier],
        checklist: EntityId,
    ) -> Result<Option<&Form>> {
        if let Entry::Vacant(slot) = self.0.entry(checklist) {
            let list: Option<Checklist> = read_standing(source, dossiers, "library", checklist)?;
            slot.insert(list.and_then(|list| Form::from_json(&list.form).ok()));
        }
        Ok(self.0.get(&checklist).and_then(Option::as_ref))
    }
}

impl Sheet {
    /// Reads the answers of a check against its checklists.
    pub(crate) fn read(
        source: &dyn Source,
        dossiers: &[Dossier],
        forms: &mut Forms,
        people: &People,
        facts: &CheckFacts,
    ) -> Result<Self> {
        let mut sheet = Self::default();
        let lists: BTreeSet<EntityId> = facts.check.checklists.iter().copied().collect();
        for list in lists {
            match forms.get(source, dossiers, list)? {
                Some(form) => sheet.add(form, &given_of(people, facts, list)),
                None => sheet.not_held.push(list.to_string()),
            }
        }
        Ok(sheet)
    }

    fn add(&mut self, form: &Form, given: &BTreeMap<&str, Given<'_>>) {
        self.lists += 1;
        let mut answers = Answers::new();
        let mut open = BTreeSet::new();
        for (item, heads) in given {
            let (value, op) = worst(form, heads);
            self.ops.extend(heads.iter().map(|(_, op)| *op));
            if heads.iter().any(|(other, _)| *other != heads[0].0) {
                self.conflicts.push((*item).to_owned());
            }
            if value == "non_compliant" {
                self.violated.push(((*item).to_owned(), op));
            }
            if form.item(item).is_some_and(|known| is_checklist_item(form, known)) {
                *self.verdicts.entry(value.to_owned()).or_default() += 1;
                if value == "not_checked" {
                    let note = given.get(format!("{item}_note").as_str());
                    let why = note.map(|heads| worst(form, heads).0).unwrap_or_default();
                    self.not_checked.push(((*item).to_owned(), why.to_owned()));
                }
            }
            match form.check_answer(item, value) {
                Ok(answer) => {
                    answers.insert((*item).to_owned(), answer);
                }
                Err(_) => {
                    open.insert((*item).to_owned());
                }
            }
        }
        let review = form.review(&answers);
        open.extend(review.missing.iter().map(|item| item.name.clone()));
        open.extend(review.failed.iter().filter_map(|problem| problem.place.item.clone()));
        let asked = review.relevant.iter().filter(|item| item.kind.is_question());
        for item in asked {
            let answered = answers.contains_key(&item.name);
            // A checklist item proper is asked even where its workbook forgot to require it.
            if !answered && is_checklist_item(form, item) {
                open.insert(item.name.clone());
            }
            self.asked += usize::from(answered || open.contains(&item.name));
        }
        self.answered = self.asked - open.len().min(self.asked);
        let in_order = form.items().iter().filter(|item| open.contains(&item.name));
        self.open.extend(in_order.map(|item| item.name.clone()));
    }
}

/// Whether an item is answered with 符合, 不符合, 不涉及 or 未查.
pub(crate) fn is_checklist_item(form: &Form, item: &Item) -> bool {
    let Kind::SelectOne(list) = &item.kind else { return false };
    let choices = form.choices(list).unwrap_or_default();
    choices.iter().any(|choice| choice.name == "not_checked")
}

/// The answers that certified enforcers gave to the items of a checklist. What a mentor or an
/// assistant typed is no answer of the check.
fn given_of<'f>(
    people: &People,
    facts: &'f CheckFacts,
    list: EntityId,
) -> BTreeMap<&'f str, Given<'f>> {
    let mut given: BTreeMap<&str, Given<'_>> = BTreeMap::new();
    for fields in &facts.answers {
        let of_list = fields.bytes("checklist") == Some(list.raw().as_slice());
        let (true, Some(item)) = (of_list, fields.text("item")) else { continue };
        for head in fields.heads("value") {
            let value = head.value.as_ref().and_then(|value| value.as_text());
            let by_enforcer = people.enforcer(head.writer, head.wall_ms).is_some();
            if let (Some(value), true) = (value, by_enforcer) {
                given.entry(item).or_default().push((value, head.op));
            }
        }
    }
    given
}

/// The worst of some answers by the form's own order. A value outside of the order counts as the
/// worst: guessing would hide a violation.
fn worst<'f>(form: &Form, heads: &[(&'f str, Hash)]) -> (&'f str, Hash) {
    let rank = |value: &str| form.worst_order().iter().position(|known| known == value);
    let worst = heads.iter().min_by_key(|(value, op)| (rank(value), *op));
    *worst.expect("an item is in the map because it has an answer")
}
