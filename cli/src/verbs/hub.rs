//! The hub: certify and serve one, exchange with one, and what no hub has given a receipt for.

mod serve;
mod stick;
mod upkeep;
mod waiting;

use std::path::Path;

use angen_core::action::{CertifyHub, certify_hub};
use angen_core::desk::Desk;
use angen_core::domain::china_time;
use angen_core::error::Error;
use angen_core::sync::{hub_keys_from_text, hub_keys_to_text};
use angen_hub::client::{
    Caller, Endpoint, Exchanged, PullError, PushError, Session as SignedIn, exchange, push_dossier,
};
use angen_hub::wire::{Limit, Limited};
use angen_hub::{HubError, HubKey};
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{Cli, HubVerb};
use crate::host::{SystemChance, SystemDisk};
use crate::out::{Answer, Failure, failure};
use crate::qr::blocks;
use crate::session::{Outcome, Session, lang};

/// The exit code of who sent what is here to a hub that shows them nothing: revoked, or over.
const SHOWN_NOTHING: u8 = 3;

/// `angen hub …`
pub(super) fn hub(cli: &Cli, verb: &HubVerb) -> Outcome<Answer> {
    match verb {
        HubVerb::Serve { .. } => serve::serve(cli, verb),
        HubVerb::Backup { data, out } => upkeep::backup(data, out, lang(cli)),
        HubVerb::Restore { from, data } => upkeep::restore(from, data, lang(cli)),
        HubVerb::Fsck { data } => upkeep::fsck(data, lang(cli)),
        HubVerb::RetireRoot { root, new, data } => upkeep::retire(data, root, new, lang(cli)),
        HubVerb::Keys { data, qr } => keys(cli, data, *qr),
        HubVerb::Certify { keys, name, organisation, origin, out } => {
            certify(cli, keys, name, organisation, origin, out)
        }
        HubVerb::Sync { with, way } => sync(cli, way.to(with)),
        HubVerb::Import { file, at } => stick::import(cli, file, at),
        HubVerb::ExportReceipts { dossiers, readers, all, out, at } => {
            let readers = (!all).then_some(readers.as_slice());
            stick::export_receipts(cli, dossiers, readers, out, at)
        }
        HubVerb::Waiting => waiting::waiting(cli),
        HubVerb::Push { dossier, to, way } => push(cli, dossier, way.to(to)),
    }
}

fn push(cli: &Cli, dossier: &str, to: Endpoint<'_>) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let dossier = session.dossier(dossier)?;
    let (pushed, limit) = match push_dossier(to, &session.store, dossier) {
        // A hub with a log asks who pushes; one without cannot.
        Err(PushError::Refused { code, .. }) if code == "no_session" => {
            let desk = session.desk(cli)?;
            with_caller(&session, &desk, to, |root, caller| {
                let signed_in = SignedIn::sign_in(to, &session.store, &[root], caller)?;
                let pushed = signed_in.push_dossier(&session.store, dossier)?;
                Ok((pushed, signed_in.limit()))
            })?
        }
        pushed => (pushed.map_err(|error| failed(&session, to, &error.into()))?, None),
    };
    let text = match session.lang {
        Lang::Zh => format!(
            "平台已存：{} 条新记录，{} 个附件；平台的链头与本机{}",
            pushed.new_ops,
            pushed.sent_blobs,
            if pushed.is_same {
                "一致"
            } else {
                "不同（平台还有别人的记录，或不予出示）"
            }
        ),
        Lang::En => format!(
            "stored by the hub: {} new ops, {} blobs; its heads are {}",
            pushed.new_ops,
            pushed.sent_blobs,
            if pushed.is_same { "the same as here" } else { "more than here, or not shown" }
        ),
    };
    let refused = (pushed.refused_seals, pushed.refused_certificates);
    let text = text + &refused_words(refused, session.lang);
    let json = json!({
        "new_ops": pushed.new_ops,
        "known_ops": pushed.known_ops,
        "sent_blobs": pushed.sent_blobs,
        "same_heads": pushed.is_same,
        "refused_seals": pushed.refused_seals,
        "refused_certificates": pushed.refused_certificates,
        "refused_blobs": pushed.refused_blobs,
        "limited": limit.map(limit_json),
    });
    Ok(limited(json, text, limit, session.lang))
}

fn keys(cli: &Cli, data: &Path, qr: bool) -> Outcome<Answer> {
    let lang = lang(cli);
    std::fs::create_dir_all(data).map_err(|why| failure(&Error::file(data, why), lang))?;
    let opened = HubKey::open(data, &SystemChance);
    let key = opened.map_err(|why| Failure::new("hub", HubError::from(why).say(lang)))?;
    let keys = hub_keys_to_text(&key.public());
    let code = if qr { blocks(&keys) } else { None };
    let text = code.map_or_else(|| keys.clone(), |code| format!("{keys}\n{code}"));
    Ok(Answer::new(json!({"keys": keys}), text))
}

fn certify(
    cli: &Cli,
    keys: &str,
    name: &str,
    organisation: &str,
    origin: &str,
    out: &Path,
) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let keys = session.say(hub_keys_from_text(keys))?;
    let request = CertifyHub {
        name: name.to_owned(),
        organisation: organisation.to_owned(),
        origin: origin.to_owned(),
        keys,
    };
    let hub = session.say(certify_hub(&session.desk(cli)?, &request))?;
    session.say(hub.write(&SystemDisk, out))?;
    let text = match session.lang {
        Lang::Zh => format!("已给平台 {origin} 发证：{}", out.display()),
        Lang::En => format!("the hub of {origin} is certified: {}", out.display()),
    };
    let json = json!({
        "hub": hub.hub.to_string(),
        "origin": origin,
        "certificate": hub.certificate.to_string(),
        "path": out,
    });
    Ok(Answer::new(json, text))
}

