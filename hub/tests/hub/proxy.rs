//! A network that cuts once, after any byte, in either direction: afterwards everything is whole.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use crate::common::{Phone, TestDisk, TestHub, request};
use angen_core::store;
use angen_hub::client::{Caller, exchange, push_dossier};
use angen_ledger::header::BlobRef;

/// Every so many bytes a cut; with this in the environment, at every byte.
const STEP: usize = 97;
const EVERY_BYTE: &str = "ANGEN_CUT_EVERY_BYTE";

/// Bytes of a part of a blob.
const PART_BYTES: usize = 4 << 10;

/// Bytes of a run of requests that are not bodies: heads, and what is asked again after a cut.
const ASKED_AGAIN_BYTES: u64 = 2_500;

fn step() -> usize {
    if std::env::var_os(EVERY_BYTE).is_some() { 1 } else { STEP }
}

/// Pushes at once: what was cut waits before it asks again, and so do most of them at any time.
const PUSHES_AT_ONCE: usize = 16;

/// Runs once for each place of the asked and of the said bytes, several at once.
pub(crate) fn cut_everywhere(
    at_once: usize,
    (asked, said): (u64, u64),
    run: impl Fn(Half, u64) + Sync,
) {
    let places = |half, bytes| (0..bytes).step_by(step()).map(move |at| (half, at));
    let places: Vec<(Half, u64)> =
        places(Half::Asked, asked).chain(places(Half::Said, said)).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some((half, at)) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                    run(*half, *at);
                }
            });
        }
    });
}

/// Which half of the talk is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Asked,
    Said,
}

/// Passes bytes on, and cuts the connection that carries the byte at a place, once.
pub(crate) struct Proxy {
    address: SocketAddr,
    asked: Arc<AtomicU64>,
    said: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

/// A cut at every byte takes thousands of proxies: each gives its port back.
impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // The accepting thread looks when somebody comes.
        let _ = TcpStream::connect(self.address);
    }
}

