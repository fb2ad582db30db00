//! Drives a session of the core over an app's transport, in a thread that may hang without anybody
//! waiting for it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use angen_core::sync::{
    Answer, AnswerBody, HubAddress, Progress as SyncProgress, PushError, Request, RequestBody,
    Step, Task, Told,
};

use crate::error::ApiError;
use crate::handle::Cancel;
use crate::transport::{
    HttpAnswer, HttpAnswerBody, HttpBody, HttpField, HttpRequest, Progress, Transport,
    TransportError,
};

/// What wakes an exchange.
pub(crate) enum Event {
    /// The transport came back.
    Performed(Result<HttpAnswer, TransportError>),
    /// The app wants no more.
    Cancelled,
}

/// What an app gives for one exchange.
pub(crate) struct Way {
    pub(crate) hub: HubAddress,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) progress: Option<Arc<dyn Progress>>,
    pub(crate) cancel: Option<Arc<Cancel>>,
}

/// Drives a task to its end.
///
/// The thread of the transport is not joined: one that hangs in the app's code ends when that
/// does, and holds nothing of the core.
pub(crate) fn drive<T, E>(way: Way, task: &mut Task<'_, Result<T, E>>) -> Result<T, ApiError>
where
    E: Into<ApiError>,
{
    let Way { hub, transport, progress, cancel } = way;
    let (ask, asked) = channel();
    let (tell, events) = channel();
    if let Some(cancel) = &cancel {
        cancel.tell(tell.clone());
    }
    let courier = std::thread::Builder::new().name("angen-transport".to_owned());
    let carry = move || carry(&asked, &tell, &*transport, progress.as_deref());
    courier.spawn(carry).map_err(|why| no_thread(&why.to_string()))?;
    let mut told = Told::Begin;
    loop {
        if cancel.as_ref().is_some_and(|cancel| cancel.is_cancelled()) {
            return Err(cancelled());
        }
        let answer = file_of(&told);
        let step = task.step(told);
        if let Some(read) = answer {
            // It was read; what cannot be removed lies in the app's own folder for such files.
            let _ = std::fs::remove_file(read);
        }
        told = match step {
            Step::Done(done) => return done.map_err(Into::into),
            Step::Wait { ms } => wait(&events, ms)?,
            Step::Send(request) => {
                let bytes_max = request.answer_bytes_max;
                let request = outgoing(&hub, request);
                ask.send((task.progress(), request)).map_err(|_| no_thread("it ended"))?;
                match events.recv() {
                    Ok(Event::Performed(performed)) => told_of(performed, bytes_max)?,
                    Ok(Event::Cancelled) => return Err(cancelled()),
                    Err(_) => return Err(no_thread("it ended")),
                }
            }
        };
    }
}

/// The thread of the transport: it ends with the exchange, or when the app's code comes back.
fn carry(
    asked: &Receiver<(SyncProgress, HttpRequest)>,
    tell: &Sender<Event>,
    transport: &dyn Transport,
    progress: Option<&dyn Progress>,
) {
    for (came, request) in asked {
        let performed = catch_unwind(AssertUnwindSafe(|| {
            // A bar that cannot be drawn keeps nobody from sending.
            let _ = progress.map(|progress| progress.came(came));
            transport.perform(request)
        }));
        let performed = performed.unwrap_or_else(|panic| Err(panicked(&*panic)));
        if tell.send(Event::Performed(performed)).is_err() {
            return;
        }
    }
}

fn wait(events: &Receiver<Event>, ms: u64) -> Result<Told, ApiError> {
    match events.recv_timeout(Duration::from_millis(ms)) {
        Err(RecvTimeoutError::Timeout) => Ok(Told::Waited),
        Ok(Event::Cancelled) => Err(cancelled()),
        // Nothing was asked, so nothing can have been performed.
        Ok(Event::Performed(_)) | Err(RecvTimeoutError::Disconnected) => {
            Err(no_thread("it answered what nobody asked"))
        }
    }
}

fn outgoing(hub: &HubAddress, request: Request) -> HttpRequest {
    let Request { method, path, headers, body, answer_bytes_max } = request;
    let fields = headers.into_iter();
    HttpRequest {
        method,
        url: hub.url(&path),
        fields: fields.map(|(name, value)| HttpField { name: name.to_owned(), value }).collect(),
        body: match body {
            RequestBody::Empty => HttpBody::Empty,
            RequestBody::Bytes(bytes) => HttpBody::Bytes { bytes },
            RequestBody::File { path, from, bytes } => HttpBody::File { path, from, bytes },
        },
        answer_bytes_max,
    }
}

fn told_of(
    performed: Result<HttpAnswer, TransportError>,
    bytes_max: u64,
) -> Result<Told, ApiError> {
    Ok(match performed {
        Ok(answer) if length(&answer.body) > bytes_max => {
            Told::Cut { why: format!("an answer above {bytes_max} bytes"), came: None }
        }
        Ok(answer) => Told::Answer(incoming(answer)),
        Err(TransportError::Cut { why, came }) if length(&came.body) <= bytes_max => {
            Told::Cut { why, came: Some(incoming(came)) }
        }
        Err(TransportError::Offline { why } | TransportError::Cut { why, .. }) => {
            Told::Cut { why, came: None }
        }
        Err(TransportError::Untrusted { why }) => return Err(untrusted(&why).into()),
        Err(TransportError::Failed { why }) => {
            return Err(ApiError::Internal {
                zh: format!("应用的网络传输出错：{why}"),
                en: format!("the transport that the app lends failed: {why}"),
            });
        }
    })
}

fn incoming(answer: HttpAnswer) -> Answer {
    Answer {
        status: answer.status,
        headers: answer.fields.into_iter().map(|field| (field.name, field.value)).collect(),
        body: match answer.body {
            HttpAnswerBody::Bytes { bytes } => AnswerBody::Bytes(bytes),
            HttpAnswerBody::File { path } => AnswerBody::File(path),
        },
    }
}

/// Bytes of a body. A file that is not there has none; the session says so when it reads it.
fn length(body: &HttpAnswerBody) -> u64 {
    match body {
        HttpAnswerBody::Bytes { bytes } => bytes.len() as u64,
        HttpAnswerBody::File { path } => std::fs::metadata(path).map_or(0, |found| found.len()),
    }
}

fn file_of(told: &Told) -> Option<std::path::PathBuf> {
    match told {
        Told::Answer(Answer { body: AnswerBody::File(path), .. })
        | Told::Cut { came: Some(Answer { body: AnswerBody::File(path), .. }), .. } => {
            Some(path.clone())
        }
        _ => None,
    }
}

fn untrusted(why: &str) -> PushError {
    PushError::NotSent {
        zh: format!("不能确认对方就是平台（{why}）：没有发送任何内容，请核对地址、手机日期和证书"),
        en: format!(
            "who answers cannot be told to be the hub ({why}): nothing was sent, check the \
             address, the date of the phone, and the certificate"
        ),
    }
}

fn cancelled() -> ApiError {
    ApiError::Cancelled {
        zh: "同步已停止，已传的不会重传".to_owned(),
        en: "stopped; what was sent is not sent again".to_owned(),
    }
}

fn no_thread(why: &str) -> ApiError {
    ApiError::Internal {
        zh: format!("不能启动网络传输（{why}），请重启应用后再试"),
        en: format!("the transport cannot be started ({why}): restart the app and try again"),
    }
}

fn panicked(panic: &(dyn Any + Send)) -> TransportError {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
    TransportError::Failed { why: said.unwrap_or("a panic").to_owned() }
}
