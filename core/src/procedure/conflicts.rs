//! Fields that several writers gave different values without knowing of each other 冲突.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::heads::Head;
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Fields, HOLD_RULES, HoldRule, Holds, Source, hold_rule};
use crate::error::Result;
use crate::procedure::collisions::{Collision, collisions};
use crate::procedure::decides::Deciders;
use crate::procedure::{Code, Condition, Verdict};

/// A field with values that differ. Nothing of it is lost: the value that holds is marked, and all
/// stand until a person decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Where it lies.
    pub dossier: DossierId,
    /// What it is about.
    pub entity: EntityId,
    /// What people call the entity; empty where it has no name, or a person's.
    pub title: String,
    /// The noun of the entity, such as `finding`.
    pub noun: String,
    /// The field.
    pub field: String,
    /// The values, ascending by op hash.
    pub values: Vec<Claim>,
    /// The op whose value holds; none where the noun puts parts of several together.
    pub holds: Option<Hash>,
    /// Why that one: the row of the table; none where no value is worse than another.
    pub rule: Option<&'static HoldRule>,
}

/// One value in a conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The value with its op, writer and claimed time.
    pub head: Head,
    /// Whether its writer may decide here. The value of who may not stands beside the others.
    pub may_decide: bool,
}

/// What a dossier has that a person must decide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Undecided {
    /// Fields with several values, by entity and field.
    pub conflicts: Vec<Conflict>,
    /// Transitions that collided.
    pub collisions: Vec<Collision>,
}

impl Undecided {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.conflicts.len() + self.collisions.len()
    }
}

/// What is undecided in a dossier: the same list for every reader who has the same ops.
///
/// # Errors
/// What the source returns.
pub fn undecided(source: &dyn Source, dossier: DossierId) -> Result<Undecided> {
    undecided_by(source, &Deciders::open(source, dossier)?, dossier)
}

/// The same, where it is known already who may decide.
fn undecided_by(source: &dyn Source, deciders: &Deciders, dossier: DossierId) -> Result<Undecided> {
    let mut nouns: BTreeMap<EntityId, BTreeSet<String>> = BTreeMap::new();
    for (entity, noun) in source.contested(dossier)? {
        nouns.entry(entity).or_default().insert(noun);
    }
    // One who may not decide leaves no second head behind, so what matters is looked at whole.
    if deciders.of_facts() {
        let ordered = HOLD_RULES.iter().filter(|rule| rule.is_ordered()).map(|rule| rule.noun);
        for noun in ordered.collect::<BTreeSet<_>>() {
            for entity in source.entities(dossier, noun)? {
                nouns.entry(entity).or_default().insert(noun.to_owned());
            }
        }
    }
    let mut conflicts = Vec::new();
    for (entity, nouns) in nouns {
        let mut fields = source.fields(dossier, entity)?;
        for noun in &nouns {
            deciders.judge(source, dossier, (entity, noun), &mut fields)?;
        }
        conflicts.extend(of_entity(deciders, dossier, entity, &nouns, &fields));
    }
    let collisions = collisions(source, deciders, dossier)?;
    Ok(Undecided { conflicts, collisions })
}

/// What is undecided in some dossiers, as a warning of a list or a board; none where nothing is.
/// Answers that differ are told with their check.
pub(crate) fn undecided_in(
    source: &dyn Source,
    dossiers: impl IntoIterator<Item = (DossierId, Deciders)>,
) -> Result<Option<Condition>> {
    let (mut names, mut ops) = (Vec::new(), Vec::new());
    for (dossier, deciders) in dossiers {
        let found = undecided_by(source, &deciders, dossier)?;
        let told_elsewhere = |conflict: &&Conflict| conflict.noun == "answer";
        for conflict in found.conflicts.iter().filter(|conflict| !told_elsewhere(conflict)) {
            let title = if conflict.title.is_empty() { &conflict.field } else { &conflict.title };
            names.push(title.clone());
            ops.extend(conflict.values.iter().map(|claim| claim.head.op));
        }
        for collision in &found.collisions {
            let term = collision.yields.kind.term();
            let title = if collision.title.is_empty() { term } else { &collision.title };
            names.push(title.to_owned());
            ops.extend([collision.holds.op, collision.yields.op]);
        }
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let (code, verdict) = (Code::ConflictsListed, Verdict::Warn);
    let some = !names.is_empty();
    Ok(some.then_some(Condition { code, verdict, have: 0, need: 0, names, ops }))
}

/// What people call an entity, without anybody's name in it.
fn title(fields: &Fields, noun: &str) -> String {
    let of_noun: &[&str] = match noun {
        "answer" => &["item"],
        "enterprise" => &["name"],
        _ => &["title", "caption", "cause", "skill"],
    };
    let found = of_noun.iter().find_map(|name| fields.text(name));
    found.unwrap_or_default().to_owned()
}

fn of_entity(
    deciders: &Deciders,
    dossier: DossierId,
    entity: EntityId,
    nouns: &BTreeSet<String>,
    fields: &Fields,
) -> Vec<Conflict> {
    let differing = fields.conflicts().filter(|field| fields.differs(field));
    differing
        .filter_map(|field| {
            let known = nouns.iter().find_map(|noun| Some((noun, hold_rule(noun, field)?)));
            let (noun, rule) = match known {
                Some((noun, rule)) => (noun, Some(rule)),
                None => (nouns.first()?, None),
            };
            // Its noun reads all the values: it has nothing to choose, and nobody to ask.
            if rule.is_some_and(|rule| !rule.is_ordered()) {
                return None;
            }
            let claim = |head: &Head| Claim {
                head: head.clone(),
                may_decide: deciders.may(noun, head.writer, head.wall_ms),
            };
            let values: Vec<Claim> = fields.heads(field).iter().map(claim).collect();
            Some(Conflict {
                dossier,
                entity,
                title: title(fields, noun),
                noun: noun.clone(),
                field: field.to_owned(),
                holds: holding(&values, rule),
                values,
                rule,
            })
        })
        .collect()
}

/// The value that holds: of those who may decide, where one of them said something.
fn holding(values: &[Claim], rule: Option<&HoldRule>) -> Option<Hash> {
    let theirs = values.iter().filter(|claim| claim.may_decide);
    let mut heads: Vec<Head> = theirs.map(|claim| claim.head.clone()).collect();
    if heads.is_empty() {
        heads = values.iter().map(|claim| claim.head.clone()).collect();
    }
    let picked = match rule {
        Some(rule) if rule.holds == Holds::ItemByItem => None,
        Some(rule) => rule.holds.pick(&heads),
        None => heads.iter().find(|head| head.value.is_some()).or(heads.first()),
    };
    picked.map(|head| head.op)
}
