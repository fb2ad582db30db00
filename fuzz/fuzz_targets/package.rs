//! Packages: whatever the bytes say, verification ends with a verdict.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| angen_ledger::testing::replay::package(bytes));
