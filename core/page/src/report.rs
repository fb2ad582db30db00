//! The one-page report of a visit: a section of the opened page, a page of its own, or Markdown.
//!
//! It must fit on one A4 page whatever the visit was, so each list shows its first lines and says
//! how many more there are; the page and `angen board --why` have the rest.

use angen_core::domain::{AGENDA, Comment, SkillMark, china_time};
use angen_core::procedure::{PartBoard, Report, ReportFinding, Standing, Verdict};
use angen_ledger::verify::Lang;
use askama::Template;

use crate::show::yuan;
use crate::terms::Say;

/// Findings that the page has room for.
const FINDINGS_MAX: usize = 6;
/// Sites that it has room for: a visit has two.
const SITES_MAX: usize = 3;
/// Comments that it has room for.
const COMMENTS_MAX: usize = 4;
/// Officers with skills that it has room for.
const SKILLED_MAX: usize = 3;
/// Next steps that it has room for.
const NEXT_MAX: usize = 4;
/// Conditions that stand open, of one part.
const LACKING_MAX: usize = 3;
/// Officers and mentors that it names.
const NAMES_MAX: usize = 8;
/// Characters of one line of the page.
const TEXT_CHARS_MAX: usize = 50;

/// The report as a page of its own.
#[derive(Template)]
#[template(path = "report_page.html")]
pub(crate) struct ReportPage {
    pub(crate) say: Say,
    pub(crate) lang: &'static str,
    pub(crate) report: ReportView,
}

impl ReportPage {
    pub(crate) fn new(report: &Report, lang: Lang) -> Self {
        let report = ReportView::new(report, lang);
        Self { say: Say(lang), lang: crate::verdict::html_lang(lang), report }
    }
}

/// The report as it is read.
pub(crate) struct ReportView {
    say: Say,
    pub(crate) title: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) parts: Vec<PartRow>,
    pub(crate) states: Vec<(String, String)>,
    pub(crate) findings: List<[String; 4]>,
    pub(crate) comments: List<(String, String)>,
    pub(crate) comment_counts: String,
    pub(crate) skills: List<(String, String)>,
    pub(crate) next: List<String>,
    pub(crate) foot: String,
}

/// One part of the board.
pub(crate) struct PartRow {
    pub(crate) name: String,
    pub(crate) count: String,
    pub(crate) state: String,
    pub(crate) lacking: String,
}

/// The first lines of a list, and how many more there are.
pub(crate) struct List<T> {
    pub(crate) lines: Vec<T>,
    /// The words for what is left out; empty when nothing is.
    pub(crate) more: String,
}

impl<T> List<T> {
    fn new(all: Vec<T>, max: usize, say: Say) -> Self {
        let more = match (all.len().saturating_sub(max), say.0) {
            (0, _) => String::new(),
            (more, Lang::Zh) => format!("另有 {more} 项"),
            (more, Lang::En) => format!("and {more} more"),
        };
        Self { lines: all.into_iter().take(max).collect(), more }
    }
}

impl ReportView {
    pub(crate) fn new(report: &Report, lang: Lang) -> Self {
        let say = Say(lang);
        let visit = &report.board.assistance;
        let title = match lang {
            Lang::Zh => format!("{}执法帮扶报告（第 {} 轮）", visit.township, visit.round),
            Lang::En => format!("{}: report of assistance, round {}", visit.township, visit.round),
        };
        let findings = report.findings.iter().map(|found| finding(found, say)).collect();
        let comments = report.teaching.comments.iter();
        let comments = comments.map(|comment| answered(comment, say)).collect();
        let next = report.missing.iter().filter(|line| line.verdict != Verdict::Warn);
        let next = next.map(|line| match line.title.is_empty() {
            true => line.say(lang).to_owned(),
            false => format!("{}{}{}", short(&line.title, 24), say.t("：", ": "), line.say(lang)),
        });
        Self {
            say,
            title,
            facts: facts(report, say),
            parts: report.board.parts.iter().map(|part| part_row(part, say)).collect(),
            states: states(report, say),
            findings: List::new(findings, FINDINGS_MAX, say),
            comment_counts: comment_counts(report, say),
            comments: List::new(comments, COMMENTS_MAX, say),
            skills: List::new(skills(report, say), SKILLED_MAX, say),
            next: List::new(next.map(|line| short(&line, TEXT_CHARS_MAX)).collect(), NEXT_MAX, say),
            foot: foot(report, say),
        }
    }

