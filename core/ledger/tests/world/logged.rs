//! The story once more, as a hub received it: receipts, checkpoints and a proof between them.

use angen_ledger::header::Checkpoint;
use angen_ledger::id::DossierId;
use angen_ledger::limits::NOTE_BYTES_MAX;
use angen_ledger::log::checkpoint::{SignedCheckpoint, cosign};
use angen_ledger::log::note::Note;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::package::{Frame, LogFrame, Mode};
use angen_ledger::seal::SignedSeal;
use angen_ledger::testing::hub::Hub;
use angen_ledger::testing::{Scribe, opening};
use angen_ledger::wire::Wire;

use super::case::Case;
use super::edit::close;
use super::{AREA, DOSSIER, Story};

/// The log of the hub.
pub(crate) const ORIGIN: &str = "rizhao.example/donggang/1";

/// The story with a hub. The log has the first run, its photo, the second run, the third, and its
/// photo; the third run was written after the checkpoint over the first two entries was seen.
pub(crate) struct Logged {
    pub(crate) story: Story,
    pub(crate) hub: Hub,
    /// The frames of the log, in order: the two checkpoints, the proof between them, the receipts.
    pub(crate) log: Vec<LogFrame>,
}

/// Where in [`Logged::log`] the frames are.
pub(crate) const OLD: usize = 0;
pub(crate) const NEW: usize = 1;
pub(crate) const BETWEEN: usize = 2;
pub(crate) const RECEIPTS: usize = 3;

/// A seal of a run, as the hub reads it.
pub(crate) fn seal_of(story: &Story, run: usize) -> SignedSeal {
    SignedSeal::read(&story.runs[run].seal).expect("a seal of ours reads")
}

/// A receipt as a frame.
pub(crate) fn receipt_frame(receipt: Receipt) -> LogFrame {
    let Receipt { entry, index, size, proof } = receipt;
    LogFrame::Receipt { entry: entry.to_wire(), index, size, proof }
}

impl Logged {
    pub(crate) fn new() -> Self {
        let story = Story::new();
        let hub = Hub::new(5, ORIGIN, &story.root);
        let mut logged = Self { story, hub, log: Vec::new() };
        logged.story.certificates.push(logged.hub.scribe.cose.clone());
        logged.receive_run(0);
        logged.receive_blob(0);
        let seen = logged.hub.head(2);
        let old = logged.hub.checkpoint();
        for index in [0, 1] {
            logged.story.alter(2, index, |header| header.checkpoint = Some(seen.clone()));
        }
        logged.receive_run(1);
        logged.receive_run(2);
        logged.receive_blob(1);
        logged.log.push(LogFrame::Checkpoint(old));
        logged.log.push(LogFrame::Checkpoint(logged.hub.checkpoint()));
        logged.log.push(logged.between(2, 5));
        for index in 0..5 {
            logged.log.push(receipt_frame(logged.hub.receipt(index, 5)));
        }
        logged
    }

    /// One run and its photo, with a frame of each kind: what every bit is flipped of.
    pub(crate) fn small() -> Self {
        let mut logged = Self::new();
        logged.story.runs.truncate(1);
        logged.story.blobs.truncate(1);
        logged.story.certificates.remove(2);
        logged.hub.roll_back(2);
        logged.hub.clock_s += 1;
        let refusal = logged.hub.refuse(&seal_of(&logged.story, 0));
        logged.log[OLD] = LogFrame::Checkpoint(logged.hub.sign(&logged.hub.head(1)));
        logged.log[NEW] = LogFrame::Checkpoint(logged.hub.checkpoint());
        logged.log[BETWEEN] = logged.between(1, 2);
        logged.log.truncate(RECEIPTS);
        logged.log.extend((0..2).map(|index| receipt_frame(logged.hub.receipt(index, 2))));
        logged.log.push(LogFrame::Refusal(refusal));
        logged
    }

    pub(crate) fn receive_run(&mut self, run: usize) {
        self.hub.receive_seal(&seal_of(&self.story, run));
    }

    pub(crate) fn receive_blob(&mut self, blob: usize) {
        let (address, cipher) = &self.story.blobs[blob];
        self.hub.receive_blob(DOSSIER, *address, cipher.len() as u64);
    }

    /// The proof between two sizes, as a frame.
    pub(crate) fn between(&self, old: u64, new: u64) -> LogFrame {
        let proof = self.hub.consistency(old, new);
        LogFrame::Consistency { origin: ORIGIN.to_owned(), old, new, proof }
    }

    /// The newest checkpoint and receipts under it, in place of those that were.
    pub(crate) fn renew(&mut self) {
        let size = self.hub.entries.len() as u64;
        self.log.truncate(RECEIPTS);
        self.log[NEW] = LogFrame::Checkpoint(self.hub.checkpoint());
        self.log[BETWEEN] = self.between(2, size);
        self.log.extend((0..size).map(|index| receipt_frame(self.hub.receipt(index, size))));
    }

    /// Changes the parts of a receipt, as they travel.
    pub(crate) fn edit_receipt(&mut self, index: usize, edit: impl FnOnce(&mut Receipt)) {
        let mut receipt = self.hub.receipt(index as u64, 5);
        edit(&mut receipt);
        self.log[RECEIPTS + index] = receipt_frame(receipt);
    }

    /// Changes the text of a checkpoint.
    pub(crate) fn edit_note(&mut self, place: usize, edit: impl FnOnce(&mut Note)) {
        let LogFrame::Checkpoint(text) = &mut self.log[place] else { unreachable!("a checkpoint") };
        let mut note = SignedCheckpoint::read(text).expect("a checkpoint of ours reads").note;
        edit(&mut note);
        *text = note.text();
    }

