//! Printing one document of a dossier: read, set, numbered, recorded, with PDF and DOCX.

use std::collections::BTreeSet;

use angen_core::action::{FileKind, Printer, ToVoid, print_document, void_document};
use angen_documents::Form;
use angen_testing::papers::{prepare, request};
use angen_testing::township::Township;

use crate::report::{Report, TURNS, in_turn, ms};

/// What an officer at the gate does not wait for.
const TARGET_MS: u128 = 50;

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let town = Township::build(folder.path(), 7);
    prepare(&town, 2 * u32::try_from(TURNS).expect("few turns") + 2);
    let printer = Printer::default();
    let mut asked = request(town.cast.check.dossier, Form::SiteRecord);
    let print = |files: &[FileKind]| {
        asked.files = files.iter().copied().collect::<BTreeSet<_>>();
        let printed = print_document(&town.officer(), &printer, &asked).expect("it is printed");
        assert_eq!(printed.files.len(), files.len());
        printed
    };
    let print = std::cell::RefCell::new(print);
    let void = |document| {
        let what = ToVoid::Document(town.cast.check.dossier, document);
        void_document(&town.officer(), &what, "the next turn").expect("it is void");
    };
    let last = std::cell::Cell::new(None);
    // Each turn prints a new document; the floor records one without setting it.
    let pair = in_turn(
        |_| {
            last.take().into_iter().for_each(void);
            last.set(Some(print.borrow_mut()(&[FileKind::Pdf, FileKind::Docx]).document));
        },
        |_| {
            last.take().into_iter().for_each(void);
            last.set(Some(print.borrow_mut()(&[]).document));
        },
    );
    report.add(
        "print one document: read, numbered, PDF and DOCX, recorded (and the one before made void)",
        ms(pair.ours),
        format!("{} the same without PDF and DOCX", ms(pair.floor)),
        Some(pair.ratio),
        "50 ms",
        pair.ours.as_millis() < TARGET_MS,
    );
}
