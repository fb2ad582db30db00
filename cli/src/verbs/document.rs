//! Documents: printed, numbered, made void.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use angen_core::action::{
    DocumentPreview, FileKind, PreviewLine, PrintDocument, PrintError, PrintedDocument,
    PrintedFile, Printer, ReserveNumbers, ToVoid, device_of, lacks_in_words, name_device,
    preview_document, print_document, reserve_numbers, settle_document, void_document, write_files,
};
use angen_core::domain::{NumberBlock, VoidNumber, china_time, read_all};
use angen_core::error::Error;
use angen_core::procedure::numbers;
use angen_core::procedure::paper::{ByHand, Lack, Paper, papers};
use angen_documents::{Form, Sealing};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;
use serde_json::{Value, json};

use crate::args::{Cli, DocumentVerb, Print};
use crate::out::{Answer, Failure, failure};
use crate::picture::shrink;
use crate::session::{Outcome, Session};
use crate::verbs::record::{op_answer, pairs};

/// The word that leaves everything to the pen that may be.
const REST: &str = "rest";

/// `angen print`
pub(super) fn print(session: &Session, cli: &Cli, print: &Print) -> Outcome<Answer> {
    let request = request(session, print)?;
    let printer = printer(session, print)?;
    let desk = session.desk(cli)?;
    if print.dry_run {
        let preview = session.say(preview_document(&desk, &printer, &request))?;
        return Ok(preview_answer(session, &preview));
    }
    let printed = print_document(&desk, &printer, &request)
        .map_err(|error| print_failure(&error, session.lang))?;
    let folder = print.out.as_deref().unwrap_or(Path::new("."));
    write_files(folder, &printed.files).map_err(|error| failure(&error, session.lang))?;
    Ok(printed_answer(session, &printed, folder))
}

/// What would stand on it, field by field; then what stands against it.
fn preview_answer(session: &Session, preview: &DocumentPreview) -> Answer {
    let can_print = preview.lacks.is_empty();
    let label = |line: &PreviewLine| match session.lang {
        Lang::Zh => line.label.zh.clone(),
        Lang::En => line.label.en.clone(),
    };
    let json = json!({
        "can_print": can_print,
        "lacks": lacks_json(&preview.lacks, session.lang),
        "document": preview.document.map(|document| document.to_string()),
        "number": preview.number,
        "provisional": preview.is_provisional,
        "lines": preview.lines.iter()
            .map(|line| json!({
                "key": line.key, "label": label(line), "text": line.text,
                "lacking": line.is_lacking,
            }))
            .collect::<Vec<_>>(),
    });
    let fields = preview.lines.iter().map(|line| format!("{}\t{}", label(line), line.text));
    let last = match (can_print, session.lang) {
        (true, Lang::Zh) => "可以出具".to_owned(),
        (true, Lang::En) => "it can be printed".to_owned(),
        (false, lang) => lacks_in_words(&preview.lacks, lang),
    };
    let lines: Vec<String> = fields.chain([String::new(), last]).collect();
    Answer { json, text: lines.join("\n"), code: u8::from(!can_print) }
}

fn request(session: &Session, print: &Print) -> Outcome<PrintDocument> {
    let mut files = BTreeSet::new();
    let none = !(print.pdf || print.docx || print.copy);
    let wanted = [
        (print.pdf || none && cfg!(feature = "pdf"), FileKind::Pdf),
        (print.docx || none, FileKind::Docx),
        (print.copy, FileKind::CopyOut),
        (print.copy, FileKind::CopyOutTable),
    ];
    files.extend(wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, kind)| kind));
    let by_hand = if print.by_hand.iter().any(|key| key == REST) {
        ByHand::Rest
    } else {
        ByHand::Named(print.by_hand.iter().cloned().collect())
    };
    Ok(PrintDocument {
        dossier: session.dossier(&print.dossier)?,
        form: form(session, &print.form)?,
        about: print.about.as_deref().map(|id| session.entity(id)).transpose()?,
        sealing: if print.presealed { Sealing::Presealed } else { Sealing::Later },
        given: pairs(session, &print.set)?.into_iter().collect::<BTreeMap<_, _>>(),
        by_hand,
        files,
    })
}

#[cfg_attr(not(feature = "pdf"), expect(unused_variables, reason = "only an engine takes fonts"))]
fn printer(session: &Session, print: &Print) -> Outcome<Printer> {
    let printer = Printer::with_pictures(shrink);
    #[cfg(feature = "pdf")]
    let printer = {
        let mut fonts = Vec::new();
        for path in &print.font {
            let read = std::fs::read(path).map_err(|error| Error::file(path, error));
            fonts.push(read.map_err(|error| failure(&error, session.lang))?);
        }
        printer.with_fonts(fonts)
    };
    Ok(printer)
}

