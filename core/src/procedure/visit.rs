//! What was recorded of a visit and of its checks, read once, for every part to look at.

use std::collections::{BTreeMap, BTreeSet};

use angen_documents::Form;
use angen_ledger::hash::Hash;
use angen_ledger::heads::{Head, Written};
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::domain::{
    Assent, CertificatesShown, Check, Dossier, Enterprise, Evidence, Extension, Fields, Finding,
    HashList, Issued, Measure, Noun, Order, PaperSigned, Preservation, Recheck, RecordSigned,
    Source, china_day,
};
use crate::error::Result;
use crate::procedure::carried::{CarriedAssent, carried_assents};
use crate::procedure::case::signature;
use crate::procedure::decides::{decisions, judge, keep_enforcers};
use crate::procedure::moves::settle;
use crate::procedure::paper::of_form;
use crate::procedure::people::{People, PersonKey};

/// The ops and assents of one dossier.
#[derive(Default)]
pub(crate) struct Trace {
    by_entity: BTreeMap<EntityId, Vec<Written>>,
    by_op: BTreeMap<Hash, (EntityId, Written)>,
    assents: Vec<Assent>,
    /// Those that were signed on a phone of their giver's own: the op is the carrier's.
    carried: Vec<Assent>,
    /// Who may act; what others replaced is put back. Nobody, where it is not asked.
    people: Option<People>,
    /// What each decision on a conflict says that it does not follow.
    decided: BTreeMap<Hash, Vec<Hash>>,
}

/// One check as it was recorded.
pub(crate) struct CheckFacts {
    /// The dossier.
    pub(crate) dossier: DossierId,
    /// Its division code.
    pub(crate) area: String,
    /// The people, as they count in this dossier.
    pub(crate) people: People,
    /// The check.
    pub(crate) check: Check,
    /// The enterprise, if the register is here.
    pub(crate) enterprise: Option<Enterprise>,
    /// Certificates shown.
    pub(crate) shown: Vec<CertificatesShown>,
    /// The fields of every answer.
    pub(crate) answers: Vec<Fields>,
    /// Findings, the retracted ones as well.
    pub(crate) findings: Vec<Finding>,
    /// Evidence that stands: not retracted, not derived, captured by a certified enforcer.
    pub(crate) evidence: Vec<Evidence>,
    /// What the party answered.
    pub(crate) records: Vec<RecordSigned>,
    /// Papers that were signed or refused.
    pub(crate) papers: Vec<PaperSigned>,
    /// Lists of digests.
    pub(crate) lists: Vec<HashList>,
    /// On-site measures.
    pub(crate) measures: Vec<Measure>,
    /// Correction orders.
    pub(crate) orders: Vec<Order>,
    /// Longer deadlines that were asked for.
    pub(crate) extensions: Vec<Extension>,
    /// Re-checks.
    pub(crate) rechecks: Vec<Recheck>,
    /// Evidence that was registered and preserved in advance.
    pub(crate) preservations: Vec<Preservation>,
    /// Documents that were printed, the void ones as well.
    pub(crate) issued: Vec<Issued>,
    /// Every op.
    pub(crate) trace: Trace,
}

impl Trace {
    /// Nothing yet. What somebody replaced who may not act here will be put back.
    pub(crate) fn of(people: &People) -> Self {
        Self { people: Some(people.clone()), ..Self::default() }
    }

    /// Reads the fields of one entity.
    pub(crate) fn read_one(
        &mut self,
        source: &dyn Source,
        dossier: DossierId,
        entity: EntityId,
    ) -> Result<Fields> {
        let fields = source.fields(dossier, entity)?;
        self.by_op.extend(fields.written().iter().map(|w| (w.op, (entity, *w))));
        Ok(fields)
    }

    /// Reads one noun and remembers the ops behind it.
    pub(crate) fn read<T: Noun>(
        &mut self,
        source: &dyn Source,
        dossier: DossierId,
    ) -> Result<Vec<T>> {
        let fields = self.read_fields(source, dossier, T::NOUN)?;
        Ok(fields.iter().filter_map(|(entity, fields)| T::from_fields(*entity, fields)).collect())
    }

    fn read_fields(
        &mut self,
        source: &dyn Source,
        dossier: DossierId,
        noun: &str,
    ) -> Result<Vec<(EntityId, Fields)>> {
        let mut all = Vec::new();
        for entity in source.entities(dossier, noun)? {
            let mut fields = source.fields(dossier, entity)?;
            if let Some(people) = &self.people {
                judge(source, people, dossier, (entity, noun), &mut fields)?;
                keep_enforcers(people, noun, &mut fields);
                let may = |head: &Head| people.enforcer(head.writer, head.wall_ms).is_some();
                self.decided.extend(decisions(&fields, may));
            }
            let written = fields.written().to_vec();
            self.by_op.extend(written.iter().map(|w| (w.op, (entity, *w))));
            self.by_entity.insert(entity, written);
            all.push((entity, fields));
        }
        Ok(all)
    }

