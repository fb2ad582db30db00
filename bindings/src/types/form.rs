//! A checklist 检查表 of a check as a screen shows it.

use angen_core::action::{FormState, ItemKind, ItemState, ShownChoice, ShownForm, ShownItem};
use angen_core::domain::Bilingual;
use angen_ledger::id::EntityId;

/// A text in Chinese and in English.
#[uniffi::remote(Record)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What an item of a checklist is.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Record)]
pub struct ShownChoice {
    /// What an answer says.
    pub name: String,
    /// What the officer reads.
    pub label: Bilingual,
}

/// One item of a checklist: what does not change while it is answered.
#[uniffi::remote(Record)]
pub struct ShownItem {
    /// The name, unique in the checklist.
    pub name: String,
    /// The entity of its answer, also before there is one: what a photo, a voice note, a note or a
    /// comment on it is about.
    pub answer: EntityId,
    /// The voice notes about the answer that stand, the oldest first; of more than 5 the newest.
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
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct FormState {
    /// Every item, in the order of the checklist.
    pub items: Vec<ItemState>,
    /// Questions that are answered as they should be.
    pub answered: u32,
    /// Questions that are asked.
    pub asked: u32,
}

/// A checklist of a check.
#[uniffi::remote(Record)]
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
