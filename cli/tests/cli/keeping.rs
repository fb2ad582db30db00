//! Custody, retention, holds, erasure, room and wipe, driven through the program.

use serde_json::Value;

use crate::program::{assert_fields, is_hash, is_id, text};
use crate::town::{ADMIN_PIN, CREDIT_CODE, FIRST, SECOND, Town, typed};

/// The register's dossier, the enterprise in it, and the op of its name.
fn registered(town: &Town) -> (String, String, String) {
    let kept = town.program().json(&["retention", "list"]);
    let dossiers = kept["dossiers"].as_array().unwrap();
    let register = dossiers.iter().find(|kept| kept["type"] == "register").unwrap();
    let register = text(register, "/dossier").to_owned();
    let all = town.program().json(&["enterprise", "find", CREDIT_CODE]);
    let enterprise = text(&all, "/found/0/enterprise").to_owned();
    let fields = town.program().json(&["look", &register, &enterprise]);
    let name = fields.as_array().unwrap().iter().find(|field| field["field"] == "address");
    (register, enterprise, text(name.unwrap(), "/op").to_owned())
}

#[test]
fn a_package_says_who_got_it_and_the_list_of_events_does_too() {
    let town = Town::new();
    let file = typed(&town.path("check.angen"));
    let line = ["export", &town.cast.check, "--out", &file, "--to", "周律师", "--purpose", "阅卷"];
    town.first().json(&line);
    let print =
        ["custody", "note", &town.cast.check, "--what", "print", "--about", &town.cast.photo];
    let noted = town.first().json(&print);
    assert_fields(&noted, &["op", "custody", "dossier"]);
    let events = town.program().json(&["custody", "list", &town.cast.check]);
    let [export, print] = &events.as_array().unwrap()[..] else { panic!("{events}") };
    assert_eq!((text(export, "/what"), text(export, "/recipient")), ("export", "周律师"));
    assert_eq!((text(print, "/what"), &print["purpose"]), ("print", &Value::Null));
    let words = town.program().words(&["custody", "list", &town.cast.check]);
    assert!(words.contains("导出卷宗包\t周律师\t阅卷") && words.contains("未写明"), "{words}");
    let refused = town.first().run(&["custody", "note", &town.cast.check, "--what", "burn"]);
    assert!(refused.code == 1 && refused.err.contains("view、export"), "{}", refused.err);
}

#[test]
fn personal_data_is_shown_with_a_purpose_only() {
    let town = Town::new();
    let first = town.first();
    let kept = town.program().json(&["retention", "list"]);
    let roster = kept["dossiers"].as_array().unwrap().iter().find(|k| k["type"] == "roster");
    let roster = text(roster.unwrap(), "/dossier").to_owned();
    let listed = first.json(&["officer", "list"]);
    assert!(listed.as_array().unwrap().len() == 3);
    let enrolled = town.admin().json(&[
        "officer",
        "add",
        "--name",
        "赵宁安",
        "--organisation",
        "镇",
        "--new-pin",
        "third-444444",
        "--role",
        "assistant",
    ]);
    let officer = text(&enrolled, "/officer");
    let shown = first.json(&["look", &roster, officer]);
    let name = |fields: &Value| {
        fields.as_array().unwrap().iter().find(|field| field["field"] == "name").unwrap().clone()
    };
    assert_eq!((text(&name(&shown), "/state"), &name(&shown)["value"]), ("hidden", &Value::Null));
    let words = town.program().words(&["look", &roster, officer]);
    assert!(words.contains("--reveal") && !words.contains("赵宁安"), "{words}");
    let line = ["look", &roster, officer, "--reveal", "--purpose", "核对身份"];
    assert_eq!(text(&name(&first.json(&line)), "/value"), "赵宁安");
    let events = town.program().json(&["custody", "list", &roster]);
    assert_eq!(text(&events, "/0/what"), "view");
    assert_eq!(first.run(&["look", &roster, officer, "--reveal"]).code, 2, "a purpose is needed");
}

