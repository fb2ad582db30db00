//! A new phone joins: by two texts, and over a hub with words that are read aloud.

use angen_bindings::ApiError;
use angen_bindings::types::{JoinState, RevokeWriter};
use angen_core::action::{AnswerJoin, EnrolOfficer, Terms};
use angen_core::domain::Role;
use angen_testing::world::World;

use crate::host::{Phone, open};
use crate::hub::{RealHub, Sockets};
use crate::sync::at;

pub(crate) fn whom(ask: &str) -> AnswerJoin {
    AnswerJoin {
        ask: ask.to_owned(),
        who: EnrolOfficer {
            name: "孙海燕".to_owned(),
            role: Role::Assistant,
            organisation: "涛雒镇应急管理办公室".to_owned(),
            certificate_no: None,
            certificate_valid_until: None,
        },
        terms: Terms { until: None, area: None, dossiers: Vec::new() },
        same_as: None,
    }
}

#[test]
fn two_texts_and_a_compared_root_let_a_phone_join() {
    let phone = Phone::new(81, |_| {});
    let folder = tempfile::tempdir().unwrap();
    let new = open(folder.path().to_owned(), &World::new(82));
    let asked = new.ask_to_join().unwrap();
    assert_eq!(new.ask_to_join().unwrap(), asked, "asking again shows the same");

    let administrator = phone.place.administrator;
    let answered = phone.inspector.answer_join(administrator, whom(&asked.text)).unwrap();
    let offer = new.read_join_answer(answered.text.clone()).unwrap();
    assert_eq!((offer.root, offer.name.as_str()), (phone.place.root, "孙海燕"));
    let shown = angen_bindings::fingerprint_words(phone.inspector.established().unwrap().root);
    assert_eq!(shown, offer.words, "both phones show the same words");
    let other = new.accept_join(answered.text.clone(), asked.asked).unwrap_err();
    assert!(matches!(other, ApiError::Invalid { .. }), "{other:?}");
    let joined = new.accept_join(answered.text, offer.root).unwrap();

    assert_eq!(joined.root, phone.place.root);
    assert_eq!(new.joined_writer().unwrap(), Some(asked.writer));
}