    /// Whether an op decides a conflict, and does not follow another op.
    pub(crate) fn decides(&self, op: Hash, over: Hash) -> bool {
        self.decided.get(&op).is_some_and(|known| known.contains(&over))
    }

    /// Whether somebody may act here.
    pub(crate) fn may(&self, writer: WriterId, wall_ms: i64) -> bool {
        let people = self.people.as_ref();
        // In a package without the roster nobody is known: then what was written is shown.
        people.is_none_or(|people| {
            people.knows_nobody() || people.enforcer(writer, wall_ms).is_some()
        })
    }

    /// The entity that an op was written on.
    pub(crate) fn entity(&self, op: Hash) -> Option<EntityId> {
        self.by_op.get(&op).map(|(entity, _)| *entity)
    }

    /// Every assent that somebody signed elsewhere, as if it were an op of theirs.
    fn signed_elsewhere(&self) -> impl Iterator<Item = Written> {
        self.carried.iter().map(|assent| Written {
            op: assent.op,
            writer: assent.writer,
            wall_ms: assent.wall_ms,
        })
    }

    /// Reads the assents.
    pub(crate) fn read_assents(&mut self, source: &dyn Source, dossier: DossierId) -> Result<()> {
        self.assents = self.read(source, dossier)?;
        let carried = carried_assents(source, dossier)?;
        self.carried = carried.iter().filter_map(CarriedAssent::counts).collect();
        Ok(())
    }

    /// The op under a hash.
    pub(crate) fn op(&self, hash: Hash) -> Option<Written> {
        self.by_op.get(&hash).map(|(_, written)| *written)
    }

    /// Every op on an entity, replaced ones as well.
    pub(crate) fn on(&self, entity: EntityId) -> &[Written] {
        self.by_entity.get(&entity).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every op that was read.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Written> {
        self.by_op.values().map(|(_, written)| written)
    }

    /// The certified enforcers behind an op, with the ops by which they stand behind it: its
    /// writer, who wrote on the same entity later (they saw it), and who assented to it.
    pub(crate) fn behind(&self, people: &People, op: Hash) -> BTreeMap<PersonKey, Hash> {
        let mut behind = BTreeMap::new();
        let Some((entity, written)) = self.by_op.get(&op) else { return behind };
        let later = self.on(*entity).iter().filter(|w| w.wall_ms > written.wall_ms);
        let own = std::iter::once(written).chain(later).map(|w| (w.writer, w.wall_ms, w.op));
        let assents = self.assents.iter().chain(&self.carried);
        let assents = assents.filter(|assent| assent.ops.contains(&op));
        let assents = assents.map(|assent| (assent.writer, assent.wall_ms, assent.op));
        for (writer, wall_ms, by) in own.chain(assents) {
            if let Some(person) = people.enforcer(writer, wall_ms) {
                behind.entry(person).or_insert(by);
            }
        }
        behind
    }

    /// How many of some ops carry at least two certified enforcers, and the ops that show it.
    pub(crate) fn seconded(&self, people: &People, ops: &[Hash]) -> (usize, Vec<Hash>) {
        let mut count = 0;
        let mut shown = Vec::new();
        for op in ops {
            let behind = self.behind(people, *op);
            if behind.len() >= 2 {
                count += 1;
                shown.push(*op);
                shown.extend(behind.values());
            }
        }
        shown.sort_unstable();
        shown.dedup();
        (count, shown)
    }
}

impl CheckFacts {
    /// Reads a check. None when the dossier holds none.
    pub(crate) fn read(
        source: &dyn Source,
        dossiers: &[Dossier],
        people: &People,
        dossier: DossierId,
    ) -> Result<Option<Self>> {
        let people = people.within(source, dossier)?;
        let mut trace = Trace::of(&people);
        let checks: Vec<Check> = trace.read(source, dossier)?;
        let Some(check) = checks.into_iter().min_by_key(|check| check.check) else {
            return Ok(None);
        };
        let answers = trace.read_fields(source, dossier, "answer")?;
        let evidence: Vec<Evidence> = trace.read(source, dossier)?;
        let stands = |evidence: &Evidence| {
            !evidence.retracted
                && evidence.derived_from.is_none()
                && people.enforcer(evidence.writer, evidence.wall_ms).is_some()
        };
        let evidence: Vec<Evidence> = evidence.into_iter().filter(stands).collect();
        let opened = dossiers.iter().find(|opened| opened.dossier == dossier);
        let mut facts = Self {
            dossier,
            area: opened.map(|opened| opened.area.clone()).unwrap_or_default(),
            enterprise: read_standing(source, dossiers, "register", check.enterprise)?,
            shown: trace.read(source, dossier)?,
            answers: answers.into_iter().map(|(_, fields)| fields).collect(),
            findings: trace.read(source, dossier)?,
            evidence,
            records: trace.read(source, dossier)?,
            papers: trace.read(source, dossier)?,
            lists: trace.read(source, dossier)?,
            measures: trace.read(source, dossier)?,
            orders: trace.read(source, dossier)?,
            extensions: trace.read(source, dossier)?,
            rechecks: trace.read(source, dossier)?,
            preservations: trace.read(source, dossier)?,
            issued: trace.read(source, dossier)?,
            check,
            people,
            trace: Trace::default(),
        };
        trace.read_assents(source, dossier)?;
        facts.trace = trace;
        settle(source, &mut facts)?;
        facts.findings.sort_by_key(|finding| (finding.wall_ms, finding.finding));
        facts.issued.sort_by_key(|paper| (paper.made_at_ms, paper.document));
        Ok(Some(facts))
    }