#[test]
fn an_erasure_takes_two_and_tells_what_it_cannot_reach() {
    let town = Town::new();
    let (register, enterprise, op) = registered(&town);
    let target = format!("{op}=address");
    let file = typed(&town.path("register.angen"));
    town.first().json(&["export", &register, "--out", &file, "--to", "周律师"]);
    let ask = ["erase", "request", &register, &target, "--basis", "purpose_met"];
    let asked = town.first().json(&[&ask[..], &["--reason", "本人要求"]].concat());
    let erasure = text(&asked, "/erasure").to_owned();
    assert!(is_id(&erasure));
    let run = ["erase", "run", &register, &erasure];
    assert!(town.first().run(&run).err.contains("第二人"));
    let approve = ["erase", "approve", &register, &erasure];
    assert!(town.program().as_one(SECOND).run(&approve).err.contains("管理员"));
    town.admin().json(&approve);
    let hold = town.first().json(&["hold", "place", &register, "--reason", "行政诉讼"]);
    let refused = town.first().run(&run);
    assert!(refused.code == 1 && refused.err.contains("行政诉讼"), "{}", refused.err);
    town.first().json(&["hold", "lift", &register, text(&hold, "/hold"), "--reason", "已判决"]);
    let done = town.first().json(&run);
    assert_fields(&done, &["op", "fields", "handed_out", "scrub"]);
    assert_eq!((done["fields"].as_u64(), &done["scrub"]["done"]), (Some(1), &Value::Bool(true)));
    assert_eq!(done["handed_out"].as_array().unwrap().len(), 1);
    let fields = town.program().json(&["look", &register, &enterprise]);
    let gone = fields.as_array().unwrap().iter().find(|field| field["field"] == "address").unwrap();
    assert_eq!((text(gone, "/state"), text(gone, "/erased_by")), ("erased", text(&done, "/op")));
    let list = town.program().words(&["erase", "list", &register]);
    assert!(list.contains("已执行") && list.contains("第四十七条"), "{list}");
    assert!(town.program().words(&["erase", "scrub"]).contains("没有需要清除"));
    assert!(town.program().words(&["fsck"]).contains("完好"));
    town.first().json(&["export", &register, "--out", &file]);
    let verdict = town.program().json(&["verify", &file]);
    assert!(verdict["rules"]["B2"].to_string().contains("已依法删除"), "{verdict}");
}

#[test]
fn a_closed_dossier_is_due_when_its_class_has_run_out() {
    let town = Town::new();
    let check = town.cast.check.as_str();
    let first = town.first();
    let set = ["retention", "set", check, "--class", "10_years", "--basis", "国家档案局令第8号"];
    assert!(is_hash(text(&first.json(&set), "/op")));
    first.json(&["dossier", "close", check, "--on", "2026-12-01", "--reason", "整改完毕"]);
    first.json(&["dossier", "archive", check, "--on", "2026-12-31", "--number", "2026-7"]);
    let list = town.program().json(&["retention", "list", "--as-of", "2037-01-01"]);
    let top = &list["dossiers"][0];
    assert_eq!((text(top, "/dossier"), text(top, "/due_on")), (check, "2037-01-01"));
    assert_eq!(top["is_due"], true);
    let words = town.program().words(&["retention", "list", "--as-of", "2036-12-31"]);
    assert!(
        words.contains("10年") && words.contains("待确认") && !words.contains("已到期"),
        "{words}"
    );
}

#[test]
fn what_a_reader_does_not_see_is_withheld_and_still_verifies() {
    let town = Town::new();
    let file = |name: &str| typed(&town.path(name));
    let first = town.first();
    for (reader, named) in [("court", true), ("party_lawyer", true), ("public", false)] {
        let out = file(&format!("{reader}.angen"));
        first.json(&["export", &town.cast.check, "--out", &out, "--for", reader]);
        let verdict = town.program().json(&["verify", &out, "--root", &town.cast.root]);
        assert_eq!(text(&verdict, "/verdict"), "verifies", "{reader}");
        let folder = file(reader);
        town.program().json(&["open", &out, "--out", &folder]);
        let page = std::fs::read_to_string(format!("{folder}/index.html")).unwrap();
        assert_eq!(page.contains("王志松"), named, "{reader}");
        assert!(page.contains("传动部位没有防护罩"), "{reader}");
    }
    let refused = first.run(&["export", &town.cast.check, "--out", &file("x"), "--for", "press"]);
    assert!(refused.code == 1 && refused.err.contains("party_lawyer"), "{}", refused.err);
}

