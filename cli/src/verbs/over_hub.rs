//! New phones over a hub: an invitation, who asks under it, and the answer.

use angen_core::action::{
    AskOverHub, ask_to_join, keep_invitation, may_join, new_invitation, open_invitations,
    proven_asks,
};
use angen_core::desk::Desk;
use angen_core::domain::{code_words, fingerprint_words, says_code};
use angen_hub::client::{Endpoint, PullError, PushError, Session as SignedIn, ask_over_hub};
use angen_hub::wire::GivenAnswer;
use angen_ledger::invitation::Invitation;
use angen_ledger::limits::QR_CHARS_MAX;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, OverHub, Way};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::enrol::accept;
use crate::verbs::hub::{failed, with_caller};

/// A question that is to be answered, and where it waits when it came over a hub.
pub(super) struct Asked {
    /// Its text.
    pub(super) text: String,
    waiting: Option<AskOverHub>,
}

impl Asked {
    /// The text that was given, or the question whose words somebody has read out.
    pub(super) fn find(
        session: &Session,
        desk: &Desk<'_>,
        text: Option<&str>,
        over: &OverHub,
    ) -> Outcome<Option<Self>> {
        let (Some(code), Some(with)) = (&over.code, &over.with) else {
            return Ok(text.map(|text| Self { text: text.to_owned(), waiting: None }));
        };
        let (asks, _) = fetch(session, desk, over.way.to(with))?;
        let mut said = asks.into_iter().filter(|ask| says_code(code, &ask.code));
        match (said.next(), said.next()) {
            (Some(ask), None) => Ok(Some(Self { text: ask.text.clone(), waiting: Some(ask) })),
            (None, _) => Err(session.wrong(
                "--code",
                "没有核对词是这样的申请：请对方重新念一遍，或用 angen enrol waiting 查看",
                "no phone that asks shows these words: let them be read again, or see angen enrol \
                 waiting",
            )),
            (Some(_), Some(_)) => Err(session.wrong(
                "--code",
                "两台手机的核对词相同，有人在冒充：请停止，重新邀请",
                "two phones show these words, so one of them pretends: stop, and invite anew",
            )),
        }
    }
}

/// Lays an answer down at the hub over which it was asked; whether there was one.
pub(super) fn send(
    session: &Session,
    desk: &Desk<'_>,
    asked: Option<&Asked>,
    answer: Option<&str>,
    over: &OverHub,
) -> Outcome<bool> {
    let waiting = asked.and_then(|asked| asked.waiting.as_ref());
    let (Some(waiting), Some(answer), Some(with)) = (waiting, answer, &over.with) else {
        return Ok(false);
    };
    let given = GivenAnswer {
        invitation: waiting.invitation,
        ask: waiting.asked,
        answer: answer.to_owned(),
    };
    signed_in(session, desk, over.way.to(with), |hub| hub.give_answer(&given))?;
    Ok(true)
}

/// What the administrator reads when the answer lies at the hub.
pub(super) fn sent_words(lang: Lang) -> String {
    match lang {
        Lang::Zh => "应答已交平台：请在新手机上再运行一次 angen enrol join",
        Lang::En => "the hub has the answer: run angen enrol join on the new phone once more",
    }
    .to_owned()
}

/// `angen enrol invite`
pub(super) fn invite(session: &Session, cli: &Cli, with: Endpoint<'_>) -> Outcome<Answer> {
    let desk = session.desk(cli)?;
    let invitation = session.say(new_invitation(&desk, with.url))?;
    let ends_in_s = signed_in(session, &desk, with, |hub| hub.invite(&invitation))?.ends_in_s;
    session.say(keep_invitation(&desk, &invitation, ends_in_s))?;
    let (text, hours) = (invitation.to_text(), ends_in_s / 3_600);
    let words = fingerprint_words(&invitation.root, session.lang);
    let shown = match session.lang {
        Lang::Zh => format!(
            "请当面给新手机扫码（或运行 angen enrol join），{hours} 小时内有效；\
             不要转发：见过它的人都可以提出申请\n{text}"
        ),
        Lang::En => format!(
            "Let the new phone scan it face to face (or run angen enrol join); it is good for \
             {hours} hours. Do not send it on: whoever has seen it can ask\n{text}"
        ),
    };
    let json = json!({
        "text": text,
        "fits_qr": text.len() <= QR_CHARS_MAX,
        "hub": invitation.hub,
        "root": invitation.root.to_string(),
        "words": words,
        "ends_in_s": ends_in_s,
    });
    Ok(Answer::new(json, shown))
}