/// A form by its plain name or its Chinese title.
fn form(session: &Session, text: &str) -> Outcome<Form> {
    let named = Form::ALL.into_iter().find(|form| form.slug() == text || form.title() == text);
    named.ok_or_else(|| {
        let slugs = Form::ALL.map(Form::slug).join(", ");
        let titles =
            Form::ALL.map(|form| format!("{}（{}）", form.slug(), form.title())).join("、");
        session.wrong(
            text,
            &format!("没有这种文书，可用：{titles}"),
            &format!("there is no such form: use {slugs}"),
        )
    })
}

fn printed_answer(session: &Session, printed: &PrintedDocument, folder: &Path) -> Answer {
    let file = |file: &PrintedFile| {
        json!({
            "path": folder.join(&file.name),
            "length": file.bytes.len(),
            "sha256": file.sha256().to_string(),
        })
    };
    let json = json!({
        "document": printed.document.to_string(),
        "op": printed.op.to_string(),
        "form": printed.form.slug(),
        "number": printed.number,
        "provisional": printed.is_provisional,
        "again": printed.is_again,
        "files": printed.files.iter().map(file).collect::<Vec<_>>(),
    });
    let number = printed.number.as_deref().unwrap_or_default();
    let first = match (session.lang, printed.is_again) {
        (Lang::Zh, false) => format!("已出具《{}》{number}", printed.form.title()),
        (Lang::Zh, true) => format!("再次打印《{}》{number}，与上次相同", printed.form.title()),
        (Lang::En, false) => format!("issued: {} {number}", printed.form.title_en()),
        (Lang::En, true) => {
            format!("printed again, the same: {} {number}", printed.form.title_en())
        }
    };
    let files = printed.files.iter().map(|file| folder.join(&file.name).display().to_string());
    let lines: Vec<String> = std::iter::once(first).chain(files).collect();
    Answer::new(json, format!("{}\n{}", lines.join("\n"), printed.document))
}

/// `angen document`
pub(super) fn document(session: &Session, cli: &Cli, verb: &DocumentVerb) -> Outcome<Answer> {
    match verb {
        DocumentVerb::Device { name } => device(session, name.as_deref()),
        DocumentVerb::Reserve { .. } => reserve(session, cli, verb),
        DocumentVerb::List { dossier } => list(session, dossier.as_deref()),
        DocumentVerb::Void { what, reason } => {
            let target = match find(session, what)? {
                Some(paper) => ToVoid::Document(paper.dossier, paper.issued.document),
                None => ToVoid::Number(what.clone()),
            };
            let op = session.say(void_document(&session.desk(cli)?, &target, reason))?;
            Ok(op_answer(session, op, "已作废，并留存记录", "void, and logged"))
        }
        DocumentVerb::Settle { what } => {
            let Some(paper) = find(session, what)? else {
                let missing = Error::NotFound { noun: "document", id: what.clone() };
                return Err(failure(&missing, session.lang));
            };
            let desk = session.desk(cli)?;
            let settled = settle_document(&desk, paper.dossier, paper.issued.document);
            let number = session.say(settled)?;
            Ok(Answer::new(json!({"number": number}), number))
        }
    }
}

fn device(session: &Session, name: Option<&str>) -> Outcome<Answer> {
    if let Some(name) = name {
        session.say(name_device(&session.store, name))?;
    }
    let name = session.say(session.store.read(device_of))?;
    let text = name.clone().unwrap_or_else(|| match session.lang {
        Lang::Zh => "还没有设备号".to_owned(),
        Lang::En => "this device has no name yet".to_owned(),
    });
    Ok(Answer::new(json!({"device": name}), text))
}

fn reserve(session: &Session, cli: &Cli, verb: &DocumentVerb) -> Outcome<Answer> {
    let DocumentVerb::Reserve { form: of, region, department, year, device, count } = verb else {
        unreachable!("only a reservation comes here");
    };
    let forms = if of == "all" { Form::ALL.to_vec() } else { vec![form(session, of)?] };
    let codes: Vec<&str> = forms.iter().filter_map(|form| form.code()).collect();
    if codes.is_empty() {
        return Err(session.wrong(of, "这种文书没有文号", "this form has no number"));
    }
    let desk = session.desk(cli)?;
    let mut blocks = Vec::new();
    for code in codes {
        let request = ReserveNumbers {
            region: region.clone(),
            department: department.clone(),
            kind: code.to_owned(),
            year: *year,
            device: device.clone(),
            count: *count,
        };
        blocks.push(session.say(reserve_numbers(&desk, &request))?);
    }
    let json: Vec<Value> = blocks.iter().map(block_json).collect();
    let lines: Vec<String> = blocks.iter().map(block_words).collect();
    Ok(Answer::new(json!({"blocks": json}), lines.join("\n")))
}

