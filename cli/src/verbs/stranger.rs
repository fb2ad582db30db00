//! What a stranger does with a package: verify it, and open it. No database is needed.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use angen_core::error::Error;
use angen_ledger::hash::Hash;
use angen_ledger::package::ReadFault;
use angen_ledger::verify::{
    Known, Lang, NoObserver, Outcome as Word, RootAnswer, Rule, RuleResult, StandingJudge, Status,
    Verdict, verify,
};
use angen_page::{
    OpenError, counts_in_words, headline_in_words, item_in_words, open_package, render,
    verdict_in_words,
};
use serde_json::{Map, Value, json};

use crate::folder::Folder;
use crate::out::{Answer, Failure, failure};
use crate::session::Outcome;
use crate::verbs::standing::{Here, standing_json};

/// Bytes that are read from the file at a time.
const BUFFER_BYTES: usize = 1 << 20;

/// The exit code of a package that verifies and has something that does not count.
const NOT_ALL_COUNTS: u8 = 3;

/// `angen verify`: exits 0 (verifies), 1 (refused), 2 (cannot be read) or 3 (verifies, and some of
/// it was written by who is revoked).
pub(crate) fn verify_file(
    file: &Path,
    root: Option<&str>,
    known: Option<Here>,
    lang: Lang,
) -> Outcome<Answer> {
    let root = parse_root(root, lang)?;
    let (newest_ms, known) = match known {
        Some(here) => (Some(here.newest_ms), here.known),
        None => (None, Known::default()),
    };
    let mut judge = StandingJudge::new(known);
    let verdict =
        verify(open(file, lang)?, root, &mut judge).map_err(|why| cut_short(file, why, lang))?;
    let standing = judge.finish(&verdict, root);
    let mut code = exit_code(&verdict);
    let (mut json, mut text) = (to_json(&verdict, lang), verdict_in_words(&verdict, lang));
    if verdict.outcome == Word::Verifies {
        json["standing"] = standing_json(&standing, newest_ms);
        text = with_standing(&text, &counts_in_words(&verdict, &standing, newest_ms, lang));
        if standing.is_limited() {
            code = NOT_ALL_COUNTS;
        }
    }
    Ok(Answer { json, text, code })
}

/// The verdict with what counts behind its first line: whoever reads one line more knows both.
fn with_standing(text: &str, standing: &[String]) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{first}\n{}\n{rest}", standing.join("\n"))
}

/// `angen open`: the originals and one page, in a folder; exits as `verify` does.
pub(crate) fn open_file(
    file: &Path,
    out: &Path,
    root: Option<&str>,
    lang: Lang,
) -> Outcome<Answer> {
    let root = parse_root(root, lang)?;
    let input = open(file, lang)?;
    let mut sink = Folder::new(out).map_err(|error| unreadable(out, error, lang))?;
    let opened = open_package(input, root, &mut sink).map_err(|error| match error {
        OpenError::Read(fault) => cut_short(file, fault, lang),
        OpenError::Sink { .. } => {
            Failure { code: 2, ..Failure::new(&out.display().to_string(), error.words(lang)) }
        }
    })?;
    let page = out.join("index.html");
    std::fs::write(&page, render(&opened, lang)).map_err(|error| unreadable(&page, error, lang))?;
    let kept = opened.originals.len();
    let text = match lang {
        Lang::Zh => {
            format!(
                "{}\n打开 {}（原件 {kept} 个）",
                headline_in_words(&opened.verdict, lang),
                page.display()
            )
        }
        Lang::En => {
            format!(
                "{}\nopen {} ({kept} originals)",
                headline_in_words(&opened.verdict, lang),
                page.display()
            )
        }
    };
    let code = match exit_code(&opened.verdict) {
        0 if opened.standing.is_limited() => NOT_ALL_COUNTS,
        code => code,
    };
    let json = json!({"page": page, "originals": kept, "verdict": to_json(&opened.verdict, lang)});
    Ok(Answer { json, text, code })
}

