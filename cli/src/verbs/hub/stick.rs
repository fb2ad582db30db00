//! A hub without a network: bundles in, receipts out.

use std::path::Path;

use angen_hub::{HubError, OfflineHub};
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::{AtHub, Cli};
use crate::host::SystemDisk;
use crate::out::{Answer, Failure, failure};
use crate::session::{Outcome, lang};
use crate::verbs::SOFTWARE;
use crate::verbs::bundle::{imported_answer, reader_in};
use crate::verbs::hub::serve::logging_with;
use crate::verbs::stranger::parse_root;

/// `angen hub import`
pub(super) fn import(cli: &Cli, file: &Path, at: &AtHub) -> Outcome<Answer> {
    let hub = open(cli, at)?;
    let imported = hub.import(file).map_err(|error| said(&error, lang(cli)))?;
    Ok(imported_answer(&imported, lang(cli)))
}

/// `angen hub export-receipts`
pub(super) fn export_receipts(
    cli: &Cli,
    dossiers: &[String],
    reader: &str,
    out: &Path,
    at: &AtHub,
) -> Outcome<Answer> {
    let lang = lang(cli);
    let hub = open(cli, at)?;
    let held = hub.certificates().map_err(|error| said(&error, lang))?;
    let reader = reader_in(&held, reader, lang)?;
    let name = reader.certificate.name.clone();
    let mut ids = Vec::new();
    for text in dossiers {
        let id = text.parse().map_err(|_| {
            Failure::new(
                text,
                match lang {
                    Lang::Zh => format!("不是卷宗号：{text}"),
                    Lang::En => format!("this is no dossier id: {text}"),
                },
            )
        });
        ids.push(id?);
    }
    let done = hub.return_receipts(reader, ids, SOFTWARE, out);
    let done = done.map_err(|error| said(&error, lang))?;
    let (file, dossiers, receipts) = (out.display(), done.dossiers, done.receipts);
    let text = match lang {
        Lang::Zh => {
            format!("{file}：{dossiers} 个卷宗的 {receipts} 份回执；只有 {name} 能打开")
        }
        Lang::En => {
            format!("{file}: {receipts} receipts of {dossiers} dossiers; only {name} can open it")
        }
    };
    let json = json!({
        "file": out,
        "reader": name,
        "dossiers": dossiers,
        "receipts": receipts,
        "bytes": done.bytes,
    });
    Ok(Answer::new(json, text))
}

fn open(cli: &Cli, at: &AtHub) -> Outcome<OfflineHub> {
    let lang = lang(cli);
    let mut roots = Vec::new();
    for root in &at.root {
        roots.extend(parse_root(Some(root), lang)?);
    }
    let logging = logging_with(&at.certificate, at.mark.as_deref(), false, lang)?;
    let opened = OfflineHub::open(&at.data, Box::new(SystemDisk), &roots, logging);
    opened.map_err(|error| said(&error, lang))
}

fn said(error: &HubError, lang: Lang) -> Failure {
    match error {
        HubError::Core(error) => failure(error, lang),
        error => Failure::new("hub", error.say(lang)),
    }
}
