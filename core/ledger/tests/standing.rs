//! What of a package counts: before and behind a cut, by whose word, and how far it can tell.

use angen_ledger::certificate::{Duty, SignedCertificate};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::{Draft, Op};
use angen_ledger::package::Mode;
use angen_ledger::revocation::{CutPoint, Link, cut_value};
use angen_ledger::testing::{BEGIN_MS, Grant, Scribe, draft, opening, package};
use angen_ledger::value::Value;
use angen_ledger::verify::{
    Known, NoObserver, Outcome, Place, Reach, Standing, StandingJudge, verify,
};
use angen_ledger::wire::Wire as _;

const CHECK: DossierId = DossierId([0xd0; 16]);
const ROSTER: DossierId = DossierId([0xd1; 16]);
const AREA: &str = "371102110";

type Run = (Vec<Op>, Vec<u8>);

fn scribe(seed: u64, duty: Duty, scope: &str, issuer: Option<&Scribe>) -> Scribe {
    let grant = Grant { duty, name: "执法员", scopes: &[scope], algorithm: Algorithm::Ed25519 };
    Scribe::new(seed, &grant, issuer)
}

/// A township: a root, an administrator, an officer whose phone is lost, another officer, and
/// three runs of the lost phone in a check that the other one opened.
struct Town {
    root: Scribe,
    admin: Scribe,
    lost: Scribe,
    other: Scribe,
    check: Vec<Run>,
    roster: Vec<Run>,
}

fn say(scribe: &mut Scribe, said: Draft) -> Run {
    let op = scribe.write(said, Vec::new());
    let seal = scribe.seal(std::slice::from_ref(&op));
    (vec![op], seal)
}

fn note(text: &str, entity: u8) -> Draft {
    draft(CHECK, EntityId([entity; 16]), "note.write/1", &[("text", text.into())])
}

fn open_roster(admin: &mut Scribe) -> Run {
    let fields = [("area", AREA.into()), ("type", "roster".into()), ("retention", "x".into())];
    say(admin, draft(ROSTER, ROSTER.into(), "dossier.open/1", &fields))
}

fn revoke(by: &mut Scribe, writer: WriterId, cut: &[CutPoint]) -> Run {
    let fields = [
        ("writer", Value::from(writer.raw().as_slice())),
        ("reason", "手机遗失".into()),
        ("cut", cut_value(cut)),
    ];
    let entity = EntityId(by.bytes());
    say(by, draft(ROSTER, entity, "writer.revoke/1", &fields))
}

fn adopt(by: &mut Scribe, last: &Op) -> Run {
    let header = &last.header;
    let seq = Value::Int(header.seq.cast_signed());
    let fields = [
        ("writer", Value::from(header.writer.raw().as_slice())),
        ("dossier", Value::from(header.dossier.raw().as_slice())),
        ("first", seq.clone()),
        ("last", seq),
        ("head", Value::from(last.hash.as_bytes().as_slice())),
        ("reason", "本人当面核对".into()),
    ];
    let entity = EntityId(by.bytes());
    say(by, draft(ROSTER, entity, "ops.adopt/1", &fields))
}

fn at(op: &Op) -> CutPoint {
    CutPoint { dossier: op.header.dossier, seq: op.header.seq, op: op.hash }
}

impl Town {
    fn new() -> Self {
        let root = scribe(1, Duty::Root, "*:37", None);
        let mut admin = scribe(2, Duty::Admin, "*:371102", Some(&root));
        let mut lost = scribe(3, Duty::Writer, "enforcer:371102110", Some(&admin));
        let mut other = scribe(4, Duty::Writer, "enforcer:371102110", Some(&admin));
        let mut check = vec![say(&mut other, opening(CHECK, AREA))];
        check.extend((1..=3).map(|at| say(&mut lost, note("所见", at))));
        let roster = vec![open_roster(&mut admin)];
        Self { root, admin, lost, other, check, roster }
    }

    /// The op of the lost phone with this number.
    fn op(&self, seq: usize) -> &Op {
        &self.check[seq].0[0]
    }

    /// The lost phone is revoked behind its first op.
    fn revoke_behind_the_first(&mut self) {
        let cut = at(&self.check[1].0[0]);
        self.roster.push(revoke(&mut self.admin, self.lost.writer, &[cut]));
    }

    fn package(&self, roster: Option<Mode>) -> Vec<u8> {
        let mut dossiers = vec![(CHECK, Mode::Whole)];
        dossiers.extend(roster.map(|mode| (ROSTER, mode)));
        let with: &[Run] = if roster.is_some() { &self.roster } else { &[] };
        let people = [&self.root, &self.admin, &self.lost, &self.other];
        package(&self.other, &dossiers, &people, &[&self.check[..], with].concat(), &[])
    }