fn sync(cli: &Cli, with: Endpoint<'_>) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let desk = session.desk(cli)?;
    let done = exchange_with(&session, &desk, with)?;
    let text = exchanged_words(&done, session.lang);
    Ok(limited(exchanged_json(&done), text, done.limit, session.lang))
}

/// Exchanges with a hub as who is at the desk; the root that is believed is that of this database.
pub(crate) fn exchange_with<'h>(
    session: &Session,
    desk: &Desk<'_>,
    hub: impl Into<Endpoint<'h>>,
) -> Outcome<Exchanged> {
    let hub = hub.into();
    with_caller(session, desk, hub, |root, caller| {
        exchange(hub, &session.store, &SystemDisk, &[root], caller)
    })
}

/// Does something with a hub as who is at the desk, believing the root of this database.
pub(super) fn with_caller<T>(
    session: &Session,
    desk: &Desk<'_>,
    hub: Endpoint<'_>,
    work: impl FnOnce(Hash, &Caller<'_>) -> Result<T, PullError>,
) -> Outcome<T> {
    let root = session.place()?.root;
    let key = session.say(desk.ports().keys.signer(desk.writer()).map_err(Error::from))?;
    let caller = Caller { certificate: desk.certificate(), key: &*key };
    work(root, &caller).map_err(|error| failed(session, hub, &error))
}

/// Why a hub was of no help, in the user's language.
pub(super) fn failed(session: &Session, hub: Endpoint<'_>, error: &PullError) -> Failure {
    match error {
        PullError::Core(error) | PullError::Hub(PushError::Core(error)) => {
            failure(error, session.lang)
        }
        _ => session.wrong(hub.url, &error.say(Lang::Zh), &error.say(Lang::En)),
    }
}

/// An answer, with a line and an exit code of its own when the hub takes and shows nothing.
fn limited(json: serde_json::Value, text: String, limit: Option<Limit>, lang: Lang) -> Answer {
    let Some(Limit { why, since_ms }) = limit else { return Answer::new(json, text) };
    let since = china_time(since_ms);
    let line = match (why, lang) {
        (Limited::Revoked, Lang::Zh) => format!(
            "您的证书自 {since} 起已被吊销：已有记录照常上传并留待管理员认定，平台不再给出任何内容"
        ),
        (Limited::Revoked, Lang::En) => format!(
            "your certificate is revoked since {since}: what is here was sent and waits for an \
             administrator's decision, and the hub shows nothing more"
        ),
        (Limited::PeriodOver, Lang::Zh) => {
            format!("您的证书已于 {since} 到期：已有记录照常上传，换发证书之前平台不再给出任何内容")
        }
        (Limited::PeriodOver, Lang::En) => format!(
            "your certificate ended on {since}: what is here was sent, and the hub shows nothing \
             until you have another one"
        ),
    };
    Answer { json, text: format!("{line}\n{text}"), code: SHOWN_NOTHING }
}

fn limit_json(limit: Limit) -> serde_json::Value {
    let why = match limit.why {
        Limited::Revoked => "revoked",
        Limited::PeriodOver => "period_over",
    };
    json!({"why": why, "since_ms": limit.since_ms})
}

/// What came of an exchange, in a few lines.
pub(crate) fn exchanged_words(done: &Exchanged, lang: Lang) -> String {
    let Exchanged { origin, sent_dossiers, sent_ops, sent_blobs, receipts, pulled, .. } = done;
    let (seals, blobs) = (done.waiting_seals, done.waiting_blobs);
    let refused = refused_words((done.refused_seals, done.refused_certificates), lang);
    match lang {
        Lang::Zh => format!(
            "已与 {origin} 同步：送出 {sent_dossiers} 个卷宗、{sent_ops} 条记录、{sent_blobs} 个附件；\
             收到 {} 条记录、{} 个附件；新回执 {receipts} 份\n尚无回执：印签 {seals} 个，附件 {blobs} 个{refused}",
            pulled.new_ops, pulled.blobs
        ),
        Lang::En => format!(
            "in step with {origin}: sent {sent_dossiers} dossiers, {sent_ops} ops, {sent_blobs} blobs; \
             got {} ops, {} blobs; {receipts} new receipts\nwithout a receipt: {seals} seals, {blobs} blobs{refused}",
            pulled.new_ops, pulled.blobs
        ),
    }
}

/// A line of what the hub refused by name; nothing when it took all.
fn refused_words((seals, certificates): (u64, u64), lang: Lang) -> String {
    match lang {
        _ if seals + certificates == 0 => String::new(),
        Lang::Zh => format!(
            "\n平台签名拒收：印签 {seals} 个，证书 {certificates} 张（angen hub waiting 列出）"
        ),
        Lang::En => format!(
            "\nrefused by the hub: {seals} seals, {certificates} certificates \
             (angen hub waiting lists them)"
        ),
    }
}

fn exchanged_json(done: &Exchanged) -> serde_json::Value {
    json!({
        "origin": done.origin,
        "sent_dossiers": done.sent_dossiers,
        "sent_ops": done.sent_ops,
        "sent_blobs": done.sent_blobs,
        "new_ops": done.pulled.new_ops,
        "new_blobs": done.pulled.blobs,
        "receipts": done.receipts,
        "waiting_seals": done.waiting_seals,
        "waiting_blobs": done.waiting_blobs,
        "refused_seals": done.refused_seals,
        "refused_certificates": done.refused_certificates,
        "limited": done.limit.map(limit_json),
    })
}
