//! Who may act: certified enforcers by their own writers, on the day of the act.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;

use crate::domain::{Dossier, Officer, Role, Source, read_all};
use crate::error::Result;

/// The people on every roster that is here, by writer.
pub(crate) struct People {
    enrolled: BTreeMap<WriterId, Vec<Officer>>,
    mentors: BTreeSet<WriterId>,
}

/// A person: two writers with one certificate number are the same person (a second phone, a
/// reinstall), and never stand in for a second officer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PersonKey(String);

impl People {
    /// Reads the rosters. `mentors` are those of the visit: whoever mentors it does not enforce
    /// in it, whatever the roster says.
    pub(crate) fn read(
        source: &dyn Source,
        dossiers: &[Dossier],
        mentors: &[WriterId],
    ) -> Result<Self> {
        let mut enrolled: BTreeMap<WriterId, Vec<Officer>> = BTreeMap::new();
        for roster in dossiers.iter().filter(|dossier| dossier.kind == "roster") {
            for officer in read_all::<Officer>(source, roster.dossier)? {
                enrolled.entry(officer.writer).or_default().push(officer);
            }
        }
        Ok(Self { enrolled, mentors: mentors.iter().copied().collect() })
    }

    /// The certified enforcer behind a writer on the day of an act, if there is one. A writer
    /// that is enrolled twice must be an enforcer in both lines: the worse counts.
    pub(crate) fn enforcer(&self, writer: WriterId, wall_ms: i64) -> Option<PersonKey> {
        let lines = self.enrolled.get(&writer)?;
        if self.mentors.contains(&writer) || !lines.iter().all(|o| o.is_certified_on(wall_ms)) {
            return None;
        }
        lines.first()?.certificate_no.clone().map(PersonKey)
    }

    /// The line that enrols a writer as a mentor, if it is one.
    pub(crate) fn mentor(&self, writer: WriterId) -> Option<Hash> {
        let lines = self.enrolled.get(&writer)?;
        lines.iter().find(|officer| officer.role == Role::Mentor).and_then(|officer| officer.op)
    }

    /// The enforcers among some writers whose certificate's last day nobody has entered.
    pub(crate) fn last_day_unknown(&self, writers: &BTreeSet<WriterId>) -> Vec<String> {
        let lines = writers.iter().filter_map(|writer| self.enrolled.get(writer)).flatten();
        let unknown = lines.filter(|officer| {
            officer.role == Role::Enforcer
                && officer.certificate_no.is_some()
                && officer.certificate_valid_until.is_none()
        });
        unknown.map(|officer| officer.name.clone()).collect()
    }
}
