//! What each count of a board rests on, op by op, in words and as JSON.

use angen_core::action::{Why, WhyOp};
use angen_core::domain::china_time;
use angen_core::procedure::Part;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::board::{board_words, condition_json, part_words, verdict_mark};

/// `angen board --why`
pub(super) fn why(session: &Session, dossier: &str, part: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let part = match part {
        "all" => None,
        letter => Some(session.word("--why", letter, &Part::ALL, Part::letter)?),
    };
    let now = session.ports.clock.now().wall_ms;
    let told = angen_core::action::why(&session.store, dossier, part, now);
    let (board, all) = session.say(told)?;
    let lang = session.lang;
    let json: Vec<Value> = all.iter().map(|why| why_json(why, lang)).collect();
    let mut lines = vec![board_words(&board, lang)];
    for why in &all {
        lines.push(head(why, lang));
        lines.extend(why.ops.iter().map(|op| format!("    {}", op_words(op, lang))));
    }
    Ok(Answer::new(json!({"dossier": dossier.to_string(), "why": json}), lines.join("\n")))
}

fn head(why: &Why, lang: Lang) -> String {
    let condition = &why.condition;
    let (have, need) = (condition.have, condition.need);
    format!(
        "{} {} {}/{need} {} {}",
        part_words(why.part, lang).trim_end().trim_end_matches('　'),
        verdict_mark(condition.verdict),
        have,
        condition.code.label(lang),
        why.title
    )
}

/// One op: the claimed time, what bears it out, who, what, and its hash.
fn op_words(op: &WhyOp, lang: Lang) -> String {
    let who = op.name.clone().unwrap_or_else(|| op.writer.to_string());
    let kind = angen_page::kind_words(&op.kind, lang);
    format!("{} {who} {kind} ({}) {}", china_time(op.claimed_ms), interval(op, lang), op.op.short())
}

fn interval(op: &WhyOp, lang: Lang) -> String {
    let mut parts = Vec::new();
    if let Some(ms) = op.after_ms {
        parts.push(match lang {
            Lang::Zh => format!("所依据的记录自称 {}", china_time(ms)),
            Lang::En => format!("builds on an op that claims {}", china_time(ms)),
        });
    }
    if let Some(ms) = op.before_ms {
        parts.push(match lang {
            Lang::Zh => format!("他人据此所写自称 {}", china_time(ms)),
            Lang::En => format!("another writer built on it, claiming {}", china_time(ms)),
        });
    }
    parts.push(match (&op.checkpoint, lang) {
        (Some(origin), Lang::Zh) => format!("不早于 {origin} 的检查点"),
        (Some(origin), Lang::En) => format!("not before the checkpoint of {origin}"),
        (None, Lang::Zh) => "时间均为自称，无检查点".to_owned(),
        (None, Lang::En) => "all times are claims, no checkpoint".to_owned(),
    });
    parts.join(if lang == Lang::Zh { "；" } else { "; " })
}

fn why_json(why: &Why, lang: Lang) -> Value {
    let mut json = condition_json(&why.condition, lang);
    json["part"] = why.part.letter().into();
    json["title"] = why.title.as_str().into();
    json["ops"] = why.ops.iter().map(op_json).collect();
    json
}

fn op_json(op: &WhyOp) -> Value {
    json!({
        "op": op.op.to_string(),
        "dossier": op.dossier.to_string(),
        "entity": op.entity.to_string(),
        "kind": op.kind,
        "writer": op.writer.to_string(),
        "name": op.name,
        "claimed_ms": op.claimed_ms,
        "after_ms": op.after_ms,
        "before_ms": op.before_ms,
        "checkpoint": op.checkpoint,
    })
}
