//! Posts 岗位 of a township's enforcement team: how many there are (1+2+N), and who stands on which.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use chrono::NaiveDate;

use crate::domain::word_enum::word_enum;
use crate::domain::{Fields, Noun, parse_day};

word_enum! {
    /// A post.
    PostKind {
        /// The full-time director: the 1 of 1+2+N.
        Director: "director", "专职主任";
        /// A professional: one of the 2.
        Professional: "professional", "专业人员";
        /// Other staff: one of the N.
        Staff: "staff", "工作人员";
    }
}

/// The establishment 编制 of a township: how many posts there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostPlan {
    /// The entity.
    pub plan: EntityId,
    /// The op.
    pub op: Option<Hash>,
    /// Posts of [`PostKind::ALL`], in this order.
    pub posts: [i64; 3],
}

/// The post of one person. In a conflict a person is off post until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The entity.
    pub post: EntityId,
    /// The op that was written last.
    pub op: Option<Hash>,
    /// The person, as an entity of the roster.
    pub person: EntityId,
    /// Which post; none when only the state is known.
    pub kind: Option<PostKind>,
    /// Whether the person does the work; none when nobody has said.
    pub on_post: Option<bool>,
    /// Since which day.
    pub since: Option<NaiveDate>,
    /// Why it changed.
    pub reason: Option<String>,
}

impl Post {
    /// The entity of a person's post, the same on every phone.
    #[must_use]
    pub fn entity(roster: DossierId, person: EntityId) -> EntityId {
        EntityId::derived(roster, &format!("post/{person}"))
    }

    /// The entity of a roster's establishment.
    #[must_use]
    pub fn plan_entity(roster: DossierId) -> EntityId {
        EntityId::derived(roster, "post_plan")
    }

    /// Whether it is said that the person is on post on a day. None when nothing says so: a state
    /// that begins later says nothing of the days before.
    #[must_use]
    pub fn is_on_post(&self, day: NaiveDate) -> Option<bool> {
        self.on_post.filter(|_| self.since.is_none_or(|since| since <= day))
    }
}

impl Noun for PostPlan {
    const NOUN: &'static str = "post";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let posts = [fields.int("director")?, fields.int("professionals")?, fields.int("staff")?];
        Some(Self { plan: entity, op: fields.newest(), posts })
    }
}

impl Noun for Post {
    const NOUN: &'static str = "post";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let said = fields.heads("on_post").iter();
        let said: Vec<bool> = said.filter_map(|head| head.value.as_ref()?.as_bool()).collect();
        Some(Self {
            post: entity,
            op: fields.newest(),
            person: EntityId::from_slice(fields.bytes("person")?)?,
            kind: fields.text("post").and_then(PostKind::from_word),
            on_post: (!said.is_empty()).then(|| said.iter().all(|on| *on)),
            since: fields.text("since").and_then(parse_day),
            reason: fields.text("reason").map(str::to_owned),
        })
    }
}
