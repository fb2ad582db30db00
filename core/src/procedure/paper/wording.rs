//! How records write themselves into sentences: the same words on every paper.

use std::collections::BTreeMap;

use angen_documents::Citation;
use angen_documents::forms::Finding as FindingOnPaper;

use crate::domain::{Consequence, Evidence, Finding, Measure};

/// Elements that are told behind the title, and what stands before each.
const TOLD: [(&str, &str); 4] =
    [("location", "部位"), ("act", "情况"), ("observed", "发现方式"), ("consequence", "可能后果")];

/// A finding as record, order, re-check and case word it.
#[must_use]
pub fn finding_in_words(finding: &Finding) -> String {
    let told = TOLD.iter().filter_map(|(code, label)| {
        let (_, words) = finding.elements.iter().find(|(known, _)| known == code)?;
        let words = end_off(words);
        (!words.is_empty()).then(|| format!("{label}：{words}"))
    });
    let told: Vec<String> = told.collect();
    let mut text = end_off(&finding.title).to_owned();
    if let Some(criterion) = &finding.major_hazard {
        text.push_str(&format!("（重大事故隐患，判定：{}）", end_off(criterion)));
    }
    if !told.is_empty() {
        text.push_str(&format!("。{}", told.join("；")));
    }
    text.push('。');
    text
}

/// A finding with what it breaks.
pub(super) fn on_paper(finding: &Finding) -> FindingOnPaper {
    FindingOnPaper::new(&finding_in_words(finding), citations(&finding.legal_basis))
}

/// The articles in a text such as `安全生产法（2021）第三十六条、第三十八条；消防法（2021）第二十八条`.
/// A law without version or article is one citation that lacks it, so that the form can say so.
#[must_use]
pub fn citations(text: &str) -> Vec<Citation> {
    let laws = text.split(['；', ';', '\n']).map(str::trim).filter(|law| !law.is_empty());
    laws.map(citation).collect()
}

fn citation(text: &str) -> Citation {
    let (law, rest) = match text.find(['（', '(']) {
        Some(at) => (&text[..at], &text[at..]),
        None => text.split_at(text.find('第').unwrap_or(text.len())),
    };
    let rest = rest.trim_start_matches(['（', '(']);
    let (version, article) = rest.split_once(['）', ')']).unwrap_or(("", rest));
    let law = law.trim().trim_start_matches('《').trim_end_matches('》');
    Citation::new(law, version, article)
}

/// What was captured, counted by kind: 照片8张、录像1段、录音1段、其他材料3份.
pub(super) fn captured_in_words(files: &[&Evidence]) -> String {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for file in files {
        let kind = SORTS.iter().position(|(mime, _, _)| file.mime.starts_with(mime));
        *counts.entry(kind.unwrap_or(SORTS.len())).or_default() += 1;
    }
    let words = counts.into_iter().map(|(kind, count)| match SORTS.get(kind) {
        Some((_, name, unit)) => format!("{name}{count}{unit}"),
        None => format!("其他材料{count}份"),
    });
    words.collect::<Vec<_>>().join("、")
}

/// Media types by their beginning, what they are called, and how they are counted.
const SORTS: [(&str, &str, &str); 3] =
    [("image/", "照片", "张"), ("video/", "录像", "段"), ("audio/", "录音", "段")];

/// What follows from each finding, by its number on the paper (安全生产法 2021, articles 65, 69).
pub(super) fn handling_in_words(findings: &[&Finding], measures: &[Measure]) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (number, finding) in (1..).zip(findings) {
        let words = handling(finding, measures);
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, numbers)) => numbers.push(number.to_string()),
            None => groups.push((words, vec![number.to_string()])),
        }
    }
    if groups.is_empty() {
        return "无。".to_owned();
    }
    let told = groups.iter().map(|(words, numbers)| format!("第{}项{words}", numbers.join("、")));
    format!("{}。", told.collect::<Vec<_>>().join("；"))
}

fn handling(finding: &Finding, measures: &[Measure]) -> String {
    let taken = measures.iter().filter(|measure| measure.findings.contains(&finding.finding));
    let mut told: Vec<&str> = taken.map(|measure| measure.kind.term()).collect();
    told.dedup();
    let follows = follows(finding);
    // A correction on the spot is the measure itself.
    if told.is_empty() || finding.consequence == Consequence::OnTheSpot {
        return if told.is_empty() { follows } else { told.join("、") };
    }
    format!("{}，{follows}", told.join("、"))
}

fn follows(finding: &Finding) -> String {
    let others = finding
        .authority
        .split_whitespace()
        .filter_map(|code| OTHERS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name));
    let others: Vec<&str> = others.collect();
    if !others.is_empty() && !finding.is_ours() {
        return format!("依法移送{}处理", others.join("、"));
    }
    match finding.consequence {
        Consequence::OnTheSpot => "责令当场改正".to_owned(),
        Consequence::Order => "另行下达责令限期整改指令书".to_owned(),
        Consequence::Case => "涉嫌违法，拟立案调查，并责令改正".to_owned(),
    }
}

/// Authorities that enforce in their own name.
const OTHERS: [(&str, &str); 3] =
    [("FR", "消防救援机构"), ("MS", "市场监督管理部门"), ("EE", "生态环境部门")];

/// The words without their full stop, so that another sentence can go on behind them.
fn end_off(words: &str) -> &str {
    words.trim().trim_end_matches(['。', '；', '.', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_from_law_and_version() {
        let found =
            citations("安全生产法（2021）第三十六条、第三十八条；《消防法》（2021年）第二十八条");
        let as_printed: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            as_printed,
            ["《安全生产法》（2021）第三十六条、第三十八条", "《消防法》（2021年）第二十八条"]
        );
    }

    #[test]
    fn a_law_without_version_or_article_is_seen_as_such() {
        assert_eq!(citations("安全生产法第三十六条")[0].version, "");
        assert_eq!(citations("安全生产法第三十六条")[0].article, "第三十六条");
        assert_eq!(citations("安全生产法（2021）")[0].article, "");
        assert!(citations("  ").is_empty());
    }
}
