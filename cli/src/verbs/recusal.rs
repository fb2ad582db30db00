//! Recusal: asked for and decided.

use angen_core::action::{DecideRecusal, RequestRecusal, decide_recusal, request_recusal};
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{Cli, RecusalVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};

/// `angen recusal …`
pub(super) fn recusal(session: &Session, cli: &Cli, verb: &RecusalVerb) -> Outcome<Answer> {
    match verb {
        RecusalVerb::Request { dossier, whom, by, reason } => {
            let request = RequestRecusal {
                dossier: session.dossier(dossier)?,
                officer: session.writer(whom)?,
                asked_by: by.clone(),
                reason: reason.clone(),
            };
            let desk = session.desk(cli)?;
            let made = session.say(request_recusal(&desk, &request))?;
            let id = made.recusal.to_string();
            let text = match session.lang {
                Lang::Zh => format!("已记下回避申请，决定前不停止调查 {id}"),
                Lang::En => format!("noted; the investigation goes on until it is decided {id}"),
            };
            Ok(Answer::new(json!({"recusal": id}), text))
        }
        RecusalVerb::Decide {
            dossier,
            recusal,
            decision,
            approver,
            approver_post,
            on,
            reason,
            evidence,
        } => {
            let words = ["granted", "refused"];
            let request = DecideRecusal {
                dossier: session.dossier(dossier)?,
                recusal: session.entity(recusal)?,
                granted: session.word("--decision", decision, &words, |word| word)? == "granted",
                approver: approver.clone(),
                approver_post: approver_post.clone(),
                decided_on: on.clone(),
                reason: reason.clone(),
                evidence: session.entity(evidence)?,
            };
            let desk = session.desk(cli)?;
            let op = session.say(decide_recusal(&desk, &request))?;
            let text = match (session.lang, request.granted) {
                (Lang::Zh, true) => "已决定回避，此后不再作为本卷宗的执法人员",
                (Lang::Zh, false) => "已驳回回避申请",
                (Lang::En, true) => "granted: the officer does not count in this dossier any more",
                (Lang::En, false) => "refused",
            };
            Ok(Answer::new(json!({"op": op.to_string()}), text))
        }
    }
}
