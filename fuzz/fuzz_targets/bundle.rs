//! Bundles: a header is read within its limits, and what nobody sealed opens for nobody.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| angen_ledger::testing::replay::bundle(bytes));
