//! What may be issued, by whom and in whose name, and why not.

use angen_core::action::{may_issue, powers as ask};
use angen_core::domain::{CapSubject, china_day};
use angen_core::procedure::{
    Act, FORMS, FineStage, Issuer, MayIssue, Powers, Question, Reason, form_power,
};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::AskPowers;
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen powers`
pub(super) fn powers(session: &Session, typed: &AskPowers) -> Outcome<Answer> {
    let as_of_ms = session.day_ms("--day", typed.day.as_deref())?;
    let form = match &typed.form {
        Some(text) => Some(form_power(text).ok_or_else(|| {
            let known: Vec<&str> = FORMS.iter().map(|known| known.form).collect();
            session.wrong(
                "--form",
                &format!("没有“{text}”这种文书，可用：{}", known.join("、")),
                &format!("there is no form \"{text}\", use one of: {}", known.join(", ")),
            )
        })?),
        None => None,
    };
    if let (Some(dossier), Some(form)) = (&typed.dossier, form) {
        let dossier = session.dossier(dossier)?;
        let answer = may_issue(&session.store, dossier, form.form, as_of_ms);
        let answer = session.say(answer)?;
        let json = may_json(&answer, session.lang);
        return Ok(Answer::new(json, may_words(&answer, session.lang)));
    }
    let subject = typed.subject.as_deref();
    let subject =
        subject.map(|word| session.word("--subject", word, CapSubject::ALL, CapSubject::word));
    let area = match &typed.area {
        Some(text) => session.area("--area", text)?,
        None => session.place()?.area,
    };
    let question = |act| Question {
        day: china_day(as_of_ms).unwrap_or_default(),
        area: area.clone(),
        act,
        form: form.map(|known| known.form.to_owned()),
        penalties: typed.penalty.clone(),
        subject: None,
        stage: if typed.later { FineStage::Later } else { FineStage::First },
        amount: typed.amount,
    };
    let subject = subject.transpose()?;
    // Without a form every kind of act is asked about.
    let acts: Vec<Act> = form.map_or(Act::ALL.to_vec(), |known| vec![known.act]);
    let mut answers = Vec::new();
    for act in acts {
        let question = Question { subject, ..question(act) };
        answers.push(session.say(ask(&session.store, &question))?);
    }
    let words: Vec<String> =
        answers.iter().map(|answer| powers_words(answer, session.lang)).collect();
    let json = answers.iter().map(|answer| powers_json(answer, session.lang));
    Ok(Answer::new(Value::Array(json.collect()), words.join("\n")))
}

fn powers_words(powers: &Powers, lang: Lang) -> String {
    let act = if lang == Lang::Zh { powers.act.term() } else { powers.act.word() };
    let mut lines = vec![act.to_owned()];
    for issuer in &powers.issuers {
        lines.push(format!("  ✓ {}", issuer_words(issuer, lang)));
        lines.extend(issuer.warnings.iter().map(|reason| format!("    ⚠ {}", reason.say(lang))));
    }
    lines.extend(powers.refusals.iter().map(|reason| format!("  ✗ {}", reason.say(lang))));
    lines.extend(powers.warnings.iter().map(|reason| format!("  ⚠ {}", reason.say(lang))));
    lines.join("\n")
}

fn issuer_words(issuer: &Issuer, lang: Lang) -> String {
    let region = issuer.number_region.as_deref().unwrap_or("?");
    let (name, seal) = (&issuer.in_name_of, &issuer.seal_of);
    let credit = issuer.credit_to.as_ref();
    match lang {
        Lang::Zh => {
            let credit = credit.map(|to| format!("，成绩计入{to}")).unwrap_or_default();
            let kind = issuer.kind.term();
            format!("{kind}：以{name}名义，盖{seal}印章，文号（{region}）{credit}")
        }
        Lang::En => {
            let credit = credit.map(|to| format!(", credit to {to}")).unwrap_or_default();
            let kind = issuer.kind.word();
            format!("{kind}: in the name of {name}, seal of {seal}, number ({region}){credit}")
        }
    }
}

fn may_words(answer: &MayIssue, lang: Lang) -> String {
    let mut lines = Vec::new();
    if answer.refusals.is_empty() {
        lines.push(if lang == Lang::Zh { "可以出具" } else { "it may be issued" }.to_owned());
    }
    let issuer = answer.issuer.as_ref();
    lines.extend(issuer.map(|issuer| format!("✓ {}", issuer_words(issuer, lang))));
    lines.extend(answer.refusals.iter().map(|reason| format!("✗ {}", reason.say(lang))));
    lines.extend(answer.warnings.iter().map(|reason| format!("⚠ {}", reason.say(lang))));
    lines.join("\n")
}

fn reasons_json(reasons: &[Reason], lang: Lang) -> Vec<Value> {
    let json = |reason: &Reason| {
        json!({
            "why": reason.why.word(),
            "rule": reason.why.rule(),
            "law": reason.why.law(lang),
            "mandate": reason.mandate.map(|mandate| mandate.to_string()),
            "message": reason.say(lang),
        })
    };
    reasons.iter().map(json).collect()
}

fn issuer_json(issuer: &Issuer, lang: Lang) -> Value {
    json!({
        "mandate": issuer.mandate.to_string(),
        "kind": issuer.kind.word(),
        "in_name_of": issuer.in_name_of,
        "seal_of": issuer.seal_of,
        "number_region": issuer.number_region,
        "credit_to": issuer.credit_to,
        "warnings": reasons_json(&issuer.warnings, lang),
    })
}

fn powers_json(powers: &Powers, lang: Lang) -> Value {
    json!({
        "act": powers.act.word(),
        "issuers": powers.issuers.iter().map(|i| issuer_json(i, lang)).collect::<Vec<_>>(),
        "refusals": reasons_json(&powers.refusals, lang),
        "warnings": reasons_json(&powers.warnings, lang),
    })
}

fn may_json(answer: &MayIssue, lang: Lang) -> Value {
    let signers = answer.signers.iter().map(|signer| {
        json!({
            "writer": signer.writer.to_string(),
            "name": signer.name,
            "certificate_no": signer.certificate_no,
        })
    });
    json!({
        "may_issue": answer.refusals.is_empty(),
        "issuer": answer.issuer.as_ref().map(|issuer| issuer_json(issuer, lang)),
        "refusals": reasons_json(&answer.refusals, lang),
        "warnings": reasons_json(&answer.warnings, lang),
        "signers": signers.collect::<Vec<_>>(),
    })
}
