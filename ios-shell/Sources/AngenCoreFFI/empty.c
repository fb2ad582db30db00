// A C target needs a source file; all that AngenCore calls is in the Rust library.
