//! Chinese and Latin letters as outlines, from the small font that lies in assets/.

use tiny_skia::{Path, PathBuilder};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A subset of Noto Sans CJK SC (OFL-1.1) with the characters that the samples use.
pub(crate) const FONT: &[u8] = include_bytes!("../assets/letters.ttf");

/// The parsed font. Parsing reads a few tables only, so that it is done anew for each text.
pub(crate) fn face() -> Face<'static> {
    Face::parse(FONT, 0).expect("the font is part of this crate and its tests draw every character")
}

/// The glyph of a character.
///
/// # Panics
/// When the subset lacks it: a box in the place of a word would spoil the sample silently.
pub(crate) fn glyph(face: &Face<'_>, character: char) -> GlyphId {
    face.glyph_index(character).unwrap_or_else(|| {
        panic!("assets/letters.ttf lacks {character:?}: make the font anew as README.md tells")
    })
}

/// How wide a text is in pixels when it is `size` pixels high.
pub(crate) fn width(text: &str, size: f32) -> f32 {
    let face = face();
    let units: f32 = text.chars().map(|character| advance(&face, character)).sum();
    units * size / f32::from(face.units_per_em())
}

/// The outlines of a text with its baseline at (`x`, `y`); `None` when nothing would be seen.
pub(crate) fn outline(text: &str, size: f32, x: f32, y: f32) -> Option<Path> {
    let face = face();
    let scale = size / f32::from(face.units_per_em());
    let mut pen = Pen { path: PathBuilder::new(), x, y, scale };
    for character in text.chars() {
        face.outline_glyph(glyph(&face, character), &mut pen);
        pen.x += advance(&face, character) * scale;
    }
    pen.path.finish()
}

fn advance(face: &Face<'_>, character: char) -> f32 {
    f32::from(face.glyph_hor_advance(glyph(face, character)).unwrap_or(0))
}

/// Carries glyph outlines (y upwards, font units) to the sheet (y downwards, pixels).
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
