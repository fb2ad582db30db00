//! Requests by which a new phone comes to be certified: an administrator invites, the phone asks,
//! the administrator answers (docs/protocol.md section 16).

use std::sync::Arc;

use angen_ledger::certificate::Duty;
use angen_ledger::enrolment::{Answer, Ask};
use angen_ledger::hash::Hash;
use angen_ledger::wire::Wire;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use tokio::sync::OwnedSemaphorePermit;

use crate::server::Hub;
use crate::server::body::collect;
use crate::server::dossiers::blocking;
use crate::server::refusal::Refusal;
use crate::server::routes::answer;
use crate::server::sessions::token_in;
use crate::wire::{GivenAnswer, Invite, LaidAsk};

/// `POST /v1/enrolment/invitations`.
pub(super) async fn take_invitation(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let by = administrator(&hub, &headers).await?;
    let (bytes, _place) = small_body::<Invite>(&hub, &headers, body).await?;
    let Invite { id } = Invite::from_wire(&bytes)?;
    Ok(answer(&hub.enrolments.invite(by, id, now_ms(&hub)?)?))
}

/// `POST /v1/enrolment/ask`: for who has seen an invitation, and for nobody else.
pub(super) async fn take_ask(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let now_ms = now_ms(&hub)?;
    let token = token_in(&headers).ok_or_else(Refusal::no_invitation)?;
    if !hub.enrolments.is_open(&token, now_ms) {
        return Err(Refusal::no_invitation());
    }
    let (bytes, place) = small_body::<LaidAsk>(&hub, &headers, body).await?;
    let state = blocking(move || {
        let _place = place;
        let laid = LaidAsk::from_wire(&bytes)?;
        let (_, asked) = Ask::read(&laid.ask)?;
        hub.enrolments.lay_down(&token, asked, laid, now_ms)
    });
    Ok(answer(&state.await?))
}

/// `GET /v1/enrolment/asks`.
pub(super) async fn tell_asks(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let by = administrator(&hub, &headers).await?;
    Ok(answer(&hub.enrolments.waiting(by, now_ms(&hub)?)))
}

/// `POST /v1/enrolment/answers`.
pub(super) async fn take_answer(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let by = administrator(&hub, &headers).await?;
    let (bytes, place) = small_body::<GivenAnswer>(&hub, &headers, body).await?;
    let invited = blocking(move || {
        let _place = place;
        let (given, now_ms) = (GivenAnswer::from_wire(&bytes)?, now_ms(&hub)?);
        let (ask, asked) = Ask::read(&hub.enrolments.question(by, &given, now_ms)?)?;
        // The phone would refuse any other: better that its administrator hears of it.
        let holds = Answer::read(&given.answer, &ask, asked).map_err(|_| no_answer())?;
        match hub.roots.in_use.contains(&holds.root) {
            true => hub.enrolments.answer(by, given, now_ms),
            false => Err(Refusal::other_root()),
        }
    });
    Ok(answer(&invited.await?))
}

/// The certificate of an administrator in good standing; to others nothing of this is here.
async fn administrator(hub: &Arc<Hub>, headers: &HeaderMap) -> Result<Hash, Refusal> {
    let (log, sessions) = hub.logged()?;
    let caller = sessions.caller(log, headers)?;
    let hub = Arc::clone(hub);
    blocking(move || {
        caller.check(&hub, hub.logged()?.0)?;
        match caller.certificate.duty {
            Duty::Admin => Ok(caller.hash),
            _ => Err(Refusal::unknown()),
        }
    })
    .await
}

/// A body of this kind, and its place among those under way.
async fn small_body<T: Wire>(
    hub: &Arc<Hub>,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Vec<u8>, OwnedSemaphorePermit), Refusal> {
    let place = Arc::clone(&hub.pushes).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let bytes = collect(headers, body, T::ITEM, T::BYTES_MAX, hub.patience).await?;
    Ok((bytes, place))
}

fn now_ms(hub: &Hub) -> Result<u64, Refusal> {
    Ok(hub.logged()?.0.clock.now().mono_ms)
}

fn no_answer() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "no_answer",
        "这不是对该申请的有效应答，请在管理员的设备上重新应答",
        "this does not answer that question: answer it again on the administrator's device",
    )
}
