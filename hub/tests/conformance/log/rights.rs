//! Who reads what, who is taken back, and what is gone for good.

use angen_hub::store::{Asker, BlobStore, Right, Submission};
use angen_ledger::body::Content;
use angen_ledger::erasure::{APPROVE, EXECUTE, REQUEST, Target, targets_value};
use angen_ledger::hash::Hash;
use angen_ledger::op::Op;
use angen_ledger::revocation::{CutPoint, REVOKE, cut_value};
use angen_ledger::testing::{Scribe, draft};
use angen_ledger::value::Value;

use super::claims::{ALL, arrived};
use super::sites::{Kept, Site};
use super::world::{World, dossier, run_of, runs_of, sealed, submitted};

pub(super) fn who_covers_a_dossier_reads_it_and_nobody_else<S: Site>() {
    let (mut world, place) = (World::new(40), dossier(1));
    let kept = Kept::<S>::new(&world);
    let open = world.open(0, place);
    kept.take(&[open]).unwrap();
    let (own, other) = (&world.officers[1].certificate, &world.neighbour.certificate);
    let may = |holder: &angen_ledger::certificate::SignedCertificate, place| {
        kept.log.may_read(&holder.certificate, place).unwrap()
    };
    assert!(may(own, place) && may(&world.admin.certificate, place));
    assert!(!may(other, place) && !may(own, dossier(2)));
    let seen = |holder: &angen_ledger::certificate::SignedCertificate| {
        kept.log.changes(&holder.certificate, 0, 10).unwrap()
    };
    assert_eq!(seen(own).changed.len(), 1);
    assert_eq!((seen(other).changed.len(), seen(other).next), (0, 1), "the cursor goes on");

    let stolen = sealed(
        &mut world.neighbour,
        vec![draft(
            place,
            angen_ledger::id::EntityId([9; 16]),
            "note.write/1",
            &[("text", "别的乡镇".into())],
        )],
    );
    let (outcomes, _) = kept.take(&[submitted(place, vec![stolen])]).unwrap();
    assert!(outcomes[0].is_err(), "nor does she write in it");
    assert_eq!(kept.log.counts().unwrap().ops, 1);
}

/// The revocation of an officer, from an op of hers on.
pub(super) fn revoke(world: &mut World, who: usize, cut: &[CutPoint]) -> Submission {
    let (writer, place) = (world.officers[who].writer, dossier(1));
    let fields = [("writer", Value::from(writer.raw().as_slice())), ("cut", cut_value(cut))];
    let revoke = draft(place, world.entity(), REVOKE, &fields);
    submitted(place, vec![sealed(&mut world.admin, vec![revoke])])
}

pub(super) fn who_is_taken_back_is_known_and_what_she_wrote_is_kept<S: Site>() {
    let (mut world, place, later) = (World::new(41), dossier(1), dossier(2));
    let kept = Kept::<S>::new(&world);
    let (open, note) = (world.open(0, place), world.note(0, place, "吊销前"));
    kept.take(&[open, note]).unwrap();
    let (hash, writer) = (world.officers[0].certificate.hash, world.officers[0].writer);
    assert_eq!(kept.log.taken_back_since(hash, writer).unwrap(), None);
    let last = world.officers[0].dep(place).unwrap();
    let cut = [CutPoint { dossier: place, seq: last.seq, op: last.op }];
    let revocation = revoke(&mut world, 0, &cut);
    kept.take(std::slice::from_ref(&revocation)).unwrap();

    let (header, _) = &runs_of(&revocation)[0].ops[0];
    let said_ms = Op::read(header, None).unwrap().header.wall_ms;
    assert_eq!(kept.log.taken_back_since(hash, writer).unwrap(), Some(said_ms));
    let other = &world.officers[1];
    let other = kept.log.taken_back_since(other.certificate.hash, other.writer).unwrap();
    assert_eq!(other, None);
    // What she hands in is kept and has its entries; who judges it can read it.
    let after = [world.note(0, place, "吊销后"), world.open(0, later)];
    let (outcomes, _) = kept.take(&after).unwrap();
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(arrived(&*kept.log, place).len(), 4);
    assert!(kept.log.may_read(&world.admin.certificate.certificate, later).unwrap());
}

