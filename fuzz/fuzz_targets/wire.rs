//! Bodies of requests to a hub and of its answers: what decodes encodes to the same bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| angen_hub::testing::wire(bytes));
