//! Revoking and adopting, and new keys.

use std::collections::BTreeMap;

use angen_core::action::{
    AdoptOps, QuarantinedOp, ReissueOfficer, RevokeWriter, Terms, adopt_ops,
    quarantine as set_aside, reissue_officer, revoke_writer,
};
use angen_core::domain::{Revocation, china_time, read_all};
use angen_core::store;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Adopt, Cli, Reissue, Revoke, TermsTyped};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::enrol::shown_words;
use crate::verbs::over_hub::{self, Asked};

/// `angen revoke`
pub(super) fn revoke(session: &Session, cli: &Cli, typed: &Revoke) -> Outcome<Answer> {
    let writer = session.writer(&typed.person)?;
    let cut = cut(session, &typed.cut)?;
    let request = RevokeWriter { writer, reason: typed.reason.clone(), cut };
    let op = session.say(revoke_writer(&session.desk(cli)?, &request))?;
    let aside = session.say(set_aside(&session.store))?;
    let aside = aside.iter().filter(|held| held.writer == writer).count();
    let text = match session.lang {
        Lang::Zh => {
            format!("已吊销 {writer}。本机上有 {aside} 条记录被隔离；以后到达的也会隔离，不会丢弃")
        }
        Lang::En => format!(
            "{writer} is revoked. {aside} ops here are set aside, and so are those that come \
             later; none is discarded"
        ),
    };
    let json = json!({
        "op": op.to_string(), "writer": writer.to_string(), "quarantined": aside,
    });
    Ok(Answer::new(json, text))
}

/// `angen adopt`
pub(super) fn adopt(session: &Session, cli: &Cli, typed: &Adopt) -> Outcome<Answer> {
    let writer = session.writer(&typed.person)?;
    let before = session.say(set_aside(&session.store))?.len();
    let head = typed.head.as_deref().map(|text| hash(session, "--head", text)).transpose()?;
    let request = AdoptOps {
        writer,
        dossier: session.dossier(&typed.dossier)?,
        first: typed.first,
        last: typed.last,
        head,
        reason: typed.reason.clone(),
    };
    let op = session.say(adopt_ops(&session.desk(cli)?, &request))?;
    let left = session.say(set_aside(&session.store))?.len();
    let adopted = before.saturating_sub(left);
    let text = match session.lang {
        Lang::Zh => format!("已采认 {adopted} 条记录；仍有 {left} 条被隔离"),
        Lang::En => format!("{adopted} ops count again; {left} are still set aside"),
    };
    let json = json!({"op": op.to_string(), "adopted": adopted, "quarantined": left});
    Ok(Answer::new(json, text))
}

/// `angen quarantine`
pub(super) fn quarantine(session: &Session) -> Outcome<Answer> {
    let place = session.place()?;
    let aside = session.say(set_aside(&session.store))?;
    let revoked: Vec<Revocation> =
        session.say(session.store.read(|read| read_all(read, place.roster)))?;
    let mut runs: BTreeMap<(DossierId, WriterId), Vec<&QuarantinedOp>> = BTreeMap::new();
    for held in &aside {
        runs.entry((held.dossier, held.writer)).or_default().push(held);
    }
    let mut lines: Vec<String> =
        runs.iter().filter_map(|(run, ops)| run_words(*run, ops, session.lang)).collect();
    if lines.is_empty() {
        lines.push(match session.lang {
            Lang::Zh => "没有被隔离的记录".to_owned(),
            Lang::En => "nothing is set aside".to_owned(),
        });
    }
    let ops: Vec<Value> = aside.iter().map(op_json).collect();
    let mut revocations = Vec::new();
    for known in &revoked {
        let counts = store::revoked_by;
        let by = session.say(session.store.read(|read| counts(read, known.writer)))?;
        revocations.push(json!({
            "op": known.op.to_string(),
            "writer": known.writer.to_string(),
            "reason": known.reason,
            "by": known.by.to_string(),
            "at": china_time(known.wall_ms),
            "chains": known.cut.len(),
            "counts": by.is_some(),
        }));
    }
    Ok(Answer::new(json!({"revocations": revocations, "ops": ops}), lines.join("\n")))
}