    /// What the township's own database knows.
    fn known(&self) -> Known {
        let people = [&self.root, &self.admin, &self.lost, &self.other];
        Known {
            ops: self.roster.iter().flat_map(|(ops, _)| ops.clone()).collect(),
            links: [&self.check[..], &self.roster]
                .concat()
                .iter()
                .flat_map(|(ops, _)| ops)
                .map(|op| (op.hash, Link::from(&op.header)))
                .collect(),
            certificates: people.map(|known| known.certificate.clone()).to_vec(),
        }
    }
}

fn judged(bytes: &[u8], root: Option<Hash>, known: Known) -> Standing {
    let mut nothing = NoObserver;
    let mut judge = StandingJudge::new(known).with(&mut nothing);
    let verdict = verify(bytes, root, &mut judge).expect("memory reads");
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.broken().collect::<Vec<_>>());
    judge.finish(&verdict, root)
}

fn carried(bytes: &[u8]) -> Standing {
    judged(bytes, None, Known::default())
}

fn ops(standing: &Standing) -> Vec<Hash> {
    standing.aside.iter().map(|aside| aside.op).collect()
}

#[test]
fn what_lies_behind_the_cut_is_named_with_its_seals_and_what_lies_before_it_counts() {
    let mut town = Town::new();
    town.revoke_behind_the_first();
    let standing = carried(&town.package(Some(Mode::Whole)));
    assert_eq!(ops(&standing), [town.op(2).hash, town.op(3).hash]);
    assert!(standing.aside.iter().all(|aside| aside.place == Place::Behind));
    let seals: Vec<_> = standing.seals.iter().map(|seal| (seal.writer, seal.number)).collect();
    assert_eq!(seals, [(town.lost.writer, 1), (town.lost.writer, 2)]);
    let [revoked] = &standing.revoked[..] else { panic!("{standing:?}") };
    assert_eq!((revoked.writer, revoked.by), (town.lost.writer, town.admin.writer));
    assert_eq!((revoked.reason.as_deref(), revoked.is_carried), (Some("手机遗失"), true));
    assert!(standing.is_limited() && !standing.is_exporter_revoked);
    let newest_ms = BEGIN_MS + town.admin.clock_ms as i64;
    assert_eq!(standing.reach, Reach::Whole { newest_ms });
    assert_eq!(carried(&town.package(Some(Mode::Excerpt))).reach, Reach::Part { newest_ms });
}

#[test]
fn a_package_without_a_roster_says_that_it_cannot_tell_and_a_database_can() {
    let mut town = Town::new();
    town.revoke_behind_the_first();
    let bytes = town.package(None);
    let alone = carried(&bytes);
    assert_eq!((alone.reach, alone.is_limited(), alone.revoked.len()), (Reach::Nothing, false, 0));
    let root = town.root.certificate.hash;
    for root in [None, Some(root)] {
        let with = judged(&bytes, root, town.known());
        assert_eq!(ops(&with), [town.op(2).hash, town.op(3).hash]);
        assert!(!with.revoked[0].is_carried && with.reach == Reach::Nothing);
    }
}

#[test]
fn what_was_adopted_counts_again_and_what_a_revoked_administrator_says_does_not() {
    let mut town = Town::new();
    town.revoke_behind_the_first();
    let last = town.op(2).clone();
    town.roster.push(adopt(&mut town.admin, &last));
    assert_eq!(ops(&carried(&town.package(Some(Mode::Whole)))), [town.op(3).hash]);
    // Another administrator, nearer to the root, has revoked the first one with nothing left.
    let mut above = scribe(5, Duty::Admin, "*:3711", Some(&town.root));
    let below = scribe(6, Duty::Admin, "*:371102110", Some(&town.admin));
    let mut town = Town::new();
    let mut low = scribe(6, Duty::Admin, "*:371102110", Some(&town.admin));
    town.roster.push(revoke(&mut low, town.lost.writer, &[]));
    let people = [&town.root, &town.admin, &town.lost, &town.other, &above, &low];
    let dossiers = [(CHECK, Mode::Whole), (ROSTER, Mode::Whole)];
    let all = |town: &Town| [&town.check[..], &town.roster].concat();
    let before = package(&town.other, &dossiers, &people, &all(&town), &[]);
    assert_eq!(ops(&carried(&before)).len(), 3);
    town.roster.push(revoke(&mut above, below.writer, &[]));
    let people = [&town.root, &town.admin, &town.lost, &town.other, &above, &low];
    let after = carried(&package(&town.other, &dossiers, &people, &all(&town), &[]));
    // The revocation itself is what does not count now.
    assert_eq!(ops(&after), [town.roster[1].0[0].hash]);
    assert_eq!(after.revoked[0].writer, low.writer);
}

