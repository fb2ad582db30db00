//! The hub: serve one, or push a dossier to one.

use std::net::SocketAddr;
use std::path::Path;

use angen_hub::client::{PushError, push_dossier};
use angen_hub::{Options, run};
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{Cli, HubVerb};
use crate::host::SystemDisk;
use crate::out::{Answer, Failure, failure, print};
use crate::session::{Outcome, Session, lang};
use crate::verbs::stranger::parse_root;

/// `angen hub …`
pub(super) fn hub(cli: &Cli, verb: &HubVerb) -> Outcome<Answer> {
    match verb {
        HubVerb::Serve { data, listen, allow_remote, root } => {
            serve(cli, data, *listen, *allow_remote, root)
        }
        HubVerb::Push { dossier, to } => push(cli, dossier, to),
    }
}

fn serve(
    cli: &Cli,
    data: &Path,
    listen: SocketAddr,
    allow_remote: bool,
    roots: &[String],
) -> Outcome<Answer> {
    let lang = lang(cli);
    let mut known = Vec::new();
    for root in roots {
        known.extend(parse_root(Some(root), lang)?);
    }
    let options = Options {
        data: data.to_owned(),
        listen,
        allow_remote,
        roots: known,
        logging: None,
        disk: Box::new(SystemDisk),
    };
    let tell = |address: SocketAddr| {
        print(&match (cli.json, lang) {
            (true, _) => json!({"listening": address.to_string()}).to_string(),
            (false, Lang::Zh) => format!("平台已启动：http://{address}（Ctrl-C 停止）"),
            (false, Lang::En) => format!("the hub listens on http://{address} (Ctrl-C stops it)"),
        });
    };
    run(options, tell).map_err(|error| Failure::new("hub", error.say(lang)))?;
    Ok(Answer::new(json!({"stopped": true}), crate::demo::say(lang, "平台已停止", "stopped")))
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
