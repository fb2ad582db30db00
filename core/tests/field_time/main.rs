//! The officer's own time from the gate to the signed record, counted on one scripted check that
//! goes through the verbs themselves; docs/field-time.md tells it.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod finding;
mod hand;
mod model;
mod page;
mod papers;
mod proposals;
mod record;
mod story;
mod visit;

use std::path::Path;

use angen_core::procedure::LINES_MAX;

use crate::hand::Stage;
use crate::model::{BARE, GLOVED, TARGET_MINUTES};
use crate::visit::Visit;

#[test]
fn the_page_of_the_officers_time_is_what_the_scripted_check_counts() {
    let visit = Visit::to_the_end();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/field-time.md");
    let page = page::page(&visit);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/ can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page, "run UPDATE=1 {}", page::COMMAND);
}

#[test]
fn from_the_gate_to_the_signed_record_it_takes_at_most_the_target() {
    let visit = Visit::to_the_end();
    let count = visit.hand.count(Stage::is_of_the_record);
    let (gloved, bare) = (GLOVED.milliseconds(&count), BARE.milliseconds(&count));
    assert!(bare < gloved, "{bare} ms with bare hands, {gloved} ms with gloves");
    assert!(gloved <= TARGET_MINUTES * 60_000, "{gloved} ms: {count:?}");
}

#[test]
fn before_they_leave_nothing_is_open_and_no_list_is_longer_than_three_lines() {
    let visit = Visit::to_the_end();
    assert_eq!(visit.asked.len(), 3);
    for asked in &visit.asked {
        assert!(asked.zh.len() <= LINES_MAX && asked.en.len() <= LINES_MAX, "{asked:?}");
    }
    let last = visit.asked.last().unwrap();
    assert!(last.zh.is_empty(), "{last:?}");
}
