//! The network: what becomes of one request and its answer.

use angen_core::sync::wire::Changes;
use angen_core::sync::{Answer, AnswerBody, Request, RequestBody, Told};
use angen_hub::testing::body_bytes;
use angen_ledger::wire::Wire;
use axum::Router;
use axum::body::Body;
use axum::http;
use http_body_util::BodyExt;
use tower::Service;

use crate::dice::Dice;

/// What the network does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It never arrives.
    LostRequest,
    /// It arrives, and nobody hears of it.
    LostAnswer,
    /// It arrives twice.
    Doubled,
    /// It arrives much later, behind others.
    Late,
    /// Half of its body arrives.
    HalfRequest,
    /// Half of the answer comes.
    HalfAnswer,
    /// A bit of the answer is another one, or the place in a list of changes.
    AlteredAnswer,
}

/// Every fault of the network.
pub(crate) const FAULTS: [Fault; 7] = [
    Fault::LostRequest,
    Fault::LostAnswer,
    Fault::Doubled,
    Fault::Late,
    Fault::HalfRequest,
    Fault::HalfAnswer,
    Fault::AlteredAnswer,
];

/// The way to a hub.
pub(crate) struct Net {
    runtime: tokio::runtime::Runtime,
    late: Vec<(Request, Vec<u8>)>,
}

impl Net {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { runtime, late: Vec::new() }
    }

    /// Delivers what was held up.
    pub(crate) fn deliver_late(&mut self, hub: &Router) -> usize {
        let late = std::mem::take(&mut self.late);
        for (request, body) in &late {
            let _ = self.deliver(hub, request, body, false);
        }
        late.len()
    }

    /// What the phone hears of a request.
    pub(crate) fn pass(
        &mut self,
        hub: &Router,
        request: &Request,
        fault: Option<Fault>,
        dice: &mut Dice,
    ) -> Told {
        let body = body_bytes(&request.body).unwrap();
        let cut = |came| Told::Cut { why: "the world cut it".to_owned(), came };
        match fault {
            None => Told::Answer(self.deliver(hub, request, &body, false).unwrap()),
            Some(Fault::LostRequest) => cut(None),
            Some(Fault::LostAnswer) => {
                let _ = self.deliver(hub, request, &body, false);
                cut(None)
            }
            Some(Fault::Doubled) => {
                let _ = self.deliver(hub, request, &body, false);
                Told::Answer(self.deliver(hub, request, &body, false).unwrap())
            }
            Some(Fault::Late) => {
                self.late.push((request.clone(), body));
                cut(None)
            }
            Some(Fault::HalfRequest) => {
                let half = &body[..body.len() / 2];
                let _ = self.deliver(hub, request, half, true);
                cut(None)
            }
            Some(Fault::HalfAnswer) => {
                let mut answer = self.deliver(hub, request, &body, false).unwrap();
                let AnswerBody::Bytes(bytes) = &mut answer.body else { unreachable!() };
                bytes.truncate(bytes.len() / 2);
                cut(Some(answer))
            }
            Some(Fault::AlteredAnswer) => {
                let mut answer = self.deliver(hub, request, &body, false).unwrap();
                let AnswerBody::Bytes(bytes) = &mut answer.body else { unreachable!() };
                alter(&request.path, bytes, dice);
                Told::Answer(answer)
            }
        }
    }

    /// Gives a request to the hub. With `is_cut`, the connection breaks behind the body.
    fn deliver(
        &self,
        hub: &Router,
        request: &Request,
        body: &[u8],
        is_cut: bool,
    ) -> Option<Answer> {
        let mut built =
            http::Request::builder().method(request.method.word()).uri(request.path.as_str());
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let body = if is_cut {
            let broken = std::io::Error::other("the world cut it");
            Body::from_stream(Pieces(vec![Err(broken), Ok(body.to_vec())]))
        } else {
            if !matches!(request.body, RequestBody::Empty) {
                built = built.header("Content-Length", body.len());
            }
            Body::from(body.to_vec())
        };
        self.runtime.block_on(async {
            let answer = hub.clone().call(built.body(body).unwrap()).await.unwrap();
            let status = answer.status().as_u16();
            let headers = answer.headers().iter();
            let headers = headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect();
            let bytes = answer.into_body().collect().await.ok()?.to_bytes().to_vec();
            Some(Answer { status, headers, body: AnswerBody::Bytes(bytes) })
        })
    }
}

/// Another bit; or, in the list of changes that nothing signs, a place that the log does not reach:
/// among all bits of all answers chance seldom meets that number.
fn alter(path: &str, bytes: &mut Vec<u8>, dice: &mut Dice) {
    if path.starts_with("/v1/changes")
        && dice.once_in(2)
        && let Ok(mut changes) = Changes::from_wire(bytes)
    {
        changes.next = changes.size + 1 + dice.below(1_000) as u64;
        changes.size = changes.next;
        *bytes = changes.to_wire();
    } else if !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
    }
}

/// A body in pieces, the last one first.
struct Pieces(Vec<std::io::Result<Vec<u8>>>);

impl futures_core::Stream for Pieces {
    type Item = std::io::Result<Vec<u8>>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop())
    }
}
