//! Who may act: certified enforcers by their own writers, on the day of the act, who did not have
//! to step aside.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use angen_ledger::id::{DossierId, EntityId, WriterId};
use chrono::NaiveDate;

use crate::domain::{
    Dossier, Evidence, Noun, Officer, Post, Recusal, Role, Source, china_day, china_noon_ms,
    read_all,
};
use crate::error::Result;

/// The people on every roster that is here, by writer, as they count in one dossier.
#[derive(Clone)]
pub(crate) struct People {
    enrolled: Rc<BTreeMap<WriterId, Vec<Line>>>,
    mentors: Rc<BTreeSet<WriterId>>,
    recused: Vec<Recused>,
    undecided: Vec<WriterId>,
}

/// One line of a roster.
pub(crate) struct Line {
    /// The person.
    pub(crate) officer: Officer,
    /// Whether the photo of a renewed certificate is held.
    renewal_shown: bool,
    /// The person's post, if one is entered.
    pub(crate) post: Option<Post>,
}

/// Somebody whose recusal was granted in the dossier.
#[derive(Clone)]
struct Recused {
    writer: WriterId,
    from_ms: i64,
}

/// A person: two writers with one certificate number are the same person (a second phone, a
/// reinstall), and never stand in for a second officer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PersonKey(String);

impl Line {
    /// Whether the certificate is valid on a day, or a newer one is shown by a photo.
    pub(crate) fn is_certified_on(&self, wall_ms: i64) -> bool {
        self.officer.is_certified_on(wall_ms) || self.is_provisional_on(wall_ms)
    }

    fn is_provisional_on(&self, wall_ms: i64) -> bool {
        !self.officer.is_certified_on(wall_ms)
            && self.renewal_shown
            && self.officer.is_renewed_on(wall_ms)
    }
}

impl People {
    /// Reads the rosters. `mentors` are those of the visit: whoever mentors it does not enforce
    /// in it, whatever the roster says.
    pub(crate) fn read(
        source: &dyn Source,
        dossiers: &[Dossier],
        mentors: &[WriterId],
    ) -> Result<Self> {
        let mut enrolled: BTreeMap<WriterId, Vec<Line>> = BTreeMap::new();
        for roster in dossiers.iter().filter(|dossier| dossier.kind == "roster") {
            let posts: Vec<Post> = read_all(source, roster.dossier)?;
            for officer in read_all::<Officer>(source, roster.dossier)? {
                let photo = officer.renewal.as_ref().map(|renewal| renewal.photo);
                let line = Line {
                    renewal_shown: is_held(source, roster.dossier, photo)?,
                    post: posts.iter().find(|post| post.person == officer.officer).cloned(),
                    officer,
                };
                enrolled.entry(line.officer.writer).or_default().push(line);
            }
        }
        Ok(Self {
            enrolled: Rc::new(enrolled),
            mentors: Rc::new(mentors.iter().copied().collect()),
            recused: Vec::new(),
            undecided: Vec::new(),
        })
    }

    /// Whether no roster is held: then nothing can be said of anybody.
    pub(crate) fn knows_nobody(&self) -> bool {
        self.enrolled.is_empty()
    }

    /// The same people in one dossier: without those whose recusal was granted there, from then
    /// on (行政处罚法 2021, article 43). A refusal counts once its signed form is held.
    pub(crate) fn within(&self, source: &dyn Source, dossier: DossierId) -> Result<Self> {
        let mut people = Self { recused: Vec::new(), undecided: Vec::new(), ..self.clone() };
        for recusal in read_all::<Recusal>(source, dossier)? {
            match &recusal.decision {
                Some(decision) if decision.granted => {
                    let next_day = decision.decided_on.succ_opt().map(day_begins_ms);
                    let from_ms = next_day.unwrap_or(i64::MAX).min(decision.wall_ms);
                    people.recused.push(Recused { writer: recusal.officer, from_ms });
                }
                Some(decision) if is_held(source, dossier, Some(decision.evidence))? => {}
                _ => people.undecided.push(recusal.officer),
            }
        }
        Ok(people)
    }

    /// The certified enforcer behind a writer on the day of an act, if there is one. A writer
    /// that is enrolled twice must be an enforcer in both lines: the worse counts.
    pub(crate) fn enforcer(&self, writer: WriterId, wall_ms: i64) -> Option<PersonKey> {
        let lines = self.enrolled.get(&writer)?;
        if self.mentors.contains(&writer) || !lines.iter().all(|o| o.is_certified_on(wall_ms)) {
            return None;
        }
        let key = self.key(writer)?;
        let steps_aside = |recused: &Recused| {
            recused.from_ms <= wall_ms
                && (recused.writer == writer || self.key(recused.writer) == Some(key.clone()))
        };
        (!self.recused.iter().any(steps_aside)).then_some(key)
    }

    /// The line of the roster behind a person, for names and certificate numbers on paper.
    pub(crate) fn card(&self, person: &PersonKey) -> Option<&Line> {
        let mut lines = self.enrolled.values().flatten();
        lines.find(|line| line.officer.certificate_no.as_deref() == Some(person.0.as_str()))
    }

