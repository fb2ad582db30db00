//! Registers in bulk: the preview, the import, and what is found afterwards.

use serde_json::json;

use crate::program::{assert_fields, text};
use crate::refused_words::assert_refused;
use crate::town::{CREDIT_CODE, Town};

const TABLE: &str = "企业名称,统一社会信用代码,地址\n\
    样例机械厂,91371102MA8QY0035G,样例路一号\n\
    样例粮油厂,91371121MA0000007D,２号\n\
    样例木器厂,92371103MA3T00017X,三号\n";

#[test]
fn a_table_is_shown_mended_and_imported_whole() {
    let town = Town::new();
    let file = town.file("台账.csv", TABLE.as_bytes());
    let before = town.state();
    let preview = town.admin().json(&["enterprise", "import", &file, "--preview"]);
    assert_fields(
        &preview,
        &["sheet", "encoding", "wrong", "new", "same", "differs", "notes", "rows"],
    );
    let counts = ["wrong", "new", "same", "differs"].map(|count| preview[count].as_u64().unwrap());
    assert_eq!((counts, text(&preview, "/encoding")), ([1, 1, 1, 0], "UTF-8"));
    assert_eq!(preview["rows"][1]["problems"][0]["row"], json!(3));
    assert!(text(&preview, "/rows/1/notes/0/message").contains("全角"), "{preview}");
    let words =
        town.admin().with(&["--lang", "en"]).words(&["enterprise", "import", &file, "--preview"]);
    assert!(words.contains("1 rows to add") && words.contains("row 3"), "{words}");
    assert!(town.state() == before, "a preview has changed something");

    assert_refused(
        &town,
        &town.admin(),
        &[
            (
                &["enterprise", "import", &file],
                &["台账.csv", "第 3 行", "校验位"],
                &["row 3", "check"],
            ),
            (
                &["enterprise", "import", &file, "--set", "3=x"],
                &["--set", "行:列=内容"],
                &["--set", "ROW:COLUMN=VALUE"],
            ),
            (
                &["enterprise", "import", "no.csv"],
                &["no.csv", "不存在"],
                &["no.csv", "no such file"],
            ),
        ],
    );

    let set = "3:统一社会信用代码=91371121MA0000007C";
    let imported = town.admin().json(&["enterprise", "import", &file, "--set", set]);
    assert_fields(&imported, &["added", "changed", "same", "skipped"]);
    assert_eq!(imported["added"].as_array().unwrap().len(), 2);
    assert_eq!(imported["same"][0]["row"], json!(2));
}

#[test]
fn a_row_that_differs_asks_for_a_reason() {
    let town = Town::new();
    let table = format!("名称,信用代码,地址\n样例机械厂,{CREDIT_CODE},新路九号\n");
    let file = town.file("变更.csv", table.as_bytes());
    let line = ["enterprise", "import", &file];
    assert_refused(
        &town,
        &town.admin(),
        &[(&line, &["第 2 行", "--update"], &["row 2", "--update"])],
    );
    let words = town.admin().words(&[&line[..], &["--update", "企业搬迁"]].concat());
    assert_eq!(words, "新增 0 行，变更 1 行，已有且相同 0 行，跳过 0 行\n");
}

#[test]
fn people_of_a_table_are_listed_and_their_id_numbers_are_not_shown() {
    let town = Town::new();
    let table =
        "姓名,身份,单位,执法证号,身份证号\n周海宁,执法人员,涛雒镇,鲁-07,371102199001010010\n";
    let file = town.file("名册.csv", table.as_bytes());
    let preview = town.admin().json(&["officer", "import", &file, "--preview"]);
    assert_eq!(text(&preview, "/rows/0/values/id_number"), "**************0010");
    let imported = town.admin().json(&["officer", "import", &file]);
    assert_eq!(imported["added"].as_array().unwrap().len(), 1);
}

#[test]
fn people_of_a_table_come_with_their_posts() {
    let town = Town::new();
    let table = "姓名,身份,单位,执法证号,编制岗位,是否在岗,到岗日期\n\
        周海宁,执法人员,涛雒镇,鲁-07,专职主任,是,2026.3.1\n\
        孙立,协助人员,涛雒镇,,工作人员,不在岗,\n\
        钱进,执法人员,涛雒镇,鲁-08,队长,也许,\n";
    let file = town.file("名册.csv", table.as_bytes());
    let refused = town.admin().run(&["officer", "import", &file]);
    assert!(refused.err.contains("没有“队长”这种岗位") && refused.err.contains("是否在岗"));
    let imported = town.admin().json(&["officer", "import", &file, "--skip", "4"]);
    assert_eq!(imported["added"].as_array().unwrap().len(), 2);
    let again = town.admin().json(&["officer", "import", &file, "--skip", "4"]);
    assert_eq!(again["same"].as_array().unwrap().len(), 2, "{again}");
    let township = &town.program().json(&["officer", "posts"])[0];
    assert_eq!(township["filled"], json!([1, 0, 0]));
    let people = township["people"].as_array().unwrap();
    let of = |name: &str| people.iter().find(|one| text(one, "/name") == name).unwrap();
    assert_eq!(text(of("周海宁"), "/since"), "2026-03-01");
    assert_eq!((&of("孙立")["on_post"], text(of("孙立"), "/post")), (&json!(false), "staff"));
}

#[test]
fn an_enterprise_is_found_by_what_is_typed() {
    let town = Town::new();
    for words in ["机械", "yljx", "jixie", &CREDIT_CODE[..6], "样例 机械"] {
        let found = town.program().json(&["enterprise", "find", words]);
        assert_eq!(text(&found, "/found/0/credit_code"), CREDIT_CODE, "{words}");
        assert_eq!(found["next"], json!(null));
    }
    assert_eq!(town.program().words(&["enterprise", "find", "食品"]), "没有找到\n");
}
