//! New phones: by two texts where there is no network, or over a hub.

use angen_core::action::{
    AnswerJoin, EnrolOfficer, accept_join, answer_join, ask_to_join, discard_ask, open_ask,
    read_join_answer,
};
use angen_core::domain::{Officer, Role, fingerprint_words, read_all};
use angen_core::error::Error;
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;
use angen_ledger::limits::QR_CHARS_MAX;
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{AnswerEnrol, Cli, EnrolVerb};
use crate::out::Answer;
use crate::session::{Outcome, Session};
use crate::verbs::over_hub::{self, Asked};
use crate::verbs::stranger::parse_root;
use crate::verbs::trust::terms;

/// `angen enrol …`
pub(super) fn enrol(session: &Session, cli: &Cli, verb: &EnrolVerb) -> Outcome<Answer> {
    match verb {
        EnrolVerb::Ask => ask(session, cli),
        EnrolVerb::Discard { confirm } => discard(session, *confirm),
        EnrolVerb::Answer(typed) => answer(session, cli, typed),
        EnrolVerb::Accept { text, root } => {
            accept(session, text, parse_root(root.as_deref(), session.lang)?)
        }
        EnrolVerb::Invite { with, way } => over_hub::invite(session, cli, way.to(with)),
        EnrolVerb::Waiting { with, way } => over_hub::waiting(session, cli, way.to(with)),
        EnrolVerb::Join { invitation, way } => over_hub::join(session, cli, invitation, way),
    }
}

fn ask(session: &Session, cli: &Cli) -> Outcome<Answer> {
    session.set_new_pin("--pin", cli.pin.as_deref().unwrap_or_default())?;
    let asked = session.say(ask_to_join(&session.store, &session.ports))?;
    let text = match session.lang {
        Lang::Zh => format!("请让管理员扫码（或运行 angen enrol answer）：\n{}", asked.text),
        Lang::En => {
            format!("Let the administrator scan it (or run angen enrol answer):\n{}", asked.text)
        }
    };
    let json = json!({
        "writer": asked.writer.to_string(),
        "text": asked.text,
        "fits_qr": asked.text.len() <= QR_CHARS_MAX,
    });
    Ok(Answer::new(json, text))
}

/// Shows the question that waits here, and discards it once that was confirmed.
fn discard(session: &Session, confirm: bool) -> Outcome<Answer> {
    let asked = session.say(open_ask(&session.store))?;
    if let (Some(asked), true) = (&asked, confirm) {
        session.say(discard_ask(&session.store, &session.ports, asked.asked))?;
    }
    let text = match (&asked, confirm, session.lang) {
        (None, _, Lang::Zh) => "本机上没有等待应答的申请，无需丢弃".to_owned(),
        (None, _, Lang::En) => "No question waits here: there is nothing to discard".to_owned(),
        (Some(_), true, Lang::Zh) => {
            "已丢弃，为它生成的密钥已销毁。下一个人可以运行 angen enrol ask".to_owned()
        }
        (Some(_), true, Lang::En) => {
            "It is discarded, and its keys are destroyed. The next person can run angen enrol ask"
                .to_owned()
        }
        (Some(asked), false, Lang::Zh) => format!(
            "本机上有一份申请还没有应答：{}\n确认丢弃请加 --confirm：它的密钥将被销毁，此后的应答不再有效",
            asked.asked
        ),
        (Some(asked), false, Lang::En) => format!(
            "A question waits here for its answer: {}\nTo discard it, add --confirm: its keys are \
             destroyed, and an answer to it is worth nothing then",
            asked.asked
        ),
    };
    let json = json!({
        "asked": asked.as_ref().map(|asked| asked.asked.to_string()),
        "writer": asked.as_ref().map(|asked| asked.writer.to_string()),
        "discarded": confirm && asked.is_some(),
    });
    Ok(Answer::new(json, text))
}

