//! Writes every sample document as DOCX into a folder, to be looked at in a word processor.
//!
//! `cargo run -p angen-documents --example write_docx -- FOLDER`
#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    for document in samples::documents() {
        let path = folder.join(document.form.slug()).with_extension("docx");
        std::fs::write(path, angen_documents::docx::write(&document)?)?;
    }
    Ok(())
}
