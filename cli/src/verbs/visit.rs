//! Assistance visits, trainings and checks.

use angen_core::action::{
    PlanAssistance, PlanCheck, RecordTraining, check_frequency, confirm_attendance,
    plan_assistance, plan_check, record_training,
};
use angen_core::domain::{AGENDA, Dossier, Source as _, read_all};
use angen_core::procedure::Frequency;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{self, Cli, TrainVerb, VisitVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen visit …`
pub(super) fn visit(session: &Session, cli: &Cli, verb: &VisitVerb) -> Outcome<Answer> {
    let VisitVerb::Plan { round, profile, mentor, round_dossier } = verb else {
        return list(session);
    };
    let mentors = mentor.iter().map(|name| session.writer(name)).collect::<Outcome<Vec<_>>>()?;
    let request = PlanAssistance {
        round: *round,
        profile: profile.clone(),
        mentors,
        round_dossier: round_dossier.as_deref().map(|id| session.dossier(id)).transpose()?,
    };
    let desk = session.desk(cli)?;
    let view = session.say(plan_assistance(&desk, &request))?;
    let json = json!({
        "dossier": view.dossier.to_string(),
        "assistance": view.assistance.to_string(),
    });
    Ok(Answer::new(json, view.dossier.to_string()))
}

fn list(session: &Session) -> Outcome<Answer> {
    let all = session.say(session.store.read(|read| {
        let mut all: Vec<Dossier> = Vec::new();
        for dossier in read.dossiers()? {
            all.extend(read_all::<Dossier>(read, dossier)?);
        }
        Ok(all)
    }))?;
    let line =
        |dossier: &Dossier| format!("{}\t{}\t{}", dossier.kind, dossier.title, dossier.dossier);
    let json = all.iter().map(|dossier| {
        json!({
            "dossier": dossier.dossier.to_string(),
            "type": dossier.kind,
            "title": dossier.title,
            "area": dossier.area,
        })
    });
    let text = all.iter().map(line).collect::<Vec<_>>().join("\n");
    Ok(Answer::new(Value::Array(json.collect()), text))
}

/// `angen train …`
pub(super) fn train(session: &Session, cli: &Cli, verb: &TrainVerb) -> Outcome<Answer> {
    match verb {
        TrainVerb::Record { dossier, title, trainer, agenda, place, from_ms, to_ms } => {
            let whole = agenda.iter().any(|tag| tag == "all");
            let agenda = if whole {
                AGENDA.iter().map(|(tag, _)| (*tag).to_owned()).collect()
            } else {
                agenda.clone()
            };
            let request = RecordTraining {
                dossier: session.dossier(dossier)?,
                title: title.clone(),
                trainer: session.writer(trainer)?,
                agenda,
                place: place.clone(),
                held_ms: (*from_ms, *to_ms),
            };
            let desk = session.desk(cli)?;
            let training = session.say(record_training(&desk, &request))?;
            let json = json!({"training": training.training.to_string()});
            Ok(Answer::new(json, format!("{} {}", training.title, training.training)))
        }
        TrainVerb::Attend { dossier, training } => {
            let (dossier, training) = (session.dossier(dossier)?, session.entity(training)?);
            let desk = session.desk(cli)?;
            let op = session.say(confirm_attendance(&desk, dossier, training))?;
            let text = match (op.is_some(), session.lang) {
                (true, Lang::Zh) => "已签到",
                (true, Lang::En) => "attendance confirmed",
                (false, Lang::Zh) => "之前已签到",
                (false, Lang::En) => "was confirmed before",
            };
            Ok(Answer::new(json!({"op": op.map(|op| op.to_string())}), text))
        }
    }
}

/// `angen check`
pub(super) fn check(session: &Session, cli: &Cli, plan: &args::PlanCheck) -> Outcome<Answer> {
    let lists = plan.checklist.iter().map(|list| session.checklist(list));
    let request = PlanCheck {
        enterprise: session.enterprise(&plan.enterprise)?,
        checklists: lists.collect::<Outcome<Vec<_>>>()?,
        basis: plan.basis.clone(),
        approval_no: plan.approval_no.clone(),
        notice_no: plan.notice_no.clone(),
        assistance: match &plan.visit {
            Some(visit) => Some(session.dossier(visit)?),
            None => None,
        },
    };
    let desk = session.desk(cli)?;
    let view = session.say(plan_check(&desk, &request))?;
    let now = session.ports.clock.now().wall_ms;
    let before = check_frequency(&session.store, request.enterprise, now, Some(view.dossier));
    let before = session.say(before)?;
    let levels: serde_json::Map<String, Value> =
        before.by_level.iter().map(|(level, n)| (level.word().to_owned(), json!(n))).collect();
    let json = json!({
        "dossier": view.dossier.to_string(),
        "check": view.check.to_string(),
        "checked_before": before.count(),
        "by_level": levels,
        "last": before.last.map(|day| day.to_string()),
    });
    Ok(Answer::new(json, format!("{}{}", view.dossier, frequency_words(&before, session.lang))))
}

/// How often the enterprise was checked this year; nothing for a first check.
fn frequency_words(before: &Frequency, lang: Lang) -> String {
    let Some(last) = before.last else { return String::new() };
    let levels = before.by_level.iter().map(|(level, count)| match lang {
        Lang::Zh => format!("{}{count}次", level.term()),
        Lang::En => format!("{} {count}", level.word()),
    });
    let levels: Vec<String> = levels.collect();
    let count = before.count();
    match lang {
        Lang::Zh => format!(
            "\n注意：该企业本年度已检查{count}次（{}），最近一次{last}；避免重复检查（国办发〔2024〕54号）",
            levels.join("、")
        ),
        Lang::En => format!(
            "\nnote: checked {count} times this year already ({}), last on {last}: avoid a repetition (State Council Office 2024 No. 54)",
            levels.join(", ")
        ),
    }
}