    /// The report as Markdown.
    pub(crate) fn to_markdown(&self) -> String {
        let say = self.say;
        let mut lines = vec![format!("# {}", self.title), String::new()];
        let colon = say.t("：", ": ");
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        lines.extend(self.facts.iter().map(|(name, value)| format!("- **{name}**{colon}{value}")));
        let row = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let part = [
            say.t("部分", "part"),
            say.t("计数", "count"),
            say.t("状态", "state"),
            say.t("还缺", "missing"),
        ];
        lines.extend([String::new(), row(&part), "|---|---|---|---|".to_owned()]);
        let parts = self.parts.iter();
        lines.extend(parts.map(|part| row(&[&part.name, &part.count, &part.state, &part.lacking])));
        lines.push(String::new());
        lines.extend(self.states.iter().map(|(name, value)| format!("- **{name}**{colon}{value}")));
        let findings = self.findings.lines.iter().map(|cells| {
            let [place, title, consequence, standing] = cells;
            format!("- {place}{colon}{title} — {consequence} — {standing}")
        });
        self.section(&mut lines, say.t("发现的问题", "Findings"), findings, &self.findings.more);
        let comments = self.comments.lines.iter();
        let comments = comments.map(|(text, answer)| format!("- {text} — {answer}"));
        let counts = std::iter::once(format!("- {}", self.comment_counts));
        let comments = counts.chain(comments);
        self.section(&mut lines, say.t("专家意见", "Comments"), comments, &self.comments.more);
        let skills = self.skills.lines.iter().map(|(who, what)| format!("- {who}{colon}{what}"));
        self.section(&mut lines, say.t("技能", "Skills"), skills, &self.skills.more);
        let next = self.next.lines.iter().enumerate().map(|(n, line)| format!("{}. {line}", n + 1));
        self.section(&mut lines, say.t("下一步", "What to do next"), next, &self.next.more);
        lines.extend([String::new(), self.foot.clone(), String::new()]);
        lines.join("\n")
    }

    fn section(
        &self,
        lines: &mut Vec<String>,
        heading: &str,
        body: impl Iterator<Item = String>,
        more: &str,
    ) {
        lines.extend([String::new(), format!("## {heading}"), String::new()]);
        let before = lines.len();
        lines.extend(body);
        if lines.len() == before {
            lines.push(self.say.t("无", "none").to_owned());
        }
        if !more.is_empty() {
            lines.push(format!("- {more}"));
        }
    }
}

fn facts(report: &Report, say: Say) -> Vec<(String, String)> {
    let joined = |names: &[String]| {
        let few: Vec<&str> = names.iter().take(NAMES_MAX).map(String::as_str).collect();
        let more = if names.len() > NAMES_MAX { say.t("等", " …") } else { "" };
        format!("{}{more}", few.join(say.t("、", ", ")))
    };
    let days = report.days.map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first} – {last}"),
    });
    let sites: Vec<String> = report
        .sites
        .iter()
        .take(SITES_MAX)
        .map(|site| match &site.address {
            Some(address) => {
                let (open, close) = (say.t("（", " ("), say.t("）", ")"));
                format!("{}{open}{}{close}", short(&site.name, 20), short(address, 24))
            }
            None => short(&site.name, 20),
        })
        .collect();
    let rows = [
        (say.t("时间", "When"), days.unwrap_or_default()),
        (say.t("执法人员", "Officers"), joined(&report.officers)),
        (say.t("帮扶专家", "Mentors"), joined(&report.mentors)),
        (say.t("培训地点", "Trained at"), joined(&report.halls)),
        (say.t("检查企业", "Checked"), sites.join(say.t("；", "; "))),
        (say.t("口径", "Profile"), report.board.profile.name.to_owned()),
    ];
    let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value));
    rows.filter(|(_, value)| !value.is_empty()).collect()
}

fn part_row(part: &PartBoard, say: Say) -> PartRow {
    let lang = say.0;
    let open = part.units.iter().take(part.need).flat_map(|unit| &unit.conditions);
    let open = open.filter(|c| matches!(c.verdict, Verdict::Open | Verdict::Later));
    let mut lacking: Vec<&str> =
        part.gap.iter().chain(open).map(|condition| condition.code.label(lang)).collect();
    lacking.dedup();
    let more = lacking.len() > LACKING_MAX;
    lacking.truncate(LACKING_MAX);
    let practice = part.have > 0 && part.units.first().is_some_and(|unit| unit.practice);
    PartRow {
        name: format!("{} {}", part.part.letter(), part.part.label(lang)),
        count: format!("{}/{}", part.have, part.need),
        state: format!(
            "{}{}",
            part.state_label(lang),
            if practice { say.t("（演练案件）", " (practice case)") } else { "" }
        ),
        lacking: format!(
            "{}{}",
            lacking.join(say.t("、", ", ")),
            if more { say.t("等", " …") } else { "" }
        ),
    }
}

