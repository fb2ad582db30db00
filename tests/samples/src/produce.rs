//! The bytes of one file of the visit: which maker serves which role.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fastrand::Rng;
use sha2::{Digest, Sha256};

use crate::camera::{self, DESK, WORKSHOP};
use crate::exif::{self, Orientation};
use crate::paper::{self, PAGE_HEIGHT, PAGE_WIDTH, Page};
use crate::plan::{self, ENTRIES, Entry, FILING_NUMBER, RECORD_NUMBERS};
use crate::sample::{Place, Role};
use crate::scene::{self, Subject};
use crate::{courseware, instrument, pdf, sound, video};

/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;
/// An odd number with even bits (the golden ratio times 2^64), so that entries share no chance.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Groups of four digits on the signed list: eight bytes tell a few files apart and fit a row.
const DIGEST_GROUPS: usize = 4;

/// A file as it will lie on the disk, and what is claimed of it.
pub(crate) struct Product {
    pub(crate) taken_at_ms: i64,
    pub(crate) place: Place,
    pub(crate) bytes: Vec<u8>,
}

/// Makes every file of the plan, in its order.
///
/// The work is shared among the machine's cores; each file has its own chance, so that neither the
/// number of cores nor their haste shows in the bytes.
pub(crate) fn produce_all(seed: u64, base_time_ms: i64) -> Vec<Product> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= ENTRIES.len() {
                return made;
            }
            made.push((index, produce(index, seed, base_time_ms)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(ENTRIES.len());
    let mut made: Vec<(usize, Product)> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let finished = running.into_iter().map(|worker| worker.join());
        finished.flat_map(|files| files.expect("a maker that panics ends the run")).collect()
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, product)| product).collect()
}

/// Makes the file that stands at `index` of the plan.
pub(crate) fn produce(index: usize, seed: u64, base_time_ms: i64) -> Product {
    let entry = &ENTRIES[index];
    let mut rng = Rng::with_seed(seed.wrapping_add((index as u64 + 1).wrapping_mul(SPREAD)));
    let taken_at_ms = base_time_ms + entry.minute * MINUTE_MS + rng.i64(0..MINUTE_MS);
    let place = plan::place_of(entry, &plan::sites(seed), &mut rng);
    let bytes = match entry.role {
        Role::WidePhoto | Role::ClosePhoto | Role::InstrumentPhoto => {
            scene_photo(entry, seed, taken_at_ms, place, &mut rng)
        }
        Role::SignInSheet
        | Role::SignedRecordPage
        | Role::HashListPage
        | Role::FilingForm
        | Role::InterviewPage
        | Role::ProcedurePage => {
            paper_photo(entry, seed, base_time_ms, (taken_at_ms, place), &mut rng)
        }
        Role::SceneVideo => video::film(&mut rng),
        Role::SoundStatement => sound::statement(&mut rng),
        Role::InstrumentReading => instrument::csv(seed, detector_time_ms(base_time_ms)),
        Role::Courseware => courseware::page(),
        Role::ScannedPaper => {
            let site = &plan::sites(seed)[entry.site.expect("a paper belongs to a site")];
            let pages = paper::company_pages(site, &plan::people(seed), &mut rng);
            pdf::scanned(&pages, PAGE_WIDTH as i32, PAGE_HEIGHT as i32)
        }
        Role::LicenceCopy => {
            let site = &plan::sites(seed)[entry.site.expect("a paper belongs to a site")];
            let page = paper::licence_page(site, &day(taken_at_ms), &mut rng);
            pdf::scanned(&[page], PAGE_WIDTH as i32, PAGE_HEIGHT as i32)
        }
    };
    Product { taken_at_ms, place, bytes }
}

/// The time of the detector's last reading: the photo of its display and the log agree.
fn detector_time_ms(base_time_ms: i64) -> i64 {
    let entry = ENTRIES.iter().find(|entry| entry.role == Role::InstrumentReading);
    base_time_ms + entry.expect("the plan has a reading").minute * MINUTE_MS
}

