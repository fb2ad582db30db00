//! Rows of a spreadsheet: every problem is shown, and all chosen rows come in or none.

use std::collections::BTreeSet;

use angen_core::action::{
    EnrolOfficer, ImportRows, ImportRowsError, enrol_officer, fsck, import_rows, preview_rows,
};
use angen_core::domain::rows::{Correction, Preview, RowKind, RowState};
use angen_core::domain::{Enterprise, Listed, read_all};
use angen_core::error::Error;
use angen_ledger::verify::Lang;
use angen_testing::picture::picture;
use angen_testing::township::{Township, officer};

const ENTERPRISES: &str = "\
日照市涛雒镇生产经营单位台账,,,,
序号,单位名称（全称）,统一社会信用代码,生产经营地址,主要负责人
1,日照样例机械加工有限公司,91371102MAHK00014X,日照市东港区涛雒镇样例路一号,王志松
2,日照样例粮油厂,９１371121MA0000007C,涛雒镇２号,
3,日照样例食品厂,92371103MA3T00017Y,涛雒镇3号,李一
4,日照样例木器厂,92371103ma3t00017x,涛雒镇4号,
5,日照样例铸造厂,91371121MA0000007C,,
6,样例小卖部,,涛雒镇6号,
";

fn request(kind: RowKind, text: &str) -> ImportRows {
    ImportRows {
        kind,
        file_name: "台账.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
        sheet: None,
        corrections: Vec::new(),
        skip: BTreeSet::new(),
        update_reason: None,
    }
}

fn correction(row: u32, column: &str, value: &str) -> Correction {
    Correction { row, column: column.to_owned(), value: value.to_owned() }
}

fn problems(preview: &Preview) -> Vec<String> {
    let all = preview.rows.iter().flat_map(|row| &row.checked.problems);
    all.map(|remark| remark.say(Lang::Zh)).collect()
}

fn town() -> (tempfile::TempDir, Township) {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 5);
    (folder, town)
}

fn enterprises(town: &Township) -> Vec<Enterprise> {
    town.store.read(|read| read_all(read, town.place.register)).unwrap()
}

#[test]
fn each_problem_is_shown_with_file_row_and_column() {
    let (_folder, town) = town();
    let before = picture(&town.store).unwrap();
    let preview = preview_rows(&town.store, &request(RowKind::Enterprise, ENTERPRISES)).unwrap();
    assert_eq!(picture(&town.store).unwrap(), before);
    let problems = problems(&preview);
    let expected = [
        "台账.csv，第 5 行，C（统一社会信用代码） 列：校验位不对：末位应为“X”，请核对是否抄错",
        "台账.csv，第 7 行，D（生产经营地址） 列：不能为空",
        "台账.csv，第 7 行，C（统一社会信用代码） 列：与第 4 行重复，请删去或改正其中一行",
        "台账.csv，第 8 行，C（统一社会信用代码） 列：填统一社会信用代码；确实没有的，在“无代码原因”列写明（二者填一个）",
    ];
    assert_eq!(problems, expected);
    // 3 wrong; 2 new; the one of the township is there already.
    assert_eq!(preview.counts(), [3, 2, 1, 0]);
    let notes: Vec<String> =
        preview.rows[1].checked.notes.iter().map(|n| n.say(Lang::En)).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes.iter().all(|note| note.contains("row 4") && note.contains("half-width")));
    assert_eq!(preview.rows[1].checked.values["address"], "涛雒镇2号");
    assert!(preview.notes[0].say(Lang::Zh).contains("A（序号） 列：这一列没有读入"));
}

#[test]
fn nothing_comes_in_while_one_chosen_row_is_wrong() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let before = picture(&town.store).unwrap();
    let mut request = request(RowKind::Enterprise, ENTERPRISES);
    let error = import_rows(&admin, &request).unwrap_err();
    let ImportRowsError::Rows(preview) = error else { panic!("{error}") };
    assert_eq!(preview.rows.iter().map(|row| row.checked.row).collect::<Vec<_>>(), [5, 7, 8]);
    assert_eq!(picture(&town.store).unwrap(), before);

    // Mended in the preview by field, header and letters; one row is left out.
    request.corrections = vec![
        correction(5, "credit_code", "91371122MAXWU0026N"),
        correction(7, "C", "9137112XMA0000007C"),
    ];
    request.skip = BTreeSet::from([7, 8]);
    let imported = import_rows(&admin, &request).unwrap();
    let rows = |rows: &[(u32, _)]| rows.iter().map(|(row, _)| *row).collect::<Vec<_>>();
    assert_eq!((rows(&imported.added), rows(&imported.same)), (vec![4, 5, 6], vec![3]));
    assert_eq!(imported.skipped, [7, 8]);
    let names: Vec<String> = enterprises(&town).into_iter().map(|known| known.name).collect();
    assert_eq!(names[1..], ["日照样例粮油厂", "日照样例食品厂", "日照样例木器厂"]);
    assert_eq!(fsck(&town.store).unwrap().problems, []);

    // The same file again changes nothing.
    let before = picture(&town.store).unwrap();
    let again = import_rows(&admin, &request).unwrap();
    assert_eq!((again.added, rows(&again.same)), (vec![], vec![3, 4, 5, 6]));
    assert_eq!(picture(&town.store).unwrap(), before);
}

