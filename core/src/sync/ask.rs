//! One request to the hub: its answer read strictly, and tried again while that may help.

use std::sync::{Mutex, PoisonError};

use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;
use angen_ledger::limits::NOTE_BYTES_MAX;
use angen_ledger::wire::Wire;
use base64ct::{Base64UrlUnpadded, Encoding};

use crate::error::Error;
use crate::sync::PushError;
use crate::sync::limits::{ANSWER_BYTES_MAX, ATTEMPTS_MAX, METERED_BLOB_BYTES_MAX, PAUSE_FIRST_MS};
use crate::sync::line::{Line, Network, Told};
use crate::sync::renew::Renewing;
use crate::sync::request::{Answer, AnswerBody, Method, Request, RequestBody};
use crate::sync::wire::HubHead;

const CBOR: &str = "application/cbor";
/// The field that says who asks.
pub(super) const AUTHORIZATION: &str = "Authorization";

/// The requests of one session.
pub(super) struct Asking<'k> {
    pub(super) line: Line,
    /// The value of the field that says who asks; empty when nobody has signed in.
    bearer: Mutex<String>,
    /// Who signs in again when the session ends.
    pub(super) renewing: Option<Renewing<'k>>,
}

impl Asking<'_> {
    pub(super) fn new(line: Line) -> Self {
        Self { line, bearer: Mutex::default(), renewing: None }
    }

    /// What each request says in `Authorization`.
    pub(super) fn bearer(&self) -> String {
        self.bearer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows a token with each request from now on.
    pub(super) fn show_token(&self, token: &[u8; 32]) {
        let bearer = format!("Bearer {}", Base64UrlUnpadded::encode_string(token));
        *self.bearer.lock().unwrap_or_else(PoisonError::into_inner) = bearer;
    }

    /// Asks for a value of the protocol.
    pub(super) async fn get<T: Wire>(&self, path: &str) -> Result<T, PushError> {
        let answer = self.retrying(self.request(Method::Get, path, T::BYTES_MAX)).await?;
        read_answer(&answer)
    }

    /// Asks for a text.
    pub(super) async fn text(&self, path: &str) -> Result<String, PushError> {
        let answer = self.retrying(self.request(Method::Get, path, NOTE_BYTES_MAX)).await?;
        if answer.status != 200 {
            return Err(refusal_in(&answer));
        }
        String::from_utf8(body_of(&answer)?)
            .map_err(|_| PushError::Strange("the answer is no text"))
    }

    /// What the hub holds of a dossier.
    pub(super) async fn heads(&self, dossier: DossierId) -> Result<HubHead, PushError> {
        let head: HubHead = self.get(&format!("/v1/dossiers/{dossier}/heads")).await?;
        if head.dossier == dossier {
            Ok(head)
        } else {
            Err(PushError::Strange("the heads are of another dossier"))
        }
    }

    /// Sends a body that is stored as a whole or not at all, so that it may be sent again.
    pub(super) async fn post<T: Wire>(&self, path: &str, body: Vec<u8>) -> Result<T, PushError> {
        let answer = self.retrying(self.posting(path, body, T::BYTES_MAX)).await?;
        read_answer(&answer)
    }

    /// Sends a body that must not be sent twice.
    pub(super) async fn post_once<T: Wire>(
        &self,
        path: &str,
        body: Vec<u8>,
    ) -> Result<T, PushError> {
        read_answer(&self.once(&self.posting(path, body, T::BYTES_MAX)).await?)
    }

    /// How much of a blob the hub has.
    pub(super) async fn offset(&self, blob: BlobRef) -> Result<u64, PushError> {
        let mut request = self.request(Method::Head, &blob_path(blob), 0);
        request.headers.push(("Upload-Length", blob.length.to_string()));
        let answer = self.retrying(request).await?;
        match answer.status {
            200 => offset_in(&answer),
            // An answer to HEAD has no body that could say more.
            status => Err(PushError::Refused {
                status,
                code: "blob".to_owned(),
                zh: format!("文件 {} 查询失败", blob.address.short()),
                en: format!("blob {} cannot be asked for", blob.address.short()),
                signed: None,
            }),
        }
    }

    /// Sends a part of a blob; the offset after it.
    pub(super) async fn part(
        &self,
        blob: BlobRef,
        offset: u64,
        body: RequestBody,
    ) -> Result<u64, PushError> {
        let mut request = self.request(Method::Patch, &blob_path(blob), ANSWER_BYTES_MAX);
        request.body = body;
        request.headers.extend([
            ("Content-Type", "application/offset+octet-stream".to_owned()),
            ("Upload-Offset", offset.to_string()),
            ("Upload-Length", blob.length.to_string()),
            // A refusal is then read before the part is sent, and not lost with the connection.
            ("Expect", "100-continue".to_owned()),
        ]);
        let answer = self.once(&request).await?;
        if answer.status == 204 { offset_in(&answer) } else { Err(refusal_in(&answer)) }
    }

    /// Asks for bytes of a blob. What came of them, and whether the connection held.
    pub(super) async fn range(
        &self,
        blob: BlobRef,
        dossier: DossierId,
        first: u64,
        last: u64,
    ) -> Result<(AnswerBody, bool), PushError> {
        let path = format!("{}?dossier={dossier}", blob_path(blob));
        let bytes_max = usize::try_from(last + 1 - first).unwrap_or(usize::MAX);
        let mut request = self.request(Method::Get, &path, bytes_max.max(ANSWER_BYTES_MAX));
        request.headers.push(("Range", format!("bytes={first}-{last}")));
        let (answer, is_whole) = match self.send(&request).await {
            Told::Answer(answer) => (answer, true),
            Told::Cut { came: Some(answer), .. } if answer.status == 206 => (answer, false),
            Told::Cut { why, .. } => return Err(PushError::Unreachable(why)),
            Told::Begin | Told::Waited => return Err(PushError::Unreachable(String::new())),
        };
        let expected = format!("bytes {first}-{last}/{}", blob.length);
        match answer.status {
            206 if answer.header("Content-Range") == Some(&expected) => Ok((answer.body, is_whole)),
            206 => Err(PushError::Strange("the hub gives other bytes than were asked for")),
            _ => Err(refusal_in(&answer)),
        }
    }

    /// Whether the network is good for a blob of this size.
    pub(super) fn may_travel(&self, blob: BlobRef) -> bool {
        match self.line.network() {
            Network::Free => true,
            Network::Metered => blob.length <= METERED_BLOB_BYTES_MAX,
        }
    }

    /// Lets time pass after a failure: twice as long after each further one.
    pub(super) async fn pause(&self, failures: u32) {
        self.line.wait(PAUSE_FIRST_MS << failures.min(10)).await;
    }

    fn request(&self, method: Method, path: &str, answer_bytes_max: usize) -> Request {
        let mut headers = Vec::new();
        let bearer = self.bearer();
        if !bearer.is_empty() {
            headers.push((AUTHORIZATION, bearer));
        }
        Request {
            method,
            path: path.to_owned(),
            headers,
            body: RequestBody::Empty,
            // A refusal is longer than a short answer.
            answer_bytes_max: answer_bytes_max.max(ANSWER_BYTES_MAX) as u64,
        }
    }

    pub(super) fn posting(&self, path: &str, body: Vec<u8>, answer_bytes_max: usize) -> Request {
        let mut request = self.request(Method::Post, path, answer_bytes_max);
        request.headers.push(("Content-Type", CBOR.to_owned()));
        request.body = RequestBody::Bytes(body);
        request
    }

    async fn once(&self, request: &Request) -> Result<Answer, PushError> {
        match self.send(request).await {
            Told::Answer(answer) => Ok(answer),
            Told::Cut { why, .. } => Err(PushError::Unreachable(why)),
            Told::Begin | Told::Waited => Err(PushError::Unreachable(String::new())),
        }
    }

    /// Sends a request again while a failure may pass and attempts are left.
    async fn retrying(&self, request: Request) -> Result<Answer, PushError> {
        let mut failures = 0;
        loop {
            let answer = self.once(&request).await.and_then(|answer| {
                let refused = refused_for_now(&answer);
                refused.map_or(Ok(answer), Err)
            });
            match answer {
                Err(error) if error.may_pass() && failures < ATTEMPTS_MAX => {
                    self.pause(failures).await;
                    failures += 1;
                }
                done => return done,
            }
        }
    }
}

