//! A phone finds out what a hub does not want known: two pasts, things left out, things altered.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{Phone, TestHub, certificates_for, copy_folder, liar_before, push};
use crate::pull::{begun, empty_store, pull, push_all, session};
use angen_core::store::{self, Store};
use angen_hub::client::{PullError, Pulled};
use angen_hub::wire::{Certificates, Changes, Consistency, PulledRuns, Receipts};
use angen_ledger::hash::Hash;
use angen_ledger::log::entry::{Entry, running};
use angen_ledger::seal::SignedSeal;
use angen_ledger::verify::{Lang, NoObserver, Outcome, verify};
use angen_ledger::wire::Wire;
use angen_testing::exchange::{deliver, pack};
use tempfile::TempDir;

#[test]
fn a_hub_of_another_root_is_signed_for_by_nobody() {
    let (_, hub) = begun(144, 1_000);
    let stranger = Phone::new(145);
    let (_folder, store) = empty_store();
    let other = pull(&hub.url(), &store, &stranger).unwrap_err();
    assert!(matches!(other, PullError::OtherRoot(_)), "{other}");
    assert_eq!(store.read(|c| Ok(store::certificates(c)?.len())).unwrap(), 0);
}

/// A second hub with the key and the past of the first, in a folder of its own.
fn twin(from: &Path, to: &Path) {
    Store::open(from).unwrap().pause().unwrap();
    copy_folder(from, to);
}

/// Two hubs with one key and one past, and two phones that have since written different things.
struct Twins {
    phone: Phone,
    other: Phone,
    one: TestHub,
    two: TestHub,
    folders: TempDir,
}

impl Twins {
    fn new(seed: u64) -> Self {
        let phone = Phone::new(seed);
        phone.capture(0, "a.jpg", 1_000);
        let other = phone.copy(seed + 1);
        phone.capture(0, "one.jpg", 1_000);
        other.capture(1, "two.jpg", 1_000);
        let folders = tempfile::tempdir().unwrap();
        let (one, two) = (folders.path().join("one"), folders.path().join("two"));
        drop(TestHub::certified_in(&one, &[&phone]));
        twin(&one, &two);
        let (one, _) = TestHub::certified_in(&one, &[&phone]);
        let (two, _) = TestHub::certified_in(&two, &[&phone]);
        Self { phone, other, one, two, folders }
    }
}

#[test]
fn two_trees_of_one_hub_are_refused_and_both_heads_are_kept() {
    let Twins { folders: _folders, phone, other, one, two } = Twins::new(146);
    let register = phone.register();
    push(one.address, &phone, register).unwrap();
    push(two.address, &other, register).unwrap();

    let (_folder, store) = empty_store();
    pull(&one.url(), &store, &phone).unwrap();
    let before = store.read(store::digest).unwrap();
    let twice = pull(&two.url(), &store, &phone).unwrap_err();
    let PullError::TwoTrees { kept, shown, .. } = &twice else { panic!("{twice}") };
    assert_eq!(kept, shown);
    assert!(twice.is_untrue() && !twice.say(Lang::Zh).is_ascii());
    let heads = store.read(store::checkpoints_kept).unwrap();
    let last = &heads[heads.len() - 2..];
    assert_eq!(last[0].signed.checkpoint.size, last[1].signed.checkpoint.size);
    assert_ne!(last[0].signed.checkpoint.root, last[1].signed.checkpoint.root);
    assert_ne!(last[0].agrees, last[1].agrees);

    other.capture(1, "three.jpg", 1_000);
    push(two.address, &other, register).unwrap();
    let grown = pull(&two.url(), &store, &phone).unwrap_err();
    assert!(matches!(grown, PullError::TwoTrees { .. }), "{grown}");
    assert_eq!(store.read(store::digest).unwrap(), before, "nothing of it was taken");
    pull(&one.url(), &store, &phone).unwrap();
}

