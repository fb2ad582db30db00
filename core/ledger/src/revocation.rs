//! Revocation: from where on a writer's ops no longer count, and which are let in again.
//!
//! A revoked key is not a reason to lose evidence. What its writer wrote behind the cut is kept,
//! relayed and verified as before; it is only not counted (docs/protocol.md section 13). Which ops
//! that are follows from ops and certificates alone, in any order: whoever holds the same sets the
//! same aside.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::certificate::{Duty, SignedCertificate};
use crate::hash::Hash;
use crate::header::Header;
use crate::id::{DossierId, WriterId};
use crate::limits::{CERTIFICATE_CHAIN_MAX, CUT_MAX};
use crate::op::Op;
use crate::value::Value;

/// The kind that revokes a writer.
pub const REVOKE: &str = "writer.revoke/1";

/// The kind that lets ops of a revoked writer count again.
pub const ADOPT: &str = "ops.adopt/1";

/// The last op of a chain that counts. A hash and not a number alone: the holder of a stolen key
/// can write another op with any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CutPoint {
    /// The dossier.
    pub dossier: DossierId,
    /// The number of the op.
    pub seq: u64,
    /// The op.
    pub op: Hash,
}

/// Where an op stands in its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whose it is.
    pub writer: WriterId,
    /// In which dossier.
    pub dossier: DossierId,
    /// Its number.
    pub seq: u64,
    /// The op before it.
    pub prev: Option<Hash>,
}

/// The ops of the writers that a revocation speaks of, as far as they are here.
pub type Links = HashMap<Hash, Link>;

/// The ops that revoke and adopt, in whatever order they came.
#[derive(Debug, Clone, Default)]
pub struct Revocations(BTreeMap<Hash, Saying>);

#[derive(Debug, Clone)]
struct Saying {
    author: WriterId,
    writer: WriterId,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Revoke(Vec<CutPoint>),
    Adopt { last: CutPoint, first: u64 },
}

/// What counts of all that was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// The ops that revoke or adopt and that count.
    pub counting: BTreeSet<Hash>,
    /// The ops that do not count, each with the revocation that cuts it off.
    pub quarantined: BTreeMap<Hash, Hash>,
}

impl From<&Header> for Link {
    fn from(header: &Header) -> Self {
        let Header { writer, dossier, seq, prev, .. } = header;
        Self { writer: *writer, dossier: *dossier, seq: *seq, prev: *prev }
    }
}

