//! Documents of a dossier as PDF, opened by other programs. Needs qpdf and poppler-utils.

use std::collections::BTreeSet;
use std::process::Command;

use angen_core::action::{
    FileKind, PrintDocument, PrintedDocument, RecordInterview, record_interview,
};
use angen_core::domain::{Issued, read_one};
use angen_documents::Form;
use angen_testing::case;
use angen_testing::papers::{assent, print, request, sheet};

use crate::{Gate, lacks};

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

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn as_pdf(request: PrintDocument) -> PrintDocument {
    PrintDocument { files: BTreeSet::from([FileKind::Pdf, FileKind::CopyOut]), ..request }
}

/// Another program reads the PDF and finds what the sheet to copy from says, field by field.
fn assert_read(printed: &PrintedDocument) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.pdf");
    let pdf = printed.files.iter().find(|file| file.kind == FileKind::Pdf).unwrap();
    std::fs::write(&path, &pdf.bytes).unwrap();
    let name = path.to_str().unwrap();
    run("qpdf", &["--check", name]);
    let text = dense(&run("pdftotext", &["-raw", "-enc", "UTF-8", name, "-"]));
    let sheet = sheet(printed);
    let fields = sheet.lines().filter(|line| !line.starts_with("（手填"));
    let numbered =
        |line: &str| line.split_once(". ").is_some_and(|(n, _)| n.parse::<u32>().is_ok());
    let mut seen = 0;
    for field in fields.filter(|line| !numbered(line) && !line.starts_with("平台录入单")) {
        for part in field.split(['。', '，', '；', '（', '）', '〔', '《', '【', '】']) {
            let half: String = dense(part).chars().take(12).collect();
            assert!(text.contains(&half), "{:?}: {part} is not in {text}", printed.form);
            seen += 1;
        }
    }
    assert!(seen > 12, "{seen} parts");
}

#[test]
fn every_document_of_a_visit_is_read_by_other_programs() {
    let gate = Gate::with(1);
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    let case = gate.case();
    for (dossier, form) in [
        (check, Form::InspectionNotice),
        (check, Form::SiteRecord),
        (check, Form::EvidencePages),
        (case.dossier, Form::InterviewRecord),
        (case.dossier, Form::FilingApproval),
    ] {
        let mut asked = as_pdf(request(dossier, form));
        asked.by_hand = angen_core::procedure::paper::ByHand::Rest;
        let printed = print(town, &asked).unwrap();
        assert_read(&printed);
        let issued: Issued =
            town.store.read(|read| read_one(read, dossier, printed.document)).unwrap();
        let pdf = printed.files.iter().find(|file| file.kind == FileKind::Pdf).unwrap();
        let length = i64::try_from(pdf.bytes.len()).unwrap();
        assert_eq!(issued.pdf, Some((pdf.sha256(), length)));
        // Once more gives the very bytes that the op names.
        let again = print(town, &asked).unwrap();
        assert_eq!(again.files, printed.files, "{form:?}");
    }
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_field_and_no_number_is_used() {
    let gate = Gate::with(1);
    let case = gate.case();
    let rare = RecordInterview {
        person: angen_core::action::Person {
            name: "刘䶮".to_owned(),
            ..case::interview(case.dossier).person
        },
        ..case::interview(case.dossier)
    };
    let interview = record_interview(&gate.town.officer(), &rare).unwrap().interview;
    assent(&gate.town, case.dossier);
    let mut asked = as_pdf(request(case.dossier, Form::InterviewRecord));
    asked.about = Some(interview);
    let before = angen_testing::picture::picture(&gate.town.store).unwrap();
    let found = lacks(print(&gate.town, &asked));
    assert!(found[0].zh.contains("䶮") && found[0].zh.contains("U+4DAE"), "{found:?}");
    assert!(found.iter().any(|lack| lack.zh.contains("被询问人")), "{found:?}");
    assert_eq!(angen_testing::picture::picture(&gate.town.store).unwrap(), before);
    // An office that has the font goes on from the DOCX.
    asked.files = BTreeSet::from([FileKind::Docx]);
    print(&gate.town, &asked).unwrap();
}
