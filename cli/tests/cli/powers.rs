//! Townships, posts, experts, mandates, powers and recusals through the program.

use serde_json::{Value, json};

use crate::program::{assert_fields, is_chinese, is_id, text};
use crate::refused_words::assert_refused;
use crate::town::{DELEGATION, FIRST, MENTOR, SECOND, Town};

#[test]
fn a_township_is_found_by_what_is_typed() {
    let town = Town::new();
    for words in ["涛雒", "taoluo", "tlz", "371102110"] {
        let found = town.program().json(&["township", "find", words]);
        assert_eq!(found.as_array().unwrap().len(), 1, "{words}");
        assert_eq!((text(&found, "/0/code"), text(&found, "/0/county")), ("371102110", "东港区"));
    }
    assert_eq!(town.program().json(&["township", "list"]).as_array().unwrap().len(), 56);
    let zone = town.program().words(&["township", "find", "奎山"]);
    assert!(zone.contains("371171003") && zone.contains("经济技术开发区"), "{zone}");
}

#[test]
fn posts_show_vacancies_and_a_township_that_cannot_act_alone() {
    let town = Town::new();
    let admin = town.admin();
    admin.json(&["officer", "plan-posts", "--staff", "5"]);
    let set = |name: &str, on: &str| {
        let line = ["officer", "post", name, "--post", "professional", "--since", "2026-01-01"];
        admin.json(&[&line[..], &["--on-post", on]].concat())
    };
    assert_fields(&set(FIRST.0, "true"), &["post"]);
    let flagged = town.program().words(&["officer", "posts"]);
    assert!(flagged.contains("不能单独执法") && flagged.contains("缺 1"), "{flagged}");
    set(SECOND.0, "true");
    let township = &town.program().json(&["officer", "posts"])[0];
    assert_eq!(township["vacancies"], json!([1, 0, 5]));
    assert_eq!((&township["holders"], &township["can_act_alone"]), (&json!(2), &json!(true)));
    set(SECOND.0, "false");
    let township = &town.program().json(&["officer", "posts"])[0];
    assert_eq!(township["off_post_holders"], json!([SECOND.0]));
    let line = ["officer", "post", FIRST.0, "--post", "chief", "--on-post", "true"];
    let line = [&line[..], &["--since", "2026-01-01"]].concat();
    let no_day = ["officer", "post", FIRST.0, "--post", "staff", "--on-post", "true"];
    let no_day = [&no_day[..], &["--since", "九月"]].concat();
    assert_refused(
        &town,
        &admin,
        &[
            (&line, &["--post", "director"], &["--post", "director"]),
            (&no_day, &["since", "不是日期"], &["since", "no day"]),
        ],
    );
}

#[test]
fn the_pool_lists_specialty_and_load_and_an_appointment_ends() {
    let town = Town::new();
    let line = ["expert", "appoint", MENTOR.0, "--by", "市局", "--specialty", "机械,粉尘"];
    let term = ["--from", "2026-01-01", "--until", "2099-12-31"];
    let made = town.admin().json(&[&line[..], &term].concat());
    let appointment = text(&made, "/appointment");
    assert!(is_id(appointment));
    let pool = town.program().json(&["expert", "list"]);
    assert_eq!((&pool[0]["visits"], &pool[0]["valid"]), (&json!(1), &json!(true)));
    assert_eq!(pool[0]["specialties"], json!(["机械", "粉尘"]));
    town.admin().json(&["expert", "end", appointment, "--on", "2026-06-01", "--reason", "调离"]);
    let pool = town.program().json(&["expert", "list", "--day", "2026-06-01"]);
    assert_eq!(pool[0]["valid"], json!(false));
    let before = town.program().json(&["expert", "list", "--day", "2026-05-31"]);
    assert_eq!(before[0]["valid"], json!(true));
}

fn whys(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|reason| text(reason, "/why")).collect()
}

#[test]
fn powers_say_who_may_issue_what_and_why_not() {
    let town = Town::new();
    let nothing = town.program().json(&["powers", "--form", "correction-order"]);
    assert_eq!(whys(&nothing[0]["warnings"]), ["no_mandate_held"]);
    let made = town.admin().json(DELEGATION);
    assert_eq!(made["warnings"], json!([]));
    let ask = |more: &[&str]| town.program().json(&[&["powers"], more].concat());
    let all = ask(&[]);
    let acts: Vec<&str> = all.as_array().unwrap().iter().map(|one| text(one, "/act")).collect();
    assert_eq!(acts, ["inspection", "correction", "case", "penalty", "coercive"]);
    assert_eq!(whys(&all[4]["refusals"]), ["coercion_not_delegated"]);
    let order = &ask(&["--form", "责令限期整改指令书"])[0];
    assert_eq!(text(order, "/issuers/0/in_name_of"), "市局");
    assert_eq!(text(order, "/issuers/0/number_region"), "鲁日");
    let fined = |amount| {
        let line = ["--form", "penalty-decision", "--penalty", "P99(2)", "--amount", amount];
        ask(&line)[0].clone()
    };
    assert_eq!(whys(&fined("50000")["refusals"]), [""; 0]);
    assert_eq!(whys(&fined("50001")["refusals"]), ["over_cap"]);
    let before = ask(&["--day", "2021-08-31", "--form", "site-record"]);
    assert_eq!(whys(&before[0]["refusals"]), ["not_begun"]);
    let elsewhere = ask(&["--area", "三庄", "--form", "site-record"]);
    assert_eq!(whys(&elsewhere[0]["refusals"]), ["outside_area"]);
    let words = town.program().words(&["powers", "--form", "seizure-decision"]);
    assert!(words.contains('✗') && words.contains("行政强制法（2011）第十七条"), "{words}");
    let here = ["powers", "--form", "site-record", "--dossier", &town.cast.check];
    let may = town.program().json(&here);
    assert_fields(&may, &["may_issue", "issuer", "refusals", "warnings", "signers"]);
    assert_eq!(
        (&may["may_issue"], whys(&may["refusals"])),
        (&json!(false), vec!["fewer_than_two"])
    );

    let mandate = text(&made, "/mandate");
    town.admin().json(&["mandate", "end", mandate, "--on", "2026-01-01", "--reason", "收回"]);
    assert_eq!(whys(&ask(&["--form", "site-record"])[0]["refusals"]), ["expired"]);
    let listed = town.program().json(&["mandate", "list"]);
    assert_eq!(text(&listed, "/0/ended_on"), "2026-01-01");
}

