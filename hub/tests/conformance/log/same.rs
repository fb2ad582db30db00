//! Both stores beside each other: whatever is handed in, in any order and batching and how often,
//! they answer the same and sign the same head.

use angen_core::error::Error;
use angen_hub::store::{LogStore, Outcomes, Submission};
use angen_ledger::certificate::Certificate;
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::revocation::CutPoint;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::claims::ALL;
use super::rights::{erasure, revoke};
use super::sites::{Kept, Memory, Sqlite};
use super::world::{World, dossier, runs_of, submitted};

/// What is handed in, and the bytes of the blob that it names.
fn story() -> (World, BlobRef, Vec<Submission>) {
    let (mut world, mut clone, one, other) =
        (World::new(60), World::new(60), dossier(1), dossier(2));
    let mut given = vec![world.open(0, one), world.open(1, other)];
    clone.open(0, one);
    let (photo, blob, _) = world.photo(1, one);
    let (header, body) = &runs_of(&photo)[0].ops[0];
    let target = Op::read(header, body.as_deref()).unwrap();
    let note = world.note(0, one, "原");
    let mut withheld = runs_of(&note).to_vec();
    withheld[0].ops[1].1 = None;
    given.extend([photo, submitted(one, withheld), note, clone.note(0, one, "冒")]);
    let last = world.officers[0].dep(one).unwrap();
    given.extend([world.note(0, one, "后"), world.note(1, other, "另")]);
    given.push(Submission::Blob(blob));
    given.push(erasure(&mut world, &target));
    let cut = CutPoint { dossier: one, seq: last.seq, op: last.op };
    given.push(revoke(&mut world, 0, &[cut]));
    (world, blob, given)
}

/// How an answer ended, without the words.
fn outline(taken: &Outcomes) -> Vec<Result<String, &'static str>> {
    let word = |error: &Error| match error {
        Error::NotFound { .. } => "not found",
        Error::Refused(_) => "refused",
        Error::Malformed(_) => "malformed",
        _ => "other",
    };
    let each = taken.0.iter();
    each.map(|one| one.as_ref().map(|done| format!("{done:?}")).map_err(word)).collect()
}

/// Everything that a hub could say.
fn told(log: &dyn LogStore, world: &World, blob: BlobRef) -> Vec<String> {
    let mut told = vec![format!("{:?}", (log.counts().unwrap(), log.checkpoint().unwrap()))];
    let places: [DossierId; 3] = [dossier(1), dossier(2), dossier(3)];
    for place in places {
        let runs = log.runs_since(place, 0, ALL).unwrap();
        let runs: Vec<_> = runs.runs.into_iter().map(|run| (run.ops, run.seal)).collect();
        let receipts = log.receipts_since(place, 0, 100).unwrap();
        told.push(format!("{:?}", (log.head(place).unwrap(), runs, receipts)));
        told.push(format!("{:?}", log.named_blobs(place).unwrap()));
        told.push(format!("{:?}", log.is_blob_logged(blob).unwrap()));
    }
    let officers = world.officers.iter();
    for holder in officers.chain([&world.admin, &world.root_admin, &world.neighbour]) {
        let certificate: &Certificate = &holder.certificate.certificate;
        let back = log.taken_back_since(holder.certificate.hash, holder.writer).unwrap();
        told.push(format!("{:?}", (log.last_seal(holder.writer).unwrap(), back)));
        told.push(format!("{:?}", log.changes(certificate, 0, 100).unwrap()));
        told.push(format!("{:?}", places.map(|at| log.may_read(certificate, at).unwrap())));
    }
    told
}

#[test]
fn any_two_stores_that_were_given_the_same_say_the_same() {
    let (world, blob, given) = story();
    let indices = prop::collection::vec(any::<prop::sample::Index>(), 1..24);
    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    let claim = |(order, batch): (Vec<prop::sample::Index>, usize)| {
        let (sqlite, memory) = (Kept::<Sqlite>::new(&world), Kept::<Memory>::new(&world));
        // Some in any order, some twice; then all, so that every story has an end.
        let order = order.iter().map(|at| at.index(given.len())).chain(0..given.len());
        let order: Vec<Submission> = order.map(|at| given[at].clone()).collect();
        for some in order.chunks(batch) {
            let (one, other) = (sqlite.take(some).unwrap(), memory.take(some).unwrap());
            assert_eq!(outline(&one), outline(&other));
            assert_eq!(one.1, other.1, "the head that was signed");
            assert_eq!(told(&*sqlite.log, &world, blob), told(&*memory.log, &world, blob));
        }
        Ok(())
    };
    TestRunner::new(config).run(&(indices, 1..5_usize), claim).unwrap();
}