#[test]
fn nobody_speaks_under_a_root_that_is_not_the_one_asked_for() {
    let town = Town::new();
    // A stranger's root certifies the officer's own key and writer, and then revokes it.
    let evil_root = scribe(91, Duty::Root, "*:37", None);
    let mut evil = scribe(92, Duty::Admin, "*:3711", Some(&evil_root));
    let mut stolen = town.lost.certificate.certificate.clone();
    stolen.scopes = vec!["enforcer:371102110".parse().unwrap()];
    let cose = stolen.sign(&evil.key, Some(evil.certificate.hash)).unwrap();
    let stolen = SignedCertificate::read(&cose).unwrap();
    let forged = revoke(&mut evil, town.lost.writer, &[]);
    let mut known = town.known();
    known.certificates.extend([evil_root.certificate.clone(), evil.certificate.clone(), stolen]);
    known.ops.extend(forged.0);
    let root = town.root.certificate.hash;
    let standing = judged(&town.package(None), Some(root), known.clone());
    assert!(!standing.is_limited() && standing.revoked.is_empty());
    // An officer and a neighbour of the own root change nothing either.
    let mut town = town;
    let mut neighbour = scribe(7, Duty::Admin, "*:371103", Some(&town.root));
    known.ops = vec![
        revoke(&mut neighbour, town.lost.writer, &[]).0.remove(0),
        revoke(&mut town.other, town.lost.writer, &[]).0.remove(0),
    ];
    known.certificates.push(neighbour.certificate.clone());
    assert!(!judged(&town.package(None), Some(root), known).is_limited());
}

#[test]
fn an_op_of_a_cut_that_is_not_here_leaves_open_what_stands_before_it() {
    let mut town = Town::new();
    let later = say(&mut town.lost, note("未随包", 9));
    town.roster.push(revoke(&mut town.admin, town.lost.writer, &[at(&later.0[0])]));
    let standing = carried(&town.package(Some(Mode::Whole)));
    assert_eq!(standing.aside.len(), 3);
    assert!(standing.aside.iter().all(|aside| aside.place == Place::Unclear));
    let mut known = town.known();
    known.links.insert(later.0[0].hash, Link::from(&later.0[0].header));
    assert!(!judged(&town.package(Some(Mode::Whole)), None, known).is_limited());
}

#[test]
fn an_op_that_names_a_checkpoint_behind_the_revocation_was_written_afterwards() {
    let mut town = Town::new();
    let head = |size| Checkpoint { origin: "a.example/1".to_owned(), size, root: Hash([7; 32]) };
    let naming = |scribe: &mut Scribe, said: Draft, size| -> Run {
        let mut op = scribe.write(said, Vec::new());
        op.header.checkpoint = Some(head(size));
        (op.bytes, op.hash) = (op.header.to_wire(), op.header.hash());
        let seal = scribe.seal(std::slice::from_ref(&op));
        (vec![op], seal)
    };
    let cut = at(town.op(1));
    let fields = [
        ("writer", Value::from(town.lost.writer.raw().as_slice())),
        ("reason", "手机遗失".into()),
        ("cut", cut_value(&[cut])),
    ];
    let said = draft(ROSTER, EntityId([5; 16]), "writer.revoke/1", &fields);
    town.roster.push(naming(&mut town.admin, said, 10));
    town.check.push(naming(&mut town.lost, note("之后", 8), 10));
    let standing = carried(&town.package(Some(Mode::Whole)));
    let places: Vec<_> = standing.aside.iter().map(|aside| aside.place).collect();
    assert_eq!(places, [Place::Behind, Place::Behind, Place::After]);
}

#[test]
fn who_closed_the_package_is_told_to_be_revoked_and_a_damaged_one_is_not_judged() {
    let mut town = Town::new();
    let last = at(&town.check[0].0[0]);
    town.roster.push(revoke(&mut town.admin, town.other.writer, &[last]));
    let bytes = town.package(Some(Mode::Whole));
    let standing = carried(&bytes);
    assert!(standing.is_exporter_revoked && !standing.is_limited(), "{standing:?}");
    let mut bent = bytes.clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 1;
    let mut judge = StandingJudge::new(town.known());
    let verdict = verify(bent.as_slice(), None, &mut judge).unwrap();
    assert_eq!(verdict.outcome, Outcome::Refused);
    let nothing = judge.finish(&verdict, None);
    assert!(nothing.revoked.is_empty() && nothing.aside.is_empty());
    assert_eq!(nothing.reach, Reach::Nothing);
}

#[test]
fn a_revocation_whose_cut_is_withheld_is_counted_and_not_judged() {
    let mut town = Town::new();
    town.revoke_behind_the_first();
    let op = &mut town.roster[1].0[0];
    let body = op.body.as_ref().unwrap();
    let hidden = body.withhold(angen_ledger::hash::Suite::Sha256, |name| name == "cut");
    op.body = Some(hidden);
    let standing = carried(&town.package(Some(Mode::Whole)));
    assert_eq!((standing.closed, standing.is_limited()), (1, false));
    // Who has it open in a database judges all the same.
    let mut whole = Town::new();
    whole.revoke_behind_the_first();
    let standing = judged(&town.package(Some(Mode::Whole)), None, whole.known());
    assert_eq!((standing.closed, standing.aside.len()), (0, 2));
}
