//! Who asks: a challenge, an answer signed with a certified key, and a token for an hour.
//!
//! A challenge is not remembered: it carries the time of its end under a code that only this hub
//! can make. So strangers who ask for challenges fill nothing. What is remembered are the answered
//! ones, and an answer takes a certificate.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use angen_ledger::certificate::{Certificate, Duty};
use angen_ledger::cose::Purpose;
use angen_ledger::hash::Hash;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use angen_ledger::limits::COSE_BYTES_MAX;

use crate::limits::{
    ANSWERED_MAX, CHALLENGE_MS, Pace, SESSION_MS, SESSIONS_MAX, SESSIONS_OF_ONE_MAX,
};
use crate::log::Log;
use crate::server::Hub;
use crate::server::body::collect;
use crate::server::callers::Caller;
use crate::server::dossiers::blocking;
use crate::server::pace::Bucket;
use crate::server::refusal::Refusal;
use crate::server::routes::answer;
use crate::wire::{Challenge, ChallengeAnswer, Limit, Token};

/// The sessions of a hub, in memory: a restart ends them.
pub(super) struct Sessions {
    /// What the codes of challenges are made with.
    secret: [u8; 32],
    pace: Pace,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    /// By the hash of the token: how long a look-up takes then says nothing of the token.
    sessions: HashMap<[u8; 32], Session>,
    /// Answered challenges, and when they end.
    answered: HashMap<[u8; 32], u64>,
}

struct Session {
    certificate: Hash,
    caller: Arc<Certificate>,
    ends_ms: u64,
    bucket: Bucket,
}

impl Sessions {
    pub(super) fn new(log: &Log, pace: Pace) -> Self {
        let mut secret = [0; 32];
        log.chance.fill(&mut secret);
        Self { secret, pace, open: Mutex::default() }
    }

    /// A challenge: when it ends, chance, and the code over both.
    fn challenge(&self, log: &Log) -> [u8; 32] {
        let mut nonce = [0; 32];
        let ends_ms = log.clock.now().mono_ms.saturating_add(CHALLENGE_MS);
        nonce[..8].copy_from_slice(&ends_ms.to_be_bytes());
        log.chance.fill(&mut nonce[8..16]);
        let code = self.code(&nonce);
        nonce[16..].copy_from_slice(&code);
        nonce
    }

    /// The end of a challenge that this hub made and that has not ended.
    fn end_of(&self, nonce: &[u8; 32], now_ms: u64) -> Option<u64> {
        let mut ends_ms = [0; 8];
        ends_ms.copy_from_slice(&nonce[..8]);
        let ends_ms = u64::from_be_bytes(ends_ms);
        let same = self.code(nonce).iter().zip(&nonce[16..]).fold(0, |sum, (a, b)| sum | (a ^ b));
        (same == 0 && now_ms < ends_ms).then_some(ends_ms)
    }

    fn code(&self, nonce: &[u8; 32]) -> [u8; 16] {
        let mut sha = Sha256::new();
        sha.update(b"angen/challenge/1\0");
        sha.update(self.secret);
        sha.update(&nonce[..16]);
        let mut code = [0; 16];
        code.copy_from_slice(&sha.finalize()[..16]);
        code
    }

    /// Takes an answered challenge out of use and begins a session.
    fn begin(
        &self,
        log: &Log,
        nonce: [u8; 32],
        caller: Caller,
        limit: Option<Limit>,
    ) -> Result<Token, Refusal> {
        let now_ms = log.clock.now().mono_ms;
        let challenge_ends_ms = self.end_of(&nonce, now_ms).ok_or_else(bad_challenge)?;
        let mut open = self.open();
        open.answered.retain(|_, ends_ms| now_ms < *ends_ms);
        open.sessions.retain(|_, session| now_ms < session.ends_ms);
        if open.answered.contains_key(&nonce) {
            return Err(bad_challenge());
        }
        if open.answered.len() >= ANSWERED_MAX {
            return Err(Refusal::busy());
        }
        open.make_room(caller.hash)?;
        open.answered.insert(nonce, challenge_ends_ms);
        let mut token = [0; 32];
        log.chance.fill(&mut token);
        let ends_ms = now_ms.saturating_add(SESSION_MS);
        let bucket = Bucket::full(self.pace, Instant::now());
        let session =
            Session { certificate: caller.hash, caller: caller.certificate, ends_ms, bucket };
        open.sessions.insert(hash_of(&token), session);
        Ok(Token { token, expires_in_s: SESSION_MS / 1_000, limit })
    }

