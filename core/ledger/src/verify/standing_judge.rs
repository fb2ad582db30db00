//! Judges what of a package counts, from what is carried in it and what the reader knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::certificate::SignedCertificate;
use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::id::{DossierId, WriterId};
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::receipt::Receipt;
use crate::log::refusal::SignedRefusal;
use crate::op::Op;
use crate::revocation::{ADOPT, CutPoint, Link, Links, REVOKE, Revocations};
use crate::seal::Seal;
use crate::verify::Observer;
use crate::verify::chains::OPENING;
use crate::verify::standing::{Aside, AsideSeal, Known, Place, Reach, Revoked, Standing};
use crate::verify::verdict::{Outcome, Verdict};

/// The type of the dossier in which writers are revoked.
const ROSTER: &str = "roster";

/// What is kept of an op.
struct Row {
    op: Hash,
    link: Link,
    kind: Rc<str>,
    wall_ms: i64,
    checkpoint: Option<Rc<Checkpoint>>,
    seal: usize,
}

/// What is kept of an op that revokes.
struct Saying {
    row: Revoked,
    checkpoint: Option<Checkpoint>,
}

/// Watches a package while it is verified, for what counts in it; passes everything on.
pub struct StandingJudge<'o> {
    inner: Option<&'o mut dyn Observer>,
    said: Revocations,
    sayings: BTreeMap<Hash, Saying>,
    closed: BTreeSet<Hash>,
    links: Links,
    certificates: HashMap<Hash, SignedCertificate>,
    rows: Vec<Row>,
    seals: Vec<(WriterId, u64)>,
    rosters: BTreeMap<DossierId, i64>,
    kinds: BTreeMap<String, Rc<str>>,
    newest: Option<Rc<Checkpoint>>,
}

impl<'o> StandingJudge<'o> {
    /// Watches, with what the reader knows besides.
    #[must_use]
    pub fn new(known: Known) -> Self {
        let mut judge = Self {
            inner: None,
            said: Revocations::default(),
            sayings: BTreeMap::new(),
            closed: BTreeSet::new(),
            links: known.links,
            certificates: HashMap::new(),
            rows: Vec::new(),
            seals: Vec::new(),
            rosters: BTreeMap::new(),
            kinds: BTreeMap::new(),
            newest: None,
        };
        known.ops.iter().for_each(|op| judge.note(op, false));
        for signed in known.certificates {
            judge.certificates.insert(signed.hash, signed);
        }
        judge
    }

    /// Passes what it sees on to another observer.
    #[must_use]
    pub fn with(mut self, inner: &'o mut dyn Observer) -> Self {
        self.inner = Some(inner);
        self
    }

    /// Notes an op that revokes or adopts.
    fn note(&mut self, op: &Op, is_carried: bool) {
        let kind = op.header.kind.as_str();
        if kind != REVOKE && kind != ADOPT {
            return;
        }
        self.said.note(op);
        let Some(writer) = self.said.writer_of(op.hash) else {
            self.closed.insert(op.hash);
            return;
        };
        self.closed.remove(&op.hash);
        if kind == REVOKE {
            let reason = op.get("reason").and_then(|reason| reason.as_text());
            let row = Revoked {
                op: op.hash,
                writer,
                by: op.header.writer,
                reason: reason.map(str::to_owned),
                wall_ms: op.header.wall_ms,
                is_carried,
            };
            let saying = Saying { row, checkpoint: op.header.checkpoint.clone() };
            let known = self.sayings.entry(op.hash).or_insert(saying);
            known.row.is_carried |= is_carried;
        }
    }

    /// What counts, once the package was verified. Of one that does not verify, nothing is said.
    /// `root` is the fingerprint that the reader knows, if any: then nobody speaks but who has a
    /// certificate under it.
    #[must_use]
    pub fn finish(self, verdict: &Verdict, root: Option<Hash>) -> Standing {
        let mut standing = Standing {
            reach: Reach::Nothing,
            revoked: Vec::new(),
            aside: Vec::new(),
            seals: Vec::new(),
            closed: self.closed.len() as u64,
            is_exporter_revoked: false,
        };
        if verdict.outcome != Outcome::Verifies {
            return standing;
        }
        standing.reach = self.reach(verdict);
        let roots = root.map_or(verdict.contents.roots.clone(), |root| vec![root]);
        let under = |signed: &&SignedCertificate| roots.contains(&self.root_of(signed));
        let certificates: Vec<&SignedCertificate> =
            self.certificates.values().filter(under).collect();
        let in_force = self.said.in_force(&certificates, &self.links);
        let mut covered: BTreeMap<(WriterId, u64), u64> = BTreeMap::new();
        for row in &self.rows {
            let Some(by) = in_force.quarantined.get(&row.op) else { continue };
            *covered.entry(self.seals[row.seal]).or_default() += 1;
            standing.aside.push(Aside {
                op: row.op,
                link: row.link,
                kind: row.kind.to_string(),
                wall_ms: row.wall_ms,
                by: *by,
                place: self.place(row, *by),
            });
        }
        let seals = covered.into_iter();
        standing.seals =
            seals.map(|((writer, number), ops)| AsideSeal { writer, number, ops }).collect();
        let mut concerned: BTreeSet<WriterId> =
            self.rows.iter().map(|row| row.link.writer).collect();
        concerned.extend(verdict.contents.exporter_writer);
        let counting = in_force.counting.iter().filter_map(|op| self.sayings.get(op));
        standing.revoked = counting
            .filter(|saying| concerned.contains(&saying.row.writer))
            .map(|saying| saying.row.clone())
            .collect();
        let exporter = verdict.contents.exporter_writer;
        standing.is_exporter_revoked =
            standing.revoked.iter().any(|known| Some(known.writer) == exporter);
        standing
    }