impl Proxy {
    pub(crate) fn before(hub: SocketAddr, half: Half, cut_at: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            said: Arc::default(),
            is_over: Arc::default(),
        };
        let (asked, said) = (Arc::clone(&proxy.asked), Arc::clone(&proxy.said));
        let is_over = Arc::clone(&proxy.is_over);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(hub)) else { return };
                let place = |of| if half == of { cut_at } else { u64::MAX };
                for (from, to, count, cut_at) in [
                    (&client, &server, &asked, place(Half::Asked)),
                    (&server, &client, &said, place(Half::Said)),
                ] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let count = Arc::clone(count);
                    std::thread::spawn(move || pass(from, to, &count, cut_at));
                }
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    pub(crate) fn said(&self) -> u64 {
        self.said.load(Ordering::SeqCst)
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64, cut_at: u64) {
    let mut piece = [0; 4_096];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        let before = count.fetch_add(read as u64, Ordering::SeqCst);
        let is_cut = (before..before + read as u64).contains(&cut_at);
        let passed = if is_cut { (cut_at - before) as usize } else { read };
        if to.write_all(&piece[..passed]).is_err() || is_cut {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

/// Whether a hub has everything of the phone's register, and its photo.
fn check_whole(phone: &Phone, hub: &TestHub, blob: BlobRef, cipher: &[u8], said: &str) {
    let register = phone.register();
    let own = phone.store.read(|c| store::heads_of(c, register)).unwrap();
    assert_eq!(hub.store.read(|c| store::heads_of(c, register)).unwrap(), own, "{said}");
    let held = std::fs::read(hub.store.blobs().path_of(blob.address));
    assert_eq!(held.expect(said), cipher, "{said}");
    assert_eq!(hub.store.read(store::count_ops).unwrap(), 2, "{said}");
}

#[test]
fn a_push_that_is_cut_anywhere_is_whole_afterwards_and_sends_one_request_twice_at_most() {
    let phone = Phone::new(221);
    phone.capture(0, "a.jpg", 4_000);
    let (blob, cipher) = phone.only_blob();
    let run = |half, cut_at| {
        let hub = TestHub::knowing(&[phone.place.root]);
        let proxy = Proxy::before(hub.address, half, cut_at);
        let pushed = push_dossier(&proxy.url(), &phone.store, phone.register());
        let said = format!("{half:?} cut at {cut_at}");
        assert!(pushed.expect(&said).is_same, "{said}");
        check_whole(&phone, &hub, blob, &cipher, &said);
        (proxy.asked(), proxy.said())
    };
    let (asked, said) = run(Half::Asked, u64::MAX);
    // The largest request is the photo, or the certificates.
    let largest: usize = phone.certificates().iter().map(Vec::len).sum();
    let most = asked + largest.max(cipher.len()) as u64 + ASKED_AGAIN_BYTES;
    cut_everywhere(PUSHES_AT_ONCE, (asked, said), |half, cut_at| {
        let (sent, _) = run(half, cut_at);
        assert!(sent <= most, "{half:?} cut at {cut_at}: {sent} bytes instead of {asked}");
    });
}

#[test]
fn a_blob_in_parts_that_is_cut_anywhere_is_whole_afterwards_and_sends_one_part_twice_at_most() {
    let phone = Phone::new(222);
    phone.capture(0, "a.jpg", 3 * PART_BYTES);
    let (blob, cipher) = phone.only_blob();
    let path = format!("/v1/blobs/{}", blob.address);
    let hub = TestHub::knowing(&[phone.place.root]);
    crate::blobs::send_ops(&phone, &hub);
    // Sends parts as the hub asks for them; the bytes of bodies that went.
    let run = |half, cut_at| {
        let _ = std::fs::remove_file(hub.store.blobs().path_of(blob.address));
        let proxy = Proxy::before(hub.address, half, cut_at);
        let (mut sent, said) = (0, format!("{half:?} cut at {cut_at}"));
        for _ in 0..20 {
            let fields = |offset: usize| {
                let length = ("Upload-Length", blob.length.to_string());
                [length, ("Upload-Offset", offset.to_string())]
            };
            let told = request(proxy.address, "HEAD", &path, &fields(0), &[]);
            let Some(offset) = told.header("upload-offset") else { continue };
            let offset: usize = offset.parse().unwrap();
            if offset == cipher.len() {
                check_whole(&phone, &hub, blob, &cipher, &said);
                return (sent, proxy.asked(), proxy.said());
            }
            let part = &cipher[offset..cipher.len().min(offset + PART_BYTES)];
            let answer = request(proxy.address, "PATCH", &path, &fields(offset), part);
            assert!(matches!(answer.status, 0 | 204 | 400 | 409 | 423), "{said}: {answer:?}");
            // While the hub still takes what came before the cut it refuses, which the client hears
            // before it sends a part (`Expect: 100-continue`).
            match answer.status {
                409 | 423 => std::thread::sleep(Duration::from_millis(10)),
                _ => sent += part.len(),
            }
        }
        panic!("{said}: it does not come to an end");
    };
    let (_, asked, said) = run(Half::Asked, u64::MAX);
    // One after the other: all of them send the same file to the same hub.
    for (half, bytes) in [(Half::Asked, asked), (Half::Said, said)] {
        for cut_at in (0..bytes).step_by(step()) {
            let (sent, ..) = run(half, cut_at);
            let twice = sent - cipher.len();
            assert!(twice <= PART_BYTES, "{half:?} cut at {cut_at}: {twice} bytes twice");
        }
    }
}

#[test]
fn an_exchange_that_is_cut_is_done_again_and_then_everything_has_its_receipt() {
    let phone = Phone::new(223);
    phone.capture(0, "a.jpg", 4_000);
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let caller = Caller { certificate, key: &*key };
    for (half, cut_at) in [500, 3_000, 8_000, 14_000]
        .map(|at| (Half::Asked, at))
        .into_iter()
        .chain([100, 1_500, 4_000, 7_000].map(|at| (Half::Said, at)))
    {
        let phone = phone.copy(224);
        let (hub, _) = TestHub::certified(&[&phone]);
        let proxy = Proxy::before(hub.address, half, cut_at);
        let meet = || {
            exchange(&proxy.url(), &phone.store, &TestDisk::roomy(), &[phone.place.root], &caller)
        };
        let done = meet().or_else(|_| meet()).unwrap();
        assert_eq!((done.waiting_seals, done.waiting_blobs), (0, 0), "{half:?} cut at {cut_at}");
    }
}
