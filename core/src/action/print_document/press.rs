//! Turns a document into files: PDF (feature `pdf`), DOCX, and the sheet to copy from.

use std::collections::BTreeSet;

use angen_documents::copy_out::PlatformOrder;
use angen_documents::{Document, copy_out, docx};
use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use sha2::{Digest, Sha256};

use crate::procedure::paper::Lack;

/// What a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// PDF/A-2b: what is printed and signed.
    Pdf,
    /// DOCX, for an office that goes on writing.
    Docx,
    /// 平台录入单, to type into a platform: text.
    CopyOut,
    /// The same as a table.
    CopyOutTable,
}

/// A file of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedFile {
    /// What it is.
    pub kind: FileKind,
    /// A name for it: title and number.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Makes a small upright JPEG or PNG of a photo's bytes; none when it cannot be read.
pub(super) type Shrink = dyn Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync;

/// Prints documents. It parses fonts and templates once, so one is kept for many documents.
#[derive(Default)]
pub struct Printer {
    shrink: Option<Box<Shrink>>,
    order: PlatformOrder,
    #[cfg(feature = "pdf")]
    press: std::sync::OnceLock<angen_documents::pdf::Press>,
    #[cfg(feature = "pdf")]
    extra_fonts: Vec<Vec<u8>>,
}

impl FileKind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Docx, Self::CopyOut, Self::CopyOutTable];

    /// What stands behind the dot in a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::CopyOut => "txt",
            Self::CopyOutTable => "csv",
        }
    }
}

impl PrintedFile {
    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self) -> Hash {
        Hash(Sha256::digest(&self.bytes).into())
    }
}

impl Printer {
    /// A printer that shows photos as the host makes them small.
    #[must_use]
    pub fn with_pictures(
        shrink: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        Self { shrink: Some(Box::new(shrink)), ..Self::default() }
    }

    /// Falls back to further fonts for rare characters 生僻字.
    #[cfg(feature = "pdf")]
    #[must_use]
    pub fn with_fonts(self, extra_fonts: Vec<Vec<u8>>) -> Self {
        Self { extra_fonts, ..self }
    }

    /// The order in which the platform asks for fields.
    #[must_use]
    pub fn with_order(self, order: PlatformOrder) -> Self {
        Self { order, ..self }
    }

    pub(super) fn thumbnail(&self, original: &[u8]) -> Option<Vec<u8>> {
        self.shrink.as_ref()?(original)
    }

    /// The files of a document, or why one of them cannot be made.
    pub(super) fn press(
        &self,
        document: &Document,
        kinds: &BTreeSet<FileKind>,
        made_at_ms: i64,
        id: EntityId,
    ) -> Result<Vec<PrintedFile>, Vec<Lack>> {
        let stem = stem(document, id);
        let mut files = Vec::new();
        for kind in kinds {
            let bytes = match kind {
                FileKind::Pdf => self.pdf(document, made_at_ms)?,
                FileKind::Docx => docx::write(document)
                    .map_err(|error| vec![in_both("docx", &error.to_string())])?,
                FileKind::CopyOut => copy_out::text(document, &self.order).into_bytes(),
                FileKind::CopyOutTable => copy_out::csv(document, &self.order).into_bytes(),
            };
            let name = format!("{stem}.{}", kind.extension());
            files.push(PrintedFile { kind: *kind, name, bytes });
        }
        Ok(files)
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, document: &Document, made_at_ms: i64) -> Result<Vec<u8>, Vec<Lack>> {
        use angen_documents::pdf::Press;
        let press = match self.press.get() {
            Some(press) => press,
            None => {
                let made =
                    Press::with_fonts(self.extra_fonts.clone()).map_err(|e| pdf_lacks(&e))?;
                self.press.get_or_init(|| made)
            }
        };
        let made_at = crate::domain::china_clock(made_at_ms).unwrap_or_default();
        press.print(document, made_at).map_err(|error| pdf_lacks(&error))
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf(&self, _: &Document, _: i64) -> Result<Vec<u8>, Vec<Lack>> {
        Err(vec![Lack::new(
            "pdf",
            "这个程序没有带PDF排版引擎：请改出DOCX，或换用带此功能的程序",
            "this program was built without the typesetting engine: write DOCX, or use one that has it",
        )])
    }
}

/// One line for each character that no font has: the field, the character, and what to do.
#[cfg(feature = "pdf")]
fn pdf_lacks(error: &angen_documents::pdf::PdfError) -> Vec<Lack> {
    use angen_documents::pdf::{MissingGlyph, PdfError};
    let PdfError::MissingGlyphs(glyphs) = error else {
        return vec![in_both("pdf", &error.to_string())];
    };
    let one = |glyph: &MissingGlyph| {
        let (character, code) = (glyph.character, u32::from(glyph.character));
        let label = &glyph.label;
        Lack::new(
            "pdf",
            format!(
                "“{label}”中的“{character}”（U+{code:04X}）字体里没有：请装生僻字字体，或改用手填"
            ),
            format!(
                "no font has the character {character} (U+{code:04X}) of {}: add a font that has it, or leave the field to the pen",
                glyph.label_en
            ),
        )
    };
    glyphs.iter().map(one).collect()
}

/// Errors of the library say both languages in one line, with ` | ` between them.
fn in_both(place: &str, text: &str) -> Lack {
    let (zh, en) = text.split_once(" | ").unwrap_or((text, text));
    Lack::new(place, zh, en)
}

/// Title and number, whose brackets stand in any file name; the beginning of the id, where the form
/// has no number, so that two of one kind lie side by side.
fn stem(document: &Document, id: EntityId) -> String {
    let title = document.form.title();
    match &document.number {
        Some(number) => format!("{title}{}", number.value.text()),
        None => format!("{title}-{}", &id.to_string()[..ID_SHOWN]),
    }
}

/// Characters of an id in a file's name: the first group of a UUID.
const ID_SHOWN: usize = 8;
