//! Each block of a document as parts of a DOCX.
use docx_rs::{AlignmentType, Docx, Run, Table, TableLayoutType, TableRow};

use super::in_words;
use super::parts::{BLANK, Pen, TABLE_SIZE, TEXT_WIDTH_MM, millimetres};
use crate::content::{
    Block, Field, Item, MediaEntry, Piece, Row, Sealing, SignaturePlace, Turn, Value, grouped,
};

/// One to three labelled cells share twelve columns, as in the PDF.
pub(super) const COLUMNS: usize = 12;
const SPANS: [(usize, usize); 3] = [(2, 10), (2, 4), (2, 2)];

pub(super) fn add(docx: Docx, pen: &mut Pen, block: &Block) -> Docx {
    match block {
        Block::Table(rows) => {
            let rows = rows.iter().map(|entry| row(pen, entry)).collect();
            docx.add_table(ruled(rows)).add_paragraph(pen.paragraph())
        }
        Block::Addressee(to) => {
            docx.add_paragraph(pen.heading(&format!("{}：", in_words(&to.value))))
        }
        Block::Paragraph(pieces) => paragraph(docx, pen, pieces),
        Block::Heading(words) => docx.add_paragraph(pen.heading(words)),
        Block::Items { items, .. } => items.iter().fold(docx, |docx, entry| item(docx, pen, entry)),
        Block::Dialogue(turns) => turns.iter().fold(docx, |docx, entry| turn(docx, pen, entry)),
        Block::Media(media) => media.iter().fold(docx, |docx, entry| medium(docx, pen, entry)),
        Block::HashList(media) => {
            let rows = media.iter().flat_map(|entry| hashes(pen, entry)).collect();
            docx.add_table(ruled(rows)).add_paragraph(pen.paragraph())
        }
        Block::Signatures(places) => {
            places.iter().fold(docx, |docx, entry| docx.add_paragraph(signature(pen, entry)))
        }
        Block::Closing { agency, day, sealing } => closing(docx, pen, agency, day, *sealing),
        Block::Note(words) => docx.add_paragraph(pen.small(words)),
    }
}

fn ruled(rows: Vec<TableRow>) -> Table {
    let column = usize::try_from(millimetres(1)).unwrap_or(56) * TEXT_WIDTH_MM / COLUMNS;
    Table::new(rows).set_grid(vec![column; COLUMNS]).layout(TableLayoutType::Fixed)
}

fn row(pen: &mut Pen, row: &Row) -> TableRow {
    let at = row.cells.len().clamp(1, SPANS.len()) - 1;
    let (label, value) = SPANS[at];
    let mut cells = Vec::new();
    for cell in &row.cells {
        let field = &cell.field;
        cells.push(pen.cell(field.name.zh, label, true));
        let words = match &field.value {
            Value::ByHand("") => "",
            other => in_words(other),
        };
        let mut filled = pen.cell(words, value, false);
        if let Some(place) = &row.signature {
            filled = filled.add_paragraph(signature(pen, place).align(AlignmentType::Right));
        }
        cells.push(filled);
    }
    let made = TableRow::new(cells);
    if row.height_mm_min == 0 {
        return made;
    }
    made.row_height(f32::from(row.height_mm_min) * 56.7)
}

fn paragraph(docx: Docx, pen: &mut Pen, pieces: &[Piece]) -> Docx {
    if let [Piece::Field(field)] = pieces {
        return lines(docx, pen, "", in_words(&field.value));
    }
    let run = |piece: &Piece| match piece {
        Piece::Words(words) => Run::new().add_text(words),
        Piece::Field(field) => pen.value(&field.value).underline("single"),
    };
    let runs: Vec<Run> = pieces.iter().map(run).collect();
    docx.add_paragraph(pen.text(runs))
}

/// A text with a word in front; each line of it is a paragraph.
fn lines(docx: Docx, pen: &mut Pen, front: &str, text: &str) -> Docx {
    let mut front = front;
    let mut docx = docx;
    for line in text.lines() {
        docx = docx.add_paragraph(pen.text([Run::new().add_text(format!("{front}{line}"))]));
        front = "";
    }
    docx
}

fn item(docx: Docx, pen: &mut Pen, item: &Item) -> Docx {
    let mut text = item.text.clone();
    if let Some(basis) = &item.basis {
        text.push_str(&format!("（依据：{basis}）"));
    }
    let docx = lines(docx, pen, &format!("{}．", item.number), &text);
    match &item.outcome {
        Some(outcome) => lines(docx, pen, "复查情况——", outcome),
        None => docx,
    }
}

fn turn(docx: Docx, pen: &mut Pen, turn: &Turn) -> Docx {
    let docx = lines(docx, pen, "问：", &turn.question);
    lines(docx, pen, "答：", in_words(&turn.answer))
}

fn medium(docx: Docx, pen: &mut Pen, entry: &MediaEntry) -> Docx {
    let mut docx = docx.add_paragraph(pen.heading(&format!("证据{}", entry.number)));
    let picture = entry.thumbnail.as_deref().and_then(|bytes| pen.picture(bytes));
    docx = docx.add_paragraph(match picture {
        Some(picture) => picture,
        None => pen.small("（无缩略图）"),
    });
    let rows = entry.fields.iter().map(|field| {
        let (label, value) = SPANS[0];
        let cells = vec![
            pen.cell(field.name.zh, label, true),
            pen.cell(in_words(&field.value), value, false),
        ];
        TableRow::new(cells).cant_split()
    });
    let rows = rows.collect();
    docx.add_table(ruled(rows)).add_paragraph(pen.paragraph())
}

fn hashes(pen: &mut Pen, entry: &MediaEntry) -> Vec<TableRow> {
    let file = format!("{}（{}字节）", entry.file_name, entry.length_bytes);
    let lines = [("文件", file), ("SHA-256", grouped(&entry.sha256)), ("SM3", grouped(&entry.sm3))];
    let number = format!("证据{}", entry.number);
    let row = |(label, text): (&str, String)| {
        let label = pen.cell(&format!("{number} {label}"), SPANS[0].0, true);
        TableRow::new(vec![label, pen.cell(&text, SPANS[0].1, false)]).cant_split()
    };
    lines.map(row).into()
}

fn signature(pen: &mut Pen, place: &SignaturePlace) -> docx_rs::Paragraph {
    let act = if place.fingerprint { "（签名、捺指印）" } else { "（签名）" };
    let mut text = format!("{}{act}：{}", place.role, place.instead.as_deref().unwrap_or(BLANK));
    let certificate = place.certificate.as_ref().map(|number| format!("证号{number}"));
    let who: Vec<&str> = place.name.iter().chain(&certificate).map(String::as_str).collect();
    if !who.is_empty() {
        text.push_str(&format!("（{}）", who.join("，")));
    }
    text.push_str(&format!("　{}", in_words(&place.day)));
    pen.paragraph().keep_next(true).add_run(Run::new().add_text(text).size(TABLE_SIZE))
}

fn closing(docx: Docx, pen: &mut Pen, agency: &Field, day: &Field, sealing: Sealing) -> Docx {
    let mut right =
        |text: &str| pen.paragraph().align(AlignmentType::Right).add_run(Run::new().add_text(text));
    let docx = docx.add_paragraph(right(in_words(&agency.value)));
    let docx = docx.add_paragraph(right(in_words(&day.value)));
    match sealing {
        Sealing::Presealed => docx,
        Sealing::Later => docx.add_paragraph(right("（印章）")),
    }
}
