//! Assent on a phone or computer of one's own 用自己的设备确认: asked, signed, carried.

use angen_core::action::{
    AssentTold, carry_assent, read_assent_request, request_assent, sign_assent,
};
use angen_ledger::limits::QR_CHARS_MAX;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::Cli;
use crate::out::Answer;
use crate::qr::blocks;
use crate::session::{Outcome, Session};

/// `angen request-assent`
pub(super) fn request(
    session: &Session,
    cli: &Cli,
    dossier: &str,
    of: Option<&str>,
) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let of = of.map(|name| session.writer(name)).transpose()?;
    let desk = session.desk(cli)?;
    let asked = session.say(request_assent(&desk, dossier, of))?;
    let what = match session.lang {
        Lang::Zh => "请第二名执法人员用自己的手机扫码（或运行 angen sign-assent）：",
        Lang::En => "Let the second officer scan it (or run angen sign-assent):",
    };
    let words = format!("{}\n{what}\n{}", told(session, &asked.told), code(&asked.text));
    Ok(Answer::new(json_of(&asked.told, Some(&asked.text)), words))
}

/// `angen sign-assent`
pub(super) fn sign(session: &Session, cli: &Cli, text: &str, yes: bool) -> Outcome<Answer> {
    let read = session.say(read_assent_request(&session.store, text))?;
    if !yes {
        let what = match session.lang {
            Lang::Zh => "尚未确认。看清后再运行一次，加上 --yes",
            Lang::En => "Not signed yet. Read it, and run this again with --yes",
        };
        return Ok(Answer::new(json_of(&read, None), format!("{}\n{what}", told(session, &read))));
    }
    let desk = session.desk(cli)?;
    let signed = session.say(sign_assent(&desk, text))?;
    let what = match session.lang {
        Lang::Zh => "已签名。请同事的手机扫码（或运行 angen carry-assent），带回后才算数：",
        Lang::En => "Signed. It counts once the other phone has scanned it (angen carry-assent):",
    };
    let words = format!("{}\n{what}\n{}", told(session, &signed.told), code(&signed.text));
    Ok(Answer::new(json_of(&signed.told, Some(&signed.text)), words))
}

/// `angen carry-assent`
pub(super) fn carry(session: &Session, cli: &Cli, dossier: &str, text: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let desk = session.desk(cli)?;
    let carried = session.say(carry_assent(&desk, dossier, text))?;
    let words = match session.lang {
        Lang::Zh => format!("{}已确认 {} 条记录", carried.name, carried.assented),
        Lang::En => format!("{} assented to {} records", carried.name, carried.assented),
    };
    let json = json!({
        "op": carried.op.to_string(),
        "writer": carried.writer.to_string(),
        "name": carried.name,
        "assented": carried.assented,
    });
    Ok(Answer::new(json, words))
}

fn json_of(told: &AssentTold, text: Option<&str>) -> Value {
    let lines = told.lines.iter().map(|line| json!({"zh": line.zh, "en": line.en}));
    json!({
        "dossier": told.dossier.to_string(),
        "title": told.title,
        "by": told.by.to_string(),
        "by_name": told.by_name,
        "of": told.of.map(|of| of.to_string()),
        "count": told.count,
        "lines": lines.collect::<Vec<Value>>(),
        "asked_ms": told.asked_ms,
        "text": text,
        "fits_qr": text.map(|text| text.len() <= QR_CHARS_MAX),
    })
}

/// What is asked, line by line.
fn told(session: &Session, told: &AssentTold) -> String {
    let by = told.by_name.clone().unwrap_or_else(|| told.by.to_string());
    let lines = told.lines.iter();
    match session.lang {
        Lang::Zh => {
            let lines: Vec<String> = lines.map(|line| format!("  {}", line.zh)).collect();
            let head = format!("{}，{by} 请求确认 {} 条记录：", told.title, told.count);
            format!("{head}\n{}", lines.join("\n"))
        }
        Lang::En => {
            let lines: Vec<String> = lines.map(|line| format!("  {}", line.en)).collect();
            let head = format!("{}: {by} asks assent to {} records:", told.title, told.count);
            format!("{head}\n{}", lines.join("\n"))
        }
    }
}

/// The text as a code, and as text for who copies it.
fn code(text: &str) -> String {
    format!("{}\n{text}", blocks(text).unwrap_or_default())
}
