//! The board of an assistance visit, and what is still missing, in words and as JSON.

use angen_core::procedure::{
    Board, Code, Condition, Missing, Part, State, Unit, Verdict, three_lines,
};
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen missing`
pub(super) fn missing(session: &Session, dossier: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let now = session.ports.clock.now().wall_ms;
    let list = session.say(angen_core::action::missing(&session.store, dossier, now))?;
    let json = list.iter().map(|missing| {
        json!({
            "code": missing.code.word(),
            "message": missing.say(session.lang),
            "rule": missing.rule(),
            "step": missing.step(),
            "title": missing.title,
            "open": missing.is_open(),
        })
    });
    let mut words = missing_words(&list, session.lang);
    // The clock that ends first, below the three lines.
    let clock = list.iter().find(|missing| missing.code == Code::ClockRuns);
    words.extend(clock.map(|clock| format!("\n⏱ {}", clock.say(session.lang))));
    Ok(Answer::new(Value::Array(json.collect()), words))
}

/// `angen board`
pub(super) fn board(session: &Session, dossier: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let now = session.ports.clock.now().wall_ms;
    let board = session.say(angen_core::action::board(&session.store, dossier, now))?;
    Ok(Answer::new(board_json(&board, session.lang), board_words(&board, session.lang)))
}

/// What is missing, in at most three lines.
pub(crate) fn missing_words(missing: &[Missing], lang: Lang) -> String {
    let lines = three_lines(missing, lang);
    if lines.is_empty() {
        return match lang {
            Lang::Zh => "什么都不缺".to_owned(),
            Lang::En => "nothing is missing".to_owned(),
        };
    }
    lines.join("\n")
}

/// The board as four lines, and what is shown apart.
pub(crate) fn board_words(board: &Board, lang: Lang) -> String {
    let mut lines: Vec<String> = board
        .parts
        .iter()
        .map(|part| {
            format!(
                "{} {}/{} {} {}",
                part_words(part.part, lang),
                part.have,
                part.need,
                mark(part.state),
                state_words(part.state, lang)
            )
        })
        .collect();
    if !board.apart.is_empty() {
        lines.push(match lang {
            Lang::Zh => format!("另有 {} 个问题不计入（移送其他部门等）", board.apart.len()),
            Lang::En => format!("{} findings are shown apart and do not count", board.apart.len()),
        });
    }
    lines.join("\n")
}

fn part_words(part: Part, lang: Lang) -> &'static str {
    match (part.letter(), lang) {
        ("T", Lang::Zh) => "T 培训　　　",
        ("C", Lang::Zh) => "C 现场检查　",
        ("V", Lang::Zh) => "V 查实违法　",
        ("E", Lang::Zh) => "E 全过程取证",
        ("T", Lang::En) => "T training       ",
        ("C", Lang::En) => "C site checks    ",
        ("V", Lang::En) => "V violation      ",
        (_, Lang::En) => "E evidence chain ",
        (_, Lang::Zh) => "　",
    }
}

fn state_words(state: State, lang: Lang) -> &'static str {
    match (state, lang) {
        (State::NotStarted, Lang::Zh) => "未开始",
        (State::NotStarted, Lang::En) => "not started",
        (State::UnderWay, Lang::Zh) => "进行中",
        (State::UnderWay, Lang::En) => "under way",
        (State::OnSiteDone, Lang::Zh) => "现场部分已完成，其余待立案办理",
        (State::OnSiteDone, Lang::En) => "on-site part done, the rest comes with the case",
        (State::Met, Lang::Zh) => "已达到",
        (State::Met, Lang::En) => "met",
    }
}

fn mark(state: State) -> &'static str {
    match state {
        State::NotStarted => "○",
        State::UnderWay => "◔",
        State::OnSiteDone => "◑",
        State::Met => "●",
    }
}

fn board_json(board: &Board, lang: Lang) -> Value {
    let parts = board.parts.iter().map(|part| {
        json!({
            "part": part.part.letter(),
            "have": part.have,
            "need": part.need,
            "state": part.state.word(),
            "units": part.units.iter().map(|unit| unit_json(unit, lang)).collect::<Vec<_>>(),
            "gap": part.gap.as_ref().map(|gap| condition_json(gap, lang)),
        })
    });
    json!({
        "dossier": board.dossier.to_string(),
        "profile": board.profile.name,
        "as_of_ms": board.as_of_ms,
        "parts": parts.collect::<Vec<_>>(),
        "apart": board.apart.len(),
    })
}

fn unit_json(unit: &Unit, lang: Lang) -> Value {
    json!({
        "title": unit.title,
        "dossier": unit.dossier.to_string(),
        "subject": unit.subject.to_string(),
        "state": unit.state().word(),
        "stage": unit.stage.map(|stage| stage.word()),
        "conditions": unit.conditions.iter().map(|c| condition_json(c, lang)).collect::<Vec<_>>(),
    })
}

fn condition_json(condition: &Condition, lang: Lang) -> Value {
    json!({
        "code": condition.code.word(),
        "label": condition.code.label(lang),
        "rule": condition.code.rule(),
        "verdict": match condition.verdict {
            Verdict::Met => "met",
            Verdict::Warn => "warn",
            Verdict::Later => "later",
            Verdict::Open => "open",
        },
        "have": condition.have,
        "need": condition.need,
        "ops": condition.ops.iter().map(Hash::to_string).collect::<Vec<_>>(),
    })
}
