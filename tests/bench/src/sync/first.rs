//! Records into the hub and into an empty device, through real HTTP, beside plain rows and peers.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use angen_core::store;
use angen_core::sync::wire::Runs;
use angen_ledger::testing::Scribe;
use angen_ledger::wire::Wire as _;

use crate::report::Report;
use crate::sync::device::{Device, root, runs_of, writer};
use crate::sync::hub::Traffic;
use crate::sync::page::{Figures, median, rate};
use crate::sync::peer::{self, Library, Measured, Peer};
use crate::sync::records::{RECORDS_A_DOSSIER, Record, digest, json_lines, records};
use crate::sync::sizes::Sizes;
use crate::sync::{hub, plain};

/// What a push must reach.
const PUSH_OPS_A_SECOND: f64 = 50_000.0;
/// How many times faster than the peer a first sync must be.
const TIMES_FASTER: f64 = 10.0;

/// One size of the main line, measured.
struct Main {
    count: usize,
    ops: usize,
    push: Duration,
    pull: Duration,
    plain_push: Duration,
    plain_pull: Duration,
    /// Bytes over the sockets for all ops: sent by the phone, given by the hub to the next one.
    pushed_bytes: u64,
    pulled_bytes: u64,
    /// Bytes of the databases: the hub's, and the plain server's.
    disk_bytes: u64,
    plain_disk_bytes: u64,
    values_bytes: usize,
    packed_bytes: usize,
    body_bytes: usize,
    pouchdb: Result<Measured, String>,
    crdts: Vec<(Library, Result<Measured, String>)>,
}

/// Times of one turn.
struct Turn {
    push: Duration,
    pull: Duration,
    pushed_bytes: u64,
    pulled_bytes: u64,
    /// Bytes of the server's database at the end.
    disk_bytes: u64,
}

pub(crate) fn run(report: &mut Report, figures: &mut Figures, sizes: &Sizes) {
    let folder = tempfile::tempdir().expect("a folder");
    let pouchdb = peer::pouchdb(sizes.may_install);
    let crdt = peer::crdt(sizes.may_install);
    let measured: Vec<Main> = sizes
        .records
        .iter()
        .map(|count| {
            let place = folder.path().join(format!("{count}"));
            let main = measure(&place, *count, sizes.turns, &pouchdb, &crdt);
            std::fs::remove_dir_all(place).expect("removes");
            main
        })
        .collect();
    for main in &measured[1..] {
        tell_first_sync(report, main);
    }
    for main in &measured[1..] {
        tell_push(report, main);
    }
    let last = &measured[2];
    tell_bytes(report, last);
    tell_growth(report, &measured);
    let ops = last.ops as f64;
    figures.add("push_ops_per_second", rate(last.ops, last.push));
    figures.add("pull_ops_per_second", rate(last.ops, last.pull));
    figures.add("push_bytes_per_op", last.pushed_bytes as f64 / ops);
    figures.add("hub_disk_bytes_per_op", last.disk_bytes as f64 / ops);
    figures.add("pull_bytes_per_op", last.pulled_bytes as f64 / ops);
}

