//! Evidence files of a pretend visit, for the demo and the tests.
//!
//! A visit needs photos with time and place inside, a film, a voice, scanned papers and a gas
//! detector's log. Real ones would show real people, so this crate draws, speaks and writes them:
//! one training and two enterprises in a township of Rizhao, seven defects, each with a wide and a
//! close photo or an instrument reading, and the papers of a case that follows. Names, numbers and
//! seals are invented; the papers say so.
//!
//! The same seed and base time give the same bytes. There is no clock, no network and no other
//! program; the only input and output is the folder that [`write_visit_samples`] fills.
//!
//! How to walk it: [`Samples`] says what there is (`sample.rs`), the list of files is `plan.rs`,
//! `produce.rs` sends each to its maker: `scene/` draws defects, `paper/` draws papers, `camera.rs`
//! makes photographs of both, `exif.rs` stamps them, `video.rs`, `sound.rs`, `pdf.rs` and
//! `instrument.rs` make the rest.
//!
//! ```
//! let photo = angen_samples::bytes_of(angen_samples::Role::WidePhoto, 1);
//! assert!(photo.starts_with(&[0xff, 0xd8, 0xff]));
//! ```
//!
//! What it leaves out: damaged files. A test that needs one cuts or changes these bytes itself.

mod camera;
mod canvas;
mod courseware;
mod exif;
mod instrument;
mod lettering;
mod paper;
mod pdf;
mod plan;
mod produce;
mod sample;
mod scene;
mod sound;
mod video;
mod webm;

use std::fs;
use std::io;
use std::path::Path;

pub use crate::exif::{PHONE_MAKE, PHONE_MODEL};
pub use crate::paper::INTERVIEW;
pub use crate::plan::{FILING_NUMBER, RECORD_NUMBERS};
pub use crate::sample::{People, Place, Role, Sample, Samples, Site};
pub use crate::sound::{SAMPLE_RATE_HZ, STATEMENT_SECONDS};
pub use crate::video::{FILM_FRAMES, FILM_HEIGHT, FILM_WIDTH, FRAME_MILLISECONDS};

use crate::plan::ENTRIES;
use crate::produce::{produce, produce_all};

/// When the visit of [`bytes_of`] begins: 2026-09-15 08:30 in China, Unix milliseconds.
pub const BASE_TIME_MS: i64 = 1_789_432_200_000;

/// Writes every file of the visit into `dir` (made when absent) and says what each one is.
///
/// The visit begins at `base_time_ms` (Unix, milliseconds) and lasts about nine and a half hours.
/// The list goes from minute to minute.
///
/// # Errors
/// What the file system says when a folder or file cannot be made. Files written before stay.
pub fn write_visit_samples(dir: &Path, seed: u64, base_time_ms: i64) -> io::Result<Samples> {
    fs::create_dir_all(dir)?;
    let mut made: Vec<_> = ENTRIES.iter().zip(produce_all(seed, base_time_ms)).collect();
    // The plan grows at its end; who walks the visit wants its files as they were taken.
    made.sort_by_key(|(entry, _)| entry.minute);
    let mut files = Vec::with_capacity(made.len());
    for (entry, product) in made {
        let path = dir.join(entry.file_name);
        fs::write(&path, &product.bytes)?;
        files.push(Sample {
            role: entry.role,
            file_name: entry.file_name,
            path,
            taken_at_ms: product.taken_at_ms,
            place: product.place,
            caption: entry.caption,
            site: entry.site,
            item: entry.item,
        });
    }
    Ok(Samples { sites: plan::sites(seed), people: plan::people(seed), files })
}

/// The bytes of the first file of a role, of the visit that begins at [`BASE_TIME_MS`].
pub fn bytes_of(role: Role, seed: u64) -> Vec<u8> {
    let index = ENTRIES.iter().position(|entry| entry.role == role);
    produce(index.expect("the plan has every role"), seed, BASE_TIME_MS).bytes
}
