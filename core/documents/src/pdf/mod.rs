//! Documents as PDF/A-2b, typeset by typst from the templates of this crate.
//!
//! The templates are sources; what users wrote reaches them as data and is never read as markup.

mod data;
mod fonts;
mod world;

use chrono::{Datelike, NaiveDateTime, Timelike};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::content::Document;
use fonts::Fonts;

/// Typst remembers what it computed for this many documents; more would only hold memory.
const REMEMBERED_DOCUMENTS: usize = 8;

/// China has one time zone, eight hours before UTC.
const CHINA_MINUTES: i32 = 8 * 60;

/// Why no PDF is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// Characters that no font can print. The document would show boxes instead.
    #[error("{}", missing_in_words(.0))]
    MissingGlyphs(Vec<MissingGlyph>),
    /// Bytes given as a font that are none.
    #[error(
        "第{number}个补充字体无法读取：请提供完整的TTF、OTF或TTC文件 | extra font {number} cannot be read; give a whole TTF, OTF or TTC file"
    )]
    NotAFont {
        /// Which of those given, from 1.
        number: usize,
    },
    /// The engine refuses, for example because a thumbnail is damaged.
    #[error(
        "排版失败：{message}。请检查缩略图是否完整 | typesetting failed: {message}; check that the thumbnails are whole"
    )]
    Engine {
        /// What the engine says.
        message: String,
    },
}

/// A character without a glyph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The label of the field, or of the form's own words.
    pub label: String,
    /// The same in English.
    pub label_en: String,
}

fn missing_in_words(missing: &[MissingGlyph]) -> String {
    let one = |glyph: &MissingGlyph| {
        let (character, code) = (glyph.character, u32::from(glyph.character));
        format!("“{}”中的“{character}”（U+{code:04X}） | {}", glyph.label, glyph.label_en)
    };
    let list: Vec<String> = missing.iter().map(one).collect();
    format!(
        "字体中没有这些字，请安装生僻字字体，或改用手填 | the fonts lack these characters; add a font that has them, or leave the field to the pen\n{}",
        list.join("\n")
    )
}

/// Prints documents. Making one parses fonts and templates, so one is kept for many documents.
pub struct Press {
    fonts: Fonts,
    sources: world::Sources,
}

impl Press {
    /// A press with the embedded fonts, which hold GB 2312 and the marks of forms.
    ///
    /// # Errors
    ///
    /// None that the caller can cause; the embedded fonts are part of the program.
    pub fn new() -> Result<Self, PdfError> {
        Self::with_fonts(Vec::new())
    }

    /// A press that falls back to further fonts (TTF, OTF or TTC files) for rare characters.
    ///
    /// # Errors
    ///
    /// [`PdfError::NotAFont`] when one cannot be read.
    pub fn with_fonts(extra: Vec<Vec<u8>>) -> Result<Self, PdfError> {
        Ok(Self { fonts: Fonts::load(extra)?, sources: world::Sources::parse() })
    }

    /// The PDF/A-2b of a document. `made_at` is China time and goes into the file's metadata; the
    /// same document and time give the same bytes.
    ///
    /// # Errors
    ///
    /// [`PdfError::MissingGlyphs`] with every character that cannot be printed;
    /// [`PdfError::Engine`] when a thumbnail is damaged.
    pub fn print(&self, document: &Document, made_at: NaiveDateTime) -> Result<Vec<u8>, PdfError> {
        self.fonts.check(document)?;
        let inputs = data::inputs(document, self.fonts.families());
        let world = world::Desk::new(&self.fonts, &self.sources, document.form, inputs);
        let pages = typst::compile::<PagedDocument>(&world);
        let pages = pages.output.map_err(|errors| engine(&errors))?;
        let pdf = typst_pdf::pdf(&pages, &options(made_at)).map_err(|errors| engine(&errors));
        typst::comemo::evict(REMEMBERED_DOCUMENTS);
        pdf
    }
}

fn options(made_at: NaiveDateTime) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::A_2b]);
    PdfOptions {
        creator: Smart::Custom(Some("Angen".to_owned())),
        timestamp: timestamp(made_at),
        standards: standards.expect("PDF/A-2b alone contradicts nothing"),
        ..PdfOptions::default()
    }
}

/// `None` for years that the engine cannot express.
fn timestamp(made_at: NaiveDateTime) -> Option<Timestamp> {
    let small = |number: u32| u8::try_from(number).ok();
    let time = Datetime::from_ymd_hms(
        made_at.year(),
        small(made_at.month())?,
        small(made_at.day())?,
        small(made_at.hour())?,
        small(made_at.minute())?,
        small(made_at.second())?,
    )?;
    Timestamp::new_local(time, CHINA_MINUTES)
}

fn engine(errors: &[SourceDiagnostic]) -> PdfError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    PdfError::Engine { message: messages.join("; ") }
}
