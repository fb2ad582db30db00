//! Notes and checkpoints: what is read, what is refused, and whose signature counts.

use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::key::{Algorithm, PublicKey, Signer, SoftKey};
use angen_ledger::limits::{NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX};
use angen_ledger::log::checkpoint::{
    CheckpointError, CheckpointFault, SignedCheckpoint, cosign, sign,
};
use angen_ledger::log::node::empty_root;
use angen_ledger::log::note::{Note, TYPE_ED25519, key_id};
use angen_ledger::log::origin::log_of;
use angen_ledger::testing::hub::{Hub, certify_log};
use proptest::prelude::*;

use crate::world::{AREA, Story, person};

const ORIGIN: &str = "rizhao.example/donggang/1";

fn key(secret: u8) -> SoftKey {
    SoftKey::from_secret(Algorithm::Ed25519, &[secret; 32]).expect("a usable key")
}

fn head() -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size: 20_852_163, root: Hash([7; 32]) }
}

fn note() -> String {
    sign(&head(), 1_795_420_801, &key(1)).expect("a key in memory signs")
}

#[test]
fn a_checkpoint_of_ours_is_signed_twice_and_tells_its_time() {
    let read = SignedCheckpoint::read(&note()).expect("what was made reads");
    assert_eq!(read.checkpoint, head());
    assert_eq!(read.note.signatures.len(), 2);
    assert_eq!(read.verify(&key(1).public_key()), Ok(1_795_420_801_000));
    assert_eq!(read.verify(&key(2).public_key()), Err(CheckpointFault::NotSigned));
    let empty = Checkpoint { size: 0, root: empty_root(), ..head() };
    assert!(sign(&empty, 1, &key(1)).is_ok());
}

/// The example of Go's documentation of such notes: name and key give this id.
#[test]
fn the_id_of_a_key_is_that_of_the_page() {
    use base64ct::{Base64, Encoding};
    let key = Base64::decode_vec("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").expect("base64");
    let id = key_id("PeterNeumann", TYPE_ED25519, &key[1..]);
    assert_eq!(id, [0xc7, 0x4f, 0x20, 0xa3]);
}

#[test]
fn what_is_no_checkpoint_is_neither_made_nor_read() {
    let wrong = |edit: fn(&mut Checkpoint)| {
        let mut head = head();
        edit(&mut head);
        sign(&head, 1, &key(1))
    };
    for edit in [
        (|head| head.origin = "rizhao.example".to_owned()) as fn(&mut Checkpoint),
        |head| head.origin = "日照/1".to_owned(),
        |head| head.size = 1 << 63,
        |head| head.size = 0,
    ] {
        assert!(matches!(wrong(edit), Err(CheckpointError::Malformed(_))));
    }
    let p256 = SoftKey::from_secret(Algorithm::P256, &[1; 32]).expect("a usable key");
    assert_eq!(sign(&head(), 1, &p256), Err(CheckpointError::NotEd25519));

    let good = note();
    assert!(SignedCheckpoint::read(&good).is_ok());
    let second = format!("{}\n", good.lines().nth(4).expect("a signature"));
    let swaps = [
        ("20852163", "020852163"),
        ("20852163", "+20852163"),
        ("20852163", "9223372036854775808"),
        ("=\n\n", "=\nextension\n\n"),
        ("=\n\n", "\n\n"),
        ("BwcHBwc=", "BwcHBwd="),
        ("\n\n", "\n"),
        ("— ", "- "),
        ("donggang", "dong gang"),
        ("donggang", "dong\tgang"),
        ("\n", "\r\n"),
        (second.as_str(), &second.repeat(2)),
    ];
    for (old, new) in swaps {
        assert!(good.contains(old), "{old:?} is in the note");
        assert!(SignedCheckpoint::read(&good.replacen(old, new, 1)).is_err(), "{old:?} {new:?}");
    }
    assert!(SignedCheckpoint::read(good.trim_end()).is_err(), "the last newline");
    assert!(SignedCheckpoint::read(&format!("{good}\n")).is_err(), "a newline more");
}

#[test]
fn a_note_holds_to_its_limits() {
    let mut note = Note::read(&note()).expect("what was made reads");
    let more = |note: &mut Note, count: usize| {
        for number in note.signatures.len()..count {
            let name = format!("witness.example/{number}");
            let line = cosign(&note.body, &name, 5, &key(9)).expect("memory signs");
            note.signatures.push(line);
        }
    };
    more(&mut note, NOTE_SIGNATURES_MAX);
    assert!(Note::read(&note.text()).is_ok());
    more(&mut note, NOTE_SIGNATURES_MAX + 1);
    assert!(Note::read(&note.text()).is_err());
    note.signatures.truncate(2);
    let room = NOTE_BYTES_MAX - note.text().len();
    note.body.insert_str(0, &"x".repeat(room));
    assert!(Note::read(&note.text()).is_ok(), "as a note; as a checkpoint its origin is too long");
    assert!(SignedCheckpoint::read(&note.text()).is_err());
    note.body.insert(0, 'x');
    assert!(Note::read(&note.text()).is_err());
}

