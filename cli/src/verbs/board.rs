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

/// The board as four lines, its three states, and what is shown apart.
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
                part.state_label(lang)
            )
        })
        .collect();
    lines.extend(states_words(board, lang));
    if !board.apart.is_empty() {
        lines.push(match lang {
            Lang::Zh => format!("另有 {} 个问题不计入（移送其他部门等）", board.apart.len()),
            Lang::En => format!("{} findings are shown apart and do not count", board.apart.len()),
        });
    }
    // What a person must decide stands on the board; the other warnings are in what is missing.
    let open = board.warnings.iter().filter(|warning| warning.code == Code::ConflictsListed);
    lines.extend(open.map(|warning| format!("! {}", warning.code.say(warning, lang))));
    lines.extend(board.joint.iter().map(|joint| match lang {
        Lang::Zh => format!(
            "联合执法：{} 次检查以{}名义，成绩计入{}",
            joint.checks.len(),
            joint.in_name_of,
            joint.credit_to
        ),
        Lang::En => format!(
            "joint enforcement: {} checks in the name of {}, credit to {}",
            joint.checks.len(),
            joint.in_name_of,
            joint.credit_to
        ),
    }));
    lines.join("\n")
}

/// Three states that are never mixed: the site, the chain, and what came of it.
fn states_words(board: &Board, lang: Lang) -> Vec<String> {
    let (field, chain) = (board.field_complete(), board.chain_complete());
    let done = |done: bool| match (done, lang) {
        (true, Lang::Zh) => "是",
        (false, Lang::Zh) => "否",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    };
    let o = &board.outcome;
    let (decided, paid) = (yuan(o.decided_fen), yuan(o.paid_fen));
    let mut lines = match lang {
        Lang::Zh => vec![
            format!("现场完成：{}　全链完成：{}", done(field), done(chain)),
            format!(
                "后续成效（只作统计，不计入完成和排名）：立案 {} 件，决定 {} 件，结案 {} 件，罚款 {decided} 元，已缴 {paid} 元",
                o.filed, o.decided, o.closed
            ),
        ],
        Lang::En => vec![
            format!("field complete: {}, chain complete: {}", done(field), done(chain)),
            format!(
                "outcome (statistics only, no part of completion or ranking): {} filed, {} decided, {} closed, {decided} yuan decided, {paid} yuan paid",
                o.filed, o.decided, o.closed
            ),
        ],
    };
    let said = [
        (
            board.honest_zero,
            "两家检查完整、没有违法事项：如实为零，不要求查实",
            "two complete checks found nothing: an honest zero, no violation is required",
        ),
        (
            board.is_practice(),
            "取证在演练案件上完成，演练不进入任何统计",
            "the chain was made on a practice case, which enters no statistics",
        ),
    ];
    let said = said.iter().filter(|(holds, _, _)| *holds);
    lines.extend(said.map(|(_, zh, en)| if lang == Lang::Zh { *zh } else { *en }.to_owned()));
    lines
}

/// Fen as yuan, without decimals where there are none.
pub(crate) fn yuan(fen: i64) -> String {
    match (fen / 100, fen % 100) {
        (yuan, 0) => yuan.to_string(),
        (yuan, rest) => format!("{yuan}.{:02}", rest.abs()),
    }
}

pub(super) fn part_words(part: Part, lang: Lang) -> &'static str {
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

fn mark(state: State) -> &'static str {
    match state {
        State::NotStarted => "○",
        State::UnderWay => "◔",
        State::OnSiteDone => "◑",
        State::Met => "●",
    }
}

/// The mark of a condition's verdict.
pub(super) fn verdict_mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "●",
        Verdict::Warn => "!",
        Verdict::Later => "◑",
        Verdict::Open => "○",
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
    let joint = board.joint.iter().map(|joint| {
        json!({
            "in_name_of": joint.in_name_of,
            "credit_to": joint.credit_to,
            "checks": joint.checks.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "ops": joint.ops.iter().map(Hash::to_string).collect::<Vec<_>>(),
        })
    });
    json!({
        "dossier": board.dossier.to_string(),
        "profile": board.profile.name,
        "as_of_ms": board.as_of_ms,
        "parts": parts.collect::<Vec<_>>(),
        "field_complete": board.field_complete(),
        "chain_complete": board.chain_complete(),
        "honest_zero": board.honest_zero,
        "practice": board.is_practice(),
        "outcome": outcome_json(&board.outcome),
        "apart": board.apart.len(),
        "joint": joint.collect::<Vec<_>>(),
    })
}

fn outcome_json(outcome: &angen_core::procedure::Outcome) -> Value {
    json!({
        "filed": outcome.filed,
        "decided": outcome.decided,
        "closed": outcome.closed,
        "decided_fen": outcome.decided_fen,
        "paid_fen": outcome.paid_fen,
        "practice_cases_left_out": outcome.practice,
        "ops": outcome.ops.iter().map(Hash::to_string).collect::<Vec<_>>(),
    })
}

fn unit_json(unit: &Unit, lang: Lang) -> Value {
    json!({
        "title": unit.title,
        "dossier": unit.dossier.to_string(),
        "subject": unit.subject.to_string(),
        "state": unit.state().word(),
        "stage": unit.stage.map(|stage| stage.word()),
        "practice": unit.practice,
        "conditions": unit.conditions.iter().map(|c| condition_json(c, lang)).collect::<Vec<_>>(),
    })
}

pub(super) fn condition_json(condition: &Condition, lang: Lang) -> Value {
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