fn scene_photo(entry: &Entry, seed: u64, taken_at_ms: i64, place: Place, rng: &mut Rng) -> Vec<u8> {
    let sway = (rng.f32() * 20.0 - 10.0, rng.f32() * 14.0 - 7.0);
    let subject = entry.subject.expect("every photo of a scene names its subject");
    let sheet = match (entry.role, subject) {
        (_, Subject::Detector) => {
            let log = instrument::log(seed, taken_at_ms);
            let last = log.last().expect("a log has readings at every depth");
            scene::display(last, &instrument::number(seed), sway)
        }
        (Role::ClosePhoto, subject) => scene::close(subject, sway),
        (_, subject) => scene::wide(subject, sway),
    };
    let picture = camera::expose(&sheet, WORKSHOP, rng);
    let block = exif::block(taken_at_ms, place, Orientation::Upright);
    camera::jpeg(&picture, WORKSHOP.quality, Some(block))
}

fn paper_photo(
    entry: &Entry,
    seed: u64,
    base_time_ms: i64,
    (taken_at_ms, place): (i64, Place),
    rng: &mut Rng,
) -> Vec<u8> {
    let people = plan::people(seed);
    let date = exif::china_time(taken_at_ms).format("%Y年%m月%d日 %H:%M").to_string();
    let upright = match entry.site {
        None => paper::sign_in_photo(&people, &date, rng),
        Some(site) => {
            let sites = plan::sites(seed);
            let number = match entry.role {
                Role::FilingForm => FILING_NUMBER,
                Role::SignedRecordPage => RECORD_NUMBERS[site],
                _ => "",
            };
            let page = Page { site: &sites[site], people: &people, date: &date, number };
            match entry.role {
                Role::HashListPage => {
                    let rows = digests_at(site, seed, base_time_ms);
                    paper::hash_list_photo(page, &rows, rng)
                }
                Role::FilingForm => paper::filing_photo(page, &day(taken_at_ms), rng),
                Role::InterviewPage => paper::interview_photo(page, rng),
                Role::ProcedurePage => paper::procedure_photo(page, entry.caption, rng),
                _ => paper::record_photo(page, &findings_at(site), rng),
            }
        }
    };
    let block = exif::block(taken_at_ms, place, Orientation::QuarterTurn);
    camera::jpeg(&camera::lay_on_side(&upright), DESK.quality, Some(block))
}

/// The day in China as papers write it.
fn day(time_ms: i64) -> String {
    exif::china_time(time_ms).format("%Y年%m月%d日").to_string()
}

/// What the record of a site lists: the captions of its wide photos.
fn findings_at(site: usize) -> Vec<&'static str> {
    ENTRIES
        .iter()
        .filter(|entry| entry.site == Some(site) && entry.role == Role::WidePhoto)
        .map(|entry| entry.caption.trim_end_matches("（全景）"))
        .collect()
}

/// The photos of a site's defects, each with the first digits of its SHA-256.
///
/// They are made once more for it: what a party signs should be what the files give.
fn digests_at(site: usize, seed: u64, base_time_ms: i64) -> Vec<(&'static str, String)> {
    let photos = ENTRIES.iter().enumerate().filter(|(_, entry)| {
        entry.site == Some(site) && matches!(entry.role, Role::WidePhoto | Role::ClosePhoto)
    });
    photos
        .map(|(index, entry)| {
            let digest = Sha256::digest(produce(index, seed, base_time_ms).bytes);
            let groups: Vec<String> =
                digest.chunks(2).take(DIGEST_GROUPS).map(hexadecimal).collect();
            (entry.caption, groups.join(" "))
        })
        .collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_list_shows_the_digests_of_the_photos_that_the_visit_holds() {
        // Another day, because the time stands in each photo and changes its digest.
        let base_time_ms = crate::BASE_TIME_MS + 24 * 60 * MINUTE_MS;
        let rows = digests_at(0, 3, base_time_ms);
        assert_eq!(rows.len(), 6);
        for (caption, digits) in rows {
            let index = ENTRIES.iter().position(|entry| entry.caption == caption).unwrap();
            let whole = hexadecimal(&Sha256::digest(produce(index, 3, base_time_ms).bytes));
            assert_eq!(digits.replace(' ', ""), whole[..4 * DIGEST_GROUPS], "{caption}");
        }
    }
}
