//! `angen hub waiting`: what no hub has given a receipt for, and what one has refused.

use angen_core::domain::{Source as _, china_time};
use angen_core::store::{self, KeptRefusal};
use angen_ledger::id::DossierId;
use angen_ledger::log::refusal::NO_DOSSIER;
use angen_ledger::verify::Lang;
use serde_json::json;

use crate::args::Cli;
use crate::demo::say;
use crate::out::Answer;
use crate::session::{Outcome, Session, lang};

/// A dossier, and how many of its seals and blobs have no receipt.
type Row = (DossierId, usize, usize);

/// Lists both.
pub(super) fn waiting(cli: &Cli) -> Outcome<Answer> {
    let session = Session::open(&cli.db, cli.db_key_file.as_deref(), lang(cli))?;
    let found = session.store.read(|read| {
        let mut rows: Vec<Row> = Vec::new();
        for dossier in read.dossiers()? {
            let left = store::unreceipted(read, dossier, None)?;
            if !left.seals.is_empty() || !left.blobs.is_empty() {
                rows.push((dossier, left.seals.len(), left.blobs.len()));
            }
        }
        Ok((rows, store::standing_refusals(read)?))
    });
    let (rows, refusals) = session.say(found)?;
    let mut lines: Vec<String> = rows.iter().map(|row| row_words(row, session.lang)).collect();
    lines.extend(refusals.iter().map(|kept| refusal_words(kept, session.lang)));
    if lines.is_empty() {
        lines.push(say(session.lang, "全部已有回执", "everything has a receipt").to_owned());
    }
    let waiting = rows.iter().map(|(dossier, seals, blobs)| {
        json!({"dossier": dossier.to_string(), "seals": seals, "blobs": blobs})
    });
    let json = json!({
        "waiting": waiting.collect::<Vec<_>>(),
        "refused": refusals.iter().map(refusal_json).collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, lines.join("\n")))
}

fn row_words((dossier, seals, blobs): &Row, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{dossier}\t印签 {seals} 个，附件 {blobs} 个尚无回执"),
        Lang::En => format!("{dossier}\t{seals} seals and {blobs} blobs without a receipt"),
    }
}

fn refusal_words(KeptRefusal { origin, refusal, .. }: &KeptRefusal, lang: Lang) -> String {
    let said = &refusal.refusal;
    let (dossier, seal) = (said.dossier, said.subject.short());
    let at = china_time(said.at_ms);
    // The hub says both languages in one sentence, Chinese first.
    let words = match (said.words.split_once(" / "), lang) {
        (Some((zh, _)), Lang::Zh) => zh,
        (Some((_, en)), Lang::En) => en,
        (None, _) => &said.words,
    };
    if said.dossier == NO_DOSSIER {
        return match lang {
            Lang::Zh => format!("证书 {seal} 被 {origin} 签名拒收（{at}）：{words}"),
            Lang::En => format!("certificate {seal} was refused by {origin} ({at}): {words}"),
        };
    }
    match lang {
        Lang::Zh => format!("{dossier}\t印签 {seal} 被 {origin} 签名拒收（{at}）：{words}"),
        Lang::En => format!("{dossier}\tseal {seal} was refused by {origin} ({at}): {words}"),
    }
}

fn refusal_json(KeptRefusal { origin, refusal, .. }: &KeptRefusal) -> serde_json::Value {
    let said = &refusal.refusal;
    let of_seal = said.dossier != NO_DOSSIER;
    json!({
        "dossier": of_seal.then(|| said.dossier.to_string()),
        "seal": of_seal.then(|| said.subject.to_string()),
        "certificate": (!of_seal).then(|| said.subject.to_string()),
        "origin": origin,
        "reason": said.reason,
        "words": said.words,
        "at_ms": said.at_ms,
    })
}
