//! `angen enrol`, `angen revoke`, `angen adopt`, `angen quarantine`, `angen officer reissue`.

use crate::hub::Hub;
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
    let fields = ["officer", "writer", "certificate", "text", "fits_qr", "root", "words", "sent"];
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
fn one_more_officer_is_admitted_on_a_phone_that_has_joined() {
    let town = Town::new();
    let root = ["--root", town.cast.root.as_str()];
    let mut writers = Vec::new();
    for pin in [NEW_PIN, "other-555555"] {
        let phone = Program::on(&town.path("phone")).with(&["--pin", pin]);
        let asked = phone.json(&["enrol", "ask"]);
        let answered = town.admin().json(&answer(text(&asked, "/text"), &[]));
        let accept = ["enrol", "accept", text(&answered, "/text")];
        let joined = phone.json(&[&accept[..], &root].concat());
        assert_eq!((&joined["joined"], &joined["writer"]), (&true.into(), &asked["writer"]));
        writers.push(asked["writer"].clone());
    }
    assert_ne!(writers[0], writers[1], "with keys of their own");
}

/// Number 69: under another PIN a question that was left lying could not even be looked at.
#[test]
fn fault_69_a_question_that_was_left_lying_is_shown_and_discarded_once_that_is_confirmed() {
    let town = Town::new();
    let left = Program::on(&town.path("phone")).with(&["--pin", NEW_PIN]);
    let next = Program::on(&town.path("phone")).with(&["--pin", "other-555555"]);
    let asked = left.json(&["enrol", "ask"]);
    let shown = next.json(&["enrol", "discard"]);
    assert_fields(&shown, &["asked", "writer", "discarded"]);
    assert_eq!((&shown["writer"], &shown["discarded"]), (&asked["writer"], &false.into()));
    assert_eq!(left.json(&["enrol", "ask"]), asked, "nothing was done to it");

    let gone = next.json(&["enrol", "discard", "--confirm"]);

    assert_eq!((&gone["asked"], &gone["discarded"]), (&shown["asked"], &true.into()));
    let again = next.json(&["enrol", "discard", "--confirm"]);
    assert_eq!((again["asked"].is_null(), &again["discarded"]), (true, &false.into()));
    assert_ne!(next.json(&["enrol", "ask"])["writer"], asked["writer"]);
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
    let fields = ["officer", "writer", "certificate", "revoked", "revocation", "text", "sent"];
    assert_fields(&made, &fields);
    let again = town.program().as_one((FIRST.0, NEW_PIN));
    again.json(&["note", &town.cast.check, "新密钥所记"]);
    assert_eq!(town.program().json(&["quarantine"])["ops"].as_array().unwrap().len(), 0);
    let bad: &[&str] = &["revoke", SECOND.0, "--reason", "x", "--cut", "what"];
    assert_refused(&town, &town.admin(), &[(bad, &["--cut"], &["--cut"])]);
}

