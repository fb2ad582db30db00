//! New phones over a hub: an administrator invites and answers, a phone asks. What a hub says of it
//! is never believed; the core judges it by the root and by the invitation.

use std::sync::Arc;

use angen_core::action::{self, AnswerJoin, AnsweredJoin, AskOverHub};
use angen_core::desk::Desk;
use angen_core::domain::{Bilingual, code_words};
use angen_core::error::Error;
use angen_core::ports::Ports;
use angen_core::store::Store;
use angen_core::sync::wire::GivenAnswer;
use angen_core::sync::{
    Caller, HubAddress, Line, PullError, PushError, Session, Task, ask_over_hub,
};
use angen_ledger::invitation::Invitation;
use angen_ledger::key::Signer;

use crate::drive::{Way, drive};
use crate::error::ApiError;
use crate::handle::Cancel;
use crate::lend::jitter;
use crate::transport::Transport;
use crate::types::{AskList, AskView, InvitationView, JoinState};

/// What an app gives for one of these.
pub(crate) struct Lent {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) cancel: Option<Arc<Cancel>>,
}

impl Lent {
    fn way(&self, hub: HubAddress) -> Way {
        let (transport, cancel) = (Arc::clone(&self.transport), self.cancel.clone());
        Way { hub, transport, progress: None, cancel }
    }
}

/// Invites: the invitation is kept once the hub has taken it.
pub(crate) fn invite(
    desk: &Desk<'_>,
    hub: HubAddress,
    lent: &Lent,
) -> Result<InvitationView, ApiError> {
    let invitation = action::new_invitation(desk, hub.as_str())?;
    let root = invitation.root;
    let key = key_of(desk)?;
    let caller = Caller { certificate: desk.certificate(), key: &*key };
    let line = Line::new(jitter(desk.ports()));
    let mut task = Task::new(line.clone(), async {
        let roots = [root].into();
        let session = Session::sign_in(line, desk.store(), roots, caller).await?;
        session.invite(&invitation).await
    });
    let invited = drive::<_, PullError>(lent.way(hub), &mut task)?;
    drop(task);
    action::keep_invitation(desk, &invitation, invited.ends_in_s)?;
    Ok(InvitationView::of(&invitation, invited.ends_in_s))
}

/// Who asks.
pub(crate) fn waiting_asks(
    desk: &Desk<'_>,
    hub: HubAddress,
    lent: &Lent,
) -> Result<AskList, ApiError> {
    let (asks, others) = fetch(desk, hub, lent)?;
    Ok(AskList { rows: asks.iter().map(AskView::from).collect(), others })
}

/// Answers the phone whose words were read out, and lays the answer down at the hub.
pub(crate) fn answer_over_hub(
    desk: &Desk<'_>,
    hub: HubAddress,
    lent: &Lent,
    words: &str,
    mut request: AnswerJoin,
) -> Result<AnsweredJoin, ApiError> {
    let (asks, _) = fetch(desk, hub.clone(), lent)?;
    let ask = action::said_ask(asks, words)?;
    request.ask.clone_from(&ask.text);
    let answered = action::answer_join(desk, &request)?;
    let given =
        GivenAnswer { invitation: ask.invitation, ask: ask.asked, answer: answered.text.clone() };
    let roots = [action::established(desk.store())?.root].into();
    let key = key_of(desk)?;
    let caller = Caller { certificate: desk.certificate(), key: &*key };
    let line = Line::new(jitter(desk.ports()));
    let mut task = Task::new(line.clone(), async {
        let session = Session::sign_in(line, desk.store(), roots, caller).await?;
        session.give_answer(&given).await
    });
    drive::<_, PullError>(lent.way(hub), &mut task)?;
    drop(task);
    Ok(answered)
}

/// Asks under an invitation, or joins when the answer is there.
pub(crate) fn join_over_hub(
    store: &Store,
    ports: &Ports,
    invitation: &str,
    lent: &Lent,
) -> Result<JoinState, ApiError> {
    let invitation = Invitation::read(invitation).map_err(no_invitation)?;
    let hub = HubAddress::read(&invitation.hub, false)?;
    action::may_join(store, invitation.root)?;
    let asked = action::ask_to_join(store, ports)?;
    let mut task = ask_over_hub(jitter(ports), &invitation, asked.text, &asked.asked);
    let state = drive(lent.way(hub.clone()), &mut task)?;
    let joined = match state.answer {
        // The root is the invitation's, shown face to face.
        Some(answer) => Some(action::accept_join(store, &answer, invitation.root)?),
        None => None,
    };
    if joined.is_some() {
        action::keep_hub(store, &hub)?;
    }
    let code = invitation.code(&asked.asked);
    let words = Bilingual::say(|lang| code_words(&code, lang));
    Ok(JoinState { joined, words, ends_in_s: state.ends_in_s })
}

/// What waits for this device, and how many others. A hub that was restarted has forgotten the
/// invitations, so it is told of those that are still good first.
fn fetch(
    desk: &Desk<'_>,
    hub: HubAddress,
    lent: &Lent,
) -> Result<(Vec<AskOverHub>, u64), ApiError> {
    let now_ms = desk.ports().clock.now().wall_ms;
    let invitations = action::open_invitations(desk.store(), now_ms)?;
    let roots = [action::established(desk.store())?.root].into();
    let key = key_of(desk)?;
    let caller = Caller { certificate: desk.certificate(), key: &*key };
    let line = Line::new(jitter(desk.ports()));
    let mut task = Task::new(line.clone(), async {
        let session = Session::sign_in(line, desk.store(), roots, caller).await?;
        for invitation in &invitations {
            match session.invite(invitation).await {
                // It was said under a certificate that was renewed since, and ends by itself.
                Err(PullError::Hub(PushError::Refused { .. })) => {}
                invited => _ = invited?,
            }
        }
        session.waiting_asks().await
    });
    let waiting = drive::<_, PullError>(lent.way(hub), &mut task)?;
    drop(task);
    Ok(action::proven_asks(&invitations, &waiting))
}

fn key_of(desk: &Desk<'_>) -> Result<Box<dyn Signer>, Error> {
    Ok(desk.ports().keys.signer(desk.writer())?)
}

fn no_invitation(why: impl std::fmt::Display) -> ApiError {
    ApiError::Invalid {
        place: "invitation".to_owned(),
        zh: format!("不是管理员出示的邀请，或没有扫全（{why}）：请重新扫码"),
        en: format!(
            "this is not what the administrator showed, or not all of it ({why}): scan it again"
        ),
    }
}
