//! Paragraphs, runs and cells of a DOCX, whose identities do not depend on what was made before.
use docx_rs::{
    AlignmentType, LineSpacing, Paragraph, Pic, Run, RunFonts, SpecialIndentType, TableCell,
    VAlignType, WidthType,
};

use super::{FOOT_SIZE, in_words};
use crate::content::{Value, picture_size};

/// A line for the pen inside running text.
pub(super) const BLANK: &str = "____________";

/// Width of the text on A4 with our margins, in millimetres.
pub(super) const TEXT_WIDTH_MM: usize = 156;

/// Two characters of 小四, in twentieths of a point.
const INDENT: i32 = 480;

/// One and a half lines, in 240ths of a line.
const LINE: i32 = 360;

/// Size in tables, in half points (五号).
pub(super) const TABLE_SIZE: usize = 21;

/// One millimetre in the units of a picture.
const EMU_PER_MM: u32 = 36_000;

/// How large a thumbnail is shown.
const PICTURE_MM: (u32, u32) = (64, 48);

/// Millimetres in twentieths of a point.
pub(super) fn millimetres(millimetres: i32) -> i32 {
    millimetres * 567 / 10
}

/// Makes the parts and counts them.
#[derive(Debug, Default)]
pub(super) struct Pen {
    paragraphs: u32,
    pictures: u32,
}

impl Pen {
    /// An empty paragraph.
    pub(super) fn paragraph(&mut self) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08X}", self.paragraphs))
    }

    /// A bold line in the middle.
    pub(super) fn centred(&mut self, text: &str, size: usize) -> Paragraph {
        let run = Run::new().add_text(text).size(size).bold().fonts(heading_font());
        self.paragraph().align(AlignmentType::Center).add_run(run)
    }

    /// Small print.
    pub(super) fn small(&mut self, text: &str) -> Paragraph {
        self.paragraph().add_run(Run::new().add_text(text).size(FOOT_SIZE))
    }

    /// A small heading that stays with what follows.
    pub(super) fn heading(&mut self, text: &str) -> Paragraph {
        let run = Run::new().add_text(text).bold().fonts(heading_font());
        self.paragraph().keep_next(true).line_spacing(LineSpacing::new().line(LINE)).add_run(run)
    }

    /// A paragraph of text, indented by two characters.
    pub(super) fn text(&mut self, runs: impl IntoIterator<Item = Run>) -> Paragraph {
        let indent = Some(SpecialIndentType::FirstLine(INDENT));
        let line = LineSpacing::new().line(LINE);
        let paragraph = self.paragraph().indent(None, indent, None, None).line_spacing(line);
        runs.into_iter().fold(paragraph, Paragraph::add_run)
    }

    /// The run of a value; what is filled in by hand stands on a line.
    pub(super) fn value(&self, value: &Value) -> Run {
        Run::new().add_text(in_words(value))
    }

    /// A cell of a table, `width` in twelfths of the text width.
    pub(super) fn cell(&mut self, text: &str, width: usize, label: bool) -> TableCell {
        let align = if label { AlignmentType::Center } else { AlignmentType::Left };
        let cell = spanning(width).vertical_align(VAlignType::Center);
        let lines: Vec<&str> = text.lines().collect();
        let lines = if lines.is_empty() { vec![""] } else { lines };
        lines.into_iter().fold(cell, |cell, line| {
            let run = Run::new().add_text(line).size(TABLE_SIZE);
            cell.add_paragraph(self.paragraph().align(align).add_run(run))
        })
    }

    /// A paragraph with a picture; `None` when the bytes are none.
    pub(super) fn picture(&mut self, bytes: &[u8]) -> Option<Paragraph> {
        let (width, height) = picture_size(bytes)?;
        self.pictures += 1;
        let (wide, high) = fitted(width, height);
        let picture = Pic::new_with_dimensions(bytes.to_vec(), width, height)
            .id(format!("rIdPicture{}", self.pictures))
            .size(wide, high);
        let run = Run::new().add_image(picture);
        Some(self.paragraph().align(AlignmentType::Center).keep_next(true).add_run(run))
    }
}

/// A cell over `width` of twelve columns.
pub(super) fn spanning(width: usize) -> TableCell {
    let twips = width * TEXT_WIDTH_MM * 567 / 10 / super::blocks::COLUMNS;
    TableCell::new().grid_span(width).width(twips, WidthType::Dxa)
}

fn heading_font() -> RunFonts {
    RunFonts::new().east_asia("黑体").ascii("Times New Roman").hi_ansi("Times New Roman")
}

/// The shown size that keeps the picture's shape, in the units of a picture.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (wide, high) = (PICTURE_MM.0 * EMU_PER_MM, PICTURE_MM.1 * EMU_PER_MM);
    let scaled = |side: u32, by: u32, over: u32| {
        u32::try_from(u64::from(side) * u64::from(by) / u64::from(over)).unwrap_or(side)
    };
    let height_at_full_width = scaled(wide, height, width);
    if height_at_full_width <= high {
        (wide, height_at_full_width)
    } else {
        (scaled(high, width, height), high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_within_its_frame() {
        assert_eq!(fitted(800, 400), (64 * EMU_PER_MM, 32 * EMU_PER_MM));
        assert_eq!(fitted(400, 800), (24 * EMU_PER_MM, 48 * EMU_PER_MM));
    }
}