    /// The certificate of who sent a request.
    pub(super) fn caller(&self, log: &Log, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let token = token_in(headers).ok_or_else(no_session)?;
        let now_ms = log.clock.now().mono_ms;
        let mut open = self.open();
        let session = open.sessions.get_mut(&hash_of(&token)).ok_or_else(no_session)?;
        if now_ms >= session.ends_ms {
            return Err(no_session());
        }
        session.bucket.take(self.pace, Instant::now())?;
        Ok(Caller { hash: session.certificate, certificate: Arc::clone(&session.caller) })
    }

    /// How many sessions have not ended.
    pub(super) fn count(&self, log: &Log) -> u64 {
        let now_ms = log.clock.now().mono_ms;
        self.open().sessions.values().filter(|session| now_ms < session.ends_ms).count() as u64
    }

    /// Lets callers ask more or less often from their next session on.
    pub(super) fn keep_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Ends the oldest session of a certificate that has many; refuses when all are taken.
    fn make_room(&mut self, certificate: Hash) -> Result<(), Refusal> {
        let own = self.sessions.iter().filter(|(_, session)| session.certificate == certificate);
        if own.clone().count() >= SESSIONS_OF_ONE_MAX {
            let oldest = own.min_by_key(|(_, session)| session.ends_ms).map(|(token, _)| *token);
            oldest.map(|token| self.sessions.remove(&token));
        }
        if self.sessions.len() < SESSIONS_MAX { Ok(()) } else { Err(Refusal::busy()) }
    }
}

/// `POST /v1/session/challenge`.
pub(super) async fn give_challenge(State(hub): State<Arc<Hub>>) -> Result<Response<Body>, Refusal> {
    let (log, sessions) = hub.logged()?;
    let (nonce, origin) = (sessions.challenge(log), log.origin.clone());
    Ok(answer(&Challenge { nonce, origin }))
}

/// `POST /v1/session`.
pub(super) async fn take_answer(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    hub.logged()?;
    let place = Arc::clone(&hub.pushes).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let bytes = collect(&headers, body, "session", COSE_BYTES_MAX, hub.patience).await?;
    let token = blocking(move || {
        let _place = place;
        let (log, sessions) = hub.logged()?;
        let (said, signed) = ChallengeAnswer::read(&bytes)?;
        let certificate = signed.signer.ok_or_else(Refusal::certificate_missing)?;
        // Cheap before dear: most of what does not hold ends here.
        if said.origin != log.origin
            || sessions.end_of(&said.nonce, log.clock.now().mono_ms).is_none()
        {
            return Err(bad_challenge());
        }
        hub.roots.check_sealer(&*hub.ledger, certificate)?;
        let held = hub.ledger.chains(&BTreeSet::from([certificate]))?.pop();
        let caller = held.ok_or_else(Refusal::certificate_missing)?.1.certificate;
        if !signed.verifies(Purpose::Session, &caller.key) {
            return Err(bad_challenge());
        }
        if !matches!(caller.duty, Duty::Writer | Duty::Admin) {
            return Err(may_not_sign_in());
        }
        let caller = Caller { hash: certificate, certificate: Arc::new(caller) };
        let limit = caller.limit(&hub, log)?;
        let token = sessions.begin(log, said.nonce, caller, limit)?;
        // What an erasure still owes, because a file was busy or the disk full, must not wait until
        // somebody writes again (number 46).
        let _ = hub.ledger.scrub(&*hub.blobs);
        Ok(token)
    });
    Ok(answer(&token.await?))
}

/// The token that a request shows.
pub(super) fn token_in(headers: &HeaderMap) -> Option<[u8; 32]> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    Base64UrlUnpadded::decode_vec(text).ok()?.try_into().ok()
}

fn hash_of(token: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// One answer for a missing token, one that never was, and one that has ended.
fn no_session() -> Refusal {
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "no_session",
        "没有登录，或登录已到期，请重新登录",
        "nobody is signed in, or the session has ended: sign in again",
    )
}

/// One answer for every reason, so that nobody can try which part of a forgery is wrong.
fn bad_challenge() -> Refusal {
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "bad_challenge",
        "登录应答不对：不是给本平台的、已用过、已过期，或签名不符；请重新登录",
        "the answer does not hold: for another hub, used, too late, or wrongly signed: sign in again",
    )
}

fn may_not_sign_in() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        "may_not_sign_in",
        "这张证书不能登录：不是执法人员或管理员的",
        "this certificate may not sign in: it is not a writer's or an administrator's",
    )
}
