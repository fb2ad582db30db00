//! A new phone joins by two texts: what it takes, and everything that it must refuse.

use angen_core::action::{
    AnswerJoin, RevokeWriter, Terms, WriteNote, accept_join, answer_join, ask_to_join,
    enrol_officer_on, established, joined_writer, may_read, read_join_answer, revoke_writer,
    write_note,
};
use angen_core::desk::Desk;
use angen_core::domain::Role;
use angen_core::error::Error;
use angen_core::ports::Ports;
use angen_core::store::{self, Store};
use angen_ledger::certificate::Certificate;
use angen_ledger::enrolment::{Answer, Ask};
use angen_ledger::hash::Suite;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::limits::QR_CHARS_MAX;
use angen_ledger::testing::BEGIN_MS;
use angen_testing::exchange::{deliver, pack};
use angen_testing::township::{Township, officer};
use angen_testing::world::World;
use tempfile::TempDir;

const DAY_MS: i64 = 86_400_000;

/// A phone fresh from its box.
struct NewPhone {
    store: Store,
    ports: Ports,
    _folder: TempDir,
}

fn new_phone(seed: u64) -> NewPhone {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let world = World::new(seed);
    world.wait_ms(u32::try_from(DAY_MS).unwrap());
    NewPhone { store, ports: world.ports(), _folder: folder }
}

fn town() -> (TempDir, Township) {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    (folder, town)
}

fn answer(ask: &str, name: &str, terms: Terms) -> AnswerJoin {
    let who = officer(name, Role::Enforcer);
    AnswerJoin { ask: ask.to_owned(), who, terms, same_as: None }
}

fn newest(store: &Store) -> Certificate {
    let held = store.read(store::certificates).unwrap();
    held.last().unwrap().1.certificate.clone()
}

#[test]
fn a_new_phone_asks_is_answered_and_works_in_the_township() {
    let (_folder, town) = town();
    let phone = new_phone(51);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    assert_eq!(ask_to_join(&phone.store, &phone.ports).unwrap(), asked, "asking again is the same");
    let admin = town.desk(town.place.administrator);
    let answered = answer_join(&admin, &answer(&asked.text, "赵新民", Terms::default())).unwrap();
    assert_eq!(answered.officer.writer, asked.writer);
    for text in [&asked.text, &answered.text] {
        assert!(text.len() <= QR_CHARS_MAX, "{} signs", text.len());
        let is_alphanumeric =
            |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == ':';
        assert!(text.chars().all(is_alphanumeric), "{text}");
    }
    assert!(asked.text.len() < 400 && answered.text.len() < 2_600);
    let offer = read_join_answer(&phone.store, &answered.text).unwrap();
    assert_eq!((offer.root, offer.answer.township.as_str()), (town.place.root, "涛雒镇"));
    assert!(established(&phone.store).is_err(), "looking at it establishes nothing");
    let joined = accept_join(&phone.store, &answered.text, town.place.root).unwrap();
    assert_eq!(joined, town.place);
    assert_eq!(joined_writer(&phone.store).unwrap(), Some(asked.writer));
    assert!(accept_join(&phone.store, &answered.text, town.place.root).is_err(), "once is enough");
    deliver(&pack(&town.store).unwrap(), &phone.store).unwrap();
    let desk = Desk::sign_in(&phone.store, &phone.ports, asked.writer).unwrap();
    let dossier = town.cast.check.dossier;
    let note = WriteNote { dossier, text: "新手机的第一条".to_owned(), about: None };
    write_note(&desk, &note).unwrap();
    let received = deliver(&pack(&phone.store).unwrap(), &town.store).unwrap();
    assert_eq!(received.new_ops, 1);
    let digest = |store: &Store| store.read(store::digest).unwrap();
    assert_eq!(digest(&phone.store), digest(&town.store));
    assert!(town.roster().iter().any(|line| line.writer == asked.writer && line.name == "赵新民"));
}

/// It was refused as if it certified other keys (number 27).
#[test]
fn a_phone_for_a_village_joins_for_that_village_and_reads_nothing_of_the_rest() {
    let (_folder, town) = town();
    let phone = new_phone(58);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    let admin = town.desk(town.place.administrator);
    let village = format!("{}201", town.place.area);
    let terms = Terms { area: Some(village.clone()), ..Terms::default() };
    let answered = answer_join(&admin, &answer(&asked.text, "赵村民", terms)).unwrap();
    let joined = accept_join(&phone.store, &answered.text, town.place.root).unwrap();
    assert_eq!((&joined.area, joined.roster), (&village, town.place.roster));
    let dossier = town.cast.check.dossier;
    let read = town.store.read(|read| may_read(read, &newest(&town.store), dossier));
    assert!(!read.unwrap(), "a village's phone reads no dossier of the township");
}

