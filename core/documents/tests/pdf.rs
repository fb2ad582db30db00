//! The PDFs as other programs see them. Needs qpdf and poppler-utils on the machine.
#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]
mod samples;

use std::path::Path;
use std::process::Command;

use angen_documents::pdf::{PdfError, Press};
use angen_documents::*;

/// What a program prints. A machine without it fails the test: an unchecked PDF is no pass.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| {
        panic!("{program} cannot run ({error}): apt-get install qpdf poppler-utils")
    });
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {text}{errors}");
    text
}

/// Text without white space, since programs place blanks between glyphs as they like.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn printed(document: &Document) -> tempfile::NamedTempFile {
    let pdf = Press::new().unwrap().print(document, samples::at(5, 12, 0)).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    file
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The text of each page.
fn pages(file: &tempfile::NamedTempFile) -> Vec<String> {
    let text = run("pdftotext", &["-layout", "-enc", "UTF-8", name(file.path()), "-"]);
    let mut pages: Vec<String> = text.split('\u{c}').map(dense).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "every page ends with a form feed");
    pages
}

/// The text in the order of reading, with the foot of each page taken out.
fn reading_text(file: &tempfile::NamedTempFile) -> String {
    dense(&run("pdftotext", &["-raw", "-enc", "UTF-8", name(file.path()), "-"]))
}

#[test]
fn every_form_is_sound_and_claims_pdf_a_2b() {
    for document in samples::documents() {
        let file = printed(&document);
        run("qpdf", &["--check", name(file.path())]);
        let fonts = run("pdffonts", &[name(file.path())]);
        for font in fonts.lines().skip(2) {
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            // From the right: object generation, object, unicode, subset, embedded.
            assert_eq!((columns[4], columns[3]), ("yes", "yes"), "{:?}: {font}", document.form);
        }
        let meta = run("pdfinfo", &["-meta", name(file.path())]);
        assert!(
            meta.contains("<pdfaid:part>2") && meta.contains("<pdfaid:conformance>B"),
            "{meta}"
        );
    }
}

#[test]
fn another_program_finds_every_field_of_every_form() {
    for document in samples::documents() {
        let text = reading_text(&printed(&document));
        for line in document.lines() {
            // The foot of a page may cut a long text, so it is looked for sentence by sentence.
            for sentence in
                line.text.split(['。', '，', '；', '（', '）', '〔', '《', '【', '】', '\n'])
            {
                let wanted = dense(sentence);
                let half: String = wanted.chars().take(12).collect();
                assert!(text.contains(&half), "{:?} {}: {sentence}", document.form, line.key);
            }
        }
        let title = document.form.title();
        assert!(text.contains(title), "{title}");
    }
}

#[test]
fn every_page_says_which_of_how_many_it_is_and_who_signs_it() {
    let document = samples::interview_record(18).document().unwrap();
    let pages = pages(&printed(&document));
    assert!(pages.len() >= 3, "{} pages", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains(&format!("第{number}页共{}页", pages.len())), "{page}");
        for role in ["被询问人（签名、捺指印）：", "询问人：", "记录人："] {
            assert!(page.contains(role), "{role} is not on page {number}");
        }
    }
    assert!(pages.last().unwrap().contains("以上笔录我已看过（或已向我宣读），与我说的相符"));
}

#[test]
fn no_page_holds_signatures_alone() {
    for turns in 1..30 {
        let document = samples::interview_record(turns).document().unwrap();
        let pages = pages(&printed(&document));
        let last = pages.last().unwrap();
        assert!(last.contains("答：") && last.contains("以上笔录"), "{turns} turns: {last}");
    }
}

#[test]
fn the_hash_list_is_signed_on_a_page_with_a_digest() {
    for count in [1, 2, 5, 6, 7, 8, 9, 10] {
        let document = samples::evidence_pages(count).document().unwrap();
        let pages = pages(&printed(&document));
        let signed = pages.iter().find(|page| page.contains("当事人（现场负责人）")).unwrap();
        assert!(signed.contains("SHA-256"), "{count} media: {signed}");
    }
}

#[test]
fn a_presealed_sheet_has_its_closing_last_and_no_place_for_a_seal() {
    let mut order = samples::correction_order();
    let later = reading_text(&printed(&order.document().unwrap()));
    order.sealing = Sealing::Presealed;
    let presealed = reading_text(&printed(&order.document().unwrap()));
    assert!(later.contains("（印章）") && !presealed.contains("（印章）"));
}

