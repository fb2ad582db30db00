//! Bundles on a stick: export for readers, import, and show to whom one goes.

use std::path::Path;

use angen_core::action::{
    BundleBlobs, Handing, Imported, Receiver, bundle_header, export_bundle, import_bundle_at,
    import_package, is_bundle,
};
use angen_core::error::Error;
use angen_core::store::{self, Store};
use angen_hub::wire::Certificates;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use angen_ledger::wire::Wire as _;
use serde_json::{Value, json};

use crate::args::{Blobs, BundleVerb, Cli, ExportBundle};
use crate::host::SystemDisk;
use crate::out::{Answer, Failure, failure};
use crate::session::{Outcome, Session, lang};
use crate::verbs::SOFTWARE;

/// `angen bundle …`
pub(super) fn bundle(cli: &Cli, verb: &BundleVerb) -> Outcome<Answer> {
    match verb {
        BundleVerb::Show { file } => show(cli, file),
        BundleVerb::Export(typed) => export(cli, typed),
        BundleVerb::Import { file } => import(cli, file),
    }
}

fn export(cli: &Cli, typed: &ExportBundle) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let desk = session.desk(cli)?;
    let mut readers = Vec::new();
    let mut certificates = Vec::new();
    for reader in &typed.readers {
        let file = Path::new(reader);
        if file.is_file() {
            let given = certificates_in(file, session.lang)?;
            let last = given.last().map(|cose| SignedCertificate::read(cose));
            let last = last.ok_or_else(|| no_reader(reader, session.lang))?;
            readers.push(session.say(last.map_err(Error::from))?.hash);
            certificates.extend(given);
        } else {
            let held = session.say(session.store.read(store::certificates))?;
            let held: Vec<_> = held.into_iter().map(|(_, held)| held).collect();
            readers.push(reader_in(&held, reader, session.lang)?.hash);
        }
    }
    let dossiers =
        typed.dossiers.iter().map(|text| session.dossier(text)).collect::<Outcome<_>>()?;
    let request = angen_core::action::ExportBundle {
        dossiers,
        readers,
        certificates,
        blobs: match typed.blobs {
            Blobs::All => BundleBlobs::All,
            Blobs::Waiting => BundleBlobs::Waiting,
            Blobs::None => BundleBlobs::None,
        },
        software: SOFTWARE.to_owned(),
        handing: Handing { recipient: typed.to.clone(), purpose: typed.purpose.clone() },
    };
    let done = session.say(export_bundle(&desk, &request, &typed.out, &mut |_, _| {}))?;
    let (file, kept) = (typed.out.display(), done.kept_back.len());
    let (count, ops, blobs, bytes) = (done.dossiers.len(), done.ops, done.blobs, done.bytes);
    let mut text = match session.lang {
        Lang::Zh => format!(
            "{file}：{count} 个卷宗，{ops} 条记录，{blobs} 个附件，{bytes} 字节；只有 {} 能打开",
            done.readers.join("、")
        ),
        Lang::En => format!(
            "{file}: {count} dossiers, {ops} ops, {blobs} blobs, {bytes} bytes; only {} can open it",
            done.readers.join(", ")
        ),
    };
    if kept > 0 {
        text += &match session.lang {
            Lang::Zh => format!("\n{kept} 个卷宗收件人不能看，没有带"),
            Lang::En => format!("\n{kept} dossiers that a reader may not see were kept back"),
        };
    }
    text += &contradicted_lines(&done.contradicted, session.lang);
    let ids = |list: &[angen_ledger::id::DossierId]| {
        list.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let json = json!({
        "file": typed.out,
        "dossiers": ids(&done.dossiers),
        "kept_back": ids(&done.kept_back),
        "readers": done.readers,
        "ops": ops,
        "blobs": blobs,
        "bytes": bytes,
        "contradicted": done.contradicted,
    });
    Ok(Answer::new(json, text))
}

/// Logs of which an op names another tree than this device has seen, a line for each behind what
/// was exported.
pub(crate) fn contradicted_lines(origins: &[String], lang: Lang) -> String {
    let line = |origin: &String| match lang {
        Lang::Zh => format!(
            "\n{origin}：有记录所指的平台日志与本机所见的不同，有关的检查点和回执没有带；请报告管理员"
        ),
        Lang::En => format!(
            "\n{origin}: an op names another log than this device has seen; the heads and receipts \
             concerned stay here, report it"
        ),
    };
    origins.iter().map(line).collect()
}

fn import(cli: &Cli, file: &Path) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let roots = vec![session.place()?.root];
    let receiver = Receiver { store: &session.store, disk: &SystemDisk, roots, log: None };
    let imported = if session.say(is_bundle(file))? {
        session.say(import_bundle_at(&session.desk(cli)?, &receiver, file))?
    } else {
        session.say(import_package(&receiver, file))?
    };
    Ok(imported_answer(&imported, session.lang))
}

