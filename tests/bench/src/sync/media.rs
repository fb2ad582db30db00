//! A blob to the hub and to the next device, beside a file copied over the same HTTP stack.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use angen_core::store::{self, Arrived};
use angen_ledger::id::EntityId;
use angen_ledger::testing::{evidence, opening};

use crate::report::Report;
use crate::sync::device::{AREA, Device, Roomy, dossier, root, run_of, writer};
use crate::sync::page::{Figures, median};
use crate::sync::sizes::Sizes;
use crate::sync::{hub, plain};

/// Bytes in a MiB.
const MIB: f64 = 1_048_576.0;

pub(crate) fn run(report: &mut Report, figures: &mut Figures, sizes: &Sizes) {
    let folder = tempfile::tempdir().expect("a folder");
    // Little that repeats: a step of a linear congruential generator (Knuth, MMIX) for each byte.
    let mut state = 1_u64;
    let original: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(sizes.blob_bytes)
    .collect();
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    for turn in 0..sizes.turns {
        let place = folder.path().join(format!("{turn}"));
        floors.push(copy(&place.join("plain"), &original));
        ours.push(exchange(&place, &original));
        std::fs::remove_dir_all(place).expect("removes");
    }
    let mib = sizes.blob_bytes as f64 / MIB;
    let mut line = |what: &str, name: &str, at: fn(&(Duration, Duration)) -> Duration| {
        let [ours, floor] = [&ours, &floors].map(|all| median(all.iter().map(at).collect()));
        let [ours, floor] = [ours, floor].map(|time| time.as_secs_f64());
        report.compare(
            &format!("{what} of {mib:.0} MiB, hashed on arrival, with its receipt"),
            format!("{:.0} MiB/s", mib / ours),
            format!("{:.0} MiB/s a file copied over the same HTTP, synced", mib / floor),
            Some(ours / floor),
        );
        figures.add(name, mib / ours);
    };
    line("a blob to the hub", "upload_mib_per_second", |times| times.0);
    line("a blob from the hub", "download_mib_per_second", |times| times.1);
}

/// How long it takes to bring the blob to a hub, and from there to another device.
fn exchange(place: &Path, original: &[u8]) -> (Duration, Duration) {
    let root = root();
    let (mut author, reader) = (writer(2, &root), writer(3, &root));
    let first = Device::new(&place.join("first"), &root, &[&author, &reader]);
    let second = Device::new(&place.join("second"), &root, &[&reader]);
    let (id, entity) = (dossier(0), EntityId(author.bytes()));
    let (cipher, draft) = evidence(id, entity, author.bytes(), original);
    let blob = draft.blobs[0];
    let blobs = first.store.blobs();
    let mut arrival = blobs.arrive(&Roomy, blob).expect("a place");
    arrival.append(&Roomy, &cipher).expect("the disk takes it");
    let ended = blobs.end_part(&Roomy, arrival).expect("the disk has it");
    assert!(ended == Arrived::Whole);
    drop(cipher);
    let run = run_of(&mut author, vec![opening(id, AREA), draft]);
    first.take(&[], &[run]);
    let hub = hub::start(&place.join("hub"));
    let begin = Instant::now();
    let done = first.exchange(&hub.url, &author);
    let sent = begin.elapsed();
    assert_eq!((done.sent_blobs, done.waiting_blobs), (1, 0));
    let begin = Instant::now();
    let done = second.exchange(&hub.url, &reader);
    let fetched = begin.elapsed();
    assert_eq!(done.pulled.blobs, 1);
    assert!(second.store.blobs().is_intact(blob.address).expect("the disk gives it"));
    assert!(second.store.read(|read| store::is_named(read, blob)).expect("reads"));
    (sent, fetched)
}

/// The same for a plain file.
fn copy(place: &Path, original: &[u8]) -> (Duration, Duration) {
    let server = plain::start(place);
    let (from, to) = (place.join("from"), place.join("to"));
    std::fs::write(&from, original).expect("a file");
    let agent = ureq::agent();
    let begin = Instant::now();
    let file = File::open(&from).expect("the file");
    agent.put(format!("{}/file", server.url)).send(&file).expect("it is taken");
    let sent = begin.elapsed();
    let begin = Instant::now();
    let answer = agent.get(format!("{}/file", server.url)).call().expect("it is given");
    let mut file = File::create(&to).expect("a file");
    std::io::copy(&mut answer.into_body().into_reader(), &mut file).expect("the disk takes it");
    file.sync_all().expect("the disk has it");
    let fetched = begin.elapsed();
    assert_eq!(std::fs::read(&to).expect("the copy"), original, "the copy is another one");
    (sent, fetched)
}