#[test]
fn over_a_hub_the_words_are_read_aloud_and_the_new_phone_joins_and_pulls() {
    let mut hub = None;
    let phone = Phone::new(83, |town| hub = Some(RealHub::certified_by(town)));
    let url = hub.as_ref().unwrap().url();
    let administrator = phone.place.administrator;
    phone.inspector.sync(administrator, at(&url), Sockets::new(), None, None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let new = open(folder.path().to_owned(), &World::new(84));

    let invited = phone.inspector.invite(administrator, url.clone(), Sockets::new(), None).unwrap();
    let ask =
        || -> JoinState { new.join_over_hub(invited.text.clone(), Sockets::new(), None).unwrap() };
    let shown = ask();
    assert_eq!(shown.joined, None);
    let waiting =
        phone.inspector.waiting_asks(administrator, url.clone(), Sockets::new(), None).unwrap();
    assert_eq!(waiting.rows.len(), 1);
    assert_eq!(waiting.rows[0].words, shown.words, "both phones show the same words");

    let answer = |words: &str| {
        let (words, sockets) = (words.to_owned(), Sockets::new());
        let inspector = &phone.inspector;
        inspector.answer_over_hub(administrator, url.clone(), words, whom(""), sockets, None)
    };
    let wrong = answer("不是这些词").unwrap_err();
    assert!(matches!(&wrong, ApiError::Invalid { place, .. } if place == "code"), "{wrong:?}");
    answer(&shown.words.zh).unwrap();

    assert_eq!(ask().joined.unwrap().root, phone.place.root);
    let writer = new.joined_writer().unwrap().unwrap();
    phone.inspector.sync(administrator, at(&url), Sockets::new(), None, None).unwrap();
    let pulled = new.sync(writer, at(&url), Sockets::new(), None, None).unwrap().pulled;
    assert!(pulled.new_ops > 0, "{pulled:?}");
    assert_eq!(new.sync_state().unwrap().hub, Some(url));
}

#[test]
fn a_revoked_officer_syncs_and_is_told_since_when() {
    let mut hub = None;
    let phone = Phone::new(85, |town| hub = Some(RealHub::certified_by(town)));
    let url = hub.as_ref().unwrap().url();
    let (administrator, revoked) = (phone.place.administrator, phone.cast.officers[1]);
    phone.inspector.sync(revoked, at(&url), Sockets::new(), None, None).unwrap();
    let request =
        RevokeWriter { writer: revoked, reason: "手机遗失".to_owned(), cut: Vec::new() };
    phone.inspector.revoke_writer(administrator, request).unwrap();
    phone.inspector.sync(administrator, at(&url), Sockets::new(), None, None).unwrap();

    let done = phone.inspector.sync(revoked, at(&url), Sockets::new(), None, None).unwrap();

    assert!(done.limit.is_some(), "{done:?}");
    let contact = phone.inspector.sync_state().unwrap().contact.unwrap();
    assert_eq!(contact.limit, done.limit, "it is shown until a hub says else");
}

/// A phone that two officers share, though its township was founded on another one.
#[test]
fn a_second_officer_is_admitted_over_the_hub_on_a_phone_that_has_joined() {
    let mut hub = None;
    let phone = Phone::new(90, |town| hub = Some(RealHub::certified_by(town)));
    let url = hub.as_ref().unwrap().url();
    let administrator = phone.place.administrator;
    let meet =
        || phone.inspector.sync(administrator, at(&url), Sockets::new(), None, None).unwrap();
    meet();
    let folder = tempfile::tempdir().unwrap();
    let new = open(folder.path().to_owned(), &World::new(91));
    let asked = new.ask_to_join().unwrap();
    let answered = phone.inspector.answer_join(administrator, whom(&asked.text)).unwrap();
    new.accept_join(answered.text, phone.place.root).unwrap();

    let invited = phone.inspector.invite(administrator, url.clone(), Sockets::new(), None).unwrap();
    let join = || new.join_over_hub(invited.text.clone(), Sockets::new(), None).unwrap();
    let words = join().words;
    let second = new.ask_to_join().unwrap().writer;
    assert_ne!(second, asked.writer, "with keys of their own");
    let mut who = whom("");
    who.who.name = "李建军".to_owned();
    let sockets = Sockets::new();
    phone
        .inspector
        .answer_over_hub(administrator, url.clone(), words.zh, who, sockets, None)
        .unwrap();
    assert!(join().joined.is_some());
    meet();

    for (writer, name) in [(asked.writer, "孙海燕"), (second, "李建军")] {
        new.sync(writer, at(&url), Sockets::new(), None, None).unwrap();
        let here = new.keys_here(1_790_000_000_000).unwrap();
        let holder = here.iter().find(|row| row.writer == writer).unwrap();
        assert_eq!((holder.name.as_str(), holder.is_listed), (name, true));
    }
    assert_eq!(new.sync_state().unwrap().hub, Some(url), "the hub of the invitation is kept");
}

#[test]
fn an_invitation_of_another_township_is_refused_before_anybody_is_asked() {
    let mut hub = None;
    let phone = Phone::new(92, |town| hub = Some(RealHub::certified_by(town)));
    let url = hub.as_ref().unwrap().url();
    let administrator = phone.place.administrator;
    let invited = phone.inspector.invite(administrator, url, Sockets::new(), None).unwrap();
    let other = Phone::new(93, |_| {});
    let sockets = Sockets::new();

    let refused = other.inspector.join_over_hub(invited.text, sockets.clone(), None).unwrap_err();

    let place = matches!(&refused, ApiError::Invalid { place, .. } if place == "invitation");
    assert!(place, "{refused:?}");
    assert_eq!(sockets.performed(), 0);
}
