//! Attacks on the file: frames taken out, put in, exchanged, and closed again.

use angen_ledger::body::Body;
use angen_ledger::certificate::Duty;
use angen_ledger::cose::Purpose;
use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::id::DossierId;
use angen_ledger::package::{Closing, Frame, Mode};
use angen_ledger::testing::opening;
use angen_ledger::wire::Wire;

use crate::world::case::Case;
use crate::world::edit::{close, close_as, close_over, close_with, flipped, tamper};
use crate::world::{AREA, Story, person};

const ANYONE: &str = "anyone";
const EXPORTER: &str = "the exporter";

pub(super) const ROWS: &[Case] = &[
    Case::refused("a blob frame is removed", &["C3"], || {
        tamper(&Story::new().package(), |frames| drop(frames.remove(14)))
    })
    .noting(&["M4"])
    .detected(ANYONE, "the closing list names the frame"),
    Case::refused("an op is removed", &["C3", "O2", "O3", "S2"], || {
        tamper(&Story::new().package(), |frames| drop(frames.remove(5)))
    })
    .detected(ANYONE, "the closing list, the chain and the seal"),
    Case::refused("an op is removed and the package closed again", &["O2", "O3", "S2"], || {
        let mut story = Story::new();
        story.runs[0].ops.remove(1);
        story.package()
    })
    .detected(EXPORTER, "the chain and the seal: ops cannot be left out of a run"),
    Case::refused("a frame of a later version is added", &["C3"], || {
        tamper(&Story::new().package(), |frames| frames.insert(13, vec![0x82, 5, 0x61, b'x']))
    })
    .noting(&["C2"])
    .detected(ANYONE, "the closing list"),
    Case::refused("a certificate of a stranger is added", &["C3", "K3"], || {
        let story = Story::new();
        let added = Frame::Certificate(story.stranger_root.cose.clone()).to_wire();
        tamper(&story.package(), |frames| frames.insert(4, added))
    })
    .detected(ANYONE, "the closing list, and the root that was asked for"),
    Case::refused("an op is exchanged for one with another body", &["B1", "C3"], || {
        let story = Story::new();
        let bytes = story.package();
        let text = ("text".to_owned(), "继续用着".into());
        let body = Body::open([text], || [1; 16]).expect("a body within the rules");
        let (header, body) = (story.runs[2].ops[1].bytes.clone(), Some(body.to_wire()));
        tamper(&bytes, |frames| frames[11] = Frame::Op { header, body }.to_wire())
    })
    .detected(ANYONE, "the body commitment in the signed header, and the closing list"),
    Case::refused(
        "a frame is renamed: a seal passed off as a certificate",
        &["C2", "C3", "K1", "S2"],
        || tamper(&Story::new().package(), |frames| frames[12][1] = 1),
    )
    .detected(ANYONE, "the closing list, and the ops that are left without a seal"),
    Case::refused("two runs change places", &["C3", "O3", "O4"], || {
        tamper(&Story::new().package(), |frames| frames[4..10].rotate_left(4))
    })
    .detected(ANYONE, "the closing list, and the links between ops"),
    Case::refused("two blob frames change places", &["C3"], || {
        tamper(&Story::new().package(), |frames| frames.swap(13, 14))
    })
    .detected(ANYONE, "the closing list"),
    Case::refused("a byte follows", &["C5"], || {
        let mut bytes = Story::new().package();
        bytes.push(0);
        bytes
    })
    .detected(ANYONE, "nothing may follow the closing frame"),
    Case::refused("a second package follows", &["C5"], || {
        [Story::new().package(), Story::of_world(100).package()].concat()
    })
    .detected(ANYONE, "nothing may follow the closing frame"),
    Case::refused("the file is cut off before its closing frame", &["C2"], || {
        tamper(&Story::new().package(), |frames| drop(frames.pop()))
    })
    .detected(ANYONE, "a package ends with its closing frame"),
    Case::refused("the closing signature is altered", &["C4"], || {
        tamper(&Story::new().package(), |frames| frames[15] = flipped(&frames[15], 3))
    })
    .detected(ANYONE, "the closing signature"),
    Case::refused("the closing list is made to fit by somebody without the exporter's key", &["C4"], || {
        let mut story = Story::new();
        story.drop_run(2, Some(1));
        close_as(&story.frames(), story.first.certificate.hash, &story.stranger)
    })
    .detected("a stranger", "the closing signature"),
    Case::refused("the closing list leaves out a frame", &["C3"], || {
        let story = Story::new();
        let frames = story.frames();
        let hash = |frame: &Vec<u8>| Suite::Sha256.hash(HashName::Frame, frame);
        let mut list: Vec<Hash> = frames.iter().map(hash).collect();
        list.pop();
        close_over(&frames, list, story.first.certificate.hash, &story.first)
    })
    .detected(EXPORTER, "the closing list"),
    Case::refused("the closing list claims a reserved suite", &["C3"], || {
        let story = Story::new();
        let frames = story.frames();
        let hash = |frame: &Vec<u8>| Suite::Sha256.hash(HashName::Frame, frame);
        let list = Closing { suite: Suite::Sha256, frames: frames.iter().map(hash).collect() };
        let mut payload = list.to_wire();
        payload[2] = 2;
        let name = story.first.certificate.hash;
        close_with(&frames, payload, Purpose::Package, name, &story.first)
    })
    .detected(EXPORTER, "a suite that the reader does not know is refused"),
    Case::refused("a seal's signature is used to close the package", &["C4"], || {
        let story = Story::new();
        let frames = story.frames();
        let hash = |frame: &Vec<u8>| Suite::Sha256.hash(HashName::Frame, frame);
        let list = Closing { suite: Suite::Sha256, frames: frames.iter().map(hash).collect() };
        let name = story.first.certificate.hash;
        close_with(&frames, list.to_wire(), Purpose::Seal, name, &story.first)
    })
    .detected("whoever can have seals made", "the purpose is part of what is signed"),
    Case::refused("the exporter's certificate is left out", &["C1", "C4"], || {
        let mut story = Story::new();
        let clerk = person(4, Duty::Writer, "clerk:3711", Some(&story.root));
        story.start.exporter = clerk.certificate.hash;
        close(&story.frames(), &clerk)
    })
    .detected(EXPORTER, "the exporter must be known"),
    Case::refused("a frame is in another encoding of the same value", &["C2"], || {
        let story = Story::new();
        let mut frames = story.frames();
        // A reserved frame whose type takes a byte more than it needs.
        frames.insert(13, vec![0x82, 0x18, 5, 0xf6]);
        close(&frames, &story.first)
    })
    .detected(EXPORTER, "every value has one encoding"),
    Case::verifies("the last run is left out and the package closed again", || {
        let mut story = Story::new();
        story.drop_run(2, Some(1));
        story.package()
    })
    .not_prevented(
        EXPORTER,
        "the writer's next seal (S3), a colleague's op that names the run (O3), and the hub's receipt",
    ),
    Case::refused("the last run is left out and the package closed by a stranger", &["K3"], || {
        let mut story = Story::new();
        story.drop_run(2, Some(1));
        by_stranger(story)
    })
    .detected("a stranger", "the root that was asked for"),
    Case::refused("the package is exported again by a stranger", &["K3"], || {
        by_stranger(Story::new())
    })
    .detected("a stranger", "the root that was asked for"),
    Case::verifies("the package is exported again by a stranger, no fingerprint asked for", || {
        by_stranger(Story::new())
    })
    .without_root()
    .bounded(
        "a stranger",
        "the ops stay those of their writers; the verdict names the exporter and both roots, and says that the issuer is unknown",
    ),
    Case::verifies("a whole dossier is left out, and the writer has sealed since", || {
        let mut story = two_dossiers();
        story.runs.remove(3);
        story.start.dossiers.pop();
        let photo = story.photo(3);
        story.add_run(vec![photo]);
        story.package()
    })
    .noting(&["S3"])
    .bounded(EXPORTER, "the writer's seals are numbered across dossiers: the gap is noted"),
    Case::verifies("a whole dossier is left out, and the writer has not sealed since", || {
        let mut story = two_dossiers();
        story.runs.remove(3);
        story.start.dossiers.pop();
        story.package()
    })
    .not_prevented(EXPORTER, "the writer's next seal (S3), and the hub's receipt"),
    Case::verifies("an excerpt leaves out the run of a colleague", || {
        let mut story = Story::new();
        story.start.dossiers[0].1 = Mode::Excerpt;
        story.drop_run(1, None);
        story.package()
    })
    .noting(&["O3"])
    .bounded(EXPORTER, "the package says that it is an excerpt, and what its ops build on is noted as absent"),
    Case::verifies("an excerpt leaves out a middle run of the same writer", || {
        let mut story = Story::new();
        let photo = story.photo(3);
        story.add_run(vec![photo]);
        story.start.dossiers[0].1 = Mode::Excerpt;
        story.drop_run(2, Some(1));
        story.package()
    })
    .noting(&["S3"])
    .bounded(EXPORTER, "the package says that it is an excerpt, and the gap in the numbers of seals is noted"),
    Case::refused("a middle run is left out of what is called the whole dossier", &["O2", "S2"], || {
        let mut story = Story::new();
        let photo = story.photo(3);
        story.add_run(vec![photo]);
        story.drop_run(2, Some(1));
        story.package()
    })
    .noting(&["S3"])
    .detected(EXPORTER, "the chain"),
];

/// The story with a second dossier, opened by the first officer.
fn two_dossiers() -> Story {
    let mut story = Story::new();
    let other = DossierId([9; 16]);
    let opened = story.first.write(opening(other, AREA), vec![]);
    story.add_run(vec![opened]);
    story.start.dossiers.push((other, Mode::Whole));
    story
}

/// Closed by somebody of another authority, whose certificates are put in.
fn by_stranger(mut story: Story) -> Vec<u8> {
    story.certificates.push(story.stranger_root.cose.clone());
    story.certificates.push(story.stranger.cose.clone());
    story.start.exporter = story.stranger.certificate.hash;
    close(&story.frames(), &story.stranger)
}
