//! Every input that the fuzz target of bodies keeps is asked the same questions in every run.

use std::path::{Path, PathBuf};

use crate::common::{NewPhone, request, sign_in};
use crate::enrol::{given, invited, laid, lay_down};
use crate::pull::begun;
use angen_core::action::ask_to_join;
use angen_hub::testing::wire;
use angen_hub::wire::{
    Certificates, Challenge, ChallengeAnswer, Invite, Limit, Limited, Runs, Token,
};
use angen_ledger::wire::Wire;

/// With this in the environment, the seeds are written again.
const WRITE: &str = "ANGEN_WRITE_CORPUS";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/wire")
}

#[test]
fn the_corpus_of_bodies_holds_no_surprise() {
    if std::env::var_os(WRITE).is_some() {
        write_seeds();
    }
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let asked = std::panic::catch_unwind(|| wire(&bytes));
        assert!(asked.is_ok(), "{}", path.display());
        count += 1;
    }
    assert!(count >= 25, "only {count} inputs");
}

/// Each body as a phone and a hub say it, and each of them bent in two ways.
fn write_seeds() {
    let (phone, hub) = begun(231, 1_000);
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let challenge = request(hub.address, "POST", "/v1/session/challenge", &[], &[]).body;
    let Challenge { nonce, origin } = Challenge::from_wire(&challenge).unwrap();
    let answer = ChallengeAnswer { origin, nonce };
    let register = phone.register();
    let limit = Limit { why: Limited::Revoked, since_ms: 1_700_000_000_000 };
    let admin = sign_in(hub.address, &phone, phone.place.administrator);
    let (invitation, new) = (invited(&phone, &hub), NewPhone::new(232));
    let asked = ask_to_join(&new.store, &new.ports).unwrap();
    let state = lay_down(&hub, &invitation, &asked).body;
    let seeds = [
        ("certificates", Certificates(phone.certificates()).to_wire()),
        ("runs", Runs(phone.runs(register)).to_wire()),
        ("runs_none", vec![0x80]),
        ("challenge", challenge),
        ("answer", answer.to_wire()),
        ("answer_signed", answer.sign(&*key, certificate).unwrap()),
        ("token", Token { token: [7; 32], expires_in_s: 3_600, limit: Some(limit) }.to_wire()),
        ("heads", officer.get(&format!("/v1/dossiers/{register}/heads")).body),
        ("changes", officer.get("/v1/changes").body),
        ("pulled", officer.get(&format!("/v1/dossiers/{register}/runs")).body),
        ("receipts", officer.get(&format!("/v1/dossiers/{register}/receipts")).body),
        ("invite", Invite { id: invitation.id() }.to_wire()),
        ("invitation", invitation.to_wire()),
        ("laid", laid(&invitation, &asked).to_wire()),
        ("asked", state),
        ("asks", admin.get("/v1/enrolment/asks").body),
        ("given", given(&phone, &invitation, &asked, "赵新民").to_wire()),
        ("consistency", officer.get("/v1/tlog/consistency/1/3").body),
    ];
    std::fs::create_dir_all(folder()).unwrap();
    for (name, bytes) in seeds {
        let half = bytes[..bytes.len() / 2].to_vec();
        let mut bent = bytes.clone();
        bent[0] ^= 1;
        for (name, bytes) in [
            (name.to_owned(), bytes),
            (format!("{name}_cut"), half),
            (format!("{name}_bent"), bent),
        ] {
            std::fs::write(folder().join(name), bytes).unwrap();
        }
    }
}