/// What came of an import. A hub that contradicts itself makes it a failure, though all is kept.
pub(crate) fn imported_answer(done: &Imported, lang: Lang) -> Answer {
    let (dossiers, new, known) = (done.dossiers.len(), done.new_ops, done.known_ops);
    let (blobs, absent, receipts) = (done.new_blobs, done.absent_blobs, done.receipts);
    let mut lines = vec![match lang {
        Lang::Zh => format!(
            "已导入 {dossiers} 个卷宗：{new} 条新记录（{known} 条已有），{blobs} 个新附件\
             （{absent} 个尚缺），{receipts} 份新回执"
        ),
        Lang::En => format!(
            "imported {dossiers} dossiers: {new} new ops ({known} known), {blobs} new blobs \
             ({absent} still missing), {receipts} new receipts"
        ),
    }];
    let unproved = done.unproved_receipts;
    if unproved > 0 {
        lines.push(match lang {
            Lang::Zh => format!(
                "{unproved} 份回执与本机所知的平台日志接不上，没有采用：请先导出一次给平台，\
                 再取新的回执"
            ),
            Lang::En => format!(
                "{unproved} receipts are not tied to what is known here of that log and were left \
                 out: carry a bundle to the hub first, then fetch receipts anew"
            ),
        });
    }
    if done.refusals > 0 {
        let refusals = done.refusals;
        lines.push(match lang {
            Lang::Zh => format!("{refusals} 份平台签名的拒收（angen hub waiting 列出）"),
            Lang::En => {
                format!("{refusals} refusals signed by a hub (angen hub waiting lists them)")
            }
        });
    }
    for origin in &done.contradicted {
        lines.push(match lang {
            Lang::Zh => format!("{origin}：平台日志自相矛盾，两份都已保留；请报告管理员"),
            Lang::En => format!("{origin}: its log contradicts itself; both are kept, report it"),
        });
    }
    let json = json!({
        "dossiers": done.dossiers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "new_ops": new,
        "known_ops": known,
        "new_blobs": blobs,
        "absent_blobs": absent,
        "receipts": receipts,
        "unproved_receipts": unproved,
        "refusals": done.refusals,
        "contradicted": done.contradicted,
    });
    Answer { json, text: lines.join("\n"), code: u8::from(!done.contradicted.is_empty()) }
}

/// The names are those of this database; without one, the hashes are all that is known.
fn show(cli: &Cli, file: &Path) -> Outcome<Answer> {
    let lang = lang(cli);
    let header = bundle_header(file).map_err(|error| failure(&error, lang))?;
    let mut names: Vec<(Hash, Option<String>)> =
        header.readers.iter().map(|envelope| (envelope.certificate, None)).collect();
    if Store::is_in(&cli.db) {
        let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang)?;
        for (hash, name) in &mut names {
            let held = session.say(session.store.read(|read| store::certificate(read, *hash)))?;
            *name = held.map(|held| held.certificate.name);
        }
    }
    let unknown = crate::demo::say(lang, "（本机没有此证书）", "(no such certificate here)");
    let lines =
        names.iter().map(|(hash, name)| format!("{hash}\t{}", name.as_deref().unwrap_or(unknown)));
    let readers: Vec<Value> = names
        .iter()
        .map(|(hash, name)| json!({"certificate": hash.to_string(), "name": name}))
        .collect();
    let text = lines.collect::<Vec<_>>().join("\n");
    Ok(Answer::new(json!({"file": file, "readers": readers}), text))
}

/// The certificates in a file of `angen hub certify`.
pub(super) fn certificates_in(file: &Path, lang: Lang) -> Outcome<Vec<Vec<u8>>> {
    let failed = |error: Error| failure(&error, lang);
    let bytes = std::fs::read(file).map_err(|why| failed(Error::file(file, why)))?;
    let read = Certificates::from_wire(&bytes).map_err(|why| failed(why.into()))?;
    Ok(read.0)
}

/// A reader by the hash of a certificate, or by a name that one writer alone has.
pub(super) fn reader_in(
    held: &[SignedCertificate],
    text: &str,
    lang: Lang,
) -> Outcome<SignedCertificate> {
    let hash: Option<Hash> = text.parse().ok();
    let is_meant = |one: &&SignedCertificate| match hash {
        Some(hash) => one.hash == hash,
        None => one.certificate.name == text,
    };
    let found: Vec<&SignedCertificate> = held.iter().filter(is_meant).collect();
    match found.as_slice() {
        // Of several certificates of one writer the newest counts.
        [.., last] if found.iter().all(|one| one.certificate.writer == last.certificate.writer) => {
            Ok((*last).clone())
        }
        _ => Err(no_reader(text, lang)),
    }
}

fn no_reader(text: &str, lang: Lang) -> Failure {
    Failure::new(
        "--for",
        match lang {
            Lang::Zh => {
                format!("--for：没有（或不止一个）收件人是 {text}，请给出姓名、证书指纹或证书文件")
            }
            Lang::En => format!(
                "--for: no one reader is {text}: give a name, the hash of a certificate, or its file"
            ),
        },
    )
}
