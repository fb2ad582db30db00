//! Rounds of assistance, in words and as JSON.

use angen_core::action::{
    OpenRound, PostponeTownship, close_round, open_round, postpone_township, round_board,
};
use angen_core::domain::RoundTownship;
use angen_core::error::Error;
use angen_core::procedure::{Code, NOT_VISITED, RoundBoard, TownshipLine};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{self, Cli, RoundVerb};
use crate::out::{Answer, failure};
use crate::session::{Outcome, Session};
use crate::verbs::record::op_answer;

/// `angen round`
pub(super) fn round(session: &Session, cli: &Cli, verb: &RoundVerb) -> Outcome<Answer> {
    match verb {
        RoundVerb::Open(open) => opened(session, cli, open),
        RoundVerb::Show { dossier } => {
            let now = session.ports.clock.now().wall_ms;
            let dossier = session.dossier(dossier)?;
            let board = session.say(round_board(&session.store, dossier, now))?;
            Ok(Answer::new(round_json(&board), round_words(&board, session.lang)))
        }
        RoundVerb::Postpone { dossier, township, reason, to } => {
            let request = PostponeTownship {
                dossier: session.dossier(dossier)?,
                area: township.clone(),
                reason: reason.clone(),
                to: to.clone(),
            };
            let op = session.say(postpone_township(&session.desk(cli)?, &request))?;
            Ok(op_answer(session, op, "已登记延期", "it is put off"))
        }
        RoundVerb::Close { dossier, on, remark } => {
            let dossier = session.dossier(dossier)?;
            let closed = close_round(&session.desk(cli)?, dossier, on, remark.as_deref());
            Ok(op_answer(session, session.say(closed)?, "本轮已结束", "the round is closed"))
        }
    }
}

fn opened(session: &Session, cli: &Cli, open: &args::OpenRound) -> Outcome<Answer> {
    let mut lines = open.township.clone();
    if let Some(file) = &open.townships {
        let text = std::fs::read_to_string(file)
            .map_err(|why| failure(&Error::file(file, why), session.lang))?;
        let named = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.extend(named.map(str::to_owned));
    }
    let pair = |option: &'static str, text: &str| {
        let parts = text.split_once('=');
        let pair = parts.map(|(code, name)| (code.trim().to_owned(), name.trim().to_owned()));
        pair.ok_or_else(|| {
            session.wrong(
                option,
                &format!("“{text}”要写成 371102110=名称"),
                &format!("\"{text}\": write it as 371102110=NAME"),
            )
        })
    };
    let mut townships = Vec::new();
    for line in &lines {
        let (area, name) = pair("--township", line)?;
        townships.push(RoundTownship { area, name });
    }
    let mut mentors = Vec::new();
    for line in &open.mentor {
        let (area, name) = pair("--mentor", line)?;
        mentors.push((area, session.writer(&name)?));
    }
    let request = OpenRound {
        number: open.number,
        organiser: open.organiser.clone(),
        profile: open.profile.clone(),
        townships,
        mentors,
        from: open.from.clone(),
        until: open.until.clone(),
        before: open.before.as_deref().map(|before| session.dossier(before)).transpose()?,
    };
    let dossier = session.say(open_round(&session.desk(cli)?, &request))?;
    Ok(Answer::new(json!({"dossier": dossier.to_string()}), dossier.to_string()))
}

