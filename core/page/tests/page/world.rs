//! A pretend visit with every kind of op, in Chinese or with all its data in English.

use angen_ledger::certificate::Duty;
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{Over, Ref};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::{Draft, Op};
use angen_ledger::package::Mode;
use angen_ledger::testing::{Grant, Scribe, draft, evidence, package};
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

pub(crate) const ROSTER: DossierId = DossierId([1; 16]);
pub(crate) const LIBRARY: DossierId = DossierId([2; 16]);
pub(crate) const REGISTER: DossierId = DossierId([3; 16]);
pub(crate) const VISIT: DossierId = DossierId([4; 16]);
pub(crate) const CHECKS: [DossierId; 2] = [DossierId([5; 16]), DossierId([6; 16])];

/// Who writes: an index into [`World::scribes`].
pub(crate) const ROOT: usize = 0;
pub(crate) const LIN: usize = 1;
pub(crate) const XU: usize = 2;
pub(crate) const MENTOR: usize = 3;
pub(crate) const ADMIN: usize = 4;

/// Writers, what they wrote, and the files.
pub(crate) struct World {
    pub(crate) lang: Lang,
    pub(crate) scribes: Vec<Scribe>,
    pub(crate) runs: Vec<(Vec<Op>, Vec<u8>)>,
    pub(crate) blobs: Vec<(Hash, Vec<u8>)>,
    dossiers: Vec<(DossierId, Mode)>,
}

/// A field with text.
pub(crate) fn text(name: &str, words: &str) -> (String, Value) {
    (name.to_owned(), words.into())
}

/// A field with bytes: an id or a hash.
pub(crate) fn bytes(name: &str, bytes: &[u8]) -> (String, Value) {
    (name.to_owned(), Value::Bytes(bytes.to_vec()))
}

impl World {
    pub(crate) fn new(lang: Lang) -> Self {
        let names = match lang {
            Lang::Zh => ["测试根证书", "林海", "徐涛", "郑明", "周明华"],
            Lang::En => ["Test Root", "Lin Hai", "Xu Tao", "Zheng Ming", "Zhou Minghua"],
        };
        let mut scribes: Vec<Scribe> = Vec::new();
        for (seed, name) in (1..).zip(names) {
            let duty = match scribes.len() {
                ROOT => Duty::Root,
                ADMIN => Duty::Admin,
                _ => Duty::Writer,
            };
            let grant = Grant { duty, name, scopes: &["*:*"], algorithm: Algorithm::Ed25519 };
            let scribe = Scribe::new(seed, &grant, scribes.first());
            scribes.push(scribe);
        }
        Self { lang, scribes, runs: Vec::new(), blobs: Vec::new(), dossiers: Vec::new() }
    }

    pub(crate) fn say<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    /// Writes and seals an op that has seen everything in its dossier.
    pub(crate) fn put(&mut self, who: usize, draft: Draft) -> Op {
        let others = self.scribes.iter().enumerate().filter(|(index, _)| *index != who);
        let deps = others.filter_map(|(_, scribe)| scribe.dep(draft.dossier)).collect();
        self.put_knowing(who, draft, deps)
    }

    /// Writes and seals an op of someone who has seen only what is named.
    pub(crate) fn put_knowing(
        &mut self,
        who: usize,
        draft: Draft,
        deps: Vec<angen_ledger::header::Dep>,
    ) -> Op {
        // Everyone shares one wall clock, so that only what a test does itself stands out.
        let latest = self.scribes.iter().map(|scribe| scribe.clock_ms).max().unwrap_or(0);
        let scribe = &mut self.scribes[who];
        scribe.clock_ms = latest;
        let op = scribe.write(draft, deps);
        let seal = scribe.seal(std::slice::from_ref(&op));
        self.runs.push((vec![op.clone()], seal));
        op
    }

    /// An op of a kind about an entity.
    pub(crate) fn say_op(
        &mut self,
        who: usize,
        place: (DossierId, EntityId),
        kind: &str,
        fields: Vec<(String, Value)>,
    ) -> Op {
        let mut draft = draft(place.0, place.1, kind, &[]);
        draft.fields = fields;
        self.put(who, draft)
    }

    /// An op that replaces fields of another.
    pub(crate) fn replace(
        &mut self,
        who: usize,
        before: &Op,
        kind: &str,
        fields: Vec<(String, Value)>,
        over: &[&str],
    ) -> Op {
        let mut draft = draft(before.header.dossier, before.header.entity, kind, &[]);
        draft.fields = fields;
        draft.over = over
            .iter()
            .map(|field| Over { field: (*field).to_owned(), heads: vec![before.hash] })
            .collect();
        self.put(who, draft)
    }

    pub(crate) fn open(&mut self, dossier: DossierId, kind: &str, title: &str) {
        self.dossiers.push((dossier, Mode::Whole));
        let fields = vec![
            text("area", "371102"),
            text("type", kind),
            text("title", title),
            text("retention", "10_years"),
        ];
        self.say_op(LIN, (dossier, dossier.into()), "dossier.open/1", fields);
    }

    /// Captures a file.
    pub(crate) fn capture(
        &mut self,
        place: (DossierId, EntityId),
        original: &[u8],
        mime: &str,
        fields: Vec<(String, Value)>,
    ) -> Op {
        let key = [self.blobs.len() as u8 + 1; 32];
        let (cipher, mut draft) = evidence(place.0, place.1, key, original);
        draft.fields.retain(|(name, _)| name != "caption" && name != "mime");
        draft.fields.extend(fields);
        draft.fields.push(text("mime", mime));
        self.blobs.push((draft.blobs[0].address, cipher));
        self.put(LIN, draft)
    }

    /// An op of another dossier that one relies on.
    pub(crate) fn refer(role: &str, op: &Op) -> Ref {
        Ref { role: role.to_owned(), dossier: op.header.dossier, op: op.hash }
    }

    /// Withholds a field of all ops of a kind.
    pub(crate) fn withhold(&mut self, kind: &str, field: &str) {
        let ops = self.runs.iter_mut().flat_map(|(ops, _)| ops);
        for op in ops.filter(|op| op.header.kind.as_str() == kind) {
            op.body = op.body.take().map(|body| body.withhold(Suite::Sha256, |name| name == field));
        }
    }

    /// The package, exported by the first officer.
    pub(crate) fn package(&self) -> Vec<u8> {
        let certificates: Vec<&Scribe> = self.scribes.iter().collect();
        package(&self.scribes[LIN], &self.dossiers, &certificates, &self.runs, &self.blobs)
    }

    pub(crate) fn root(&self) -> Hash {
        self.scribes[ROOT].certificate.hash
    }
}
