//! A case and its papers, from the proposal to the concluded investigation.

use std::collections::BTreeMap;

use angen_core::action::{
    CaseView, ConcludeInvestigation, DecideFiling, FilingDecision, NoteOutcome, PaperAnswer,
    Person, PractiseCase, ProposeCase, RecordInterview, check_copy, conclude_investigation,
    decide_filing, guide_case, index_evidence, list_hashes, note_outcome, practise_case,
    propose_case, record_interview, sign_paper,
};
use angen_core::domain::{Opinion, OutcomeStep, Question};
use angen_core::error::Error;
use angen_ledger::id::EntityId;
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{self, CaseVerb, Cli};
use crate::out::{Answer, failure};
use crate::session::{Outcome, Session};
use crate::verbs::record::{op_answer, pairs};

/// `angen case`
pub(super) fn case(session: &Session, cli: &Cli, verb: &CaseVerb) -> Outcome<Answer> {
    match verb {
        CaseVerb::Propose { check, finding, cause, source, visit } => {
            let request = ProposeCase {
                check: session.dossier(check)?,
                finding: session.entity(finding)?,
                cause: cause.clone(),
                source: source.clone(),
                guided_by: visit.as_deref().map(|visit| session.dossier(visit)).transpose()?,
            };
            let view = session.say(propose_case(&session.desk(cli)?, &request))?;
            Ok(opened(view))
        }
        CaseVerb::Practise { .. } | CaseVerb::Guide { .. } | CaseVerb::Outcome { .. } => {
            of_visit(session, cli, verb)
        }
        CaseVerb::Decide(decide) => decide_on_filing(session, cli, decide),
        CaseVerb::Interview(interview) => interviewed(session, cli, interview),
        CaseVerb::Hashes { dossier } => hashes(session, cli, dossier),
        CaseVerb::Signed { dossier, paper, signer, refused, page } => {
            let pages = page.iter().map(|id| session.entity(id)).collect::<Outcome<Vec<_>>>()?;
            let answer = match (signer, refused) {
                (Some(signer), _) => PaperAnswer::Signed { signer: signer.clone(), pages },
                (None, reason) => {
                    PaperAnswer::Refused { reason: reason.clone().unwrap_or_default(), pages }
                }
            };
            let (dossier, paper) = (session.dossier(dossier)?, session.entity(paper)?);
            let op = session.say(sign_paper(&session.desk(cli)?, dossier, paper, &answer))?;
            Ok(op_answer(session, op, "已登记签字情况", "noted"))
        }
        CaseVerb::Copy { dossier, evidence, keeper, stamped } => {
            let (dossier, evidence) = (session.dossier(dossier)?, session.entity(evidence)?);
            let desk = session.desk(cli)?;
            let op = session.say(check_copy(&desk, dossier, evidence, keeper, *stamped))?;
            Ok(op_answer(session, op, "已记录核对", "noted"))
        }
        CaseVerb::Index { dossier, proves } => index(session, cli, dossier, proves),
        CaseVerb::Conclude { dossier, facts, opinion, basis } => {
            let request = ConcludeInvestigation {
                dossier: session.dossier(dossier)?,
                facts: facts.clone(),
                opinion: session.word("--opinion", opinion, Opinion::ALL, Opinion::word)?,
                basis: basis.clone(),
            };
            let op = session.say(conclude_investigation(&session.desk(cli)?, &request))?;
            let (zh, en) =
                ("已出具，待第二名执法人员确认", "concluded; the second officer assents next");
            Ok(op_answer(session, op, zh, en))
        }
    }
}

fn opened(view: CaseView) -> Answer {
    let json = json!({"dossier": view.dossier.to_string(), "case": view.case.to_string()});
    Answer::new(json, format!("{} {}", view.dossier, view.case))
}

/// What ties a case to an assistance visit.
fn of_visit(session: &Session, cli: &Cli, verb: &CaseVerb) -> Outcome<Answer> {
    match verb {
        CaseVerb::Practise { check, cause } => {
            let request = PractiseCase { check: session.dossier(check)?, cause: cause.clone() };
            Ok(opened(session.say(practise_case(&session.desk(cli)?, &request))?))
        }
        CaseVerb::Guide { dossier, visit } => {
            let (dossier, visit) = (session.dossier(dossier)?, session.dossier(visit)?);
            let op = session.say(guide_case(&session.desk(cli)?, dossier, visit))?;
            let text = match (op, session.lang) {
                (Some(op), _) => op.to_string(),
                (None, Lang::Zh) => "之前已写明".to_owned(),
                (None, Lang::En) => "was named before".to_owned(),
            };
            Ok(Answer::new(json!({"op": op.map(|op| op.to_string())}), text))
        }
        CaseVerb::Outcome { dossier, step, on, yuan, number, evidence } => {
            let request = NoteOutcome {
                dossier: session.dossier(dossier)?,
                step: session.word("--step", step, OutcomeStep::ALL, OutcomeStep::word)?,
                day: on.clone(),
                amount_fen: yuan.as_deref().map(|yuan| fen(session, yuan)).transpose()?,
                number: number.clone(),
                evidence: evidence.as_deref().map(|id| session.entity(id)).transpose()?,
            };
            let op = session.say(note_outcome(&session.desk(cli)?, &request))?;
            Ok(op_answer(session, op, "已登记后续成效", "the outcome is noted"))
        }
        _ => unreachable!("the other verbs were done by the caller"),
    }
}