pub(super) fn several_who_ask_at_once_are_told_what_each_is_told_alone<S: Site>() {
    let (mut world, place, absent) = (World::new(43), dossier(1), dossier(2));
    let kept = Kept::<S>::new(&world);
    let open = world.open(0, place);
    kept.take(&[open]).unwrap();
    let last = world.officers[0].dep(place).unwrap();
    let cut = [CutPoint { dossier: place, seq: last.seq, op: last.op }];
    let revocation = revoke(&mut world, 0, &cut);
    let rights = |kept: &Kept<S>, world: &World| {
        let people = [&world.officers[0], &world.neighbour, &world.officers[1], &world.admin];
        let askers = people.into_iter().flat_map(|one| [place, absent].map(|id| (one, id)));
        let askers: Vec<Asker<'_>> = askers
            .map(|(one, dossier)| {
                let (certificate, holder) = (one.certificate.hash, &one.certificate.certificate);
                Asker { certificate, holder, dossier }
            })
            .collect();
        let told = kept.log.rights(&askers).unwrap();
        let told: Vec<Right> = told.into_iter().map(Result::unwrap).collect();
        let alone = askers.iter().map(|asker| Right {
            taken_back_since: kept
                .log
                .taken_back_since(asker.certificate, asker.holder.writer)
                .unwrap(),
            may_read: kept.log.may_read(asker.holder, asker.dossier).unwrap(),
        });
        assert_eq!(told, alone.collect::<Vec<_>>());
        told
    };
    let before = rights(&kept, &world);
    assert!(before.iter().all(|right| right.taken_back_since.is_none()));
    let may: Vec<bool> = before.iter().map(|right| right.may_read).collect();
    assert_eq!(may, [true, false, false, false, true, false, true, false]);
    kept.take(&[revocation]).unwrap();
    let after = rights(&kept, &world);
    let taken: Vec<bool> = after.iter().map(|right| right.taken_back_since.is_some()).collect();
    assert_eq!(taken, [true, true, false, false, false, false, false, false]);
    assert!(kept.log.rights(&[]).unwrap().is_empty());
}

/// A request, an approval and an execution, each behind what it names.
pub(super) fn erasure(world: &mut World, target: &Op) -> Submission {
    let (place, entity) = (target.header.dossier, world.entity());
    let fields = vec!["blob_key".to_owned(), "caption".to_owned()];
    let targets = targets_value(&[Target { op: target.hash, fields }]);
    let hash = |hash: Hash| Value::from(hash.as_bytes().as_slice());
    let deps: Vec<_> = world.officers.iter().filter_map(|one| one.dep(place)).collect();
    let admin: &mut Scribe = &mut world.admin;
    let approver = &mut world.root_admin;
    let request = admin.write(draft(place, entity, REQUEST, &[("targets", targets)]), deps);
    let dep = admin.dep(place).into_iter().collect();
    let approves = [("approves", hash(request.hash))];
    let approval = approver.write(draft(place, entity, APPROVE, &approves), dep);
    let dep = approver.dep(place).into_iter().collect();
    let both = [("executes", hash(request.hash)), ("approval", hash(approval.hash))];
    let execution = admin.write(draft(place, entity, EXECUTE, &both), dep);
    let runs =
        vec![run_of(admin, &[request]), run_of(approver, &[approval]), run_of(admin, &[execution])];
    submitted(place, runs)
}

pub(super) fn what_is_erased_is_given_to_nobody_and_does_not_come_back<S: Site>() {
    let (mut world, place) = (World::new(42), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (open, (photo, blob, bytes)) = (world.open(1, place), world.photo(0, place));
    kept.take(&[open, photo.clone()]).unwrap();
    crate::blobs::send(&kept.blobs, blob, &bytes);
    kept.take_one(&Submission::Blob(blob));
    let (header, body) = &runs_of(&photo)[0].ops[0];
    let target = Op::read(header, body.as_deref()).unwrap();
    kept.log.scrub(&kept.blobs).unwrap();
    assert_eq!(kept.blobs.held_bytes(blob).unwrap(), blob.length, "nothing is owed yet");

    kept.take_one(&erasure(&mut world, &target));
    kept.log.scrub(&kept.blobs).unwrap();

    for _ in 0..2 {
        let runs = kept.log.runs_since(place, 1, ALL).unwrap().runs;
        let (header, body) = &runs[0].ops[0];
        let held = Op::read(header, body.as_deref()).unwrap();
        assert!(held.body_fault().is_none(), "its commitments still hold");
        let closed = held.body.as_ref().unwrap().fields().iter();
        let closed = closed.filter(|field| matches!(field.content, Content::Closed(_)));
        let names: Vec<&str> = closed.map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["blob_key", "caption"]);
        assert!(
            !kept.log.is_named(blob).unwrap() && kept.log.named_blobs(place).unwrap().is_empty()
        );
        assert_eq!(kept.blobs.held_bytes(blob).unwrap(), 0);
        // Who still has it hands it in again.
        assert_eq!(kept.take_one(&photo), 0);
        kept.log.scrub(&kept.blobs).unwrap();
    }
    assert_eq!(arrived(&*kept.log, place).len(), 5, "who erased it is on record");
}
