//! What new phones lay down for administrators, and what these answer: in memory, for a day, under
//! invitations alone.
//!
//! A stranger has no invitation, so there is nothing that one could fill or count; and whoever has
//! one sees no other's question or answer. The hub knows the hash of a token before somebody comes
//! with it, so it cannot ask in anybody's name.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use angen_ledger::hash::Hash;
use sha2::{Digest, Sha256};

use crate::limits::{
    ENROL_ASKS_ALL_MAX, ENROL_ASKS_MAX, ENROL_ASKS_OF_ONE_MAX, INVITATION_MS, INVITATIONS_MAX,
    INVITATIONS_OF_ONE_MAX,
};
use crate::server::refusal::Refusal;
use crate::wire::{AskState, GivenAnswer, Invited, LaidAsk, WaitingAsk, WaitingAsks};

/// The invitations of a hub; a restart ends them, and who invited says it again.
#[derive(Default)]
pub(super) struct Enrolments(Mutex<HashMap<[u8; 32], Invitation>>);

struct Invitation {
    /// The certificate of the administrator.
    by: Hash,
    ends_ms: u64,
    asks: Vec<Waiting>,
}

struct Waiting {
    asked: Hash,
    laid: LaidAsk,
    since_ms: u64,
    answer: Option<String>,
}

impl Enrolments {
    /// Takes an invitation. The one that ends first goes when an administrator has many.
    pub(super) fn invite(&self, by: Hash, id: [u8; 32], now_ms: u64) -> Result<Invited, Refusal> {
        let mut open = self.open(now_ms);
        if let Some(known) = open.get(&id) {
            // Nobody takes over what another has said.
            return if known.by == by { Ok(known.ends(now_ms)) } else { Err(Refusal::unknown()) };
        }
        let own = open.iter().filter(|(_, known)| known.by == by);
        if own.clone().count() >= INVITATIONS_OF_ONE_MAX {
            let oldest = own.min_by_key(|(_, known)| known.ends_ms).map(|(id, _)| *id);
            oldest.map(|id| open.remove(&id));
        }
        if open.len() >= INVITATIONS_MAX {
            return Err(Refusal::busy());
        }
        let ends_ms = now_ms.saturating_add(INVITATION_MS);
        let invitation = Invitation { by, ends_ms, asks: Vec::new() };
        Ok(open.entry(id).or_insert(invitation).ends(now_ms))
    }

    /// Whether a token is that of an invitation that has not ended.
    pub(super) fn is_open(&self, token: &[u8; 32], now_ms: u64) -> bool {
        let id: [u8; 32] = Sha256::digest(token).into();
        self.open(now_ms).contains_key(&id)
    }

    /// Takes what a phone lays down under the invitation of a token; the same again tells whether
    /// there is an answer.
    pub(super) fn lay_down(
        &self,
        token: &[u8; 32],
        asked: Hash,
        laid: LaidAsk,
        now_ms: u64,
    ) -> Result<AskState, Refusal> {
        let mut open = self.open(now_ms);
        let all: usize = open.values().map(|known| known.asks.len()).sum();
        let id: [u8; 32] = Sha256::digest(token).into();
        let invitation = open.get_mut(&id).ok_or_else(Refusal::no_invitation)?;
        let ends_in_s = invitation.ends(now_ms).ends_in_s;
        if let Some(known) = invitation.asks.iter().find(|known| known.asked == asked) {
            return Ok(AskState { answer: known.answer.clone(), ends_in_s });
        }
        if invitation.asks.len() >= ENROL_ASKS_OF_ONE_MAX || all >= ENROL_ASKS_ALL_MAX {
            return Err(Refusal::enrolments_full());
        }
        invitation.asks.push(Waiting { asked, laid, since_ms: now_ms, answer: None });
        Ok(AskState { answer: None, ends_in_s })
    }

    /// What waits for an administrator, the longest first.
    pub(super) fn waiting(&self, by: Hash, now_ms: u64) -> WaitingAsks {
        let open = self.open(now_ms);
        let own = open.iter().filter(|(_, known)| known.by == by);
        let mut asks: Vec<WaitingAsk> = own
            .flat_map(|(id, known)| {
                let unanswered = known.asks.iter().filter(|waiting| waiting.answer.is_none());
                unanswered.map(|waiting| WaitingAsk {
                    invitation: *id,
                    laid: waiting.laid.clone(),
                    waited_s: now_ms.saturating_sub(waiting.since_ms) / 1_000,
                })
            })
            .collect();
        asks.sort_by_key(|one| (std::cmp::Reverse(one.waited_s), one.laid.proof));
        asks.truncate(ENROL_ASKS_MAX);
        WaitingAsks(asks)
    }

    /// The question that an answer of this administrator is to.
    pub(super) fn question(
        &self,
        by: Hash,
        given: &GivenAnswer,
        now_ms: u64,
    ) -> Result<String, Refusal> {
        let mut open = self.open(now_ms);
        find(&mut open, by, given).map(|(waiting, _)| waiting.laid.ask.clone())
    }

    /// Keeps an answer for the phone that asked.
    pub(super) fn answer(
        &self,
        by: Hash,
        given: GivenAnswer,
        now_ms: u64,
    ) -> Result<Invited, Refusal> {
        let mut open = self.open(now_ms);
        let (waiting, ends_ms) = find(&mut open, by, &given)?;
        waiting.answer = Some(given.answer);
        Ok(Invited { ends_in_s: ends_ms.saturating_sub(now_ms) / 1_000 })
    }

    /// Those that have not ended.
    fn open(&self, now_ms: u64) -> MutexGuard<'_, HashMap<[u8; 32], Invitation>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, invitation| now_ms < invitation.ends_ms);
        open
    }
}

impl Invitation {
    fn ends(&self, now_ms: u64) -> Invited {
        Invited { ends_in_s: self.ends_ms.saturating_sub(now_ms) / 1_000 }
    }
}

/// What was laid down under an invitation of this administrator, and when that ends.
fn find<'o>(
    open: &'o mut HashMap<[u8; 32], Invitation>,
    by: Hash,
    given: &GivenAnswer,
) -> Result<(&'o mut Waiting, u64), Refusal> {
    let own = open.get_mut(&given.invitation).filter(|known| known.by == by);
    let own = own.ok_or_else(Refusal::unknown)?;
    let waiting = own.asks.iter_mut().find(|waiting| waiting.asked == given.ask);
    waiting.map(|waiting| (waiting, own.ends_ms)).ok_or_else(Refusal::unknown)
}
