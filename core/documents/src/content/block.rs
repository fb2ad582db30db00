//! The parts that documents are made of.
use super::field::{Field, FieldName, Value};
use super::{MediaEntry, Sealing};

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A ruled table of labels and values.
    Table(Vec<Row>),
    /// To whom it is addressed, with a colon, not indented (主送).
    Addressee(Field),
    /// A paragraph of fixed words and fields.
    Paragraph(Vec<Piece>),
    /// A small heading.
    Heading(String),
    /// A numbered list under one name.
    Items {
        /// What the list is.
        name: FieldName,
        /// In the order of the numbers.
        items: Vec<Item>,
    },
    /// Questions and answers (问、答).
    Dialogue(Vec<Turn>),
    /// Pictures with their data, kept together picture by picture (证据页).
    Media(Vec<MediaEntry>),
    /// The digests of the same media as a table (证据哈希清单).
    HashList(Vec<MediaEntry>),
    /// Lines for signatures, kept together.
    Signatures(Vec<SignaturePlace>),
    /// The agency, the day and the seal at the end (落款).
    Closing {
        /// The agency whose seal it is.
        agency: Field,
        /// The day of the document.
        day: Field,
        /// When the seal meets the paper.
        sealing: Sealing,
    },
    /// Small print at the end: copies and who keeps them.
    Note(String),
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of the form.
    Words(String),
    /// A field inside the sentence.
    Field(Field),
}

/// A row of a table: one to three labelled cells that share the width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From left to right.
    pub cells: Vec<Cell>,
    /// The least height in millimetres, for opinions and long texts; zero for an ordinary row.
    pub height_mm_min: u16,
    /// A signature and a day at the lower right of the only cell (审批栏).
    pub signature: Option<SignaturePlace>,
}

/// A labelled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What stands on the left.
    pub field: Field,
}

/// One entry of a numbered list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// As printed, from 1.
    pub number: usize,
    /// The text.
    pub text: String,
    /// Law and article, already in words; `None` when the entry rests on none.
    pub basis: Option<String>,
    /// What follows from it, such as the opinion of a re-check.
    pub outcome: Option<String>,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// What was asked (问).
    pub question: String,
    /// What was answered, in the words of the person (答).
    pub answer: Value,
}

/// A place for one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignaturePlace {
    /// Who signs: 检查人员, 被检查单位现场负责人 and so on.
    pub role: String,
    /// The printed name beside the line, when known.
    pub name: Option<String>,
    /// The certificate number of an officer (执法证号).
    pub certificate: Option<String>,
    /// True when a fingerprint goes with it (捺指印).
    pub fingerprint: bool,
    /// What stands on the line instead of a signature, such as a noted refusal.
    pub instead: Option<String>,
    /// The day beside it.
    pub day: Value,
}

impl Row {
    /// An ordinary row.
    pub(crate) fn of(fields: impl IntoIterator<Item = Field>) -> Self {
        let cells = fields.into_iter().map(|field| Cell { field }).collect();
        Self { cells, height_mm_min: 0, signature: None }
    }

    /// A row with at least this height.
    pub(crate) fn tall(field: Field, height_mm_min: u16) -> Self {
        Self { cells: vec![Cell { field }], height_mm_min, signature: None }
    }
}

impl Piece {
    /// Words of the form.
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }
}

impl SignaturePlace {
    /// A line to sign on, with a day to be written by hand.
    pub(crate) fn line(role: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            name: None,
            certificate: None,
            fingerprint: false,
            instead: None,
            day: Value::ByHand("　　年　　月　　日"),
        }
    }
}
