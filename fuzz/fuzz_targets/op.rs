//! Headers, bodies, values, seals and certificates: what decodes encodes to the same bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| angen_ledger::testing::replay::op(bytes));
