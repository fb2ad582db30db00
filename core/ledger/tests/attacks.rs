//! The table of attacks holds, row by row, and docs/attacks.md tells it.

#[allow(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod world;

use std::path::Path;

use world::case::{Case, said};
use world::{attacks, logged, rows};

fn check<'a>(cases: impl Iterator<Item = &'a Case>) {
    let mut wrong = Vec::new();
    for case in cases {
        let found = said(&(case.build)(), case.root());
        if found != case.expected() {
            wrong.push(format!("{}: {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "these say something else:\n{}", wrong.join("\n"));
}

#[test]
fn every_attack_ends_as_the_table_says() {
    check(attacks::all());
}

#[test]
fn what_is_no_attack_is_judged_as_it_should() {
    check(rows::ROWS.iter().chain(logged::ROWS));
}

#[test]
fn the_page_of_attacks_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/attacks.md");
    let page = attacks::page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/ can be written");
    }
    let committed = std::fs::read_to_string(&path).expect("docs/attacks.md is there");
    assert_eq!(committed, page, "run UPDATE=1 cargo test -p angen-ledger --test attacks");
}

#[test]
fn every_rule_is_broken_or_noted_somewhere() {
    let cases: Vec<_> = attacks::all().chain(rows::ROWS).chain(logged::ROWS).collect();
    for rule in angen_ledger::verify::Rule::ALL {
        let code = rule.code();
        let met = |case: &&Case| case.broken.contains(&code) || case.noted.contains(&code);
        assert!(cases.iter().any(met), "no case for {code}");
    }
}
