//! Packages that are no attack: good ones, and bytes that are no package.

use angen_ledger::header::{Checkpoint, Ref};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::package::Mode;
use angen_ledger::testing::{draft, evidence, opening};

use super::case::Case;
use super::edit::close;
use super::{AREA, DOSSIER, FINDING, Story};

/// A second dossier.
pub(crate) const OTHER: DossierId = DossierId([9; 16]);

/// Every package that is no attack.
pub(crate) const ROWS: &[Case] = &[
    Case::verifies("two officers, three runs, two photos", || Story::new().package()),
    Case::verifies("no fingerprint is asked for", || Story::new().package()).without_root(),
    Case::verifies("a linked set of two dossiers", || {
        let mut story = Story::new();
        let opened = story.first.write(opening(OTHER, AREA), vec![]);
        let mut relies = draft(OTHER, FINDING, "case.file/1", &[("title", "立案".into())]);
        let op = story.runs[0].ops[1].hash;
        relies.refs.push(Ref { role: "finding".into(), dossier: DOSSIER, op });
        let filed = story.first.write(relies, vec![]);
        story.add_run(vec![opened, filed]);
        story.start.dossiers.push((OTHER, Mode::Whole));
        story.package()
    }),
    Case::verifies(
        "a kind that nobody knows, critical, with a checkpoint and an extension",
        || {
            let mut story = Story::new();
            story.alter(2, 1, |header| {
                header.kind = angen_ledger::kind::Kind::new("drone.fly/12").expect("a kind");
                header.critical = true;
                let root = header.body;
                header.checkpoint = Some(Checkpoint { origin: "hub".into(), size: 7, root });
                header.ext = vec![("x".into(), deep(8))];
            });
            story.package()
        },
    ),
    Case::verifies("two values of one field, neither replaced", || {
        let mut story = Story::new();
        let again = [("title", "防护罩松动".into())];
        let mut again = draft(DOSSIER, FINDING, "finding.correct/1", &again);
        let heads = vec![story.runs[0].ops[1].hash];
        again.over.push(angen_ledger::header::Over { field: "title".into(), heads });
        let op = story.first.write(again, vec![]);
        story.add_run(vec![op]);
        story.package()
    }),
    Case::verifies("an empty file and one of exactly one chunk", || {
        let mut story = Story::new();
        let mut ops = Vec::new();
        for (number, length) in [(11, 0), (12, 65_536)] {
            let (cipher, draft) =
                evidence(DOSSIER, EntityId([number; 16]), [number; 32], &vec![number; length]);
            story.blobs.push((draft.blobs[0].address, cipher));
            ops.push(story.first.write(draft, vec![]));
        }
        story.add_run(ops);
        story.package()
    }),
    Case::verifies("a frame of a later version", || {
        let story = Story::new();
        let mut frames = story.frames();
        frames.insert(5, vec![0x82, 0x18, 31, 0xf6]);
        close(&frames, &story.first)
    })
    .noting(&["C2"]),
    Case::verifies("one dossier whole, one an excerpt, a field withheld", withheld_and_excerpt)
        .noting(&["B2", "S3"]),
    Case::unreadable("no bytes", Vec::new),
    Case::unreadable("a picture", || b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec()),
    Case::unreadable("another magic word", || {
        let mut bytes = Story::new().package();
        bytes[3] ^= 1;
        bytes
    }),
    Case::refused("a start of version 2", &["C1"], || {
        let mut bytes = Story::new().package();
        let place = 3 + "angen-package".len();
        assert_eq!(bytes[place], 1, "the version follows the magic word");
        bytes[place] = 2;
        bytes
    }),
    Case::refused("dossiers that are not sorted", &["C1"], || {
        let mut story = Story::new();
        story.start.dossiers.insert(0, (OTHER, Mode::Whole));
        story.package()
    }),
    Case::refused("a value nested nine deep in an extension", &["O1", "S2"], || {
        let mut story = Story::new();
        story.alter(2, 1, |header| header.ext = vec![("x".into(), deep(9))]);
        story.package()
    }),
    Case::refused("an op that relies on its own dossier", &["O1", "S2"], || {
        let mut story = Story::new();
        let op = story.runs[0].ops[1].hash;
        story.alter(2, 1, |header| {
            header.refs = vec![Ref { role: "finding".into(), dossier: DOSSIER, op }];
        });
        story.package()
    }),
    Case::refused("a body of another length than its header says", &["B1"], || {
        let mut story = Story::new();
        story.alter(2, 1, |header| header.body_len += 1);
        story.package()
    }),
    Case::refused("a file whose last chunk is empty", &["M2"], || empty_last_chunk().package()),
];

/// Arrays in one another.
pub(crate) fn deep(levels: usize) -> angen_ledger::value::Value {
    use angen_ledger::value::Value;
    (1..levels).fold(Value::Array(vec![]), |inner, _| Value::Array(vec![inner]))
}

/// A small package with everything in it that a reader may be given less of: a withheld field,
/// and a dossier of which only some runs are here.
pub(crate) fn withheld_and_excerpt() -> Vec<u8> {
    let mut story = Story::new();
    story.drop_run(2, Some(1));
    story.withhold(1, 0, &["reason"]);
    story.start.dossiers.push((OTHER, Mode::Excerpt));
    let opened = story.first.write(opening(OTHER, AREA), vec![]);
    story.add_run(vec![opened]);
    let hidden = story.first.write(draft(OTHER, FINDING, "note.add/1", &[]), vec![]);
    story.add_run(vec![hidden]);
    let shown = story.first.write(draft(OTHER, FINDING, "note.add/1", &[]), vec![]);
    story.add_run(vec![shown]);
    story.drop_run(3, None);
    story.package()
}

/// A file of one full chunk, encrypted with an empty chunk behind it: another ciphertext for the
/// same original, which no sealer makes.
fn empty_last_chunk() -> Story {
    use aes_gcm::aead::{Aead, KeyInit};
    use angen_ledger::hash::Hash;
    use sha2::{Digest, Sha256};
    let mut story = Story::new();
    let original = vec![0; 65_536];
    let (_, mut capture) = evidence(DOSSIER, FINDING, [13; 32], &original);
    let cipher = aes_gcm::Aes256Gcm::new(&[13; 32].into());
    let seal = |chunk: u8, last: u8, plain: &[u8]| {
        let nonce = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, chunk, last];
        cipher.encrypt(&nonce.into(), plain).expect("memory encrypts")
    };
    let bytes = [seal(0, 0, &original), seal(1, 1, &[])].concat();
    let address = Hash(Sha256::digest(&bytes).into());
    capture.blobs[0].address = address;
    capture.blobs[0].length = bytes.len() as u64;
    let field = capture.fields.iter_mut().find(|(name, _)| name == "blob").expect("has it");
    field.1 = address.as_bytes().as_slice().into();
    let op = story.first.write(capture, vec![]);
    story.add_run(vec![op]);
    story.blobs.push((address, bytes));
    story
}
