//! One edit from phone to phone: signed, sealed, logged, pulled with its receipt and projected.

use std::time::{Duration, Instant};

use angen_hub::client::{Session, push_dossier};
use angen_ledger::testing::{Scribe, opening};

use crate::report::{Report, ms};
use crate::sync::device::{AREA, Device, Roomy, caller, dossier, draft_of, root, run_of, writer};
use crate::sync::page::{Figures, median};
use crate::sync::records::{Record, records};
use crate::sync::sizes::Sizes;
use crate::sync::{hub, plain};

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
    let before = hub::traffic(&hub);
    let warm = phones.edits_in_a_session(&hub.url, some);
    let after = hub::traffic(&hub);
    let whole = phones.edits_in_whole_exchanges(&hub.url, others);

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
    figures.add("exchange_ms", whole.as_secs_f64() * 1_000.0 / 2.0);
    let bytes = after.0 - before.0 + after.1 - before.1;
    figures.add("small_edit_bytes", bytes as f64 / some.len() as f64);
}

impl Phones {
    fn write(&mut self, record: &Record) {
        let run = run_of(&mut self.author, vec![draft_of(dossier(0), record)]);
        self.first.take(&[], &[run]);
    }

    fn edits_in_a_session(&mut self, url: &str, records: &[Record]) -> Duration {
        let roots = [self.second.root];
        let session = Session::sign_in(url, &self.second.store, &roots, &caller(&self.reader));
        let session = session.expect("a session");
        let edit = |record: &Record| {
            let begin = Instant::now();
            self.write(record);
            push_dossier(url, &self.first.store, dossier(0)).expect("a push");
            let pulled = session.pull(&self.second.store, &Roomy).expect("a pull");
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
fn plain_edits(folder: &std::path::Path, records: &[Record]) -> Duration {
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
