//! A document printed on the spot.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::action::{FileKind, PrintDocument, Printer, print_document, propose_given};
use angen_core::procedure::paper::ByHand;
use angen_documents::{Form, Sealing};
use angen_ledger::id::{EntityId, WriterId};

use crate::visit::Visit;

impl Visit {
    /// Prints with a final number; nothing is left to the pen but signatures.
    pub(crate) fn print<const N: usize>(
        &mut self,
        officer: WriterId,
        form: Form,
        given: [(&str, String); N],
    ) -> EntityId {
        let mut all = BTreeMap::new();
        for (key, words) in propose_given(&self.town.store, form).unwrap() {
            let field = match key.as_str() {
                "contact_phone" => "notice: contact telephone",
                "court" => "order: court",
                "review_government" => "order: reviewing government",
                other => panic!("{other} is proposed, and the page has no words for it"),
            };
            self.hand.holds(field, &words, "the last paper of the township");
            all.insert(key, words);
        }
        all.extend(given.map(|(key, words)| (key.to_owned(), words)));
        let request = PrintDocument {
            dossier: self.dossier,
            form: self.hand.tap("form", form),
            about: None,
            sealing: Sealing::Later,
            given: all,
            by_hand: ByHand::Named(BTreeSet::new()),
            files: BTreeSet::from([FileKind::CopyOut]),
        };
        self.hand.presses("print");
        let desk = self.town.desk(officer);
        let printed = print_document(&desk, &Printer::default(), &request).unwrap();
        assert!(!printed.is_provisional && printed.number.is_some(), "{:?}", printed.number);
        let number = printed.number.unwrap_or_default();
        self.hand.holds("number of a document", &number, "the block of the device");
        printed.document
    }
}
