//! The hub's requests over one agent: each returns what was said, or why nothing was.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use angen_core::error::Error;
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;
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
        Self { base_url: base_url.trim_end_matches('/').to_owned(), agent }
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
    let bytes = read_body(answer)?;
    T::from_wire(&bytes).map_err(|_| PushError::Strange("the answer is not of the protocol"))
}

fn read_body(answer: Response<Body>) -> Result<Vec<u8>, PushError> {
    let mut body = answer.into_body();
    body.with_config().limit(ANSWER_BYTES_MAX as u64).read_to_vec().map_err(unreachable)
}

fn offset_in(answer: &Response<Body>) -> Result<u64, PushError> {
    let text = answer.headers().get("Upload-Offset").and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok())
        .ok_or(PushError::Strange("the answer has no Upload-Offset"))
}

fn refusal_in(answer: Response<Body>) -> PushError {
    let status = answer.status().as_u16();
    let said: Option<serde_json::Value> =
        read_body(answer).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let text = |name: &str| said.as_ref()?.get(name)?.as_str().map(str::to_owned);
    match (text("code"), text("zh"), text("en")) {
        (Some(code), Some(zh), Some(en)) => PushError::Refused { status, code, zh, en },
        _ => PushError::Strange("a refusal without a code"),
    }
}
