//! Custody events, looks at personal data, and the end of dossiers.

use angen_core::action::{
    FieldContent, FieldView, Handing, NoteCustody, archive_dossier, close_dossier, custody_of,
    note_custody, reveal_entity, view_entity,
};
use angen_core::domain::{Custody, CustodyAct, china_time};
use angen_ledger::value::Value as Held;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{self, Cli, CustodyVerb, DossierVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::record::op_answer;

/// `angen look`
pub(super) fn look(
    session: &Session,
    cli: &Cli,
    dossier: &str,
    entity: &str,
    purpose: Option<&str>,
) -> Outcome<Answer> {
    let (dossier, entity) = (session.dossier(dossier)?, session.entity(entity)?);
    let views = match purpose {
        None => session.store.read(|read| view_entity(read, dossier, entity)),
        Some(purpose) => reveal_entity(&session.desk(cli)?, dossier, entity, purpose),
    };
    let views = session.say(views)?;
    let lines: Vec<String> = views.iter().map(|view| view_line(view, session.lang)).collect();
    let json = views.iter().map(view_json).collect();
    Ok(Answer::new(Value::Array(json), lines.join("\n")))
}

fn view_line(view: &FieldView, lang: Lang) -> String {
    let words = match (&view.content, lang) {
        (FieldContent::Shown(value), _) => plain(value),
        (FieldContent::Hidden, Lang::Zh) => {
            "（个人信息，用 --reveal --purpose 用途 查看）".to_owned()
        }
        (FieldContent::Hidden, Lang::En) => {
            "(personal data: --reveal --purpose WHY shows it)".to_owned()
        }
        (FieldContent::Absent(None), Lang::Zh) => "（隐去）".to_owned(),
        (FieldContent::Absent(None), Lang::En) => "(withheld)".to_owned(),
        (FieldContent::Absent(Some(op)), Lang::Zh) => format!("（已依法删除，记录 {op}）"),
        (FieldContent::Absent(Some(op)), Lang::En) => format!("(erased by op {op})"),
    };
    format!("{}\t{words}", view.field)
}

fn view_json(view: &FieldView) -> Value {
    let (state, value, by) = match &view.content {
        FieldContent::Shown(value) => ("shown", Some(plain(value)), None),
        FieldContent::Hidden => ("hidden", None, None),
        FieldContent::Absent(by) => {
            let state = if by.is_some() { "erased" } else { "withheld" };
            (state, None, by.map(|op| op.to_string()))
        }
    };
    json!({
        "field": view.field,
        "op": view.op.to_string(),
        "state": state,
        "value": value,
        "erased_by": by,
    })
}

/// A value in one line.
fn plain(value: &Held) -> String {
    match value {
        Held::Null => "—".to_owned(),
        Held::Bool(value) => value.to_string(),
        Held::Int(number) => number.to_string(),
        Held::Text(text) => text.clone(),
        Held::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Held::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Held::Map(pairs) => {
            let pair = |(key, value): &(String, Held)| format!("{key}={}", plain(value));
            pairs.iter().map(pair).collect::<Vec<_>>().join("; ")
        }
    }
}

/// `angen custody …`
pub(super) fn custody(session: &Session, cli: &Cli, verb: &CustodyVerb) -> Outcome<Answer> {
    match verb {
        CustodyVerb::Note(typed) => note(session, cli, typed),
        CustodyVerb::List { dossier } => list(session, dossier),
    }
}

fn note(session: &Session, cli: &Cli, typed: &args::NoteCustody) -> Outcome<Answer> {
    let about = typed.about.iter().map(|id| session.entity(id)).collect::<Outcome<_>>()?;
    let request = NoteCustody {
        act: session.word("--what", &typed.what, CustodyAct::ALL, CustodyAct::word)?,
        dossier: session.dossier(&typed.dossier)?,
        about,
        fields: Vec::new(),
        handing: Handing { recipient: typed.to.clone(), purpose: typed.purpose.clone() },
    };
    let noted = session.say(note_custody(&session.desk(cli)?, &request))?;
    let text = match session.lang {
        Lang::Zh => format!("已登记流转（记在卷宗 {}）", noted.dossier),
        Lang::En => format!("noted in dossier {}", noted.dossier),
    };
    let json = json!({
        "op": noted.op.to_string(),
        "custody": noted.custody.to_string(),
        "dossier": noted.dossier.to_string(),
    });
    Ok(Answer::new(json, text))
}

fn list(session: &Session, dossier: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let events = session.say(session.store.read(|read| custody_of(read, dossier)))?;
    let lines: Vec<String> = events.iter().map(|event| event_line(event, session.lang)).collect();
    let json = events.iter().map(event_json).collect();
    Ok(Answer::new(Value::Array(json), lines.join("\n")))
}

/// One event in a line: when, what, to whom, what for.
pub(super) fn event_line(event: &Custody, lang: Lang) -> String {
    let unknown = if lang == Lang::Zh { "未写明" } else { "not said" };
    let act = if lang == Lang::Zh { event.act.term() } else { event.act.word() };
    let failed = match (event.failed, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "（未完成）",
        (true, Lang::En) => " (came to nothing)",
    };
    let told = |text: &Option<String>| text.clone().unwrap_or_else(|| unknown.to_owned());
    let (to, purpose) = (told(&event.recipient), told(&event.purpose));
    format!("{}\t{act}{failed}\t{to}\t{purpose}", china_time(event.wall_ms))
}

fn event_json(event: &Custody) -> Value {
    json!({
        "custody": event.custody.to_string(),
        "op": event.op.to_string(),
        "what": event.act.word(),
        "about": event.about.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "fields": event.fields,
        "recipient": event.recipient,
        "purpose": event.purpose,
        "failed": event.failed,
        "writer": event.writer.to_string(),
        "wall_ms": event.wall_ms,
    })
}

/// `angen dossier …`
pub(super) fn dossier(session: &Session, cli: &Cli, verb: &DossierVerb) -> Outcome<Answer> {
    match verb {
        DossierVerb::Close { dossier, on, reason } => {
            let dossier = session.dossier(dossier)?;
            let op = session.say(close_dossier(&session.desk(cli)?, dossier, on, reason))?;
            Ok(op_answer(session, op, "已结案", "closed"))
        }
        DossierVerb::Archive { dossier, on, number } => {
            let dossier = session.dossier(dossier)?;
            let desk = session.desk(cli)?;
            let op = session.say(archive_dossier(&desk, dossier, on, number.as_deref()))?;
            Ok(op_answer(session, op, "已归档", "archived"))
        }
    }
}
