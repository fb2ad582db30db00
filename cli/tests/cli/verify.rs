//! `angen verify` and `angen open`: 0 verifies, 1 refused, 2 cannot be read.

use std::path::Path;

use serde_json::Value;

use crate::program::{Program, Run, assert_fields, is_chinese, one_line_of_json};
use crate::town::{FIRST, SECOND, Town, typed};

const OTHER_ROOT: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Verifies in both languages and as JSON, which all end with the same code.
#[track_caller]
fn verify(code: i32, arguments: &[&str]) -> (Run, Run, Value) {
    let line = [&["verify"], arguments].concat();
    let zh = Program::bare().run(&line);
    let en = Program::bare().with(&["--lang", "en"]).run(&line);
    let json = Program::bare().with(&["--json"]).run(&line);
    assert_eq!((zh.code, en.code, json.code), (code, code, code), "{zh:?}\n{en:?}\n{json:?}");
    assert_eq!(json.err, "");
    let value = one_line_of_json(&json.out);
    (zh, en, value)
}

/// A copy of a package with one bit of one byte flipped.
fn flipped(town: &Town, package: &str, place: usize) -> String {
    let mut bytes = std::fs::read(package).unwrap();
    bytes[place] ^= 1;
    town.file("flipped.angen", &bytes)
}

#[test]
fn a_whole_package_verifies_without_a_database() {
    let town = Town::new();
    let package = town.package();
    std::fs::remove_dir_all(town.data()).unwrap();
    let (zh, en, json) = verify(0, &[&package]);
    assert!(zh.out.starts_with("验证通过") && zh.err.is_empty(), "{zh:?}");
    assert!(en.out.starts_with("VERIFIES") && en.out.contains("issuer unknown"), "{en:?}");
    assert!(zh.out.contains("证明了") && zh.out.contains("没有证明"), "{zh:?}");
    let receipts = ["seals_receipted", "blobs_receipted", "checkpoints", "ops_bounded"];
    let fields = ["verdict", "root", "roots", "ops", "seals", "blobs_named", "blobs_held", "rules"];
    assert_fields(&json, &[&fields[..], &receipts, &["standing"]].concat());
    let standing = ["reach", "newest_ms", "database_newest_ms", "revoked", "ops", "seals"];
    let more = ["withheld", "exporter_revoked"];
    assert_fields(&json["standing"], &[&standing[..], &more].concat());
    assert_eq!(json["standing"]["reach"], "part");
    assert_eq!(json["standing"]["ops"], serde_json::json!([]));
    assert!(zh.out.contains("说不出") && en.out.contains("cannot tell"), "{zh:?}");
    assert!(receipts.iter().all(|name| json[name] == 0), "no hub has seen it: {json}");
    assert!(zh.out.contains("没有平台回执") && en.out.contains("no receipts"), "{zh:?}");
    assert_eq!((&json["verdict"], &json["root"]), (&"verifies".into(), &"unknown".into()));
    assert_eq!(json["roots"], serde_json::json!([town.cast.root]));
    assert_eq!(json["blobs_named"], json["blobs_held"]);
    assert!(json["ops"].as_u64() > Some(5), "{json}");
    for rule in json["rules"].as_object().unwrap().values() {
        assert_fields(rule, &["status", "rule", "count", "items"]);
        assert!(rule["status"] != "broken", "{rule}");
    }
    let (zh, _, json) = verify(0, &[&package, "--root", &town.cast.root]);
    assert!(zh.out.contains("出自您指定的根证书"), "{zh:?}");
    assert_eq!(json["root"], "known");
}

#[test]
fn a_package_under_another_root_is_refused() {
    let town = Town::new();
    let package = town.package();
    let (zh, en, json) = verify(1, &[&package, "--root", OTHER_ROOT]);
    assert!(zh.out.starts_with("不予认可") && en.out.starts_with("REFUSED"), "{zh:?} {en:?}");
    assert_eq!((&json["verdict"], &json["root"]), (&"refused".into(), &"other".into()));
    assert_eq!(json["rules"]["K3"]["status"], "broken");
}

