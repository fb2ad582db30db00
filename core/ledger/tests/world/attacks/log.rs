//! Attacks on the log of a hub: receipts, checkpoints and proofs that say something else.

use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::limits::NOTE_SIGNATURES_MAX;
use angen_ledger::log::checkpoint::sign;
use angen_ledger::log::entry::{Entry, Logged as What, running};
use angen_ledger::log::refusal::SignedRefusal;
use angen_ledger::package::{Frame, LogFrame};
use angen_ledger::testing::hub::{Hub, certify_log};
use angen_ledger::wire::Wire;

use crate::world::case::Case;
use crate::world::edit::{close, tamper};
use crate::world::logged::{
    BETWEEN, Logged, NEW, OLD, ORIGIN, RECEIPTS, edited, other_dossier, oversized, receipt_frame,
    seal_of, witness,
};
use crate::world::person;

const EXPORTER: &str = "the exporter";
const HUB: &str = "the hub";
const WRITER: &str = "the writer";

pub(super) const ROWS: &[Case] = &[
    Case::refused("a receipt of a seal of another dossier is put in", &["R2"], || {
        edited(|logged| {
            let seal = other_dossier(logged);
            let index = logged.hub.receive_seal(&seal);
            logged.renew();
            logged.log.swap_remove(RECEIPTS + 3);
            assert_eq!(index, 5);
        })
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "an entry names its dossier, and its leaf binds it"),
    Case::refused("a receipt of a seal that is not shown is put in", &["R2"], || {
        edited(|logged| {
            let photo = logged.story.photo(3);
            logged.story.add_run(vec![photo]);
            logged.receive_run(3);
            logged.renew();
            logged.story.drop_run(3, Some(2));
        })
    })
    .detected(EXPORTER, "what is called the whole dossier has every seal that a receipt names"),
    Case::refused("the proof of a receipt is altered", &["R2"], || {
        edited(|logged| logged.edit_receipt(3, |receipt| receipt.proof[1].0[7] ^= 1))
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "the proof leads to the root of no checkpoint"),
    Case::refused("the proof of a receipt is a hash longer", &["R2"], || {
        edited(|logged| logged.edit_receipt(3, |receipt| receipt.proof.push(Hash([0; 32]))))
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "the proof does not fit the place and the size"),
    Case::refused("the place of a receipt is altered", &["R2"], || {
        edited(|logged| logged.edit_receipt(3, |receipt| receipt.index = 2))
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "the proof leads to the root of no checkpoint"),
    Case::refused("the size of a receipt is altered", &["R2"], || {
        edited(|logged| logged.edit_receipt(3, |receipt| receipt.size = 6))
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "no checkpoint has the size together with the root"),
    Case::refused("the time in an entry is altered", &["R2"], || {
        edited(|logged| logged.edit_receipt(3, |receipt| receipt.entry.received_ms -= 3_600_000))
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "the leaf is over every byte of the entry"),
    Case::refused("an entry claims another length of its run", &["R2"], || {
        edited(|logged| {
            logged.hub.roll_back(3);
            logged.receive_run(2);
            let mut entry = logged.hub.entries[3].clone();
            entry.length += 1;
            logged.hub.roll_back(3);
            logged.hub.append(entry);
            logged.receive_blob(1);
            logged.renew();
        })
    })
    .noting(&["R5"])
    .detected(HUB, "the length is that of the run or the ciphertext"),
    Case::refused("an entry is in another encoding of the same value", &["R2"], || {
        edited(|logged| {
            let LogFrame::Receipt { entry, .. } = &mut logged.log[RECEIPTS + 3] else {
                unreachable!("a receipt")
            };
            // The version takes a byte more than it needs.
            entry.splice(1..2, [0x18, 1]);
        })
    })
    .noting(&["R4", "R5"])
    .detected(EXPORTER, "every value has one encoding"),
    Case::refused("the size in a checkpoint is altered", &["R1", "R2"], || {
        edited(|logged| {
            logged.edit_note(NEW, |note| note.body = note.body.replace("\n5\n", "\n6\n"))
        })
    })
    .noting(&["R3", "R5"])
    .detected(EXPORTER, "both signatures of the hub are over size and root"),
    Case::refused("the root in a checkpoint is altered", &["R1", "R2"], || {
        edited(|logged| {
            let (mut head, time) = (logged.hub.head(5), logged.hub.clock_s);
            head.root.0[0] ^= 1;
            let other = sign(&head, time, &logged.hub.scribe.key).expect("memory signs");
            let body = other.split_once("\n\n").expect("a note").0.to_owned() + "\n";
            logged.edit_note(NEW, |note| note.body = body);
        })
    })
    .noting(&["R3", "R5"])
    .detected(EXPORTER, "both signatures of the hub are over size and root"),
    Case::refused("the time of a cosignature is altered", &["R1", "R2"], || {
        edited(|logged| logged.edit_note(NEW, |note| note.signatures[1].bytes[7] ^= 1))
    })
    .noting(&["R3", "R5"])
    .detected(EXPORTER, "the cosignature is over its time"),
    Case::refused("the cosignature with the time is left out", &["R1", "R2"], || {
        edited(|logged| logged.edit_note(NEW, |note| drop(note.signatures.pop())))
    })
    .noting(&["R3", "R5"])
    .detected(EXPORTER, "a hub signs each checkpoint twice"),
    Case::refused("a checkpoint is by a hub that nobody knows", &["R1", "R2"], || {
        edited(|logged| {
            let stranger = Hub::new(55, ORIGIN, &logged.story.stranger_root);
            logged.log[NEW] = LogFrame::Checkpoint(stranger.sign(&logged.hub.head(5)));
        })
    })
    .noting(&["R3", "R5"])
    .detected("a stranger", "the certificate of a hub is in the package, before its checkpoints"),
    Case::refused("a stranger's hub comes with its own certificates", &["K3"], || {
        edited(|logged| {
            let mut stranger = Hub::new(55, ORIGIN, &logged.story.stranger_root);
            stranger.clock_s = logged.hub.clock_s;
            logged.story.certificates.push(logged.story.stranger_root.cose.clone());
            logged.story.certificates.push(stranger.scribe.cose.clone());
            logged.log[NEW] = LogFrame::Checkpoint(stranger.sign(&logged.hub.head(5)));
        })
    })
    .detected("a stranger", "the root that was asked for"),
    Case::refused("a checkpoint is signed by a writer who names the log", &["R1", "R2"], || {
        edited(|logged| {
            let scope = "enforcer:371102110";
            let mut clerk = person(4, Duty::Writer, scope, Some(&logged.story.root));
            certify_log(&mut clerk, ORIGIN, &logged.story.root);
            logged.story.certificates.push(clerk.cose.clone());
            let note = sign(&logged.hub.head(5), logged.hub.clock_s, &clerk.key);
            logged.log[NEW] = LogFrame::Checkpoint(note.expect("memory signs"));
        })
    })
    .noting(&["R3", "R5"])
    .detected(WRITER, "only the duty of a hub signs checkpoints"),
    Case::refused("a checkpoint of another log of the same hub's name", &["R1", "R2"], || {
        edited(|logged| {
            let mut head = logged.hub.head(5);
            head.origin = "rizhao.example/donggang/2".to_owned();
            logged.log[NEW] = LogFrame::Checkpoint(logged.hub.sign(&head));
        })
    })
    .noting(&["R3", "R5"])
    .detected(HUB, "a certificate names one log with its epoch"),
    Case::refused("a note over its limit", &["R1"], || {
        edited(|logged| logged.log.push(oversized()))
    })
    .detected(EXPORTER, "a note has a limit"),
    Case::refused("a note with a signature too many", &["R1", "R2"], || {
        edited(|logged| {
            let key = person(70, Duty::Root, "*:*", None);
            logged.edit_note(NEW, |note| {
                (2..=NOTE_SIGNATURES_MAX).for_each(|number| witness(note, number, &key));
            });
        })
    })
    .noting(&["R3", "R5"])
    .detected(EXPORTER, "a note has a limit"),
    Case::refused("two trees of one size are shown", &["R3"], || {
        edited(|logged| {
            let other = split_view(logged, 4);
            logged.log.push(LogFrame::Checkpoint(other.checkpoint()));
        })
    })
    .detected(HUB, "two roots of one size: both signatures of the hub are in the package"),
    Case::refused("an op names a checkpoint of another tree", &["R6"], || {
        edited(|logged| {
            let seen = split_view(logged, 1).head(2);
            logged.story.alter(2, 0, |header| header.checkpoint = Some(seen));
            logged.hub.roll_back(3);
            logged.receive_run(2);
            logged.receive_blob(1);
            logged.renew();
        })
    })
    .detected(HUB, "the op signed what its device was shown"),
    Case::refused("the log is rewritten, with a proof from another one", &["R3"], || {
        edited(|logged| {
            let other = split_view(logged, 1);
            logged.log[OLD] = LogFrame::Checkpoint(other.sign(&other.head(2)));
            logged.story.alter(2, 0, |header| header.checkpoint = None);
            logged.story.alter(2, 1, |header| header.checkpoint = None);
            logged.hub.roll_back(3);
            logged.receive_run(2);
            logged.receive_blob(1);
            let old = logged.log[OLD].clone();
            logged.renew();
            logged.log[OLD] = old;
        })
    })
    .detected(HUB, "a proof of consistency holds for one tree that grew"),
    Case::refused("a proof between two checkpoints is altered", &["R3"], || {
        edited(|logged| {
            let LogFrame::Consistency { proof, .. } = &mut logged.log[BETWEEN] else {
                unreachable!("a proof")
            };
            proof[0].0[0] ^= 1;
        })
    })
    .detected(EXPORTER, "the proof leads to the roots of both checkpoints"),
    Case::verifies("the hub is set back, and goes on without a proof", || {
        edited(|logged| {
            let mut other = split_view(logged, 4);
            other.receive_seal(&seal_of(&logged.story, 1));
            logged.log.push(LogFrame::Checkpoint(other.checkpoint()));
        })
    })
    .noting(&["R3"])
    .bounded(
        HUB,
        "two checkpoints without a proof between them are noted; whoever saw both asks for it",
    ),
    Case::verifies("the clock of the hub is set back between two checkpoints", || {
        edited(|logged| {
            logged.hub.clock_s -= 3_600;
            logged.log[NEW] = LogFrame::Checkpoint(logged.hub.checkpoint());
        })
    })
    .noting(&["R3", "T1"])
    .bounded(
        HUB,
        "the larger checkpoint is the older one, and ops claim times outside of their interval",
    ),
    Case::refused("the hub keeps a seal from the reader", &["R4"], || {
        edited(|logged| {
            // The hub held another seal between the first and the second, and counts on as if not.
            let hidden = Hash([0x33; 32]);
            logged.hub.roll_back(2);
            let first = logged.hub.entries[0].clone();
            let mut head = running(&first.running, &hidden);
            for (run, arrival) in [(1, 1), (2, 2)] {
                let seal = seal_of(&logged.story, run);
                head = running(&head, &seal.hash);
                let (subject, length) = (seal.hash, seal.seal.ops());
                let entry = Entry { subject, arrival, running: head, length, ..first.clone() };
                logged.hub.append(entry);
            }
            let (address, cipher) = &logged.story.blobs[1];
            let (subject, length) = (*address, cipher.len() as u64);
            let what = What::Blob;
            logged.hub.append(Entry { what, subject, arrival: 3, running: head, length, ..first });
            logged.renew();
        })
    })
    .detected(HUB, "the running head is over every seal that came before"),
    Case::refused("two seals arrive in one place", &["R4"], || {
        edited(|logged| {
            logged.hub.roll_back(3);
            logged.receive_run(2);
            let third = logged.hub.entries[3].clone();
            logged.hub.roll_back(3);
            let before = logged.hub.entries[0].running;
            let running = running(&before, &third.subject);
            logged.hub.append(Entry { arrival: 1, running, ..third });
            logged.receive_blob(1);
            logged.renew();
        })
    })
    .detected(HUB, "each arrival has one seal"),
    Case::verifies("the receipts leave out a seal that the hub held", || {
        edited(|logged| {
            // Between the second and the third, from a writer who is not shown.
            logged.hub.roll_back(3);
            let mut hidden = logged.hub.entries[2].clone();
            hidden.subject = Hash([0x33; 32]);
            (hidden.arrival, hidden.running) = (2, running(&hidden.running, &hidden.subject));
            logged.hub.append(hidden);
            logged.hub.roll_back(4);
            logged.receive_run(2);
            logged.receive_blob(1);
            logged.renew();
            logged.log.remove(RECEIPTS + 3);
        })
    })
    .noting(&["R4"])
    .bounded(EXPORTER, "the arrivals have a gap, which is noted with its place"),
    Case::refused("a receipt stands twice", &["C2"], || {
        edited(|logged| logged.log.push(logged.log[RECEIPTS].clone()))
    })
    .detected(EXPORTER, "each frame of a log stands once"),
    Case::refused("a checkpoint stands twice", &["C2"], || {
        edited(|logged| logged.log.insert(NEW, logged.log[OLD].clone()))
    })
    .detected(EXPORTER, "each frame of a log stands once"),
    Case::refused("a receipt is put in after closing", &["C3"], || {
        let logged = Logged::new();
        let added = Frame::Log(receipt_frame(logged.hub.receipt(0, 2))).to_wire();
        tamper(&logged.package(), |frames| frames.insert(13, added))
    })
    .detected("anyone", "the closing list"),
    Case::refused("a receipt is taken out after closing", &["C3"], || {
        let place = Logged::new().frames().len() - 1;
        tamper(&Logged::new().package(), |frames| drop(frames.remove(place)))
    })
    .noting(&["R5"])
    .detected("anyone", "the closing list"),
    Case::verifies("the frames of the log are left out and the package closed again", || {
        let logged = Logged::new();
        close(&logged.story.frames(), &logged.story.first)
    })
    .not_prevented(EXPORTER, "the hub, which has the entries; nothing here is claimed of it"),
    Case::refused("a refusal is signed by a writer", &["R1"], || {
        edited(|logged| {
            let refusal = logged.hub.refuse(&seal_of(&logged.story, 1));
            let refusal = SignedRefusal::read(&refusal).expect("a refusal of ours reads").refusal;
            let writer = &logged.story.first;
            let cose = refusal.sign(&writer.key, writer.certificate.hash).expect("memory signs");
            logged.log.push(LogFrame::Refusal(cose));
        })
    })
    .detected(WRITER, "only the duty of a hub refuses"),
    Case::refused("the words of a refusal are altered", &["R1"], || {
        edited(|logged| {
            let mut cose = logged.hub.refuse(&seal_of(&logged.story, 1));
            let place = cose.windows(6).position(|part| part == b"out_of").expect("its reason");
            cose[place] = b'a';
            logged.log.push(LogFrame::Refusal(cose));
        })
    })
    .detected(EXPORTER, "the signature of the hub"),
    Case::verifies("an op claims an hour before the checkpoint that it names", || {
        edited(|logged| {
            logged.story.alter(2, 1, |header| {
                header.wall_ms -= 3_600_000;
                header.boot = angen_ledger::id::BootId([3; 16]);
                header.deps.clear();
            });
            logged.hub.roll_back(3);
            logged.receive_run(2);
            logged.receive_blob(1);
            logged.renew();
        })
    })
    .noting(&["T1"])
    .bounded(WRITER, "the checkpoint in the op was cosigned later than the claimed time"),
    Case::verifies("an op claims an hour after the hub had it", || {
        edited(|logged| {
            for index in [0, 1] {
                logged.story.alter(2, index, |header| header.wall_ms += 3_600_000);
            }
            logged.hub.roll_back(3);
            logged.receive_run(2);
            logged.receive_blob(1);
            logged.renew();
        })
    })
    .noting(&["T1"])
    .bounded(WRITER, "the receipt's checkpoint was cosigned before the claimed time"),
];

/// The log as the hub shows it to somebody else: the same hub and key, other entries from one on.
fn split_view(logged: &Logged, same: usize) -> Hub {
    let mut other = Hub::new(5, ORIGIN, &logged.story.root);
    other.entries = logged.hub.entries.clone();
    other.roll_back(same);
    other.clock_s = logged.hub.clock_s;
    for entry in &logged.hub.entries[same..] {
        other.append(entry.clone());
    }
    other
}
