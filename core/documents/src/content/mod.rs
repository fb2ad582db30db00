//! The content of a document, before any engine: what stands on the paper and in which order.
//!
//! PDF, DOCX and the copy-out sheet are all made from this, so they cannot say different things.

mod block;
mod field;
mod media;
mod walk;

pub use block::{Block, Cell, Item, Piece, Row, SignaturePlace, Turn};
pub(crate) use field::STROKE;
pub use field::{Field, FieldName, Value};
pub(crate) use media::picture_size;
pub use media::{DIGEST_BYTES, MEDIA_MAX, MediaEntry, THUMBNAIL_BYTES_MAX, grouped};
pub use walk::Line;

use crate::form::Form;

/// When the seal (印章) meets the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// The paper carries the seal already (预盖章): the closing stands at a fixed place of the last
    /// page, so that every sheet can be sealed at the same spot: centred 56 mm from the right edge
    /// and 49 mm from the lower edge of A4.
    Presealed,
    /// The seal is put on afterwards (后盖章): a place for it is marked beside the closing.
    Later,
}

/// A document ready for an engine. Only [`crate::forms`] makes one, after every must-have field
/// was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which form it is.
    pub form: Form,
    /// The agency in whose name it is (执法机关), above the title.
    pub agency: String,
    /// The document number (文号); forms like an interview record have none.
    pub number: Option<Field>,
    /// The parts in reading order.
    pub blocks: Vec<Block>,
    /// Who signs at the foot of every page (逐页签名); empty when the form does not ask for it.
    pub page_signers: Vec<String>,
}
