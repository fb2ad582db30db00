//! Requests as bytes on a socket, so that a test can send what no client would.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use angen_ledger::log::refusal::SignedRefusal;
use base64ct::{Base64UrlUnpadded, Encoding};

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header field.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The code of a refusal, which also says the same in two languages.
    pub(crate) fn code(&self) -> String {
        let json: serde_json::Value = serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("a refusal in JSON was expected: {self:?}"));
        assert!(json["zh"].as_str().is_some_and(|zh| !zh.is_ascii()), "{self:?}");
        assert!(json["en"].as_str().is_some_and(|en| en.is_ascii() && !en.is_empty()), "{self:?}");
        let signed = usize::from(json.get("signed").is_some());
        assert_eq!(json.as_object().unwrap().len(), 3 + signed);
        json["code"].as_str().unwrap().to_owned()
    }

    /// What the hub signed of its refusal.
    pub(crate) fn signed(&self) -> Option<SignedRefusal> {
        let json: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        let cose = Base64UrlUnpadded::decode_vec(json.get("signed")?.as_str()?).unwrap();
        Some(SignedRefusal::read(&cose).unwrap())
    }

    /// Status and code together.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status, self.code())
    }
}

/// The head of a request with its fields, as it goes over the wire.
pub(crate) fn request_head(method: &str, path: &str, fields: &[(&str, String)]) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n");
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head + "\r\n"
}

/// Sends a request with a body of known length and reads the answer.
pub(crate) fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    fields: &[(&str, String)],
    body: &[u8],
) -> Answer {
    let mut fields = fields.to_vec();
    fields.push(("Content-Length", body.len().to_string()));
    let mut bytes = request_head(method, path, &fields).into_bytes();
    bytes.extend(body);
    exchange(address, &bytes, false)
}

/// Sends bytes, ends the sending half if asked to, and reads what comes back.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8], half_close: bool) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // The hub may answer and close before it has read everything.
    let _ = stream.write_all(bytes);
    if half_close {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let end = all.windows(4).position(|window| window == b"\r\n\r\n");
    let Some(end) = end else {
        return Answer { status: 0, head: String::new(), body: all };
    };
    let head = String::from_utf8(all[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: all[end + 4..].to_vec() }
}

/// A network that cuts every connection after so many bytes from the client.
pub(crate) struct Cutter {
    pub(crate) address: SocketAddr,
    pub(crate) connections: Arc<AtomicU64>,
    pub(crate) bytes: Arc<AtomicU64>,
}

impl Cutter {
    /// In front of a hub.
    pub(crate) fn before(hub: SocketAddr, cut_after_bytes: u64) -> Self {
        Self::cutting(hub, cut_after_bytes, u64::MAX)
    }

    /// In front of a hub, counting what the hub says.
    pub(crate) fn of_answers(hub: SocketAddr, cut_after_bytes: u64) -> Self {
        Self::cutting(hub, u64::MAX, cut_after_bytes)
    }

    fn cutting(hub: SocketAddr, asked_max: u64, said_max: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let cutter = Self {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            bytes: Arc::default(),
        };
        let (connections, bytes) = (Arc::clone(&cutter.connections), Arc::clone(&cutter.bytes));
        // Ends with the test's process: nothing tells an accepting thread to stop.
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(hub).unwrap());
                connections.fetch_add(1, Ordering::Relaxed);
                let bytes = Arc::clone(&bytes);
                std::thread::spawn(move || relay(&client, &server, (asked_max, said_max), &bytes));
            }
        });
        cutter
    }
}

fn relay(
    client: &TcpStream,
    server: &TcpStream,
    (asked_max, said_max): (u64, u64),
    bytes: &AtomicU64,
) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _ = std::io::copy(&mut server.take(said_max), &mut &*client);
            let _ = client.shutdown(Shutdown::Both);
            let _ = server.shutdown(Shutdown::Both);
        });
        let passed = std::io::copy(&mut client.take(asked_max), &mut &*server);
        bytes.fetch_add(passed.unwrap_or(0), Ordering::Relaxed);
        let _ = server.shutdown(Shutdown::Both);
        let _ = client.shutdown(Shutdown::Both);
    });
}
