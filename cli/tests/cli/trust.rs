//! `angen enrol`, `angen revoke`, `angen adopt`, `angen quarantine`, `angen officer reissue`.

use crate::program::{Program, assert_fields, text};
use crate::refused_words::assert_refused;
use crate::town::{FIRST, SECOND, Town};

const NEW_PIN: &str = "fresh-444444";

/// What an administrator answers a phone with.
fn answer<'a>(ask: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let line = ["enrol", "answer", ask, "--name", "赵新民", "--organisation", "应急办"];
    [&line[..], more].concat()
}

#[test]
fn a_new_phone_joins_by_two_texts_and_only_for_the_root_that_was_compared() {
    let town = Town::new();
    let phone = Program::on(&town.path("phone")).with(&["--pin", NEW_PIN]);
    let asked = phone.json(&["enrol", "ask"]);
    assert_fields(&asked, &["writer", "text", "fits_qr"]);
    assert_eq!(asked["fits_qr"], true);
    let ask = text(&asked, "/text");
    assert_eq!(phone.json(&["enrol", "ask"]), asked);
    let answered = town.admin().json(&answer(ask, &["--until", "2099-12-31"]));
    let fields = ["officer", "writer", "certificate", "text", "fits_qr", "root", "words"];
    assert_fields(&answered, &fields);
    assert_eq!(answered["fits_qr"], true);
    assert_eq!(answered["root"], town.cast.root);
    let shown = text(&answered, "/text");
    let offer = phone.json(&["enrol", "accept", shown]);
    assert_eq!((&offer["joined"], &offer["words"]), (&false.into(), &answered["words"]));
    assert_refused(&town, &phone, &[(&["status"], &["angen init"], &["angen init"])]);
    let other = "0".repeat(64);
    let wrong: &[&str] = &["enrol", "accept", shown, "--root", &other];
    assert_refused(&town, &phone, &[(wrong, &["指纹"], &["root"])]);
    let joined = phone.json(&["enrol", "accept", shown, "--root", &town.cast.root]);
    assert_eq!((&joined["joined"], &joined["writer"]), (&true.into(), &asked["writer"]));
    assert_eq!(phone.json(&["status"])["root"], town.cast.root);
    // Whoever works on it is the one who joined.
    let people = town.program().json(&["officer", "list"]);
    let line = people.as_array().unwrap().iter().find(|line| line["name"] == "赵新民").unwrap();
    assert_eq!((&line["writer"], &line["until"]), (&asked["writer"], &"2099-12-31".into()));
}

#[test]
fn a_revoked_officer_is_set_aside_and_adopted() {
    let town = Town::new();
    let note = ["note", &town.cast.check, "离线所记"];
    town.program().as_one(SECOND).json(&note);
    let revoke = ["revoke", SECOND.0, "--reason", "手机遗失"];
    assert_refused(&town, &town.first(), &[(&revoke, &["管理员"], &["administrator"])]);
    let revoked = town.admin().json(&revoke);
    assert_fields(&revoked, &["op", "writer", "quarantined"]);
    assert_eq!(revoked["quarantined"], 0);
    assert_eq!(town.program().json(&["quarantine"])["ops"].as_array().unwrap().len(), 0);
    town.program().as_one(SECOND).json(&note);
    let aside = town.program().json(&["quarantine"]);
    assert_fields(&aside, &["revocations", "ops"]);
    let op = &aside["ops"][0];
    assert_eq!((&op["name"], &op["reason"]), (&SECOND.0.into(), &"手机遗失".into()));
    assert_eq!(aside["revocations"][0]["counts"], true);
    assert_eq!(town.program().json(&["status"])["quarantined"], 1);
    let words = town.program().words(&["quarantine"]);
    assert!(words.contains(SECOND.0) && words.contains("手机遗失"), "{words}");
    let adopt = ["adopt", SECOND.0, "--dossier", &town.cast.check, "--reason", "本人当面核对"];
    let adopted = town.admin().json(&adopt);
    assert_fields(&adopted, &["op", "adopted", "quarantined"]);
    assert_eq!((&adopted["adopted"], &adopted["quarantined"]), (&1.into(), &0.into()));
    let again: &[(&[&str], &[&str], &[&str])] = &[(&adopt, &["隔离"], &["set aside"])];
    assert_refused(&town, &town.admin(), again);
    let people = town.program().json(&["officer", "list"]);
    let line = people.as_array().unwrap().iter().find(|line| line["name"] == SECOND.0).unwrap();
    assert_eq!(line["revoked"], true);
}

#[test]
fn a_forgotten_pin_is_replaced_and_the_name_means_the_new_key() {
    let town = Town::new();
    let line = ["officer", "reissue", FIRST.0, "--reason", "忘记 PIN", "--new-pin", NEW_PIN];
    let made = town.admin().json(&line);
    let fields = ["officer", "writer", "certificate", "revoked", "revocation", "text"];
    assert_fields(&made, &fields);
    let again = town.program().as_one((FIRST.0, NEW_PIN));
    again.json(&["note", &town.cast.check, "新密钥所记"]);
    assert_eq!(town.program().json(&["quarantine"])["ops"].as_array().unwrap().len(), 0);
    let bad: &[&str] = &["revoke", SECOND.0, "--reason", "x", "--cut", "what"];
    assert_refused(&town, &town.admin(), &[(bad, &["--cut"], &["--cut"])]);
}
