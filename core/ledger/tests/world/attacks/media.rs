//! Attacks on files: blobs exchanged, altered, left out, or described falsely.

use crate::world::Story;
use crate::world::case::Case;
use crate::world::edit::{flipped, tamper, with_field};

const WRITER: &str = "the writer";
const EXPORTER: &str = "the exporter";

pub(super) const ROWS: &[Case] = &[
    Case::refused(
        "a blob's bytes are exchanged for those of another valid blob",
        &["C3", "M1", "M2"],
        || {
            let story = Story::new();
            let other = Story::new().blobs[1].1.clone();
            tamper(&story.package(), |frames| {
                let address = story.blobs[0].0;
                let frame = angen_ledger::package::Frame::Blob { address, offset: 0, bytes: other };
                frames[13] = angen_ledger::wire::Wire::to_wire(&frame);
            })
        },
    )
    .detected("anyone", "the address in the signed header, the key, and the closing list"),
    Case::refused("the same, and the package closed again", &["M1", "M2"], || {
        let mut story = Story::new();
        story.blobs[0].1 = story.blobs[1].1.clone();
        story.package()
    })
    .detected(EXPORTER, "the address in the signed header, and the key"),
    Case::refused("a blob stands in the place of another", &["C3", "M1"], || {
        tamper(&Story::new().package(), |frames| frames[13] = frames[14].clone())
    })
    .noting(&["M4"])
    .detected("anyone", "a blob stands once; the other is absent"),
    Case::refused(
        "one bit of a blob is altered and the package closed again",
        &["M1", "M2"],
        || {
            let mut story = Story::new();
            story.blobs[0].1 = flipped(&story.blobs[0].1, 20);
            story.package()
        },
    )
    .detected(EXPORTER, "the address in the signed header, and the cipher's tags"),
    Case::refused("the key in an op is replaced", &["B1", "M2"], || {
        let mut story = Story::new();
        let body = story.runs[2].ops[0].body.as_ref().expect("a body");
        let body = with_field(body, "blob_key", |key| key[0] ^= 1);
        story.runs[2].ops[0].body = Some(body);
        story.package()
    })
    .detected(EXPORTER, "the body commitment in the signed header"),
    Case::refused("a writer records a wrong key", &["M2"], || {
        let mut story = Story::new();
        story.alter_body(2, 0, |body| with_field(body, "blob_key", |key| key[0] ^= 1));
        story.package()
    })
    .detected(WRITER, "the cipher's tags"),
    Case::refused("a writer records a wrong SHA-256", &["M3"], || {
        let mut story = Story::new();
        story.alter_body(2, 0, |body| with_field(body, "sha256", |hash| hash[0] ^= 1));
        story.package()
    })
    .detected(WRITER, "the original is measured again"),
    Case::refused("a writer records a wrong SM3", &["M3"], || {
        let mut story = Story::new();
        story.alter_body(2, 0, |body| with_field(body, "sm3", |hash| hash[0] ^= 1));
        story.package()
    })
    .detected(WRITER, "the original is measured again"),
    Case::refused("a header and its body name different blobs", &["M1"], || {
        let mut story = Story::new();
        story.alter_body(2, 0, |body| with_field(body, "blob", |hash| hash[0] ^= 1));
        story.package()
    })
    .detected(WRITER, "the op contradicts itself"),
    Case::refused("a capture that names no file", &["M1"], || {
        let mut story = Story::new();
        story.alter(2, 0, |header| header.blobs.clear());
        story.blobs.pop();
        story.package()
    })
    .detected(WRITER, "a capture names exactly one blob"),
    Case::refused("a file that no op names is added", &["M1"], || {
        let mut story = Story::new();
        let (cipher, draft) = angen_ledger::testing::evidence(
            crate::world::DOSSIER,
            crate::world::FINDING,
            [99; 32],
            &[99; 10],
        );
        story.blobs.push((draft.blobs[0].address, cipher));
        story.package()
    })
    .detected(EXPORTER, "every blob is one that an op names"),
    Case::verifies("a file is left out", || {
        let mut story = Story::new();
        story.blobs.pop();
        story.package()
    })
    .noting(&["M4"])
    .bounded(EXPORTER, "the op that names it stays: address, length and digests can be asked for"),
    Case::verifies("the key of a file is withheld", || {
        let mut story = Story::new();
        story.withhold(2, 0, &["blob_key"]);
        story.package()
    })
    .noting(&["B2", "M2"])
    .bounded(
        EXPORTER,
        "the ciphertext is checked; whoever is given the key can check the original",
    ),
    Case::verifies("a picture of a picture, or a scene that was arranged", || {
        Story::new().package()
    })
    .not_prevented(
        WRITER,
        "nothing in a package: the verdict says that it does not prove that the scene was true",
    ),
];
