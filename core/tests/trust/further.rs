//! A phone that has joined takes a further officer: the key is made here, the township is known.

use angen_core::action::{
    AnswerJoin, KeyHolder, KeyState, Terms, WriteNote, accept_join, answer_join, ask_to_join,
    established, joined_writer, keys_here, read_join_answer, write_note,
};
use angen_core::desk::Desk;
use angen_core::domain::Role;
use angen_core::error::Error;
use angen_core::ports::Ports;
use angen_core::store::{self, Store};
use angen_ledger::id::WriterId;
use angen_testing::exchange::{deliver, pack};
use angen_testing::township::{Township, officer};
use angen_testing::world::World;
use tempfile::TempDir;

const DAY_MS: u32 = 86_400_000;

/// A phone that has joined a township for one officer, and has not synced.
struct Joined {
    store: Store,
    ports: Ports,
    first: WriterId,
    _folder: TempDir,
}

fn town(seed: u64) -> (TempDir, Township) {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), seed);
    (folder, town)
}

/// What the administrator answers to a question.
fn answered(town: &Township, ask: &str, name: &str, terms: Terms) -> String {
    let who = officer(name, Role::Enforcer);
    let request = AnswerJoin { ask: ask.to_owned(), who, terms, same_as: None };
    answer_join(&town.desk(town.place.administrator), &request).unwrap().text
}

fn joined(town: &Township, seed: u64) -> Joined {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let world = World::new(seed);
    world.wait_ms(DAY_MS);
    let ports = world.ports();
    let asked = ask_to_join(&store, &ports).unwrap();
    let text = answered(town, &asked.text, "赵新民", Terms::default());
    accept_join(&store, &text, town.place.root).unwrap();
    Joined { store, ports, first: asked.writer, _folder: folder }
}

impl Joined {
    fn here(&self) -> Vec<KeyHolder> {
        keys_here(&self.store, &self.ports, 1_790_000_000_000).unwrap()
    }

    fn note(&self, writer: WriterId, town: &Township, text: &str) {
        let desk = Desk::sign_in(&self.store, &self.ports, writer).unwrap();
        let dossier = town.cast.check.dossier;
        let note = WriteNote { dossier, text: text.to_owned(), about: None };
        write_note(&desk, &note).unwrap();
    }
}

#[test]
fn a_second_and_a_third_officer_are_admitted_on_a_phone_that_has_joined_and_all_of_them_write() {
    let (_folder, town) = town(11);
    let phone = joined(&town, 61);
    deliver(&pack(&town.store).unwrap(), &phone.store).unwrap();
    let mut writers = vec![phone.first];
    for name in ["钱二", "孙三"] {
        let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
        assert_eq!(ask_to_join(&phone.store, &phone.ports).unwrap(), asked, "until it is answered");
        assert!(!writers.contains(&asked.writer), "{name} has keys of their own");
        let text = answered(&town, &asked.text, name, Terms::default());
        let offer = read_join_answer(&phone.store, &text).unwrap();
        assert_eq!(offer.chain.last().unwrap().certificate.name, name);
        assert_eq!(accept_join(&phone.store, &text, town.place.root).unwrap(), town.place);
        assert!(accept_join(&phone.store, &text, town.place.root).is_err(), "once is enough");
        writers.push(asked.writer);
    }
    assert_eq!(joined_writer(&phone.store).unwrap(), Some(phone.first), "who joined the phone");
    for writer in &writers {
        phone.note(*writer, &town, "各记各的");
    }
    deliver(&pack(&phone.store).unwrap(), &town.store).unwrap();
    deliver(&pack(&town.store).unwrap(), &phone.store).unwrap();
    let digest = |store: &Store| store.read(store::digest).unwrap();
    assert_eq!(digest(&phone.store), digest(&town.store));
    for writer in writers {
        assert!(town.roster().iter().any(|line| line.writer == writer));
    }
}

