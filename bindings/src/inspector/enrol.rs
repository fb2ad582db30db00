//! New phones over a hub 线上入网: invite, see who asks, answer, join.

use std::sync::Arc;

use angen_core::action::{AnswerJoin, AnsweredJoin};
use angen_core::desk::Desk;
use angen_core::sync::HubAddress;
use angen_ledger::id::WriterId;

use super::Inspector;
use crate::enrolling::{self, Lent};
use crate::error::ApiError;
use crate::handle::Cancel;
use crate::transport::Transport;
use crate::types::{AskList, InvitationView, JoinState};

#[uniffi::export]
impl Inspector {
    /// Invites new phones 邀请入网: a text that is good for a day, shown face to face as a QR code.
    /// The writer given is the administrator's. Throws as [`Inspector::sync`].
    pub fn invite(
        &self,
        writer: WriterId,
        hub: String,
        transport: Arc<dyn Transport>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<InvitationView, ApiError> {
        let hub = HubAddress::read(&hub, false)?;
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        enrolling::invite(&desk, hub, &Lent { transport, cancel })
    }

    /// Who asks under an invitation of this device, each with the words that its phone shows.
    /// Throws as [`Inspector::sync`].
    pub fn waiting_asks(
        &self,
        writer: WriterId,
        hub: String,
        transport: Arc<dyn Transport>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<AskList, ApiError> {
        let hub = HubAddress::read(&hub, false)?;
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        enrolling::waiting_asks(&desk, hub, &Lent { transport, cancel })
    }

    /// Answers the phone whose words were read out, and lays the answer down at the hub. What the
    /// request has as `ask` is passed over. Throws `Invalid` at `code` when no phone shows these
    /// words, or two do; else as [`Inspector::answer_join`] and [`Inspector::sync`].
    pub fn answer_over_hub(
        &self,
        writer: WriterId,
        hub: String,
        words: String,
        request: AnswerJoin,
        transport: Arc<dyn Transport>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<AnsweredJoin, ApiError> {
        let hub = HubAddress::read(&hub, false)?;
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        enrolling::answer_over_hub(&desk, hub, &Lent { transport, cancel }, &words, request)
    }

    /// On a new phone, or for a further officer: asks under an invitation that was scanned, and
    /// joins when the answer is there. Call it again until it has joined; the words are read to the
    /// administrator meanwhile.
    ///
    /// Throws `Invalid` for a text that is no invitation, or that of another township than this
    /// phone's; else as [`Inspector::sync`].
    pub fn join_over_hub(
        &self,
        invitation: String,
        transport: Arc<dyn Transport>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<JoinState, ApiError> {
        let lent = Lent { transport, cancel };
        enrolling::join_over_hub(&self.store, &self.host.lend()?, &invitation, &lent)
    }
}