#[test]
fn an_answer_is_taken_by_the_phone_that_asked_and_for_the_root_that_was_compared() {
    let (_folder, town) = town();
    let (phone, other) = (new_phone(52), new_phone(53));
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    ask_to_join(&other.store, &other.ports).unwrap();
    let admin = town.desk(town.place.administrator);
    let answered = answer_join(&admin, &answer(&asked.text, "赵新民", Terms::default())).unwrap();
    let refused = |store: &Store, text: &str, root| {
        let error = accept_join(store, text, root).unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error}");
        assert!(established(store).is_err());
    };
    let root = town.place.root;
    refused(&other.store, &answered.text, root);
    refused(&phone.store, &answered.text, angen_ledger::hash::Hash([7; 32]));
    refused(&phone.store, &asked.text, root);
    refused(&new_phone(54).store, &answered.text, root);
    // An impostor township answers the same question, with everything in order but its root.
    let (_folder_too, impostor) = {
        let folder = tempfile::tempdir().unwrap();
        let town = Township::build(&folder.path().join("data"), 99);
        (folder, town)
    };
    let desk = impostor.desk(impostor.place.administrator);
    let forged = answer_join(&desk, &answer(&asked.text, "赵新民", Terms::default())).unwrap();
    refused(&phone.store, &forged.text, root);
    accept_join(&phone.store, &answered.text, root).unwrap();
}

#[test]
fn a_text_with_any_sign_changed_is_refused() {
    let (_folder, town) = town();
    let phone = new_phone(55);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    let admin = town.desk(town.place.administrator);
    let answered = answer_join(&admin, &answer(&asked.text, "赵新民", Terms::default())).unwrap();
    let (ask, hash) = Ask::read(&asked.text).unwrap();
    let other = |sign: u8| if sign == b'A' { b'B' } else { b'A' };
    let changed = |text: &str, place: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] = other(bytes[place]);
        String::from_utf8(bytes).unwrap()
    };
    for place in 0..asked.text.len() {
        assert!(Ask::read(&changed(&asked.text, place)).is_err(), "{place}");
    }
    for place in (0..answered.text.len()).step_by(7) {
        assert!(Answer::read(&changed(&answered.text, place), &ask, hash).is_err(), "{place}");
    }
    for short in (0..asked.text.len()).step_by(5) {
        assert!(Ask::read(&asked.text[..short]).is_err(), "{short}");
    }
    // Line ends of a text that was sent by hand do not matter.
    let broken: String = asked
        .text
        .as_bytes()
        .chunks(40)
        .map(|line| format!("{}\n", std::str::from_utf8(line).unwrap()))
        .collect();
    assert_eq!(Ask::read(&broken).unwrap().1, hash);
}

#[test]
fn nobody_has_the_key_of_another_certified() {
    let (_folder, town) = town();
    let phone = new_phone(56);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    let (ask, _) = Ask::read(&asked.text).unwrap();
    // Somebody signs, with a key of her own, a question that names the other's key.
    let world = World::new(57);
    let keys = world.ports().keys;
    let own = WriterId([5; 16]);
    keys.create(own).unwrap();
    let forged = ask.sign(&*keys.signer(own).unwrap()).unwrap();
    assert!(Ask::read(&forged).is_err());
    // And one under the writer of an officer, with her own key: it is hers in no place.
    let second = town.cast.officers[1];
    let mine = keys.create(own).unwrap();
    let steal = Ask { suite: Suite::Sha256, writer: second, key: mine.sign, seal_to: mine.seal_to };
    let text = steal.sign(&*keys.signer(own).unwrap()).unwrap();
    let admin = town.desk(town.place.administrator);
    let refused = answer_join(&admin, &answer(&text, "李建国", Terms::default())).unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
}