fn answer(session: &Session, cli: &Cli, typed: &AnswerEnrol) -> Outcome<Answer> {
    let terms = terms(session, &typed.terms)?;
    let (who, same_as) = match &typed.same_as {
        Some(person) => {
            let writer = session.writer(person)?;
            (line_of(session, writer)?, Some(writer))
        }
        None => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let who = EnrolOfficer {
                name: text(&typed.name),
                role: session.word("--role", &typed.role, Role::ALL, Role::word)?,
                organisation: text(&typed.organisation),
                certificate_no: typed.certificate_no.clone(),
                certificate_valid_until: typed.valid_until.clone(),
            };
            (who, None)
        }
    };
    let desk = session.desk(cli)?;
    let asked = Asked::find(session, &desk, typed.text.as_deref(), &typed.over)?;
    let Some(asked) = asked else {
        return Err(session.wrong(
            "enrol answer",
            "请给出新手机显示的文字，或用 --code 和 --with 应答线上申请",
            "give what the new phone shows, or --code and --with for one that asks over a hub",
        ));
    };
    let request = AnswerJoin { ask: asked.text.clone(), who, terms, same_as };
    let made = session.say(answer_join(&desk, &request))?;
    let sent = over_hub::send(session, &desk, Some(&asked), Some(&made.text), &typed.over)?;
    let root = session.place()?.root;
    let shown = match sent {
        true => over_hub::sent_words(session.lang),
        false => shown_words(session, &made.text, root),
    };
    let json = json!({
        "officer": made.officer.officer.to_string(),
        "writer": made.officer.writer.to_string(),
        "certificate": made.officer.certificate.to_string(),
        "text": made.text,
        "fits_qr": made.text.len() <= QR_CHARS_MAX,
        "root": root.to_string(),
        "words": fingerprint_words(&root, session.lang),
        "sent": sent,
    });
    Ok(Answer::new(json, shown))
}

/// What the administrator reads out, and the new phone scans.
pub(super) fn shown_words(session: &Session, text: &str, root: Hash) -> String {
    let words = fingerprint_words(&root, session.lang);
    match session.lang {
        Lang::Zh => format!(
            "请让新手机扫码（或运行 angen enrol accept），并当面核对根证书指纹：\n{words}\n{root}\n{text}"
        ),
        Lang::En => format!(
            "Let the new phone scan it (or run angen enrol accept), and compare the root's \
             fingerprint:\n{words}\n{root}\n{text}"
        ),
    }
}

/// Compares what an answer offers with the root that is known, and joins; without one, shows it.
pub(super) fn accept(session: &Session, text: &str, known: Option<Hash>) -> Outcome<Answer> {
    let offer = session.say(read_join_answer(&session.store, text))?;
    let words = fingerprint_words(&offer.root, session.lang);
    let own = offer.chain.last().map(|own| &own.certificate);
    let (name, writer) =
        own.map(|own| (own.name.clone(), own.writer.to_string())).unwrap_or_default();
    let township = &offer.answer.township;
    let mut json = json!({
        "joined": known.is_some(),
        "township": township,
        "area": offer.answer.area,
        "name": name,
        "writer": writer,
        "root": offer.root.to_string(),
        "words": words,
    });
    let Some(known) = known else {
        let text = match session.lang {
            Lang::Zh => format!(
                "{township}（{name}）。尚未加入。请与管理员核对根证书指纹：\n{words}\n\
                 一致后，用管理员给的指纹再运行一次，加上 --root"
            ),
            Lang::En => format!(
                "{township} ({name}). Not joined yet. Compare the root's fingerprint with the \
                 administrator:\n{words}\nIf it is the same, run this again with --root and the \
                 fingerprint that the administrator gives"
            ),
        };
        return Ok(Answer::new(json, text));
    };
    let joined = session.say(accept_join(&session.store, text, known))?;
    for (name, dossier) in
        [("roster", joined.roster), ("library", joined.library), ("register", joined.register)]
    {
        json[name] = dossier.to_string().into();
    }
    let text = match session.lang {
        Lang::Zh => format!(
            "已加入{township}，操作人：{name}。请运行 angen hub sync 取回名册、检查表库和企业台账"
        ),
        Lang::En => format!(
            "{township} is joined as {name}. Run angen hub sync for roster, library and register"
        ),
    };
    Ok(Answer::new(json, text))
}

/// The line of a writer on the roster, as it is enrolled.
fn line_of(session: &Session, writer: WriterId) -> Outcome<EnrolOfficer> {
    let place = session.place()?;
    let people: Vec<Officer> =
        session.say(session.store.read(|read| read_all(read, place.roster)))?;
    let line = people.into_iter().find(|known| known.writer == writer);
    let line = line.ok_or(Error::NotFound { noun: "officer", id: writer.to_string() });
    let line = session.say(line)?;
    Ok(EnrolOfficer {
        name: line.name,
        role: line.role,
        organisation: line.organisation,
        certificate_no: line.certificate_no,
        certificate_valid_until: line.certificate_valid_until,
    })
}
