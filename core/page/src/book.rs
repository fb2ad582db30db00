//! Everything in an opened package that the page looks up more than once.

use std::collections::{BTreeMap, HashMap};

use angen_core::domain::{
    Checklist, Dossier, Enterprise, Evidence, Fields, Finding, HeadsSource, Noun, Officer, Source,
    china_time,
};
use angen_forms::Form;
use angen_ledger::certificate::{Certificate, SignedCertificate};
use angen_ledger::erasure::{Erasures, Field, may_be_erased};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::open::Opened;
use crate::order::in_causal_order;
use crate::report::ReportView;
use crate::show;
use crate::terms::Say;

pub(crate) struct Book<'o> {
    pub(crate) opened: &'o Opened,
    pub(crate) say: Say,
    pub(crate) dossiers: Vec<Dossier>,
    pub(crate) ops: Vec<&'o Op>,
    pub(crate) evidence: Vec<(DossierId, Evidence)>,
    pub(crate) officers: HashMap<WriterId, Officer>,
    pub(crate) enterprises: BTreeMap<EntityId, Enterprise>,
    pub(crate) checklists: HashMap<EntityId, (Checklist, Option<Form>)>,
    findings: HashMap<EntityId, String>,
    /// Fields that were erased, each with the op that carried it out.
    erased: BTreeMap<Field, Hash>,
    by_hash: HashMap<Hash, &'o Op>,
    places: HashMap<Hash, usize>,
    by_entity: HashMap<(DossierId, EntityId), Vec<&'o Op>>,
    certificates: HashMap<WriterId, &'o SignedCertificate>,
}

impl<'o> Book<'o> {
    pub(crate) fn new(opened: &'o Opened, lang: Lang) -> Self {
        let ops = in_causal_order(&opened.ops);
        let by_hash = ops.iter().map(|op| (op.hash, *op)).collect();
        let mut by_entity: HashMap<_, Vec<&Op>> = HashMap::new();
        for op in &ops {
            by_entity.entry((op.header.dossier, op.header.entity)).or_default().push(*op);
        }
        let holders = opened.certificates.iter().map(|held| (held.certificate.writer, held));
        let mut book = Self {
            opened,
            say: Say(lang),
            dossiers: Vec::new(),
            evidence: Vec::new(),
            officers: HashMap::new(),
            enterprises: BTreeMap::new(),
            checklists: HashMap::new(),
            findings: HashMap::new(),
            erased: erased(opened, &ops),
            by_hash,
            places: ops.iter().enumerate().map(|(place, op)| (op.hash, place)).collect(),
            by_entity,
            certificates: holders.collect(),
            ops,
        };
        for id in &opened.verdict.contents.dossiers {
            book.read(*id);
        }
        // The visit comes before its checks, the checks in the order of their opening.
        let opening = |dossier: &Dossier| {
            let place = book.ops.iter().position(|op| op.header.dossier == dossier.dossier);
            (dossier.kind != "assistance", place)
        };
        let mut dossiers = book.dossiers.clone();
        dossiers.sort_by_key(opening);
        book.dossiers = dossiers;
        let mut evidence = std::mem::take(&mut book.evidence);
        evidence.sort_by_key(|(dossier, held)| book.began(*dossier, held.evidence));
        book.evidence = evidence;
        book
    }

    fn read(&mut self, id: DossierId) {
        self.dossiers.extend(self.all::<Dossier>(id));
        let evidence = self.all::<Evidence>(id).into_iter().map(|evidence| (id, evidence));
        self.evidence.extend(evidence.collect::<Vec<_>>());
        let officers = self.all::<Officer>(id).into_iter().map(|officer| (officer.writer, officer));
        self.officers.extend(officers.collect::<Vec<_>>());
        let enterprises = self.all::<Enterprise>(id).into_iter().map(|e| (e.enterprise, e));
        self.enterprises.extend(enterprises.collect::<Vec<_>>());
        for checklist in self.all::<Checklist>(id) {
            let form = Form::from_json(&checklist.form).ok();
            self.checklists.insert(checklist.checklist, (checklist, form));
        }
        let findings = self.all::<Finding>(id).into_iter().map(|f| (f.finding, f.title));
        self.findings.extend(findings.collect::<Vec<_>>());
    }

