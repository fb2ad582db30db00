//! Answers items of a checklist in a check: one, or as many as were answered together.

use std::collections::BTreeMap;
use std::sync::Arc;

use angen_forms::{Answer, Form};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use rusqlite::Connection;

use crate::action::establish::established;
use crate::action::look::only;
use crate::desk::{Desk, Entry};
use crate::domain::{Answer as Given, Check, Checklist, OpenChecklist, read_one};
use crate::error::{Error, Problem, Result};
use crate::store::{self, Store};

/// Answers that are given together: in one transaction, under one seal.
#[derive(Debug, Clone)]
pub struct SetAnswers {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The checklist in the library.
    pub checklist: EntityId,
    /// Item name and what was chosen, typed or read off.
    pub answers: BTreeMap<String, String>,
    /// Why answers that were there are changed. Needed as soon as one is.
    pub reason: Option<String>,
}

/// Sets answers. The same value again changes nothing.
///
/// # Errors
/// `Invalid` naming the item: unknown, a value that it does not take, a number outside its
/// bounds, a change without a reason; `NotFound`; `Sign`, `Storage`.
pub fn set_answers(desk: &Desk<'_>, request: &SetAnswers) -> Result<Vec<Hash>> {
    let place = established(desk.store())?;
    desk.write(|page| {
        let check: Check = only(page.read(), request.dossier)?;
        if !check.checklists.contains(&request.checklist) {
            return Err(Error::invalid(
                "checklist",
                "这张检查表不在本次检查的清单里",
                "this checklist is not among those of the check",
            ));
        }
        let list = open_checklist(desk.store(), page.read(), place.library, request.checklist)?;
        let mut ops = Vec::new();
        for (item, raw) in &request.answers {
            let answer = list.form.check_answer(item, raw).map_err(|problem| {
                let place = format!("{} {item}", list.title);
                Error::Invalid(Problem::new(place, problem.zh, problem.en))
            })?;
            let value = stored_text(&answer);
            let answer = Given::entity_of(request.dossier, request.checklist, item);
            let held = store::fields_in_force(page.read(), request.dossier, answer)?;
            let before = held.text("value");
            if before == Some(&value) && held.heads("value").len() == 1 {
                continue;
            }
            let reason = request.reason.as_deref().filter(|reason| !reason.trim().is_empty());
            if before.is_some() && reason.is_none() {
                return Err(Error::invalid(
                    format!("{} {item}", list.title),
                    "已经答过，改动要写明原因；原来的答案会保留",
                    "was answered already: say why it changes; the old answer is kept",
                ));
            }
            let mut entry = Entry::new("answer.set/1", request.dossier, answer)
                .set("checklist", request.checklist.raw().as_slice())
                .set("item", item.as_str())
                .set("value", value);
            if before.is_some() {
                entry = entry.set_some("reason", reason);
            }
            ops.push(page.put(entry)?);
        }
        Ok(ops)
    })
}

/// The compiled form of a checklist.
///
/// # Errors
/// `Invalid` when the stored form was made by a version that this build does not read.
pub fn read_form(list: &Checklist) -> Result<Form> {
    Form::from_json(&list.form).map_err(|why| {
        Error::invalid(
            list.title.clone(),
            format!("检查表内容读不出来：{why}"),
            format!("the stored checklist cannot be read: {why}"),
        )
    })
}

/// A checklist of the library, compiled: at the first call, and kept for the next.
pub(super) fn open_checklist(
    store: &Store,
    read: &Connection,
    library: DossierId,
    checklist: EntityId,
) -> Result<Arc<OpenChecklist>> {
    store.checklists().get(read, library, checklist, || {
        let list: Checklist = read_one(read, library, checklist)?;
        Ok(OpenChecklist { form: read_form(&list)?, title: list.title })
    })
}

/// What is stored of an answer: a choice's name even when its label was given, a decimal number
/// exactly as it was typed.
fn stored_text(answer: &Answer) -> String {
    match answer {
        Answer::Choice(name) | Answer::Text(name) | Answer::Media(name) => name.clone(),
        Answer::Choices(names) => names.join(" "),
        Answer::Integer(number) => number.to_string(),
        Answer::Decimal(number) => number.as_str().to_owned(),
    }
}
