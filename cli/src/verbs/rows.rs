//! Rows of a spreadsheet: the preview, and the import.

use angen_core::action::{self, ImportRowsError, ImportedRows, import_rows, preview_rows};
use angen_core::domain::rows::{
    Correction, Difference, Preview, PreviewRow, Remark, RowKind, RowState,
};
use angen_core::error::Error;
use angen_ledger::verify::Lang;
use angen_tables::limits::WORKBOOK_BYTES_MAX;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read;

use crate::args::{Cli, ImportRows};
use crate::out::{Answer, Failure, failure};
use crate::session::{Outcome, Session};

/// `angen enterprise import`, `angen officer import`
pub(super) fn import(
    session: &Session,
    cli: &Cli,
    kind: RowKind,
    typed: &ImportRows,
) -> Outcome<Answer> {
    let request = request(session, kind, typed)?;
    let lang = session.lang;
    if typed.preview {
        let preview = session.say(preview_rows(&session.store, &request))?;
        return Ok(Answer::new(preview_json(&preview, lang), preview_words(&preview, lang)));
    }
    let desk = session.desk(cli)?;
    match import_rows(&desk, &request) {
        Ok(imported) => Ok(Answer::new(imported_json(&imported), imported_words(&imported, lang))),
        Err(ImportRowsError::Core(error)) => Err(failure(&error, lang)),
        Err(ImportRowsError::Rows(preview)) => Err(refused(&preview, &request.file_name, lang)),
    }
}

fn request(session: &Session, kind: RowKind, typed: &ImportRows) -> Outcome<action::ImportRows> {
    let name = typed.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut bytes = Vec::new();
    // One byte more than may be: then the reader says that the file is too large.
    let read = File::open(&typed.file)
        .and_then(|file| file.take(WORKBOOK_BYTES_MAX as u64 + 1).read_to_end(&mut bytes));
    session.say(read.map_err(|source| Error::file(&typed.file, source)))?;
    let corrections = typed.corrections.iter().map(|text| correction(session, text));
    Ok(action::ImportRows {
        kind,
        file_name: name.unwrap_or_else(|| typed.file.display().to_string()),
        bytes,
        sheet: typed.sheet.clone(),
        corrections: corrections.collect::<Outcome<_>>()?,
        skip: typed.skip.iter().copied().collect(),
        update_reason: typed.update.clone(),
    })
}

fn correction(session: &Session, text: &str) -> Outcome<Correction> {
    let parts = text.split_once('=').and_then(|(place, value)| {
        let (row, column) = place.split_once(':')?;
        Some((row.trim().parse().ok()?, column.trim(), value))
    });
    let Some((row, column, value)) = parts else {
        return Err(session.wrong(
            "--set",
            "应写成 行:列=内容，如 5:credit_code=91371102MAHK00014X",
            "write ROW:COLUMN=VALUE, such as 5:credit_code=91371102MAHK00014X",
        ));
    };
    Ok(Correction { row, column: column.to_owned(), value: value.to_owned() })
}

/// One line for each reason why nothing was imported.
fn refused(preview: &Preview, file: &str, lang: Lang) -> Failure {
    let lines: Vec<(u32, String)> = preview
        .rows
        .iter()
        .flat_map(|row| {
            let number = row.checked.row;
            let problems = row.checked.problems.iter().map(move |one| (number, one.say(lang)));
            let differs = matches!(row.state, RowState::Differs(..)).then(|| {
                let what = state_words(&row.state, lang);
                let line = match lang {
                    Lang::Zh => format!("{file}，第 {number} 行：{what}。请用 --update 写明变更原因，或用 --skip 跳过"),
                    Lang::En => format!("{file}, row {number}: {what}; give the reason with --update, or --skip the row"),
                };
                (number, line)
            });
            problems.chain(differs)
        })
        .collect();
    let list = lines.iter().map(|(row, line)| json!({"place": row.to_string(), "message": line}));
    let json = json!({"errors": list.collect::<Vec<_>>()});
    let text = lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    Failure { text, json, code: 1 }
}

