//! Every text of a document in reading order, for the sheet to copy from and the glyph check.
use super::{Block, Document, Field, Item, MediaEntry, Piece, Row, SignaturePlace, Value, grouped};

/// A text of the document and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The key of the field, with `.1`, `.2` and so on in lists.
    pub key: String,
    /// The label in Chinese.
    pub label: String,
    /// The label in English.
    pub label_en: String,
    /// The text; empty when it is left to the pen or does not apply.
    pub text: String,
}

impl Document {
    /// All fields in reading order, lists entry by entry. Words of the form itself are not among
    /// them.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![line("agency", "执法机关", "agency", &self.agency)];
        lines.extend(self.number.as_ref().map(of_field));
        for block in &self.blocks {
            of_block(block, &mut lines);
        }
        lines
    }
}

impl Document {
    /// The fixed words of the form that are printed beside the fields.
    #[cfg(feature = "pdf")]
    pub(crate) fn words(&self) -> Vec<&str> {
        let mut words = vec![self.form.title()];
        words.extend(self.page_signers.iter().map(String::as_str));
        for block in &self.blocks {
            match block {
                Block::Paragraph(pieces) => {
                    words.extend(pieces.iter().filter_map(|piece| match piece {
                        Piece::Words(text) => Some(text.as_str()),
                        Piece::Field(_) => None,
                    }));
                }
                Block::Heading(text) | Block::Note(text) => words.push(text),
                Block::Signatures(places) => {
                    words.extend(places.iter().map(|place| place.role.as_str()));
                }
                _ => {}
            }
        }
        words
    }
}

fn line(key: impl Into<String>, label: &str, label_en: &str, text: &str) -> Line {
    let (label, label_en) = (label.to_owned(), label_en.to_owned());
    Line { key: key.into(), label, label_en, text: text.to_owned() }
}

fn of_field(field: &Field) -> Line {
    line(field.name.key, field.name.zh, field.name.en, field.value.text())
}

fn of_block(block: &Block, lines: &mut Vec<Line>) {
    match block {
        Block::Table(rows) => rows.iter().for_each(|row| of_row(row, lines)),
        Block::Addressee(field) => lines.push(of_field(field)),
        Block::Paragraph(pieces) => lines.extend(pieces.iter().filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Field(field) => Some(of_field(field)),
        })),
        Block::Items { name, items } => {
            lines.extend(items.iter().map(|item| {
                let label = format!("{}（{}）", name.zh, item.number);
                let label_en = format!("{} {}", name.en, item.number);
                line(format!("{}.{}", name.key, item.number), &label, &label_en, &item.in_words())
            }));
        }
        Block::Dialogue(turns) => {
            for (number, turn) in (1..).zip(turns) {
                let label = |kind: &str| format!("{kind}（{number}）");
                let question = format!("question {number}");
                lines.push(line(
                    format!("question.{number}"),
                    &label("问"),
                    &question,
                    &turn.question,
                ));
                let answer = format!("answer {number}");
                let text = turn.answer.text();
                lines.push(line(format!("answer.{number}"), &label("答"), &answer, text));
            }
        }
        Block::Media(media) => media.iter().for_each(|entry| of_media(entry, lines)),
        Block::HashList(media) => media.iter().for_each(|entry| of_hashes(entry, lines)),
        Block::Signatures(places) => places.iter().for_each(|place| of_signature(place, lines)),
        Block::Closing { agency, day, .. } => lines.extend([of_field(agency), of_field(day)]),
        Block::Heading(_) | Block::Note(_) => {}
    }
}

fn of_row(row: &Row, lines: &mut Vec<Line>) {
    lines.extend(row.cells.iter().map(|cell| of_field(&cell.field)));
    if let Some(place) = &row.signature {
        of_signature(place, lines);
    }
}

fn of_signature(place: &SignaturePlace, lines: &mut Vec<Line>) {
    let role = &place.role;
    if let Some(name) = &place.name {
        lines.push(line("signer", role, "signer", name));
    }
    if let Some(certificate) = &place.certificate {
        lines.push(line("certificate", &format!("{role}证号"), "certificate", certificate));
    }
    if let Some(instead) = &place.instead {
        lines.push(line(
            "signature_note",
            &format!("{role}签名说明"),
            "note on signature",
            instead,
        ));
    }
    if let Value::Printed(day) = &place.day {
        lines.push(line("signed_on", &format!("{role}签名日期"), "day of signature", day));
    }
}

fn of_media(entry: &MediaEntry, lines: &mut Vec<Line>) {
    for field in &entry.fields {
        let (name, number) = (field.name, entry.number);
        let label = format!("{}（{number}）", name.zh);
        let label_en = format!("{} {number}", name.en);
        lines.push(line(format!("{}.{number}", name.key), &label, &label_en, field.value.text()));
    }
}

fn of_hashes(entry: &MediaEntry, lines: &mut Vec<Line>) {
    let number = entry.number;
    let mut add = |key: &str, zh: &str, text: &str| {
        lines.push(line(
            format!("{key}.{number}"),
            &format!("{zh}（{number}）"),
            &format!("{key} {number}"),
            text,
        ));
    };
    add("file_name", "文件名", &entry.file_name);
    add("length_bytes", "字节数", &entry.length_bytes.to_string());
    add("sha256", "SHA-256", &grouped(&entry.sha256));
    add("sm3", "SM3", &grouped(&entry.sm3));
}

impl Item {
    /// The entry as one text: what, by which law, and what follows.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = self.text.clone();
        if let Some(basis) = &self.basis {
            text.push_str(&format!("（依据：{basis}）"));
        }
        if let Some(outcome) = &self.outcome {
            text.push_str(&format!("【{outcome}】"));
        }
        text
    }
}