#[test]
fn a_row_that_differs_is_refused_without_a_reason_and_changes_only_what_it_says() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let text =
        "名称,信用代码,地址,行业\n日照样例机械加工有限公司,91371102MAHK00014X,涛雒镇新路九号,\n";
    let mut request = request(RowKind::Enterprise, text);
    let preview = preview_rows(&town.store, &request).unwrap();
    let RowState::Differs(_, differences) = &preview.rows[0].state else { panic!("{preview:?}") };
    assert_eq!(differences.iter().map(|known| known.field).collect::<Vec<_>>(), ["address"]);
    assert!(matches!(import_rows(&admin, &request), Err(ImportRowsError::Rows(_))));
    request.update_reason = Some(" ".to_owned());
    assert!(matches!(import_rows(&admin, &request), Err(ImportRowsError::Core(_))));
    request.update_reason = Some("企业搬迁".to_owned());
    assert_eq!(import_rows(&admin, &request).unwrap().changed.len(), 1);
    let known = enterprises(&town).remove(0);
    assert_eq!(known.address, "涛雒镇新路九号");
    assert_eq!(
        (known.representative.as_deref(), known.industry.as_deref()),
        (Some("王志松"), Some("C33"))
    );
}

#[test]
fn people_are_listed_with_their_certificates_and_no_id_number_is_shown() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let text = "姓名\t身份\t单位\t执法证号\t有效期\t身份证号\n\
        周海宁\t执法人员\t涛雒镇应急办\t鲁－0７\t2028/6/30\t371102199001010010\n\
        郑一\t局长\t涛雒镇应急办\t\t2028-06-30\t371103198502290016\n";
    let mut request = request(RowKind::Officer, text);
    let preview = preview_rows(&town.store, &request).unwrap();
    let shown = format!("{:?} {:?}", problems(&preview), preview.rows[0].shown(RowKind::Officer));
    for word in ["没有“局长”", "出生日期", "没有执法证号", "**************0010"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    assert!(!shown.contains("199001") && !shown.contains("198502"), "{shown}");
    request.skip = BTreeSet::from([3]);
    let listed = import_rows(&admin, &request).unwrap().added[0].1;
    // Who is only listed cannot act; enrolling gives the same entity a writer.
    assert!(town.roster().iter().all(|person| person.name != "周海宁"));
    let enrol = EnrolOfficer {
        name: "周海宁".to_owned(),
        certificate_no: Some("鲁-07".to_owned()),
        ..officer("周海宁", angen_core::domain::Role::Enforcer)
    };
    assert_eq!(enrol_officer(&admin, &enrol).unwrap().officer, listed);
    let all: Vec<Listed> = town.store.read(|read| read_all(read, town.place.roster)).unwrap();
    let person = all.iter().find(|person| person.officer == listed).unwrap();
    assert_eq!(person.certificate_valid_until.as_deref(), Some("2028-06-30"));
    assert_eq!(person.id_number.as_deref(), Some("371102199001010010"));
    assert!(person.writer.is_some());
}

#[test]
fn a_file_that_is_no_ledger_is_refused_with_what_is_missing() {
    let (_folder, town) = town();
    for (text, word) in [
        ("a,b\n1,2\n", "企业名称"),
        ("企业名称,统一社会信用代码\n甲,\n", "“生产经营地址”"),
        ("", "表头"),
        ("\0\u{1}", ".xlsx"),
    ] {
        let error = preview_rows(&town.store, &request(RowKind::Enterprise, text)).unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error}");
        assert!(error.say(Lang::Zh).contains(word), "{word}: {}", error.say(Lang::Zh));
    }
    let mut wrong = request(RowKind::Enterprise, ENTERPRISES);
    for (row, column, word) in [(99, "name", "没有这一行"), (5, "weather", "没有这一列")]
    {
        wrong.corrections = vec![correction(row, column, "371102199001010010")];
        let said = preview_rows(&town.store, &wrong).unwrap_err().say(Lang::Zh);
        assert!(said.contains(word) && !said.contains("1990"), "{said}");
    }
}

#[test]
fn three_thousand_rows_are_sealed_in_runs_that_a_stranger_accepts() {
    let (_folder, town) = town();
    let admin = town.desk(town.place.administrator);
    let mut text = "企业名称,无代码原因,地址\n".to_owned();
    for number in 0..3_000 {
        text.push_str(&format!("日照样例第{number}厂,个体摊点,涛雒镇{number}号\n"));
    }
    let imported = import_rows(&admin, &request(RowKind::Enterprise, &text)).unwrap();
    assert_eq!(imported.added.len(), 3_000);
    let report = fsck(&town.store).unwrap();
    assert_eq!((report.problems, report.pending), (vec![], 0));
}