/// Coverage in a line, then every township, then what was tried, then what mentors carry.
fn round_words(board: &RoundBoard, lang: Lang) -> String {
    let round = &board.round;
    let names = |lines: Vec<&TownshipLine>| {
        let names: Vec<&str> = lines.iter().map(|line| line.township.name.as_str()).collect();
        names.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let (postponed, open) = (names(board.postponed().collect()), names(board.open().collect()));
    let (covered, all) = (board.covered(), board.townships.len());
    let mut lines = vec![match lang {
        Lang::Zh => format!(
            "第 {} 轮（{}，{} 至 {}）：已覆盖 {covered}/{all}{}{}",
            round.number,
            round.organiser,
            round.from,
            round.until,
            some("，延期：", &postponed),
            some("，未到：", &open)
        ),
        Lang::En => format!(
            "round {} ({}, {} to {}): {covered} of {all} covered{}{}",
            round.number,
            round.organiser,
            round.from,
            round.until,
            some(", postponed: ", &postponed),
            some(", not covered: ", &open)
        ),
    }];
    if let Some(day) = &round.closed_on {
        lines.push(match lang {
            Lang::Zh => {
                format!("本轮 {day} 结束{}", some("：", round.remark.as_deref().unwrap_or("")))
            }
            Lang::En => {
                format!("closed on {day}{}", some(": ", round.remark.as_deref().unwrap_or("")))
            }
        });
    }
    lines.extend(board.townships.iter().map(|line| township_words(line, lang)));
    for tried in &board.tried {
        let (added, dropped) = (tried.added.join("、"), tried.dropped.join("、"));
        lines.push(match lang {
            Lang::Zh => format!(
                "! 开轮后有记录想改名单，不计：{}{} {}",
                some("加 ", &added),
                some(" 减 ", &dropped),
                tried.op.short()
            ),
            Lang::En => format!(
                "! a later op would change the list and does not count:{}{} {}",
                some(" adds ", &added),
                some(" drops ", &dropped),
                tried.op.short()
            ),
        });
    }
    for load in &board.loads {
        let who = load.name.clone().unwrap_or_else(|| load.mentor.to_string());
        lines.push(match lang {
            Lang::Zh => format!(
                "专家 {who}：指派 {} 个乡镇，帮扶 {} 次，{} 天",
                load.townships, load.visits, load.days
            ),
            Lang::En => format!(
                "mentor {who}: {} townships assigned, {} visits, {} days",
                load.townships, load.visits, load.days
            ),
        });
    }
    lines.join("\n")
}

fn some(before: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{before}{text}") }
}

fn township_words(line: &TownshipLine, lang: Lang) -> String {
    let counts = line.visit.as_ref().map(|visit| {
        let parts = ["T", "C", "V", "E"].iter().zip(visit.counts);
        let parts = parts.map(|(letter, (have, need))| format!("{letter}{have}/{need}"));
        parts.collect::<Vec<_>>().join(" ")
    });
    let mark = match (&line.visit, line.is_covered(), &line.postponed) {
        (Some(visit), true, _) if visit.chain_complete => "●",
        (_, true, _) => "◑",
        (Some(_), false, _) => "◔",
        (None, false, Some(_)) => "→",
        (None, false, None) => "○",
    };
    let put_off = line.postponed.as_ref().map(|put_off| match lang {
        Lang::Zh => format!("延期至 {}（{}）", put_off.to, put_off.reason),
        Lang::En => format!("put off to {} ({})", put_off.to, put_off.reason),
    });
    let weak: Vec<&str> = line.weak.iter().map(|code| weak_word(code, lang)).collect();
    let weak = match lang {
        Lang::Zh => some("上轮薄弱：", &weak.join("、")),
        Lang::En => some("weak last time: ", &weak.join(", ")),
    };
    let parts = [counts, put_off, Some(weak).filter(|weak| !weak.is_empty())];
    let rest: Vec<String> = parts.into_iter().flatten().collect();
    format!("{mark} {} {}", line.township.name, rest.join("　"))
}

/// The words of what a round left open.
fn weak_word(code: &str, lang: Lang) -> &str {
    match (code, lang) {
        (NOT_VISITED, Lang::Zh) => "没有到过",
        (NOT_VISITED, Lang::En) => "not visited",
        _ => Code::from_word(code).map_or(code, |known| known.label(lang)),
    }
}

fn round_json(board: &RoundBoard) -> Value {
    let township = |line: &TownshipLine| {
        json!({
            "area": line.township.area,
            "name": line.township.name,
            "covered": line.is_covered(),
            "mentors": line.mentors.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "visit": line.visit.as_ref().map(|visit| json!({
                "dossier": visit.dossier.to_string(),
                "field_complete": visit.field_complete,
                "chain_complete": visit.chain_complete,
                "counts": visit.counts,
                "open": visit.open.iter().map(|code| code.word()).collect::<Vec<_>>(),
            })),
            "postponed": line.postponed.as_ref().map(|put_off| json!({
                "to": put_off.to, "reason": put_off.reason, "op": put_off.op.to_string(),
            })),
            "weak": line.weak,
        })
    };
    json!({
        "dossier": board.dossier.to_string(),
        "number": board.round.number,
        "profile": board.round.profile,
        "opened_by": board.opened_by.to_string(),
        "covered": board.covered(),
        "of": board.townships.len(),
        "complete": board.is_covered_completely(),
        "closed_on": board.round.closed_on,
        "townships": board.townships.iter().map(township).collect::<Vec<_>>(),
        "tried": board.tried.iter().map(|tried| json!({
            "op": tried.op.to_string(), "added": tried.added, "dropped": tried.dropped,
        })).collect::<Vec<_>>(),
        "mentors": board.loads.iter().map(|load| json!({
            "mentor": load.mentor.to_string(),
            "name": load.name,
            "townships": load.townships,
            "visits": load.visits,
            "days": load.days,
        })).collect::<Vec<_>>(),
    })
}
