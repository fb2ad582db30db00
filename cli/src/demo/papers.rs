//! The documents of the story: printed when the officers need them, into the folder `documents`.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::action::{
    FileKind, PrintDocument, Printer, ReserveNumbers, give_assent, name_device, print_document,
    reserve_numbers,
};
use angen_core::desk::Desk;
use angen_core::domain::{Issued, read_one};
use angen_core::procedure::paper::ByHand;
use angen_documents::{Form, Sealing};
use angen_ledger::id::{DossierId, EntityId};

use crate::demo::Story;
use crate::demo::story::{CONTACT_PHONE, DEVICE, NUMBERS, PINS, REGION, SiteStory, YEAR};
use crate::out::{Failure, failure};
use crate::session::Outcome;
use crate::verbs::print_failure;

/// The folder, within that of the run.
pub(super) const DOCUMENTS: &str = "documents";

impl Story {
    /// A block of numbers for every form that has one, so that they are final without a network.
    pub(super) fn reserve(&self) -> Outcome<()> {
        self.session.say(name_device(&self.session.store, DEVICE))?;
        let place = self.session.place()?;
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        for code in Form::ALL.into_iter().filter_map(Form::code) {
            let request = ReserveNumbers {
                region: REGION.to_owned(),
                department: "应急".to_owned(),
                kind: code.to_owned(),
                year: YEAR,
                device: None,
                count: NUMBERS,
            };
            self.session.say(reserve_numbers(&desk, &request))?;
        }
        self.tell(
            &format!("  设备 {DEVICE}：每种文书预留文号 {NUMBERS} 个"),
            &format!("  device {DEVICE}: {NUMBERS} numbers reserved for each form"),
        );
        Ok(())
    }

    /// The second officer takes the phone and stands by what was recorded.
    pub(super) fn second_assents(&self, dossier: DossierId) -> Outcome<()> {
        let second = self.session.sign_in(self.people().officers[1], PINS[2])?;
        self.session.say(give_assent(&second, dossier, &[])).map(drop)
    }

    /// The notice of a check, once two officers stand behind its plan.
    pub(super) fn notify(&self, dossier: DossierId, story: &SiteStory) -> Outcome<()> {
        self.second_assents(dossier)?;
        let desk = self.session.sign_in(self.people().officers[0], PINS[1])?;
        let [from, to] = story.noticed;
        let given = [("from", from), ("to", to), ("contact_phone", CONTACT_PHONE)];
        self.print(&desk, dossier, Form::InspectionNotice, &given).map(drop)
    }

    /// Prints a document as every kind of file; gives the document.
    pub(super) fn print(
        &self,
        desk: &Desk<'_>,
        dossier: DossierId,
        form: Form,
        given: &[(&str, &str)],
    ) -> Outcome<EntityId> {
        let mut files = BTreeSet::from(FileKind::ALL);
        if !cfg!(feature = "pdf") {
            files.remove(&FileKind::Pdf);
        }
        let pairs = given.iter().map(|(key, words)| ((*key).to_owned(), (*words).to_owned()));
        let request = PrintDocument {
            dossier,
            form,
            about: None,
            sealing: Sealing::Later,
            given: pairs.collect::<BTreeMap<_, _>>(),
            by_hand: ByHand::Named(BTreeSet::new()),
            files,
        };
        let printed = print_document(desk, &self.printer, &request)
            .map_err(|error| print_failure(&error, self.lang))?;
        let folder = self.folder.join(DOCUMENTS);
        angen_core::action::write_files(&folder, &printed.files)
            .map_err(|error| failure(&error, self.lang))?;
        let number = printed.number.unwrap_or_default();
        self.tell(
            &format!("  已出具《{}》{number}", form.title()),
            &format!("  printed: {} {number}", form.title_en()),
        );
        Ok(printed.document)
    }

    /// The number of a document.
    pub(super) fn number_of(&self, dossier: DossierId, document: EntityId) -> Outcome<String> {
        let held = self.session.store.read(|read| read_one::<Issued>(read, dossier, document));
        let number = self.session.say(held)?.known_number().map(str::to_owned);
        number.ok_or_else(|| Failure::new("demo", "the document has no number"))
    }
}

/// The printer of the story.
pub(super) fn printer() -> Printer {
    Printer::with_pictures(crate::picture::shrink)
}