fn run_words(
    (dossier, writer): (DossierId, WriterId),
    ops: &[&QuarantinedOp],
    lang: Lang,
) -> Option<String> {
    let (first, last) = (ops.first()?, ops.last()?);
    let after = ops.iter().filter(|held| held.is_after).count();
    let count = ops.len();
    let (name, reason) = (&first.name, &first.reason);
    let times = (china_time(first.wall_ms), china_time(last.wall_ms));
    Some(match lang {
        Lang::Zh => format!(
            "{dossier}\t{name}（{writer}）第 {}–{} 条，共 {count} 条，自称 {} 至 {}；吊销原因：{reason}\
             {}",
            first.seq,
            last.seq,
            times.0,
            times.1,
            if after > 0 {
                format!("；其中 {after} 条按平台日志写于吊销之后")
            } else {
                String::new()
            }
        ),
        Lang::En => format!(
            "{dossier}\t{name} ({writer}) ops {} to {}, {count} in all, by its clock {} to {}; \
             revoked because: {reason}{}",
            first.seq,
            last.seq,
            times.0,
            times.1,
            if after > 0 {
                format!("; the hub's log shows that {after} were written afterwards")
            } else {
                String::new()
            }
        ),
    })
}

fn op_json(held: &QuarantinedOp) -> Value {
    json!({
        "op": held.op.to_string(),
        "dossier": held.dossier.to_string(),
        "writer": held.writer.to_string(),
        "name": held.name,
        "seq": held.seq,
        "kind": held.kind,
        "wall_ms": held.wall_ms,
        "revocation": held.by.to_string(),
        "reason": held.reason,
        "after_revocation": held.is_after,
    })
}

/// `angen officer reissue`
pub(super) fn reissue(session: &Session, cli: &Cli, typed: &Reissue) -> Outcome<Answer> {
    let writer = session.writer(&typed.person)?;
    if typed.ask.is_none() && typed.over.code.is_none() {
        session.set_new_pin("--new-pin", typed.new_pin.as_deref().unwrap_or_default())?;
    }
    let desk = session.desk(cli)?;
    let asked = Asked::find(session, &desk, typed.ask.as_deref(), &typed.over)?;
    let request = ReissueOfficer {
        writer,
        reason: typed.reason.clone(),
        cut: cut(session, &typed.cut)?,
        terms: terms(session, &typed.terms)?,
        ask: asked.as_ref().map(|asked| asked.text.clone()),
    };
    let made = session.say(reissue_officer(&desk, &request))?;
    let sent = over_hub::send(session, &desk, asked.as_ref(), made.answer.as_deref(), &typed.over)?;
    let (name, new) = (&made.officer.name, made.officer.writer);
    let mut text = match session.lang {
        Lang::Zh => format!("已为{name}补发：新的签名身份 {new}，原来的 {writer} 已吊销"),
        Lang::En => format!("{name} has a new writer {new}; the old one, {writer}, is revoked"),
    };
    if let Some(answer) = &made.answer {
        let shown = match sent {
            true => over_hub::sent_words(session.lang),
            false => shown_words(session, answer, session.place()?.root),
        };
        text = format!("{text}\n{shown}");
    }
    let json = json!({
        "officer": made.officer.officer.to_string(),
        "writer": new.to_string(),
        "certificate": made.officer.certificate.to_string(),
        "revoked": writer.to_string(),
        "revocation": made.revocation.to_string(),
        "text": made.answer,
        "sent": sent,
    });
    Ok(Answer::new(json, text))
}

/// Terms as they were typed.
pub(super) fn terms(session: &Session, typed: &TermsTyped) -> Outcome<Terms> {
    let dossiers = typed.dossier.iter().map(|text| session.dossier(text));
    Ok(Terms {
        until: typed.until.clone(),
        area: typed.area.clone(),
        dossiers: dossiers.collect::<Outcome<_>>()?,
    })
}

/// Cuts as they were typed: `DOSSIER=SEQ`, or `DOSSIER=none`.
fn cut(session: &Session, typed: &[String]) -> Outcome<Vec<(DossierId, Option<u64>)>> {
    let wrong = |text: &str| {
        session.wrong(
            "--cut",
            &format!("“{text}”应写成 卷宗号=序号，或 卷宗号=none"),
            &format!("write \"{text}\" as DOSSIER=SEQ, or DOSSIER=none"),
        )
    };
    let one = |text: &String| {
        let (dossier, last) = text.split_once('=').ok_or_else(|| wrong(text))?;
        let last = match last {
            "none" => None,
            number => Some(number.parse().map_err(|_| wrong(text))?),
        };
        Ok((session.dossier(dossier)?, last))
    };
    typed.iter().map(one).collect()
}

fn hash(session: &Session, option: &str, text: &str) -> Outcome<Hash> {
    text.parse()
        .map_err(|_| session.wrong(option, "应为 64 位十六进制数字", "it is 64 hexadecimal digits"))
}
