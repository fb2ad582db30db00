//! A question to join that was left lying: it is seen, let go, and the next person asks.

use angen_core::action::{
    AnswerJoin, Terms, accept_join, answer_join, ask_to_join, discard_ask, open_ask,
    read_join_answer,
};
use angen_core::domain::Role;
use angen_core::error::Error;
use angen_core::ports::{Keys, NewKeys, Ports};
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;
use angen_ledger::key::{SignError, Signer};
use angen_testing::exchange::{deliver, pack};
use angen_testing::township::{Township, officer};
use angen_testing::world::World;
use tempfile::TempDir;

/// A phone fresh from its box, and the township that it will belong to.
struct Scene {
    town: Township,
    store: Store,
    ports: Ports,
    _folder: TempDir,
}

fn scene(seed: u64) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let store = Store::open(&folder.path().join("phone")).unwrap();
    let world = World::new(seed);
    world.wait_ms(86_400_000);
    Scene { town, store, ports: world.ports(), _folder: folder }
}

impl Scene {
    fn answered(&self, ask: &str, name: &str) -> String {
        let who = officer(name, Role::Enforcer);
        let request =
            AnswerJoin { ask: ask.to_owned(), who, terms: Terms::default(), same_as: None };
        answer_join(&self.town.desk(self.town.place.administrator), &request).unwrap().text
    }

    fn refused(&self, asked: Hash) {
        let before = open_ask(&self.store).unwrap();
        let refused = discard_ask(&self.store, &self.ports, asked).unwrap_err();
        assert!(matches!(&refused, Error::Invalid(told) if told.place == "asked"), "{refused}");
        assert_eq!(open_ask(&self.store).unwrap(), before, "{refused}");
    }
}

/// Number 69: whoever asked and went away kept everybody else from asking on that phone.
#[test]
fn fault_69_a_question_that_was_left_lying_is_discarded_and_the_next_person_joins() {
    let scene = scene(65);
    assert_eq!(open_ask(&scene.store).unwrap(), None);
    scene.refused(Hash([7; 32]));
    let left = ask_to_join(&scene.store, &scene.ports).unwrap();
    assert_eq!(open_ask(&scene.store).unwrap(), Some(left.clone()));
    scene.refused(Hash([7; 32]));
    assert!(scene.ports.keys.signer(left.writer).is_ok());
    let late = scene.answered(&left.text, "赵新民");

    discard_ask(&scene.store, &scene.ports, left.asked).unwrap();

    assert_eq!(open_ask(&scene.store).unwrap(), None);
    assert!(scene.ports.keys.signer(left.writer).is_err(), "its keys are destroyed");
    scene.refused(left.asked);
    let nothing = read_join_answer(&scene.store, &late).unwrap_err();
    assert!(matches!(nothing, Error::Invalid(_)), "{nothing}");
    let asked = ask_to_join(&scene.store, &scene.ports).unwrap();
    assert_ne!((asked.writer, asked.asked), (left.writer, left.asked), "with keys of their own");
    assert!(accept_join(&scene.store, &late, scene.town.place.root).is_err(), "another's answer");
    let answer = scene.answered(&asked.text, "钱二");
    let place = accept_join(&scene.store, &answer, scene.town.place.root).unwrap();
    assert_eq!(place, scene.town.place);
    scene.refused(asked.asked);
}

#[test]
fn the_keys_of_an_officer_who_was_certified_meanwhile_are_never_destroyed() {
    let scene = scene(66);
    let first = ask_to_join(&scene.store, &scene.ports).unwrap();
    let answer = scene.answered(&first.text, "赵新民");
    accept_join(&scene.store, &answer, scene.town.place.root).unwrap();
    let second = ask_to_join(&scene.store, &scene.ports).unwrap();
    scene.answered(&second.text, "钱二");
    // The certificate comes another way than by the answer, as a sync brings it.
    deliver(&pack(&scene.town.store).unwrap(), &scene.store).unwrap();

    scene.refused(second.asked);

    assert_eq!(open_ask(&scene.store).unwrap(), None);
    assert!(scene.ports.keys.signer(second.writer).is_ok());
    let certificates = scene.store.read(store::certificates).unwrap();
    assert!(certificates.iter().any(|(_, held)| held.certificate.writer == second.writer));
}

#[test]
fn what_a_key_store_refuses_to_destroy_leaves_the_question_as_it_was() {
    let scene = scene(67);
    let asked = ask_to_join(&scene.store, &scene.ports).unwrap();
    let world = World::new(68);
    let stubborn = Ports { keys: Box::new(Stubborn), ..world.ports() };

    let refused = discard_ask(&scene.store, &stubborn, asked.asked).unwrap_err();

    assert!(matches!(refused, Error::Sign(_)), "{refused}");
    assert_eq!(open_ask(&scene.store).unwrap(), Some(asked));
}

/// A key store that destroys nothing.
struct Stubborn;

impl Keys for Stubborn {
    fn create(&self, writer: WriterId) -> Result<NewKeys, SignError> {
        Err(SignError::Store(format!("{writer}: no keys are made here")))
    }

    fn signer(&self, writer: WriterId) -> Result<Box<dyn Signer>, SignError> {
        Err(SignError::Store(format!("{writer}: no keys are here")))
    }
}