#[test]
fn a_mandate_that_cannot_be_is_refused_and_an_unknown_code_warns() {
    let town = Town::new();
    let with = |option: &str, value: &'static str| -> Vec<&str> {
        let place = DELEGATION.iter().position(|word| *word == option).unwrap();
        let mut line = DELEGATION.to_vec();
        line[place + 1] = value;
        line
    };
    assert_refused(
        &town,
        &town.admin(),
        &[
            (&with("--kind", "power"), &["--kind", "delegation"], &["--kind", "delegation"]),
            (&with("--from", "明年"), &["from", "不是日期"], &["from", "no day"]),
            (&with("--area", "无此镇"), &["--area", "township find"], &["--area", "township find"]),
            (&with("--cap", "unit=五万"), &["--cap", "unit=50000"], &["--cap", "unit=50000"]),
            (
                &["powers", "--form", "no-such-form"],
                &["--form", "correction-order"],
                &["--form", "correction-order"],
            ),
        ],
    );
    let unknown = town.admin().json(&with("--area", "371102111"));
    assert!(text(&unknown, "/warnings/0/message").contains("涛雒镇"), "{unknown}");
}

#[test]
fn a_recusal_is_asked_for_and_decided() {
    let town = Town::new();
    let check = &town.cast.check;
    let line = ["recusal", "request", check, "--officer", SECOND.0, "--reason", "是亲属"];
    let made = town.first().json(&line);
    let recusal = text(&made, "/recusal");
    let decide = |decision: &'static str| {
        let line = ["recusal", "decide", check, recusal, "--decision", decision];
        let by = ["--approver", "周局长", "--approver-post", "局长", "--on", "2026-11-24"];
        let why = ["--reason", "属实", "--evidence", &town.cast.photo];
        [&line[..], &by, &why].concat().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let warned = |code: &str| {
        let missing = town.program().json(&["missing", check]);
        missing.as_array().unwrap().iter().any(|line| text(line, "/code") == code)
    };
    assert!(warned("recusal_decided"));
    let perhaps = decide("perhaps");
    let perhaps: Vec<&str> = perhaps.iter().map(String::as_str).collect();
    let words = ["--decision", "granted"];
    assert_refused(&town, &town.first(), &[(&perhaps, &words, &words)]);
    let granted = decide("granted");
    let granted: Vec<&str> = granted.iter().map(String::as_str).collect();
    assert_fields(&town.first().json(&granted), &["op"]);
    assert!(!warned("recusal_decided"));
}

#[test]
fn a_renewed_certificate_is_shown_by_a_photo_in_the_roster() {
    let town = Town::new();
    let visits = town.program().json(&["visit", "list"]);
    let of_roster = |one: &&Value| text(one, "/type") == "roster";
    let roster = visits.as_array().unwrap().iter().find(of_roster).unwrap();
    let photo = town.file("card.jpg", &angen_testing::files::jpeg("the new card"));
    let line = ["capture", &photo, "--dossier", text(roster, "/dossier"), "--caption", "新证"];
    let photo = town.first().json(&line);
    let renew = |photo| {
        [
            "officer",
            "renew",
            FIRST.0,
            "--certificate-no",
            "鲁样例-0009",
            "--valid-until",
            "2099-12-31",
            "--photo",
            photo,
        ]
    };
    let done = town.first().json(&renew(text(&photo, "/evidence")));
    assert_fields(&done, &["op"]);
    let other = town.first().with(&["--lang", "en"]).run(&renew(&town.cast.photo));
    assert!(other.code == 1 && !is_chinese(&other.err), "{other:?}");
}

#[test]
fn init_takes_a_name_for_the_code_and_warns_of_another_townships_code() {
    let folder = tempfile::tempdir().unwrap();
    let program = |name: &str| {
        crate::program::Program::on(&folder.path().join(name)).with(&["--pin", "admin-000000"])
    };
    let line = |area| ["init", "--area", area, "--township", "涛雒镇", "--organisation", "市局"];
    let made = program("one").json(&line("taoluo"));
    assert_eq!((text(&made, "/area"), &made["warning"]), ("371102110", &Value::Null));
    let other = program("two").json(&line("371102109"));
    assert!(text(&other, "/warning").contains("三庄镇"), "{other}");
    let words = program("three").words(&line("371102111"));
    assert!(words.contains('⚠') && words.contains("371102110 涛雒镇"), "{words}");
}
