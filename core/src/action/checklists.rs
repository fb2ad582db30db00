//! The checklists of the library 检查表库, page by page.

use angen_ledger::id::EntityId;

use crate::action::establish::established;
use crate::action::paged::Paged;
use crate::domain::{Checklist, Noun, read_one};
use crate::error::Result;
use crate::store::{self, Store};

/// A checklist 检查表 as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistRow {
    /// The entity.
    pub checklist: EntityId,
    /// The form's id, such as `mw`.
    pub list_id: String,
    /// The title.
    pub title: String,
    /// The form's version.
    pub version: String,
    /// Version of the published item list 检查事项清单 that it maps to.
    pub item_list_version: String,
}

/// A page of the checklists, the newest first. `before` is the `next` of the page before.
///
/// # Errors
/// `NotFound` when nothing was established here; `Paused`, `Storage`.
pub fn checklists(store: &Store, before: Option<u32>) -> Result<Paged<ChecklistRow>> {
    let place = established(store)?;
    store.read(|read| {
        let all = store::entities(read, place.library, Checklist::NOUN)?;
        Paged::newest(all.len(), before, |at| {
            Ok(read_one::<Checklist>(read, place.library, all[at]).ok().map(ChecklistRow::from))
        })
    })
}

impl From<Checklist> for ChecklistRow {
    fn from(list: Checklist) -> Self {
        let Checklist { checklist, list_id, title, version, item_list_version, .. } = list;
        Self { checklist, list_id, title, version, item_list_version }
    }
}
