//! A hub without a network: bundles in, receipts out.

use std::path::Path;

use angen_core::action::Returned;
use angen_hub::{HubError, Readers, StickHub};
use angen_ledger::id::DossierId;
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

/// `angen hub export-receipts`; without readers, for all.
pub(super) fn export_receipts(
    cli: &Cli,
    dossiers: &[String],
    readers: Option<&[String]>,
    out: &Path,
    at: &AtHub,
) -> Outcome<Answer> {
    let lang = lang(cli);
    let hub = open(cli, at)?;
    let readers = match readers {
        None => Readers::All,
        Some(named) => {
            let held = hub.certificates(named).map_err(|error| said(&error, lang))?;
            let named = named.iter().map(|reader| reader_in(&held, reader, lang));
            Readers::Named(named.collect::<Outcome<_>>()?)
        }
    };
    let ids = dossiers.iter().map(|text| dossier_id(text, lang)).collect::<Outcome<_>>()?;
    let done = hub.return_receipts(readers, ids, SOFTWARE, out);
    let (done, names) = done.map_err(|error| said(&error, lang))?;
    let json = json!({
        "file": out,
        "readers": names,
        "dossiers": done.dossiers,
        "kept_back": done.kept_back.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "receipts": done.receipts,
        "bytes": done.bytes,
    });
    Ok(Answer::new(json, returned_words(&done, &names, out, lang)))
}

fn returned_words(done: &Returned, names: &[String], out: &Path, lang: Lang) -> String {
    let (file, dossiers, receipts) = (out.display(), done.dossiers, done.receipts);
    let kept_back = done.kept_back.len();
    let text = match lang {
        Lang::Zh => format!(
            "{file}：{dossiers} 个卷宗的 {receipts} 份回执；只有 {} 能打开",
            names.join("、")
        ),
        Lang::En => format!(
            "{file}: {receipts} receipts of {dossiers} dossiers; only {} can open it",
            names.join(", ")
        ),
    };
    match lang {
        _ if kept_back == 0 => text,
        Lang::Zh => {
            format!("{text}\n另有 {kept_back} 个卷宗不是人人可看，没有放入：请分开收件人再导出")
        }
        Lang::En => format!(
            "{text}\n{kept_back} more dossiers are not for all of them and were left out: \
             export again with fewer readers"
        ),
    }
}

fn dossier_id(text: &str, lang: Lang) -> Outcome<DossierId> {
    text.parse().map_err(|_| {
        let words = match lang {
            Lang::Zh => format!("不是卷宗号：{text}"),
            Lang::En => format!("this is no dossier id: {text}"),
        };
        Failure::new(text, words)
    })
}

fn open(cli: &Cli, at: &AtHub) -> Outcome<StickHub> {
    let lang = lang(cli);
    let mut roots = Vec::new();
    for root in &at.root {
        roots.extend(parse_root(Some(root), lang)?);
    }
    let logging = logging_with(&at.certificate, at.mark.as_deref(), false, lang)?;
    let opened = StickHub::open(&at.data, Box::new(SystemDisk), &roots, logging);
    opened.map_err(|error| said(&error, lang))
}

fn said(error: &HubError, lang: Lang) -> Failure {
    match error {
        HubError::Core(error) => failure(error, lang),
        error => Failure::new("hub", error.say(lang)),
    }
}
