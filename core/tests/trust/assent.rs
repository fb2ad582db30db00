//! Assent on a phone of one's own: two codes from screen to screen, whatever either phone holds.

use std::collections::BTreeSet;

use angen_core::action::{
    AnswerJoin, AssentText, ExportPackage, Handing, Terms, accept_join, answer_join, ask_to_join,
    carry_assent, export_package, give_assent, missing, raise_finding, read_assent_request,
    request_assent, set_answers, sign_assent,
};
use angen_core::desk::Desk;
use angen_core::domain::{HeadsSource, Role};
use angen_core::error::{Error, Result};
use angen_core::ports::Ports;
use angen_core::procedure::{Flaw, carried_assents, missing_of};
use angen_core::store::{self, Store};
use angen_ledger::assent::AssentCard;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::heads::Heads;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::verify::{Observer, Outcome, verify};
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::picture::picture;
use angen_testing::township::{self, Township, officer};
use angen_testing::world::World;
use tempfile::TempDir;

const DAY_MS: u32 = 86_400_000;

/// The second officer's own phone: she has joined, and holds nothing of any visit.
pub(crate) struct Own {
    pub(crate) store: Store,
    ports: Ports,
    pub(crate) writer: WriterId,
    _folder: TempDir,
}

impl Own {
    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk::sign_in(&self.store, &self.ports, self.writer).unwrap()
    }

    pub(crate) fn sign(&self, asked: &AssentText) -> String {
        sign_assent(&self.desk(), &asked.text).unwrap().text
    }
}

pub(crate) fn town() -> (TempDir, Township) {
    town_of(11)
}

/// A township with a root of its own for each seed.
pub(crate) fn town_of(seed: u64) -> (TempDir, Township) {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), seed);
    town.world.wait_ms(2 * DAY_MS);
    (folder, town)
}

/// A phone that joins a township, for an enforcer of a name.
pub(crate) fn joined(town: &Township, seed: u64, name: &str) -> Own {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let world = World::new(seed);
    let ports = world.ports();
    let asked = ask_to_join(&store, &ports).unwrap();
    let who = officer(name, Role::Enforcer);
    let request = AnswerJoin { ask: asked.text, who, terms: Terms::default(), same_as: None };
    let answer = answer_join(&town.desk(town.place.administrator), &request).unwrap().text;
    accept_join(&store, &answer, town.place.root).unwrap();
    world.wait_ms(2 * DAY_MS + 3_600_000);
    Own { store, ports, writer: asked.writer, _folder: folder }
}

pub(crate) fn lacks(town: &Township, code: &str) -> bool {
    let now_ms = town.ports.clock.now().wall_ms;
    let open = missing(&town.store, town.cast.check.dossier, now_ms).unwrap();
    open.iter().any(|line| line.code.word() == code)
}

pub(crate) fn flaws(store: &Store, dossier: DossierId) -> Vec<Option<Flaw>> {
    let all = store.read(|read| carried_assents(read, dossier)).unwrap();
    all.iter().map(|one| one.flaw).collect()
}

pub(crate) fn ask(town: &Township) -> AssentText {
    request_assent(&town.officer(), town.cast.check.dossier, None).unwrap()
}

pub(crate) fn refused<T: std::fmt::Debug>(
    town: &Township,
    place: &str,
    words: &str,
    done: Result<T>,
) {
    match done {
        Err(Error::Invalid(problem)) => {
            assert_eq!(problem.place, place, "{problem:?}");
            assert!(problem.zh.contains(words), "{problem:?}");
        }
        other => panic!("{words}: {other:?}"),
    }
    assert_eq!(flaws(&town.store, town.cast.check.dossier), []);
}

