//! The command line of Angen.
fn main() {}
