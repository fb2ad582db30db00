//! Mandates: entered, ended and listed.

use angen_core::action::{self, end_mandate, grant_mandate};
use angen_core::domain::{
    ALL_MATTERS, Cap, CapBasis, CapSubject, DelegateKind, Mandate, MandateKind, Matters, area_name,
    read_all,
};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, GrantMandate, MandateVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen mandate …`
pub(super) fn mandate(session: &Session, cli: &Cli, verb: &MandateVerb) -> Outcome<Answer> {
    match verb {
        MandateVerb::Grant(typed) => grant(session, cli, typed),
        MandateVerb::End { mandate, on, reason } => {
            let mandate = session.entity(mandate)?;
            let desk = session.desk(cli)?;
            let op = session.say(end_mandate(&desk, mandate, on, reason))?;
            let text = if session.lang == Lang::Zh { "已终止" } else { "ended" };
            Ok(Answer::new(json!({"op": op.to_string()}), text))
        }
        MandateVerb::List => list(session),
    }
}

fn grant(session: &Session, cli: &Cli, typed: &GrantMandate) -> Outcome<Answer> {
    let whole = typed.matters.iter().any(|code| code == ALL_MATTERS);
    let kind = typed.delegate_kind.as_deref();
    let kind = kind
        .map(|word| session.word("--delegate-kind", word, DelegateKind::ALL, DelegateKind::word));
    let request = action::GrantMandate {
        kind: session.word("--kind", &typed.kind, MandateKind::ALL, MandateKind::word)?,
        delegator: typed.delegator.clone(),
        delegate: typed.delegate.clone(),
        delegate_kind: kind.transpose()?,
        matters: if whole { Matters::All } else { Matters::Listed(typed.matters.clone()) },
        caps: typed.cap.iter().map(|text| cap(session, text)).collect::<Outcome<_>>()?,
        areas: typed.area.iter().map(|a| session.area("--area", a)).collect::<Outcome<_>>()?,
        from: typed.from.clone(),
        until: typed.until.clone(),
        published_on: typed.published_on.clone(),
        published_at: typed.published_at.clone(),
        document_no: typed.document_no.clone(),
        number_region: typed.number_region.clone(),
        seal_of: typed.seal_of.clone(),
        evidence: typed.evidence.as_deref().map(|id| session.entity(id)).transpose()?,
    };
    let desk = session.desk(cli)?;
    let view = session.say(grant_mandate(&desk, &request))?;
    let mut lines = vec![words(&view.mandate, session.lang)];
    let say = |problem: &angen_core::error::Problem| match session.lang {
        Lang::Zh => problem.zh.clone(),
        Lang::En => problem.en.clone(),
    };
    lines.extend(view.warnings.iter().map(|problem| format!("⚠ {}", say(problem))));
    let warnings: Vec<Value> = view
        .warnings
        .iter()
        .map(|problem| json!({"place": problem.place, "message": say(problem)}))
        .collect();
    let json = json!({"mandate": view.mandate.mandate.to_string(), "warnings": warnings});
    Ok(Answer::new(json, lines.join("\n")))
}

/// A cap as it was typed: `unit=50000`, `person=20000:statutory_max:exclusive`.
fn cap(session: &Session, text: &str) -> Outcome<Cap> {
    let parsed = text.split_once('=').and_then(|(subject, rest)| {
        let mut parts = rest.split(':');
        let amount = parts.next()?.parse().ok()?;
        let basis = CapBasis::from_word(parts.next().unwrap_or("actual_fine"))?;
        let inclusive = match parts.next().unwrap_or("inclusive") {
            "inclusive" => true,
            "exclusive" => false,
            _ => return None,
        };
        let subject = CapSubject::from_word(subject)?;
        parts.next().is_none().then_some(Cap { subject, amount, basis, inclusive })
    });
    parsed.ok_or_else(|| {
        session.wrong(
            "--cap",
            "应写成 unit=50000，或 person=20000:statutory_max:exclusive",
            "write unit=50000, or person=20000:statutory_max:exclusive",
        )
    })
}

fn list(session: &Session) -> Outcome<Answer> {
    let place = session.place()?;
    let all: Vec<Mandate> = session.say(session.store.read(|read| read_all(read, place.roster)))?;
    let lines: Vec<String> = all.iter().map(|held| words(held, session.lang)).collect();
    Ok(Answer::new(Value::Array(all.iter().map(mandate_json).collect()), lines.join("\n")))
}

fn words(held: &Mandate, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let kind = if zh { held.kind.term() } else { held.kind.word() };
    let by = held.delegator.as_ref().map(|by| format!("{by} → ")).unwrap_or_default();
    let areas: Vec<String> =
        held.areas.iter().map(|area| area_name(area).unwrap_or_else(|| area.clone())).collect();
    let last = held.until.map(|day| day.to_string()).unwrap_or_default();
    let ended = match (held.ended_on, zh) {
        (Some(day), true) => format!("，自 {day} 终止"),
        (Some(day), false) => format!(", ended on {day}"),
        (None, _) => String::new(),
    };
    let paper = held.document_no.as_deref().unwrap_or("—");
    let join = if zh { "、" } else { ", " };
    format!(
        "{kind}\t{by}{}\t{}\t{}—{last}{ended}\t{paper}\t{}",
        held.delegate,
        areas.join(join),
        held.from,
        held.mandate
    )
}

fn mandate_json(held: &Mandate) -> Value {
    let caps = held.caps.iter().map(|cap| {
        json!({
            "subject": cap.subject.word(),
            "amount": cap.amount,
            "basis": cap.basis.word(),
            "inclusive": cap.inclusive,
        })
    });
    let matters = match &held.matters {
        Matters::All => vec![ALL_MATTERS.to_owned()],
        Matters::Listed(codes) => codes.clone(),
    };
    json!({
        "mandate": held.mandate.to_string(),
        "kind": held.kind.word(),
        "delegator": held.delegator,
        "delegate": held.delegate,
        "delegate_kind": held.delegate_kind.map(DelegateKind::word),
        "matters": matters,
        "caps": caps.collect::<Vec<_>>(),
        "areas": held.areas,
        "from": held.from.to_string(),
        "until": held.until.map(|day| day.to_string()),
        "published_on": held.published_on.map(|day| day.to_string()),
        "published_at": held.published_at,
        "document_no": held.document_no,
        "number_region": held.number_region,
        "seal_of": held.seal_of,
        "ended_on": held.ended_on.map(|day| day.to_string()),
    })
}
