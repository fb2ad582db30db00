//! What does not fit together in checks and cases, in words and as JSON.

use angen_core::procedure::Defect;
use angen_ledger::id::DossierId;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen defects`
pub(super) fn defects(session: &Session, dossier: Option<&str>, media: bool) -> Outcome<Answer> {
    let dossier = dossier.map(|dossier| session.dossier(dossier)).transpose()?;
    let found = found_in(session, dossier, media)?;
    let mut lines = defect_lines(&found, session.lang);
    if lines.is_empty() {
        lines.push(match session.lang {
            Lang::Zh => "没有发现前后不一致之处".to_owned(),
            Lang::En => "nothing that does not fit was found".to_owned(),
        });
    }
    Ok(Answer::new(defects_json(&found, session.lang), lines.join("\n")))
}

/// The defects of a dossier as of now.
pub(super) fn found_in(
    session: &Session,
    dossier: Option<DossierId>,
    media: bool,
) -> Outcome<Vec<Defect>> {
    let now = session.ports.clock.now().wall_ms;
    session.say(angen_core::action::defects(&session.store, dossier, media, now))
}

/// One line each.
pub(super) fn defect_lines(found: &[Defect], lang: Lang) -> Vec<String> {
    let colon = match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    };
    let line = |defect: &Defect| format!("! {}{colon}{}", defect.title, defect.say(lang));
    found.iter().map(line).collect()
}

/// Each with the ops behind it. Every defect warns, and none blocks.
pub(super) fn defects_json(found: &[Defect], lang: Lang) -> Value {
    let json = found.iter().map(|defect| {
        json!({
            "code": defect.code.word(),
            "severity": "warn",
            "message": defect.say(lang),
            "rule": defect.code.rule(),
            "law": defect.code.law(lang),
            "dossier": defect.dossier.to_string(),
            "subject": defect.subject.map(|subject| subject.to_string()),
            "title": defect.title,
            "names": defect.names,
            "ops": defect.ops.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    Value::Array(json.collect())
}