/// `angen enrol waiting`
pub(super) fn waiting(session: &Session, cli: &Cli, with: Endpoint<'_>) -> Outcome<Answer> {
    let desk = session.desk(cli)?;
    let (asks, others) = fetch(session, &desk, with)?;
    let (lang, mut lines) = (session.lang, Vec::new());
    for ask in &asks {
        let (words, minutes) = (code_words(&ask.code, lang), ask.waited_s / 60);
        lines.push(match lang {
            Lang::Zh => format!("{words}\t已等 {minutes} 分钟\t{}", ask.writer),
            Lang::En => format!("{words}\twaiting for {minutes} minutes\t{}", ask.writer),
        });
    }
    lines.push(match (asks.is_empty(), lang) {
        (true, Lang::Zh) => "没有待办的入网申请".to_owned(),
        (true, Lang::En) => "no phone asks".to_owned(),
        (false, Lang::Zh) => {
            "请让对方念出手机上的核对词，再运行 angen enrol answer --code 核对词".to_owned()
        }
        (false, Lang::En) => {
            "Let them read out the words on the phone, then run angen enrol answer --code WORDS"
                .to_owned()
        }
    });
    if others > 0 {
        lines.push(match lang {
            Lang::Zh => format!("另有 {others} 份申请没有见过本机的邀请，不予显示"),
            Lang::En => format!("{others} more have not seen an invitation of this device"),
        });
    }
    let list: Vec<Value> = asks.iter().map(|ask| ask_json(ask, lang)).collect();
    Ok(Answer::new(json!({"asks": list, "others": others}), lines.join("\n")))
}

fn ask_json(ask: &AskOverHub, lang: Lang) -> Value {
    json!({
        "writer": ask.writer.to_string(),
        "code": code_words(&ask.code, lang),
        "waited_s": ask.waited_s,
        "text": ask.text,
    })
}

/// `angen enrol join`
pub(super) fn join(session: &Session, cli: &Cli, text: &str, way: &Way) -> Outcome<Answer> {
    let read = Invitation::read(text);
    let invitation = read.map_err(|why| {
        session.wrong(
            "invitation",
            &format!("不是管理员出示的邀请，或抄漏了（{why}）"),
            &format!("this is not what the administrator showed, or not all of it ({why})"),
        )
    })?;
    session.say(may_join(&session.store, invitation.root))?;
    session.set_new_pin("--pin", cli.pin.as_deref().unwrap_or_default())?;
    let asked = session.say(ask_to_join(&session.store, &session.ports))?;
    let hub = way.to(&invitation.hub);
    let state = ask_over_hub(hub, &invitation, asked.text, &asked.asked)
        .map_err(|error| failed(session, hub, &error.into()))?;
    if let Some(answer) = state.answer {
        // The root is the invitation's, shown face to face: nothing the hub says is believed.
        return accept(session, &answer, Some(invitation.root));
    }
    let words = code_words(&invitation.code(&asked.asked), session.lang);
    let shown = match session.lang {
        Lang::Zh => format!(
            "已提出申请，尚未加入。请把核对词念给管理员：\n{words}\n管理员应答后再运行一次同样的命令"
        ),
        Lang::En => format!(
            "The question lies at the hub; not joined yet. Read these words to the \
             administrator:\n{words}\nOnce it is answered, run the same command again"
        ),
    };
    let json = json!({
        "joined": false,
        "writer": asked.writer.to_string(),
        "code": words,
        "root": invitation.root.to_string(),
        "ends_in_s": state.ends_in_s,
    });
    Ok(Answer::new(json, shown))
}

/// What waits at a hub for this device, and how many others. A hub that was restarted has forgotten
/// the invitations, so it is told of those that are still good first.
fn fetch(
    session: &Session,
    desk: &Desk<'_>,
    with: Endpoint<'_>,
) -> Outcome<(Vec<AskOverHub>, u64)> {
    let now_ms = session.ports.clock.now().wall_ms;
    let invitations = session.say(open_invitations(&session.store, now_ms))?;
    let waiting = signed_in(session, desk, with, |hub| {
        for invitation in &invitations {
            match hub.invite(invitation) {
                // It was said under a certificate that was renewed since, and ends by itself.
                Err(PullError::Hub(PushError::Refused { .. })) => {}
                invited => _ = invited?,
            }
        }
        hub.waiting_asks()
    })?;
    Ok(proven_asks(&invitations, &waiting))
}

fn signed_in<T>(
    session: &Session,
    desk: &Desk<'_>,
    with: Endpoint<'_>,
    work: impl FnOnce(&SignedIn<'_>) -> Result<T, PullError>,
) -> Outcome<T> {
    with_caller(session, desk, with, |root, caller| {
        work(&SignedIn::sign_in(with, &session.store, &[root], caller)?)
    })
}
