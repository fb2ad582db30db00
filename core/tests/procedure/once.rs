//! Whoever counts reads each entity once, however many parts of the procedure look at it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use angen_core::domain::{Fields, HeadsSource, Opinion, Source};
use angen_core::error::Result;
use angen_core::procedure::{board, missing_of};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::heads::Said;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::past::Past;

use crate::names::dossier;
use crate::visit::Visit;

/// A source that counts how often each entity is read, and how often all dossiers are listed.
struct Counting<'s> {
    source: &'s HeadsSource<'s>,
    listed: Cell<usize>,
    reads: RefCell<BTreeMap<(DossierId, EntityId), usize>>,
}

impl Source for Counting<'_> {
    fn dossiers(&self) -> Result<Vec<DossierId>> {
        self.listed.set(self.listed.get() + 1);
        self.source.dossiers()
    }

    fn entities(&self, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>> {
        self.source.entities(dossier, noun)
    }

    fn fields(&self, dossier: DossierId, entity: EntityId) -> Result<Fields> {
        *self.reads.borrow_mut().entry((dossier, entity)).or_default() += 1;
        self.source.fields(dossier, entity)
    }

    fn history(&self, dossier: DossierId, entity: EntityId, field: &str) -> Result<Vec<Said>> {
        self.source.history(dossier, entity, field)
    }

    fn contested(&self, dossier: DossierId) -> Result<Vec<(EntityId, String)>> {
        self.source.contested(dossier)
    }

    fn past(&self, dossier: DossierId) -> Result<Past> {
        self.source.past(dossier)
    }

    fn certificates(&self) -> Result<Vec<SignedCertificate>> {
        self.source.certificates()
    }
}

/// How many entities were read, and the most reads of one.
fn reads(visit: &Visit, look: impl Fn(&dyn Source)) -> (usize, usize) {
    visit.source(|source| {
        let counting = Counting { source, listed: Cell::new(0), reads: RefCell::default() };
        look(&counting);
        assert_eq!(counting.listed.get(), 1, "a phone in use has hundreds of dossiers");
        let reads = counting.reads.into_inner();
        (reads.len(), reads.values().copied().max().unwrap_or_default())
    })
}

/// The answers of each check were read for what counts, and again for what is undecided.
#[test]
fn a_board_and_a_list_of_what_is_missing_read_each_entity_once() {
    let mut visit = Visit::without(&[]);
    visit.case("", Opinion::Penalty);
    let now_ms = visit.now_ms();
    let (entities, most) = reads(&visit, |source| {
        board(source, dossier("assistance"), now_ms).unwrap();
    });
    assert!(entities > 20, "{entities} entities");
    assert_eq!(most, 1);
    let (entities, most) = reads(&visit, |source| {
        missing_of(source, dossier("a"), now_ms).unwrap();
    });
    assert!(entities > 20, "{entities} entities");
    assert_eq!(most, 1);
}
