//! Certificates and seals, good and bad.

use angen_ledger::certificate::{Certificate, Duty, SignedCertificate, Trust};
use angen_ledger::cose::{Purpose, Signed};
use angen_ledger::hash::{HashName, Suite};
use angen_ledger::key::Algorithm;
use angen_ledger::seal::{Seal, SignedSeal};
use angen_ledger::testing::{Grant, Scribe};
use angen_ledger::value::Value;
use angen_ledger::wire::Wire;
use serde_json::{Value as Json, json};

use super::{hex, unhex};
use crate::world::edit::{flipped, with_greater_s};
use crate::world::{Story, person, recertified};

/// An edit of something that is otherwise good.
type Edit<T> = fn(&mut T);

/// A certificate's row is valid when it reads and, if it is a root, its signature is its own.
pub(super) fn certificates() -> Vec<Json> {
    let story = Story::new();
    let mut rows = Vec::new();
    let mut row = |why: &str, cose: &[u8], good: bool| {
        let hash = good.then(|| Suite::Sha256.hash(HashName::Certificate, cose).to_string());
        let row = json!({"hex": hex(cose), "hash": hash, "valid": good, "why": why});
        assert_eq!(judge_certificate(&row), row["hash"], "{why}");
        rows.push(row);
    };
    let grant = Grant { duty: Duty::Root, name: "P", scopes: &["*:*"], algorithm: Algorithm::P256 };
    let p256_root = Scribe::new(71, &grant, None);
    row("a root", &story.root.cose, true);
    row("a root with P-256", &p256_root.cose, true);
    row("a writer", &story.first.cose, true);
    row("a writer with P-256", &story.second.cose, true);
    row("an admin", &person(62, Duty::Admin, "*:3711", Some(&story.root)).cose, true);
    row("a hub", &person(63, Duty::Hub, "log:3711", Some(&p256_root)).cose, true);
    let edited = |edit: fn(&mut Certificate)| recertified(&story.first, &story.root, edit);
    let good: [(&str, Edit<Certificate>); 4] = [
        ("an end", |own| own.not_after_ms = Some(i64::MAX)),
        ("empty names", |own| (own.name, own.organisation) = (String::new(), String::new())),
        ("an extension", |own| own.ext = vec![("x".into(), Value::Int(1))]),
        ("names of 256 bytes", |own| own.name = "n".repeat(256)),
    ];
    for (why, edit) in good {
        row(why, &edited(edit), true);
    }
    let bad: [(&str, Edit<Certificate>); 5] = [
        ("a name of 257 bytes", |own| own.name = "n".repeat(257)),
        ("no scope", |own| own.scopes.clear()),
        ("a scope twice", |own| own.scopes = vec![own.scopes[0].clone(); 2]),
        ("a root with an issuer", |own| own.duty = Duty::Root),
        ("over 4,096 bytes", |own| own.ext = vec![("x".into(), Value::Bytes(vec![0; 4_096]))]),
    ];
    for (why, edit) in bad {
        row(why, &edited(edit), false);
    }
    for (why, payload) in bad_payloads(&story) {
        let name = Some(story.root.certificate.hash);
        let cose = Signed::make(Purpose::Certificate, &story.root.key, name, payload);
        row(why, &cose.expect("memory signs"), false);
    }
    row("a root's signature altered", &flipped(&story.root.cose, 5), false);
    row("a root's signature with the greater s", &with_greater_s(&p256_root.cose), false);
    let payload = story.root.certificate.certificate.to_wire();
    let sealed = Signed::make(Purpose::Seal, &story.root.key, None, payload.clone());
    row("a root signed as a seal", &sealed.expect("memory signs"), false);
    let unissued = Signed::make(
        Purpose::Certificate,
        &story.root.key,
        None,
        story.first.certificate.certificate.to_wire(),
    );
    row("a writer without an issuer", &unissued.expect("memory signs"), false);
    let shapes = bad_shapes(&story.first.cose);
    for (why, cose) in shapes {
        row(why, &cose, false);
    }
    rows
}

/// The payload of a certificate with one part that no value of ours can have.
fn bad_payloads(story: &Story) -> Vec<(&'static str, Vec<u8>)> {
    let payload = story.first.certificate.certificate.to_wire();
    let key = payload.windows(5).position(|part| part == [0x82, 0x27, 0x58, 0x20, part[4]]);
    let key = key.expect("the key of 32 bytes");
    let with = |edit: &dyn Fn(&mut Vec<u8>)| {
        let mut payload = payload.clone();
        edit(&mut payload);
        payload
    };
    let second = story.second.certificate.certificate.to_wire();
    let point = second.windows(4).position(|part| part == [0x82, 0x26, 0x58, 0x21]);
    let point = point.expect("the key of 33 bytes") + 4;
    let scope = b"enforcer:371102110";
    let place = payload.windows(scope.len()).position(|part| part == scope).expect("its scope");
    let mut compact = second.clone();
    compact[point] = 5;
    let mut no_point = second;
    no_point[point + 1..point + 33].fill(0xff);
    vec![
        ("version 2", with(&|payload| payload[1] = 2)),
        ("suite 2", with(&|payload| payload[2] = 2)),
        (
            "a key of small order",
            with(&|payload| {
                payload[key + 4..key + 36].fill(0);
                payload[key + 4] = 1;
            }),
        ),
        (
            "a key that is no point",
            with(&|payload| {
                payload[key + 4..key + 36].fill(0);
                payload[key + 4] = 2;
            }),
        ),
        ("P-256 said of an Ed25519 key", with(&|payload| payload[key + 1] = 0x26)),
        ("a P-256 key in the compact form", compact),
        ("a P-256 key that is no point", no_point),
        ("a scope without a colon", with(&|payload| payload[place + 8] = b'_')),
        ("an area with a letter", with(&|payload| payload[place + 12] = b'x')),
        ("a role with a capital", with(&|payload| payload[place] = b'E')),
    ]
}

