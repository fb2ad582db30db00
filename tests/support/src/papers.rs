//! Documents of a pretend township: numbers reserved, certificates shown, and what is given.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::action::{
    FileKind, PrintDocument, PrintError, PrintedDocument, Printer, ReserveNumbers, give_assent,
    name_device, print_document, reserve_numbers, show_certificates,
};
use angen_core::procedure::paper::ByHand;
use angen_documents::{Form, Sealing};
use angen_ledger::id::DossierId;

use crate::township::Township;

/// What a test of documents stands on must stand.
const WORKS: &str = "the pretend documents work";

/// The device of the township.
pub const DEVICE: &str = "A3";

/// What no record holds, for every form of the township.
pub const GIVEN: &[(Form, &[(&str, &str)])] = &[
    (
        Form::InspectionNotice,
        &[
            ("from", "2026-11-24 09:00"),
            ("to", "2026-11-24 12:00"),
            ("contact_phone", "0633-0000001"),
        ],
    ),
    (
        Form::SiteRecord,
        &[("post", "车间主任"), ("phone", "0633-0000002"), ("recusal", "听清楚了，不申请回避")],
    ),
    (
        Form::InterviewRecord,
        &[
            ("work_unit", "日照样例机械加工有限公司"),
            ("address", "涛雒镇样例小区"),
            ("phone", "13000000000"),
        ],
    ),
    (
        Form::CorrectionOrder,
        &[("review_government", "日照市东港区人民政府"), ("court", "日照市东港区人民法院")],
    ),
    (Form::FilingApproval, &[("post", "车间主任"), ("phone", "0633-0000002")]),
];

/// What is reserved: numbers of a form for a device.
#[must_use]
pub fn reservation(form: Form, device: &str, count: u32) -> ReserveNumbers {
    ReserveNumbers {
        region: "鲁日".to_owned(),
        department: "应急".to_owned(),
        kind: form.code().unwrap_or_default().to_owned(),
        year: 2026,
        device: Some(device.to_owned()),
        count,
    }
}

/// What is printed: the sheet to copy from, which holds every field.
#[must_use]
pub fn request(dossier: DossierId, form: Form) -> PrintDocument {
    let given = GIVEN.iter().find(|(known, _)| *known == form).map(|(_, given)| *given);
    let pairs = given.unwrap_or_default().iter();
    PrintDocument {
        dossier,
        form,
        about: None,
        sealing: Sealing::Later,
        given: pairs
            .map(|(key, words)| ((*key).to_owned(), (*words).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        by_hand: ByHand::Named(BTreeSet::new()),
        files: BTreeSet::from([FileKind::Docx, FileKind::CopyOut]),
    }
}

/// Names the device, reserves numbers for every form, lets both officers show their certificates,
/// and the second assent to what the first recorded in a dossier.
///
/// # Panics
/// When a verb fails: then the test has nothing to stand on.
pub fn prepare(town: &Township, count: u32) {
    name_device(&town.store, DEVICE).expect(WORKS);
    let admin = town.desk(town.place.administrator);
    for form in Form::ALL.into_iter().filter(|form| form.code().is_some()) {
        reserve_numbers(&admin, &reservation(form, DEVICE, count)).expect(WORKS);
    }
    for writer in town.cast.officers {
        let desk = town.desk(writer);
        show_certificates(&desk, town.cast.check.dossier, "王志松", None).expect(WORKS);
    }
    assent(town, town.cast.check.dossier);
}

/// The second officer assents to everything in a dossier.
///
/// # Panics
/// When there is nothing to assent to.
pub fn assent(town: &Township, dossier: DossierId) {
    give_assent(&town.desk(town.cast.officers[1]), dossier, &[]).expect(WORKS);
}

/// Prints as the first officer.
///
/// # Errors
/// As [`print_document`].
pub fn print(town: &Township, request: &PrintDocument) -> Result<PrintedDocument, PrintError> {
    print_document(&town.officer(), &Printer::default(), request)
}

/// The sheet to copy from: every field of a document as text.
///
/// # Panics
/// When it was not asked for.
#[must_use]
pub fn sheet(printed: &PrintedDocument) -> String {
    let file = printed.files.iter().find(|file| file.kind == FileKind::CopyOut).expect(WORKS);
    String::from_utf8(file.bytes.clone()).expect(WORKS)
}
