//! The written visit, seen from outside: what each file is, and that it is what it says.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests, outside of the test functions that clippy knows"
)]

use std::collections::HashSet;
use std::fs;
use std::io::Cursor;
use std::sync::OnceLock;

use angen_samples::{
    BASE_TIME_MS, FILM_FRAMES, FILM_HEIGHT, FILM_WIDTH, PHONE_MAKE, PHONE_MODEL, Role, Sample,
    Samples, bytes_of, write_visit_samples,
};
use exif::{Exif, In, Reader, Tag, Value};

const SEED: u64 = 7;

/// One visit for all tests: making it is the costly part.
fn visit() -> &'static Samples {
    static VISIT: OnceLock<(tempfile::TempDir, Samples)> = OnceLock::new();
    &VISIT.get_or_init(write_visit).1
}

fn write_visit() -> (tempfile::TempDir, Samples) {
    let dir = tempfile::tempdir().unwrap();
    let samples = write_visit_samples(&dir.path().join("visit"), SEED, BASE_TIME_MS).unwrap();
    (dir, samples)
}

fn exif_of(sample: &Sample) -> Exif {
    let bytes = fs::read(&sample.path).unwrap();
    Reader::new().read_from_container(&mut Cursor::new(bytes)).unwrap()
}

fn text(exif: &Exif, tag: Tag) -> String {
    match &exif.get_field(tag, In::PRIMARY).unwrap().value {
        Value::Ascii(parts) => String::from_utf8(parts[0].clone()).unwrap(),
        other => panic!("{tag} is {other:?}"),
    }
}

fn numbers(exif: &Exif, tag: Tag) -> Vec<f64> {
    match &exif.get_field(tag, In::PRIMARY).unwrap().value {
        Value::Rational(parts) => parts.iter().map(exif::Rational::to_f64).collect(),
        other => panic!("{tag} is {other:?}"),
    }
}

fn degrees(exif: &Exif, tag: Tag) -> f64 {
    let parts = numbers(exif, tag);
    parts[0] + parts[1] / 60.0 + parts[2] / 3600.0
}

fn photos(samples: &Samples) -> impl Iterator<Item = &Sample> {
    samples.files.iter().filter(|sample| sample.role.media_type() == "image/jpeg")
}

#[test]
fn every_role_has_a_file_and_every_file_its_own_bytes() {
    let samples = visit();
    let contents: HashSet<Vec<u8>> =
        samples.files.iter().map(|sample| fs::read(&sample.path).unwrap()).collect();
    assert_eq!(contents.len(), samples.files.len());
    for role in Role::ALL {
        assert!(samples.of_role(role).next().is_some(), "no file for {role:?}");
    }
}

#[test]
fn each_site_has_two_findings_with_a_wide_and_a_close_photo() {
    let samples = visit();
    for site in 0..samples.sites.len() {
        let at_site = |role| -> HashSet<&str> {
            let files = samples.of_role(role).filter(|sample| sample.site == Some(site));
            files.filter_map(|sample| sample.item).collect()
        };
        let both = &at_site(Role::WidePhoto) & &at_site(Role::ClosePhoto);
        assert!(both.len() >= 2, "site {site} has {both:?}");
    }
    assert_eq!(samples.of_item(0, "MW01").count(), 3);
}

#[test]
fn a_photo_carries_the_time_and_place_that_the_list_claims() {
    let samples = visit();
    for sample in photos(samples) {
        let exif = exif_of(sample);
        let stamp = format!(
            "{}.{} {}",
            text(&exif, Tag::DateTimeOriginal),
            text(&exif, Tag::SubSecTimeOriginal),
            text(&exif, Tag::OffsetTimeOriginal)
        );
        let time = chrono::DateTime::parse_from_str(&stamp, "%Y:%m:%d %H:%M:%S%.3f %:z").unwrap();
        assert_eq!(time.timestamp_millis(), sample.taken_at_ms, "{}", sample.file_name);
        let clock = numbers(&exif, Tag::GPSTimeStamp);
        let utc = format!(
            "{} {:02}:{:02}:{:02}",
            text(&exif, Tag::GPSDateStamp),
            clock[0],
            clock[1],
            clock[2]
        );
        let utc = chrono::NaiveDateTime::parse_from_str(&utc, "%Y:%m:%d %H:%M:%S").unwrap();
        assert_eq!(utc.and_utc().timestamp(), sample.taken_at_ms / 1000);
        // A ten-thousandth of a second of arc is the step of the file.
        assert!((degrees(&exif, Tag::GPSLatitude) - sample.place.latitude_degrees).abs() < 3e-8);
        assert!((degrees(&exif, Tag::GPSLongitude) - sample.place.longitude_degrees).abs() < 3e-8);
        assert_eq!(text(&exif, Tag::GPSLatitudeRef) + &text(&exif, Tag::GPSLongitudeRef), "NE");
        assert_eq!(text(&exif, Tag::GPSMapDatum), "WGS-84");
        assert_eq!(numbers(&exif, Tag::GPSAltitude), [sample.place.altitude_metres]);
        assert_eq!(numbers(&exif, Tag::GPSHPositioningError), [sample.place.error_metres]);
        assert_eq!(text(&exif, Tag::Make), PHONE_MAKE);
        assert_eq!(text(&exif, Tag::Model), PHONE_MODEL);
    }
}