fn measure(place: &Path, count: usize, turns: usize, pouchdb: &Peer, crdt: &Peer) -> Main {
    let (root, records) = (root(), records(count as u64, count));
    let (mut author, reader) = (writer(2, &root), writer(3, &root));
    let runs = runs_of(&mut author, &records);
    let expected = digest(&records);
    let ops = count + count.div_ceil(RECORDS_A_DOSSIER);
    let lines = json_lines(&records);
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    for turn in 0..turns {
        let place = place.join(format!("{turn}"));
        floors.push(plain_turn(&place.join("plain"), &lines, count));
        let first = Device::new(&place.join("author"), &root, &[&author, &reader]);
        first.take(&[], &runs);
        let second = Device::new(&place.join("reader"), &root, &[&reader]);
        ours.push(our_turn(&place.join("hub"), (&first, &author), (&second, &reader)));
        assert_eq!(second.store.read(store::count_ops).expect("a count"), ops as u64);
        assert_eq!(digest(&second.records()), expected, "other values came than were written");
        std::fs::remove_dir_all(place).expect("removes");
    }
    let file = place.join("records.jsonl");
    std::fs::write(&file, &lines).expect("a file");
    let replicated = |peer: &PathBuf| {
        let server = peer::serve_pouchdb(peer, &place.join("couch"), &file);
        peer::replicate(peer, &server.url, &place.join("pouch"), count, expected)
    };
    let middle = |all: &[Turn], time: fn(&Turn) -> Duration| median(all.iter().map(time).collect());
    let runs_bytes = Runs(runs).to_wire();
    Main {
        count,
        ops,
        push: middle(&ours, |turn| turn.push),
        pull: middle(&ours, |turn| turn.pull),
        plain_push: middle(&floors, |turn| turn.push),
        plain_pull: middle(&floors, |turn| turn.pull),
        pushed_bytes: ours[0].pushed_bytes,
        pulled_bytes: ours[0].pulled_bytes,
        disk_bytes: ours[0].disk_bytes,
        plain_disk_bytes: floors[0].disk_bytes,
        values_bytes: records.iter().map(Record::value_bytes).sum(),
        packed_bytes: packed(&runs_bytes),
        body_bytes: runs_bytes.len(),
        pouchdb: pouchdb.as_ref().map(replicated).map_err(Clone::clone),
        crdts: Library::ALL
            .map(|library| {
                let merge = |program: &PathBuf| library.merge(program, &file, count, expected);
                (library, crdt.as_ref().map(merge).map_err(Clone::clone))
            })
            .to_vec(),
    }
}

/// One push of everything by a device, and one first sync of another.
fn our_turn(folder: &Path, first: (&Device, &Scribe), second: (&Device, &Scribe)) -> Turn {
    let hub = hub::start(folder);
    let begin = Instant::now();
    let pushed = first.0.exchange(&hub.url, first.1);
    let push = begin.elapsed();
    assert_eq!((pushed.waiting_seals, pushed.waiting_blobs), (0, 0), "no receipt for some");
    let after_push = Traffic::of(&hub);
    let begin = Instant::now();
    second.0.exchange(&hub.url, second.1);
    let pull = begin.elapsed();
    let (pulled_bytes, _) = Traffic::of(&hub).since(after_push);
    // The hub is told to stop, and leaves one file behind.
    drop(hub);
    let database = std::fs::metadata(folder.join("angen.db")).expect("a database");
    let pushed_bytes = after_push.came + after_push.went;
    Turn { push, pull, pushed_bytes, pulled_bytes, disk_bytes: database.len() }
}

/// The same values as plain rows.
fn plain_turn(folder: &Path, lines: &str, count: usize) -> Turn {
    let server = plain::start(folder);
    let agent = ureq::agent();
    let begin = Instant::now();
    plain::push(&agent, &server.url, lines);
    let push = begin.elapsed();
    let mut device = plain::open(&folder.join("device"));
    let begin = Instant::now();
    plain::pull(&agent, &server.url, &mut device, 0);
    let pull = begin.elapsed();
    assert_eq!(plain::count(&device), count);
    drop(server);
    let database = std::fs::metadata(folder.join("plain.db")).expect("a database");
    Turn { push, pull, pushed_bytes: 0, pulled_bytes: 0, disk_bytes: database.len() }
}

/// Bytes after deflate at its usual level, which no request uses today.
fn packed(bytes: &[u8]) -> usize {
    use std::io::Write as _;
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("memory takes it");
    packer.finish().expect("memory takes it").len()
}

