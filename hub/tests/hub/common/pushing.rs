//! The core's own sessions over requests of our own: with a token added, or bent on their way.

use std::net::SocketAddr;
use std::time::Duration;

use angen_core::sync::{
    self, Answer as Answered, AnswerBody, PushError, Pushed, Request, Step, Task, Told,
};
use angen_hub::testing::body_bytes;
use angen_ledger::id::DossierId;

use crate::common::{Answer, Phone, request, sign_in};

/// Pushes a dossier of a phone as its administrator; nothing else happens to the phone.
pub(crate) fn push(
    hub: SocketAddr,
    phone: &Phone,
    dossier: DossierId,
) -> Result<Pushed, PushError> {
    let token = sign_in(hub, phone, phone.place.administrator).token;
    let mut task = sync::push_dossier(7, &phone.store, dossier);
    drive(&mut task, |mut asked| {
        asked.headers.push(("Authorization", format!("Bearer {token}")));
        send(hub, &asked)
    })
}

/// Sends a body to a path as the administrator of a phone.
pub(crate) fn post_as(hub: SocketAddr, phone: &Phone, path: &str, body: &[u8]) -> Answer {
    let token = sign_in(hub, phone, phone.place.administrator).token;
    request(hub, "POST", path, &[("Authorization", format!("Bearer {token}"))], body)
}

/// Drives a session to its end over a network that a test has in its hands.
pub(crate) fn drive<T>(task: &mut Task<'_, T>, network: impl Fn(Request) -> Answered) -> T {
    let mut told = Told::Begin;
    loop {
        told = match task.step(told) {
            Step::Done(done) => return done,
            Step::Wait { ms } => {
                std::thread::sleep(Duration::from_millis(ms));
                Told::Waited
            }
            Step::Send(asked) => Told::Answer(network(asked)),
        };
    }
}

/// Sends a request as it is.
pub(crate) fn send(hub: SocketAddr, asked: &Request) -> Answered {
    let body = body_bytes(&asked.body).unwrap();
    // What this sends does not wait for a word of the hub between head and body.
    let fields = asked.headers.iter().filter(|(name, _)| *name != "Expect");
    let fields: Vec<(&str, String)> = fields.cloned().collect();
    let answer = request(hub, asked.method.word(), &asked.path, &fields, &body);
    let headers = answer.head.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_owned(), value.trim().to_owned()))
    });
    Answered {
        status: answer.status,
        headers: headers.collect(),
        body: AnswerBody::Bytes(answer.body),
    }
}