/// It stood as evidence of two trees for ever, and receipts that led to it had no head in any
/// package (number 29).
#[test]
fn a_head_whose_proof_was_damaged_on_its_way_agrees_once_the_proof_holds() {
    let (phone, hub) = begun(171, 1_000);
    let (_folder, store) = empty_store();
    pull(&hub.url(), &store, &phone).unwrap();
    phone.capture(0, "later.jpg", 1_000);
    push_all(&phone, &hub);
    let damaging = liar_before(hub.address, |path, answer| {
        let is_proof = path.starts_with("/v1/tlog/consistency/");
        let Consistency(mut proof) = is_proof.then(|| read(answer))?;
        proof.first_mut()?.0[0] ^= 1;
        Some(Consistency(proof).to_wire())
    });
    let damaged = pull(&damaging, &store, &phone).unwrap_err();
    assert!(matches!(damaged, PullError::TwoTrees { .. }), "{damaged}");
    let agree = |store: &Store| {
        let kept = store.read(store::checkpoints_kept).unwrap();
        kept.iter().map(|kept| kept.agrees).collect::<Vec<_>>()
    };
    assert_eq!(agree(&store).last(), Some(&false), "both are kept until then");
    let pulled = pull(&hub.url(), &store, &phone).unwrap();
    assert!(pulled.receipts > 0);
    assert!(agree(&store).into_iter().all(|agrees| agrees), "{:?}", agree(&store));
}

/// One op of a phone that was shown the other tree, and every package with it was refused by its
/// reader under R6, the evidence of the honest along with it (number 30).
#[test]
fn an_op_that_names_another_tree_is_told_at_the_export_and_spoils_no_package() {
    let Twins { folders: _folders, phone, other, one, two } = Twins::new(172);
    let register = phone.register();
    for (hub, phone) in [(&one, &phone), (&two, &other)] {
        push(hub.address, phone, register).unwrap();
        pull(&hub.url(), &phone.store, phone).unwrap();
    }
    let (_, exported) = phone.exported(register);
    assert_eq!(exported.contradicted, [""; 0]);
    other.capture(1, "three.jpg", 1_000);
    deliver(&pack(&other.store).unwrap(), &phone.store).unwrap();
    let blobs = |phone: &Phone| phone.store.folder().join("blobs");
    copy_folder(&blobs(&other), &blobs(&phone));
    let (file, exported) = phone.exported(register);
    let head = phone.store.read(store::newest_checkpoint).unwrap().unwrap();
    assert_eq!(exported.contradicted, [head.origin], "and it is told");
    let package = std::fs::read(file).unwrap();
    let verdict = verify(package.as_slice(), Some(phone.place.root), &mut NoObserver).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);
}

#[test]
fn a_hub_that_forgot_is_refused() {
    let phone = Phone::new(148);
    let folders = tempfile::tempdir().unwrap();
    let (new, old) = (folders.path().join("new"), folders.path().join("old"));
    drop(TestHub::certified_in(&new, &[&phone]));
    twin(&new, &old);
    let (new, _) = TestHub::certified_in(&new, &[&phone]);
    push_all(&phone, &new);
    let (_folder, store) = empty_store();
    let administrator = phone.place.administrator;
    session(&new.url(), &store, &phone, administrator).unwrap();
    let (old, _) = TestHub::certified_in(&old, &[&phone]);
    let forgot = session(&old.url(), &store, &phone, administrator).err().unwrap();
    assert!(matches!(forgot, PullError::RolledBack { shown: 0, .. }), "{forgot}");
}