impl Revocations {
    /// Takes an op; one of another kind, or without what it needs, is passed over.
    pub fn note(&mut self, op: &Op) {
        let id = |field: &str| WriterId::from_slice(op.get(field)?.as_bytes()?);
        let what = match op.header.kind.as_str() {
            REVOKE => op.get("cut").map(cut_of).map(What::Revoke),
            ADOPT => adopted(op),
            _ => None,
        };
        if let (Some(what), Some(writer)) = (what, id("writer")) {
            self.0.insert(op.hash, Saying { author: op.header.writer, writer, what });
        }
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The writers of whom it speaks: their ops must be among the links.
    #[must_use]
    pub fn writers(&self) -> BTreeSet<WriterId> {
        self.0.values().map(|saying| saying.writer).collect()
    }

    /// Of whom an op speaks that revokes or adopts; none when it was passed over.
    #[must_use]
    pub fn writer_of(&self, op: Hash) -> Option<WriterId> {
        self.0.get(&op).map(|saying| saying.writer)
    }

    /// The last ops that count, by the word of a revocation; none for what is none.
    #[must_use]
    pub fn cut_by(&self, op: Hash) -> Option<&[CutPoint]> {
        match &self.0.get(&op)?.what {
            What::Revoke(points) => Some(points),
            What::Adopt { .. } => None,
        }
    }

    /// What counts. `certificates` are those that were admitted.
    ///
    /// From the root down: what stands higher is judged first, and cuts what stands lower. Between
    /// administrators of one level every revocation counts, so that none escapes by being first.
    #[must_use]
    pub fn in_force(&self, certificates: &[&SignedCertificate], links: &Links) -> InForce {
        let ranks = Ranks::new(certificates);
        let mut levels: BTreeMap<usize, Vec<(Hash, &Saying)>> = BTreeMap::new();
        for (hash, saying) in &self.0 {
            if let Some(level) = ranks.level(saying.author, saying.writer) {
                levels.entry(level).or_default().push((*hash, saying));
            }
        }
        let mut judge = Judge { links, counting: Vec::new(), cut: BTreeMap::new() };
        for (level, said) in levels {
            let is_peer = |saying: &Saying| ranks.standing(saying.writer) == Some(level);
            let revokes = |saying: &Saying| matches!(saying.what, What::Revoke(_));
            judge.take(level, &said, |saying| revokes(saying) && is_peer(saying));
            // An adoption may let another adoption in; none takes one away, so this ends.
            while judge.take(level, &said, |saying| !revokes(saying)) {}
            judge.take(level, &said, |saying| revokes(saying) && !is_peer(saying));
        }
        let counting = judge.counting.iter().map(|(_, hash, _)| *hash).collect();
        InForce { counting, quarantined: judge.cut }
    }
}

/// What counts so far, and what is cut by it.
struct Judge<'a> {
    links: &'a Links,
    counting: Vec<(usize, Hash, &'a Saying)>,
    cut: BTreeMap<Hash, Hash>,
}

impl<'a> Judge<'a> {
    /// Lets those of a level count that are not cut themselves. Whether there was any.
    fn take(
        &mut self,
        level: usize,
        said: &[(Hash, &'a Saying)],
        is_asked: impl Fn(&Saying) -> bool,
    ) -> bool {
        let before = self.counting.len();
        for (hash, saying) in said.iter().filter(|(_, saying)| is_asked(saying)) {
            let is_new = !self.counting.iter().any(|(_, known, _)| known == hash);
            if is_new && !self.cut.contains_key(hash) {
                self.counting.push((level, *hash, saying));
            }
        }
        let is_more = self.counting.len() > before;
        if is_more {
            self.cut = self.cut_now();
        }
        is_more
    }

    /// An op is cut when some revocation that counts does not reach it, and no adoption of the
    /// same level or a higher one lets it in.
    fn cut_now(&self) -> BTreeMap<Hash, Hash> {
        let mut cut: BTreeMap<Hash, Hash> = BTreeMap::new();
        for (level, by, saying) in &self.counting {
            let What::Revoke(points) = &saying.what else { continue };
            let mut kept = HashSet::new();
            points.iter().for_each(|point| self.walk(saying.writer, *point, 0, &mut kept));
            for (from, _, other) in &self.counting {
                if let What::Adopt { last, first } = &other.what
                    && from <= level
                    && other.writer == saying.writer
                {
                    self.walk(saying.writer, *last, *first, &mut kept);
                }
            }
            for (op, link) in self.links {
                if link.writer == saying.writer && !kept.contains(op) {
                    let named = cut.entry(*op).or_insert(*by);
                    *named = (*named).min(*by);
                }
            }
        }
        cut
    }

    /// The ops of a chain from `last` back to the number `first`. None while `last` is not here:
    /// until then nobody can tell which ops with these numbers are meant.
    fn walk(&self, writer: WriterId, last: CutPoint, first: u64, kept: &mut HashSet<Hash>) {
        let mut next = Some(last.op);
        while let Some(hash) = next {
            let Some(link) = self.links.get(&hash) else { return };
            let is_of = link.writer == writer && link.dossier == last.dossier;
            if !is_of || link.seq < first {
                return;
            }
            kept.insert(hash);
            next = link.prev;
        }
    }
}

/// Who may revoke whom, by the certificates.
struct Ranks<'c>(HashMap<WriterId, Vec<Rank<'c>>>);

struct Rank<'c> {
    signed: &'c SignedCertificate,
    root: Hash,
    depth: usize,
}

impl<'c> Ranks<'c> {
    fn new(certificates: &[&'c SignedCertificate]) -> Self {
        let known: HashMap<Hash, &SignedCertificate> =
            certificates.iter().map(|signed| (signed.hash, *signed)).collect();
        let mut ranks: HashMap<WriterId, Vec<Rank<'c>>> = HashMap::new();
        for signed in certificates {
            let (mut root, mut depth) = (signed.hash, 1);
            while let Some(issuer) = known.get(&root).and_then(|held| held.signed.signer) {
                (root, depth) = (issuer, depth + 1);
                if depth > CERTIFICATE_CHAIN_MAX {
                    break;
                }
            }
            let rank = Rank { signed, root, depth };
            ranks.entry(signed.certificate.writer).or_default().push(rank);
        }
        Self(ranks)
    }

    fn of(&self, writer: WriterId) -> &[Rank<'c>] {
        self.0.get(&writer).map(Vec::as_slice).unwrap_or_default()
    }

    /// How far below the root a writer stands who may issue; none for who may not.
    fn standing(&self, writer: WriterId) -> Option<usize> {
        let may =
            |rank: &&Rank<'_>| matches!(rank.signed.certificate.duty, Duty::Root | Duty::Admin);
        self.of(writer).iter().filter(may).map(|rank| rank.depth).min()
    }

    /// How far below the root the certificate stands by which one writer may speak of another's
    /// ops; none when none does.
    fn level(&self, author: WriterId, writer: WriterId) -> Option<usize> {
        if author == writer {
            return None;
        }
        let admin = |rank: &&Rank<'_>| rank.signed.certificate.duty == Duty::Admin;
        let own = self.of(author).iter().filter(admin);
        own.filter(|own| own.covers(self.of(writer))).map(|own| own.depth).min()
    }
}

impl Rank<'_> {
    /// Whether everything that these certificates give under the same root lies within this one,
    /// and none of them stands higher.
    fn covers(&self, others: &[Self]) -> bool {
        let scopes = &self.signed.certificate.scopes;
        let mut same = others.iter().filter(|other| other.root == self.root).peekable();
        same.peek().is_some()
            && same.all(|other| {
                let theirs = &other.signed.certificate;
                let stands_higher = match theirs.duty {
                    Duty::Root => true,
                    Duty::Admin => other.depth < self.depth,
                    Duty::Writer | Duty::Hub => false,
                };
                let mut asked = theirs.scopes.iter();
                !stands_higher && asked.all(|scope| scopes.iter().any(|own| own.covers(scope)))
            })
    }
}

/// Whether a writer may revoke another, and adopt what it wrote.
#[must_use]
pub fn may_revoke(author: WriterId, writer: WriterId, certificates: &[&SignedCertificate]) -> bool {
    Ranks::new(certificates).level(author, writer).is_some()
}

/// Whether a writer may take back this one certificate: what a hub asks that serves several
/// roots, each of which speaks for its own.
#[must_use]
pub fn may_take_back(
    author: WriterId,
    certificate: Hash,
    certificates: &[&SignedCertificate],
) -> bool {
    let ranks = Ranks::new(certificates);
    let all = ranks.0.values().flatten();
    let Some(theirs) = all.clone().find(|rank| rank.signed.hash == certificate) else {
        return false;
    };
    let (root, writer) = (theirs.root, theirs.signed.certificate.writer);
    let mut own = ranks.of(author).iter().filter(|own| own.root == root);
    author != writer
        && own.any(|own| own.signed.certificate.duty == Duty::Admin && own.covers(ranks.of(writer)))
}

/// A cut as a revocation says it.
#[must_use]
pub fn cut_value(cut: &[CutPoint]) -> Value {
    let value = |point: &CutPoint| {
        Value::map([
            ("dossier", Value::from(point.dossier.raw().as_slice())),
            ("seq", Value::Int(point.seq.cast_signed())),
            ("op", Value::from(point.op.as_bytes().as_slice())),
        ])
    };
    Value::Array(cut.iter().map(value).collect())
}

/// Reads a cut; what has another shape keeps nothing.
#[must_use]
pub fn cut_of(value: &Value) -> Vec<CutPoint> {
    let point = |value: &Value| {
        Some(CutPoint {
            dossier: DossierId::from_slice(value.get("dossier")?.as_bytes()?)?,
            seq: u64::try_from(value.get("seq")?.as_int()?).ok()?,
            op: Hash::from_slice(value.get("op")?.as_bytes()?)?,
        })
    };
    let values = value.as_array().unwrap_or_default();
    values.iter().take(CUT_MAX).filter_map(point).collect()
}

fn adopted(op: &Op) -> Option<What> {
    let number = |field: &str| u64::try_from(op.get(field)?.as_int()?).ok();
    let last = CutPoint {
        dossier: DossierId::from_slice(op.get("dossier")?.as_bytes()?)?,
        seq: number("last")?,
        op: Hash::from_slice(op.get("head")?.as_bytes()?)?,
    };
    Some(What::Adopt { last, first: number("first")? })
}
