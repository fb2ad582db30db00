//! A small world for the tests: an authority, two officers, a stranger, and a dossier of theirs
//! whose package can be taken apart and put together again.

pub(crate) mod attacks;
pub(crate) mod case;
pub(crate) mod edit;
pub(crate) mod logged;
pub(crate) mod rows;
pub(crate) mod vectors;

use angen_ledger::body::Body;
use angen_ledger::certificate::{Certificate, Duty, SignedCertificate};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{Header, Over};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::Op;
use angen_ledger::package::{Mode, Start};
use angen_ledger::seal::{Seal, SignedSeal};
use angen_ledger::testing::{BEGIN_MS, Grant, Scribe, draft, evidence, opening};

/// The dossier of the story.
pub(crate) const DOSSIER: DossierId = DossierId([7; 16]);
/// The finding that it is about.
pub(crate) const FINDING: EntityId = EntityId([8; 16]);
/// The township of the dossier.
pub(crate) const AREA: &str = "371102110";

/// Some ops and their seal.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) ops: Vec<Op>,
    pub(crate) seal: Vec<u8>,
}

/// Everything that goes into a package.
pub(crate) struct Story {
    pub(crate) root: Scribe,
    pub(crate) first: Scribe,
    pub(crate) second: Scribe,
    pub(crate) stranger_root: Scribe,
    pub(crate) stranger: Scribe,
    pub(crate) start: Start,
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) runs: Vec<Run>,
    pub(crate) blobs: Vec<(Hash, Vec<u8>)>,
}

/// A person of the world.
pub(crate) fn person(seed: u64, duty: Duty, scope: &str, issuer: Option<&Scribe>) -> Scribe {
    let (name, algorithm) = match seed % 100 {
        1 => ("日照市应急管理局", Algorithm::Ed25519),
        2 => ("王安", Algorithm::Ed25519),
        3 => ("李全", Algorithm::P256),
        _ => ("赵生", Algorithm::Ed25519),
    };
    Scribe::new(seed, &Grant { duty, name, scopes: &[scope], algorithm }, issuer)
}

impl Story {
    /// Three runs: an officer opens the dossier, raises a finding and takes a photo; a colleague
    /// corrects the finding; the officer takes a second photo and orders a measure.
    pub(crate) fn new() -> Self {
        Self::of_world(0)
    }

    /// The same story with other keys behind the same names.
    pub(crate) fn of_world(world: u64) -> Self {
        let scope = "enforcer:371102110";
        let root = person(world + 1, Duty::Root, "*:3711", None);
        let first = person(world + 2, Duty::Writer, scope, Some(&root));
        let second = person(world + 3, Duty::Writer, scope, Some(&root));
        let stranger_root = person(world + 51, Duty::Root, "*:*", None);
        let stranger = person(world + 54, Duty::Writer, "*:*", Some(&stranger_root));
        let start = Start {
            created_ms: BEGIN_MS + 3_600_000,
            exporter: first.certificate.hash,
            dossiers: vec![(DOSSIER, Mode::Whole)],
            software: "angen-test".to_owned(),
            ext: Vec::new(),
        };
        let certificates = vec![root.cose.clone(), first.cose.clone(), second.cose.clone()];
        let mut story = Self {
            root,
            first,
            second,
            stranger_root,
            stranger,
            start,
            certificates,
            runs: Vec::new(),
            blobs: Vec::new(),
        };
        story.tell();
        story
    }

    fn tell(&mut self) {
        let opened = self.first.write(opening(DOSSIER, AREA), vec![]);
        let title = |text: &str| ("title", text.into());
        let raise = draft(DOSSIER, FINDING, "finding.raise/1", &[title("砂轮机缺防护罩")]);
        let raised = self.first.write(raise, vec![]);
        let photo = self.photo(1);
        let head = raised.hash;
        self.add_run(vec![opened, raised, photo]);

        let reason = ("reason", "用词".into());
        let mut correct =
            draft(DOSSIER, FINDING, "finding.correct/1", &[title("砂轮机防护罩缺失"), reason]);
        correct.over.push(Over { field: "title".into(), heads: vec![head] });
        self.second.clock_ms = self.first.clock_ms;
        let seen = self.first.dep(DOSSIER).into_iter().collect();
        let corrected = self.second.write(correct, seen);
        self.add_run(vec![corrected]);

        self.first.clock_ms = self.second.clock_ms;
        let photo = self.photo(2);
        let order = draft(DOSSIER, FINDING, "measure.order/1", &[("text", "停用".into())]);
        let seen = self.second.dep(DOSSIER).into_iter().collect();
        let ordered = self.first.write(order, seen);
        self.add_run(vec![photo, ordered]);
    }

