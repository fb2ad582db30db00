//! What a log store answers, one submission after the other.

use std::collections::BTreeSet;

use angen_core::error::Error;
use angen_hub::store::{LogStore, Outcome, RunsMax};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::seal::SignedSeal;

use super::sites::{Kept, Site};
use super::world::{World, dossier, runs_of, seals_of, submitted};

pub(super) const ALL: RunsMax = RunsMax { runs: 1_000, bytes: usize::MAX, sealers: 100 };

/// The seals of a dossier in the order of their arrival.
pub(super) fn arrived(log: &dyn LogStore, dossier: DossierId) -> Vec<Hash> {
    let runs = log.runs_since(dossier, 0, ALL).unwrap().runs;
    runs.iter().map(|run| SignedSeal::read(&run.seal).unwrap().hash).collect()
}

pub(super) fn what_is_taken_is_answered_with_its_head_and_again_changes_nothing<S: Site>() {
    let (mut world, place) = (World::new(1), dossier(1));
    let kept = Kept::<S>::new(&world);
    let given = [world.open(0, place), world.note(0, place, "一")];

    let (outcomes, head) = kept.take(&given).unwrap();

    let Outcome::Runs(stored) = outcomes.into_iter().next_back().unwrap().unwrap() else {
        panic!("runs were handed in");
    };
    assert_eq!((stored.new_ops, stored.known_ops), (2, 0));
    assert_eq!(stored.head, kept.log.head(place).unwrap());
    assert_eq!(stored.head.heads, [world.officers[0].dep(place).unwrap()]);
    assert_eq!(head.unwrap().size, 2);
    let before = (kept.log.counts().unwrap(), kept.log.checkpoint().unwrap());
    let (outcomes, head) = kept.take(&given).unwrap();
    for (outcome, ops) in outcomes.into_iter().zip([1, 2]) {
        let Outcome::Runs(again) = outcome.unwrap() else { panic!("runs were handed in") };
        assert_eq!((again.new_ops, again.known_ops), (0, ops));
    }
    assert_eq!(head, None, "the log did not grow");
    assert_eq!((kept.log.counts().unwrap(), kept.log.checkpoint().unwrap()), before);
    let last = seals_of(&given[1])[0];
    let writer = world.officers[0].writer;
    assert_eq!(kept.log.last_seal(writer).unwrap(), Some((1, last)));
    assert_eq!(kept.log.last_seal(world.officers[1].writer).unwrap(), None);
}

