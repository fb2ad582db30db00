//! Plans the posts of a township 编制 (1+2+N), and says who stands on which 在岗.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

use crate::action::establish::established;
use crate::action::look::{day, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{Listed, Post, PostKind, read_one};
use crate::error::{Error, Result};
use crate::procedure::{self, RosterPosts};
use crate::store::Store;

/// Posts of one kind that a township may have: the largest has a few dozen people.
pub const POSTS_MAX: u32 = 1_000;

/// The establishment of a township.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanPosts {
    /// Full-time directors: 1.
    pub director: u32,
    /// Professionals: 2.
    pub professionals: u32,
    /// Other staff: N.
    pub staff: u32,
}

/// The post of one person.
#[derive(Debug, Clone)]
pub struct SetPost {
    /// The person on the roster, enrolled or only listed.
    pub person: EntityId,
    /// Which post.
    pub post: PostKind,
    /// Whether the person does the work.
    pub on_post: bool,
    /// Since which day, `2026-09-01`.
    pub since: String,
    /// Why it changed, if it did.
    pub reason: Option<String>,
}

/// Plans the posts.
///
/// # Errors
/// `Invalid` for more than [`POSTS_MAX`] of a kind; `Sign`, `Storage`.
pub fn plan_posts(desk: &Desk<'_>, request: &PlanPosts) -> Result<Hash> {
    let place = established(desk.store())?;
    let counts = [
        ("director", request.director),
        ("professionals", request.professionals),
        ("staff", request.staff),
    ];
    for (field, count) in counts {
        if count > POSTS_MAX {
            return Err(Error::invalid(
                field,
                format!("编制数超过 {POSTS_MAX}，请核对"),
                format!("more than {POSTS_MAX} posts: check the number"),
            ));
        }
    }
    desk.write(|page| {
        let entry = Entry::new("post.plan/1", place.roster, Post::plan_entity(place.roster));
        page.put(
            counts.iter().fold(entry, |entry, (field, count)| entry.set(field, i64::from(*count))),
        )
    })
}

/// Says which post a person has, and whether the person is on it.
///
/// # Errors
/// `Invalid` for a day that is none, or an empty reason; `NotFound` for somebody who is not on the
/// roster; `Sign`, `Storage`.
pub fn set_post(desk: &Desk<'_>, request: &SetPost) -> Result<Post> {
    let place = established(desk.store())?;
    day("since", &request.since)?;
    if let Some(reason) = &request.reason {
        not_empty("reason", reason)?;
    }
    desk.write(|page| {
        read_one::<Listed>(page.read(), place.roster, request.person)?;
        let entity = Post::entity(place.roster, request.person);
        page.put(
            Entry::new("post.set/1", place.roster, entity)
                .set("person", request.person.raw().as_slice())
                .set("post", request.post.word())
                .set("on_post", angen_ledger::value::Value::Bool(request.on_post))
                .set("since", request.since.as_str())
                .set_some("reason", request.reason.as_deref()),
        )?;
        read_one(page.read(), place.roster, entity)
    })
}

/// The posts on every roster as of a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn posts(store: &Store, as_of_ms: i64) -> Result<Vec<RosterPosts>> {
    let day = crate::domain::china_day(as_of_ms).unwrap_or_default();
    store.read(|connection| procedure::posts(connection, day))
}
