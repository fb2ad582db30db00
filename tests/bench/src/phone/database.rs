//! The databases that are measured: a register of a large township, and a phone in use for years.

use std::path::Path;

use angen_core::action::{import_rows, plan_check};
use angen_core::desk::{Desk, Entry};
use angen_ledger::id::DossierId;
use angen_testing::township::{Township, check};

use crate::board::answer_all;
use crate::ledger::{ledger, request};

/// Ops in each database.
pub(super) const OPS: usize = 100_000;

/// Rows of one import.
const BATCH: usize = 20_000;

/// Ops of one check: its answers, and notes for all that has no such simple verb.
const OPS_A_CHECK: usize = 400;

/// Names of the databases' folders.
pub(super) const REGISTER: &str = "register";
pub(super) const WORKED: &str = "worked";

/// As many enterprises as there are ops wanted.
pub(super) fn fill_register(folder: &Path) {
    let town = Township::build(&folder.join(REGISTER), 9);
    let admin = town.desk(town.place.administrator);
    for from in (0..OPS).step_by(BATCH) {
        import_rows(&admin, &request(&ledger(from..from + BATCH))).expect("good rows");
    }
}

/// Open checks with their answers and notes, until there are as many ops as wanted.
pub(super) fn fill_worked(folder: &Path) -> Township {
    let town = Township::build(&folder.join(WORKED), 10);
    let desk = town.officer();
    let request = check(town.cast.enterprise, town.cast.checklist, None);
    let count = |dossier| {
        let held = town.store.read(|read| angen_core::store::ops_of_dossier(read, dossier));
        held.expect("a log").len()
    };
    for _ in 0..OPS / OPS_A_CHECK {
        let dossier = plan_check(&desk, &request).expect("a check").dossier;
        answer_all(&town, dossier);
        note(&desk, dossier, OPS_A_CHECK - count(dossier));
    }
    town
}

/// Notes in one transaction: a year of them one by one would take as long as the rest of the bench.
fn note(desk: &Desk<'_>, dossier: DossierId, many: usize) {
    let written = desk.write(|page| {
        for number in 0..many {
            let note = page.new_entity();
            let text = format!("第{number}处：配电柜门未关，已当场关闭");
            page.put(Entry::new("note.write/1", dossier, note).set("text", text))?;
        }
        Ok(())
    });
    written.expect("notes");
}
