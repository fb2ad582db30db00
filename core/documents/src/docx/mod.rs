//! Documents as DOCX, for offices that go on writing in a word processor. Same content as the PDF.
//!
//! Fonts are named, not embedded: 宋体 and 黑体 are on every office machine in China.

mod blocks;
mod parts;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Footer, NumPages, PageMargin, PageNum, Paragraph, Run, RunFonts,
};

use crate::content::{Document, Value};
use parts::{Pen, millimetres};

/// A4 in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);

/// Margins as in the PDF, in millimetres: top, right, bottom, left.
const MARGINS_MM: [i32; 4] = [28, 26, 28, 28];

/// Sizes in half points: 三号 for the agency, 二号 for the title, 小四 for text.
const AGENCY_SIZE: usize = 32;
const TITLE_SIZE: usize = 44;
const TEXT_SIZE: usize = 24;
const FOOT_SIZE: usize = 19;

/// The writer of the package failed; no content leads there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "无法生成DOCX：{message}。请导出PDF，并报告此问题 | no DOCX was made: {message}; export a PDF instead, and report this"
)]
pub struct DocxError {
    message: String,
}

/// The bytes of a DOCX file. The same document gives the same bytes.
///
/// # Errors
///
/// When the package cannot be written to memory.
pub fn write(document: &Document) -> Result<Vec<u8>, DocxError> {
    let mut pen = Pen::default();
    let mut docx = page(document, &mut pen);
    docx = docx.add_paragraph(pen.centred(&document.agency, AGENCY_SIZE));
    docx = docx.add_paragraph(pen.centred(document.form.title(), TITLE_SIZE));
    if let Some(number) = &document.number {
        let run = pen.value(&number.value);
        let line = pen.paragraph().align(AlignmentType::Right).add_run(run);
        docx = docx.add_paragraph(line);
    }
    for block in &document.blocks {
        docx = blocks::add(docx, &mut pen, block);
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.pack(&mut bytes).map_err(|error| DocxError { message: error.to_string() })?;
    Ok(bytes.into_inner())
}

fn page(document: &Document, pen: &mut Pen) -> Docx {
    let [top, right, bottom, left] = MARGINS_MM.map(millimetres);
    let (header, footer) = (millimetres(15), millimetres(12));
    let margin = PageMargin { top, right, bottom, left, header, footer, gutter: 0 };
    let fonts =
        RunFonts::new().east_asia("宋体").ascii("Times New Roman").hi_ansi("Times New Roman");
    Docx::new()
        .page_size(A4.0, A4.1)
        .page_margin(margin)
        .default_fonts(fonts)
        .default_size(TEXT_SIZE)
        .footer(foot(document, pen))
}

/// Who signs each page, and 第 X 页 共 Y 页.
fn foot(document: &Document, pen: &mut Pen) -> Footer {
    let mut footer = Footer::new();
    if !document.page_signers.is_empty() {
        let mut line = String::new();
        for role in &document.page_signers {
            line.push_str(&format!("{role}：{}　", parts::BLANK));
        }
        footer = footer.add_paragraph(pen.small(&line));
    }
    let words = |text: &str| Run::new().add_text(text).size(FOOT_SIZE);
    let numbers: Paragraph = pen
        .paragraph()
        .align(AlignmentType::Center)
        .add_run(words("第 "))
        .add_page_num(PageNum::new())
        .add_run(words(" 页　共 "))
        .add_num_pages(NumPages::new())
        .add_run(words(" 页"));
    footer.add_paragraph(numbers)
}

/// The text that stands for a value in running text.
pub(crate) fn in_words(value: &Value) -> &str {
    match value {
        Value::Printed(text) => text,
        Value::ByHand("") => parts::BLANK,
        Value::ByHand(words) => words,
        Value::Struck => crate::content::STROKE,
    }
}
