//! Prints every sample document into a folder, and says how long each took.
//!
//! `cargo run -p angen-documents --features pdf --example print_samples -- FOLDER`
#![allow(clippy::print_stdout, reason = "an example says what it does")]
#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::time::Duration;

use angen_documents::pdf::Press;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    let press = Press::new()?;
    let mut documents = samples::documents();
    let mut presealed = samples::correction_order();
    presealed.sealing = angen_documents::Sealing::Presealed;
    documents.push(presealed.document()?);
    for (at, document) in documents.iter().enumerate() {
        let name = format!("{}-{}", at + 1, document.form.slug());
        let (first, pdf) = timed(|| press.print(document, samples::at(5, 11, 45)));
        let (again, _) = timed(|| press.print(document, samples::at(5, 11, 46)));
        let pdf = pdf?;
        println!("{name}: {} bytes, first {first:?}, again {again:?}", pdf.len());
        std::fs::write(folder.join(format!("{name}.pdf")), pdf)?;
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "an example may look at the clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = std::time::Instant::now();
    let result = work();
    (start.elapsed(), result)
}