/// Messages that are no COSE_Sign1 of the permitted form.
fn bad_shapes(cose: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let with = |edit: &dyn Fn(&mut Vec<u8>)| {
        let mut cose = cose.to_vec();
        edit(&mut cose);
        cose
    };
    // d2 84 58 26 {1: −8, 4: kid} a0 …
    assert_eq!(cose[..4], [0xd2, 0x84, 0x58, 0x26], "the head of a message");
    let unprotected = 4 + 0x26;
    assert_eq!(cose[unprotected], 0xa0, "the unprotected header");
    vec![
        ("untagged", cose[1..].to_vec()),
        ("another tag", with(&|cose| cose[0] = 0xd1)),
        ("three parts", with(&|cose| cose[1] = 0x83)),
        (
            "an unprotected header that is not empty",
            with(&|cose| {
                cose.splice(unprotected..=unprotected, [0xa1, 0x01, 0x27]);
            }),
        ),
        (
            "a protected header with more in it",
            with(&|cose| {
                cose[3] += 2;
                cose[4] += 1;
                cose.splice(unprotected..unprotected, [0x05, 0x40]);
            }),
        ),
        ("a byte follows", with(&|cose| cose.push(0))),
        (
            "a signature of 63 bytes",
            with(&|cose| {
                cose.pop();
                let head = cose.len() - 64;
                cose[head] = 63;
            }),
        ),
        (
            "alg -37",
            with(&|cose| {
                let alg = 6;
                assert_eq!(cose[alg], 0x27);
                cose[3] += 1;
                cose.splice(alg..=alg, [0x38, 0x24]);
            }),
        ),
    ]
}

pub(crate) fn judge_certificate(row: &Json) -> Json {
    let cose = unhex(row["hex"].as_str().expect("digits"));
    let read = SignedCertificate::read(&cose).ok().filter(|signed| {
        signed.certificate.duty != Duty::Root || Trust::default().admit(signed).is_ok()
    });
    json!(read.map(|signed| signed.hash.to_string()))
}

pub(super) fn seals() -> Vec<Json> {
    let story = Story::new();
    let mut rows = Vec::new();
    let mut row = |why: &str, cose: &[u8], certificate: &[u8], good: bool| {
        let hash = good.then(|| Suite::Sha256.hash(HashName::Seal, cose).to_string());
        let row = json!({
            "hex": hex(cose), "certificate_hex": hex(certificate), "hash": hash, "valid": good,
            "why": why,
        });
        assert_eq!(judge_seal(&row), row["hash"], "{why}");
        rows.push(row);
    };
    let (first, second) = (&story.first, &story.second);
    row("the first seal", &story.runs[0].seal, &first.cose, true);
    row("a seal with P-256", &story.runs[1].seal, &second.cose, true);
    row("a further seal", &story.runs[2].seal, &first.cose, true);
    let seal = SignedSeal::read(&story.runs[2].seal).expect("a seal of ours reads").seal;
    let edited = |edit: fn(&mut Seal)| {
        let mut seal = seal.clone();
        edit(&mut seal);
        seal.sign(&first.key, first.certificate.hash).expect("memory signs")
    };
    row("1,024 ops", &edited(|seal| seal.last = seal.first + 1_023), &first.cose, true);
    let bad: [(&str, Edit<Seal>); 5] = [
        ("1,025 ops", |seal| seal.last = seal.first + 1_024),
        ("the first after the last", |seal| seal.last = seal.first - 1),
        ("number 0 with a seal before", |seal| seal.number = 0),
        ("a number over 0 without a seal before", |seal| seal.prev = None),
        ("an integer over 2^63 - 1", |seal| seal.number = 1 << 63),
    ];
    for (why, edit) in bad {
        row(why, &edited(edit), &first.cose, false);
    }
    let sign = |purpose, payload: Vec<u8>| {
        let name = Some(first.certificate.hash);
        Signed::make(purpose, &first.key, name, payload).expect("memory signs")
    };
    let mut suite_2 = seal.to_wire();
    suite_2[2] = 2;
    row("suite 2", &sign(Purpose::Seal, suite_2), &first.cose, false);
    row("signed as a package", &sign(Purpose::Package, seal.to_wire()), &first.cose, false);
    row("signed as a certificate", &sign(Purpose::Certificate, seal.to_wire()), &first.cose, false);
    row("a signature altered", &flipped(&story.runs[2].seal, 5), &first.cose, false);
    row("the greater s", &with_greater_s(&story.runs[1].seal), &second.cose, false);
    row("another's certificate", &story.runs[2].seal, &second.cose, false);
    row("a certificate", &first.cose, &first.cose, false);
    rows
}

pub(crate) fn judge_seal(row: &Json) -> Json {
    let cose = unhex(row["hex"].as_str().expect("digits"));
    let certificate = unhex(row["certificate_hex"].as_str().expect("digits"));
    let certificate = SignedCertificate::read(&certificate).expect("a certificate reads");
    let key = &certificate.certificate.key;
    let read = SignedSeal::read(&cose).ok().filter(|seal| {
        seal.certificate == certificate.hash && seal.signed.verifies(Purpose::Seal, key)
    });
    json!(read.map(|seal| seal.hash.to_string()))
}
