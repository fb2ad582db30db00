//! Enrolment over a hub 线上入网: an administrator's session invites, sees who asks, and answers; a new
//! phone, which has nothing but an invitation, asks and fetches.

use angen_ledger::hash::Hash;
use angen_ledger::invitation::Invitation;
use angen_ledger::wire::Wire;

use crate::sync::ask::Asking;
use crate::sync::line::{Line, Task};
use crate::sync::wire::{AskState, GivenAnswer, Invite, Invited, LaidAsk, WaitingAsks};
use crate::sync::{PullError, PushError, Session};

impl Session<'_> {
    /// Lets who knows the token of an invitation ask under it. Saying it again changes nothing.
    ///
    /// # Errors
    /// [`PullError`]; the hub refuses everybody but administrators.
    pub async fn invite(&self, invitation: &Invitation) -> Result<Invited, PullError> {
        let body = Invite { id: invitation.id() }.to_wire();
        Ok(self.asking.post("/v1/enrolment/invitations", body).await?)
    }

    /// What was laid down under the invitations of this administrator and has no answer yet.
    ///
    /// # Errors
    /// [`PullError`].
    pub async fn waiting_asks(&self) -> Result<WaitingAsks, PullError> {
        Ok(self.asking.get("/v1/enrolment/asks").await?)
    }

    /// Lays an answer down for the phone that asked.
    ///
    /// # Errors
    /// [`PullError`].
    pub async fn give_answer(&self, given: &GivenAnswer) -> Result<Invited, PullError> {
        Ok(self.asking.post("/v1/enrolment/answers", given.to_wire()).await?)
    }
}

/// Lays the question of a new phone down under an invitation, and fetches the answer if somebody
/// gave one. `ask` is the text of the question and `asked` its hash. Nothing that comes back is
/// believed here: [`crate::action::accept_join`] judges it by the root of the invitation.
#[must_use]
pub fn ask_over_hub<'a>(
    jitter: u64,
    invitation: &Invitation,
    ask: String,
    asked: &Hash,
) -> Task<'a, Result<AskState, PushError>> {
    let line = Line::new(jitter);
    let asking = Asking::new(line.clone());
    asking.show_token(&invitation.token());
    let laid = LaidAsk { ask, proof: invitation.proof(asked) };
    Task::new(line, async move { asking.post("/v1/enrolment/ask", laid.to_wire()).await })
}
