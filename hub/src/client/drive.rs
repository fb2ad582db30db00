//! Performs what a session asks for, over one agent, and waits when it is told to.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use angen_core::error::Error;
use angen_core::sync::{Answer, AnswerBody, PushError, Request, RequestBody, Step, Task, Told};
use ureq::http::{self, Response};
use ureq::{Agent, Body, SendBody};

use crate::client::endpoint::{Endpoint, refused_by_tls};

/// One hub by its address.
pub(super) struct Http {
    url: String,
    agent: Agent,
}

impl Http {
    pub(super) fn new(hub: Endpoint<'_>) -> Result<Self, PushError> {
        Ok(Self { agent: hub.agent()?, url: hub.url.trim_end_matches('/').to_owned() })
    }

    /// Drives a session to its end.
    pub(super) fn drive<T, E: From<PushError>>(
        &self,
        task: &mut Task<'_, Result<T, E>>,
    ) -> Result<T, E> {
        let mut told = Told::Begin;
        loop {
            told = match task.step(told) {
                Step::Done(done) => return done,
                Step::Wait { ms } => {
                    std::thread::sleep(Duration::from_millis(ms));
                    Told::Waited
                }
                Step::Send(request) => self.perform(&request)?,
            };
        }
    }

    /// Sends a request. An error is of the disk here, or of who answered; what the network does is
    /// told.
    fn perform(&self, request: &Request) -> Result<Told, PushError> {
        let sent = match &request.body {
            RequestBody::Empty => self.send(request, None, SendBody::none()),
            RequestBody::Bytes(bytes) => {
                let mut bytes = bytes.as_slice();
                let length = bytes.len() as u64;
                self.send(request, Some(length), SendBody::from_reader(&mut bytes))
            }
            RequestBody::File { path, from, bytes } => {
                let failed = |source| Error::file(path, source);
                let mut file = File::open(path).map_err(failed)?;
                file.seek(SeekFrom::Start(*from)).map_err(failed)?;
                let mut part = file.take(*bytes);
                self.send(request, Some(*bytes), SendBody::from_reader(&mut part))
            }
        };
        Ok(match sent {
            Ok(answer) => read(answer, request.answer_bytes_max),
            Err(error) => match refused_by_tls(&self.url, &error) {
                Some(refused) => return Err(refused),
                None => Told::Cut { why: error.to_string(), came: None },
            },
        })
    }

    fn send(
        &self,
        request: &Request,
        length: Option<u64>,
        body: SendBody<'_>,
    ) -> Result<Response<Body>, ureq::Error> {
        let mut built = http::Request::builder()
            .method(request.method.word())
            .uri(format!("{}{}", self.url, request.path));
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        if let Some(length) = length {
            built = built.header("Content-Length", length);
        }
        self.agent.run(built.body(body)?)
    }
}

/// Reads an answer to its end, or as far as it came.
fn read(answer: Response<Body>, bytes_max: u64) -> Told {
    let status = answer.status().as_u16();
    let headers = answer.headers().iter();
    let headers = headers
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect();
    let mut bytes = Vec::new();
    // One more than is allowed shows that there is more.
    let ended = answer.into_body().into_reader().take(bytes_max + 1).read_to_end(&mut bytes);
    let is_too_long = bytes.len() as u64 > bytes_max;
    let came = Answer { status, headers, body: AnswerBody::Bytes(bytes) };
    match ended {
        Ok(_) if is_too_long => {
            Told::Cut { why: format!("an answer above {bytes_max} bytes"), came: None }
        }
        Ok(_) => Told::Answer(came),
        Err(error) => Told::Cut { why: error.to_string(), came: Some(came) },
    }
}
