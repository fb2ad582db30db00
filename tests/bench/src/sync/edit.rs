//! One edit from phone to phone: signed, sealed, logged, pulled with its receipt and projected.

use std::path::Path;
use std::time::{Duration, Instant};

use angen_ledger::testing::{Scribe, opening};

use crate::report::{Report, ms};
use crate::sync::device::{AREA, Device, Roomy, dossier, draft_of, root, run_of, writer};
use crate::sync::hub::Traffic;
use crate::sync::page::{Figures, median, rate};
use crate::sync::records::{Record, records};
use crate::sync::sizes::Sizes;
use crate::sync::{hub, plain};

/// Devices that ask at once for what is new.
const IDLE: usize = 8;

/// Both phones, and who holds them.
struct Phones {
    author: Scribe,
    reader: Scribe,
    first: Device,
    second: Device,
}

pub(crate) fn run(report: &mut Report, figures: &mut Figures, sizes: &Sizes) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = root();
    let (mut author, reader) = (writer(2, &root), writer(3, &root));
    let first = Device::new(&folder.path().join("first"), &root, &[&author, &reader]);
    let second = Device::new(&folder.path().join("second"), &root, &[&reader]);
    let opened = run_of(&mut author, vec![opening(dossier(0), AREA)]);
    first.take(&[], &[opened]);
    let hub = hub::start(&folder.path().join("hub"));
    first.exchange(&hub.url, &author);
    second.exchange(&hub.url, &reader);
    let mut phones = Phones { author, reader, first, second };

    let all = records(7, 2 * sizes.edits);
    let (some, others) = all.split_at(sizes.edits);
    let floor = plain_edits(folder.path(), some);
    let warm = phones.edits_in_a_session(&hub.url, some);
    let before = Traffic::of(&hub);
    let whole = phones.edits_in_whole_exchanges(&hub.url, others);
    let (bytes, requests) = Traffic::of(&hub).since(before);

    assert_eq!(phones.second.records().len(), all.len(), "an edit did not arrive");
    let ratio = |ours: Duration| Some(ours.as_secs_f64() / floor.as_secs_f64());
    let beside = format!("{} one plain row, posted and fetched", ms(floor));
    report.compare(
        "one edit from phone to phone, signed in before (median)",
        ms(warm),
        beside.clone(),
        ratio(warm),
    );
    report.compare(
        "the same by two whole exchanges, each signing in anew (median)",
        ms(whole),
        beside,
        ratio(whole),
    );
    let exchanges = 2.0 * others.len() as f64;
    figures.add("exchange_ms", whole.as_secs_f64() * 1_000.0 / 2.0);
    figures.add("exchange_requests", requests as f64 / exchanges);
    figures.add("exchange_bytes", bytes as f64 / exchanges);
    idle(report, figures, &folder.path().join("idle"), &hub.url, sizes);
}

/// Whole exchanges of several devices at once that have nothing to send or to fetch: what most of
/// them are. The devices share the cores with the hub.
fn idle(report: &mut Report, figures: &mut Figures, folder: &Path, url: &str, sizes: &Sizes) {
    let root = root();
    let users: Vec<Scribe> = (0..IDLE as u64).map(|number| writer(20 + number, &root)).collect();
    let at_once = |number: usize, user: &Scribe| {
        let device = Device::new(&folder.join(format!("{number}")), &root, &[user]);
        device.exchange(url, user);
        device
    };
    let devices: Vec<Device> =
        users.iter().enumerate().map(|(number, user)| at_once(number, user)).collect();
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for (device, user) in devices.iter().zip(&users) {
            scope.spawn(|| (0..sizes.edits).for_each(|_| drop(device.exchange(url, user))));
        }
    });
    let ours = rate(IDLE * sizes.edits, begin.elapsed());
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..IDLE {
            scope.spawn(|| {
                let agent = ureq::agent();
                for _ in 0..sizes.edits {
                    let answer = agent.get(format!("{url}/v1/health")).call();
                    answer.expect("the hub answers").body_mut().read_to_vec().expect("an answer");
                }
            });
        }
    });
    let floor = rate(IDLE * sizes.edits, begin.elapsed());
    report.compare(
        &format!("whole exchanges without anything new, {IDLE} devices at once"),
        format!("{ours:.0}/s"),
        format!("{floor:.0}/s single requests to the same hub"),
        Some(floor / ours),
    );
    figures.add("idle_exchanges_per_second", ours);
}

impl Phones {
    fn write(&mut self, record: &Record) {
        let run = run_of(&mut self.author, vec![draft_of(dossier(0), record)]);
        self.first.take(&[], &[run]);
    }

    fn edits_in_a_session(&mut self, url: &str, records: &[Record]) -> Duration {
        // The same hands once more: a session keeps them, to sign in again when it ends.
        let (author, reader) = (writer(2, &root()), writer(3, &root()));
        let pushing = self.first.sign_in(url, &author);
        let pulling = self.second.sign_in(url, &reader);
        let edit = |record: &Record| {
            let begin = Instant::now();
            self.write(record);
            pushing.push_dossier(&self.first.store, dossier(0)).expect("a push");
            let pulled = pulling.pull(&self.second.store, &Roomy).expect("a pull");
            assert_eq!((pulled.new_ops, pulled.receipts), (1, 1));
            begin.elapsed()
        };
        median(records.iter().map(edit).collect())
    }

    fn edits_in_whole_exchanges(&mut self, url: &str, records: &[Record]) -> Duration {
        let edit = |record: &Record| {
            let begin = Instant::now();
            self.write(record);
            self.first.exchange(url, &self.author);
            let done = self.second.exchange(url, &self.reader);
            assert_eq!((done.pulled.new_ops, done.pulled.receipts), (1, 1));
            begin.elapsed()
        };
        median(records.iter().map(edit).collect())
    }
}

/// The same with plain rows: committed here, posted, committed there, fetched, committed.
fn plain_edits(folder: &Path, records: &[Record]) -> Duration {
    let server = plain::start(&folder.join("plain"));
    let agent = ureq::agent();
    let mut first = plain::open(&folder.join("plain-first"));
    let mut second = plain::open(&folder.join("plain-second"));
    let mut since = 0;
    let edit = |record: &Record| {
        let begin = Instant::now();
        let line = record.to_json() + "\n";
        plain::insert(&mut first, &line);
        plain::push(&agent, &server.url, &line);
        since = plain::pull(&agent, &server.url, &mut second, since);
        begin.elapsed()
    };
    let middle = median(records.iter().map(edit).collect());
    assert_eq!(plain::count(&second), records.len());
    middle
}