pub(super) fn what_comes_before_its_past_waits_and_then_counts<S: Site>() {
    let (mut world, place) = (World::new(2), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (open, first, second) =
        (world.open(0, place), world.note(0, place, "一"), world.note(0, place, "二"));
    kept.take_one(&open);
    kept.take_one(&second);
    let waiting = kept.log.head(place).unwrap();
    assert_eq!((waiting.heads[0].seq, waiting.pending), (0, 2));

    kept.take_one(&first);

    let head = kept.log.head(place).unwrap();
    assert_eq!((head.heads[0].seq, head.pending), (4, 0));
    let order = [&open, &second, &first].map(|given| seals_of(given)[0]);
    assert_eq!(arrived(&*kept.log, place), order, "the order of arrival stays");
}

pub(super) fn a_chain_that_forked_has_two_heads<S: Site>() {
    let (mut world, mut clone, place) = (World::new(3), World::new(3), dossier(1));
    let kept = Kept::<S>::new(&world);
    let open = world.open(0, place);
    clone.open(0, place);
    kept.take_one(&open);
    kept.take_one(&world.note(0, place, "原"));
    kept.take_one(&clone.note(0, place, "冒"));

    let head = kept.log.head(place).unwrap();

    let both = [world.officers[0].dep(place).unwrap(), clone.officers[0].dep(place).unwrap()];
    assert_eq!(BTreeSet::from_iter(head.heads), BTreeSet::from(both));
    assert_eq!(arrived(&*kept.log, place).len(), 3);
}

pub(super) fn without_its_opening_nothing_of_a_dossier_is_stored<S: Site>() {
    let (mut world, place) = (World::new(4), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (open, note) = (world.open(0, place), world.note(0, place, "一"));
    let before = kept.log.counts().unwrap();

    let (outcomes, head) = kept.take(std::slice::from_ref(&note)).unwrap();

    assert!(matches!(outcomes[..], [Err(Error::NotFound { noun: "dossier", .. })]));
    assert_eq!((head, kept.log.counts().unwrap()), (None, before));
    // Number 43: that nothing was sent said of a dossier that it was open.
    let nothing = submitted(place, Vec::new());
    let (outcomes, _) = kept.take(std::slice::from_ref(&nothing)).unwrap();
    assert!(matches!(outcomes[..], [Err(Error::NotFound { noun: "dossier", .. })]));
    let runs = [runs_of(&open), runs_of(&note)].concat();
    assert_eq!(kept.take_one(&submitted(place, runs)), 3, "with the opening it is taken");
    assert_eq!(kept.take_one(&nothing), 0, "an open one has a head for who sends nothing");
}

pub(super) fn certificates_come_behind_their_issuers_or_not_at_all<S: Site>() {
    let (world, stranger) = (World::new(5), World::new(6));
    let kept = Kept::<S>::new(&world);
    let officer = &world.officers[0];
    let chain = kept.log.chains(&BTreeSet::from([officer.certificate.hash])).unwrap();
    let hashes: Vec<Hash> = chain.iter().map(|(_, held)| held.hash).collect();
    let above = [&world.root, &world.admin, officer].map(|scribe| scribe.certificate.hash);
    assert_eq!(hashes, above);

    let orphan = [stranger.root.cose.clone(), stranger.officers[0].cose.clone()];
    assert!(matches!(kept.log.admit(&orphan), Err(Error::Distrust(_))));
    let wanted = [&stranger.root, &stranger.officers[0]].map(|scribe| scribe.certificate.hash);
    assert!(kept.log.chains(&BTreeSet::from(wanted)).unwrap().is_empty(), "all or none");
    kept.log.admit(&stranger.certificates()).unwrap();
    kept.log.admit(&stranger.certificates()).unwrap();
    assert_eq!(kept.log.chains(&BTreeSet::from(wanted)).unwrap().len(), 3);
}

pub(super) fn an_answer_holds_no_more_than_it_may_and_one_run_at_least<S: Site>() {
    let (mut world, place) = (World::new(7), dossier(1));
    let kept = Kept::<S>::new(&world);
    let mut given = vec![world.open(0, place)];
    given.extend((0..6).map(|at| world.note(at % 2, place, "记")));
    kept.take(&given).unwrap();
    let since = |since, max| kept.log.runs_since(place, since, max).unwrap();

    let two = since(1, RunsMax { runs: 2, ..ALL });
    assert_eq!((two.runs.len(), two.next, two.sealers.len()), (2, 3, 2));
    let one = since(1, RunsMax { bytes: 1, ..ALL });
    assert_eq!((one.runs.len(), one.next), (1, 2), "one run may be larger");
    let own = since(0, RunsMax { sealers: 1, ..ALL });
    assert_eq!((own.runs.len(), own.next), (2, 2), "the third is another's");
    let all = since(0, ALL);
    let none = since(7, ALL);
    assert_eq!((all.next, all.running), (7, none.running));
    assert!(none.runs.is_empty() && since(99, ALL).runs.is_empty());
    assert_eq!(kept.log.receipts_since(place, 2, 3).unwrap().receipts.len(), 3);
}

pub(super) fn settings_are_changed_together_and_by_one_at_a_time<S: Site>() {
    let kept = Kept::<S>::new(&World::new(8));
    let count = |value: &Option<String>| value.as_ref().map_or(0, |v| v.parse::<u32>().unwrap());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let more = |now: &[Option<String>]| {
                        let [one, other] = now else { panic!("as many as were named") };
                        let less = 100 - count(one) - 1;
                        assert!(other.is_none() || count(one) + count(other) == 100, "together");
                        Ok(Some(vec![(count(one) + 1).to_string(), less.to_string()]))
                    };
                    kept.log.change_settings(&["count", "rest"], &more).unwrap();
                }
            });
        }
    });
    assert_eq!(kept.log.setting("count").unwrap().as_deref(), Some("40"));
    assert!(kept.log.change_settings(&["count"], &|_| Err(Error::Paused)).is_err());
    let both = kept.log.change_settings(&["rest", "count"], &|_| Ok(None)).unwrap();
    assert_eq!(both, [Some("60".to_owned()), Some("40".to_owned())]);
    assert_eq!(kept.log.setting("count").unwrap().as_deref(), Some("40"));
    assert_eq!(kept.log.setting("other").unwrap(), None);
}

pub(super) fn what_outlives_the_process_is_as_it_was<S: Site>() {
    let (mut world, place) = (World::new(9), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (photo, blob, _) = world.photo(0, place);
    let (open, _, waiting) =
        (world.open(1, place), world.note(0, place, "未到"), world.note(0, place, "等待"));
    kept.take(&[open, photo, waiting]).unwrap();
    kept.log.change_settings(&["name"], &|_| Ok(Some(vec!["日照".to_owned()]))).unwrap();
    let seen = |log: &dyn LogStore| {
        let receipts = log.receipts_since(place, 0, 100).unwrap();
        let runs = log.runs_since(place, 0, ALL).unwrap();
        let facts = (log.counts().unwrap(), log.origin().unwrap(), log.is_named(blob).unwrap());
        let name = log.setting("name").unwrap();
        (receipts, (runs.next, runs.running), log.head(place).unwrap(), facts, name)
    };
    let before = seen(&*kept.log);
    assert_eq!(before.2.pending, 2);
    let Kept { site, log, .. } = kept;
    drop(log);

    let Some(site) = site.reopened() else { return };

    assert_eq!(seen(&*site.log()), before);
}
