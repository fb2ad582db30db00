//! What the page shows of a case: its filing, interviews, index of evidence and conclusion.

use std::collections::{BTreeSet, HashSet};

use angen_core::domain::{
    Case, Conclusion, Evidence, EvidenceIndex, Filing, Interview, Issued, Noun as _, PaperSigned,
    Question, Source as _,
};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::book::Book;
use crate::change::{ConflictView, collisions, conflicts};
use crate::check::{AssentView, assents};
use crate::media::{MediaView, anchor, media};
use crate::preserved::{PreservationView, forms, preservations};
use crate::show::to_the_minute;

/// A case.
pub(crate) struct CaseView {
    pub(crate) anchor: String,
    pub(crate) title: String,
    pub(crate) facts: Vec<(String, String)>,
    /// Values that differ in the case, its filing and its conclusion, and moves that collided.
    pub(crate) conflicts: Vec<ConflictView>,
    /// The signed form.
    pub(crate) form: Vec<MediaView>,
    pub(crate) interviews: Vec<InterviewView>,
    /// The index of evidence, if it was made: anchor and caption of a piece, and what it proves.
    pub(crate) index: Vec<IndexRow>,
    /// The conclusion, if there is one.
    pub(crate) conclusion: Option<ConclusionView>,
    pub(crate) preserved: Vec<PreservationView>,
    pub(crate) media: Vec<MediaView>,
    pub(crate) assents: Vec<AssentView>,
}

/// An interview with its signed pages.
pub(crate) struct InterviewView {
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) rights_told: bool,
    pub(crate) questions: Vec<Question>,
    /// How it was signed; none when nothing says.
    pub(crate) signed: Option<String>,
    pub(crate) media: Vec<MediaView>,
}

/// A line of the index of evidence.
pub(crate) struct IndexRow {
    pub(crate) anchor: Option<String>,
    pub(crate) caption: String,
    pub(crate) kind: String,
    pub(crate) proves: String,
}

/// The conclusion of an investigation.
pub(crate) struct ConclusionView {
    pub(crate) facts: String,
    pub(crate) opinion: String,
    pub(crate) basis: String,
    pub(crate) by: String,
}

impl CaseView {
    /// The case of a dossier, if it is one of a case.
    pub(crate) fn new(book: &Book<'_>, dossier: DossierId) -> Option<Self> {
        let case: Case = book.all(dossier).into_iter().next()?;
        let filing: Option<Filing> = book.all(dossier).into_iter().next();
        let interviews: Vec<InterviewView> = interviews(book, dossier);
        let form = media(book, |held_in, file| {
            held_in == dossier && filing.as_ref().is_some_and(|f| f.evidence == file.evidence)
        });
        let preserved = preservations(book, dossier);
        let mut elsewhere: HashSet<EntityId> = interviews
            .iter()
            .flat_map(|interview| &interview.media)
            .chain(&form)
            .map(|file| file.entity)
            .collect();
        elsewhere.extend(forms(&preserved));
        Some(Self {
            anchor: anchor(case.case),
            title: format!(
                "{}{}{}",
                if case.practice { book.say.t("〔演练〕", "[practice] ") } else { "" },
                book.enterprise(case.enterprise),
                case.cause
            ),
            facts: facts(book, &case, filing.as_ref()),
            conflicts: case_conflicts(book, dossier),
            form,
            interviews,
            index: index(book, dossier),
            conclusion: conclusion(book, dossier),
            preserved,
            media: media(book, |held_in, file| {
                held_in == dossier && !elsewhere.contains(&file.evidence)
            }),
            assents: assents(book, dossier),
        })
    }

    /// Every file that is shown with the case.
    pub(crate) fn files(&self) -> impl Iterator<Item = &MediaView> {
        let interviews = self.interviews.iter().flat_map(|interview| &interview.media);
        let preserved = self.preserved.iter().flat_map(|known| &known.media);
        self.form.iter().chain(interviews).chain(preserved).chain(&self.media)
    }
}

/// What a person must decide of the case itself, its filing and its conclusion.
fn case_conflicts(book: &Book<'_>, dossier: DossierId) -> Vec<ConflictView> {
    let source = book.source();
    let nouns = [Case::NOUN, Filing::NOUN, Conclusion::NOUN];
    let held = nouns.map(|noun| source.entities(dossier, noun));
    let held = held.into_iter().flat_map(|held| held.expect("a package in memory does not fail"));
    let entities: BTreeSet<EntityId> = held.collect();
    let of_fields = entities.into_iter().flat_map(|entity| conflicts(book, dossier, entity));
    of_fields.chain(collisions(book, dossier)).collect()
}

