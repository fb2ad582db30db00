//! `angen hub serve`: a hub until it is stopped.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use angen_hub::{HubError, Logging, Options, Tls, run};
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{Cli, HubVerb, LogForm};
use crate::host::{SystemChance, SystemClock, SystemDisk};
use crate::out::{Answer, Failure, print};
use crate::session::{Outcome, lang};
use crate::verbs::bundle::certificates_in;
use crate::verbs::stranger::parse_root;

/// Serves as it was typed.
pub(super) fn serve(cli: &Cli, verb: &HubVerb) -> Outcome<Answer> {
    let HubVerb::Serve { data, listen, plain_on_network, root, log, .. } = verb else {
        return Err(Failure::new("hub", String::new()));
    };
    let lang = lang(cli);
    write_log(*log);
    let mut roots = Vec::new();
    for root in root {
        roots.extend(parse_root(Some(root), lang)?);
    }
    let failed = |error: HubError| Failure::new("hub", error.say(lang));
    let options = Options {
        data: data.to_owned(),
        listen: *listen,
        tls: tls(verb).map_err(failed)?,
        plain_on_network: *plain_on_network,
        roots,
        logging: logging(verb, lang)?,
        disk: Box::new(SystemDisk),
    };
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let tell = |address: SocketAddr| {
        print(&match (cli.json, lang) {
            (true, _) => json!({"listening": address.to_string()}).to_string(),
            (false, Lang::Zh) => format!("平台已启动：{scheme}://{address}（Ctrl-C 停止）"),
            (false, Lang::En) => {
                format!("the hub listens on {scheme}://{address} (Ctrl-C stops it)")
            }
        });
    };
    run(options, tell).map_err(failed)?;
    Ok(Answer::new(json!({"stopped": true}), crate::demo::say(lang, "平台已停止", "stopped")))
}

fn tls(verb: &HubVerb) -> Result<Option<Tls>, HubError> {
    match verb {
        HubVerb::Serve { tls_cert: Some(certificate), tls_key: Some(key), .. } => {
            Ok(Some(Tls::open(certificate, key)?))
        }
        _ => Ok(None),
    }
}

/// What a certified hub is started with; none without a certificate.
fn logging(verb: &HubVerb, lang: Lang) -> Outcome<Option<Logging>> {
    let HubVerb::Serve { certificate: files, new_epoch, mark, .. } = verb else { return Ok(None) };
    if files.is_empty() {
        return Ok(None);
    }
    logging_with(files, mark.as_deref(), *new_epoch, lang).map(Some)
}

/// What a hub needs for its log; without files, the certificates that it has.
pub(super) fn logging_with(
    files: &[PathBuf],
    mark: Option<&Path>,
    new_epoch: bool,
    lang: Lang,
) -> Outcome<Logging> {
    let mut certificates = Vec::new();
    for file in files {
        certificates.extend(certificates_in(file, lang)?);
    }
    Ok(Logging {
        certificates,
        mark: mark.map(Path::to_owned),
        new_epoch,
        clock: Box::new(SystemClock::new()),
        chance: Box::new(SystemChance),
    })
}

/// Writes what the hub tells to standard error from now on.
fn write_log(form: LogForm) {
    let to = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    // Only a second call could fail, and there is none.
    let _ = match form {
        LogForm::Text => to.with_ansi(false).try_init(),
        LogForm::Json => to.json().flatten_event(true).try_init(),
        LogForm::Off => Ok(()),
    };
}