#[test]
fn a_photo_decodes_and_weighs_what_a_photo_weighs() {
    let samples = visit();
    for sample in photos(samples) {
        let bytes = fs::read(&sample.path).unwrap();
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (1280, 960), "{}", sample.file_name);
        assert!((80_000..400_000).contains(&bytes.len()), "{} {}", sample.file_name, bytes.len());
    }
}

#[test]
fn a_paper_is_photographed_upright_and_scenes_across() {
    let samples = visit();
    for sample in photos(samples) {
        let exif = exif_of(sample);
        let turned = exif.get_field(Tag::Orientation, In::PRIMARY).unwrap().value.get_uint(0);
        let paper = sample.item.is_none();
        assert_eq!(turned, Some(if paper { 6 } else { 1 }), "{}", sample.file_name);
    }
}

#[test]
fn the_same_seed_and_time_give_the_same_bytes_and_another_seed_does_not() {
    let first = visit();
    let (_dir, second) = write_visit();
    for (one, other) in first.files.iter().zip(&second.files) {
        assert_eq!(fs::read(&one.path).unwrap(), fs::read(&other.path).unwrap());
    }
    for role in Role::ALL {
        let of_visit = fs::read(&first.of_role(role).next().unwrap().path).unwrap();
        // The courseware is printed once for all.
        assert_eq!(bytes_of(role, SEED + 1) == of_visit, role == Role::Courseware, "{role:?}");
        assert!(bytes_of(role, SEED) == of_visit, "{role:?}");
    }
}

#[test]
fn the_film_decodes_to_pictures_that_move() {
    let film = bytes_of(Role::SceneVideo, SEED);
    assert!(film.len() < 600_000, "{} bytes", film.len());
    let mut decoder = oxideav_vp8::Vp8DecoderState::new();
    let frames: Vec<Vec<u8>> = simple_blocks(&film)
        .into_iter()
        .map(|packet| {
            let frame = decoder.decode_frame(packet).unwrap();
            assert_eq!((frame.width, frame.height), (FILM_WIDTH, FILM_HEIGHT));
            frame.y
        })
        .collect();
    assert_eq!(frames.len() as u32, FILM_FRAMES);
    for pair in frames.windows(2) {
        let moved = pair[0].iter().zip(&pair[1]).filter(|(a, b)| a.abs_diff(**b) > 24).count();
        assert!(moved > 200, "only {moved} pixels change");
    }
}

/// The frames inside a WebM file, found by walking its elements (all lengths take eight bytes).
fn simple_blocks(mut file: &[u8]) -> Vec<&[u8]> {
    let mut blocks = Vec::new();
    while !file.is_empty() {
        let id_bytes = file[0].leading_zeros() as usize + 1;
        let (id, rest) = file.split_at(id_bytes);
        let length = u64::from_be_bytes(rest[..8].try_into().unwrap()) & 0x00ff_ffff_ffff_ffff;
        let (content, after) = rest[8..].split_at(length as usize);
        match id {
            [0x18, 0x53, 0x80, 0x67] | [0x1f, 0x43, 0xb6, 0x75] => {
                blocks.extend(simple_blocks(content));
            }
            [0xa3] => blocks.push(&content[4..]),
            _ => {}
        }
        file = after;
    }
    blocks
}

