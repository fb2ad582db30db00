//! Blobs in parts: cut, resumed, altered, unknown, too long, and names that are paths.

use crate::common::{Answer, Cutter, Phone, TestDisk, TestHub, exchange, request, request_head};
use angen_core::store;
use angen_hub::client::push_dossier;
use angen_hub::limits::Patience;
use angen_hub::wire::{Certificates, Runs};
use angen_ledger::header::BlobRef;
use angen_ledger::wire::Wire;

/// A phone with one photo, and a hub that has the ops and not the photo.
fn begun(seed: u64, bytes: usize) -> (Phone, TestHub, BlobRef, Vec<u8>) {
    let phone = Phone::new(seed);
    phone.capture(0, "photo.jpg", bytes);
    let hub = TestHub::knowing(&[phone.place.root]);
    send_ops(&phone, &hub);
    let (blob, cipher) = phone.only_blob();
    (phone, hub, blob, cipher)
}

pub(crate) fn send_ops(phone: &Phone, hub: &TestHub) {
    let certificates = Certificates(phone.certificates()).to_wire();
    let answer = request(hub.address, "POST", "/v1/certificates", &[], &certificates);
    assert_eq!(answer.status, 200, "{answer:?}");
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let runs = Runs(phone.runs(phone.register())).to_wire();
    let answer = request(hub.address, "POST", &path, &[], &runs);
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn fields(blob: BlobRef, offset: u64) -> Vec<(&'static str, String)> {
    vec![("Upload-Length", blob.length.to_string()), ("Upload-Offset", offset.to_string())]
}

fn patch(hub: &TestHub, blob: BlobRef, offset: u64, bytes: &[u8]) -> Answer {
    let path = format!("/v1/blobs/{}", blob.address);
    request(hub.address, "PATCH", &path, &fields(blob, offset), bytes)
}

/// What the hub says it has, once nobody is writing any more.
fn offset(hub: &TestHub, blob: BlobRef) -> u64 {
    let path = format!("/v1/blobs/{}", blob.address);
    let answer = request(hub.address, "HEAD", &path, &fields(blob, 0), &[]);
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.header("upload-offset").unwrap().parse().unwrap()
}

#[test]
fn a_blob_that_is_cut_in_the_middle_goes_on_where_it_was_cut() {
    let (phone, hub, blob, cipher) = begun(21, 400_000);
    let half = cipher.len() / 2;
    let path = format!("/v1/blobs/{}", blob.address);
    let mut announced = fields(blob, 0);
    announced.push(("Content-Length", cipher.len().to_string()));
    let mut bytes = request_head("PATCH", &path, &announced).into_bytes();
    bytes.extend(&cipher[..half]);

    // Half of the body, then the sender's half of the connection ends.
    let answer = exchange(hub.address, &bytes, true);
    assert!(matches!(answer.status, 0 | 400), "{answer:?}");

    let deadline = std::time::Duration::from_millis(20);
    while offset(&hub, blob) < half as u64 {
        std::thread::sleep(deadline);
    }
    assert_eq!(offset(&hub, blob), half as u64);
    assert!(!hub.store.blobs().holds(blob.address));
    let pushed = push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();
    assert_eq!(pushed.sent_blob_bytes, (cipher.len() - half) as u64);
    assert_eq!(std::fs::read(hub.store.blobs().path_of(blob.address)).unwrap(), cipher);
    assert_eq!(offset(&hub, blob), blob.length);
}

#[test]
fn a_network_that_cuts_every_connection_still_carries_the_blob_and_little_twice() {
    const CUT_AFTER_BYTES: u64 = 150_000;
    let (phone, hub, blob, cipher) = begun(22, 900_000);
    let cutter = Cutter::before(hub.address, CUT_AFTER_BYTES);

    let url = format!("http://{}", cutter.address);
    let pushed = push_dossier(&url, &phone.store, phone.register()).unwrap();

    assert_eq!(std::fs::read(hub.store.blobs().path_of(blob.address)).unwrap(), cipher);
    assert!(pushed.is_same);
    let cuts = cutter.connections.load(std::sync::atomic::Ordering::Relaxed);
    assert!(cuts >= 6, "{cuts} connections");
    // What the hub has read before a cut stays; only what was on the way is sent again.
    let bytes = cutter.bytes.load(std::sync::atomic::Ordering::Relaxed);
    assert!(bytes < blob.length + cuts * 20_000, "{bytes} bytes for {}", blob.length);
}

#[test]
fn an_altered_blob_is_refused_and_dropped_and_the_right_one_taken() {
    let (_phone, hub, blob, cipher) = begun(23, 90_000);
    let before = hub.contents();
    let mut altered = cipher.clone();
    altered[cipher.len() / 3] ^= 1;

    let (first, second) = altered.split_at(40_000);
    assert_eq!(patch(&hub, blob, 0, first).status, 204);
    let answer = patch(&hub, blob, 40_000, second);

    assert_eq!(answer.refusal(), (422, "blob_altered".to_owned()));
    assert_eq!(answer.header("upload-offset"), Some("0"));
    assert_eq!(hub.contents(), before);
    assert_eq!(patch(&hub, blob, 0, &cipher).status, 204);
    assert!(hub.store.blobs().holds(blob.address));
}

#[test]
fn a_blob_that_no_op_names_with_that_length_is_refused() {
    let (_phone, hub, blob, cipher) = begun(24, 10_000);
    let before = hub.contents();
    let stranger = BlobRef { address: angen_ledger::hash::Hash([7; 32]), length: 10 };
    assert_eq!(patch(&hub, stranger, 0, b"0123456789").refusal(), (404, "blob_unknown".to_owned()));
    let longer = BlobRef { length: blob.length + 1, ..blob };
    assert_eq!(patch(&hub, longer, 0, &cipher).refusal(), (404, "blob_unknown".to_owned()));
    assert_eq!(hub.contents(), before);
}

#[test]
fn another_offset_and_more_bytes_than_named_are_refused_and_change_nothing() {
    let (_phone, hub, blob, cipher) = begun(25, 50_000);
    assert_eq!(patch(&hub, blob, 0, &cipher[..1_000]).status, 204);
    let before = hub.contents();

    for wrong in [0, 999, 1_001, blob.length] {
        let answer = patch(&hub, blob, wrong, &cipher[1_000..]);
        assert_eq!(answer.refusal(), (409, "other_offset".to_owned()));
        assert_eq!(answer.header("upload-offset"), Some("1000"));
    }
    let too_much = [&cipher[1_000..], b"!"].concat();
    assert_eq!(patch(&hub, blob, 1_000, &too_much).refusal(), (413, "over_length".to_owned()));
    // Nothing announces the length of a body in chunks: it is counted, and all of it taken back.
    let path = format!("/v1/blobs/{}", blob.address);
    let mut chunked = fields(blob, 1_000);
    chunked.push(("Transfer-Encoding", "chunked".to_owned()));
    let mut bytes = request_head("PATCH", &path, &chunked).into_bytes();
    bytes.extend(format!("{:x}\r\n", too_much.len()).as_bytes());
    bytes.extend(&too_much);
    bytes.extend(b"\r\n0\r\n\r\n");
    assert_eq!(exchange(hub.address, &bytes, false).refusal(), (413, "over_length".to_owned()));

    assert_eq!(offset(&hub, blob), 1_000);
    assert_eq!(hub.contents(), before);
    assert_eq!(patch(&hub, blob, 1_000, &cipher[1_000..]).status, 204);
    assert!(hub.store.blobs().holds(blob.address));
}

#[test]
fn an_address_that_is_a_path_is_refused() {
    let (_phone, hub, blob, _cipher) = begun(26, 1_000);
    let before = hub.contents();
    let upper = blob.address.to_string().to_uppercase();
    for (address, status) in [
        ("..%2f..%2fangen.db", 400),
        ("%2e%2e%2fangen.db", 400),
        ("../../../../etc/passwd", 404),
        ("..\\angen.db", 400),
        (upper.as_str(), 400),
        ("%00", 400),
        ("", 404),
    ] {
        let path = format!("/v1/blobs/{address}");
        let answer = request(hub.address, "PATCH", &path, &fields(blob, 0), b"x");
        assert_eq!(answer.status, status, "{address}: {answer:?}");
        answer.code();
    }
    assert_eq!(hub.contents(), before);
}

#[test]
fn a_part_that_lost_its_check_in_a_crash_is_checked_after_one_more_byte() {
    let (phone, hub, blob, cipher) = begun(27, 30_000);
    let part = format!("blobs/{}-{}.part", blob.address, blob.length);
    std::fs::write(hub.store.folder().join(part), &cipher).unwrap();

    assert_eq!(offset(&hub, blob), blob.length - 1);
    let pushed = push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();

    assert_eq!(pushed.sent_blob_bytes, 1);
    assert!(hub.store.blobs().holds(blob.address));
}

#[test]
fn a_full_disk_is_said_and_the_ops_stay() {
    let phone = Phone::new(28);
    phone.capture(0, "photo.jpg", 30_000);
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), &[phone.place.root], TestDisk(1_000), Patience::USUAL);
    send_ops(&phone, &hub);
    let (blob, cipher) = phone.only_blob();
    assert_eq!(patch(&hub, blob, 0, &cipher).refusal(), (507, "no_space".to_owned()));
    assert_eq!(hub.store.read(store::count_ops).unwrap(), 2);
}

#[test]
fn one_blob_is_written_by_one_sender_at_a_time() {
    let (_phone, hub, blob, cipher) = begun(29, 60_000);
    let path = format!("/v1/blobs/{}", blob.address);
    let mut announced = fields(blob, 0);
    announced.push(("Content-Length", cipher.len().to_string()));
    let mut first = std::net::TcpStream::connect(hub.address).unwrap();
    let head = request_head("PATCH", &path, &announced);
    std::io::Write::write_all(&mut first, head.as_bytes()).unwrap();
    std::io::Write::write_all(&mut first, &cipher[..30_000]).unwrap();
    while offset(&hub, blob) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }

    // Whoever is refused must not end the turn of the first.
    for _ in 0..2 {
        let other = patch(&hub, blob, 0, &cipher);
        assert_eq!(other.refusal(), (423, "in_progress".to_owned()));
    }

    std::io::Write::write_all(&mut first, &cipher[30_000..]).unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut first, &mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    assert!(hub.store.blobs().holds(blob.address));
}
