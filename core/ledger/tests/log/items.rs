//! Entries, receipts and refusals: one encoding, their limits, and what they are bound to.

use angen_ledger::cose::Purpose;
use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::id::DossierId;
use angen_ledger::key::Signer;
use angen_ledger::limits::PROOF_HASHES_MAX;
use angen_ledger::log::entry::{Entry, Logged, RUNNING_NONE, running};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::refusal::{Refusal, SignedRefusal};
use angen_ledger::seal::SignedSeal;
use angen_ledger::testing::hub::Hub;
use angen_ledger::wire::Wire;
use proptest::prelude::*;

use crate::world::{DOSSIER, Story};

fn entry() -> Entry {
    Entry {
        suite: Suite::Sha256,
        salt: [1; 16],
        what: Logged::Seal,
        subject: Hash([2; 32]),
        dossier: DOSSIER,
        arrival: 3,
        running: Hash([4; 32]),
        length: 5,
        received_ms: 6,
    }
}

fn reads(edit: impl FnOnce(&mut Entry)) -> bool {
    let mut entry = entry();
    edit(&mut entry);
    Entry::from_wire(&entry.to_wire()).is_ok()
}

#[test]
fn an_entry_holds_to_its_limits() {
    assert!(reads(|entry| entry.length = 1_024));
    assert!(!reads(|entry| entry.length = 1_025));
    assert!(!reads(|entry| entry.length = 0), "a seal covers an op");
    assert!(reads(|entry| (entry.what, entry.length) = (Logged::Blob, 1 << 38)));
    assert!(!reads(|entry| (entry.what, entry.length) = (Logged::Blob, (1 << 38) + 1)));
    assert!(!reads(|entry| entry.arrival = 1 << 63));
    assert!(reads(|entry| entry.received_ms = -1), "a clock may say anything");
}

#[test]
fn the_first_running_head_is_over_the_first_seal() {
    let subject = entry().subject;
    let first = running(&RUNNING_NONE, &subject);
    let by_hand = [[0; 32], subject.0].concat();
    assert_eq!(first, Suite::Sha256.hash(HashName::Running, &by_hand));
    assert!(reads(|entry| (entry.arrival, entry.running) = (0, first)));
    assert!(!reads(|entry| entry.arrival = 0));
    let blob = |running: Hash| {
        reads(|entry| {
            (entry.what, entry.arrival, entry.running) = (Logged::Blob, 0, running);
        })
    };
    assert!(blob(RUNNING_NONE), "no seal had come");
    assert!(!blob(first));
}

#[test]
fn a_receipt_belongs_to_its_entry_and_its_checkpoint() {
    let story = Story::new();
    let mut hub = Hub::new(5, "hub.example/1", &story.root);
    for run in &story.runs {
        hub.receive_seal(&SignedSeal::read(&run.seal).expect("a seal of ours reads"));
    }
    let (head, older) = (hub.head(3), hub.head(2));
    let good = hub.receipt(1, 3);
    assert!(good.is_in(&head));
    assert!(!good.is_in(&older), "another size and root");
    let edits: [fn(&mut Receipt); 6] = [
        |receipt| receipt.entry.salt[0] ^= 1,
        |receipt| receipt.entry.received_ms += 1,
        |receipt| receipt.entry.dossier = DossierId([9; 16]),
        |receipt| receipt.index = 0,
        |receipt| receipt.size = 2,
        |receipt| receipt.proof[0].0[0] ^= 1,
    ];
    for (number, edit) in edits.into_iter().enumerate() {
        let mut receipt = good.clone();
        edit(&mut receipt);
        assert!(!receipt.is_in(&head), "edit {number}");
    }
    let bytes = good.entry.to_wire();
    let read = |hashes| Receipt::read(&bytes, 0, 1, vec![Hash([0; 32]); hashes]);
    assert!(read(PROOF_HASHES_MAX).is_ok());
    assert!(read(PROOF_HASHES_MAX + 1).is_err());
}

#[test]
fn a_refusal_is_the_hubs_and_for_nothing_else() {
    let story = Story::new();
    let hub = Hub::new(5, "hub.example/1", &story.root);
    let seal = SignedSeal::read(&story.runs[0].seal).expect("a seal of ours reads");
    let read = SignedRefusal::read(&hub.refuse(&seal)).expect("what was made reads");
    assert_eq!(read.certificate, hub.scribe.certificate.hash);
    assert_eq!(read.refusal.subject, seal.hash);
    let key = hub.scribe.key.public_key();
    assert!(read.signed.verifies(Purpose::Refusal, &key));
    assert!(!read.signed.verifies(Purpose::Seal, &key));
    let reads = |edit: fn(&mut Refusal)| {
        let mut refusal = read.refusal.clone();
        edit(&mut refusal);
        Refusal::from_wire(&refusal.to_wire()).is_ok()
    };
    assert!(reads(|refusal| refusal.reason = "r".repeat(64)));
    assert!(!reads(|refusal| refusal.reason = "r".repeat(65)));
    assert!(!reads(|refusal| refusal.reason.clear()));
    assert!(!reads(|refusal| refusal.reason = "Out of area".to_owned()));
    assert!(reads(|refusal| refusal.words = "w".repeat(1_024)));
    assert!(!reads(|refusal| refusal.words = "w".repeat(1_025)));
}

proptest! {
    #[test]
    fn an_entry_has_one_encoding(place in 0..200usize, bit in 0..8u32) {
        let good = entry().to_wire();
        let mut bytes = good.clone();
        let place = place % bytes.len();
        bytes[place] ^= 1 << bit;
        // What still reads is another entry, with another leaf.
        if let Ok(read) = Entry::from_wire(&bytes) {
            prop_assert_eq!(read.to_wire(), bytes);
            prop_assert_ne!(read.leaf(), entry().leaf());
        }
    }
}
