//! `angen hub`: one program serves, another pushes a dossier to it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use serde_json::json;

use crate::program::{Program, assert_fields, one_line_of_json, text};
use crate::refused_words::assert_refused;
use crate::town::{FIRST, SECOND, Town, typed};

/// A hub that is stopped when the test ends.
pub(crate) struct Hub(Child);

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Hub {
    /// Starts one that the administrator certified.
    pub(crate) fn certified(town: &Town, more: &[&str]) -> (Self, String) {
        let (data, certificate) = (typed(&town.path("hub")), typed(&town.path("hub.cert")));
        let keys = Program::bare().json(&["hub", "keys", "--data", &data]);
        let line = ["hub", "certify", "--name", "区平台", "--organisation", "区应急管理局"];
        let of_it = ["--origin", "a.example/1", "--out", &certificate];
        town.admin().json(&[&line[..], &["--keys", text(&keys, "/keys")], &of_it].concat());
        Self::serve(town, &data, &[&["--certificate", &certificate], more].concat())
    }

    /// Starts one on a free port; it, and its address.
    fn serve(town: &Town, data: &str, more: &[&str]) -> (Self, String) {
        let line = ["--json", "hub", "serve", "--data", data, "--listen", "127.0.0.1:0", "--root"];
        let line = [&line[..], &[&town.cast.root], more].concat();
        let mut hub = Self(Program::bare().line(&line).stdout(Stdio::piped()).spawn().unwrap());
        let mut first = String::new();
        BufReader::new(hub.0.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let to = format!("http://{}", text(&one_line_of_json(&first), "/listening"));
        (hub, to)
    }
}

#[test]
fn the_keys_of_a_hub_are_shown_as_a_code_for_a_phone_when_it_is_asked_for() {
    let town = Town::new();
    let data = typed(&town.path("hub"));
    let shown = |more: &[&str]| {
        let line = [&["hub", "keys", "--data", &data], more].concat();
        String::from_utf8(Program::bare().line(&line).output().unwrap().stdout).unwrap()
    };
    let (bare, code) = (shown(&[]), shown(&["--qr"]));
    assert_eq!(bare.trim().len(), 128, "a script reads the word alone");
    let rest = code.strip_prefix(bare.trim_end()).unwrap();
    assert!(rest.lines().count() > 20 && rest.contains('▀'), "{code}");
}

#[test]
fn a_certified_hub_gives_receipts_that_a_package_carries() {
    let town = Town::new();
    let data = typed(&town.path("hub"));
    let keys = Program::bare().json(&["hub", "keys", "--data", &data]);
    let keys = text(&keys, "/keys");
    assert_eq!(Program::bare().json(&["hub", "keys", "--data", &data])["keys"], keys);
    let certificate = typed(&town.path("hub.cert"));
    let certify = |keys: &str, origin: &str| {
        let line = ["hub", "certify", "--name", "区平台", "--organisation", "区应急管理局"];
        let line = [&line[..], &["--keys", keys, "--origin", origin, "--out", &certificate]];
        line.concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let bad = [certify("00", "a.example/1"), certify(keys, "a.example")];
    for (line, word) in bad.iter().zip(["128", "a.example"]) {
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        assert_refused(&town, &town.admin(), &[(&line, &[word], &[word])]);
    }
    let line = certify(keys, "a.example/1");
    let certified = town.admin().json(&line.iter().map(String::as_str).collect::<Vec<_>>());
    assert_fields(&certified, &["hub", "origin", "certificate", "path"]);

    let (hub, to) = Hub::serve(&town, &data, &["--certificate", &certificate]);
    let waiting = || town.program().json(&["hub", "waiting"])["waiting"].as_array().unwrap().len();
    assert!(waiting() > 3, "nothing was sent yet");
    let synced = town.first().json(&["hub", "sync", "--with", &to]);
    assert_eq!(synced["origin"], "a.example/1");
    assert!(synced["receipts"].as_u64() > Some(5), "{synced}");
    assert_eq!(
        (waiting(), &synced["waiting_seals"], &synced["waiting_blobs"]),
        (0, &0.into(), &0.into())
    );
    let again = town.first().json(&["hub", "sync", "--with", &to]);
    assert_eq!((&again["sent_ops"], &again["receipts"]), (&0.into(), &0.into()));
    drop(hub);

    let package = town.package();
    let verdict = Program::bare().json(&["verify", &package, "--root", &town.cast.root]);
    assert_eq!(verdict["verdict"], "verifies", "{verdict}");
    let count = |name: &str| verdict[name].as_u64().unwrap();
    // The export itself was noted after the last exchange: a seal in each dossier that went.
    assert!(count("seals_receipted") > 3 && count("seals_receipted") < count("seals"));
    assert_eq!(count("blobs_receipted"), count("blobs_named"));
    assert!(count("ops_bounded") > 5 && count("checkpoints") > 0, "{verdict}");
    let (line, words) = (["hub", "sync", "--with", &to], [to.trim_start_matches("http://")]);
    assert_refused(&town, &town.first(), &[(&line, &words, &words)]);
}

#[test]
fn a_revoked_phone_hands_over_what_it_has_says_since_when_and_exits_with_3() {
    let town = Town::new();
    let (_hub, to) = Hub::certified(&town, &[]);
    let second = town.program().as_one(SECOND);
    let sync = ["hub", "sync", "--with", &to];
    assert_eq!(town.first().json(&sync)["limited"], json!(null));
    town.first().json(&["note", &town.cast.check, "吊销之前写的"]);
    town.admin().json(&["revoke", FIRST.0, "--reason", "手机遗失"]);
    second.json(&sync);
    town.first().json(&["note", &town.cast.check, "吊销之后写的"]);

    let zh = town.first().run(&sync);
    assert_eq!((zh.code, zh.err.as_str()), (3, ""), "{zh:?}");
    assert!(zh.out.lines().next().unwrap().contains("已被吊销"), "{}", zh.out);
    let en = town.first().with(&["--lang", "en", "--json"]).run(&sync);
    assert_eq!(en.code, 3);
    let said = one_line_of_json(&en.out);
    assert_eq!(said["limited"]["why"], "revoked");
    assert!(said["limited"]["since_ms"].as_i64() > Some(1_600_000_000_000), "{said}");
    assert_eq!((&said["sent_ops"], &said["new_ops"]), (&0.into(), &0.into()));
    assert_eq!(said["waiting_seals"], 0, "the receipts came, and nothing is sent again");
    // Hers is at the hub, as the other officer sees: nothing of it is left to send.
    let synced = second.json(&sync);
    assert_eq!((&synced["sent_ops"], &synced["waiting_seals"]), (&0.into(), &0.into()));
    let push = town.first().run(&["hub", "push", &town.cast.check, "--to", &to]);
    assert_eq!(push.code, 3, "{push:?}");
}

#[test]
fn a_dossier_is_pushed_to_a_hub_and_a_second_push_sends_nothing() {
    let town = Town::new();
    let data = typed(&town.path("hub"));
    let (hub, to) = Hub::serve(&town, &data, &[]);
    let push = ["hub", "push", &town.cast.check, "--to", &to];
    let pushed = town.program().json(&push);
    let fields = [
        "new_ops",
        "known_ops",
        "sent_blobs",
        "same_heads",
        "refused_seals",
        "refused_certificates",
        "refused_blobs",
        "limited",
    ];
    assert_fields(&pushed, &fields);
    assert!(pushed["new_ops"].as_u64() > Some(4), "{pushed}");
    assert_eq!((&pushed["sent_blobs"], &pushed["same_heads"]), (&1.into(), &true.into()));
    let nothing = json!({
        "new_ops": 0, "known_ops": 0, "sent_blobs": 0, "same_heads": true,
        "refused_seals": 0, "refused_certificates": 0, "refused_blobs": 0, "limited": null,
    });
    assert_eq!(town.program().json(&push), nothing);
    drop(hub);
    let words: [&str; 1] = [to.trim_start_matches("http://")];
    assert_refused(&town, &town.program(), &[(&push, &words, &words)]);
}

#[test]
fn a_root_is_taken_out_of_use_at_a_hub_that_does_not_serve() {
    let town = Town::new();
    let (hub, _) = Hub::certified(&town, &[]);
    let (data, new) = (typed(&town.path("hub")), "00112233445566778899aabbccddeeff".repeat(2));
    let line = ["hub", "retire-root", &town.cast.root, "--for", &new, "--data", &data];
    assert_refused(&town, &Program::bare(), &[(&line, &["hub"], &["hub"])]);
    drop(hub);
    let same = ["hub", "retire-root", &new, "--for", &new, "--data", &data];
    assert_refused(&town, &Program::bare(), &[(&same, &["另一张"], &["another root"])]);
    let done = Program::bare().json(&line);
    assert_fields(&done, &["retired", "root", "certificates"]);
    assert_eq!((&done["retired"], &done["root"]), (&town.cast.root.clone().into(), &new.into()));
    let serve = ["hub", "serve", "--data", &data, "--listen", "127.0.0.1:0", "--root"];
    let serve = [&serve[..], &[&town.cast.root]].concat();
    assert_refused(&town, &Program::bare(), &[(&serve, &["停用"], &["out of use"])]);
}
