//! A session that ends in the middle of something is renewed: the same caller signs in again, and
//! what was asked is asked again.
//!
//! A session lasts an hour, and a hub that is started again has forgotten all of them; a first sync
//! over a village's network takes longer than that. Each request is renewed for once, so a hub that
//! lets nobody in ends the session all the same.

use crate::sync::PushError;
use crate::sync::ask::{AUTHORIZATION, Asking, read_answer, refusal_in};
use crate::sync::limits::ATTEMPTS_MAX;
use crate::sync::line::Told;
use crate::sync::request::{Answer, Request};
use crate::sync::session::Caller;
use crate::sync::wire::{Challenge, ChallengeAnswer, Token};
use angen_ledger::wire::Wire;

/// Who signs in again, and at which log.
pub(super) struct Renewing<'k> {
    /// The log of the hub, which has proved itself.
    pub(super) origin: String,
    /// Who had signed in.
    pub(super) caller: Caller<'k>,
}

impl Asking<'_> {
    /// Sends a request, and once more under a new session when the hub says that the one that it
    /// was sent under has ended.
    pub(super) async fn send(&self, request: &Request) -> Told {
        let told = self.line.send(request.clone()).await;
        let Some(renewing) = &self.renewing else { return told };
        let is_over = matches!(&told, Told::Answer(answer) if is_session_over(answer));
        if !is_over || !self.sign_in_again(renewing).await {
            return told;
        }
        let mut again = request.clone();
        for (name, value) in &mut again.headers {
            if *name == AUTHORIZATION {
                *value = self.bearer();
            }
        }
        self.line.send(again).await
    }

    /// Whether the hub let the caller in again.
    async fn sign_in_again(&self, renewing: &Renewing<'_>) -> bool {
        let mut failures = 0;
        loop {
            match self.answer_challenge(renewing).await {
                Ok(is_in) => return is_in,
                Err(error) if error.may_pass() && failures < ATTEMPTS_MAX => {
                    self.pause(failures).await;
                    failures += 1;
                }
                // What the hub said of the request stands.
                Err(_) => return false,
            }
        }
    }

    async fn answer_challenge(&self, renewing: &Renewing<'_>) -> Result<bool, PushError> {
        let asked = self.ask_bare("/v1/session/challenge", Vec::new()).await?;
        let Challenge { nonce, origin } = asked;
        // A hub that goes on as another log proves itself first, to a session of its own.
        if origin != renewing.origin {
            return Ok(false);
        }
        let Caller { certificate, key } = renewing.caller;
        let Ok(cose) = (ChallengeAnswer { origin, nonce }).sign(key, certificate) else {
            return Ok(false);
        };
        let token: Token = self.ask_bare("/v1/session", cose).await?;
        self.show_token(&token.token);
        Ok(true)
    }

    /// Asks once, whatever is said of sessions.
    async fn ask_bare<T: Wire>(&self, path: &str, body: Vec<u8>) -> Result<T, PushError> {
        match self.line.send(self.posting(path, body, T::BYTES_MAX)).await {
            Told::Answer(answer) => read_answer(&answer),
            Told::Cut { why, .. } => Err(PushError::Unreachable(why)),
            Told::Begin | Told::Waited => Err(PushError::Unreachable(String::new())),
        }
    }
}

/// An answer to HEAD has no body that could say why.
fn is_session_over(answer: &Answer) -> bool {
    answer.status == 401
        && match refusal_in(answer) {
            PushError::Refused { code, .. } => code == "no_session",
            _ => true,
        }
}
