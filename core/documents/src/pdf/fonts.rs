//! The fonts: two embedded ones, those that the deployer adds, and which characters they lack.
use std::collections::BTreeSet;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use super::{MissingGlyph, PdfError};
use crate::content::Document;

/// Noto Serif CJK SC cut down to GB 2312 and marks; see fonts/subset.py and fonts/OFL.txt.
const EMBEDDED: [&[u8]; 2] = [
    include_bytes!("../../fonts/angen-serif-sc-regular.otf"),
    include_bytes!("../../fonts/angen-serif-sc-bold.otf"),
];

/// Fonts that are loaded and known to the engine.
pub(super) struct Fonts {
    loaded: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<String>,
}

impl Fonts {
    pub(super) fn load(extra: Vec<Vec<u8>>) -> Result<Self, PdfError> {
        let mut loaded: Vec<Font> = EMBEDDED
            .iter()
            .map(|bytes| Font::new(Bytes::new(*bytes), 0).expect("the embedded fonts are whole"))
            .collect();
        for (number, bytes) in (1..).zip(extra) {
            let before = loaded.len();
            loaded.extend(Font::iter(Bytes::new(bytes)));
            if loaded.len() == before {
                return Err(PdfError::NotAFont { number });
            }
        }
        let mut families = Vec::new();
        for font in &loaded {
            let family = font.info().family.to_string();
            if !families.contains(&family) {
                families.push(family);
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&loaded));
        Ok(Self { loaded, book, families })
    }

    /// The families in the order in which a character is looked for.
    pub(super) fn families(&self) -> &[String] {
        &self.families
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.loaded.get(index).cloned()
    }

    /// Refuses a document with a character that no font has.
    pub(super) fn check(&self, document: &Document) -> Result<(), PdfError> {
        let mut missing = Vec::new();
        for line in document.lines() {
            let label = &line.label;
            missing.extend(self.missing(&line.text, label, &line.label_en));
            missing.extend(self.missing(label, label, &line.label_en));
        }
        for words in document.words() {
            missing.extend(self.missing(words, "文书固定用语", "words of the form"));
        }
        if missing.is_empty() { Ok(()) } else { Err(PdfError::MissingGlyphs(missing)) }
    }

    fn missing(&self, text: &str, label: &str, label_en: &str) -> Vec<MissingGlyph> {
        let characters: BTreeSet<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let lacking = characters.into_iter().filter(|character| !self.has(*character));
        let (label, label_en) = (label.to_owned(), label_en.to_owned());
        lacking
            .map(|character| MissingGlyph {
                character,
                label: label.clone(),
                label_en: label_en.clone(),
            })
            .collect()
    }

    fn has(&self, character: char) -> bool {
        self.loaded.iter().any(|font| font.info().coverage.contains(character.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_embedded_styles_have_the_same_characters() {
        let sets = EMBEDDED.map(|bytes| {
            let face = ttf_parser::Face::parse(bytes, 0).unwrap();
            let mut set = BTreeSet::new();
            for table in face.tables().cmap.unwrap().subtables {
                table.codepoints(|code| {
                    set.insert(code);
                });
            }
            set
        });
        assert!(sets[0].len() > 7_500, "{}", sets[0].len());
        assert_eq!(sets[0], sets[1]);
    }

    #[test]
    fn bytes_that_are_no_font_are_refused() {
        let refused = Fonts::load(vec![EMBEDDED[0].to_vec(), b"no font".to_vec()]);
        assert_eq!(refused.err(), Some(PdfError::NotAFont { number: 2 }));
    }
}