    /// The first officer captures a file.
    pub(crate) fn photo(&mut self, number: u8) -> Op {
        let original = [number; 40];
        let (cipher, capture) = evidence(DOSSIER, EntityId([number; 16]), [number; 32], &original);
        self.blobs.push((capture.blobs[0].address, cipher));
        self.first.write(capture, vec![])
    }

    /// Seals ops with the key of their writer.
    pub(crate) fn add_run(&mut self, ops: Vec<Op>) {
        let own = ops[0].header.writer == self.first.writer;
        let writer = if own { &mut self.first } else { &mut self.second };
        let seal = writer.seal(&ops);
        self.runs.push(Run { ops, seal });
    }

    /// The holder of the key that sealed a run.
    pub(crate) fn sealer(&self, run: usize) -> &Scribe {
        let own = self.runs[run].ops[0].header.writer == self.first.writer;
        if own { &self.first } else { &self.second }
    }

    /// Makes the seal of a run again, after an edit, with the writer's own key.
    pub(crate) fn reseal(&mut self, run: usize, edit: impl FnOnce(&mut Seal)) {
        let mut seal = SignedSeal::read(&self.runs[run].seal).expect("a seal of ours reads").seal;
        edit(&mut seal);
        let sealer = self.sealer(run);
        self.runs[run].seal =
            seal.sign(&sealer.key, sealer.certificate.hash).expect("a key in memory signs");
    }

    /// Changes a header, links what follows in the run, and seals the run again: what a writer
    /// can do with the own key.
    pub(crate) fn alter(&mut self, run: usize, index: usize, edit: impl FnOnce(&mut Header)) {
        let ops = &mut self.runs[run].ops;
        ops[index] = rewritten(&ops[index], edit);
        for next in index + 1..ops.len() {
            let prev = Some(ops[next - 1].hash);
            ops[next] = rewritten(&ops[next], |header| header.prev = prev);
        }
        let head = ops.last().expect("a run has an op").hash;
        self.reseal(run, |seal| seal.head = head);
    }

    /// Changes a body and everything that hangs on it, with the writer's own key.
    pub(crate) fn alter_body(
        &mut self,
        run: usize,
        index: usize,
        edit: impl FnOnce(&Body) -> Body,
    ) {
        use angen_ledger::wire::Wire;
        let op = &mut self.runs[run].ops[index];
        let body = edit(op.body.as_ref().expect("a body of ours is held"));
        let (commitment, length) = (body.commitment(Suite::Sha256), body.to_wire().len() as u64);
        op.body = Some(body);
        self.alter(run, index, |header| (header.body, header.body_len) = (commitment, length));
    }

    /// Withholds fields of one op.
    pub(crate) fn withhold(&mut self, run: usize, index: usize, hidden: &[&str]) {
        let op = &mut self.runs[run].ops[index];
        let body = op.body.as_ref().expect("a body of ours is held");
        op.body = Some(body.withhold(Suite::Sha256, |name| hidden.contains(&name)));
    }

    /// Leaves a run and the blob of a number out of the package.
    pub(crate) fn drop_run(&mut self, run: usize, blob: Option<usize>) {
        self.runs.remove(run);
        blob.map(|blob| self.blobs.remove(blob));
    }

    /// Gives the second officer another certificate, signed by the root.
    pub(crate) fn recertify_second(&mut self, edit: impl FnOnce(&mut Certificate)) {
        let cose = recertified(&self.second, &self.root, edit);
        self.second.certificate = SignedCertificate::read(&cose).expect("what was made reads");
        self.second.cose = cose.clone();
        self.certificates[2] = cose;
        self.reseal(1, |_| {});
    }

    /// Closed by the first officer.
    pub(crate) fn package(&self) -> Vec<u8> {
        edit::close(&self.frames(), &self.first)
    }

    /// The frames before the closing one.
    pub(crate) fn frames(&self) -> Vec<Vec<u8>> {
        edit::frames(&self.start, &self.certificates, &self.runs, &self.blobs)
    }

    /// The fingerprint of the authority.
    pub(crate) fn fingerprint(&self) -> Hash {
        self.root.certificate.hash
    }
}

/// An op with an edited header, whatever the header then says.
pub(crate) fn rewritten(op: &Op, edit: impl FnOnce(&mut Header)) -> Op {
    use angen_ledger::wire::Wire;
    let mut header = op.header.clone();
    edit(&mut header);
    let (bytes, hash) = (header.to_wire(), header.hash());
    Op { header, bytes, hash, body: op.body.clone() }
}

/// The certificate of somebody, edited and signed by the issuer.
pub(crate) fn recertified(
    who: &Scribe,
    issuer: &Scribe,
    edit: impl FnOnce(&mut Certificate),
) -> Vec<u8> {
    let mut certificate = who.certificate.certificate.clone();
    edit(&mut certificate);
    certificate.sign(&issuer.key, Some(issuer.certificate.hash)).expect("a key in memory signs")
}