#[test]
fn the_same_question_is_answered_with_the_same_certificate_and_one_line() {
    let (_folder, town) = town();
    let phone = new_phone(58);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    let admin = town.desk(town.place.administrator);
    let request = answer(&asked.text, "赵新民", Terms::default());
    let first = answer_join(&admin, &request).unwrap();
    let lines = town.roster().len();
    let again = answer_join(&admin, &request).unwrap();
    assert_eq!((again.officer, town.roster().len()), (first.officer, lines));
    accept_join(&phone.store, &again.text, town.place.root).unwrap();
    let revoke =
        RevokeWriter { writer: asked.writer, reason: "手机遗失".to_owned(), cut: Vec::new() };
    revoke_writer(&admin, &revoke).unwrap();
    assert!(answer_join(&admin, &request).is_err(), "a revoked writer is not answered");
}

#[test]
fn a_second_phone_is_the_same_person() {
    let (_folder, town) = town();
    let phone = new_phone(59);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap();
    let admin = town.desk(town.place.administrator);
    let first = town.cast.officers[0];
    let mut request = answer(&asked.text, "王安海", Terms::default());
    request.same_as = Some(first);
    answer_join(&admin, &request).unwrap();
    let held = town.store.read(store::certificates).unwrap();
    let person = |writer| {
        let mut held = held.iter().map(|(_, signed)| &signed.certificate);
        held.find(|known| known.writer == writer).unwrap().person
    };
    assert_eq!(person(first), person(asked.writer));
}

#[test]
fn an_end_and_named_dossiers_are_in_the_certificate_and_limit_what_a_hub_gives() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let check = town.cast.check.dossier;
    let terms = Terms { until: Some("2026-12-31".to_owned()), area: None, dossiers: vec![check] };
    enrol_officer_on(&admin, &officer("来访甲", Role::Assistant), &terms).unwrap();
    let narrow = newest(&town.store);
    // The last millisecond of the day, in China.
    assert_eq!(narrow.not_after_ms, Some(1_798_732_799_999));
    let may = |holder: &Certificate, dossier: DossierId| {
        town.store.read(|read| may_read(read, holder, dossier)).unwrap()
    };
    let place = &town.place;
    for dossier in [check, place.roster, place.library, place.register] {
        assert!(may(&narrow, dossier));
    }
    assert!(!may(&narrow, town.cast.assistance));
    let wide = Certificate { ext: Vec::new(), ..narrow.clone() };
    assert!(may(&wide, town.cast.assistance));
    let unknown = Certificate { ext: vec![("colour".to_owned(), "red".into())], ..narrow.clone() };
    assert!(may(&unknown, town.cast.assistance), "an extension that is not known changes nothing");
    let damaged = Certificate { ext: vec![("dossiers".to_owned(), "all".into())], ..narrow };
    assert!(!may(&damaged, check), "one of another shape names none");
}

#[test]
fn terms_that_cannot_be_meant_are_refused() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let enrol =
        |terms: Terms| enrol_officer_on(&admin, &officer("来访甲", Role::Assistant), &terms);
    let until = |day: &str| Terms { until: Some(day.to_owned()), ..Terms::default() };
    let area = |code: &str| Terms { area: Some(code.to_owned()), ..Terms::default() };
    assert!(enrol(until("2026-02-30")).is_err());
    assert!(enrol(until("2020-01-01")).is_err(), "it is over");
    assert!(enrol(area("371103")).is_err());
    assert!(enrol(area("371102")).is_err(), "wider than the township");
    let many = vec![DossierId([1; 16]); 62];
    assert!(enrol(Terms { dossiers: many, ..Terms::default() }).is_err());
    let village = enrol(area("371102110201")).unwrap();
    assert_eq!(newest(&town.store).scopes[0].to_string(), "assistant:371102110201");
    assert_eq!(village.name, "来访甲");
}

#[test]
fn who_records_after_the_end_of_her_certificate_is_not_kept_from_it() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let terms = Terms { until: Some("2026-11-30".to_owned()), ..Terms::default() };
    let guest = officer("来访乙", Role::Enforcer);
    let guest = enrol_officer_on(&admin, &guest, &terms).unwrap();
    town.world.jump_ms(30 * DAY_MS);
    let dossier = town.cast.check.dossier;
    let note = WriteNote { dossier, text: "证书到期之后".to_owned(), about: None };
    write_note(&town.desk(guest.writer), &note).unwrap();
    let certificate = newest(&town.store);
    assert!(!certificate.covers_time(BEGIN_MS + 30 * DAY_MS), "a verifier notes it (T1)");
}
