//! Attacks on what happened: ops and seals that are moved, repeated, contradicted or hidden.

use angen_ledger::id::DossierId;
use angen_ledger::kind::Kind;
use angen_ledger::package::Mode;
use angen_ledger::testing::{draft, opening};
use angen_ledger::wire::Wire;

use crate::world::case::Case;
use crate::world::edit::close;
use crate::world::{AREA, DOSSIER, FINDING, Story};

const WRITER: &str = "the writer";
const EXPORTER: &str = "the exporter";

pub(super) const ROWS: &[Case] = &[
    Case::refused("the seal of one dossier is put into another", &["S2"], || {
        let mut story = Story::new();
        let other = DossierId([9; 16]);
        let opened = story.first.write(opening(other, AREA), vec![]);
        story.add_run(vec![opened]);
        story.start.dossiers.push((other, Mode::Whole));
        story.runs[3].seal = story.runs[2].seal.clone();
        story.package()
    })
    .detected(EXPORTER, "a seal names its dossier, its first and last op, and the head"),
    Case::refused("a run and its seal are put in twice", &["C2"], || {
        let mut story = Story::new();
        let run = story.runs[2].clone();
        story.runs.push(run);
        story.package()
    })
    .detected(EXPORTER, "each op and each seal stands once"),
    Case::refused("an op is put in twice within its run", &["C2"], || {
        let mut story = Story::new();
        let op = story.runs[2].ops[0].clone();
        story.runs[2].ops.insert(1, op);
        story.package()
    })
    .detected(EXPORTER, "each op stands once"),
    Case::refused("a seal is left out", &["S2"], || {
        let story = Story::new();
        let mut frames = story.frames();
        frames.remove(12);
        close(&frames, &story.first)
    })
    .detected(EXPORTER, "every op is sealed"),
    Case::refused("an op is added behind the last seal", &["S2"], || {
        let mut story = Story::new();
        let late = draft(DOSSIER, FINDING, "finding.comment/1", &[("text", "补记".into())]);
        let late = story.first.write(late, vec![]);
        let mut frames = story.frames();
        let body = late.body.as_ref().map(Wire::to_wire);
        let frame = angen_ledger::package::Frame::Op { header: late.bytes, body };
        frames.insert(13, frame.to_wire());
        close(&frames, &story.first)
    })
    .detected(EXPORTER, "every op is sealed"),
    Case::refused("a link in a chain is bent", &["O2", "S2"], || {
        let mut story = Story::new();
        let elsewhere = story.runs[0].ops[0].hash;
        story.alter(2, 0, |header| header.prev = Some(elsewhere));
        story.package()
    })
    .detected(WRITER, "the op before"),
    Case::refused("what an op replaces is not there", &["O3"], || {
        let mut story = Story::new();
        let other = story.runs[0].ops[0].hash;
        story.alter(1, 0, |header| header.over[0].heads = vec![other]);
        story.package()
    })
    .detected(WRITER, "a replaced op is one of the same entity, and comes before"),
    Case::refused("a dossier is opened twice", &["O4"], || {
        let mut story = Story::new();
        story.alter(2, 1, |header| {
            header.kind = Kind::new("dossier.open/1").expect("a kind");
            header.entity = DOSSIER.into();
        });
        story.package()
    })
    .detected(WRITER, "each dossier has one opening"),
    Case::refused("the area of a dossier is withheld", &["O4"], || {
        let mut story = Story::new();
        story.withhold(0, 0, &["area"]);
        story.package()
    })
    .noting(&["B2"])
    .detected(EXPORTER, "the opening's area is never withheld"),
    Case::refused("an op of a dossier that is not in the package", &["O1", "O3", "S2"], || {
        let mut story = Story::new();
        story.alter(1, 0, |header| (header.dossier, header.deps) = (DossierId([9; 16]), vec![]));
        story.alter(2, 1, |header| header.deps.clear());
        story.package()
    })
    .detected(WRITER, "each op belongs to a dossier of the package"),
    Case::refused("a header claims a reserved suite", &["M1", "O1", "O2", "S2"], || {
        let story = Story::new();
        let mut frames = story.frames();
        // The suite is the first part of the header: a head of two bytes, then 19 parts.
        let place = frames[10].windows(2).position(|pair| pair == [0x93, 0x01]).expect("a header");
        frames[10][place + 1] = 2;
        close(&frames, &story.first)
    })
    .detected(EXPORTER, "a suite that the reader does not know is refused"),
    Case::refused("a seal is bound to another seal before it", &["S3"], || {
        let mut story = Story::new();
        let other = story.first.certificate.hash;
        story.reseal(2, |seal| seal.prev = Some(other));
        story.package()
    })
    .detected(WRITER, "the chain of seals"),
    Case::verifies("two histories from one place: a fork", || {
        let mut story = Story::new();
        fork(&mut story);
        story.package()
    })
    .noting(&["O5"])
    .bounded(WRITER, "both branches are kept and shown; so an honest clone or restored backup does not lose work"),
    Case::verifies("a field is withheld", || {
        let mut story = Story::new();
        story.withhold(1, 0, &["reason"]);
        story.package()
    })
    .noting(&["B2"])
    .bounded(EXPORTER, "the name of the field and its commitment stay; the value can be asked for and checked"),
    Case::verifies("a whole body is withheld", || {
        let mut story = Story::new();
        story.runs[1].ops[0].body = None;
        story.package()
    })
    .noting(&["B2"])
    .bounded(EXPORTER, "the header stays, with its kind, time and commitment"),
];

/// Adds a second history to the last run: the same places, the same number of the seal.
fn fork(story: &mut Story) {
    let run = story.runs[2].clone();
    story.alter(2, 0, |header| header.critical = true);
    story.runs.push(run);
}
