//! Export, and the state of the database.

use std::path::Path;

use angen_core::action::{ExportPackage, FsckReport, Handing, export_package_once, recovery};
use angen_core::domain::{READERS, Reader};
use angen_core::store;
use angen_hub::client::Endpoint;
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::Cli;
use crate::out::{Answer, Failure};
use crate::session::{Outcome, Session};
use crate::verbs::bundle::contradicted_lines;
use crate::verbs::defects::{defect_lines, defects_json, found_in};
use crate::verbs::exchange_with;
use crate::verbs::safety::{recovery_json, recovery_words};

/// The program, as packages name it.
pub(crate) const SOFTWARE: &str = concat!("angen ", env!("CARGO_PKG_VERSION"));

/// What is withheld: what was typed, and what the reader does not see.
pub(super) fn withheld(
    session: &Session,
    typed: &[String],
    reader: Option<&str>,
) -> Outcome<std::collections::BTreeSet<String>> {
    let mut withheld: std::collections::BTreeSet<String> = typed.iter().cloned().collect();
    if let Some(code) = reader {
        let codes: Vec<&str> = READERS.iter().map(|reader| reader.code).collect();
        let Some(preset) = Reader::named(code) else {
            return Err(session.wrong(
                "--for",
                &format!("没有“{code}”这种阅卷人，可用：{}", codes.join("、")),
                &format!("there is no reader \"{code}\": use one of {}", codes.join(", ")),
            ));
        };
        withheld.extend(preset.withheld());
    }
    Ok(withheld)
}

/// `angen export`
pub(super) fn export(
    session: &Session,
    cli: &Cli,
    dossiers: &[String],
    out: &Path,
    withhold: std::collections::BTreeSet<String>,
    handing: Handing,
    hub: Option<Endpoint<'_>>,
) -> Outcome<Answer> {
    let ids = dossiers.iter().map(|dossier| session.dossier(dossier)).collect::<Outcome<_>>()?;
    let request = ExportPackage { dossiers: ids, withhold, software: SOFTWARE.to_owned(), handing };
    let desk = session.desk(cli)?;
    let mut met = None;
    let mut noted = || met = hub.map(|hub| exchange_with(session, &desk, hub));
    let done = export_package_once(&desk, &request, out, &mut noted, &mut |_, _| {});
    let done = session.say(done)?;
    let mut found = Vec::new();
    for dossier in &request.dossiers {
        found.extend(found_in(session, Some(*dossier), false)?);
    }
    let mut text = match session.lang {
        Lang::Zh => format!(
            "{}：{} 条记录，{} 个附件，{} 字节",
            out.display(),
            done.ops,
            done.blobs,
            done.bytes
        ),
        Lang::En => format!(
            "{}: {} ops, {} blobs, {} bytes",
            out.display(),
            done.ops,
            done.blobs,
            done.bytes
        ),
    };
    text += &contradicted_lines(&done.contradicted, session.lang);
    // Without a network the package is made all the same, and lacks the receipt of its export.
    let unmet = met.and_then(Result::err).map(|why| why.text);
    if let Some(why) = &unmet {
        text.push_str("\n! ");
        text.push_str(why);
    }
    // Whoever hands a file out learns first what its reader will see.
    for line in defect_lines(&found, session.lang) {
        text.push('\n');
        text.push_str(&line);
    }
    let json = json!({
        "file": out,
        "ops": done.ops,
        "blobs": done.blobs,
        "bytes": done.bytes,
        "contradicted": done.contradicted,
        "hub_error": unmet,
        "defects": defects_json(&found, session.lang),
    });
    Ok(Answer::new(json, text))
}

/// `angen status`
pub(super) fn status(session: &Session) -> Outcome<Answer> {
    let place = session.place()?;
    let (ops, dossiers, digest) = session.say(session.store.read(|read| {
        Ok((store::count_ops(read)?, store::dossiers(read)?.len(), store::digest(read)?))
    }))?;
    let recovery = session.say(recovery(&session.store))?;
    let mut under_way = recovery_words(&recovery, session.lang);
    let aside = session.say(session.store.read(store::quarantined))?.len();
    if aside > 0 {
        under_way.push_str(&match session.lang {
            Lang::Zh => format!("\n! 有 {aside} 条记录被隔离，见 angen quarantine"),
            Lang::En => format!("\n! {aside} ops are set aside: see angen quarantine"),
        });
    }
    let text = match session.lang {
        Lang::Zh => format!(
            "{}（{}）\n根证书指纹 {}\n{dossiers} 个卷宗，{ops} 条记录\n投影摘要 {digest}",
            place.township, place.area, place.root
        ),
        Lang::En => format!(
            "{} ({})\nroot fingerprint {}\n{dossiers} dossiers, {ops} ops\nprojection digest {digest}",
            place.township, place.area, place.root
        ),
    };
    let json = json!({
        "township": place.township,
        "area": place.area,
        "root": place.root.to_string(),
        "dossiers": dossiers,
        "ops": ops,
        "digest": digest.to_string(),
        "quarantined": aside,
        "recovery": recovery_json(&recovery),
    });
    Ok(Answer::new(json, format!("{text}\n{under_way}")))
}

