//! The recorder sees every step, and a cut leaves what a strict disk may leave and nothing else.
#![cfg(all(target_os = "linux", target_pointer_width = "64"))]
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use angen_powercut::{Choice, Fate, Image, Recording, Step, Tape, choices};
use tempfile::TempDir;

/// Records some work in a folder, and checks that the whole tape gives that folder again.
fn tape(prepare: impl FnOnce(&Path), work: impl FnOnce(&Path, &Recording)) -> Tape {
    let folder = TempDir::new().unwrap();
    prepare(folder.path());
    let base = Image::read(folder.path()).unwrap();
    let recording = Recording::begin(folder.path()).unwrap();
    work(folder.path(), &recording);
    let tape = Tape::new(base, recording.end());
    assert_eq!(whole(&tape), Image::read(folder.path()).unwrap(), "something was not recorded");
    tape
}

fn whole(tape: &Tape) -> Image {
    tape.image(tape.len(), &Choice { number: 0, fates: [].into() })
}

/// What the end of the tape may leave, for each choice.
fn ends(tape: &Tape) -> Vec<Image> {
    let made = choices(&tape.unsynced(tape.len()), tape.len(), 1, true);
    made.iter().map(|choice| tape.image(tape.len(), choice)).collect()
}

#[test]
fn every_call_is_recorded_in_order() {
    let tape = tape(
        |folder| fs::write(folder.join("old"), "0123456789").unwrap(),
        |folder, recording| {
            fs::create_dir(folder.join("below")).unwrap();
            let mut file = File::create(folder.join("below/new")).unwrap();
            file.write_all(b"first").unwrap();
            file.write_all(b" second").unwrap();
            file.sync_all().unwrap();
            let mut old = File::options().append(true).open(folder.join("old")).unwrap();
            old.write_all(b"ab").unwrap();
            old.set_len(11).unwrap();
            old.sync_data().unwrap();
            fs::rename(folder.join("below/new"), folder.join("moved")).unwrap();
            File::open(folder).unwrap().sync_all().unwrap();
            recording.acknowledge();
            fs::remove_file(folder.join("old")).unwrap();
        },
    );
    let words: Vec<String> = (0..tape.len()).map(|at| tape.words(at)).collect();
    assert_eq!(
        words,
        [
            r#"MakeFolder("below")"#,
            r#"Create("below/new")"#,
            "write 5 bytes at 0 of below/new",
            "write 7 bytes at 5 of below/new",
            r#"Sync("below/new")"#,
            "write 2 bytes at 10 of old",
            r#"Resize { path: "old", length: 11 }"#,
            r#"Sync("old")"#,
            r#"Rename { from: "below/new", to: "moved" }"#,
            r#"SyncFolder("")"#,
            "Acknowledge",
            r#"Remove("old")"#,
        ]
    );
    assert!(!tape.is_acknowledged(10) && tape.is_acknowledged(11));
}

#[test]
fn a_file_that_was_synced_in_a_folder_that_was_not_may_lose_its_name() {
    let new = |folder: &Path| {
        let mut file = File::create(folder.join("new")).unwrap();
        file.write_all(b"words").unwrap();
        file.sync_all().unwrap();
    };
    let without = tape(|_| {}, |folder, _| new(folder));
    assert!(ends(&without).iter().any(|image| image.nodes.is_empty()));
    let with = tape(
        |_| {},
        |folder, _| {
            new(folder);
            File::open(folder).unwrap().sync_all().unwrap();
        },
    );
    assert_eq!(ends(&with).len(), 1, "nothing is left to chance");
    assert_eq!(whole(&with).file(Path::new("new")), Some(&b"words"[..]));
}

#[test]
fn a_folder_whose_name_is_lost_takes_what_it_holds_with_it() {
    let tape = tape(
        |_| {},
        |folder, _| {
            fs::create_dir(folder.join("below")).unwrap();
            let file = File::create(folder.join("below/new")).unwrap();
            file.sync_all().unwrap();
            File::open(folder.join("below")).unwrap().sync_all().unwrap();
        },
    );
    let lost = ends(&tape).into_iter().filter(|image| image.nodes.is_empty()).count();
    assert!(lost > 0, "the file is safe in a folder that is not");
}

#[test]
fn a_write_that_was_not_synced_is_whole_gone_torn_or_zeros() {
    let tape = tape(
        |folder| fs::write(folder.join("log"), "").unwrap(),
        |folder, _| {
            let mut file = File::options().append(true).open(folder.join("log")).unwrap();
            file.write_all(&[7; 2048]).unwrap();
        },
    );
    let image = |fate: Fate| {
        let fates = [(0, fate)].into();
        let image = tape.image(1, &Choice { number: 0, fates });
        image.file(Path::new("log")).unwrap().to_vec()
    };
    assert_eq!(image(Fate::Kept), [7; 2048]);
    assert_eq!(image(Fate::Dropped), [0; 0]);
    assert_eq!(image(Fate::Zeroed), [0; 2048]);
    let torn = image(Fate::Torn { sectors: 0b1010, sector_bytes: 512 });
    assert_eq!((&torn[..512], &torn[512..1024], torn.len()), (&[0; 512][..], &[7; 512][..], 2048));
}

#[test]
fn few_steps_are_selected_in_every_way_and_the_same_seed_chooses_the_same() {
    let few = choices(&[3, 5], 6, 1, false);
    let kept = |choice: &Choice| -> Vec<bool> {
        choice.fates.values().map(|fate| *fate == Fate::Kept).collect()
    };
    for selection in [[true, true], [false, false], [true, false], [false, true]] {
        assert!(few.iter().any(|choice| kept(choice) == selection), "{selection:?}");
    }
    let many: Vec<usize> = (0..40).collect();
    assert_eq!(choices(&many, 41, 9, true), choices(&many, 41, 9, true));
    assert_ne!(choices(&many, 41, 9, true), choices(&many, 41, 10, true));
    assert_eq!(choices(&[], 1, 1, true).len(), 1);
}

#[test]
#[should_panic(expected = "made by a call that is not recorded")]
fn a_tape_with_a_gap_is_refused() {
    let write = Step::Write { path: PathBuf::from("never seen"), offset: 0, bytes: vec![1] };
    let _ = Tape::new(Image::default(), vec![write]);
}