fn facts(book: &Book<'_>, case: &Case, filing: Option<&Filing>) -> Vec<(String, String)> {
    let say = book.say;
    let mut facts = vec![
        (say.field("cause"), case.cause.clone()),
        (say.t("案件来源", "Source of the case").to_owned(), say.code("source", &case.source)),
        (say.t("承办人", "Proposed by").to_owned(), book.who(case.writer)),
    ];
    if case.practice {
        let words = say.t("演练案件，不进入任何统计", "an exercise: it enters no statistics");
        facts.push((say.field("practice"), words.to_owned()));
    }
    let visits: Vec<String> = case
        .guided_by
        .iter()
        .map(|guidance| {
            book.name_of(guidance.visit.into()).unwrap_or_else(|| guidance.visit.to_string())
        })
        .collect();
    if !visits.is_empty() {
        facts.push((say.field("guided_by"), visits.join(say.t("、", ", "))));
    }
    facts.extend(book.name_of(case.finding).map(|title| (say.field("finding"), title)));
    let Some(filing) = filing else {
        let none = say.t("没有记录", "not recorded").to_owned();
        facts.push((say.field("decision"), none));
        return facts;
    };
    let word = if filing.filed { "filed" } else { "not_filed" };
    let number = filing.number.clone().or_else(|| filing.reason.clone()).unwrap_or_default();
    facts.push((say.field("decision"), format!("{} {number}", say.code("decision", word))));
    facts.push((say.field("decided_on"), filing.decided_on.clone()));
    let approver = filing.approver.clone();
    let withheld = || say.t("（隐去）", "(withheld)").to_owned();
    facts.push((say.field("approver"), approver.unwrap_or_else(withheld)));
    facts
}

fn interviews(book: &Book<'_>, dossier: DossierId) -> Vec<InterviewView> {
    let say = book.say;
    let papers: Vec<PaperSigned> = book.all(dossier);
    let issued: Vec<Issued> = book.all(dossier);
    let withheld = || say.t("（隐去）", "(withheld)").to_owned();
    let view = |interview: Interview| {
        let (from, to) = interview.held_ms;
        let facts = vec![
            (say.field("person"), interview.person.clone().unwrap_or_else(withheld)),
            (say.field("post"), interview.post.clone().unwrap_or_else(withheld)),
            (
                say.t("时间", "Held").to_owned(),
                format!("{} – {}", to_the_minute(from), to_the_minute(to)),
            ),
            (say.t("询问人", "Asked by").to_owned(), book.who(interview.writer)),
        ];
        // The signature names the interview, or the record as it was printed.
        let is_of = |paper: &&PaperSigned| {
            let printed = issued.iter().find(|known| known.document == paper.paper);
            paper.paper == interview.interview
                || printed.is_some_and(|known| known.about == interview.interview)
        };
        let paper = papers.iter().find(is_of);
        let pages = paper.map(|paper| paper.pages.clone()).unwrap_or_default();
        InterviewView {
            facts,
            rights_told: interview.rights_told,
            questions: interview.questions,
            signed: paper.map(|paper| {
                let reason = paper.reason.clone().unwrap_or_default();
                format!("{} {reason}", say.code("outcome", &paper.outcome))
            }),
            media: media(book, |held_in, file| {
                held_in == dossier && pages.contains(&file.evidence)
            }),
        }
    };
    book.all::<Interview>(dossier).into_iter().map(view).collect()
}

fn index(book: &Book<'_>, dossier: DossierId) -> Vec<IndexRow> {
    let index: Option<EvidenceIndex> = book.all(dossier).into_iter().next();
    let row = |(op, proves): (Hash, String)| {
        let piece: Option<Evidence> = book.evidence_of(op);
        let kind = piece.as_ref().and_then(|piece| piece.kind);
        IndexRow {
            anchor: piece.as_ref().map(|piece| anchor(piece.evidence)),
            caption: piece.map_or_else(
                || book.say.t("（不在本包内）", "(not in this package)").to_owned(),
                |piece| piece.caption,
            ),
            kind: kind.map(|kind| book.say.code("kind", kind.word())).unwrap_or_default(),
            proves,
        }
    };
    index.map(|index| index.items.into_iter().map(row).collect()).unwrap_or_default()
}

fn conclusion(book: &Book<'_>, dossier: DossierId) -> Option<ConclusionView> {
    let conclusion: Conclusion = book.all(dossier).into_iter().next()?;
    Some(ConclusionView {
        opinion: book.say.code("opinion", conclusion.opinion.word()),
        facts: conclusion.facts,
        basis: conclusion.basis,
        by: format!("{} {}", book.who(conclusion.writer), to_the_minute(conclusion.wall_ms)),
    })
}
