//! Checklists.

use std::path::Path;

use angen_core::action::import_checklist;
use angen_core::domain::{Checklist, read_all};
use serde_json::{Value, json};

use crate::args::Cli;
use crate::out::{Answer, import_failure};
use crate::session::{Outcome, Session};

/// `angen import`
pub(super) fn import(session: &Session, cli: &Cli, file: &Path) -> Outcome<Answer> {
    let desk = session.desk(cli)?;
    let list =
        import_checklist(&desk, file).map_err(|error| import_failure(&error, session.lang))?;
    let text = format!("{}（{} {}） {}", list.title, list.list_id, list.version, list.checklist);
    Ok(Answer::new(to_json(&list), text))
}

/// `angen checklists`
pub(super) fn list(session: &Session) -> Outcome<Answer> {
    let place = session.place()?;
    let all: Vec<Checklist> =
        session.say(session.store.read(|read| read_all(read, place.library)))?;
    let line = |list: &Checklist| {
        format!("{}\t{}\t{}\t{}", list.list_id, list.version, list.title, list.checklist)
    };
    let text = all.iter().map(line).collect::<Vec<_>>().join("\n");
    Ok(Answer::new(Value::Array(all.iter().map(to_json).collect()), text))
}

fn to_json(list: &Checklist) -> Value {
    json!({
        "checklist": list.checklist.to_string(),
        "list_id": list.list_id,
        "title": list.title,
        "version": list.version,
        "item_list_version": list.item_list_version,
    })
}
