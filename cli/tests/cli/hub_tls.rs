//! `angen hub serve` with TLS, and a phone that calls it: the program on both ends.

use std::os::unix::fs::PermissionsExt as _;

use crate::hub::Hub;
use crate::refused_words::assert_refused;
use crate::town::{Town, typed};

/// The certificate of an authority in a file, and what it issued for `localhost` beside its key.
fn issue(town: &Town, prefix: &str) -> [String; 3] {
    let mut of_root = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    of_root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root_key = rcgen::KeyPair::generate().unwrap();
    let root = of_root.self_signed(&root_key).unwrap();
    let issuer = rcgen::Issuer::from_params(&of_root, &root_key);
    let own_key = rcgen::KeyPair::generate().unwrap();
    let own = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = own.signed_by(&own_key, &issuer).unwrap();
    let files = [("ca", root.pem()), ("tls", own.pem()), ("key", own_key.serialize_pem())];
    files.map(|(name, pem)| {
        let path = town.path(&format!("{prefix}.{name}.pem"));
        std::fs::write(&path, pem).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        typed(&path)
    })
}

#[test]
fn a_phone_syncs_over_tls_with_the_authority_it_is_given_and_with_no_other() {
    let town = Town::new();
    let ([ca, certificate, key], [other, ..]) = (issue(&town, "own"), issue(&town, "other"));
    let tls = ["--tls-cert", &certificate, "--tls-key", &key];
    let (_hub, to) = Hub::certified(&town, &tls);
    let port = to.rsplit_once(':').unwrap().1;
    let to = format!("https://localhost:{port}");
    let by_number = format!("https://127.0.0.1:{port}");
    let sync = |to: &str, ca: &str| ["hub", "sync", "--with", to, "--ca", ca].map(str::to_owned);
    let (wrong, misnamed) = (sync(&to, &other), sync(&by_number, &ca));
    let none = ["hub", "sync", "--with", &to].map(str::to_owned).to_vec();
    let push = ["hub", "push", &town.cast.check, "--to", &to, "--ca", &other].map(str::to_owned);
    let cases: [(Vec<String>, &str, &str); 4] = [
        (wrong.to_vec(), "不是本机信任的机构签发的", "no authority that is known here"),
        (misnamed.to_vec(), "不是给这个地址的", "for another address"),
        (none, "不是本机信任的机构签发的", "--ca"),
        (push.to_vec(), "不是本机信任的机构签发的", "no authority that is known here"),
    ];
    for (line, zh, en) in &cases {
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        assert_refused(&town, &town.first(), &[(&line, &[zh], &[en])]);
    }
    let good = sync(&to, &ca);
    let good: Vec<&str> = good.iter().map(String::as_str).collect();
    let synced = town.first().json(&good);
    assert_eq!((&synced["waiting_seals"], &synced["waiting_blobs"]), (&0.into(), &0.into()));
}

#[test]
fn another_machine_is_not_spoken_to_without_tls() {
    let town = Town::new();
    let line = ["hub", "sync", "--with", "http://192.0.2.1:8371"];
    let words = ["192.0.2.1", "--plain-on-network"];
    assert_refused(&town, &town.first(), &[(&line, &words, &words)]);
}