fn states(report: &Report, say: Say) -> Vec<(String, String)> {
    let board = &report.board;
    let done = |done: bool| if done { say.t("是", "yes") } else { say.t("否", "no") };
    let outcome = &board.outcome;
    let (decided, paid) = (yuan(outcome.decided_fen), yuan(outcome.paid_fen));
    let outcome = match say.0 {
        Lang::Zh => format!(
            "立案 {} 件，决定 {} 件，结案 {} 件，罚款 {decided} 元，已缴 {paid} 元（只作统计，不计入完成和排名）",
            outcome.filed, outcome.decided, outcome.closed
        ),
        Lang::En => format!(
            "{} filed, {} decided, {} closed, {decided} yuan decided, {paid} paid (statistics only)",
            outcome.filed, outcome.decided, outcome.closed
        ),
    };
    let mut states = vec![
        (
            say.t("现场完成", "Field complete").to_owned(),
            format!(
                "{}{}{}",
                done(board.field_complete()),
                say.t("　全链完成：", "; chain complete: "),
                done(board.chain_complete())
            ),
        ),
        (say.t("后续成效", "Outcome").to_owned(), outcome),
    ];
    if board.honest_zero {
        let words = say.t(
            "两家检查完整、没有违法事项，不要求查实",
            "two complete checks found nothing: no violation is required",
        );
        states.push((say.t("如实为零", "Honest zero").to_owned(), words.to_owned()));
    }
    states
}

/// Where, what, what it leads to, how sure.
fn finding(found: &ReportFinding, say: Say) -> [String; 4] {
    let standing = match found.standing {
        Standing::Stage(stage) => say.t(stage.term(), stage.word()).to_owned(),
        Standing::Apart(why) => {
            format!("{}{}", say.t("不计：", "apart: "), why.label(say.0))
        }
    };
    let consequence = found.consequence.map(|c| say.code("consequence", c.word()));
    let title = short(&found.title, TEXT_CHARS_MAX / 2);
    [short(&found.enterprise, 14), title, consequence.unwrap_or_default(), standing]
}

fn answered(comment: &Comment, say: Say) -> (String, String) {
    let answer = match &comment.answer {
        None => say.t("未答复", "not answered").to_owned(),
        Some(answer) if answer.adopted => say.t("采纳", "adopted").to_owned(),
        Some(answer) => {
            let because = answer.reason.as_deref().unwrap_or(say.t("（隐去）", "(withheld)"));
            format!(
                "{}{}",
                say.t("不采纳，因为：", "not, because: "),
                short(because, TEXT_CHARS_MAX / 2)
            )
        }
    };
    (short(&comment.text, TEXT_CHARS_MAX / 2), answer)
}

fn comment_counts(report: &Report, say: Say) -> String {
    if !report.teaching.held {
        let none = say.t("没有帮教卷宗，或不在这里", "no teaching dossier is held here");
        return none.to_owned();
    }
    let of = |adopted: bool| {
        let answers = report.teaching.comments.iter().filter_map(|c| c.answer.as_ref());
        answers.filter(|answer| answer.adopted == adopted).count()
    };
    let (yes, no) = (of(true), of(false));
    let open = report.teaching.comments.len() - yes - no;
    match say.0 {
        Lang::Zh => format!("采纳 {yes} 条，不采纳 {no} 条，未答复 {open} 条"),
        Lang::En => format!("{yes} adopted, {no} not adopted, {open} not answered"),
    }
}

/// Of each officer the skills, each with its level.
fn skills(report: &Report, say: Say) -> Vec<(String, String)> {
    let marks = &report.teaching.skills;
    let mut lines: Vec<(String, String)> = Vec::new();
    let told = |mark: &SkillMark| {
        let known = AGENDA.iter().any(|(tag, _)| *tag == mark.skill);
        let skill = if known { say.code("skill", &mark.skill) } else { mark.skill.clone() };
        format!("{skill}{}", say.t("", " ")) + &say.code("level", mark.level.word())
    };
    for group in marks.chunk_by(|one, other| one.officer == other.officer) {
        let officer = &group[0].officer;
        let who = report.names.get(officer).cloned().unwrap_or_else(|| officer.to_string());
        let all: Vec<String> = group.iter().map(told).collect();
        lines.push((who, short(&all.join(say.t("、", ", ")), TEXT_CHARS_MAX)));
    }
    lines
}

fn foot(report: &Report, say: Say) -> String {
    let at = china_time(report.board.as_of_ms);
    let ops: usize =
        report.board.parts.iter().flat_map(|p| &p.units).map(|unit| unit.ops().len()).sum();
    match say.0 {
        Lang::Zh => {
            format!("由签名记录自动生成，截至 {at}；计数所依据的记录 {ops} 条，可逐条打开核对。")
        }
        Lang::En => {
            format!(
                "Made from signed records as of {at}; {ops} of them stand behind the counts, each of which can be opened."
            )
        }
    }
}

/// A text within a number of characters.
fn short(text: &str, chars: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= chars {
        return line;
    }
    let kept: String = line.chars().take(chars.saturating_sub(1)).collect();
    format!("{kept}…")
}