    /// The report of a visit, as of the moment of the export. None for another dossier.
    pub(crate) fn report(&self, dossier: DossierId) -> Option<ReportView> {
        let as_of_ms = self.opened.verdict.contents.created_ms;
        let report = angen_core::procedure::report(&self.source(), dossier, as_of_ms).ok()?;
        Some(ReportView::new(&report, self.say.0))
    }

    pub(crate) fn source(&self) -> HeadsSource<'_> {
        let dossiers = &self.opened.verdict.contents.dossiers;
        HeadsSource(&self.opened.heads, dossiers, &self.opened.certificates)
    }

    /// The entities of a noun in a dossier, in the order in which they came to be.
    pub(crate) fn all<T: Noun>(&self, dossier: DossierId) -> Vec<T> {
        let source = self.source();
        let held = source.entities(dossier, T::NOUN).expect("a package in memory does not fail");
        let mut held: Vec<_> = held.into_iter().map(|id| (self.began(dossier, id), id)).collect();
        held.sort_unstable();
        held.into_iter()
            .filter_map(|(_, id)| T::from_fields(id, &self.fields(dossier, id)))
            .collect()
    }

    pub(crate) fn fields(&self, dossier: DossierId, entity: EntityId) -> Fields {
        self.source().fields(dossier, entity).expect("a package in memory does not fail")
    }

    /// Where the first op of an entity stands in the timeline.
    fn began(&self, dossier: DossierId, entity: EntityId) -> usize {
        let first = self.ops_of(dossier, entity).first();
        first.and_then(|op| self.places.get(&op.hash)).copied().unwrap_or(usize::MAX)
    }

    /// The ops of an entity in causal order.
    pub(crate) fn ops_of(&self, dossier: DossierId, entity: EntityId) -> &[&'o Op] {
        self.by_entity.get(&(dossier, entity)).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn op(&self, hash: &Hash) -> Option<&'o Op> {
        self.by_hash.get(hash).copied()
    }

    /// The op that erased a field, if it was erased and not only withheld.
    pub(crate) fn erased_by(&self, op: &Op, field: &str) -> Option<Hash> {
        let by = self.erased.get(&(op.hash, field.to_owned())).copied();
        by.filter(|_| may_be_erased(op.header.kind.noun()))
    }

    pub(crate) fn certificate(&self, writer: WriterId) -> Option<&'o SignedCertificate> {
        self.certificates.get(&writer).copied()
    }

    /// The name in the writer's certificate, else the one on the roster.
    pub(crate) fn who(&self, writer: WriterId) -> String {
        let certified = self.certificate(writer).map(|held| held.certificate.name.clone());
        let listed = || self.officers.get(&writer).map(|officer| officer.name.clone());
        certified.or_else(listed).unwrap_or_else(|| writer.to_string())
    }

    pub(crate) fn enterprise(&self, entity: EntityId) -> String {
        let absent = self.say.t("（名称不在本包内）", "(name not in this package)");
        self.enterprises.get(&entity).map_or(absent, |enterprise| &enterprise.name).to_owned()
    }

    pub(crate) fn form(&self, checklist: EntityId) -> Option<&Form> {
        self.checklists.get(&checklist)?.1.as_ref()
    }

    /// What the officer read at an item.
    pub(crate) fn item_text(&self, checklist: EntityId, item: &str) -> Option<&str> {
        self.form(checklist)?.item(item)?.label.get(self.lang_code())
    }

    /// The piece of evidence that an op captured, if it is here.
    pub(crate) fn evidence_of(&self, op: Hash) -> Option<Evidence> {
        self.evidence.iter().find(|(_, held)| held.op == op).map(|(_, held)| held.clone())
    }

    /// An answer as the officer read it: the choice's words, or what was typed.
    pub(crate) fn answer_text(&self, checklist: EntityId, item: &str, value: &str) -> String {
        let choice = self.form(checklist).and_then(|form| {
            let list = form.item(item)?.kind.list()?;
            let choice = form.choices(list)?.iter().find(|choice| choice.name == value)?;
            choice.label.get(self.lang_code())
        });
        choice.map_or_else(|| self.say.code("value", value), str::to_owned)
    }

    pub(crate) fn lang_code(&self) -> &'static str {
        self.say.t("zh", "en")
    }

    /// The name of a person of the roster, if the roster is here.
    pub(crate) fn person(&self, person: EntityId) -> Option<String> {
        let mut officers = self.officers.values();
        officers.find(|officer| officer.officer == person).map(|officer| officer.name.clone())
    }

    /// What an entity is called, if it is one that people name.
    pub(crate) fn name_of(&self, entity: EntityId) -> Option<String> {
        let dossier = || {
            let dossier = self.dossiers.iter().find(|d| d.dossier.0 == entity.0)?;
            Some(dossier.title.clone()).filter(|title| !title.is_empty())
        };
        let evidence = || self.evidence.iter().find(|(_, held)| held.evidence == entity);
        let enterprise = self.enterprises.get(&entity).map(|found| found.name.clone());
        enterprise
            .or_else(|| self.checklists.get(&entity).map(|(list, _)| list.title.clone()))
            .or_else(|| self.findings.get(&entity).cloned())
            .or_else(|| self.officers.get(&WriterId(entity.0)).map(|found| found.name.clone()))
            .or_else(|| self.certificate(WriterId(entity.0)).map(|c| c.certificate.name.clone()))
            .or_else(|| evidence().map(|(_, held)| held.caption.clone()))
            .or_else(dossier)
    }

    /// Whether an entity is a finding.
    pub(crate) fn is_finding(&self, entity: EntityId) -> bool {
        self.findings.contains_key(&entity)
    }

    /// A value of a field as people read it.
    pub(crate) fn value(&self, field: &str, value: &Value) -> String {
        let joined = |parts: Vec<String>| parts.join(self.say.t("、", ", "));
        match value {
            Value::Null => "—".to_owned(),
            Value::Bool(true) => self.say.t("是", "yes").to_owned(),
            Value::Bool(false) => self.say.t("否", "no").to_owned(),
            Value::Int(ms)
                if matches!(
                    field,
                    "from" | "to" | "camera_time" | "approved_at" | "registered_at"
                ) =>
            {
                china_time(*ms)
            }
            Value::Int(number) => number.to_string(),
            Value::Text(text) => self.say.code(field, text),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::Array(values) => {
                joined(values.iter().map(|value| self.value(field, value)).collect())
            }
            Value::Map(pairs) => {
                let colon = self.say.t("：", ": ");
                let told = pairs.iter().map(|(key, value)| {
                    format!("{}{colon}{}", self.say.code(field, key), self.value(field, value))
                });
                told.collect::<Vec<_>>().join(self.say.t("；", "; "))
            }
        }
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        let named = EntityId::from_slice(bytes).and_then(|entity| self.name_of(entity));
        named.unwrap_or_else(|| {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            show::groups_of_four(&digits)
        })
    }
}

/// What the erasures in a package have in force.
fn erased(opened: &Opened, ops: &[&Op]) -> BTreeMap<Field, Hash> {
    let mut erasures = Erasures::default();
    ops.iter().for_each(|op| erasures.note(op));
    let held: Vec<&Certificate> =
        opened.certificates.iter().map(|held| &held.certificate).collect();
    erasures.in_force(&held)
}
