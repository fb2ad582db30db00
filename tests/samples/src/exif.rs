//! What a phone writes into a photo about itself: time, place, make (EXIF 2.32 in TIFF bytes).

use std::io::Cursor;

use ::exif::experimental::Writer;
use ::exif::{Field, In, Rational, Tag, Value};
use chrono::{DateTime, FixedOffset, Utc};

use crate::sample::Place;

/// Maker of the phone that does not exist.
pub const PHONE_MAKE: &str = "Angen Sample";
/// Its model.
pub const PHONE_MODEL: &str = "AS-1";
/// China has one time zone, eight hours before UTC.
const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

/// How the stored pixels are turned for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orientation {
    /// As they are (EXIF 1).
    Upright,
    /// A quarter turn clockwise (EXIF 6).
    QuarterTurn,
}

/// The time in China as it stands on a clock there.
pub(crate) fn china_time(time_ms: i64) -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(CHINA_OFFSET_SECONDS).expect("eight hours is an offset");
    utc(time_ms).with_timezone(&zone)
}

fn utc(time_ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time_ms).expect("a visit lies within the years that chrono has")
}

/// The EXIF block of a photo taken at `time_ms` (Unix, milliseconds) at `place`.
pub(crate) fn block(time_ms: i64, place: Place, orientation: Orientation) -> Vec<u8> {
    let mut fields = camera_fields(time_ms, orientation);
    fields.extend(place_fields(time_ms, place));
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, true).expect("memory takes every field of the fixed list");
    block.into_inner()
}

fn camera_fields(time_ms: i64, orientation: Orientation) -> Vec<Field> {
    let local = china_time(time_ms);
    let stamp = local.format("%Y:%m:%d %H:%M:%S").to_string();
    let turned = match orientation {
        Orientation::Upright => 1,
        Orientation::QuarterTurn => 6,
    };
    vec![
        field(Tag::Make, ascii(PHONE_MAKE)),
        field(Tag::Model, ascii(PHONE_MODEL)),
        field(Tag::Orientation, Value::Short(vec![turned])),
        field(Tag::DateTime, ascii(&stamp)),
        field(Tag::DateTimeOriginal, ascii(&stamp)),
        field(Tag::OffsetTimeOriginal, ascii("+08:00")),
        field(Tag::SubSecTimeOriginal, ascii(&local.format("%3f").to_string())),
        field(Tag::ExifVersion, Value::Undefined(b"0232".to_vec(), 0)),
        field(Tag::FNumber, Value::Rational(vec![rational(1.8, 10)])),
        field(Tag::PhotographicSensitivity, Value::Short(vec![400])),
    ]
}

fn place_fields(time_ms: i64, place: Place) -> Vec<Field> {
    let time = utc(time_ms);
    let clock: Vec<Rational> = ["%H", "%M", "%S"]
        .iter()
        .map(|part| time.format(part).to_string().parse().expect("a part of a clock is a number"))
        .map(|number: u32| Rational { num: number, denom: 1 })
        .collect();
    let north = if place.latitude_degrees < 0.0 { "S" } else { "N" };
    let east = if place.longitude_degrees < 0.0 { "W" } else { "E" };
    vec![
        field(Tag::GPSVersionID, Value::Byte(vec![2, 3, 0, 0])),
        field(Tag::GPSLatitudeRef, ascii(north)),
        field(Tag::GPSLatitude, Value::Rational(sexagesimal(place.latitude_degrees))),
        field(Tag::GPSLongitudeRef, ascii(east)),
        field(Tag::GPSLongitude, Value::Rational(sexagesimal(place.longitude_degrees))),
        field(Tag::GPSAltitudeRef, Value::Byte(vec![u8::from(place.altitude_metres < 0.0)])),
        field(Tag::GPSAltitude, Value::Rational(vec![rational(place.altitude_metres.abs(), 100)])),
        field(Tag::GPSTimeStamp, Value::Rational(clock)),
        field(Tag::GPSDateStamp, ascii(&time.format("%Y:%m:%d").to_string())),
        field(Tag::GPSMapDatum, ascii("WGS-84")),
        field(Tag::GPSHPositioningError, Value::Rational(vec![rational(place.error_metres, 100)])),
    ]
}

fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

fn ascii(text: &str) -> Value {
    Value::Ascii(vec![text.as_bytes().to_vec()])
}

fn rational(number: f64, denom: u32) -> Rational {
    Rational { num: (number * f64::from(denom)).round() as u32, denom }
}

/// Degrees, minutes and seconds; the last to a ten-thousandth, which is 3 mm on the ground.
fn sexagesimal(degrees: f64) -> Vec<Rational> {
    let parts = (degrees.abs() * 3600.0 * 10_000.0).round() as u64;
    let number = |value: u64| u32::try_from(value).expect("at most 600,000 parts in a minute");
    vec![
        Rational { num: number(parts / 36_000_000), denom: 1 },
        Rational { num: number(parts / 600_000 % 60), denom: 1 },
        Rational { num: number(parts % 600_000), denom: 10_000 },
    ]
}