fn blob_path(blob: BlobRef) -> String {
    format!("/v1/blobs/{}", blob.address)
}

/// The refusal of an answer that may become another one.
fn refused_for_now(answer: &Answer) -> Option<PushError> {
    if answer.status < 400 {
        return None;
    }
    Some(refusal_in(answer)).filter(PushError::may_pass)
}

pub(super) fn read_answer<T: Wire>(answer: &Answer) -> Result<T, PushError> {
    if answer.status != 200 {
        return Err(refusal_in(answer));
    }
    T::from_wire(&body_of(answer)?)
        .map_err(|_| PushError::Strange("the answer is not of the protocol"))
}

/// The bytes of an answer that is small.
fn body_of(answer: &Answer) -> Result<Vec<u8>, PushError> {
    match &answer.body {
        AnswerBody::Bytes(bytes) => Ok(bytes.clone()),
        AnswerBody::File(path) => {
            Ok(std::fs::read(path).map_err(|source| Error::file(path, source))?)
        }
    }
}

fn offset_in(answer: &Answer) -> Result<u64, PushError> {
    answer
        .header("Upload-Offset")
        .and_then(|text| text.parse().ok())
        .ok_or(PushError::Strange("the answer has no Upload-Offset"))
}

pub(super) fn refusal_in(answer: &Answer) -> PushError {
    let status = answer.status;
    let said: Option<serde_json::Value> =
        body_of(answer).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let text = |name: &str| said.as_ref()?.get(name)?.as_str().map(str::to_owned);
    match (text("code"), text("zh"), text("en")) {
        (Some(code), Some(zh), Some(en)) => {
            let signed = text("signed").and_then(|text| Base64UrlUnpadded::decode_vec(&text).ok());
            PushError::Refused { status, code, zh, en, signed }
        }
        // Something between the phone and the hub, such as a proxy that is busy.
        _ if matches!(status, 429 | 502 | 503 | 504) => {
            PushError::Unreachable(format!("HTTP {status}"))
        }
        _ => PushError::Strange("a refusal without a code"),
    }
}