/// Yuan with at most two decimals, as fen: never through a floating-point number.
fn fen(session: &Session, yuan: &str) -> Outcome<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = !whole.is_empty() && digits(whole) && digits(part) && part.len() <= 2;
    let fen = sound.then(|| format!("{whole}{part:0<2}").parse().ok()).flatten();
    fen.ok_or_else(|| {
        session.wrong(
            "--yuan",
            &format!("“{yuan}”不是金额，请写成 12000 或 12000.50"),
            &format!("{yuan} is no amount: write it like 12000 or 12000.50"),
        )
    })
}

fn decide_on_filing(session: &Session, cli: &Cli, typed: &args::DecideFiling) -> Outcome<Answer> {
    let decision = match (&typed.filed, &typed.not_filed) {
        (Some(number), _) => FilingDecision::Filed { number: number.clone() },
        (None, reason) => FilingDecision::NotFiled { reason: reason.clone().unwrap_or_default() },
    };
    let request = DecideFiling {
        dossier: session.dossier(&typed.dossier)?,
        decision,
        approver: typed.approver.clone(),
        approver_post: typed.post.clone(),
        decided_on: typed.on.clone(),
        evidence: session.entity(&typed.evidence)?,
    };
    let op = session.say(decide_filing(&session.desk(cli)?, &request))?;
    Ok(op_answer(session, op, "已登记立案审批", "the decision is noted"))
}

fn interviewed(session: &Session, cli: &Cli, typed: &args::Interview) -> Outcome<Answer> {
    let failed = |source| failure(&Error::file(&typed.questions, source), session.lang);
    let text = std::fs::read_to_string(&typed.questions).map_err(failed)?;
    let request = RecordInterview {
        dossier: session.dossier(&typed.dossier)?,
        number: typed.number,
        held_ms: (typed.from_ms, typed.to_ms),
        place: typed.place.clone(),
        person: Person {
            name: typed.person.clone(),
            post: typed.post.clone(),
            employer: typed.employer.clone(),
            id_no: typed.id_no.clone(),
            phone: typed.phone.clone(),
            address: typed.address.clone(),
        },
        rights_told: typed.rights_told,
        rights_answer: typed.rights_answer.clone(),
        questions: questions(session, &text)?,
    };
    let interview = session.say(record_interview(&session.desk(cli)?, &request))?;
    let json = json!({
        "interview": interview.interview.to_string(),
        "questions": interview.questions.len(),
    });
    Ok(Answer::new(json, interview.interview.to_string()))
}

/// Questions and answers from lines that begin with 问 and 答; a line that begins with neither
/// goes on with what stands before it.
fn questions(session: &Session, text: &str) -> Outcome<Vec<Question>> {
    let mut questions: Vec<Question> = Vec::new();
    let mut is_answer = false;
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let begin = |marks: [&str; 4]| marks.iter().find_map(|mark| line.strip_prefix(mark));
        if let Some(question) = begin(["问：", "问:", "Q:", "Q："]) {
            questions.push((question.trim().to_owned(), String::new()));
            is_answer = false;
            continue;
        }
        let answer = begin(["答：", "答:", "A:", "A："]);
        is_answer |= answer.is_some();
        let words = answer.unwrap_or(line).trim();
        match questions.last_mut() {
            Some((_, said)) if is_answer => said.push_str(words),
            Some((question, _)) => question.push_str(words),
            None if words.is_empty() => {}
            None => {
                let zh = format!("第 {} 行在第一个“问：”之前", number + 1);
                let en = format!("line {} stands before the first Q:", number + 1);
                return Err(session.wrong("--questions", &zh, &en));
            }
        }
    }
    Ok(questions)
}

fn hashes(session: &Session, cli: &Cli, dossier: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let view = session.say(list_hashes(&session.desk(cli)?, dossier))?;
    let files = view.files.iter().map(|file| {
        json!({
            "evidence": file.evidence.to_string(),
            "caption": file.caption,
            "sha256": file.sha256.to_string(),
            "sm3": file.sm3.to_string(),
        })
    });
    let json = json!({
        "list": view.list.list.to_string(),
        "digest": view.digest.to_string(),
        "files": files.collect::<Vec<_>>(),
    });
    let mut text = format!("{}\n", view.list.list);
    for (index, file) in view.files.iter().enumerate() {
        let (sha256, sm3) = (file.sha256, file.sm3);
        text.push_str(&format!(
            "{}. {}\n   SHA-256 {sha256}\n   SM3     {sm3}\n",
            index + 1,
            file.caption
        ));
    }
    text.push_str(&format!("SHA-256 {}", view.digest));
    Ok(Answer::new(json, text))
}

fn index(session: &Session, cli: &Cli, dossier: &str, proves: &[String]) -> Outcome<Answer> {
    let mut words: BTreeMap<EntityId, String> = BTreeMap::new();
    for (id, proves) in pairs(session, proves)? {
        words.insert(session.entity(&id)?, proves);
    }
    let dossier = session.dossier(dossier)?;
    let index = session.say(index_evidence(&session.desk(cli)?, dossier, &words))?;
    let items =
        index.items.iter().map(|(op, proves)| json!({"op": op.to_string(), "proves": proves}));
    let text: Vec<_> = index.items.iter().map(|(op, proves)| format!("{op} {proves}")).collect();
    Ok(Answer::new(json!({"items": items.collect::<Vec<_>>()}), text.join("\n")))
}
