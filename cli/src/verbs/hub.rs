//! The hub: certify and serve one, exchange with one, and what no hub has given a receipt for.

mod serve;
mod stick;
mod upkeep;

use std::path::Path;

use angen_core::action::{CertifyHub, certify_hub};
use angen_core::desk::Desk;
use angen_core::domain::Source as _;
use angen_core::error::Error;
use angen_core::store;
use angen_hub::client::{Caller, Exchanged, PullError, PushError, exchange, push_dossier};
use angen_hub::wire::Certificates;
use angen_hub::{HubError, HubKey, keys_from_text, keys_to_text};
use angen_ledger::verify::Lang;
use angen_ledger::wire::Wire as _;
use serde_json::json;

use crate::args::{Cli, HubVerb};
use crate::host::{SystemChance, SystemDisk};
use crate::out::{Answer, Failure, failure};
use crate::session::{Outcome, Session, lang};

/// `angen hub …`
pub(super) fn hub(cli: &Cli, verb: &HubVerb) -> Outcome<Answer> {
    match verb {
        HubVerb::Serve { .. } => serve::serve(cli, verb),
        HubVerb::Backup { data, out } => upkeep::backup(data, out, lang(cli)),
        HubVerb::Restore { from, data } => upkeep::restore(from, data, lang(cli)),
        HubVerb::Fsck { data } => upkeep::fsck(data, lang(cli)),
        HubVerb::Keys { data } => keys(cli, data),
        HubVerb::Certify { keys, name, organisation, origin, out } => {
            certify(cli, keys, name, organisation, origin, out)
        }
        HubVerb::Sync { with } => sync(cli, with),
        HubVerb::Import { file, at } => stick::import(cli, file, at),
        HubVerb::ExportReceipts { dossiers, reader, out, at } => {
            stick::export_receipts(cli, dossiers, reader, out, at)
        }
        HubVerb::Waiting => waiting(cli),
        HubVerb::Push { dossier, to } => push(cli, dossier, to),
    }
}

fn push(cli: &Cli, dossier: &str, to: &str) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let dossier = session.dossier(dossier)?;
    let pushed = push_dossier(to, &session.store, dossier).map_err(|error| match &error {
        PushError::Core(error) => failure(error, session.lang),
        _ => session.wrong(to, &error.say(Lang::Zh), &error.say(Lang::En)),
    })?;
    let text = match session.lang {
        Lang::Zh => format!(
            "平台已存：{} 条新记录，{} 个附件；平台的链头与本机{}",
            pushed.new_ops,
            pushed.sent_blobs,
            if pushed.is_same { "一致" } else { "不同（平台还有别人的记录）" }
        ),
        Lang::En => format!(
            "stored by the hub: {} new ops, {} blobs; its heads are {}",
            pushed.new_ops,
            pushed.sent_blobs,
            if pushed.is_same { "the same as here" } else { "more than here" }
        ),
    };
    let json = json!({
        "new_ops": pushed.new_ops,
        "known_ops": pushed.known_ops,
        "sent_blobs": pushed.sent_blobs,
        "same_heads": pushed.is_same,
    });
    Ok(Answer::new(json, text))
}

fn keys(cli: &Cli, data: &Path) -> Outcome<Answer> {
    let lang = lang(cli);
    std::fs::create_dir_all(data).map_err(|why| failure(&Error::file(data, why), lang))?;
    let opened = HubKey::open(data, &SystemChance);
    let key = opened.map_err(|why| Failure::new("hub", HubError::from(why).say(lang)))?;
    let keys = keys_to_text(&key.public());
    Ok(Answer::new(json!({"keys": keys}), keys))
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
    let Some(keys) = keys_from_text(keys) else {
        return Err(session.wrong(
            "--keys",
            "平台公钥应为 128 位十六进制数字（angen hub keys 的输出）",
            "the keys of a hub are the 128 hexadecimal digits that `angen hub keys` shows",
        ));
    };
    let request = CertifyHub {
        name: name.to_owned(),
        organisation: organisation.to_owned(),
        origin: origin.to_owned(),
        keys,
    };
    let hub = session.say(certify_hub(&session.desk(cli)?, &request))?;
    let written = std::fs::write(out, Certificates(hub.chain).to_wire());
    session.say(written.map_err(|why| Error::file(out, why)))?;
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

fn sync(cli: &Cli, with: &str) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let desk = session.desk(cli)?;
    let done = exchange_with(&session, &desk, with)?;
    Ok(Answer::new(exchanged_json(&done), exchanged_words(&done, session.lang)))
}

/// Exchanges with a hub as who is at the desk; the root that is believed is that of this database.
pub(crate) fn exchange_with(session: &Session, desk: &Desk<'_>, hub: &str) -> Outcome<Exchanged> {
    let root = session.place()?.root;
    let key = session.say(desk.ports().keys.signer(desk.writer()).map_err(Error::from))?;
    let caller = Caller { certificate: desk.certificate(), key: &*key };
    exchange(hub, &session.store, &SystemDisk, &[root], &caller).map_err(|error| match &error {
        PullError::Core(error) => failure(error, session.lang),
        _ => session.wrong(hub, &error.say(Lang::Zh), &error.say(Lang::En)),
    })
}

/// What came of an exchange, in a few lines.
pub(crate) fn exchanged_words(done: &Exchanged, lang: Lang) -> String {
    let Exchanged { origin, sent_dossiers, sent_ops, sent_blobs, receipts, pulled, .. } = done;
    let (seals, blobs) = (done.waiting_seals, done.waiting_blobs);
    match lang {
        Lang::Zh => format!(
            "已与 {origin} 同步：送出 {sent_dossiers} 个卷宗、{sent_ops} 条记录、{sent_blobs} 个附件；\
             收到 {} 条记录、{} 个附件；新回执 {receipts} 份\n尚无回执：印签 {seals} 个，附件 {blobs} 个",
            pulled.new_ops, pulled.blobs
        ),
        Lang::En => format!(
            "in step with {origin}: sent {sent_dossiers} dossiers, {sent_ops} ops, {sent_blobs} blobs; \
             got {} ops, {} blobs; {receipts} new receipts\nwithout a receipt: {seals} seals, {blobs} blobs",
            pulled.new_ops, pulled.blobs
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
    })
}

fn waiting(cli: &Cli) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let rows = session.store.read(|read| {
        let mut rows = Vec::new();
        for dossier in read.dossiers()? {
            let left = store::unreceipted(read, dossier, None)?;
            if !left.seals.is_empty() || !left.blobs.is_empty() {
                rows.push((dossier, left.seals.len(), left.blobs.len()));
            }
        }
        Ok(rows)
    });
    let rows = session.say(rows)?;
    let lines = rows.iter().map(|(dossier, seals, blobs)| match session.lang {
        Lang::Zh => format!("{dossier}\t印签 {seals} 个，附件 {blobs} 个尚无回执"),
        Lang::En => format!("{dossier}\t{seals} seals and {blobs} blobs without a receipt"),
    });
    let nothing = crate::demo::say(session.lang, "全部已有回执", "everything has a receipt");
    let text =
        if rows.is_empty() { nothing.to_owned() } else { lines.collect::<Vec<_>>().join("\n") };
    let json = rows.iter().map(|(dossier, seals, blobs)| {
        json!({"dossier": dossier.to_string(), "seals": seals, "blobs": blobs})
    });
    Ok(Answer::new(json!({"waiting": json.collect::<Vec<_>>()}), text))
}