#[test]
fn the_room_and_what_was_under_way_are_told() {
    let town = Town::new();
    let room = town.program().json(&["room"]);
    assert!(room["free_bytes"].as_u64().unwrap() >= room["capture_bytes_max"].as_u64().unwrap());
    assert!(town.program().words(&["status"]).contains("没有中断的工作"));
    std::fs::write(town.data().join("blobs").join("00.part"), b"cut off").unwrap();
    let words = town.program().words(&["status"]);
    assert!(words.contains("没有完成") && words.contains("已保存到"), "{words}");
    let status = town.program().json(&["status"]);
    assert_eq!(status["recovery"]["captures"].as_array().unwrap().len(), 1);
}

#[test]
fn a_phone_that_was_ordered_to_be_wiped_destroys_the_key_and_says_what_was_lost() {
    let town = Town::new();
    town.admin().json(&["wipe", "--order", SECOND.0, "--reason", "手机遗失"]);
    let keys = || std::fs::read_dir(town.data().join("keys")).unwrap().count();
    let before = keys();
    let refused = town.first().run(&["note", &town.cast.check, "还在"]);
    assert!(refused.code == 1 && refused.err.contains("1 个密钥"), "{}", refused.err);
    assert_eq!(keys(), before - 1);
    town.first().json(&["note", &town.cast.check, "别人不受影响"]);
    let gone = town.program().as_one(SECOND).run(&["note", &town.cast.check, "是我"]);
    assert!(gone.code == 1 && gone.err.contains("没有此人的密钥"), "{}", gone.err);
}

#[test]
fn emptying_this_device_is_told_before_and_done_only_when_it_is_confirmed() {
    let town = Town::new();
    let told = town.program().words(&["wipe"]);
    assert!(told.contains("--confirm") && town.data().join("angen.db").exists(), "{told}");
    let done = town.program().json(&["wipe", "--confirm"]);
    assert_eq!(done["emptied"], true);
    assert!(done["unsent_ops"].as_u64().unwrap() > 0);
    assert!(!town.data().join("angen.db").exists() && !town.data().join("blobs").exists());
    assert_eq!(std::fs::read_dir(town.data().join("keys")).unwrap().count(), 0);
    let (name, _) = FIRST;
    let after = town.program().with(&["--as", name, "--pin", ADMIN_PIN]).run(&["status"]);
    assert_eq!(after.code, 1);
}

#[test]
fn a_wipe_that_was_cut_off_goes_on_with_the_next_command() {
    let town = Town::new();
    std::fs::remove_file(town.data().join("angen.db")).unwrap();
    std::fs::write(town.data().join("angen.wipe"), "").unwrap();
    assert_eq!(town.program().run(&["status"]).code, 1);
    let left = |name: &str| town.data().join(name).exists();
    assert!(!left("blobs") && !left("angen.db-wal") && !left("angen.wipe"));
}

#[test]
fn a_key_for_a_build_that_cannot_encrypt_is_refused_and_nothing_changes() {
    let town = Town::new();
    let key = town.file("key", &[7; 32]);
    let before = town.state();
    let run = town.program().with(&["--db-key-file", &key]).run(&["status"]);
    let expected = if cfg!(feature = "sqlcipher") { "没有加密" } else { "不带加密" };
    assert!(run.code == 1 && run.err.contains(expected), "{}", run.err);
    assert!(town.program().run(&["encrypt"]).err.contains("--db-key-file"));
    assert!(town.state() == before);
}
