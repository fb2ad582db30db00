//! Issues documents, and refuses those that the law does not allow.

use std::collections::BTreeSet;

use angen_core::action::{PrintDocument, PrintError, Printer, print_document};
use angen_core::store;
use angen_documents::Form;
use angen_ledger::id::DossierId;
use angen_testing::papers;

use super::Walker;
use crate::model::Place;
use crate::script::{Paper, Who};

impl Walker {
    /// Issues a document exactly when the model says that it may be; a refusal leaves nothing.
    /// A second print of the same is another matter, and is passed over.
    pub(super) fn print(&mut self, site: usize, check: DossierId, who: Who, paper: Paper) {
        if self.model.checks[site].issued.contains(&paper) {
            return;
        }
        let form = match paper {
            Paper::Notice => Form::InspectionNotice,
            Paper::Record => Form::SiteRecord,
        };
        let request = PrintDocument { files: BTreeSet::new(), ..papers::request(check, form) };
        let count = || self.scene.town.store.read(store::count_ops).unwrap();
        let before = count();
        let printed = print_document(&self.desk(who), &Printer::default(), &request);
        let legal = self.valid && self.model.may_issue(site, who, paper);
        match printed {
            Ok(_) => {
                assert!(legal, "{paper:?} was issued against the law");
                self.act(Place::Check(site), "document", who);
                self.model.checks[site].issued.insert(paper);
            }
            Err(PrintError::Refused { lacks, .. }) => {
                assert!(!legal, "{paper:?} is legal and was refused: {lacks:#?}");
                assert_eq!(count(), before);
            }
            Err(PrintError::Core(error)) => {
                assert!(who == Who::Mentor, "{error}");
                assert_eq!(count(), before);
            }
        }
    }
}
