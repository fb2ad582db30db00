//! A phone that is emptied by order, as its app does it: told, sent, emptied, and begun anew.

use angen_bindings::ApiError;
use angen_core::action::order_wipe;
use angen_core::error::{Error, KeyTrouble};
use angen_core::ports;
use angen_core::store;
use angen_ledger::id::WriterId;

use crate::host::{Phone, lent, open};
use crate::hub::{RealHub, Sockets};
use crate::sync::at;

/// A phone on which one officer alone works, and which the administrator has ordered to be emptied.
fn ordered(seed: u64) -> (Phone, RealHub, WriterId) {
    let mut hub = None;
    let phone = Phone::new(seed, |town| {
        hub = Some(RealHub::certified_by(town));
        let admin = town.desk(town.place.administrator);
        order_wipe(&admin, &[town.cast.officers[0]], "手机遗失").unwrap();
        let own = town.cast.officers[0];
        let certified = town.store.read(store::certificates).unwrap();
        for (_, held) in certified.iter().filter(|(_, held)| held.certificate.writer != own) {
            ports::Keys::destroy(&*town.ports.keys, held.certificate.writer).unwrap();
        }
    });
    let officer = phone.officer();
    (phone, hub.unwrap(), officer)
}

/// Number 68: a wipe told of records as lost that a hub had given receipts for.
#[test]
fn fault_68_what_a_hub_has_given_a_receipt_for_is_not_told_as_lost() {
    let (phone, hub, officer) = ordered(91);
    let inspector = &phone.inspector;
    phone.note("还没有上传");
    inspector.capture_evidence(officer, phone.photo(None)).unwrap();
    let before = inspector.ordered_wipe().unwrap().unwrap();
    assert!(before.everything && before.order.reason == "手机遗失");
    assert!(before.report.unsent_ops > 0 && before.report.unsent_files > 0, "{before:?}");

    inspector.sync(officer, at(&hub.url()), Sockets::new(), None, None).unwrap();

    let after = inspector.ordered_wipe().unwrap().unwrap().report;
    assert_eq!((after.unsent_ops, after.unsent_dossiers, after.unsent_files), (0, 0, 0));
    phone.note("又记了一条");
    assert_eq!(inspector.ordered_wipe().unwrap().unwrap().report.unsent_ops, 1);
}

#[test]
fn an_emptied_phone_opens_as_a_new_one_and_says_whether_it_was_cut_off() {
    let (phone, _hub, officer) = ordered(92);
    let folder = phone.folder.path().to_owned();
    let ordered = phone.inspector.ordered_wipe().unwrap().unwrap();
    let writers = ordered.report.writers;
    let lost = phone.inspector.wipe(writers, ordered.everything).unwrap();
    assert!(lost.is_emptied && lost.unsent_ops == ordered.report.unsent_ops);
    assert!(matches!(phone.inspector.established(), Err(ApiError::Paused { .. })));
    let anew = open(folder.clone(), &phone.world);
    assert!(!anew.finished_wipe());
    assert!(matches!(anew.established(), Err(ApiError::NotFound { .. })));
    assert_eq!(anew.ordered_wipe().unwrap(), None);
    drop(anew);
    // The mark of a wipe that was cut off: what was opened meanwhile goes with the next opening.
    std::fs::write(folder.join("angen.wipe"), format!("{officer}\n")).unwrap();
    let finished = open(folder.clone(), &phone.world);
    assert!(finished.finished_wipe() && !folder.join("angen.wipe").exists());
    drop(lent(&phone.world));
}

/// Number 66: a phone was told of options and commands that only a computer has.
#[test]
fn fault_66_the_words_about_a_key_fit_who_holds_a_phone() {
    let all = [
        KeyTrouble::Needed,
        KeyTrouble::Wrong,
        KeyTrouble::Unproven,
        KeyTrouble::NotEncrypted,
        KeyTrouble::NoCipher,
    ];
    for trouble in all {
        let (ApiError::WrongKey { zh, en } | ApiError::Internal { zh, en }) =
            ApiError::from(Error::Key(trouble))
        else {
            panic!("{trouble:?} is another error")
        };
        for words in ["--", "angen ", "sqlcipher"] {
            assert!(!zh.contains(words) && !en.contains(words), "{trouble:?}: {zh} / {en}");
        }
        // What is the matter, and behind it what to do.
        assert!(zh.starts_with(trouble.words().0) && zh.contains("。请") || zh.contains("。不要"));
        assert!(en.starts_with(trouble.words().1) && en.len() > trouble.words().1.len() + 10);
    }
}
