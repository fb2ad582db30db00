//! What the page shows, from top to bottom, as plain values for the template.

use angen_core::domain::{Attendance, Training, china_time};
use angen_ledger::body::Content;
use angen_ledger::id::DossierId;
use angen_ledger::verify::{Lang, Outcome};
use askama::Template;

use crate::book::Book;
use crate::check::{CheckView, MediaView, media};
use crate::open::Opened;
use crate::sentence::sentence;
use crate::show::{groups_of_four, to_the_minute};
use crate::terms::Say;
use crate::verdict::{RuleRow, headline, html_lang, not_proved, proved, rules};

/// The document.
#[derive(Template)]
#[template(path = "page.html")]
pub(crate) struct Page {
    pub(crate) say: Say,
    pub(crate) lang: &'static str,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) tone: &'static str,
    pub(crate) headline: &'static str,
    pub(crate) refused: bool,
    pub(crate) proved: Vec<&'static str>,
    pub(crate) not_proved: Vec<&'static str>,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) people: Vec<Person>,
    pub(crate) trainings: Vec<TrainingView>,
    pub(crate) checks: Vec<CheckView>,
    pub(crate) timeline: Vec<Line>,
    pub(crate) withheld: Vec<String>,
    pub(crate) rules: Vec<RuleRow>,
    pub(crate) root: String,
}

/// Someone who wrote.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) organisation: String,
    pub(crate) role: String,
    pub(crate) certificate_no: String,
    pub(crate) ops: u64,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A training with who attended.
pub(crate) struct TrainingView {
    pub(crate) title: String,
    pub(crate) trainer: String,
    pub(crate) place: String,
    pub(crate) held: String,
    pub(crate) agenda: Vec<String>,
    pub(crate) attended: Vec<String>,
    pub(crate) media: Vec<MediaView>,
}

/// One op in the timeline.
pub(crate) struct Line {
    pub(crate) time: String,
    pub(crate) who: String,
    pub(crate) what: String,
    pub(crate) before: Vec<String>,
    pub(crate) hash: String,
}

impl Page {
    pub(crate) fn new(opened: &Opened, lang: Lang) -> Self {
        let say = Say(lang);
        let book = Book::new(opened, lang);
        let verdict = &opened.verdict;
        let (tone, headline) = headline(verdict, say);
        let main: Vec<_> = book
            .dossiers
            .iter()
            .filter(|dossier| matches!(dossier.kind.as_str(), "assistance" | "check"))
            .collect();
        let title = main
            .first()
            .or(book.dossiers.first().as_ref())
            .map_or_else(|| say.t("卷宗包", "Package").to_owned(), |dossier| dossier.title.clone());
        let rest: Vec<&str> = main.iter().skip(1).map(|dossier| dossier.title.as_str()).collect();
        let ids: Vec<DossierId> = book.dossiers.iter().map(|dossier| dossier.dossier).collect();
        Self {
            say,
            lang: html_lang(lang),
            title,
            subtitle: rest.join(say.t("、", ", ")),
            tone,
            headline,
            refused: verdict.outcome != Outcome::Verifies,
            proved: proved(verdict, say),
            not_proved: not_proved(say),
            facts: facts(opened, say),
            people: people(&book),
            trainings: ids.iter().flat_map(|id| trainings(&book, *id)).collect(),
            checks: ids.iter().filter_map(|id| CheckView::new(&book, *id)).collect(),
            timeline: timeline(&book),
            withheld: withheld(&book),
            rules: rules(verdict, say),
            root: verdict.contents.roots.first().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

fn facts(opened: &Opened, say: Say) -> Vec<(String, String)> {
    let contents = &opened.verdict.contents;
    let mut facts = vec![
        (
            say.t("导出", "Exported").to_owned(),
            format!(
                "{}{}{}",
                contents.exporter.clone().unwrap_or_default(),
                say.t("，", ", "),
                china_time(contents.created_ms)
            ),
        ),
        (
            say.t("内容", "Content").to_owned(),
            match say.0 {
                Lang::Zh => format!(
                    "{} 条记录，{} 个印签，附件 {}/{} 个",
                    contents.ops, contents.seals, contents.blobs_held, contents.blobs_named
                ),
                Lang::En => format!(
                    "{} records, {} seals, {} of {} files",
                    contents.ops, contents.seals, contents.blobs_held, contents.blobs_named
                ),
            },
        ),
    ];
    for root in &contents.roots {
        let words = say.t("根证书指纹", "Root fingerprint").to_owned();
        facts.push((words, groups_of_four(&root.to_string())));
    }
    facts
}

fn people(book: &Book<'_>) -> Vec<Person> {
    let person = |writer: &angen_ledger::verify::WriterSummary| {
        let officer = book.officers.get(&writer.writer);
        Person {
            name: book.who(writer.writer),
            organisation: writer.organisation.clone(),
            role: officer.map_or_else(
                || book.say.t("管理员", "administrator").to_owned(),
                |officer| book.say.code("role", officer.role.word()),
            ),
            certificate_no: officer
                .and_then(|officer| officer.certificate_no.clone())
                .unwrap_or_else(|| "—".to_owned()),
            ops: writer.ops,
            from: to_the_minute(writer.wall_ms.0),
            to: to_the_minute(writer.wall_ms.1),
        }
    };
    book.opened.verdict.contents.writers.iter().map(person).collect()
}

fn trainings(book: &Book<'_>, dossier: DossierId) -> Vec<TrainingView> {
    let attended: Vec<Attendance> = book.all(dossier);
    let view = |training: Training| TrainingView {
        title: training.title,
        trainer: training.trainer.map(|writer| book.who(writer)).unwrap_or_default(),
        place: training.place,
        held: format!(
            "{} – {}",
            to_the_minute(training.held_ms.0),
            to_the_minute(training.held_ms.1)
        ),
        agenda: training.agenda.iter().map(|tag| book.say.code("agenda", tag)).collect(),
        attended: attended
            .iter()
            .filter(|attendance| attendance.training == training.training)
            .map(|attendance| book.who(attendance.writer))
            .collect(),
        media: media(book, dossier, |about| about == Some(training.training)),
    };
    book.all::<Training>(dossier).into_iter().map(view).collect()
}

fn timeline(book: &Book<'_>) -> Vec<Line> {
    let line = |op: &&angen_ledger::op::Op| {
        // What an op replaces stays visible beside it.
        let before = op.header.over.iter().flat_map(|over| {
            over.heads.iter().filter_map(|head| {
                let value = book.op(head)?.get(&over.field)?;
                Some(format!("{}: {}", book.say.field(&over.field), book.value(&over.field, value)))
            })
        });
        Line {
            time: china_time(op.header.wall_ms),
            who: book.who(op.header.writer),
            what: sentence(book, op),
            before: before.collect(),
            hash: op.hash.short(),
        }
    };
    book.ops.iter().map(line).collect()
}

fn withheld(book: &Book<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for op in &book.ops {
        let Some(body) = &op.body else {
            lines.push(format!("{} {}", book.say.kind(op.header.kind.as_str()), op.hash.short()));
            continue;
        };
        let closed = body.fields().iter().filter(|f| matches!(f.content, Content::Closed(_)));
        let names: Vec<String> = closed.map(|field| book.say.field(&field.name)).collect();
        if !names.is_empty() {
            let kind = book.say.kind(op.header.kind.as_str());
            lines.push(format!("{kind} {}: {}", op.hash.short(), names.join("、")));
        }
    }
    lines
}