#[test]
fn two_codes_from_screen_to_screen_make_an_assent_that_counts_for_its_signer() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    assert!(lacks(&town, "recorded_by_two"));
    let before = picture(&own.store).unwrap();

    let asked = ask(&town);
    let read = read_assent_request(&own.store, &asked.text).unwrap();
    assert_eq!((read.dossier, read.count), (dossier, 3));
    assert_eq!(read.title, "日照样例机械加工有限公司现场检查");
    let zh: Vec<&str> = read.lines.iter().map(|line| line.zh.as_str()).collect();
    let told =
        ["检查安排：1 条", "照片等证据：1 条", "问题隐患：1 条", "问题：皮带传动部位无防护罩"];
    assert_eq!(zh, told);
    let shown = own.sign(&asked);
    assert!(asked.text.len() < 600 && shown.len() < 1_600, "{} {}", asked.text.len(), shown.len());
    assert_eq!(picture(&own.store).unwrap(), before, "her phone writes nothing");

    let carried = carry_assent(&town.officer(), dossier, &shown).unwrap();
    assert_eq!((carried.writer, carried.name.as_str()), (own.writer, "赵新民"));
    assert_eq!(carried.assented, 3);
    assert_eq!(flaws(&town.store, dossier), [None]);
    assert!(!lacks(&town, "recorded_by_two"));

    // The same code twice, and a second signature under the same request, change nothing.
    let before = picture(&town.store).unwrap();
    assert_eq!(carry_assent(&town.officer(), dossier, &shown).unwrap(), carried);
    assert_eq!(carry_assent(&town.officer(), dossier, &own.sign(&asked)).unwrap(), carried);
    assert_eq!(picture(&town.store).unwrap(), before);
    let nothing = request_assent(&town.officer(), dossier, None);
    assert!(matches!(nothing, Err(Error::Invalid(problem)) if problem.place == "ops"));
    let nothing = request_assent(&town.officer(), dossier, Some(own.writer));
    assert!(matches!(nothing, Err(Error::Invalid(problem)) if problem.place == "ops"));
}

#[test]
fn an_assent_stands_for_what_was_asked_and_what_was_written_since_waits() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    let asked = ask(&town);
    town.photograph("one more").unwrap();
    set_answers(&town.officer(), &town.answers(&[("MW02", "compliant")], None)).unwrap();
    let carried = carry_assent(&town.officer(), dossier, &own.sign(&asked)).unwrap();
    assert_eq!((carried.assented, flaws(&town.store, dossier)), (3, vec![None]));
    assert!(lacks(&town, "recorded_by_two"), "the photo has one officer behind it");
    let rest = ask(&town);
    assert_eq!(rest.told.count, 2);
    carry_assent(&town.officer(), dossier, &own.sign(&rest)).unwrap();
    assert!(!lacks(&town, "recorded_by_two"));
}

#[test]
fn one_who_is_named_is_asked_for_what_a_pin_would_take_and_nobody_else_may_sign() {
    let (_folder, town) = town();
    let (own, other) = (joined(&town, 51, "赵新民"), joined(&town, 52, "钱二"));
    let dossier = town.cast.check.dossier;
    let second = town.cast.officers[1];
    let asked = request_assent(&town.officer(), dossier, Some(own.writer)).unwrap();
    let as_by_pin = request_assent(&town.officer(), dossier, Some(second)).unwrap();
    let (_, count) = give_assent(&town.desk(second), dossier, &[]).unwrap();
    assert_eq!((as_by_pin.told.count, asked.told.count), (count as u64, count as u64));
    let theirs = sign_assent(&other.desk(), &asked.text);
    assert!(matches!(theirs, Err(Error::Invalid(problem)) if problem.place == "request"));
    carry_assent(&town.officer(), dossier, &own.sign(&asked)).unwrap();
    assert_eq!(flaws(&town.store, dossier), [None]);
}