/// The exit code of a verdict.
pub(crate) fn exit_code(verdict: &Verdict) -> u8 {
    match verdict.outcome {
        Word::Verifies => 0,
        Word::Refused => 1,
        Word::Unreadable => 2,
    }
}

fn open(file: &Path, lang: Lang) -> Outcome<BufReader<File>> {
    let opened = File::open(file).map_err(|error| unreadable(file, error, lang))?;
    Ok(BufReader::with_capacity(BUFFER_BYTES, opened))
}

fn unreadable(file: &Path, why: std::io::Error, lang: Lang) -> Failure {
    Failure { code: 2, ..failure(&Error::file(file, why), lang) }
}

/// Reading began and did not come to an end.
fn cut_short(file: &Path, fault: ReadFault, lang: Lang) -> Failure {
    let why = match fault {
        ReadFault::Io(why) => why,
        other => std::io::Error::new(std::io::ErrorKind::InvalidData, other),
    };
    unreadable(file, why, lang)
}

/// A fingerprint as it was typed.
pub(crate) fn parse_root(root: Option<&str>, lang: Lang) -> Outcome<Option<Hash>> {
    let Some(text) = root else { return Ok(None) };
    match text.parse() {
        Ok(hash) => Ok(Some(hash)),
        Err(_) => Err(Failure {
            code: 2,
            ..Failure::new(
                "--root",
                match lang {
                    Lang::Zh => "--root：指纹应为 64 位十六进制数字",
                    Lang::En => "--root: a fingerprint has 64 hexadecimal digits",
                },
            )
        }),
    }
}

/// The broken rules with their items, for who wants to know only what was touched.
pub(crate) fn broken_words(verdict: &Verdict, lang: Lang) -> Vec<String> {
    let mut lines = vec![headline_in_words(verdict, lang).to_owned()];
    for rule in verdict.broken() {
        lines.push(format!("✗ {} {}", rule.code(), rule.words(lang)));
        let items = &verdict.rules[&rule].items;
        lines.extend(items.iter().map(|item| format!("     {}", item_in_words(item, lang))));
    }
    lines
}

/// Verifies a file, without printing.
pub(crate) fn verdict_of(file: &Path, root: Option<&str>, lang: Lang) -> Outcome<Verdict> {
    let root = parse_root(root, lang)?;
    verify(open(file, lang)?, root, &mut NoObserver).map_err(|fault| cut_short(file, fault, lang))
}

/// The verdict for programs; the Python verifier gives the same.
fn to_json(verdict: &Verdict, lang: Lang) -> Value {
    let rules: Map<String, Value> = verdict
        .rules
        .iter()
        .map(|(rule, result)| (rule.code().to_owned(), rule_json(*rule, result, lang)))
        .collect();
    json!({
        "verdict": match verdict.outcome {
            Word::Verifies => "verifies",
            Word::Refused => "refused",
            Word::Unreadable => "unreadable",
        },
        "root": match verdict.root {
            RootAnswer::Known => "known",
            RootAnswer::Unknown => "unknown",
            RootAnswer::Other => "other",
        },
        "roots": verdict.contents.roots.iter().map(Hash::to_string).collect::<Vec<_>>(),
        "ops": verdict.contents.ops,
        "seals": verdict.contents.seals,
        "blobs_named": verdict.contents.blobs_named,
        "blobs_held": verdict.contents.blobs_held,
        "seals_receipted": verdict.contents.seals_receipted,
        "blobs_receipted": verdict.contents.blobs_receipted,
        "checkpoints": verdict.contents.checkpoints.len(),
        "ops_bounded": verdict.times.iter().filter(|t| t.not_after_ms.is_some()).count(),
        "rules": rules,
    })
}

fn rule_json(rule: Rule, result: &RuleResult, lang: Lang) -> Value {
    json!({
        "status": match result.status {
            Status::Holds => "holds",
            Status::Broken => "broken",
            Status::Noted => "noted",
            Status::NotChecked => "not_checked",
        },
        "rule": rule.words(lang),
        "count": result.count,
        "items": result.items.iter().map(|item| item_in_words(item, lang)).collect::<Vec<_>>(),
    })
}
