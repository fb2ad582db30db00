//! Writes the Kotlin and Swift source of the bindings from the built library.
//!
//! A crate of its own: in the library's crate the feature `cli` would be on for the phones too,
//! and their file would be many times as large.

fn main() {
    uniffi::uniffi_bindgen_main();
}