#[test]
fn the_signature_of_a_witness_is_kept_and_checked_with_its_key() {
    let mut note = Note::read(&note()).expect("what was made reads");
    let name = "witness.example/w1";
    note.signatures.push(cosign(&note.body, name, 1_795_420_900, &key(9)).expect("memory signs"));
    let read = SignedCheckpoint::read(&note.text()).expect("a note with a witness reads");
    assert_eq!(read.verify(&key(1).public_key()), Ok(1_795_420_801_000));
    let witness = key(9).public_key();
    assert_eq!(read.verify_cosignature(name, &witness), Ok(1_795_420_900_000));
    assert_eq!(read.verify_cosignature(ORIGIN, &witness), Err(CheckpointFault::NotSigned));
}

/// Each signature is needed, and a time that no clock of ours has is none.
#[test]
fn a_missing_or_wrong_line_of_the_hub_is_told() {
    let hub = key(1).public_key();
    let good = Note::read(&note()).expect("what was made reads");
    let verify = |note: &Note| SignedCheckpoint::read(&note.text()).expect("it reads").verify(&hub);
    for missing in [0, 1] {
        let mut note = good.clone();
        note.signatures.remove(missing);
        assert_eq!(verify(&note), Err(CheckpointFault::NotSigned));
    }
    for line in [0, 1] {
        for place in 0..good.signatures[line].bytes.len() {
            let mut note = good.clone();
            note.signatures[line].bytes[place] ^= 1;
            assert_eq!(verify(&note), Err(CheckpointFault::WrongSignature), "{line} {place}");
        }
        let mut short = good.clone();
        short.signatures[line].bytes.pop();
        assert_eq!(verify(&short), Err(CheckpointFault::WrongSignature));
    }
    let mut alone = good.clone();
    alone.signatures.remove(0);
    alone.signatures[0].bytes[20] ^= 1;
    assert_eq!(verify(&alone), Err(CheckpointFault::WrongSignature), "wrong before missing");
    for seconds in [0, u64::MAX, i64::MAX as u64 / 1_000 + 1] {
        let note = sign(&head(), seconds, &key(1)).expect("memory signs");
        let note = Note::read(&note).expect("it reads");
        assert_eq!(verify(&note), Err(CheckpointFault::WrongSignature), "{seconds}");
    }
}

#[test]
fn only_the_certificate_of_a_hub_names_a_log() {
    let story = Story::new();
    let hub = Hub::new(5, ORIGIN, &story.root);
    let named = |who: &angen_ledger::testing::Scribe| {
        log_of(&who.certificate.certificate).map(|(origin, _)| origin.to_owned())
    };
    assert_eq!(named(&hub.scribe), Some(ORIGIN.to_owned()));
    let mut writer = person(6, Duty::Writer, &format!("enforcer:{AREA}"), Some(&story.root));
    certify_log(&mut writer, ORIGIN, &story.root);
    assert_eq!(named(&writer), None, "a writer is no hub");
    let mut p256 = person(3, Duty::Hub, "hub:3711", Some(&story.root));
    certify_log(&mut p256, ORIGIN, &story.root);
    assert!(matches!(p256.key.public_key(), PublicKey::P256(_)));
    assert_eq!(named(&p256), None, "notes are signed with Ed25519");
    let mut other = person(7, Duty::Hub, "hub:3711", Some(&story.root));
    assert_eq!(named(&other), None, "it names no log");
    certify_log(&mut other, "rizhao.example", &story.root);
    assert_eq!(named(&other), None, "a log without an epoch");
}

proptest! {
    /// Whatever changes in the text, the hub's signatures do not hold any more.
    #[test]
    fn a_changed_character_is_noticed(place in 0..10_000usize, new in any::<char>()) {
        let good = note();
        let places: Vec<_> = good.char_indices().collect();
        let (at, old) = places[place % places.len()];
        let mut changed = good.clone();
        changed.replace_range(at..at + old.len_utf8(), &new.to_string());
        let verified = SignedCheckpoint::read(&changed)
            .is_ok_and(|read| read.verify(&key(1).public_key()).is_ok());
        prop_assert!(!verified || changed == good, "{:?} for {:?}", new, old);
    }
}
