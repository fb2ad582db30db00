//! Who may decide a conflict, and what is left of values when somebody decided who may not.
//!
//! In a check or a case it takes a certified enforcer: what a mentor or an assistant says of a
//! field that matters stands beside what an enforcer said, and never in its place. No verb writes
//! such a thing; a reader does not rely on that.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::heads::{Head, Said};
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::domain::{
    Assistance, Case, Check, DECIDED_OVER, Dossier, Fields, HOLD_RULES, Noun, Role, Source,
    read_all,
};
use crate::error::Result;
use crate::procedure::people::People;

/// Who may decide in one dossier.
pub(crate) struct Deciders {
    /// The dossier's type.
    pub(crate) kind: String,
    /// The people, as they may act in this dossier.
    pub(crate) people: People,
}

impl Deciders {
    /// Reads them.
    pub(crate) fn open(source: &dyn Source, dossier: DossierId) -> Result<Self> {
        let mut dossiers = Vec::new();
        for id in source.dossiers()? {
            dossiers.extend(Dossier::from_fields(id.into(), &source.fields(id, id.into())?));
        }
        let opened = dossiers.iter().find(|opened| opened.dossier == dossier);
        let kind = opened.map(|opened| opened.kind.clone()).unwrap_or_default();
        let mentors = mentors_of(source, dossier)?;
        let people = People::read(source, &dossiers, &mentors)?.within(source, dossier)?;
        Ok(Self { kind, people })
    }

    /// Whether the dossier holds facts that only enforcers establish.
    pub(crate) fn of_facts(&self) -> bool {
        matches!(self.kind.as_str(), "check" | "case")
    }

    /// Whether a writer may decide about an entity of some noun at a moment.
    pub(crate) fn may(&self, noun: &str, writer: WriterId, wall_ms: i64) -> bool {
        if self.of_facts() {
            return self.people.enforcer(writer, wall_ms).is_some();
        }
        let role = self.people.officer(writer).map(|officer| officer.role);
        match noun {
            "skill" => role == Some(Role::Mentor),
            // Who established the township is on no roster.
            _ => !matches!(role, Some(Role::Mentor | Role::Assistant)),
        }
    }

    /// Puts back what was replaced by who may not decide.
    pub(crate) fn judge(
        &self,
        source: &dyn Source,
        dossier: DossierId,
        (entity, noun): (EntityId, &str),
        fields: &mut Fields,
    ) -> Result<bool> {
        if !self.of_facts() {
            return Ok(false);
        }
        judge(source, &self.people, dossier, (entity, noun), fields)
    }
}

/// The mentors of the visit that a check or a case belongs to.
fn mentors_of(source: &dyn Source, dossier: DossierId) -> Result<Vec<WriterId>> {
    let cases: Vec<Case> = read_all(source, dossier)?;
    let mut visits: BTreeSet<DossierId> =
        cases.iter().flat_map(|case| case.guided_by.iter().map(|guided| guided.visit)).collect();
    for check in cases.iter().map(|case| case.check).chain([dossier]) {
        let checks: Vec<Check> = read_all(source, check)?;
        visits.extend(checks.into_iter().filter_map(|check| check.assistance));
    }
    let mut mentors = Vec::new();
    for visit in visits {
        let plans: Vec<Assistance> = read_all(source, visit)?;
        mentors.extend(plans.into_iter().flat_map(|plan| plan.mentors));
    }
    Ok(mentors)
}

/// Puts back into the fields of an entity what was replaced by somebody who is no certified
/// enforcer. Whether anything was.
pub(crate) fn judge(
    source: &dyn Source,
    people: &People,
    dossier: DossierId,
    (entity, noun): (EntityId, &str),
    fields: &mut Fields,
) -> Result<bool> {
    let may = |writer, wall_ms| people.enforcer(writer, wall_ms).is_some();
    let written = fields.written();
    if written.len() < 2 || written.iter().all(|op| may(op.writer, op.wall_ms)) {
        return Ok(false);
    }
    let mut changed = false;
    for rule in HOLD_RULES.iter().filter(|rule| rule.noun == noun && rule.is_ordered()) {
        let said = source.history(dossier, entity, rule.field)?;
        let heads = standing(&said, |head| may(head.writer, head.wall_ms));
        if heads.as_slice() != fields.heads(rule.field) {
            fields.replace(rule.field, heads);
            changed = true;
        }
    }
    Ok(changed)
}

