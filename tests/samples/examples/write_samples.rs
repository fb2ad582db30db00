//! Writes the visit into a folder, to be looked at: `write_samples DIR [SEED]`.

use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let mut words = std::env::args().skip(1);
    let wrong = || io::Error::other("usage: write_samples DIR [SEED], the seed a whole number");
    let dir = PathBuf::from(words.next().ok_or_else(wrong)?);
    let seed = words.next().map_or(Ok(1), |word| word.parse().map_err(|_| wrong()))?;
    angen_samples::write_visit_samples(&dir, seed, angen_samples::BASE_TIME_MS)?;
    Ok(())
}