#[test]
fn a_new_phone_joins_over_a_hub_for_the_root_of_the_invitation_and_is_in_step() {
    let town = Town::new();
    let (_hub, to) = Hub::certified(&town, &[]);
    town.admin().json(&["hub", "sync", "--with", &to]);
    let refused: &[&str] = &["enrol", "invite", "--with", &to];
    assert_refused(&town, &town.first(), &[(refused, &["无权"], &["may not"])]);
    let invited = town.admin().json(refused);
    assert_fields(&invited, &["text", "fits_qr", "hub", "root", "words", "ends_in_s"]);
    assert_eq!(
        (&invited["fits_qr"], &invited["root"]),
        (&true.into(), &town.cast.root.clone().into())
    );
    let phone = Program::on(&town.path("phone")).with(&["--pin", NEW_PIN]);
    let join: &[&str] = &["enrol", "join", text(&invited, "/text")];
    let asked = phone.json(join);
    assert_fields(&asked, &["joined", "writer", "code", "root", "ends_in_s"]);
    assert_eq!((&asked["joined"], &asked["root"]), (&false.into(), &invited["root"]));
    let (zh, en) = (phone.words(join), phone.with(&["--lang", "en"]).words(join));
    assert!(zh.contains(text(&asked, "/code")) && zh.contains("尚未加入"), "{zh}");
    assert!(en.contains("not joined yet"), "{en}");

    let list = town.admin().json(&["enrol", "waiting", "--with", &to]);
    assert_fields(&list, &["asks", "others"]);
    assert_fields(&list["asks"][0], &["writer", "code", "waited_s", "text"]);
    assert_eq!((&list["asks"][0]["code"], &list["others"]), (&asked["code"], &0.into()));
    let line = ["--name", "赵新民", "--organisation", "应急办", "--with", &to, "--code"];
    let answer = |code| [&["enrol", "answer"], &line[..], &[code]].concat();
    let other = answer("红马 红马 红马，红马 红马 红马");
    assert_refused(&town, &town.admin(), &[(&other, &["核对词"], &["words"])]);
    // As the holder of the new phone reads it out, in another language and without the signs.
    let read_out = en.lines().nth(1).unwrap().replace([',', ';'], " ");
    let answered = town.admin().json(&answer(&read_out));
    assert_eq!((&answered["writer"], &answered["sent"]), (&asked["writer"], &true.into()));
    let left = town.admin().json(&["enrol", "waiting", "--with", &to]);
    assert_eq!(left["asks"].as_array().unwrap().len(), 0);

    let joined = phone.json(join);
    assert_eq!((&joined["joined"], &joined["root"]), (&true.into(), &invited["root"]));
    town.admin().json(&["hub", "sync", "--with", &to]);
    let synced = phone.json(&["hub", "sync", "--with", &to]);
    assert!(synced["new_ops"].as_u64() > Some(5), "{synced}");
    let (here, there) = (phone.json(&["status"]), town.program().json(&["status"]));
    assert_eq!(here["root"], there["root"]);
    let wrong: &[&str] = &["enrol", "join", "ANGEN:INVITE:1:AAAA"];
    assert_refused(&town, &phone, &[(wrong, &["邀请"], &["administrator"])]);
}

#[test]
fn a_lost_phone_is_replaced_over_a_hub() {
    let town = Town::new();
    let (_hub, to) = Hub::certified(&town, &[]);
    town.admin().json(&["hub", "sync", "--with", &to]);
    let invited = town.admin().json(&["enrol", "invite", "--with", &to]);
    let phone = Program::on(&town.path("phone")).with(&["--pin", NEW_PIN]);
    let join: &[&str] = &["enrol", "join", text(&invited, "/text")];
    let code = phone.json(join);
    let line = ["officer", "reissue", FIRST.0, "--reason", "手机遗失", "--with", &to, "--code"];
    let made = town.admin().json(&[&line[..], &[text(&code, "/code")]].concat());
    assert_eq!((&made["sent"], &made["writer"]), (&true.into(), &code["writer"]));
    assert_eq!(phone.json(join)["joined"], true);
    let revoked = town.program().json(&["quarantine"]);
    assert_eq!(revoked["revocations"][0]["writer"], made["revoked"]);
}

#[test]
fn an_assent_goes_by_two_texts_and_is_read_before_it_is_signed() {
    let town = Town::new();
    let check = town.cast.check.as_str();
    town.first().json(&["answer", check, "--checklist", "angen_mw", "MW01=compliant"]);
    let asked = town.first().json(&["request-assent", check]);
    let request = text(&asked, "/text");
    assert_eq!((&asked["fits_qr"], &asked["dossier"]), (&true.into(), &check.into()));
    let second = town.program().as_one(SECOND);
    let read = second.json(&["sign-assent", request]);
    assert_eq!((&read["text"], &read["lines"]), (&serde_json::Value::Null, &asked["lines"]));
    let signed = second.json(&["sign-assent", request, "--yes"]);
    let carry = ["carry-assent", check, text(&signed, "/text")];
    let carried = town.first().json(&carry);
    assert_fields(&carried, &["op", "writer", "name", "assented"]);
    assert_eq!((&carried["name"], &carried["assented"]), (&SECOND.0.into(), &asked["count"]));
    assert_eq!(town.first().json(&carry), carried, "twice is once");
    let wrong: &[&str] = &["carry-assent", check, request];
    assert_refused(&town, &town.first(), &[(wrong, &["没有扫全"], &["scan it again"])]);
}
