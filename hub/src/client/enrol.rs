//! Enrolment over a hub: an administrator's session invites and answers, a new phone asks.

use angen_core::sync::{self, PullError, PushError};
use angen_ledger::hash::Hash;
use angen_ledger::invitation::Invitation;

use crate::client::drive::Http;
use crate::client::{Endpoint, Session, jitter};
use crate::wire::{AskState, GivenAnswer, Invited, WaitingAsks};

impl Session<'_> {
    /// Lets who has seen an invitation ask under it.
    ///
    /// # Errors
    /// [`PullError`]; the hub refuses everybody but administrators.
    pub fn invite(&self, invitation: &Invitation) -> Result<Invited, PullError> {
        self.drive(self.session.invite(invitation))
    }

    /// What was laid down under the invitations of this administrator and has no answer yet.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn waiting_asks(&self) -> Result<WaitingAsks, PullError> {
        self.drive(self.session.waiting_asks())
    }

    /// Lays an answer down for the phone that asked.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn give_answer(&self, given: &GivenAnswer) -> Result<Invited, PullError> {
        self.drive(self.session.give_answer(given))
    }
}

/// Lays the question of a new phone down under an invitation, and fetches the answer if there is
/// one. Nothing that comes back is believed here.
///
/// # Errors
/// [`PushError`].
pub fn ask_over_hub<'h>(
    hub: impl Into<Endpoint<'h>>,
    invitation: &Invitation,
    ask: String,
    asked: &Hash,
) -> Result<AskState, PushError> {
    let mut task = sync::ask_over_hub(jitter(), invitation, ask, asked);
    Http::new(hub.into())?.drive(&mut task)
}