    /// Where an op stands to the cut of a revocation that leaves it out.
    fn place(&self, row: &Row, by: Hash) -> Place {
        let points: &[CutPoint] = self.said.cut_by(by).unwrap_or_default();
        let mut own = points.iter().filter(|point| point.dossier == row.link.dossier);
        let is_open =
            |point: &CutPoint| row.link.seq <= point.seq && !self.links.contains_key(&point.op);
        if own.any(is_open) {
            return Place::Unclear;
        }
        let named = self.sayings.get(&by).and_then(|saying| saying.checkpoint.as_ref());
        match (&row.checkpoint, named) {
            (Some(op), Some(revoked)) if op.origin == revoked.origin && op.size >= revoked.size => {
                Place::After
            }
            _ => Place::Behind,
        }
    }

    fn reach(&self, verdict: &Verdict) -> Reach {
        let is_whole = |roster: &DossierId| !verdict.contents.excerpts.contains(roster);
        let Some(newest_ms) = self.rosters.values().max().copied() else { return Reach::Nothing };
        match self.rosters.keys().all(is_whole) {
            true => Reach::Whole { newest_ms },
            false => Reach::Part { newest_ms },
        }
    }

    fn root_of(&self, signed: &SignedCertificate) -> Hash {
        let mut root = signed;
        // Certificates were admitted, so none of them is its own ancestor.
        while let Some(issuer) = root.signed.signer.and_then(|hash| self.certificates.get(&hash)) {
            root = issuer;
        }
        root.hash
    }

    fn pass(&mut self, on: impl FnOnce(&mut dyn Observer)) {
        if let Some(inner) = &mut self.inner {
            on(&mut **inner);
        }
    }

    fn keep(&mut self, op: &Op) {
        let header = &op.header;
        let kind = header.kind.as_str();
        let kind = self.kinds.entry(kind.to_owned()).or_insert_with(|| kind.into()).clone();
        let checkpoint = header.checkpoint.as_ref().map(|named| match &self.newest {
            // Ops that follow each other mostly name the same checkpoint.
            Some(known) if **known == *named => known.clone(),
            _ => self.newest.insert(Rc::new(named.clone())).clone(),
        });
        let (link, wall_ms, seal) =
            (Link::from(header), header.wall_ms, self.seals.len().saturating_sub(1));
        self.links.insert(op.hash, link);
        self.rows.push(Row { op: op.hash, link, kind, wall_ms, checkpoint, seal });
        let is_roster = header.kind.as_str() == OPENING
            && op.get("type").and_then(|text| text.as_text()) == Some(ROSTER);
        if is_roster {
            self.rosters.entry(header.dossier).or_insert(wall_ms);
        }
        if let Some(newest) = self.rosters.get_mut(&header.dossier) {
            *newest = wall_ms.max(*newest);
        }
    }
}

impl Observer for StandingJudge<'_> {
    fn certificate(&mut self, certificate: &SignedCertificate) {
        self.certificates.insert(certificate.hash, certificate.clone());
        self.pass(|inner| inner.certificate(certificate));
    }

    fn op(&mut self, op: &Op) {
        self.keep(op);
        self.note(op, true);
        self.pass(|inner| inner.op(op));
    }

    fn seal(&mut self, seal: &Seal) {
        self.seals.push((seal.writer, seal.number));
        self.pass(|inner| inner.seal(seal));
    }

    fn original(&mut self, address: Hash, part: &[u8]) {
        self.pass(|inner| inner.original(address, part));
    }

    fn checkpoint(&mut self, checkpoint: &SignedCheckpoint) {
        self.pass(|inner| inner.checkpoint(checkpoint));
    }

    fn receipt(&mut self, receipt: &Receipt) {
        self.pass(|inner| inner.receipt(receipt));
    }

    fn refusal(&mut self, refusal: &SignedRefusal) {
        self.pass(|inner| inner.refusal(refusal));
    }

    fn original_end(&mut self, address: Hash, holds: bool) {
        self.pass(|inner| inner.original_end(address, holds));
    }
}
