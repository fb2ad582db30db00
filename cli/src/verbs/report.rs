//! The one-page report of a visit, on the screen or into a file.

use std::path::Path;

use angen_core::error::Error;
use angen_core::procedure::Standing;
use serde_json::json;

use crate::out::{Answer, failure};
use crate::session::{Outcome, Session};

/// `angen report`
pub(super) fn report(session: &Session, dossier: &str, out: Option<&Path>) -> Outcome<Answer> {
    let dossier = session.dossier(dossier)?;
    let now = session.ports.clock.now().wall_ms;
    let report = session.say(angen_core::action::report(&session.store, dossier, now))?;
    let markdown = angen_page::report_markdown(&report, session.lang);
    let findings = report.findings.iter().map(|found| {
        let (stage, apart) = match found.standing {
            Standing::Stage(stage) => (Some(stage.word()), None),
            Standing::Apart(why) => (None, Some(why.label(session.lang))),
        };
        json!({
            "finding": found.finding.to_string(),
            "enterprise": found.enterprise,
            "title": found.title,
            "stage": stage,
            "apart": apart,
        })
    });
    let json = json!({
        "dossier": dossier.to_string(),
        "markdown": markdown,
        "officers": report.officers,
        "mentors": report.mentors,
        "sites": report.sites.iter().map(|site| &site.name).collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "missing": report.missing.iter().map(|line| line.code.word()).collect::<Vec<_>>(),
        "file": out,
    });
    let Some(out) = out else { return Ok(Answer::new(json, markdown)) };
    let text =
        angen_page::report_for_file(&report, session.lang, out).map_err(|why| match why {
            // What was typed is an option here.
            Error::Invalid(problem) => session.wrong("--out", &problem.zh, &problem.en),
            other => failure(&other, session.lang),
        })?;
    std::fs::write(out, text).map_err(|why| failure(&Error::file(out, why), session.lang))?;
    Ok(Answer::new(json, out.display().to_string()))
}
