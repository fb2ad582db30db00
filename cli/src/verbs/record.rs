//! What is recorded in a check: certificates shown, answers, findings, evidence, assent, signature.

use std::collections::BTreeMap;

use angen_core::action::{
    CaptureEvidence, CorrectFinding, EvidenceView, PartyAnswer, ProposeFinding, RaiseFinding,
    SetAnswers, WriteNote, capture_evidence, correct_finding, give_assent, propose_finding,
    raise_finding, set_answers, show_certificates, sign_record, write_note,
};
use angen_core::domain::{Consequence, EvidenceKind, Place, Purpose, SourceClass};
use angen_core::error::Error;
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{self, Cli};
use crate::out::{Answer, Failure, failure};
use crate::session::{Outcome, Session};

/// `angen show`
pub(super) fn show(session: &Session, cli: &Cli, dossier: &str, to: &str) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let desk = session.desk(cli)?;
    let op = session.say(show_certificates(&desk, dossier, to, None))?;
    Ok(op_answer(session, op, "已记录亮证", "certificates shown: recorded"))
}

/// `angen answer`
pub(super) fn answer(session: &Session, cli: &Cli, answer: &args::Answer) -> Outcome<Answer> {
    let request = SetAnswers {
        dossier: session.dossier(&answer.dossier)?,
        checklist: session.checklist(&answer.checklist)?,
        answers: pairs(session, &answer.answers)?.into_iter().collect::<BTreeMap<_, _>>(),
        reason: answer.reason.clone(),
    };
    let desk = session.desk(cli)?;
    let ops = session.say(set_answers(&desk, &request))?;
    let text = match session.lang {
        Lang::Zh => format!("已记录 {} 项", ops.len()),
        Lang::En => format!("{} recorded", ops.len()),
    };
    Ok(Answer::new(json!({"ops": ops.iter().map(Hash::to_string).collect::<Vec<_>>()}), text))
}

/// `angen find`
pub(super) fn find(session: &Session, cli: &Cli, find: &args::Find) -> Outcome<Answer> {
    let desk = session.desk(cli)?;
    let proposed = match (&find.from, &find.item) {
        (Some(list), Some(item)) => {
            let request = ProposeFinding {
                dossier: session.dossier(&find.dossier)?,
                checklist: session.checklist(list)?,
                item: item.clone(),
                consequence: consequence(session, &find.consequence)?,
                criterion_met: false,
            };
            session.say(propose_finding(&desk, &request))?
        }
        _ => RaiseFinding {
            dossier: session.dossier(&find.dossier)?,
            item: find.item.clone(),
            title: String::new(),
            legal_basis: String::new(),
            major_hazard: None,
            authority: "EM".to_owned(),
            penalty: None,
            consequence: consequence(session, &find.consequence)?,
            elements: Vec::new(),
        },
    };
    let request = in_own_words(proposed, find, pairs(session, &find.element)?);
    let finding = session.say(raise_finding(&desk, &request))?;
    let text = format!("{} {}", finding.title, finding.finding);
    Ok(Answer::new(json!({"finding": finding.finding.to_string()}), text))
}

/// What was typed comes before what was proposed.
fn in_own_words(
    mut request: RaiseFinding,
    find: &args::Find,
    elements: Vec<(String, String)>,
) -> RaiseFinding {
    let typed = [
        (&mut request.title, &find.title),
        (&mut request.legal_basis, &find.basis),
        (&mut request.authority, &find.authority),
    ];
    for (field, words) in typed {
        if let Some(words) = words {
            field.clone_from(words);
        }
    }
    request.penalty = find.penalty.clone().or(request.penalty);
    request.major_hazard = find.major_hazard.clone().or(request.major_hazard);
    request.elements.retain(|(code, _)| elements.iter().all(|(typed, _)| typed != code));
    request.elements.extend(elements);
    request
}

/// `angen correct`
pub(super) fn correct(session: &Session, cli: &Cli, correct: &args::Correct) -> Outcome<Answer> {
    let consequence =
        correct.consequence.as_deref().map(|word| consequence(session, word)).transpose()?;
    let elements = pairs(session, &correct.element)?;
    let correction = CorrectFinding {
        title: correct.title.clone(),
        legal_basis: correct.basis.clone(),
        consequence,
        elements: (!elements.is_empty()).then_some(elements),
    };
    let dossier = session.dossier(&correct.dossier)?;
    let finding = session.entity(&correct.finding)?;
    let desk = session.desk(cli)?;
    let done = correct_finding(&desk, dossier, finding, &correction, &correct.reason);
    let finding = session.say(done)?;
    let text = format!("{} {}", finding.title, finding.finding);
    Ok(Answer::new(json!({"finding": finding.finding.to_string()}), text))
}

/// `angen retract`
pub(super) fn retract(
    session: &Session,
    cli: &Cli,
    dossier: &str,
    entity: &str,
    reason: &str,
) -> Outcome<Answer> {
    let (dossier, entity) = (session.dossier(dossier)?, session.entity(entity)?);
    let desk = session.desk(cli)?;
    let op = session.say(angen_core::action::retract(&desk, dossier, entity, reason))?;
    Ok(op_answer(session, op, "已撤回，原记录保留", "retracted; what was recorded stays"))
}