/// Leaves of the fields that matter only what certified enforcers said, where one of them said
/// something: nothing of the others counts.
pub(crate) fn keep_enforcers(people: &People, noun: &str, fields: &mut Fields) {
    for rule in HOLD_RULES.iter().filter(|rule| rule.noun == noun && rule.is_ordered()) {
        let all = fields.heads(rule.field);
        let is_theirs = |head: &&Head| people.enforcer(head.writer, head.wall_ms).is_some();
        let theirs: Vec<Head> = all.iter().filter(is_theirs).cloned().collect();
        if !theirs.is_empty() && theirs.len() < all.len() {
            fields.replace(rule.field, theirs);
        }
    }
}

/// The values that stand, ascending by op hash, where an op of who may not decide replaces only
/// what others of the kind said. Who replaces such an op has seen what it had replaced.
fn standing(said: &[Said], may: impl Fn(&Head) -> bool) -> Vec<Head> {
    let by_op: BTreeMap<Hash, &Said> = said.iter().map(|said| (said.head.op, said)).collect();
    let is_allowed = |op: &Hash| by_op.get(op).is_some_and(|said| may(&said.head));
    let mut replaced = BTreeSet::new();
    for said in said {
        let allowed = may(&said.head);
        let (mut open, mut walked) = (said.over.clone(), BTreeSet::new());
        while let Some(op) = open.pop() {
            let theirs = is_allowed(&op);
            if !walked.insert(op) || (!allowed && theirs) {
                continue;
            }
            replaced.insert(op);
            if allowed && !theirs {
                open.extend(by_op.get(&op).into_iter().flat_map(|through| &through.over));
            }
        }
    }
    said.iter()
        .map(|said| &said.head)
        .filter(|head| !replaced.contains(&head.op))
        .cloned()
        .collect()
}

/// What the ops that hold an entity say that they decide over, of those by who may decide.
pub(crate) fn decisions(fields: &Fields, may: impl Fn(&Head) -> bool) -> Vec<(Hash, Vec<Hash>)> {
    let heads = fields.heads(DECIDED_OVER).iter().filter(|head| may(head));
    let over = |head: &Head| {
        let ops = head.value.as_ref().and_then(|value| value.as_array()).unwrap_or_default();
        ops.iter().filter_map(|op| Hash::from_slice(op.as_bytes()?)).collect()
    };
    heads.map(|head| (head.op, over(head))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(op: u8, writer: u8, over: &[u8]) -> Said {
        let hash = |op: u8| Hash([op; 32]);
        let head = Head { op: hash(op), writer: WriterId([writer; 16]), wall_ms: 0, value: None };
        Said { head, over: over.iter().map(|op| hash(*op)).collect() }
    }

    /// Writer 9 may not decide.
    fn ops(said: &[Said]) -> Vec<u8> {
        let heads = standing(said, |head| head.writer != WriterId([9; 16]));
        heads.iter().map(|head| head.op.as_bytes()[0]).collect()
    }

    #[test]
    fn who_may_not_decide_stands_beside_and_replaces_nothing() {
        assert_eq!(ops(&[said(1, 1, &[]), said(2, 2, &[]), said(3, 9, &[1, 2])]), [1, 2, 3]);
        assert_eq!(ops(&[said(1, 1, &[]), said(2, 2, &[]), said(3, 2, &[1, 2])]), [3]);
        // Nor by small steps.
        let steps = [said(1, 1, &[]), said(2, 2, &[]), said(3, 9, &[1]), said(4, 9, &[2, 3])];
        assert_eq!(ops(&steps), [1, 2, 4]);
    }

    #[test]
    fn who_replaces_such_a_value_has_seen_what_lay_behind_it() {
        let all = [said(1, 1, &[]), said(2, 2, &[]), said(3, 9, &[1, 2]), said(4, 1, &[3])];
        assert_eq!(ops(&all), [4]);
        let one_more = [&all[..], &[said(5, 9, &[4])]].concat();
        assert_eq!(ops(&one_more), [4, 5]);
        // However many steps it was.
        let steps = [said(1, 1, &[]), said(2, 2, &[]), said(3, 9, &[1, 2]), said(4, 9, &[3])];
        assert_eq!(ops(&[&steps[..], &[said(5, 2, &[4])]].concat()), [5]);
    }
}
