//! Erasures: asked for, approved, carried out, and scrubbed from the files.

use angen_core::action::{
    Erased, RequestErasure, approve_erasure, erase as carry_out, request_erasure,
};
use angen_core::domain::{Erasure, erasure_basis, read_all};
use angen_core::store::Scrubbed;
use angen_ledger::erasure::Target;
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, EraseVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::custody::event_line;
use crate::verbs::record::{op_answer, pairs};

/// `angen erase …`
pub(super) fn erase(session: &Session, cli: &Cli, verb: &EraseVerb) -> Outcome<Answer> {
    match verb {
        EraseVerb::Request { dossier, targets, basis, reason } => {
            let request = RequestErasure {
                dossier: session.dossier(dossier)?,
                targets: parsed(session, targets)?,
                basis: basis.clone(),
                reason: reason.clone(),
            };
            let erasure = session.say(request_erasure(&session.desk(cli)?, &request))?;
            Ok(Answer::new(json!({"erasure": erasure.to_string()}), erasure.to_string()))
        }
        EraseVerb::Approve { dossier, erasure } => {
            let (dossier, erasure) = (session.dossier(dossier)?, session.entity(erasure)?);
            let op = session.say(approve_erasure(&session.desk(cli)?, dossier, erasure))?;
            Ok(op_answer(session, op, "已批准删除", "the erasure is approved"))
        }
        EraseVerb::Run { dossier, erasure } => {
            let (dossier, erasure) = (session.dossier(dossier)?, session.entity(erasure)?);
            let done = session.say(carry_out(&session.desk(cli)?, dossier, erasure))?;
            // What cannot be scrubbed now stays owed, and the verb has done its part.
            let scrubbed = session.store.scrub(&*session.ports.disk);
            Ok(run_answer(session, &done, scrubbed.ok().as_ref()))
        }
        EraseVerb::List { dossier } => list(session, dossier),
        EraseVerb::Scrub => {
            let scrubbed = session.say(session.store.scrub(&*session.ports.disk))?;
            let text = scrub_words(Some(&scrubbed), session.lang);
            Ok(Answer::new(scrub_json(Some(&scrubbed)), text))
        }
    }
}

/// `OP=FIELD,FIELD` as it was typed.
fn parsed(session: &Session, texts: &[String]) -> Outcome<Vec<Target>> {
    let target = |(op, fields): (String, String)| -> Outcome<Target> {
        let op: Hash = op.parse().map_err(|_| {
            let zh = "记录的散列应为 64 位十六进制数字";
            session.wrong(&op, zh, "the hash of an op has 64 hexadecimal digits")
        })?;
        Ok(Target { op, fields: fields.split(',').map(str::to_owned).collect() })
    };
    pairs(session, texts)?.into_iter().map(target).collect()
}

fn run_answer(session: &Session, done: &Erased, scrubbed: Option<&Scrubbed>) -> Answer {
    let lang = session.lang;
    let mut lines = vec![match lang {
        Lang::Zh => format!("已删除 {} 个字段（记录 {}）", done.fields, done.op),
        Lang::En => format!("{} fields erased (op {})", done.fields, done.op),
    }];
    lines.push(scrub_words(scrubbed, lang));
    lines.push(match (done.handed_out.is_empty(), lang) {
        (true, Lang::Zh) => "没有登记过交出的卷宗包、打印件或复制件。".to_owned(),
        (true, Lang::En) => "No package, print or copy is on record as handed out.".to_owned(),
        (false, Lang::Zh) => "以下已经交出，删除不到，请另行联系收回：".to_owned(),
        (false, Lang::En) => {
            "These were handed out and cannot be reached: ask for them back:".to_owned()
        }
    });
    lines.extend(done.handed_out.iter().map(|event| format!("  {}", event_line(event, lang))));
    let handed: Vec<String> =
        done.handed_out.iter().map(|event| event.custody.to_string()).collect();
    let json = json!({
        "op": done.op.to_string(),
        "fields": done.fields,
        "handed_out": handed,
        "scrub": scrub_json(scrubbed),
    });
    Answer::new(json, lines.join("\n"))
}

fn scrub_words(scrubbed: Option<&Scrubbed>, lang: Lang) -> String {
    let Some(scrubbed) = scrubbed else {
        return match lang {
            Lang::Zh => "文件里的残留还没有清除（别的程序正在读），稍后运行 angen erase scrub",
            Lang::En => "the files are not scrubbed yet (busy): run angen erase scrub later",
        }
        .to_owned();
    };
    let mut lines = vec![match (scrubbed.done, lang) {
        (true, Lang::Zh) => format!("文件里的残留已清除，移除附件 {} 个", scrubbed.removed.len()),
        (true, Lang::En) => format!("the files are scrubbed, {} removed", scrubbed.removed.len()),
        (false, Lang::Zh) => "没有需要清除的残留".to_owned(),
        (false, Lang::En) => "there was nothing to scrub".to_owned(),
    }];
    for path in &scrubbed.left {
        lines.push(match lang {
            Lang::Zh => format!("可能含有已删除内容，须由人决定是否销毁：{}", path.display()),
            Lang::En => format!("may hold what was erased; a person decides: {}", path.display()),
        });
    }
    lines.join("\n")
}

fn scrub_json(scrubbed: Option<&Scrubbed>) -> Value {
    json!({
        "done": scrubbed.is_some_and(|scrubbed| scrubbed.done),
        "removed": scrubbed.map(|scrubbed| &scrubbed.removed),
        "left": scrubbed.map(|scrubbed| &scrubbed.left),
    })
}

fn list(session: &Session, dossier: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let all: Vec<Erasure> = session.say(session.store.read(|read| read_all(read, dossier)))?;
    let line = |held: &Erasure| {
        let state = match (held.executed.is_some(), held.approval.is_some(), session.lang) {
            (true, _, Lang::Zh) => "已执行",
            (true, _, Lang::En) => "carried out",
            (false, true, Lang::Zh) => "已批准",
            (false, true, Lang::En) => "approved",
            (false, false, Lang::Zh) => "待批准",
            (false, false, Lang::En) => "waits for approval",
        };
        let law = erasure_basis(&held.basis).map_or("", |basis| basis.law);
        format!("{}\t{state}\t{law}\t{}", held.erasure, held.reason)
    };
    let json = all.iter().map(|held| {
        json!({
            "erasure": held.erasure.to_string(),
            "request": held.request.to_string(),
            "basis": held.basis,
            "reason": held.reason,
            "approved_by": held.approval.map(|(_, writer)| writer.to_string()),
            "executed": held.executed.map(|op| op.to_string()),
        })
    });
    let text = all.iter().map(line).collect::<Vec<_>>().join("\n");
    Ok(Answer::new(Value::Array(json.collect()), text))
}
