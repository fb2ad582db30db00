//! Workbooks: whatever the cells say, reading them ends with a sound form or with problems.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| angen_forms::testing::replay::workbook(bytes));
