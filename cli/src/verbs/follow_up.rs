//! What follows a finding: measures, orders, re-checks, hand-over.

use angen_core::action::{
    AnswerExtension, ExtendOrder, IssueOrder, LiftMeasure, RecordRecheck, TakeMeasure,
    TransferFinding, extend_order, issue_order, lift_measure, measures, orders, record_recheck,
    take_measure, transfer_finding,
};
use angen_core::domain::{MeasureKind, RecheckOutcome, RecheckedItem, china_time};
use angen_core::procedure::{MeasureStanding, OnSpot, OrderStanding};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{self, Cli, MeasureVerb, OrderVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::record::pairs;

/// `angen measure`
pub(super) fn measure(session: &Session, cli: &Cli, verb: &MeasureVerb) -> Outcome<Answer> {
    let done = match verb {
        MeasureVerb::List { dossier } => return measure_list(session, session.dossier(dossier)?),
        MeasureVerb::Take { dossier, kind, finding, basis, words, evidence, told_to } => {
            let request = TakeMeasure {
                dossier: session.dossier(dossier)?,
                kind: session.word("--kind", kind, MeasureKind::ALL, MeasureKind::word)?,
                findings: ids(session, finding)?,
                legal_basis: basis.clone(),
                words: words.clone(),
                shown_by: ids(session, evidence)?,
                told_to: told_to.clone(),
            };
            session.say(take_measure(&session.desk(cli)?, &request))?
        }
        MeasureVerb::Lift { dossier, measure, how, evidence } => {
            let request = LiftMeasure {
                dossier: session.dossier(dossier)?,
                measure: session.entity(measure)?,
                checked_how: how.clone(),
                shown_by: ids(session, evidence)?,
            };
            session.say(lift_measure(&session.desk(cli)?, &request))?
        }
    };
    let json = json!({
        "measure": done.measure.to_string(),
        "kind": done.kind.word(),
        "proposed": done.is_proposed(),
        "lifted": done.lifted.is_some(),
        "basis": done.legal_basis,
    });
    let note = match (done.is_proposed(), session.lang) {
        (false, _) => "",
        (true, Lang::Zh) => {
            "\n只作为提请区局决定记录：行政强制措施不得委托（行政强制法 2011 第十七条）"
        }
        (true, Lang::En) => {
            "\nrecorded as proposed to the bureau: coercive measures cannot be delegated (Administrative Compulsion Law 2011, article 17)"
        }
    };
    let words = match session.lang {
        Lang::Zh => done.kind.term(),
        Lang::En => done.kind.word(),
    };
    Ok(Answer::new(json, format!("{words} {}{note}", done.measure)))
}

fn measure_list(session: &Session, dossier: DossierId) -> Outcome<Answer> {
    let all = session.say(measures(&session.store, dossier, session.ports.clock.now().wall_ms))?;
    let json: Vec<Value> = all.iter().map(standing_json).collect();
    let line = |one: &MeasureStanding| {
        let due = one.due.map(|day| format!("\t{day}")).unwrap_or_default();
        let (label, state) = (one.label(session.lang), one.state_label(session.lang));
        let time = china_time(one.since_ms());
        let words = one.words().replace(['\n', '\t'], " ");
        format!("{state}{due}\t{label}\t{words}\t{time}\t{}", one.subject())
    };
    let lines: Vec<String> = all.iter().map(line).collect();
    Ok(Answer::new(json!({"measures": json}), lines.join("\n")))
}

fn standing_json(one: &MeasureStanding) -> Value {
    let (kind, lifted) = match &one.what {
        OnSpot::Measure(measure) => {
            (measure.kind.word(), measure.lifted.as_ref().map(|by| by.checked_how.as_str()))
        }
        OnSpot::Preservation(_) => ("preservation", None),
    };
    json!({
        "dossier": one.dossier.to_string(),
        "subject": one.subject().to_string(),
        "kind": kind,
        "state": one.state.word(),
        "words": one.words(),
        "since_ms": one.since_ms(),
        "due": one.due.map(|day| day.to_string()),
        "checked_how": lifted,
        "can_be_lifted": one.can_be_lifted(),
    })
}

/// `angen order`
pub(super) fn order(session: &Session, cli: &Cli, verb: &OrderVerb) -> Outcome<Answer> {
    match verb {
        OrderVerb::Issue(typed) => issue(session, cli, typed),
        OrderVerb::Extend(typed) => extend(session, cli, typed),
        OrderVerb::List { dossier } => list(session, session.dossier(dossier)?),
    }
}

fn issue(session: &Session, cli: &Cli, typed: &args::IssueOrder) -> Outcome<Answer> {
    let mut items = Vec::new();
    for (finding, by) in pairs(session, &typed.item)? {
        items.push((session.entity(&finding)?, by));
    }
    let request = IssueOrder {
        dossier: session.dossier(&typed.dossier)?,
        items,
        legal_basis: typed.basis.clone(),
        number: typed.number.clone(),
        issued_on: typed.on.clone(),
        told_to: typed.told_to.clone(),
    };
    let order = session.say(issue_order(&session.desk(cli)?, &request))?;
    let items = order
        .items
        .iter()
        .map(|item| json!({"finding": item.finding.to_string(), "by": item.by.to_text()}));
    let json = json!({
        "order": order.order.to_string(),
        "issued_on": order.issued_on.to_string(),
        "items": items.collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, order.order.to_string()))
}

fn extend(session: &Session, cli: &Cli, typed: &args::ExtendOrder) -> Outcome<Answer> {
    let is_answered = typed.refused || typed.granted_to.is_some();
    let answer = is_answered.then(|| AnswerExtension {
        granted_to: typed.granted_to.clone(),
        answered_on: typed.answered_on.clone(),
    });
    let request = ExtendOrder {
        dossier: session.dossier(&typed.dossier)?,
        order: session.entity(&typed.order)?,
        finding: session.entity(&typed.finding)?,
        asked_on: typed.asked_on.clone(),
        reason: typed.reason.clone(),
        answer,
    };
    let done = session.say(extend_order(&session.desk(cli)?, &request))?;
    let granted = done.answer.and_then(|answer| answer.granted_to);
    let json = json!({
        "extension": done.extension.to_string(),
        "answered": done.answer.is_some(),
        "granted_to": granted.map(|day| day.to_string()),
    });
    let text = match (done.answer, granted, session.lang) {
        (None, _, Lang::Zh) => "已记录申请，待答复".to_owned(),
        (None, _, Lang::En) => "the application is noted; an answer is due".to_owned(),
        (_, Some(day), Lang::Zh) => format!("同意延至 {day}"),
        (_, Some(day), Lang::En) => format!("granted until {day}"),
        (_, None, Lang::Zh) => "不同意延期".to_owned(),
        (_, None, Lang::En) => "refused".to_owned(),
    };
    Ok(Answer::new(json, text))
}

fn list(session: &Session, dossier: DossierId) -> Outcome<Answer> {
    let standing = session.say(orders(&session.store, dossier))?;
    let (mut lines, mut all) = (Vec::new(), Vec::new());
    for OrderStanding { order, items: held } in &standing {
        lines.push(format!("{} {}", order.issued_on, order.order));
        let mut items = Vec::new();
        for (index, item) in held.iter().enumerate() {
            let by = item.by.map(|day| day.to_string()).unwrap_or_default();
            let words = match (item.outcome, session.lang) {
                (Some(outcome), Lang::Zh) => outcome.term(),
                (Some(outcome), Lang::En) => outcome.word(),
                (None, Lang::Zh) => "未复查",
                (None, Lang::En) => "not re-checked",
            };
            lines.push(format!("  {}. {} {by} {words}", index + 1, item.title));
            items.push(json!({
                "finding": item.finding.to_string(),
                "title": item.title,
                "by": by,
                "outcome": item.outcome.map(RecheckOutcome::word),
            }));
        }
        all.push(json!({
            "order": order.order.to_string(),
            "issued_on": order.issued_on.to_string(),
            "number": order.number,
            "items": items,
        }));
    }
    if lines.is_empty() {
        let none = match session.lang {
            Lang::Zh => "没有责令",
            Lang::En => "there is no order",
        };
        lines.push(none.to_owned());
    }
    Ok(Answer::new(Value::Array(all), lines.join("\n")))
}

/// `angen recheck`
pub(super) fn recheck(session: &Session, cli: &Cli, typed: &args::Recheck) -> Outcome<Answer> {
    let shown = pairs(session, &typed.evidence)?;
    let mut items = Vec::new();
    for (finding, rest) in pairs(session, &typed.item)? {
        let Some((outcome, words)) = rest.split_once('=') else {
            let zh = "应写成 问题=结果=情况，如 …=corrected=防护罩已装好";
            let en = "write FINDING=OUTCOME=WORDS, such as …=corrected=the guard is in place";
            return Err(session.wrong("--item", zh, en));
        };
        let of_item = shown.iter().filter(|(known, _)| *known == finding);
        let all = RecheckOutcome::ALL;
        items.push(RecheckedItem {
            outcome: session.word("--item", outcome, all, RecheckOutcome::word)?,
            words: words.to_owned(),
            shown_by: of_item.map(|(_, id)| session.entity(id)).collect::<Outcome<_>>()?,
            finding: session.entity(&finding)?,
        });
    }
    let request = RecordRecheck {
        dossier: session.dossier(&typed.dossier)?,
        order: session.entity(&typed.order)?,
        items,
        rechecked_on: typed.on.clone(),
    };
    let view = session.say(record_recheck(&session.desk(cli)?, &request))?;
    let propose: Vec<String> = view.to_propose.iter().map(ToString::to_string).collect();
    let json = json!({"recheck": view.recheck.recheck.to_string(), "to_propose": propose});
    let mut text = view.recheck.recheck.to_string();
    for finding in &propose {
        let what = match session.lang {
            Lang::Zh => "复查不合格，提请立案：",
            Lang::En => "not corrected; propose a case:",
        };
        let check = &typed.dossier;
        text.push_str(&format!(
            "\n{what} angen case propose {check} --finding {finding} --cause …"
        ));
    }
    Ok(Answer::new(json, text))
}

/// `angen transfer`
pub(super) fn transfer(session: &Session, cli: &Cli, typed: &args::Transfer) -> Outcome<Answer> {
    let request = TransferFinding {
        dossier: session.dossier(&typed.dossier)?,
        finding: session.entity(&typed.finding)?,
        to: typed.to.clone(),
        on: typed.on.clone(),
        letter_no: typed.letter_no.clone(),
        letter: typed.letter.as_deref().map(|id| session.entity(id)).transpose()?,
    };
    let finding = session.say(transfer_finding(&session.desk(cli)?, &request))?;
    let json = json!({"finding": finding.finding.to_string(), "to": typed.to, "on": typed.on});
    let text = match session.lang {
        Lang::Zh => format!("{} 已移送", finding.title),
        Lang::En => format!("{}: handed over", finding.title),
    };
    Ok(Answer::new(json, text))
}

fn ids(session: &Session, texts: &[String]) -> Outcome<Vec<EntityId>> {
    texts.iter().map(|text| session.entity(text)).collect()
}