fn block_words(block: &NumberBlock) -> String {
    let NumberBlock { region, department, kind, year, device, span, .. } = block;
    format!("（{region}）{department}{kind}〔{year}〕{}—{}号\t{device}", span.0, span.1)
}

fn block_json(block: &NumberBlock) -> Value {
    json!({
        "region": block.region, "department": block.department, "kind": block.kind,
        "year": block.year, "device": block.device, "first": block.span.0, "last": block.span.1,
    })
}

fn list(session: &Session, dossier: Option<&str>) -> Outcome<Answer> {
    let dossier: Option<DossierId> = dossier.map(|id| session.dossier(id)).transpose()?;
    let place = session.place()?;
    let read = session.store.read(|read| {
        let void: Vec<VoidNumber> = read_all(read, place.roster)?;
        Ok((papers(read)?, void, numbers(read)?))
    });
    let (mut all, mut void, register) = session.say(read)?;
    all.retain(|paper| dossier.is_none_or(|dossier| paper.dossier == dossier));
    void.retain(|_| dossier.is_none());
    let contradictions: Vec<String> =
        register.contradictions.iter().map(ToString::to_string).collect();
    let json = json!({
        "documents": all.iter().map(paper_json).collect::<Vec<_>>(),
        "void_numbers": void.iter()
            .map(|void| json!({"number": void.number, "reason": void.reason}))
            .collect::<Vec<_>>(),
        "blocks": register.blocks.iter().map(block_json).collect::<Vec<_>>(),
        "contradictions": contradictions,
    });
    let mut lines: Vec<String> = all.iter().map(|paper| paper_words(paper, session.lang)).collect();
    lines.extend(void.iter().map(|void| format!("{}\t作废：{}", void.number, void.reason)));
    lines.extend(contradictions);
    Ok(Answer::new(json, lines.join("\n")))
}

fn paper_json(paper: &Paper) -> Value {
    let issued = &paper.issued;
    json!({
        "dossier": paper.dossier.to_string(),
        "document": issued.document.to_string(),
        "form": issued.form,
        "number": issued.number,
        "provisional": issued.provisional,
        "made_at_ms": issued.made_at_ms,
        "content": issued.content.to_string(),
        "pdf": issued.pdf.map(|(hash, length)| json!({"sha256": hash.to_string(), "length": length})),
        "void": issued.void,
    })
}

fn paper_words(paper: &Paper, lang: Lang) -> String {
    let issued = &paper.issued;
    let title = Form::from_slug(&issued.form).map_or(issued.form.as_str(), |form| match lang {
        Lang::Zh => form.title(),
        Lang::En => form.title_en(),
    });
    let number = match (&issued.number, &issued.provisional) {
        (Some(number), Some(printed)) => format!("{number}（{printed}）"),
        (Some(number), None) | (None, Some(number)) => number.clone(),
        (None, None) => "—".to_owned(),
    };
    let void = issued.void.as_ref().map(|why| match lang {
        Lang::Zh => format!("\t作废：{why}"),
        Lang::En => format!("\tvoid: {why}"),
    });
    let time = china_time(issued.made_at_ms);
    format!("{title}\t{number}\t{time}\t{}{}", issued.document, void.unwrap_or_default())
}

/// A document by number or id.
fn find(session: &Session, what: &str) -> Outcome<Option<Paper>> {
    let all = session.say(session.store.read(|read| papers(read)))?;
    let id: Option<EntityId> = what.parse().ok();
    let is = |paper: &Paper| {
        let numbers = [paper.issued.number.as_deref(), paper.issued.provisional.as_deref()];
        Some(paper.issued.document) == id || numbers.contains(&Some(what))
    };
    Ok(all.into_iter().find(is))
}

/// Why a document is not printed, all at once.
pub(crate) fn print_failure(error: &PrintError, lang: Lang) -> Failure {
    let (form, lacks) = match error {
        PrintError::Core(error) => return failure(error, lang),
        PrintError::Refused { form, lacks } => (form, lacks),
    };
    let text = error.say(lang);
    let json = json!({
        "error": {"place": form.slug(), "message": text},
        "lacks": lacks_json(lacks, lang),
    });
    Failure { text, json, code: 1 }
}

fn lacks_json(lacks: &[Lack], lang: Lang) -> Vec<Value> {
    let one = |lack: &Lack| {
        let words = if lang == Lang::Zh { &lack.zh } else { &lack.en };
        json!({"place": lack.place, "rule": lack.rule, "message": words})
    };
    lacks.iter().map(one).collect()
}
