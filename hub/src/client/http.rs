//! The hub's requests over one agent: each returns what was said, or why nothing was.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use angen_core::error::Error;
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;
use angen_ledger::limits::NOTE_BYTES_MAX;
use angen_ledger::wire::Wire;
use base64ct::{Base64UrlUnpadded, Encoding};
use ureq::http::Response;
use ureq::{Agent, Body, SendBody};

use crate::client::PushError;
use crate::limits::{ANSWER_BYTES_MAX, ATTEMPTS_MAX, PAUSE_FIRST};
use crate::wire::HubHead;

/// The client waits this long for a connection.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(15);
/// The client waits this long for the head of an answer: the hub may be storing for others.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(120);

pub(super) struct Http {
    base_url: String,
    agent: Agent,
    /// The value of the field that says who asks; empty when nobody has signed in.
    bearer: String,
}

impl Http {
    pub(super) fn new(base_url: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT_TIME_MAX))
            .timeout_recv_response(Some(ANSWER_TIME_MAX))
            .build()
            .new_agent();
        let base_url = base_url.trim_end_matches('/').to_owned();
        Self { base_url, agent, bearer: String::new() }
    }

    /// Shows a token with each request from now on.
    pub(super) fn show_token(&mut self, token: &[u8; 32]) {
        self.bearer = format!("Bearer {}", Base64UrlUnpadded::encode_string(token));
    }

    /// Asks for a value of the protocol.
    pub(super) fn get<T: Wire>(&self, path: &str) -> Result<T, PushError> {
        self.retrying(|| read_answer(self.call(path, None)?))
    }

    /// Asks for a text.
    pub(super) fn text(&self, path: &str) -> Result<String, PushError> {
        let bytes = self.retrying(|| {
            let answer = self.call(path, None)?;
            if answer.status().as_u16() == 200 {
                read_body(answer, NOTE_BYTES_MAX)
            } else {
                Err(refusal_in(answer))
            }
        })?;
        String::from_utf8(bytes).map_err(|_| PushError::Strange("the answer is no text"))
    }

    /// Asks for bytes of a blob from an offset on; the body is read by the caller.
    pub(super) fn range(
        &self,
        blob: BlobRef,
        dossier: DossierId,
        first: u64,
        last: u64,
    ) -> Result<Response<Body>, PushError> {
        let path = format!("/v1/blobs/{}?dossier={dossier}", blob.address);
        let answer = self.call(&path, Some(format!("bytes={first}-{last}")))?;
        let span = answer.headers().get("Content-Range").and_then(|value| value.to_str().ok());
        let expected = format!("bytes {first}-{last}/{}", blob.length);
        match answer.status().as_u16() {
            206 if span == Some(&expected) => Ok(answer),
            206 => Err(PushError::Strange("the hub gives other bytes than were asked for")),
            _ => Err(refusal_in(answer)),
        }
    }

    fn call(&self, path: &str, range: Option<String>) -> Result<Response<Body>, PushError> {
        let mut request = self.agent.get(format!("{}{path}", self.base_url));
        if !self.bearer.is_empty() {
            request = request.header("Authorization", &self.bearer);
        }
        if let Some(range) = range {
            request = request.header("Range", range);
        }
        request.call().map_err(unreachable)
    }

    /// What the hub holds of a dossier.
    pub(super) fn heads(&self, dossier: DossierId) -> Result<HubHead, PushError> {
        let url = format!("{}/v1/dossiers/{dossier}/heads", self.base_url);
        let head: HubHead =
            self.retrying(|| read_answer(self.agent.get(&url).call().map_err(unreachable)?))?;
        if head.dossier == dossier {
            Ok(head)
        } else {
            Err(PushError::Strange("the heads are of another dossier"))
        }
    }

    /// Sends a body that is stored as a whole or not at all, so that it may be sent again.
    pub(super) fn post<T: Wire>(&self, path: &str, body: &[u8]) -> Result<T, PushError> {
        let url = format!("{}{path}", self.base_url);
        self.retrying(|| {
            let request = self.agent.post(&url).header("Content-Type", "application/cbor");
            read_answer(request.send(body).map_err(unreachable)?)
        })
    }

    /// Sends a body that must not be sent twice.
    pub(super) fn post_once<T: Wire>(&self, path: &str, body: &[u8]) -> Result<T, PushError> {
        let request = self.agent.post(format!("{}{path}", self.base_url));
        let request = request.header("Content-Type", "application/cbor");
        read_answer(request.send(body).map_err(unreachable)?)
    }

    /// How much of a blob the hub has.
    pub(super) fn offset(&self, blob: BlobRef) -> Result<u64, PushError> {
        let request = self.agent.head(self.blob_url(blob));
        let answer = request.header("Upload-Length", blob.length.to_string()).call();
        let answer = answer.map_err(unreachable)?;
        match answer.status().as_u16() {
            200 => offset_in(&answer),
            // An answer to HEAD has no body that could say more.
            status => Err(PushError::Refused {
                status,
                code: "blob".to_owned(),
                zh: format!("文件 {} 查询失败", blob.address.short()),
                en: format!("blob {} cannot be asked for", blob.address.short()),
            }),
        }
    }

    /// Sends a part of a blob; the offset after it.
    pub(super) fn part(
        &self,
        blob: BlobRef,
        offset: u64,
        part_bytes: u64,
        mut file: File,
    ) -> Result<u64, PushError> {
        let failed = |source| Error::file(blob.address.to_string(), source);
        file.seek(SeekFrom::Start(offset)).map_err(failed)?;
        let mut part = file.take(part_bytes);
        let request = self
            .agent
            .patch(self.blob_url(blob))
            .header("Content-Type", "application/offset+octet-stream")
            .header("Content-Length", part_bytes.to_string())
            .header("Upload-Offset", offset.to_string())
            .header("Upload-Length", blob.length.to_string())
            // A refusal is then read before the part is sent, and not lost with the connection.
            .header("Expect", "100-continue");
        let answer = request.send(SendBody::from_reader(&mut part)).map_err(unreachable)?;
        if answer.status().as_u16() == 204 { offset_in(&answer) } else { Err(refusal_in(answer)) }
    }

    /// Tries again while a failure may pass and attempts are left.
    pub(super) fn retrying<T>(
        &self,
        mut attempt: impl FnMut() -> Result<T, PushError>,
    ) -> Result<T, PushError> {
        let mut failures = 0;
        loop {
            match attempt() {
                Err(error) if error.may_pass() && failures < ATTEMPTS_MAX => {
                    pause(failures);
                    failures += 1;
                }
                done => return done,
            }
        }
    }

    fn blob_url(&self, blob: BlobRef) -> String {
        format!("{}/v1/blobs/{}", self.base_url, blob.address)
    }
}

