//! What the page shows, from top to bottom, as plain values for the template.

use std::collections::HashSet;

use angen_core::domain::{Assistance, Case, Check, china_time};
use angen_ledger::body::Content;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::{Lang, Outcome};
use askama::Template;

use crate::book::Book;
use crate::case::CaseView;
use crate::check::{AssentView, CheckView, assents};
use crate::clocks::{ClockView, clocks};
use crate::counts::counts_in_words;
use crate::defects::{DefectView, defects_of};
use crate::media::{MediaView, anchor, media};
use crate::open::Opened;
use crate::people::{Person, people};
use crate::report::ReportView;
use crate::sentence::sentence;
use crate::show::groups_of_four;
use crate::terms::Say;
use crate::timeline::{Day, timeline};
use crate::training::{TrainingView, trainings};
use crate::verdict::{
    RuleRow, headline, html_lang, not_proved, proved, receipts_in_words, rules, worth_knowing,
};

/// The document.
#[derive(Template)]
#[template(path = "page.html")]
pub(crate) struct Page {
    pub(crate) say: Say,
    pub(crate) lang: &'static str,
    pub(crate) title: String,
    pub(crate) subject: Vec<(String, String)>,
    pub(crate) tone: &'static str,
    pub(crate) headline: &'static str,
    pub(crate) refused: bool,
    pub(crate) noted: usize,
    pub(crate) proved: Vec<String>,
    pub(crate) not_proved: Vec<&'static str>,
    /// What of it counts, and how far the package can tell.
    pub(crate) counts: Vec<String>,
    pub(crate) counts_all: bool,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) roots: Vec<String>,
    pub(crate) people: Vec<Person>,
    /// The one-page report of each visit.
    pub(crate) reports: Vec<ReportView>,
    pub(crate) trainings: Vec<TrainingView>,
    pub(crate) checks: Vec<CheckView>,
    pub(crate) cases: Vec<CaseView>,
    /// Assents in dossiers that hold neither check nor case.
    pub(crate) assents: Vec<AssentView>,
    /// Files that are shown nowhere else.
    pub(crate) media: Vec<MediaView>,
    pub(crate) clocks: Vec<ClockView>,
    /// What a reviewer would look at.
    pub(crate) defects: Vec<DefectView>,
    pub(crate) days: Vec<Day>,
    pub(crate) ops: usize,
    pub(crate) withheld: Vec<(String, String)>,
    pub(crate) rules: Vec<RuleRow>,
    pub(crate) root: String,
}