fn preview_words(preview: &Preview, lang: Lang) -> String {
    let [wrong, new, same, differs] = preview.counts();
    let mut lines: Vec<String> = preview.notes.iter().map(|note| note.say(lang)).collect();
    for row in &preview.rows {
        let name = row.checked.values.get("name").map_or("—", String::as_str);
        lines.push(format!("{}\t{}\t{name}", row.checked.row, state_words(&row.state, lang)));
        let remarks = row.checked.problems.iter().chain(&row.checked.notes);
        lines.extend(remarks.map(|remark| format!("\t{}", remark.say(lang))));
    }
    lines.push(match lang {
        Lang::Zh => format!("可新增 {new} 行，已有且相同 {same} 行，有出入 {differs} 行，有问题 {wrong} 行；还没有导入"),
        Lang::En => format!("{new} rows to add, {same} there already, {differs} differ, {wrong} wrong; nothing was imported yet"),
    });
    lines.join("\n")
}

fn state_words(state: &RowState, lang: Lang) -> String {
    let (zh, en) = match state {
        RowState::Wrong => ("有问题", "wrong"),
        RowState::New => ("新增", "new"),
        RowState::Same(_) => ("已有，相同", "there already"),
        RowState::Differs(_, differences) => {
            let each = |one: &Difference| {
                format!("{} {} → {}", one.field, one.stored.as_deref().unwrap_or("—"), one.given)
            };
            let all = differences.iter().map(each).collect::<Vec<_>>().join("; ");
            return match lang {
                Lang::Zh => format!("已有，有出入（{all}）"),
                Lang::En => format!("differs ({all})"),
            };
        }
    };
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

fn preview_json(preview: &Preview, lang: Lang) -> Value {
    let say = |remarks: &[Remark]| -> Vec<Value> {
        let each = |one: &Remark| {
            let spot = &one.spot;
            json!({"sheet": spot.sheet, "row": spot.row, "column": spot.column, "message": one.say(lang)})
        };
        remarks.iter().map(each).collect()
    };
    let row = |row: &PreviewRow| {
        let (state, differences) = match &row.state {
            RowState::Wrong => ("wrong", None),
            RowState::New => ("new", None),
            RowState::Same(_) => ("same", None),
            RowState::Differs(_, differences) => ("differs", Some(differences)),
        };
        let difference = |one: &Difference| json!({"field": one.field, "stored": one.stored, "given": one.given});
        json!({
            "row": row.checked.row,
            "state": state,
            "values": row.shown(preview.kind),
            "problems": say(&row.checked.problems),
            "notes": say(&row.checked.notes),
            "differences": differences.into_iter().flatten().map(difference).collect::<Vec<_>>(),
        })
    };
    let [wrong, new, same, differs] = preview.counts();
    json!({
        "sheet": preview.sheet,
        "encoding": preview.encoding.map(|encoding| encoding.name()),
        "wrong": wrong, "new": new, "same": same, "differs": differs,
        "notes": say(&preview.notes),
        "rows": preview.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn imported_words(imported: &ImportedRows, lang: Lang) -> String {
    let (added, changed) = (imported.added.len(), imported.changed.len());
    let (same, skipped) = (imported.same.len(), imported.skipped.len());
    match lang {
        Lang::Zh => {
            format!("新增 {added} 行，变更 {changed} 行，已有且相同 {same} 行，跳过 {skipped} 行")
        }
        Lang::En => format!(
            "{added} rows added, {changed} changed, {same} there already, {skipped} left out"
        ),
    }
}

fn imported_json(imported: &ImportedRows) -> Value {
    let rows = |rows: &[(u32, angen_ledger::id::EntityId)]| -> Vec<Value> {
        rows.iter().map(|(row, entity)| json!({"row": row, "entity": entity.to_string()})).collect()
    };
    json!({
        "added": rows(&imported.added),
        "changed": rows(&imported.changed),
        "same": rows(&imported.same),
        "skipped": imported.skipped,
    })
}
