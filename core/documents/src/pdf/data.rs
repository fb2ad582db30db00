//! A document as the values that the templates read; see the head of templates/frame.typ.
use typst::foundations::{Array, Bytes, Dict, IntoValue, Str, Value as TypstValue, array, dict};

use crate::content::{
    Block, Document, Field, Item, MediaEntry, Piece, Row, Sealing, SignaturePlace, Turn, Value,
    grouped,
};

/// What stands in `sys.inputs`.
pub(super) fn inputs(document: &Document, families: &[String]) -> Dict {
    dict! {
        "families" => texts(families),
        "document" => dict! {
            "title" => document.form.title(),
            "agency" => document.agency.as_str(),
            "number" => document.number.as_ref().map_or(TypstValue::None, |field| value(&field.value)),
            "long-words" => has_long_word(document),
            "signers" => texts(&document.page_signers),
            "blocks" => list(&document.blocks, block),
        },
    }
}

/// True when a run of Latin letters and signs may be wider than the cell that it stands in.
fn has_long_word(document: &Document) -> bool {
    let long = |text: &str| {
        text.split(|c: char| !c.is_ascii_graphic()).any(|word| word.len() >= LONG_WORD_CHARACTERS)
    };
    document.lines().iter().any(|line| long(&line.text))
}

/// The narrowest cell for a free text holds this many characters at the size of tables.
const LONG_WORD_CHARACTERS: usize = 24;

fn list<T>(entries: &[T], one: impl Fn(&T) -> TypstValue) -> Array {
    entries.iter().map(one).collect()
}

fn texts(entries: &[String]) -> Array {
    list(entries, |entry| text(entry))
}

fn text(text: &str) -> TypstValue {
    Str::from(text).into_value()
}

/// Line breaks become paragraphs; the engine would take them for blanks.
fn lines(text: &str) -> Array {
    text.lines().map(|line| Str::from(line.trim_end()).into_value()).collect()
}

fn value(value: &Value) -> TypstValue {
    let (kind, lines) = match value {
        Value::Printed(text) => ("printed", lines(text)),
        Value::ByHand("") => ("line", array![]),
        Value::ByHand(words) => ("words", lines(words)),
        Value::Struck => ("struck", array![]),
    };
    dict! { "kind" => kind, "lines" => lines }.into_value()
}

fn field(field: &Field) -> TypstValue {
    dict! { "label" => field.name.zh, "value" => value(&field.value) }.into_value()
}

fn optional(entry: Option<&String>) -> TypstValue {
    entry.map_or(TypstValue::None, |entry| text(entry))
}

fn block(block: &Block) -> TypstValue {
    let dict = match block {
        Block::Table(rows) => dict! { "kind" => "table", "rows" => list(rows, row) },
        Block::Addressee(to) => dict! { "kind" => "addressee", "value" => value(&to.value) },
        Block::Paragraph(pieces) => {
            dict! { "kind" => "paragraph", "pieces" => list(pieces, piece) }
        }
        Block::Heading(words) => dict! { "kind" => "heading", "text" => words.as_str() },
        Block::Items { items, .. } => dict! { "kind" => "items", "items" => list(items, item) },
        Block::Dialogue(turns) => dict! { "kind" => "dialogue", "turns" => list(turns, turn) },
        Block::Media(media) => dict! { "kind" => "media", "media" => list(media, medium) },
        Block::HashList(media) => dict! { "kind" => "hashes", "media" => list(media, medium) },
        Block::Signatures(places) => {
            dict! { "kind" => "signatures", "places" => list(places, place) }
        }
        Block::Closing { agency, day, sealing } => dict! {
            "kind" => "closing",
            "agency" => value(&agency.value),
            "day" => value(&day.value),
            "presealed" => *sealing == Sealing::Presealed,
        },
        Block::Note(words) => dict! { "kind" => "note", "text" => words.as_str() },
    };
    dict.into_value()
}

fn row(row: &Row) -> TypstValue {
    dict! {
        "cells" => list(&row.cells, |cell| field(&cell.field)),
        "height" => i64::from(row.height_mm_min),
        "signature" => row.signature.as_ref().map_or(TypstValue::None, place),
    }
    .into_value()
}

fn piece(piece: &Piece) -> TypstValue {
    match piece {
        Piece::Words(words) => text(words),
        Piece::Field(entry) => value(&entry.value),
    }
}

fn item(item: &Item) -> TypstValue {
    dict! {
        "number" => item.number.to_string(),
        "lines" => lines(&item.text),
        "basis" => optional(item.basis.as_ref()),
        "outcome" => optional(item.outcome.as_ref()),
    }
    .into_value()
}

fn turn(turn: &Turn) -> TypstValue {
    dict! { "question" => lines(&turn.question), "answer" => value(&turn.answer) }.into_value()
}

fn medium(entry: &MediaEntry) -> TypstValue {
    let picture =
        entry.thumbnail.clone().map_or(TypstValue::None, |bytes| Bytes::new(bytes).into_value());
    dict! {
        "number" => entry.number.to_string(),
        "picture" => picture,
        "fields" => list(&entry.fields, field),
        "file" => entry.file_name.as_str(),
        "length" => entry.length_bytes.to_string(),
        "sha256" => grouped(&entry.sha256),
        "sm3" => grouped(&entry.sm3),
    }
    .into_value()
}

fn place(place: &SignaturePlace) -> TypstValue {
    dict! {
        "role" => place.role.as_str(),
        "name" => optional(place.name.as_ref()),
        "certificate" => optional(place.certificate.as_ref()),
        "fingerprint" => place.fingerprint,
        "instead" => optional(place.instead.as_ref()),
        "day" => value(&place.day),
    }
    .into_value()
}
