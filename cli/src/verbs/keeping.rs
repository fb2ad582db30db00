//! Retention classes and legal holds.

use angen_core::action::{lift_hold, place_hold, set_retention};
use angen_core::domain::{Hold, china_day, china_time, parse_day, read_all};
use angen_core::procedure::{KeptDossier, kept_dossiers};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, HoldVerb, RetentionVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::record::op_answer;

/// `angen retention …`
pub(super) fn retention(session: &Session, cli: &Cli, verb: &RetentionVerb) -> Outcome<Answer> {
    match verb {
        RetentionVerb::Set { dossier, class, basis } => {
            let dossier = session.dossier(dossier)?;
            let op = session.say(set_retention(&session.desk(cli)?, dossier, class, basis))?;
            Ok(op_answer(session, op, "已设定保管期限", "the retention class is set"))
        }
        RetentionVerb::List { as_of } => list_retention(session, as_of.as_deref()),
    }
}

fn list_retention(session: &Session, as_of: Option<&str>) -> Outcome<Answer> {
    let today = || china_day(session.ports.clock.now().wall_ms);
    let Some(day) = as_of.map_or_else(today, parse_day) else {
        let zh = "不是日期，应为 2028-06-30 这样的半角数字";
        return Err(session.wrong("--as-of", zh, "this is no day: write it like 2028-06-30"));
    };
    let kept = session.say(session.store.read(|read| kept_dossiers(read, day)))?;
    let mut lines: Vec<String> = kept.iter().map(|kept| kept_line(kept, session.lang)).collect();
    let mut warnings: Vec<&str> = kept
        .iter()
        .flat_map(|kept| &kept.warnings)
        .map(|why| if session.lang == Lang::Zh { why.zh.as_str() } else { why.en.as_str() })
        .collect();
    warnings.sort_unstable();
    warnings.dedup();
    lines.extend(warnings.iter().map(|why| format!("! {why}")));
    let json: Vec<Value> = kept.iter().map(kept_json).collect();
    let json = json!({"as_of": day.to_string(), "dossiers": json, "warnings": warnings});
    Ok(Answer::new(json, lines.join("\n")))
}

fn kept_line(kept: &KeptDossier, lang: Lang) -> String {
    let class = if lang == Lang::Zh { kept.class.zh } else { kept.class.en };
    let due = match (kept.due_on, kept.is_due, lang) {
        (None, _, _) => "—".to_owned(),
        (Some(day), true, Lang::Zh) => format!("{day} 已到期"),
        (Some(day), true, Lang::En) => format!("{day} due"),
        (Some(day), false, _) => day.to_string(),
    };
    let held = match (kept.holds.len(), lang) {
        (0, _) => String::new(),
        (count, Lang::Zh) => format!("\t保全 {count} 项"),
        (count, Lang::En) => format!("\t{count} holds"),
    };
    let dossier = &kept.dossier;
    format!("{}\t{class}\t{due}\t{}{held}", dossier.dossier, dossier.title)
}

fn kept_json(kept: &KeptDossier) -> Value {
    json!({
        "dossier": kept.dossier.dossier.to_string(),
        "title": kept.dossier.title,
        "type": kept.dossier.kind,
        "class": kept.class.code,
        "closed_on": kept.dossier.closed_on,
        "archived_on": kept.dossier.archived_on,
        "due_on": kept.due_on.map(|day| day.to_string()),
        "is_due": kept.is_due,
        "holds": kept.holds.iter().map(hold_json).collect::<Vec<_>>(),
    })
}

/// `angen hold …`
pub(super) fn hold(session: &Session, cli: &Cli, verb: &HoldVerb) -> Outcome<Answer> {
    match verb {
        HoldVerb::Place { dossier, reason, by } => {
            let dossier = session.dossier(dossier)?;
            let desk = session.desk(cli)?;
            let hold = session.say(place_hold(&desk, dossier, reason, by.as_deref()))?;
            Ok(Answer::new(json!({"hold": hold.to_string()}), hold.to_string()))
        }
        HoldVerb::Lift { dossier, hold, reason } => {
            let (dossier, hold) = (session.dossier(dossier)?, session.entity(hold)?);
            let op = session.say(lift_hold(&session.desk(cli)?, dossier, hold, reason))?;
            Ok(op_answer(session, op, "已解除保全", "the hold is lifted"))
        }
        HoldVerb::List { dossier } => {
            let dossier = session.dossier(dossier)?;
            let holds: Vec<Hold> =
                session.say(session.store.read(|read| read_all(read, dossier)))?;
            let lines: Vec<String> =
                holds.iter().map(|hold| hold_line(hold, session.lang)).collect();
            let json = holds.iter().map(hold_json).collect();
            Ok(Answer::new(Value::Array(json), lines.join("\n")))
        }
    }
}

fn hold_line(hold: &Hold, lang: Lang) -> String {
    let state = match (hold.lifted, lang) {
        (true, Lang::Zh) => "已解除",
        (true, Lang::En) => "lifted",
        (false, Lang::Zh) => "保全中",
        (false, Lang::En) => "stands",
    };
    format!("{}\t{}\t{state}\t{}", hold.hold, china_time(hold.wall_ms), hold.reason)
}

fn hold_json(hold: &Hold) -> Value {
    json!({
        "hold": hold.hold.to_string(),
        "reason": hold.reason,
        "lifted": hold.lifted,
        "writer": hold.writer.to_string(),
        "wall_ms": hold.wall_ms,
    })
}