impl Page {
    pub(crate) fn new(opened: &Opened, lang: Lang) -> Self {
        let say = Say(lang);
        let book = Book::new(opened, lang);
        let verdict = &opened.verdict;
        let roots = &verdict.contents.roots;
        let (tone, headline) = headline(verdict, say);
        let ids: Vec<DossierId> = book.dossiers.iter().map(|dossier| dossier.dossier).collect();
        let trainings: Vec<TrainingView> =
            ids.iter().flat_map(|id| trainings(&book, *id)).collect();
        let checks: Vec<CheckView> =
            ids.iter().filter_map(|id| CheckView::new(&book, *id)).collect();
        let cases: Vec<CaseView> = ids.iter().filter_map(|id| CaseView::new(&book, *id)).collect();
        let has_section = |id: &DossierId| {
            !book.all::<Check>(*id).is_empty() || !book.all::<Case>(*id).is_empty()
        };
        let shown: HashSet<EntityId> = trainings
            .iter()
            .flat_map(|training| &training.media)
            .chain(checks.iter().flat_map(CheckView::files))
            .chain(cases.iter().flat_map(CaseView::files))
            .map(|file| file.entity)
            .collect();
        let rules = rules(verdict, say);
        let media = media(&book, |_, file| !shown.contains(&file.evidence));
        let findings = checks.iter().flat_map(|check| &check.findings);
        let mut anchors: HashSet<String> = findings.map(|finding| finding.anchor.clone()).collect();
        anchors.extend(checks.iter().map(|check| check.anchor.clone()));
        anchors.extend(checks.iter().flat_map(|check| check.follow_up.anchors().cloned()));
        let preserved = checks.iter().flat_map(|check| &check.preserved);
        let preserved = preserved.chain(cases.iter().flat_map(|case| &case.preserved));
        anchors.extend(preserved.map(|known| known.anchor.clone()));
        anchors.extend(cases.iter().map(|case| case.anchor.clone()));
        anchors.extend(shown.iter().map(|entity| anchor(*entity)));
        anchors.extend(media.iter().map(MediaView::anchor));
        Self {
            say,
            lang: html_lang(lang),
            title: title(&book),
            subject: subject(&book, &ids),
            tone,
            headline,
            refused: verdict.outcome != Outcome::Verifies,
            noted: worth_knowing(&rules),
            proved: proved(verdict, say),
            not_proved: not_proved(verdict, say),
            counts: counts_in_words(verdict, &opened.standing, None, lang),
            counts_all: !opened.standing.is_limited(),
            facts: facts(opened, say),
            roots: roots.iter().map(|root| groups_of_four(&root.to_string())).collect(),
            people: people(&book),
            reports: ids.iter().filter_map(|id| book.report(*id)).collect(),
            trainings,
            checks,
            cases,
            assents: ids
                .iter()
                .filter(|id| !has_section(id))
                .flat_map(|id| assents(&book, *id))
                .collect(),
            media,
            clocks: clocks(&book),
            defects: defects_of(&book),
            days: timeline(&book, &anchors),
            ops: book.ops.len(),
            withheld: withheld(&book),
            rules,
            root: roots.first().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

/// The title of the visit, else of the check, else of whatever is there.
fn title(book: &Book<'_>) -> String {
    let titled = |kind: &str| book.dossiers.iter().find(|dossier| dossier.kind == kind);
    let main = titled("assistance").or_else(|| titled("check")).or(book.dossiers.first());
    let title = main.map(|dossier| dossier.title.clone()).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| book.say.t("卷宗包", "Dossier package").to_owned())
}

/// Which township, which enterprises, by which rules it is counted.
fn subject(book: &Book<'_>, ids: &[DossierId]) -> Vec<(String, String)> {
    let say = book.say;
    let mut subject = Vec::new();
    for visit in ids.iter().flat_map(|id| book.all::<Assistance>(*id)) {
        let round = match say.0 {
            Lang::Zh => format!("{}，第 {} 轮帮扶", visit.township, visit.round),
            Lang::En => format!("{}, round {} of assistance", visit.township, visit.round),
        };
        subject.push((say.field("township"), round));
        let mentors: Vec<String> = visit.mentors.iter().map(|writer| book.who(*writer)).collect();
        subject.push((say.field("mentors"), mentors.join(say.t("、", ", "))));
        subject.push((say.field("profile"), visit.profile));
    }
    let checks: Vec<Check> = ids.iter().flat_map(|id| book.all::<Check>(*id)).collect();
    let mut names: Vec<String> =
        checks.iter().map(|check| book.enterprise(check.enterprise)).collect();
    names.dedup();
    if !names.is_empty() {
        subject.push((say.field("enterprise"), names.join(say.t("、", ", "))));
    }
    subject.retain(|(_, words)| !words.is_empty());
    subject
}

fn facts(opened: &Opened, say: Say) -> Vec<(String, String)> {
    let contents = &opened.verdict.contents;
    let mut facts = Vec::new();
    if opened.verdict.outcome == Outcome::Unreadable {
        return facts;
    }
    let unknown = || say.t("（证书不在包内）", "(certificate not in the package)").to_owned();
    let exporter = contents.exporter.clone().unwrap_or_else(unknown);
    let exported = format!("{exporter}{}{}", say.t("，", ", "), china_time(contents.created_ms));
    facts.push((say.t("导出", "Exported").to_owned(), exported));
    let (dossiers, ops, seals) = (contents.dossiers.len(), contents.ops, contents.seals);
    let (held, named) = (contents.blobs_held, contents.blobs_named);
    let content = match say.0 {
        Lang::Zh => {
            format!("{dossiers} 个卷宗，{ops} 条记录，{seals} 个印签，附件 {held}/{named} 个")
        }
        Lang::En => {
            format!("{dossiers} dossiers, {ops} records, {seals} seals, {held} of {named} files")
        }
    };
    facts.push((say.t("内容", "Content").to_owned(), content));
    if let Some(receipts) = receipts_in_words(&opened.verdict, say.0) {
        facts.push((say.t("平台回执", "Receipts").to_owned(), receipts));
    }
    facts
}

/// A closed field by name; when it was erased, by which op.
fn closed_field(book: &Book<'_>, op: &angen_ledger::op::Op, field: &str) -> String {
    let name = book.say.field(field);
    match book.erased_by(op, field) {
        None => name,
        Some(by) => {
            let (erased, end) =
                (book.say.t("（已依法删除，记录 ", " (erased by op "), book.say.t("）", ")"));
            format!("{name}{erased}{}{end}", by.short())
        }
    }
}

/// What is withheld: of which op, and which fields.
fn withheld(book: &Book<'_>) -> Vec<(String, String)> {
    let say = book.say;
    let line = |op: &&angen_ledger::op::Op| {
        let fields = match &op.body {
            None => say.t("全部正文", "the whole body").to_owned(),
            Some(body) => {
                let closed =
                    body.fields().iter().filter(|f| matches!(f.content, Content::Closed(_)));
                let names: Vec<String> =
                    closed.map(|field| closed_field(book, op, &field.name)).collect();
                names.join(say.t("、", ", "))
            }
        };
        let (time, who) = (china_time(op.header.wall_ms), book.who(op.header.writer));
        let what = format!("{time} {who} {} ({})", sentence(book, op), op.hash.short());
        (!fields.is_empty()).then_some((what, fields))
    };
    book.ops.iter().filter_map(line).collect()
}