#[test]
fn a_package_with_one_flipped_byte_is_refused_and_the_item_is_named() {
    let town = Town::new();
    let package = town.package();
    let length = std::fs::metadata(&package).unwrap().len() as usize;
    for place in [length / 3, length / 2, length - 1] {
        let (zh, en, json) = verify(1, &[&flipped(&town, &package, place)]);
        assert!(zh.out.contains('✗') && en.out.contains('✗'), "{place}: {zh:?}");
        assert_eq!(json["verdict"], "refused", "{place}");
        let rules = json["rules"].as_object().unwrap().values();
        let broken: Vec<_> = rules.filter(|rule| rule["status"] == "broken").collect();
        assert!(broken.iter().any(|rule| rule["items"][0].is_string()), "{place}: {broken:?}");
    }
}

#[test]
fn what_is_cut_off_or_has_something_behind_it_is_refused() {
    let town = Town::new();
    let whole = std::fs::read(town.package()).unwrap();
    let cut = town.file("cut.angen", &whole[..whole.len() - 1]);
    assert_eq!(verify(1, &[&cut]).2["verdict"], "refused");
    let longer = town.file("longer.angen", &[&whole[..], b"\0"].concat());
    assert_eq!(verify(1, &[&longer]).2["verdict"], "refused");
}

#[test]
fn a_file_that_is_no_package_cannot_be_read() {
    let town = Town::new();
    let whole = std::fs::read(town.package()).unwrap();
    for (name, bytes) in [
        ("empty.angen", &b""[..]),
        ("words.angen", "这不是卷宗包".as_bytes()),
        ("photo.angen", &angen_testing::files::jpeg("no package")),
        ("beginning.angen", &whole[1..]),
    ] {
        let (zh, en, json) = verify(2, &[&town.file(name, bytes)]);
        assert!(zh.out.starts_with("读不出来"), "{name}: {zh:?}");
        assert!(en.out.starts_with("CANNOT BE READ") && !is_chinese(&en.out), "{name}: {en:?}");
        assert_eq!(json["verdict"], "unreadable", "{name}");
    }
}

#[test]
fn a_path_that_is_no_file_cannot_be_read_and_is_named() {
    let town = Town::new();
    let (folder, missing) = (typed(&town.data()), typed(&town.path("gone.angen")));
    for (path, zh_words, en_words) in [
        (&missing, "文件不存在，请核对路径", "check the path"),
        (&folder, "这是文件夹，请选择一个文件", "choose a file"),
    ] {
        let (zh, en, json) = verify(2, &[path]);
        assert_eq!((zh.out.as_str(), en.out.as_str()), ("", ""));
        assert!(zh.err.contains(path) && zh.err.contains(zh_words), "{zh:?}");
        assert!(en.err.contains(path) && en.err.contains(en_words), "{en:?}");
        assert_eq!(json["error"]["place"], *path);
        assert!(json["error"]["message"].as_str().unwrap().contains(zh_words), "{json}");
    }
}

#[test]
fn a_fingerprint_that_is_none_is_told_apart_from_a_refusal() {
    let town = Town::new();
    let (zh, en, json) = verify(2, &[&town.package(), "--root", "12３4"]);
    assert!(zh.err.contains("--root") && zh.err.contains("64 位"), "{zh:?}");
    assert!(en.err.contains("--root") && en.err.contains("64 hexadecimal digits"), "{en:?}");
    assert_eq!(json["error"]["place"], "--root");
}

/// Opens in Chinese with `--json`.
fn open(file: &str, out: &Path) -> (i32, Value) {
    let line = ["--json", "open", file, "--out", out.to_str().unwrap()];
    let run = Program::bare().run(&line);
    assert_eq!(run.err, "");
    (run.code, one_line_of_json(&run.out))
}

#[test]
fn opening_gives_the_originals_only_when_the_package_verifies() {
    let town = Town::new();
    let package = town.package();
    let (code, opened) = open(&package, &town.path("good"));
    assert_eq!(code, 0);
    assert_fields(&opened, &["page", "originals", "verdict"]);
    assert_eq!(opened["verdict"]["verdict"], "verifies");
    let page = std::fs::read_to_string(opened["page"].as_str().unwrap()).unwrap();
    assert!(page.contains("传动部位没有防护罩"));
    let originals = town.path("good").join(angen_page::ORIGINALS_FOLDER);
    let photo = angen_testing::files::jpeg("a photo of the belt drive");
    let found = angen_testing::files::contents(&originals).unwrap();
    assert_eq!(opened["originals"], found.len());
    assert!(found.iter().any(|(path, ..)| std::fs::read(path).unwrap() == photo), "{found:?}");

    let length = std::fs::metadata(&package).unwrap().len() as usize;
    let (code, opened) = open(&flipped(&town, &package, length / 2), &town.path("bad"));
    assert_eq!((code, &opened["originals"]), (1, &0.into()));
    assert_eq!(std::fs::read_dir(town.path("bad")).unwrap().count(), 1, "only the page");
    let (code, opened) = open(&town.file("none.angen", b""), &town.path("none"));
    assert_eq!((code, &opened["verdict"]["verdict"]), (2, &"unreadable".into()));
}