/// `angen capture`
pub(super) fn capture(session: &Session, cli: &Cli, capture: &args::Capture) -> Outcome<Answer> {
    let entity = |text: &Option<String>| text.as_deref().map(|id| session.entity(id)).transpose();
    let request = CaptureEvidence {
        path: capture.file.clone(),
        dossier: session.dossier(&capture.dossier)?,
        about: entity(&capture.about)?,
        kind: session.word("--kind", &capture.kind, EvidenceKind::ALL, EvidenceKind::word)?,
        source: session.word("--source", &capture.source, SourceClass::ALL, SourceClass::word)?,
        source_note: capture.source_note.clone(),
        caption: capture.caption.clone(),
        method: capture.method.clone(),
        proves: capture.proves.clone(),
        purpose: match &capture.purpose {
            Some(word) => Some(session.word("--purpose", word, Purpose::ALL, Purpose::word)?),
            None => None,
        },
        place: match &capture.place {
            Some(text) => Some(place(session, text)?),
            None => None,
        },
        device: device(),
        derived_from: entity(&capture.derived_from)?,
    };
    let desk = session.desk(cli)?;
    let view = capture_evidence(&desk, &request).map_err(|error| match &error {
        // The core speaks of room; of several files, the user wants to know which.
        Error::NoSpace { .. } => {
            let place = capture.file.display().to_string();
            session.wrong(&place, &error.say(Lang::Zh), &error.say(Lang::En))
        }
        _ => failure(&error, session.lang),
    })?;
    let json = json!({
        "evidence": view.evidence.to_string(),
        "op": view.op.to_string(),
        "sha256": view.sha256.to_string(),
        "sm3": view.sm3.to_string(),
        "length": view.length,
        "mime": view.media.mime,
        "same_original": view.same_original.iter().map(Hash::to_string).collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, capture_words(&view, session.lang)))
}

/// What a capture answers with, in words.
pub(crate) fn capture_words(view: &EvidenceView, lang: Lang) -> String {
    let again = match (view.same_original.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => "\n注意：同一文件此前已取证".to_owned(),
        (false, Lang::En) => "\nnote: the same file was captured before".to_owned(),
    };
    format!("{}\nSHA-256 {}\nSM3     {}{again}", view.evidence, view.sha256, view.sm3)
}

/// `angen note`
pub(super) fn note(
    session: &Session,
    cli: &Cli,
    dossier: &str,
    text: &str,
    about: Option<&str>,
) -> Outcome<Answer> {
    let request = WriteNote {
        dossier: session.dossier(dossier)?,
        text: text.to_owned(),
        about: about.map(|id| session.entity(id)).transpose()?,
    };
    let desk = session.desk(cli)?;
    let note = session.say(write_note(&desk, &request))?;
    Ok(Answer::new(json!({"note": note.note.to_string()}), note.note.to_string()))
}

/// `angen assent`
pub(super) fn assent(
    session: &Session,
    cli: &Cli,
    dossier: &str,
    ops: &[String],
) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let hash = |op: &String| {
        op.parse::<Hash>().map_err(|_| {
            let zh = "记录的散列应为 64 位十六进制数字";
            session.wrong(op, zh, "the hash of an op has 64 hexadecimal digits")
        })
    };
    let hashes = ops.iter().map(hash).collect::<Outcome<Vec<_>>>()?;
    let desk = session.desk(cli)?;
    let (op, count) = session.say(give_assent(&desk, dossier, &hashes))?;
    let text = match session.lang {
        Lang::Zh => format!("已确认 {count} 条记录"),
        Lang::En => format!("assented to {count} ops"),
    };
    Ok(Answer::new(json!({"op": op.to_string(), "assented": count}), text))
}

/// `angen sign`
pub(super) fn sign(session: &Session, cli: &Cli, sign: &args::Sign) -> Outcome<Answer> {
    let dossier = session.dossier(&sign.dossier)?;
    let evidence = sign.evidence.as_deref().map(|id| session.entity(id)).transpose()?;
    let answer = match (&sign.signer, &sign.post, evidence, &sign.refused) {
        (Some(signer), Some(post), Some(evidence), _) => {
            PartyAnswer::Signed { signer: signer.clone(), post: post.clone(), evidence }
        }
        (_, _, evidence, refused) => {
            PartyAnswer::Refused { reason: refused.clone().unwrap_or_default(), evidence }
        }
    };
    let desk = session.desk(cli)?;
    let op = session.say(sign_record(&desk, dossier, &answer))?;
    Ok(op_answer(session, op, "已记录", "recorded"))
}

/// The device that evidence is captured on.
pub(crate) fn device() -> String {
    format!(
        "angen {} ({} {})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// `KEY=VALUE` as it was typed.
pub(super) fn pairs(session: &Session, texts: &[String]) -> Outcome<Vec<(String, String)>> {
    let pair = |text: &String| match text.split_once('=') {
        Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
        None => Err(Failure::new(
            text,
            match session.lang {
                Lang::Zh => format!("“{text}”应写成 名称=内容"),
                Lang::En => format!("\"{text}\" should be NAME=VALUE"),
            },
        )),
    };
    texts.iter().map(pair).collect()
}

fn consequence(session: &Session, word: &str) -> Outcome<Consequence> {
    session.word("--consequence", word, Consequence::ALL, Consequence::word)
}

fn place(session: &Session, text: &str) -> Outcome<Place> {
    degrees(text).ok_or_else(|| {
        let zh = "应写成 纬度,经度（度），如 35.271245,119.374518";
        let en = "write it as LATITUDE,LONGITUDE in degrees, such as 35.271245,119.374518";
        session.wrong("--place", zh, en)
    })
}

fn degrees(text: &str) -> Option<Place> {
    let (latitude, longitude) = text.split_once(',')?;
    let e7 = |part: &str| {
        let degrees: f64 = part.trim().parse().ok()?;
        (degrees.abs() <= 180.0).then(|| (degrees * 1e7).round() as i64)
    };
    Some(Place { latitude_e7: e7(latitude)?, longitude_e7: e7(longitude)?, accuracy_mm: None })
}

pub(super) fn op_answer(session: &Session, op: Hash, zh: &str, en: &str) -> Answer {
    let text = match session.lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Answer::new(json!({"op": op.to_string()}), text)
}
