//! Parts that every form has: a title, labelled lines, a table.

use crate::canvas::{Canvas, Ink, ink};
use crate::lettering;
use crate::paper::PAGE_WIDTH;

/// Colour of print.
pub(crate) const PRINT: Ink = ink(0x22_2222);
/// Left and right margin of a page.
pub(crate) const MARGIN: f32 = 80.0;
/// Height of the letters of a paragraph.
const BODY_SIZE: f32 = 24.0;
/// From the baseline of a paragraph's line to that of the next.
const BODY_STEP: f32 = 38.0;

/// The title in the middle of the head of the page.
pub(crate) fn title(canvas: &mut Canvas, text: &str) {
    canvas.text_centred((PAGE_WIDTH / 2.0, 120.0), 44.0, PRINT, text);
}

/// A label and its value on a ruled line.
pub(crate) fn line(canvas: &mut Canvas, y: f32, label: &str, value: &str) {
    canvas.text((MARGIN, y), 24.0, PRINT, label);
    let start = MARGIN + 24.0 * label.chars().count() as f32 + 8.0;
    canvas.text((start + 8.0, y), 24.0, ink(0x1a_2a5a), value);
    canvas.line(&[(start, y + 7.0), (PAGE_WIDTH - MARGIN, y + 7.0)], 1.2, PRINT);
}

/// A table whose columns have the given widths; returns the y of its lower edge.
pub(crate) fn table(
    canvas: &mut Canvas,
    top: f32,
    row_height: f32,
    widths: &[f32],
    rows: &[Vec<String>],
) -> f32 {
    let right = MARGIN + widths.iter().sum::<f32>();
    for (index, row) in rows.iter().enumerate() {
        let y = top + index as f32 * row_height;
        canvas.line(&[(MARGIN, y), (right, y)], 1.4, PRINT);
        let mut x = MARGIN;
        for (cell, width) in row.iter().zip(widths) {
            let size = if index == 0 { 24.0 } else { 22.0 };
            canvas.text_centred((x + width / 2.0, y + row_height * 0.64), size, PRINT, cell);
            x += width;
        }
    }
    let bottom = top + rows.len() as f32 * row_height;
    canvas.line(&[(MARGIN, bottom), (right, bottom)], 1.4, PRINT);
    let mut x = MARGIN;
    for width in std::iter::once(&0.0).chain(widths) {
        x += width;
        canvas.line(&[(x, top), (x, bottom)], 1.4, PRINT);
    }
    bottom
}

/// A paragraph that breaks before `right`; returns the baseline of the line after it.
pub(crate) fn paragraph(
    canvas: &mut Canvas,
    (left, top): (f32, f32),
    right: f32,
    ink: Ink,
    text: &str,
) -> f32 {
    let (mut y, mut line) = (top, String::new());
    for character in text.chars() {
        // A line does not begin with a mark that closes; it may hang over the margin a little.
        let hangs = matches!(character, '，' | '。' | '；' | '、' | '？' | '：' | '）');
        let full = lettering::width(&line, BODY_SIZE) + BODY_SIZE > right - left;
        if full && !hangs {
            canvas.text((left, y), BODY_SIZE, ink, &line);
            line.clear();
            y += BODY_STEP;
        }
        line.push(character);
    }
    canvas.text((left, y), BODY_SIZE, ink, &line);
    y + BODY_STEP
}

/// Cells of a row from plain words.
pub(crate) fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_string()).collect()
}