/// `angen rebuild`
pub(super) fn rebuild(session: &Session) -> Outcome<Answer> {
    let (before, after) = session.say(angen_core::action::rebuild(&session.store))?;
    let same = before == after;
    let text = match (same, session.lang) {
        (true, Lang::Zh) => format!("重建前后一致：{after}"),
        (true, Lang::En) => format!("the same before and after: {after}"),
        (false, Lang::Zh) => format!("投影与记录不符，已重建：{before} → {after}"),
        (false, Lang::En) => format!("the projection was wrong and is mended: {before} -> {after}"),
    };
    let json = json!({"before": before.to_string(), "after": after.to_string(), "same": same});
    Ok(Answer::new(json, text))
}

/// `angen fsck`: exits 1 when something is wrong.
pub(super) fn fsck(session: &Session) -> Outcome<Answer> {
    let report = session.say(angen_core::action::fsck(&session.store))?;
    let FsckReport { pending, stray_files, set_aside_files, .. } = report;
    let beside = match session.lang {
        Lang::Zh => {
            format!("{pending} 条待前序，{stray_files} 个多余文件，{set_aside_files} 个已移开")
        }
        Lang::En => {
            format!("{pending} waiting, {stray_files} stray files, {set_aside_files} set aside")
        }
    };
    let more = json!({"stray_files": stray_files, "set_aside_files": set_aside_files});
    fsck_answer(&report, more, &beside, session.lang)
}

/// What a check of everything came to, with what is told beside it; exits 1 when something is
/// wrong.
pub(crate) fn fsck_answer(
    report: &FsckReport,
    more: Value,
    beside: &str,
    lang: Lang,
) -> Outcome<Answer> {
    let say = |(place, zh, en): &(String, &str, &str)| match lang {
        Lang::Zh => format!("{place}：{zh}"),
        Lang::En => format!("{place}: {en}"),
    };
    let problems: Vec<String> = report.problems.iter().map(say).collect();
    let FsckReport { ops, seals, blobs, pending, .. } = report;
    let mut json = more;
    json["ops"] = json!(ops);
    json["seals"] = json!(seals);
    json["blobs"] = json!(blobs);
    json["pending"] = json!(pending);
    json["problems"] = json!(problems);
    if !problems.is_empty() {
        return Err(Failure { text: problems.join("\n"), json, code: 1 });
    }
    let text = match lang {
        Lang::Zh => {
            format!("完好：{ops} 条记录、{seals} 个印签、{blobs} 个附件都核对无误（{beside}）")
        }
        Lang::En => format!("sound: {ops} ops, {seals} seals and {blobs} blobs hold ({beside})"),
    };
    Ok(Answer::new(json, text))
}

/// `angen sweep`
pub(super) fn sweep(session: &Session) -> Outcome<Answer> {
    // A good moment for both: nobody waits.
    let _ = session.store.scrub(&*session.ports.disk);
    let _ = angen_core::action::keep_ballast(&session.store, &session.ports);
    let swept = session.say(angen_core::action::sweep(&session.store, &session.ports))?;
    let (aside, back) = (swept.set_aside.len(), swept.brought_back.len());
    let mut text = match session.lang {
        Lang::Zh => {
            format!("移开 {aside} 个，取回 {back} 个，{} 个太新未动", swept.left_alone)
        }
        Lang::En => format!(
            "{aside} set aside, {back} brought back, {} too young to touch",
            swept.left_alone
        ),
    };
    for path in &swept.set_aside {
        text.push_str(&format!("\n{}", path.display()));
    }
    let back: Vec<String> = swept.brought_back.iter().map(ToString::to_string).collect();
    let json = json!({
        "set_aside": swept.set_aside,
        "brought_back": back,
        "left_alone": swept.left_alone,
    });
    Ok(Answer::new(json, text))
}