#[test]
fn the_statement_is_three_seconds_with_voice_and_pauses() {
    let wav = bytes_of(Role::SoundStatement, SEED);
    let mut reader = hound::WavReader::new(Cursor::new(wav)).unwrap();
    assert_eq!((reader.spec().sample_rate, reader.spec().channels), (16_000, 1));
    let samples: Vec<i16> = reader.samples().map(Result::unwrap).collect();
    assert_eq!(samples.len(), 48_000);
    let silent = |part: &&[i16]| part.iter().all(|sample| sample.unsigned_abs() < 400);
    let tenths: Vec<&[i16]> = samples.chunks(1_600).collect();
    let pauses = tenths.iter().filter(|part| silent(part)).count();
    assert!((2..=12).contains(&pauses), "{pauses} of 30 tenths of a second are silent");
}

#[test]
fn the_log_of_the_detector_and_the_photo_of_its_display_end_together() {
    let samples = visit();
    let log = samples.of_role(Role::InstrumentReading).next().unwrap();
    let text = fs::read_to_string(&log.path).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rows[0], "time,depth,O2_%VOL,CO_ppm,H2S_ppm,CH4_%LEL");
    assert_eq!(rows.len(), 1 + 18);
    let last = rows[rows.len() - 1];
    for row in &rows[1..] {
        let cells: Vec<&str> = row.split(',').collect();
        chrono::DateTime::parse_from_rfc3339(cells[0]).unwrap();
        assert!((18.5..21.5).contains(&cells[2].parse::<f64>().unwrap()), "{row}");
    }
    let photo = samples.of_role(Role::InstrumentPhoto).next().unwrap();
    let end = chrono::DateTime::parse_from_rfc3339(last.split(',').next().unwrap()).unwrap();
    let apart_ms = (photo.taken_at_ms - end.timestamp_millis()).abs();
    assert!(apart_ms < 60_000, "{apart_ms} ms apart");
}

#[test]
fn the_scan_holds_two_pages_that_are_pictures_and_the_courseware_holds_text() {
    let scan = bytes_of(Role::ScannedPaper, SEED);
    let courseware = bytes_of(Role::Courseware, SEED);
    let count = |file: &[u8], word: &[u8]| file.windows(word.len()).filter(|w| *w == word).count();
    assert!(scan.starts_with(b"%PDF-") && courseware.starts_with(b"%PDF-"));
    assert_eq!(count(&scan, b"/DCTDecode"), 2);
    assert_eq!(count(&courseware, b"/ToUnicode"), 1);
    let licence = bytes_of(Role::LicenceCopy, SEED);
    assert!(licence.starts_with(b"%PDF-"));
    assert_eq!(count(&licence, b"/DCTDecode"), 1);
}

#[test]
fn the_list_goes_from_minute_to_minute_and_the_recheck_comes_after_the_case() {
    let samples = visit();
    let minutes: Vec<i64> =
        samples.files.iter().map(|file| (file.taken_at_ms - BASE_TIME_MS) / 60_000).collect();
    assert!(minutes.is_sorted(), "{minutes:?}");
    let roles: Vec<Role> = samples.files.iter().map(|file| file.role).collect();
    let last = [Role::FilingForm, Role::InterviewPage, Role::ProcedurePage, Role::ProcedurePage];
    assert!(roles.ends_with(&last));
}

#[test]
fn the_papers_of_the_case_belong_to_the_first_site_only() {
    let samples = visit();
    for role in [Role::LicenceCopy, Role::HashListPage, Role::FilingForm, Role::InterviewPage] {
        let sites: Vec<_> = samples.of_role(role).map(|file| (file.site, file.item)).collect();
        assert_eq!(sites, [(Some(0), None)], "{role:?}");
    }
}

#[test]
fn a_credit_code_has_the_check_character_that_its_digits_ask_for() {
    // GB 32100-2015: weights are the powers of three modulo 31, letters I, O, S, V, Z are left out.
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for site in &visit().sites {
        let values: Vec<usize> =
            site.credit_code.chars().map(|letter| LETTERS.find(letter).unwrap()).collect();
        assert_eq!(values.len(), 18, "{}", site.credit_code);
        let mut weight = 1;
        let mut sum = 0;
        for value in &values[..17] {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        assert_eq!(values[17], (31 - sum % 31) % 31, "{}", site.credit_code);
    }
}