#[test]
fn fields_left_to_the_pen_are_lines_and_not_gaps() {
    let mut record = samples::interview_record(2);
    record.to = Moment::ByHand;
    record.person.phone = Entry::ByHand;
    let text = reading_text(&printed(&record.document().unwrap()));
    assert!(text.contains("询问结束时间年月日时分"), "{text}");
    assert!(!text.contains("13000000000"));
}

#[test]
fn a_rare_character_is_named_with_its_field() {
    let mut record = samples::interview_record(1);
    record.person.name = "刘䶮".into();
    let document = record.document().unwrap();
    let refused = Press::new().unwrap().print(&document, samples::at(5, 12, 0)).unwrap_err();
    let PdfError::MissingGlyphs(missing) = &refused else { panic!("{refused}") };
    assert!(missing.iter().all(|glyph| glyph.character == '䶮'), "{missing:?}");
    assert!(missing.iter().any(|glyph| glyph.label == "被询问人"), "{missing:?}");
    let text = refused.to_string();
    assert!(text.contains("U+4DAE") && text.contains("生僻字字体"), "{text}");
}

#[test]
fn markup_in_a_text_stays_text() {
    let mut record = samples::site_record();
    let hostile = r#"#panic("x") $x$ *粗* _斜_ @引用 \ [a] // 注释 = 标题 #include "frame.typ""#;
    record.measures = hostile.into();
    let text = reading_text(&printed(&record.document().unwrap()));
    assert!(text.contains(&dense(hostile)), "{text}");
}

#[test]
fn a_text_of_many_pages_is_printed_whole() {
    let mut record = samples::site_record();
    let course: Vec<String> =
        (1..=150).map(|step| format!("第{step}步检查了设备{step}号。")).collect();
    record.course = course.join("\n").into();
    let file = printed(&record.document().unwrap());
    assert!(pages(&file).len() > 4);
    let text = reading_text(&file);
    for step in course {
        assert!(text.contains(&dense(&step)), "{step}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = samples::evidence_pages(2).document().unwrap();
    let press = Press::new().unwrap();
    let first = press.print(&document, samples::at(5, 12, 0)).unwrap();
    assert_eq!(first, press.print(&document, samples::at(5, 12, 0)).unwrap());
    assert_eq!(first, Press::new().unwrap().print(&document, samples::at(5, 12, 0)).unwrap());
}

#[test]
fn a_damaged_thumbnail_is_an_error_and_no_crash() {
    let mut pages = samples::evidence_pages(1);
    let whole = samples::picture(9);
    pages.media[0].thumbnail = Some(whole[..whole.len() / 2].to_vec());
    let document = pages.document().unwrap();
    let refused = Press::new().unwrap().print(&document, samples::at(5, 12, 0)).unwrap_err();
    assert!(matches!(refused, PdfError::Engine { .. }), "{refused}");
}

/// Left and right edge of the text on A4, in points: margins of 28 and 26 mm, with a point to
/// spare, and on each side the blank half of a full-width mark, which may stand outside.
const TEXT_EDGES_PT: (f64, f64) = (72.3, 528.6);

/// The number behind `name="` in a line of `pdftotext -bbox`.
fn attribute(line: &str, name: &str) -> f64 {
    let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

fn assert_within_margins(document: &Document) {
    let file = printed(document);
    let words = run("pdftotext", &["-bbox", name(file.path()), "-"]);
    let mut seen = 0;
    for line in words.lines().filter(|line| line.trim_start().starts_with("<word")) {
        seen += 1;
        let (left, right) = (attribute(line, "xMin"), attribute(line, "xMax"));
        let within = left >= TEXT_EDGES_PT.0 && right <= TEXT_EDGES_PT.1;
        assert!(within, "{:?}: {line}", document.form);
    }
    assert!(seen > 20, "{seen} words");
}

#[test]
fn nothing_runs_over_the_margins() {
    for document in samples::documents() {
        assert_within_margins(&document);
    }
}

#[test]
fn a_word_wider_than_its_cell_is_broken() {
    let mut pages = samples::evidence_pages(2);
    pages.media[0].file_name = format!("{}.jpg", "IMG-2026_very-long.name".repeat(8));
    pages.media[0].place = "https://example.org/".repeat(6).into();
    assert_within_margins(&pages.document().unwrap());
    let mut record = samples::site_record();
    record.unit.phone = "0633-0000000/13000000000/13000000001/13000000002".into();
    record.unit.post = "A".repeat(90).into();
    record.place = "很长的检查场所名称".repeat(12).into();
    assert_within_margins(&record.document().unwrap());
}