    /// The line of an enforcer whose certificate is no longer valid on a day.
    pub(crate) fn expired(&self, writer: WriterId, wall_ms: i64) -> Option<&Officer> {
        let lines = self.enrolled.get(&writer)?;
        let enforcer = |line: &&Line| {
            line.officer.role == Role::Enforcer && line.officer.certificate_no.is_some()
        };
        let expired = lines.iter().filter(enforcer).find(|line| !line.is_certified_on(wall_ms));
        expired.map(|line| &line.officer)
    }

    /// Who is behind a writer on the roster as an enforcer, certified on that day or not: two
    /// phones of one person are one person.
    pub(crate) fn person(&self, writer: WriterId) -> Option<PersonKey> {
        let mut lines = self.enrolled.get(&writer)?.iter();
        let enforcer = lines.find(|line| line.officer.role == Role::Enforcer)?;
        let number = enforcer.officer.certificate_no.clone();
        Some(PersonKey(number.unwrap_or_else(|| writer.to_string())))
    }

    /// The name of a person.
    pub(crate) fn name_of(&self, person: &PersonKey) -> String {
        let mut writers = self.enrolled.keys();
        let writer = writers.find(|writer| self.person(**writer).as_ref() == Some(person));
        writer.map_or_else(|| person.0.clone(), |writer| self.name(*writer))
    }

    fn key(&self, writer: WriterId) -> Option<PersonKey> {
        let lines = self.enrolled.get(&writer)?;
        lines.first()?.officer.certificate_no.clone().map(PersonKey)
    }

    /// The lines that enrol a writer as a mentor.
    pub(crate) fn as_mentor(&self, writer: WriterId) -> Vec<&Officer> {
        let officers = self.enrolled.get(&writer).into_iter().flatten().map(|line| &line.officer);
        officers.filter(|officer| officer.role == Role::Mentor).collect()
    }

    /// Everybody who is certified on a day, each person once, with a line of the roster.
    pub(crate) fn certified_on(&self, day: NaiveDate) -> BTreeMap<PersonKey, &Line> {
        let noon = china_noon_ms(day);
        let mut certified = BTreeMap::new();
        for (writer, lines) in self.enrolled.iter() {
            if let (Some(person), Some(line)) = (self.enforcer(*writer, noon), lines.first()) {
                certified.entry(person).or_insert(line);
            }
        }
        certified
    }

    /// The first line of a writer.
    pub(crate) fn officer(&self, writer: WriterId) -> Option<&Officer> {
        self.enrolled.get(&writer)?.first().map(|line| &line.officer)
    }

    /// The number of the certificate on which a writer acts: of the renewed one, where the entered
    /// one has run out.
    pub(crate) fn certificate_no(&self, writer: WriterId, wall_ms: i64) -> Option<String> {
        let line = self.enrolled.get(&writer)?.first()?;
        let renewal = line.officer.renewal.as_ref().filter(|_| line.is_provisional_on(wall_ms));
        let renewed = renewal.map(|renewal| renewal.certificate_no.clone());
        renewed.or_else(|| line.officer.certificate_no.clone())
    }

    /// The name of a writer, as the roster has it.
    pub(crate) fn name(&self, writer: WriterId) -> String {
        self.officer(writer).map_or_else(|| writer.to_string(), |known| known.name.clone())
    }

    /// Whose recusal is asked for in the dossier and not decided.
    pub(crate) fn undecided(&self) -> Vec<String> {
        self.undecided.iter().map(|writer| self.name(*writer)).collect()
    }

    /// The enforcers among some writers whose certificate's last day nobody has entered.
    pub(crate) fn last_day_unknown(&self, writers: &BTreeSet<WriterId>) -> Vec<String> {
        self.names_of(writers, |line| {
            let officer = &line.officer;
            officer.role == Role::Enforcer
                && officer.certificate_no.is_some()
                && officer.certificate_valid_until.is_none()
        })
    }

    /// Those among some writers who act on a certificate that only a photo shows.
    pub(crate) fn provisional(&self, writers: &BTreeSet<WriterId>, wall_ms: i64) -> Vec<String> {
        self.names_of(writers, |line| line.is_provisional_on(wall_ms))
    }

    /// Those among some writers who are said to be off post on the day on which they act.
    pub(crate) fn off_post(&self, writers: &BTreeSet<WriterId>, wall_ms: i64) -> Vec<String> {
        let Some(day) = china_day(wall_ms) else { return Vec::new() };
        self.names_of(writers, |line| {
            line.post.as_ref().and_then(|post| post.is_on_post(day)) == Some(false)
        })
    }

    fn names_of(&self, writers: &BTreeSet<WriterId>, is: impl Fn(&Line) -> bool) -> Vec<String> {
        let lines = writers.iter().filter_map(|writer| self.enrolled.get(writer)).flatten();
        lines.filter(|line| is(line)).map(|line| line.officer.name.clone()).collect()
    }
}

/// When a day begins in China.
fn day_begins_ms(day: NaiveDate) -> i64 {
    china_noon_ms(day) - 12 * 3_600_000
}

/// Whether evidence stands in a dossier.
fn is_held(source: &dyn Source, dossier: DossierId, evidence: Option<EntityId>) -> Result<bool> {
    let Some(evidence) = evidence else { return Ok(false) };
    let held = Evidence::from_fields(evidence, &source.fields(dossier, evidence)?);
    Ok(held.is_some_and(|held| !held.retracted))
}
