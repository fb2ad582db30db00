//! The DOCX holds the same content; LibreOffice opens it when asked to.
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]
mod samples;

use std::io::{Cursor, Read};

use angen_documents::{Document, docx};

/// The text of one part of the package, without the markup.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

fn text_of(xml: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_whitespace() => text.push(c),
            _ => {}
        }
    }
    text.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&amp;", "&")
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn assert_holds_every_field(document: &Document, text: &str) {
    for line in document.lines() {
        // The basis of a finding is worded with other brackets on paper than on the sheet.
        for sentence in line.text.split(['\n', '【', '】']) {
            assert!(
                text.contains(&dense(sentence)),
                "{:?} {}: {sentence}",
                document.form,
                line.key
            );
        }
    }
}

#[test]
fn the_main_part_holds_every_field() {
    for document in samples::documents() {
        let bytes = docx::write(&document).unwrap();
        let text = text_of(&part(&bytes, "word/document.xml"));
        assert!(text.contains(document.form.title()));
        assert_holds_every_field(&document, &text);
    }
}

#[test]
fn the_foot_counts_pages_and_names_who_signs() {
    let document = samples::interview_record(2).document().unwrap();
    let bytes = docx::write(&document).unwrap();
    let xml = part(&bytes, "word/footer1.xml");
    assert!(xml.contains("PAGE") && xml.contains("NUMPAGES"), "{xml}");
    assert!(text_of(&xml).contains("被询问人（签名、捺指印）："));
}

#[test]
fn thumbnails_are_in_the_package() {
    let bytes = docx::write(&samples::evidence_pages(4).document().unwrap()).unwrap();
    let archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let pictures = archive.file_names().filter(|name| {
        name.as_ref().is_ok_and(|name| name.starts_with("word/media/") && name.ends_with(".png"))
    });
    let pictures = pictures.count();
    assert_eq!(pictures, 3, "the sound has none");
}

#[test]
fn markup_in_a_text_stays_text() {
    let mut record = samples::site_record();
    record.measures = "<w:p>&amp; \"引号\" </w:t>".into();
    let bytes = docx::write(&record.document().unwrap()).unwrap();
    let xml = part(&bytes, "word/document.xml");
    assert!(xml.contains("&lt;w:p&gt;&amp;amp;") || xml.contains("&lt;w:p>&amp;amp;"), "escaped");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = samples::evidence_pages(2).document().unwrap();
    assert_eq!(docx::write(&document).unwrap(), docx::write(&document).unwrap());
}

/// Enough to know a text by, and rarely cut by a line of a narrow cell.
const FOUND_CHARACTERS: usize = 10;

/// LibreOffice is a gigabyte, so this runs only when asked for: `cargo test -- --ignored`.
#[test]
#[ignore = "needs LibreOffice and poppler-utils"]
fn libreoffice_opens_it_and_finds_every_field() {
    let folder = tempfile::tempdir().unwrap();
    for document in samples::documents() {
        let stem = document.form.slug();
        let path = folder.path().join(format!("{stem}.docx"));
        std::fs::write(&path, docx::write(&document).unwrap()).unwrap();
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("p").display());
        let status = std::process::Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
            .args([folder.path(), &path])
            .status()
            .expect("soffice cannot run: apt-get install libreoffice-writer");
        assert!(status.success());
        let pdf = path.with_extension("pdf");
        let text = std::process::Command::new("pdftotext")
            .args(["-raw", "-enc", "UTF-8"])
            .arg(&pdf)
            .arg("-")
            .output()
            .expect("pdftotext cannot run: apt-get install poppler-utils");
        let text = dense(&String::from_utf8_lossy(&text.stdout));
        assert!(text.contains(document.form.title()), "{stem}");
        for line in document.lines() {
            // The foot of a page and the end of a cell may cut a text, so its parts are looked for.
            for sentence in line.text.split(|c: char| !c.is_alphanumeric()) {
                let beginning: String = sentence.chars().take(FOUND_CHARACTERS).collect();
                assert!(text.contains(&beginning), "{stem} {}: {sentence}", line.key);
            }
        }
    }
}