/// Waits before the next attempt, twice as long after each failure.
pub(super) fn pause(failures: u32) {
    std::thread::sleep(PAUSE_FIRST * 2_u32.pow(failures));
}

fn unreachable(error: ureq::Error) -> PushError {
    PushError::Unreachable(error.to_string())
}

fn read_answer<T: Wire>(answer: Response<Body>) -> Result<T, PushError> {
    if answer.status().as_u16() != 200 {
        return Err(refusal_in(answer));
    }
    let bytes = read_body(answer, T::BYTES_MAX)?;
    T::from_wire(&bytes).map_err(|_| PushError::Strange("the answer is not of the protocol"))
}

fn read_body(answer: Response<Body>, bytes_max: usize) -> Result<Vec<u8>, PushError> {
    let mut body = answer.into_body();
    // One more: the client's library refuses a body that is exactly as long as its limit.
    body.with_config().limit(bytes_max as u64 + 1).read_to_vec().map_err(unreachable)
}

fn offset_in(answer: &Response<Body>) -> Result<u64, PushError> {
    let text = answer.headers().get("Upload-Offset").and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok())
        .ok_or(PushError::Strange("the answer has no Upload-Offset"))
}

fn refusal_in(answer: Response<Body>) -> PushError {
    let status = answer.status().as_u16();
    let said: Option<serde_json::Value> = read_body(answer, ANSWER_BYTES_MAX)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let text = |name: &str| said.as_ref()?.get(name)?.as_str().map(str::to_owned);
    match (text("code"), text("zh"), text("en")) {
        (Some(code), Some(zh), Some(en)) => PushError::Refused { status, code, zh, en },
        _ => PushError::Strange("a refusal without a code"),
    }
}