    /// The frames before the closing one: those of the log last.
    pub(crate) fn frames(&self) -> Vec<Vec<u8>> {
        let mut frames = self.story.frames();
        frames.extend(self.log.iter().map(|frame| Frame::Log(frame.clone()).to_wire()));
        frames
    }

    pub(crate) fn package(&self) -> Vec<u8> {
        close(&self.frames(), &self.story.first)
    }
}

/// The package after an edit.
pub(crate) fn edited(edit: impl FnOnce(&mut Logged)) -> Vec<u8> {
    let mut logged = Logged::new();
    edit(&mut logged);
    logged.package()
}

/// A witness of nobody's.
pub(crate) fn witness(note: &mut Note, number: usize, key: &Scribe) {
    let name = format!("witness.example/{number}");
    let line = cosign(&note.body, &name, 1_795_421_000, &key.key).expect("memory signs");
    note.signatures.push(line);
}

/// A note of one byte more than is read.
pub(crate) fn oversized() -> LogFrame {
    LogFrame::Checkpoint("x".repeat(NOTE_BYTES_MAX + 1))
}

/// Every package with a log that is no attack.
pub(crate) const ROWS: &[Case] = &[
    Case::verifies("every seal and blob with a receipt", || Logged::new().package()),
    Case::verifies("frames of the log between an op and its seal", || {
        let logged = Logged::new();
        let mut frames = logged.frames();
        let log = frames.split_off(frames.len() - logged.log.len());
        frames.splice(7..7, log);
        close(&frames, &logged.story.first)
    }),
    Case::verifies("the newest seal and a blob without receipt", || {
        edited(|logged| logged.log.truncate(RECEIPTS + 3))
    })
    .noting(&["R5"]),
    Case::verifies("the receipt of the newest seal alone", || {
        edited(|logged| {
            logged.log.truncate(RECEIPTS + 4);
            logged.log.drain(RECEIPTS..RECEIPTS + 3);
        })
    })
    .noting(&["R4", "R5"]),
    Case::verifies("two checkpoints without a proof between them", || {
        edited(|logged| drop(logged.log.remove(BETWEEN)))
    })
    .noting(&["R3"]),
    Case::verifies("a proof for a size that no checkpoint has", || {
        edited(|logged| logged.log.push(logged.between(3, 5)))
    })
    .noting(&["R3"]),
    Case::verifies("three checkpoints, each proved with the next", || {
        edited(|logged| {
            let middle = logged.hub.sign(&logged.hub.head(4));
            logged.log.push(LogFrame::Checkpoint(middle));
            logged.log[BETWEEN] = logged.between(2, 4);
            logged.log.push(logged.between(4, 5));
        })
    }),
    Case::verifies("the checkpoint of the log before its first entry", || {
        edited(|logged| {
            let mut empty = Hub::new(5, ORIGIN, &logged.story.root);
            empty.clock_s -= 1;
            logged.log.push(LogFrame::Checkpoint(empty.checkpoint()));
        })
    }),
    Case::verifies("one checkpoint cosigned at two times", || {
        edited(|logged| {
            logged.hub.clock_s += 60;
            logged.log.push(LogFrame::Checkpoint(logged.hub.checkpoint()));
        })
    }),
    Case::verifies("a checkpoint that a witness has cosigned", || {
        edited(|logged| {
            let key = super::person(70, angen_ledger::certificate::Duty::Root, "*:*", None);
            logged.edit_note(NEW, |note| witness(note, 1, &key));
        })
    })
    .noting(&["R1"]),
    Case::verifies("a seal that the hub refused, and took later", || {
        edited(|logged| {
            let refusal = logged.hub.refuse(&seal_of(&logged.story, 1));
            logged.log.push(LogFrame::Refusal(refusal));
        })
    })
    .noting(&["R5"]),
    Case::verifies("checkpoints and no receipt", || edited(|logged| logged.log.truncate(RECEIPTS)))
        .noting(&["R5"]),
    Case::verifies("receipts of two hubs", || {
        edited(|logged| {
            let mut other = Hub::new(6, "lanshan.example/2", &logged.story.root);
            other.clock_s += 30;
            for run in 0..3 {
                other.receive_seal(&seal_of(&logged.story, run));
            }
            logged.story.certificates.push(other.scribe.cose.clone());
            logged.log.push(LogFrame::Checkpoint(other.checkpoint()));
            logged.log.extend((0..3).map(|index| receipt_frame(other.receipt(index, 3))));
        })
    }),
    Case::verifies("an excerpt with the receipt of a run that it does not show", || {
        edited(|logged| {
            logged.story.start.dossiers[0].1 = Mode::Excerpt;
            logged.story.drop_run(1, None);
        })
    })
    .noting(&["O3", "R4"]),
    Case::verifies("a frame of type 5 of another shape", || {
        let logged = Logged::new();
        let mut frames = logged.frames();
        frames.push(vec![0x82, 5, 0x61, b'x']);
        close(&frames, &logged.story.first)
    })
    .noting(&["C2"]),
    Case::verifies("an op that names a checkpoint which is not here", || {
        edited(|logged| {
            let (origin, root) = (ORIGIN.to_owned(), logged.hub.head(1).root);
            let seen = Checkpoint { origin, size: 1, root };
            logged.story.alter(2, 0, |header| header.checkpoint = Some(seen));
            logged.hub.roll_back(3);
            logged.receive_run(2);
            logged.receive_blob(1);
            logged.renew();
        })
    }),
];

/// A second dossier of the first officer, in the hands of the hub and not in the package.
pub(crate) fn other_dossier(logged: &mut Logged) -> SignedSeal {
    let opened = logged.story.first.write(opening(DossierId([9; 16]), AREA), vec![]);
    let seal = logged.story.first.seal(&[opened]);
    SignedSeal::read(&seal).expect("a seal of ours reads")
}