#[test]
fn an_answer_of_another_township_or_root_adds_nobody_to_a_phone_that_has_joined() {
    let (_folder, town) = town(11);
    let (_folder_too, other) = self::town(99);
    let phone = joined(&town, 62);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    let strange = answered(&other, &asked.text, "钱二", Terms::default());
    let good = answered(&town, &asked.text, "钱二", Terms::default());
    let before = phone.store.read(store::digest).unwrap();
    let certificates = || phone.store.read(store::certificates).unwrap().len();
    let held = certificates();
    for (text, root) in [
        (&strange, other.place.root),
        (&strange, town.place.root),
        (&good, other.place.root),
        (&asked.text, town.place.root),
    ] {
        let refused = accept_join(&phone.store, text, root).unwrap_err();
        assert!(matches!(refused, Error::Invalid(_)), "{refused}");
    }
    assert_eq!((phone.store.read(store::digest).unwrap(), certificates()), (before, held));
    assert_eq!(established(&phone.store).unwrap(), town.place);
    accept_join(&phone.store, &good, town.place.root).unwrap();
}

#[test]
fn a_phone_of_a_village_takes_nobody_for_the_whole_township() {
    let (_folder, town) = town(11);
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let world = World::new(63);
    world.wait_ms(DAY_MS);
    let ports = world.ports();
    let village = || Terms { area: Some(format!("{}201", town.place.area)), ..Terms::default() };
    let asked = ask_to_join(&store, &ports).unwrap();
    accept_join(&store, &answered(&town, &asked.text, "赵村民", village()), town.place.root)
        .unwrap();

    let asked = ask_to_join(&store, &ports).unwrap();
    let wide = answered(&town, &asked.text, "钱二", Terms::default());
    let refused = accept_join(&store, &wide, town.place.root).unwrap_err();

    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
}

/// Number 48: after a restart a phone that had joined and not synced listed nobody to sign in.
#[test]
fn fault_48_who_joined_can_sign_in_before_the_roster_has_come() {
    let (_folder, town) = town(11);
    let phone = joined(&town, 64);
    // The pretend key store has a key for everybody, but for those whose keys lie elsewhere.
    let others = town.roster().into_iter().map(|line| line.writer);
    for other in others.chain([town.place.administrator]).filter(|other| *other != phone.first) {
        phone.ports.keys.destroy(other).unwrap();
    }
    let here = phone.here();
    assert_eq!(here.len(), 1, "nobody whose key is elsewhere: {here:?}");
    assert_eq!((here[0].writer, here[0].name.as_str()), (phone.first, "赵新民"));
    assert_eq!((here[0].role, here[0].key), (Some(Role::Enforcer), KeyState::Open));
    assert!(!here[0].is_listed && !here[0].is_certified && here[0].certificate_no.is_none());
    deliver(&pack(&town.store).unwrap(), &phone.store).unwrap();
    let here = phone.here();
    assert!(here.len() == 1 && here[0].is_listed && here[0].is_certified, "{here:?}");
}

/// Number 49: an administrator stands on no roster, and could not sign in again after a hand-over.
#[test]
fn fault_49_an_administrator_is_listed_where_the_key_is() {
    let (_folder, town) = town(11);
    let here = keys_here(&town.store, &town.ports, 1_790_000_000_000).unwrap();
    let last = here.last().unwrap();
    assert_eq!((last.writer, last.role), (town.place.administrator, None));
    assert_eq!(here.len(), town.roster().len() + 1);
    town.world.lock_keys(true);
    let locked = keys_here(&town.store, &town.ports, 1_790_000_000_000).unwrap();
    assert!(locked.iter().all(|row| row.key == KeyState::Locked));
    town.world.lock_keys(false);
    town.ports.keys.destroy(town.place.administrator).unwrap();
    let here = keys_here(&town.store, &town.ports, 1_790_000_000_000).unwrap();
    assert!(here.iter().all(|row| row.writer != town.place.administrator));
}