fn tell_first_sync(report: &mut Report, main: &Main) {
    let Main { count, pull, plain_pull, .. } = main;
    let work = format!("first sync of {count} records with random values into an empty device");
    let ours = format!("{:.0} records/s", rate(*count, *pull));
    let seconds = pull.as_secs_f64();
    match &main.pouchdb {
        Ok(peer) => report.add(
            &work,
            ours.clone(),
            format!("{:.0} PouchDB 9 from express-pouchdb", rate(*count, peer.time)),
            Some(seconds / peer.time.as_secs_f64()),
            "a tenth of the peer's time",
            seconds * TIMES_FASTER <= peer.time.as_secs_f64(),
        ),
        Err(why) => report.compare(&work, ours.clone(), format!("PouchDB {why}"), None),
    }
    report.compare(
        &work,
        ours.clone(),
        format!("{:.0} plain rows, unsigned, JSON over the same HTTP", rate(*count, *plain_pull)),
        Some(seconds / plain_pull.as_secs_f64()),
    );
    for (library, merged) in &main.crdts {
        let name = library.name();
        match merged {
            Ok(peer) => report.compare(
                &work,
                ours.clone(),
                format!("{:.0} {name} in memory, no network, no disk", rate(*count, peer.time)),
                Some(seconds / peer.time.as_secs_f64()),
            ),
            Err(why) => report.compare(&work, ours.clone(), format!("{name} {why}"), None),
        }
    }
}

fn tell_push(report: &mut Report, main: &Main) {
    let ours = rate(main.ops, main.push);
    report.add(
        &format!("push {} ops with apply, log and receipt for every seal", main.ops),
        format!("{ours:.0} op/s"),
        format!("{:.0} plain rows, unsigned", rate(main.count, main.plain_push)),
        Some(main.push.as_secs_f64() / main.plain_push.as_secs_f64()),
        "50,000 op/s",
        ours >= PUSH_OPS_A_SECOND,
    );
}

fn tell_bytes(report: &mut Report, main: &Main) {
    let each = |bytes: u64| bytes as f64 / main.ops as f64;
    let values = main.values_bytes as f64 / main.count as f64;
    let mut line = |work: &str, ours: f64| {
        let floor = format!("{values:.0} B the values alone");
        report.compare(work, format!("{ours:.0} B"), floor, Some(ours / values));
    };
    line("bytes an op on the wire, pushed: requests and answers with heads, receipts included", {
        each(main.pushed_bytes)
    });
    line("bytes an op on the wire, first sync: the same, receipts included", {
        each(main.pulled_bytes)
    });
    line("bytes an op in the body of a push", each(main.body_bytes as u64));
    line("the same if it were packed by deflate (it is not: salts, hashes and signatures stay)", {
        each(main.packed_bytes as u64)
    });
    let plain = main.plain_disk_bytes as f64 / main.count as f64;
    report.compare(
        "bytes an op in the hub's database, projection, log and indexes included",
        format!("{:.0} B", each(main.disk_bytes)),
        format!("{plain:.0} B a plain row with its index"),
        Some(each(main.disk_bytes) / plain),
    );
    let mut line = |work: &str, ours: f64| {
        let floor = format!("{values:.0} B the values alone");
        report.compare(work, format!("{ours:.0} B"), floor, Some(ours / values));
    };
    for (library, merged) in &main.crdts {
        if let Ok(merged) = merged {
            let work = format!("bytes a record of the {} update, for comparison", library.name());
            line(&work, merged.bytes as f64 / main.count as f64);
        }
    }
}

fn tell_growth(report: &mut Report, all: &[Main]) {
    let (one, ten, hundred) = (&all[0], &all[1], &all[2]);
    let mut line = |what: &str, value: fn(&Main) -> f64, unit: &str| {
        let [one, ten, hundred] = [one, ten, hundred].map(value);
        report.compare(
            &format!("growth of {what}: {} records, 10 and 100 times as many", all[0].count),
            format!("{hundred:.0} {unit} at 100×, {ten:.0} at 10×"),
            format!("{one:.0} at 1×"),
            Some(hundred / one),
        );
    };
    line("the push", |main| rate(main.ops, main.push), "op/s");
    line("the first sync", |main| rate(main.count, main.pull), "records/s");
    line("the first sync's bytes", |main| main.pulled_bytes as f64 / main.ops as f64, "B/op");
    line("the plain rows' first sync", |main| rate(main.count, main.plain_pull), "records/s");
}