/// Pulls through a liar into a new store; what the pull says of it.
fn pull_through(
    phone: &Phone,
    hub: &TestHub,
    twist: impl Fn(&str, &crate::common::Answer) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> (Result<Pulled, PullError>, Store, TempDir) {
    let (folder, store) = empty_store();
    let url = liar_before(hub.address, twist);
    let pulled = pull(&url, &store, phone);
    (pulled, store, folder)
}

fn read<T: Wire>(answer: &crate::common::Answer) -> T {
    T::from_wire(&answer.body).unwrap()
}

#[test]
fn a_receipt_for_another_seal_or_another_dossier_is_refused() {
    let (phone, hub) = begun(150, 1_000);
    let (register, roster) = (phone.register(), phone.place.roster);
    let no_receipts = |store: &Store| {
        let open = store.read(|c| store::receipts_of(c, register)).unwrap();
        assert!(open.is_empty());
    };
    let (pulled, store, _folder) = pull_through(&phone, &hub, |path, answer| {
        path.contains("receipts").then(|| {
            let mut said: Receipts = read(answer);
            let mut entry = Entry::from_wire(&said.receipts[0].entry).unwrap();
            entry.arrival += 1;
            entry.subject = Hash([5; 32]);
            said.receipts[0].entry = entry.to_wire();
            said.to_wire()
        })
    });
    assert!(matches!(pulled, Err(PullError::BadReceipt(_))), "{pulled:?}");
    no_receipts(&store);

    let officer = crate::common::sign_in(hub.address, &phone, phone.officers[0]);
    let others = officer.get(&format!("/v1/dossiers/{roster}/receipts")).body;
    let (pulled, store, _folder) = pull_through(&phone, &hub, move |path, _| {
        path.contains(&format!("{register}/receipts")).then(|| others.clone())
    });
    assert!(matches!(pulled, Err(PullError::BadReceipt(_))), "{pulled:?}");
    no_receipts(&store);
}

#[test]
fn runs_that_are_left_out_show_in_the_running_head() {
    let (phone, hub) = begun(151, 1_000);
    // The last run is withheld and the counts say otherwise, in this answer and the next.
    let (pulled, _, _folder) = pull_through(&phone, &hub, |path, answer| {
        path.contains("runs?since=").then(|| {
            let mut said: PulledRuns = read(answer);
            if let Some(run) = said.runs.first().cloned() {
                let seal = SignedSeal::read(&run.seal).unwrap().hash;
                if said.runs.len() > 1 {
                    let before = angen_ledger::log::entry::RUNNING_NONE;
                    (said.runs, said.next) = (vec![run], 1);
                    said.running = running(&before, &seal);
                } else if path.ends_with("since=1") {
                    (said.runs, said.next, said.running) = (Vec::new(), 1, said.running);
                }
            }
            said.to_wire()
        })
    });
    assert!(matches!(pulled, Err(PullError::OtherRuns(_))), "{pulled:?}");

    let (pulled, store, _folder) = pull_through(&phone, &hub, |path, answer| {
        path.contains("runs?since=0").then(|| {
            let mut said: PulledRuns = read(answer);
            said.runs.pop();
            said.to_wire()
        })
    });
    assert!(matches!(pulled, Err(PullError::OtherRuns(_))), "{pulled:?}");
    assert_eq!(store.read(store::count_ops).unwrap(), 0);
}

#[test]
fn what_was_altered_on_the_way_is_not_taken() {
    let (phone, hub) = begun(152, 100_000);
    let (pulled, store, _folder) = pull_through(&phone, &hub, |path, answer| {
        path.starts_with("/v1/blobs/").then(|| {
            let mut bytes = answer.body.clone();
            bytes[70_000] ^= 1;
            bytes
        })
    });
    assert!(matches!(pulled, Err(PullError::BlobAltered(_))), "{pulled:?}");
    let (blob, _) = phone.only_blob();
    assert_eq!(store.blobs().held_bytes(blob).unwrap(), 0);

    let (pulled, _, _folder) = pull_through(&phone, &hub, |path, answer| {
        (path == "/v1/tlog/checkpoint").then(|| {
            let text = String::from_utf8(answer.body.clone()).unwrap();
            let (origin, rest) = text.split_once('\n').unwrap();
            let (size, rest) = rest.split_once('\n').unwrap();
            let size: u64 = size.parse().unwrap();
            format!("{origin}\n{}\n{rest}", size + 1).into_bytes()
        })
    });
    assert!(matches!(pulled, Err(PullError::Forged(_))), "{pulled:?}");

    let (pulled, _, _folder) = pull_through(&phone, &hub, |path, answer| {
        path.starts_with("/v1/changes").then(|| {
            let mut said: Changes = read(answer);
            said.origin = "other.example/1".to_owned();
            said.to_wire()
        })
    });
    assert!(matches!(pulled, Err(PullError::OtherLog { .. })), "{pulled:?}");
}

#[test]
fn a_certificate_of_another_root_comes_in_neither_with_the_hub_nor_with_the_runs() {
    let (phone, hub) = begun(153, 1_000);
    let stranger = Phone::new(154);
    let folder = tempfile::tempdir().unwrap();
    let theirs = certificates_for(folder.path(), &[&stranger], 1);
    let (pulled, _, _folder) = pull_through(&phone, &hub, move |path, _| {
        (path == "/v1/tlog/certificates").then(|| Certificates(theirs.clone()).to_wire())
    });
    assert!(matches!(pulled, Err(PullError::OtherRoot(_))), "{pulled:?}");

    let (certificates, runs) = (stranger.certificates(), stranger.runs(stranger.register()));
    let register = phone.register();
    let (pulled, store, _folder) = pull_through(&phone, &hub, move |path, answer| {
        path.contains(&format!("{register}/runs")).then(|| {
            let mut said: PulledRuns = read(answer);
            said.certificates.extend(certificates.clone());
            assert!(!runs.is_empty());
            said.to_wire()
        })
    });
    assert!(matches!(pulled, Err(PullError::OtherRoot(_))), "{pulled:?}");
    let held = store.read(store::certificates).unwrap();
    assert!(held.iter().all(|(_, known)| known.hash != stranger.place.root));
}

/// Found by the simulated world: a flipped bit in the list of changes moved the cursor behind the
/// end of the log, and the phone pulled nothing any more.
#[test]
fn a_place_behind_the_end_of_the_log_is_not_believed() {
    let (phone, hub) = begun(160, 1_000);
    let (_folder, store) = empty_store();
    let liar = liar_before(hub.address, |path, answer| {
        let mut changes =
            path.starts_with("/v1/changes").then(|| Changes::from_wire(&answer.body).unwrap())?;
        (changes.next, changes.size) = (1 << 40, 1 << 40);
        Some(changes.to_wire())
    });
    let refused = pull(&liar, &store, &phone).unwrap_err();
    assert!(refused.to_string().contains("behind the end of the log"), "{refused}");
    assert!(pull(&hub.url(), &store, &phone).unwrap().new_ops > 0);
}

/// Found by 5,000 seeds of the simulated world: a flipped bit in the name of a dossier moved the
/// cursor of the files past one that was never fetched (number 45).
#[test]
fn a_list_of_changes_with_another_name_in_it_loses_no_file() {
    let (phone, hub) = begun(154, 1_000);
    let asked = AtomicUsize::new(0);
    let url = liar_before(hub.address, move |path, answer| {
        let mut changes =
            path.starts_with("/v1/changes").then(|| Changes::from_wire(&answer.body).unwrap())?;
        // The first list is that of the records, the second that of the files.
        if asked.fetch_add(1, Ordering::SeqCst) == 1 {
            changes.changed.iter_mut().for_each(|one| one.dossier.0[0] ^= 1);
        }
        Some(changes.to_wire())
    });
    let (_folder, store) = empty_store();
    assert_eq!(pull(&url, &store, &phone).unwrap().blobs, 0);
    assert_eq!(pull(&hub.url(), &store, &phone).unwrap().blobs, 1);
}
