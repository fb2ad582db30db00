//! Finds enterprises in the township's register by what an officer types, page by page.

use crate::action::establish::established;
use crate::domain::FindWords;
use crate::error::Result;
use crate::store::{self, FoundEnterprise, Store};

/// Enterprises of one page: some screens of a phone.
pub const FIND_LIMIT_MAX: usize = 200;

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPage {
    /// What was found, in the order of the register.
    pub found: Vec<FoundEnterprise>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<i64>,
}

/// Finds the enterprises that fit every word (see [`FindWords`]). `after` is the `next` of the
/// page before. The order is that in which the enterprises came to this device: it stays as it is
/// while others are added behind.
///
/// # Errors
/// `NotFound` when nothing was established here, `Storage`.
pub fn find_enterprises(
    store: &Store,
    words: &str,
    after: Option<i64>,
    limit: usize,
) -> Result<FoundPage> {
    let place = established(store)?;
    let words = FindWords::parse(words);
    let limit = limit.clamp(1, FIND_LIMIT_MAX);
    let after = after.unwrap_or(0);
    let mut found = store.read(|read| {
        // One more than asked tells whether there is a next page.
        store::find_enterprises(read, place.register, &words, after, limit + 1)
    })?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.place);
    Ok(FoundPage { found, next })
}