    /// What tells one enterprise from another: its credit code, otherwise its line in the register.
    pub(crate) fn enterprise_key(&self) -> String {
        let code = self.enterprise.as_ref().and_then(|known| known.credit_code.clone());
        code.unwrap_or_else(|| self.check.enterprise.to_string())
    }

    /// What people call the check.
    pub(crate) fn title(&self) -> String {
        match &self.enterprise {
            Some(enterprise) => enterprise.name.clone(),
            None => self.check.enterprise.to_string(),
        }
    }

    /// When the check was first written about, by that device.
    pub(crate) fn begun_ms(&self) -> i64 {
        self.trace.on(self.check.check).iter().map(|w| w.wall_ms).min().unwrap_or(i64::MAX)
    }

    /// When the first answer or finding was written, by that device: also one that was replaced
    /// since. The order is by claimed wall time, as officers on two phones have no other.
    pub(crate) fn first_record_ms(&self) -> Option<i64> {
        let answers = self.answers.iter().flat_map(Fields::written);
        let findings = self.findings.iter().flat_map(|f| self.trace.on(f.finding));
        answers.chain(findings).map(|written| written.wall_ms).min()
    }

    /// The enforcers with an op of their own on a day, each with their ops; and their writers.
    pub(crate) fn enforcers_on(
        &self,
        people: &People,
        wall_ms: i64,
    ) -> (BTreeMap<PersonKey, Vec<Hash>>, BTreeSet<WriterId>) {
        let mut there: BTreeMap<PersonKey, Vec<Hash>> = BTreeMap::new();
        let mut writers = BTreeSet::new();
        for written in self.trace.all().copied().chain(self.trace.signed_elsewhere()) {
            let same_day = china_day(written.wall_ms) == china_day(wall_ms);
            let person = people.enforcer(written.writer, written.wall_ms);
            if let (true, Some(person)) = (same_day, person) {
                there.entry(person).or_default().push(written.op);
                writers.insert(written.writer);
            }
        }
        (there, writers)
    }

    /// The ops that close the record: the party's answer, noted by an enforcer, and the captured
    /// page or refusal that shows it. A name that an officer typed proves nothing by itself.
    pub(crate) fn record_ops(&self, people: &People) -> Vec<Hash> {
        self.record_ops_from(people, i64::MIN)
    }

    /// The same of a record that was closed at a moment or later, by claimed wall time.
    pub(crate) fn record_ops_from(&self, people: &People, from_ms: i64) -> Vec<Hash> {
        let enforcer = |w: &Written| people.enforcer(w.writer, w.wall_ms).is_some();
        let closes = |record: &&RecordSigned| {
            let noted = self.trace.op(record.op).filter(|w| w.wall_ms >= from_ms);
            let refused = record.outcome == "refused" && record.reason.is_some();
            noted.is_some_and(|w| enforcer(&w)) && (record.outcome == "signed" || refused)
        };
        for record in self.records.iter().filter(closes) {
            let page = self.evidence.iter().find(|page| Some(page.evidence) == record.evidence);
            if let Some(page) = page {
                return vec![record.op, page.op];
            }
        }
        self.printed_record_ops(people, from_ms)
    }

    /// The same by the printed record: its pages were signed, captured back, and noted on it.
    fn printed_record_ops(&self, people: &People, from_ms: i64) -> Vec<Hash> {
        let records = of_form(&self.issued, Form::SiteRecord);
        let covering = records.filter(|record| record.made_at_ms >= from_ms);
        for record in covering.filter(|record| record.about == self.check.check) {
            let signed = signature(&self.papers, &self.evidence, people, &[record.document]);
            if !signed.is_empty() {
                return std::iter::once(record.op).chain(signed).collect();
            }
        }
        Vec::new()
    }
}

/// Reads something of a standing dossier (register, library) wherever it lies. None when it is
/// not here: a package may hold the check alone.
pub(crate) fn read_standing<T: Noun>(
    source: &dyn Source,
    dossiers: &[Dossier],
    kind: &str,
    entity: EntityId,
) -> Result<Option<T>> {
    for dossier in dossiers.iter().filter(|dossier| dossier.kind == kind) {
        if let Some(found) = T::from_fields(entity, &source.fields(dossier.dossier, entity)?) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
