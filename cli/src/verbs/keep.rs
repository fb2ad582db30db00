//! Preserved evidence, numbers of a check that come later, and the clocks.

use angen_core::action::{
    ApprovePreservation, DecidePreservation, NumberCheck, RegisterPreservation,
    approve_preservation, decide_preservation, number_check, register_preservation,
};
use angen_core::domain::{Preservation, PreservedDecision, PreservedItem, parse_day};
use angen_core::procedure::Clock;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{self, Cli, PreserveVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// Noon in China, in milliseconds after midnight UTC: a day that is typed is meant as a whole.
const NOON_IN_CHINA_MS: i64 = 4 * 3_600_000;

/// `angen preserve`
pub(super) fn preserve(session: &Session, cli: &Cli, verb: &PreserveVerb) -> Outcome<Answer> {
    let known = |text: &Option<String>| text.as_deref().map(|id| session.entity(id)).transpose();
    let done = match verb {
        PreserveVerb::Approve { dossier, preservation, approver, at_ms, form, reason } => {
            let request = ApprovePreservation {
                dossier: session.dossier(dossier)?,
                preservation: known(preservation)?,
                approver: approver.clone(),
                approved_at_ms: *at_ms,
                form: session.entity(form)?,
                reason: reason.clone(),
            };
            session.say(approve_preservation(&session.desk(cli)?, &request))?
        }
        PreserveVerb::Register {
            dossier,
            preservation,
            item,
            holder,
            notice_no,
            told_to,
            at_ms,
        } => {
            let request = RegisterPreservation {
                dossier: session.dossier(dossier)?,
                preservation: known(preservation)?,
                items: item.iter().map(|text| listed(session, text)).collect::<Outcome<_>>()?,
                holder: holder.clone(),
                notice_no: notice_no.clone(),
                told_to: told_to.clone(),
                registered_at_ms: *at_ms,
            };
            session.say(register_preservation(&session.desk(cli)?, &request))?
        }
        PreserveVerb::Decide { dossier, preservation, item, on } => {
            let request = DecidePreservation {
                dossier: session.dossier(dossier)?,
                preservation: session.entity(preservation)?,
                items: item.iter().map(|text| decided(session, text)).collect::<Outcome<_>>()?,
                decided_on: on.clone(),
            };
            session.say(decide_preservation(&session.desk(cli)?, &request))?
        }
    };
    Ok(preservation_answer(session, &done))
}

fn preservation_answer(session: &Session, done: &Preservation) -> Answer {
    let items = done.registered.as_ref().map_or(0, |registered| registered.items.len());
    let json = json!({
        "preservation": done.preservation.to_string(),
        "approved_first": done.is_approved_first(),
        "items": items,
        "decided": done.decided.len(),
    });
    let warning = match (done.is_approved_first(), session.lang) {
        (true, _) => "",
        (false, Lang::Zh) => "\n注意：登记以前没有批准（行政处罚法 2021 第五十六条）",
        (false, Lang::En) => {
            "\nnote: registered without an approval beforehand (Administrative Penalty Law 2021, article 56)"
        }
    };
    Answer::new(json, format!("{}{warning}", done.preservation))
}

fn listed(session: &Session, text: &str) -> Outcome<PreservedItem> {
    let parts: Vec<&str> = text.split('=').collect();
    let (name, quantity, place, model) = match parts[..] {
        [name, quantity, place] => (name, quantity, place, None),
        [name, quantity, place, model] => (name, quantity, place, Some(model)),
        _ => {
            let zh = "应写成 名称=数量=地点，或 名称=数量=地点=型号";
            let en = "write NAME=QUANTITY=PLACE, or NAME=QUANTITY=PLACE=MODEL";
            return Err(session.wrong("--item", zh, en));
        }
    };
    let own = str::to_owned;
    Ok(PreservedItem {
        name: own(name),
        model: model.map(own),
        quantity: own(quantity),
        place: own(place),
    })
}

fn decided(session: &Session, text: &str) -> Outcome<(usize, PreservedDecision, Option<String>)> {
    let mut parts = text.splitn(3, '=');
    let number = parts.next().and_then(|number| number.parse().ok());
    let (Some(number), Some(word)) = (number, parts.next()) else {
        let zh = "应写成 序号=处理，如 1=return";
        return Err(session.wrong("--item", zh, "write NUMBER=DECISION, such as 1=return"));
    };
    let all = PreservedDecision::ALL;
    let decision = session.word("--item", word, all, PreservedDecision::word)?;
    Ok((number, decision, parts.next().map(str::to_owned)))
}

/// `angen number`
pub(super) fn number(session: &Session, cli: &Cli, typed: &args::Number) -> Outcome<Answer> {
    let request = NumberCheck {
        approval_no: typed.approval_no.clone(),
        notice_no: typed.notice_no.clone(),
        platform_task: typed.platform_task.clone(),
        item_list_version: typed.item_list_version.clone(),
        notice_exempt: typed.exempt.clone(),
        reason: typed.reason.clone(),
    };
    let dossier = session.dossier(&typed.dossier)?;
    let check = session.say(number_check(&session.desk(cli)?, dossier, &request))?;
    let json = json!({
        "check": check.check.to_string(),
        "approval_no": check.approval_no,
        "notice_no": check.notice_no,
        "platform_task": check.platform_task,
        "item_list_version": check.item_list_version,
        "notice_exempt": check.notice_exempt,
    });
    let text = match session.lang {
        Lang::Zh => "已补填",
        Lang::En => "filled in",
    };
    Ok(Answer::new(json, text))
}

/// `angen clocks`
pub(super) fn clocks(
    session: &Session,
    dossier: Option<&str>,
    as_of: Option<&str>,
) -> Outcome<Answer> {
    let dossier = dossier.map(|text| session.dossier(text)).transpose()?;
    let as_of_ms = match as_of {
        None => session.ports.clock.now().wall_ms,
        Some(text) => match parse_day(text) {
            Some(day) => {
                day.and_time(Default::default()).and_utc().timestamp_millis() + NOON_IN_CHINA_MS
            }
            None => {
                let zh = format!("“{text}”不是日期，请写成 2026-09-16 这样");
                let en = format!("{text} is no day: write it like 2026-09-16");
                return Err(session.wrong("--as-of", &zh, &en));
            }
        },
    };
    let clocks = session.say(angen_core::action::clocks(&session.store, dossier, as_of_ms))?;
    let json = clocks.iter().map(|clock| clock_json(clock, session.lang)).collect();
    Ok(Answer::new(Value::Array(json), clock_words(&clocks, session.lang)))
}

/// The clocks in words, each with its reasoning below it.
pub(crate) fn clock_words(clocks: &[Clock], lang: Lang) -> String {
    let line = |clock: &Clock| {
        format!("{}  {}\n    {}", clock.say(lang), clock.title, clock.reasoning(lang))
    };
    if clocks.is_empty() {
        return match lang {
            Lang::Zh => "没有期限在计算".to_owned(),
            Lang::En => "no period runs".to_owned(),
        };
    }
    clocks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn clock_json(clock: &Clock, lang: Lang) -> Value {
    let rule = clock.kind.rule();
    json!({
        "clock": clock.kind.word(),
        "rule": rule.rule,
        "confirmed": rule.confirmed,
        "source": rule.source,
        "dossier": clock.dossier.to_string(),
        "subject": clock.subject.to_string(),
        "title": clock.title,
        "start": clock.start.to_string(),
        "end": clock.end.to_string(),
        "days_left": clock.days_left,
        "state": clock.state.word(),
        "reasoning": clock.reasoning(lang),
        "started_by": clock.started_by.to_string(),
        "met_by": clock.met.map(|(op, _)| op.to_string()),
        "met_on": clock.met.map(|(_, on)| on.to_string()),
    })
}
