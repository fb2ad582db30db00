//! Conflicts 冲突: what two phones wrote without knowing of each other, and who decides.

use angen_core::action::{self, Author, DecideConflict};
use angen_core::domain::{Bilingual, PostKind, Role, is_personal};
use angen_core::procedure::Claim;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::Lang;

/// A post.
#[uniffi::remote(Enum)]
pub enum PostKind {
    /// The full-time director: the 1 of 1+2+N.
    Director,
    /// A professional: one of the 2.
    Professional,
    /// Other staff: one of the N.
    Staff,
}

/// Who wrote an op, on which device, and when. Times are milliseconds since 1970 UTC.
#[uniffi::remote(Record)]
pub struct Author {
    /// The op.
    pub op: Hash,
    /// What was done, such as `finding.correct/1`.
    pub kind: String,
    /// One officer on one device.
    pub writer: WriterId,
    /// The name in the writer's certificate; none where that is not here.
    pub name: Option<String>,
    /// The body.
    pub organisation: Option<String>,
    /// What the person does, as the roster has it.
    pub role: Option<Role>,
    /// The post of the person in the township's establishment.
    pub post: Option<PostKind>,
    /// When, as the device claims.
    pub claimed_ms: i64,
    /// A hub had signed this time before the op was written.
    pub not_before_ms: Option<i64>,
    /// A hub had the op by this time.
    pub not_after_ms: Option<i64>,
    /// Why, where the op itself decided a conflict.
    pub because: Option<String>,
}

/// What is decided.
#[uniffi::remote(Record)]
pub struct DecideConflict {
    /// The dossier.
    pub dossier: DossierId,
    /// The op whose statement is to hold: one that `conflicts` lists.
    pub op: Hash,
    /// Why.
    pub reason: String,
}

/// One value in a conflict, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClaimView {
    /// Who wrote it, on which device, and when.
    pub author: Author,
    /// The value in words. Personal data is not shown here.
    pub value: Bilingual,
    /// Whether it holds until a person decides.
    pub holds: bool,
    /// Whether its writer may decide here.
    pub may_decide: bool,
}

/// A field with values that differ.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ConflictView {
    /// Where it lies.
    pub dossier: DossierId,
    /// What it is about.
    pub entity: EntityId,
    /// The noun of that, such as `finding`.
    pub noun: String,
    /// What people call it; empty where it has no name, or a person's.
    pub title: String,
    /// The field.
    pub field: String,
    /// What the field is called.
    pub field_label: Bilingual,
    /// Why the value that holds does; none where no value is worse than another.
    pub because: Option<Bilingual>,
    /// The values.
    pub values: Vec<ClaimView>,
}

/// One of two transitions that collided.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MoveView {
    /// Who, on which device, and when.
    pub author: Author,
    /// The stable code, such as `retracted`.
    pub code: String,
    /// What was done, in words.
    pub label: Bilingual,
}

/// Two transitions that collided 流转冲突.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CollisionView {
    /// Where.
    pub dossier: DossierId,
    /// What was moved on: a finding, a measure, a case or the dossier.
    pub subject: EntityId,
    /// What people call it; empty where it has no name.
    pub title: String,
    /// The one that holds until a person decides.
    pub holds: MoveView,
    /// The one that does not count meanwhile.
    pub yields: MoveView,
}

/// Everything that is undecided.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ConflictList {
    /// Fields with several values.
    pub conflicts: Vec<ConflictView>,
    /// Transitions that collided.
    pub collisions: Vec<CollisionView>,
}

impl From<action::ConflictView> for ConflictView {
    fn from(view: action::ConflictView) -> Self {
        let conflict = view.conflict;
        let personal = is_personal(&conflict.noun, &conflict.field);
        let claim = |(claim, author): (&Claim, Author)| ClaimView {
            value: Bilingual::say(|lang| value_words(&conflict.field, claim, personal, lang)),
            holds: conflict.holds == Some(author.op),
            may_decide: claim.may_decide,
            author,
        };
        let because =
            conflict.rule.map(|rule| Bilingual { zh: rule.zh.to_owned(), en: rule.en.to_owned() });
        Self {
            values: conflict.values.iter().zip(view.authors).map(claim).collect(),
            field_label: Bilingual::say(|lang| angen_page::field_words(&conflict.field, lang)),
            because,
            dossier: conflict.dossier,
            entity: conflict.entity,
            noun: conflict.noun,
            title: conflict.title,
            field: conflict.field,
        }
    }
}

fn value_words(field: &str, claim: &Claim, personal: bool, lang: Lang) -> String {
    match (&claim.head.value, personal, lang) {
        (Some(_), true, Lang::Zh) => "（个人信息）".to_owned(),
        (Some(_), true, Lang::En) => "(personal data)".to_owned(),
        (Some(value), false, lang) => angen_page::value_words(field, value, lang),
        (None, _, Lang::Zh) => "（隐去）".to_owned(),
        (None, _, Lang::En) => "(withheld)".to_owned(),
    }
}

impl From<action::CollisionView> for CollisionView {
    fn from(view: action::CollisionView) -> Self {
        let moved = |kind: angen_core::procedure::MoveKind, author| MoveView {
            author,
            code: kind.word().to_owned(),
            label: Bilingual { zh: kind.term().to_owned(), en: kind.word().replace('_', " ") },
        };
        let collision = view.collision;
        Self {
            dossier: collision.dossier,
            subject: collision.subject,
            title: collision.title,
            holds: moved(collision.holds.kind, view.holds),
            yields: moved(collision.yields.kind, view.yields),
        }
    }
}

impl From<action::ConflictList> for ConflictList {
    fn from(list: action::ConflictList) -> Self {
        Self {
            conflicts: list.conflicts.into_iter().map(ConflictView::from).collect(),
            collisions: list.collisions.into_iter().map(CollisionView::from).collect(),
        }
    }
}