#[test]
fn a_phone_that_never_heard_of_her_takes_her_certificate_from_the_code() {
    let (folder, town) = town();
    let path = folder.path().join("field");
    drop(second_phone(&town.store, &path).unwrap());
    let world = World::with_seeds(11, 71);
    world.wait_ms(2 * DAY_MS);
    let field = Township::open(&path, world, town.cast.clone());
    let own = joined(&town, 51, "赵新民");
    let dossier = field.cast.check.dossier;
    let shown = own.sign(&ask(&field));
    let card = AssentCard::read_text(&shown).unwrap();
    let bare = AssentCard { certificate: None, ..card }.to_text();
    refused(&field, "statement", "先同步名册", carry_assent(&field.officer(), dossier, &bare));

    carry_assent(&field.officer(), dossier, &shown).unwrap();
    assert_eq!(flaws(&field.store, dossier), [None]);
    assert!(lacks(&field, "recorded_by_two"), "nobody knows yet that she enforces");
    deliver(&pack(&town.store).unwrap(), &field.store).unwrap();
    assert!(!lacks(&field, "recorded_by_two"));
    deliver(&pack(&field.store).unwrap(), &town.store).unwrap();
    assert_eq!(flaws(&town.store, dossier), [None]);
    let digest = |store: &Store| store.read(store::digest).unwrap();
    assert_eq!(digest(&field.store), digest(&town.store));
}

#[test]
fn a_hundred_findings_fit_one_code_and_none_is_lost() {
    let (_folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    for number in 0..100 {
        let mut request = township::finding(dossier);
        request.title = format!("第{number}台砂轮机没有防护罩，操作工未戴护目镜");
        raise_finding(&town.officer(), &request).unwrap();
    }
    let asked = ask(&town);
    let last = asked.told.lines.last().unwrap();
    assert!(last.zh.starts_with("另有 9"), "{last:?}");
    let shown = own.sign(&asked);
    println!("request {} signs, statement {} signs", asked.text.len(), shown.len());
    assert!(asked.text.len() <= 840 && shown.len() <= 1_853);
    assert_eq!(carry_assent(&town.officer(), dossier, &shown).unwrap().assented, 103);
    assert_eq!(flaws(&town.store, dossier), [None]);
}

/// What a stranger gathers from a package.
#[derive(Default)]
struct Gathered {
    heads: Heads,
    certificates: Vec<SignedCertificate>,
}

impl Observer for Gathered {
    fn certificate(&mut self, certificate: &SignedCertificate) {
        self.certificates.push(certificate.clone());
    }

    fn op(&mut self, op: &Op) {
        self.heads.apply(op);
    }
}

#[test]
fn a_stranger_counts_an_assent_of_one_who_wrote_nothing_in_the_package() {
    let (folder, town) = town();
    let own = joined(&town, 51, "赵新民");
    let dossier = town.cast.check.dossier;
    carry_assent(&town.officer(), dossier, &own.sign(&ask(&town))).unwrap();
    let request = ExportPackage {
        dossiers: vec![dossier],
        withhold: BTreeSet::new(),
        software: "test".to_owned(),
        handing: Handing::default(),
    };
    let file = folder.path().join("check.angen");
    export_package(&town.officer(), &request, &file, &mut |_, _| {}).unwrap();
    let mut seen = Gathered::default();
    let package = std::fs::File::open(&file).unwrap();
    let verdict = verify(package, Some(town.place.root), &mut seen).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);

    let dossiers = verdict.contents.dossiers;
    let source = HeadsSource(&seen.heads, &dossiers, &seen.certificates);
    let all = carried_assents(&source, dossier).unwrap();
    assert_eq!(all.iter().map(|one| one.flaw).collect::<Vec<_>>(), [None]);
    let open = missing_of(&source, dossier, town.ports.clock.now().wall_ms).unwrap();
    assert!(!open.iter().any(|line| line.code.word() == "recorded_by_two"), "{open:?}");
    // Without the certificates above hers nobody can judge it.
    let blind = HeadsSource(&seen.heads, &dossiers, &[]);
    assert_eq!(carried_assents(&blind, dossier).unwrap()[0].flaw, Some(Flaw::Certificate));
}
