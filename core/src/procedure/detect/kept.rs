//! Preserved evidence 先行登记保存 and printed documents: approvals, days, numbers, signatures.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use chrono::NaiveDate;

use super::facts::Facts;
use super::{Defect, DefectCode};
use crate::domain::{Preservation, Source, china_day, read_all};
use crate::error::Result;
use crate::procedure::{ClockKind, WorkCalendar};

/// Evidence that was preserved, and where.
type Preserved = (DossierId, Preservation);

/// A document that was printed.
pub(super) struct Printed {
    dossier: DossierId,
    entity: EntityId,
    op: Hash,
    made_ms: i64,
    number: Option<String>,
}

/// A paper that the party signed: where, what, when.
pub(super) struct SignedPaper {
    dossier: DossierId,
    paper: EntityId,
    op: Hash,
    wall_ms: i64,
}

/// What a dossier holds of these.
#[derive(Default)]
pub(super) struct Kept {
    preserved: Vec<Preserved>,
    printed: Vec<Printed>,
    signed: Vec<SignedPaper>,
}

impl Kept {
    pub(super) fn read(&mut self, source: &dyn Source, dossier: DossierId) -> Result<()> {
        let preserved: Vec<Preservation> = read_all(source, dossier)?;
        let registered = preserved.into_iter().filter(|known| known.registered.is_some());
        self.preserved.extend(registered.map(|known| (dossier, known)));
        for entity in source.entities(dossier, "document")? {
            let fields = source.fields(dossier, entity)?;
            let printed = fields.heads("made_at").first().zip(fields.int("made_at"));
            let number = fields.text("number").map(str::to_owned);
            self.printed.extend(printed.map(|(head, made_ms)| Printed {
                dossier,
                entity,
                op: head.op,
                made_ms,
                number,
            }));
        }
        for noun in ["record", "paper"] {
            for entity in source.entities(dossier, noun)? {
                let fields = source.fields(dossier, entity)?;
                let paper = fields.bytes("paper").and_then(EntityId::from_slice);
                let signed = fields.heads("outcome").first().zip(paper);
                self.signed.extend(signed.map(|(head, paper)| SignedPaper {
                    dossier,
                    paper,
                    op: head.op,
                    wall_ms: head.wall_ms,
                }));
            }
        }
        Ok(())
    }
}

/// R22: whether an item was decided on too late, or is still open when its time is over.
fn is_late(known: &Preservation, as_of: Option<NaiveDate>) -> bool {
    let start = known.registered.as_ref().and_then(|held| china_day(held.registered_at_ms));
    let (Some(start), Some(period)) = (start, ClockKind::Preserved.rule().period) else {
        return false;
    };
    let last = WorkCalendar::built_in().end(start, period).last;
    known.all_decided_on().or(as_of).is_some_and(|day| day > last)
}

pub(super) fn find(facts: &Facts, as_of_ms: i64, found: &mut Vec<Defect>) {
    let kept = &facts.kept;
    for (dossier, known) in &kept.preserved {
        let mut add = |code| {
            let (subject, ops) = (Some(known.preservation), known.ops.clone());
            found.push(facts.defect(code, *dossier, subject, Vec::new(), ops));
        };
        if !known.is_approved_first() {
            add(DefectCode::PreservedWithoutApproval);
        }
        if is_late(known, china_day(as_of_ms)) {
            add(DefectCode::PreservedTooLong);
        }
    }
    let mut numbers: BTreeMap<&str, Vec<&Printed>> = BTreeMap::new();
    for printed in &kept.printed {
        if let Some(number) = &printed.number {
            numbers.entry(number.trim()).or_default().push(printed);
        }
    }
    for (number, uses) in numbers.into_iter().filter(|(_, uses)| uses.len() > 1) {
        let ops: Vec<Hash> = uses.iter().map(|printed| printed.op).collect();
        for printed in &uses {
            let (code, subject) = (DefectCode::NumberTwice, Some(printed.entity));
            let names = vec![number.to_owned()];
            found.push(facts.defect(code, printed.dossier, subject, names, ops.clone()));
        }
    }
    for signed in &kept.signed {
        let printed = kept.printed.iter().find(|printed| printed.entity == signed.paper);
        let late = printed.filter(|printed| china_day(signed.wall_ms) > china_day(printed.made_ms));
        if let Some(printed) = late {
            let names = china_day(signed.wall_ms).map(|day| day.to_string());
            let (code, ops) = (DefectCode::SignedAfterPrint, vec![printed.op, signed.op]);
            let names = names.into_iter().collect();
            found.push(facts.defect(code, signed.dossier, Some(signed.paper), names, ops));
        }
    }
}