#[test]
fn opening_into_a_folder_that_is_in_use_leaves_it_alone() {
    let town = Town::new();
    let package = town.package();
    let before = town.state();
    let line = ["open", &package, "--out", &typed(&town.data())];
    let run = Program::bare().run(&line);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("文件夹不是空的，请换一个"), "{run:?}");
    assert_eq!(town.state(), before);
    let (code, failure) = open(&typed(&town.data()), &town.path("from a folder"));
    assert_eq!(code, 2);
    assert!(failure["error"]["message"].as_str().unwrap().contains("这是文件夹"), "{failure}");
    assert_eq!(std::fs::read_dir(town.path("from a folder")).unwrap().count(), 0);
}

#[test]
fn what_a_revoked_phone_wrote_behind_the_cut_verifies_and_does_not_count() {
    let town = Town::new();
    let note = |words| town.program().as_one(SECOND).json(&["note", &town.cast.check, words]);
    note("吊销之前写的");
    // The next package gets the same name.
    let early = town.file("early.angen", &std::fs::read(town.package()).unwrap());
    town.admin().json(&["revoke", SECOND.0, "--reason", "手机遗失"]);
    note("吊销之后写的");
    let late = town.package();
    let (zh, en, json) = verify(3, &[&late, "--root", &town.cast.root]);
    assert!(zh.out.starts_with("验证通过") && en.out.starts_with("VERIFIES"), "{zh:?}");
    let second = |run: &Run| run.out.lines().nth(1).unwrap().to_owned();
    assert!(second(&zh).contains("1 条记录") && second(&zh).contains("不作数"), "{zh:?}");
    assert!(second(&en).contains("DO NOT COUNT") && en.out.contains("手机遗失"), "{en:?}");
    let standing = &json["standing"];
    let one = &standing["ops"][0];
    assert_fields(
        one,
        &["op", "dossier", "writer", "seq", "kind", "wall_ms", "revocation", "place"],
    );
    assert_eq!((&one["kind"], &one["place"]), (&"note.write/1".into(), &"behind".into()));
    assert_eq!(standing["ops"].as_array().unwrap().len(), 1);
    assert_eq!(standing["seals"][0]["ops"], 1);
    let revoked = &standing["revoked"][0];
    assert_fields(revoked, &["op", "writer", "by", "reason", "wall_ms", "carried"]);
    assert_eq!((&revoked["reason"], &revoked["carried"]), (&"手机遗失".into(), &true.into()));
    // The page says it, and shows nothing of what does not count.
    let out = typed(&town.path("opened"));
    let opened = Program::bare().run(&["open", &late, "--out", &out]);
    assert_eq!(opened.code, 3, "{opened:?}");
    let page = std::fs::read_to_string(town.path("opened").join("index.html")).unwrap();
    assert!(page.contains("哪些不作数") && page.contains("吊销之前写的"), "what counts is there");
    assert!(!page.contains("吊销之后写的"), "what does not count is shown");

    // A package from before knows nothing of it; who has the roster knows, and the cut may lie
    // before what it carries.
    let (_, _, json) = verify(0, &[&early]);
    assert_eq!(json["standing"]["revoked"], serde_json::json!([]));
    let here = ["verify", &early, "--by-database"];
    let json = town.program().json(&here);
    assert_eq!(json["standing"]["revoked"][0]["carried"], false);
    assert!(json["standing"]["database_newest_ms"].is_i64(), "{json}");
    let adopt = ["adopt", SECOND.0, "--dossier", &town.cast.check, "--reason", "本人当面核对"];
    town.admin().json(&adopt);
    let (_, _, json) = verify(0, &[&town.package()]);
    assert_eq!(json["standing"]["revoked"].as_array().unwrap().len(), 1, "{json}");
    let cut = format!("{}=none", town.cast.check);
    town.admin().json(&["revoke", FIRST.0, "--reason", "盗用", "--cut", &cut]);
    let judged = town.program().run(&here);
    assert_eq!(judged.code, 3, "{judged:?}");
    verify(0, &[&early]);
}
