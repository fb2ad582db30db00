//! A hub that lies: every answer of an honest one passes through the hands of a test.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use crate::common::{Answer, exchange};

/// What a test makes of the answer to a path.
type Twist = dyn Fn(&str, &Answer) -> Option<Vec<u8>> + Send + Sync;

/// Listens in front of a hub; where the twist gives bytes, they are the body of the answer.
pub(crate) fn liar_before(
    hub: SocketAddr,
    twist: impl Fn(&str, &Answer) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // Ends with the test's process: nothing tells an accepting thread to stop.
    std::thread::spawn(move || {
        for client in listener.incoming() {
            pass_on(&mut client.unwrap(), hub, &twist);
        }
    });
    format!("http://{address}")
}

fn pass_on(client: &mut TcpStream, hub: SocketAddr, twist: &Twist) {
    let Some((head, body)) = read_request(client) else { return };
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let one_shot = head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let answer = exchange(hub, &[one_shot.as_bytes(), &body].concat(), false);
    let body = twist(&path, &answer).unwrap_or_else(|| answer.body.clone());
    let kept = answer.head.lines().filter(|line| {
        let name = line.to_ascii_lowercase();
        !name.starts_with("content-length") && !name.starts_with("connection")
    });
    let mut head: String = kept.map(|line| format!("{line}\r\n")).collect();
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()));
    let _ = client.write_all(&[head.as_bytes(), &body].concat());
}

fn read_request(client: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4_096]);
    let end = loop {
        let read = client.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend(&piece[..read]);
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
    });
    let mut body = bytes[end..].to_vec();
    while body.len() < length.unwrap_or(0_usize) {
        let read = client.read(&mut piece).ok().filter(|read| *read > 0)?;
        body.extend(&piece[..read]);
    }
    Some((head, body))
}
