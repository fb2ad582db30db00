//! What a file is, from its first and last bytes; and whether it is whole.

use std::io::Cursor;

use exif::{In, Tag, Value as Exif};

use crate::domain::Place;
use crate::error::Problem;

/// What the first and last bytes of a file tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    /// Media type (RFC 6838), such as `image/jpeg`.
    pub mime: String,
    /// When the camera says that it was taken, in milliseconds since 1970 UTC.
    pub exif_time_ms: Option<i64>,
    /// Where the camera says that it was taken.
    pub exif_place: Option<Place>,
    /// The camera's make and model.
    pub camera: Option<String>,
}

/// Extensions that may stand for a media type; others are taken as they are.
const EXTENSIONS: &[(&str, &[&str])] = &[
    ("image/jpeg", &["jpg", "jpeg", "jpe"]),
    ("image/png", &["png"]),
    ("image/webp", &["webp"]),
    ("image/heif", &["heic", "heif"]),
    ("application/pdf", &["pdf"]),
    ("audio/x-wav", &["wav"]),
    ("audio/mpeg", &["mp3"]),
    ("audio/m4a", &["m4a"]),
    ("audio/ogg", &["ogg", "opus"]),
    ("video/mp4", &["mp4", "m4v", "mov"]),
    ("video/quicktime", &["mov"]),
    ("video/webm", &["webm"]),
    ("video/x-matroska", &["mkv", "webm"]),
];

/// Tells what a file is. `head` and `tail` are its first and last bytes (64 KiB or all of it).
///
/// # Errors
/// A [`Problem`] with the file's name: it is empty, its extension says something else, or it is
/// cut off.
pub fn inspect(name: &str, length: u64, head: &[u8], tail: &[u8]) -> Result<Media, Problem> {
    let problem = |zh: &str, en: &str| Problem::new(name, zh, en);
    if length == 0 {
        return Err(problem(
            "文件是空的（0 字节），请重新拍摄或重新复制",
            "the file is empty (0 bytes): take or copy it again",
        ));
    }
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let mime = mime_of(head, extension.as_deref());
    check_extension(name, &mime, extension.as_deref())?;
    let whole = match mime.as_str() {
        "image/jpeg" => contains(tail, &[0xff, 0xd9]),
        "image/png" => contains(tail, b"IEND"),
        "application/pdf" => contains(tail, b"%%EOF"),
        "audio/x-wav" => riff_is_whole(length, head),
        _ => true,
    };
    if !whole {
        return Err(problem(
            "文件不完整：结尾缺失，可能没有复制完，请重新复制",
            "the file is cut off: its end is missing; copy it again",
        ));
    }
    let mut media = Media { mime, ..Media::default() };
    if media.mime == "image/jpeg" {
        media.read_exif(head);
    }
    Ok(media)
}

fn mime_of(head: &[u8], extension: Option<&str>) -> String {
    if let Some(kind) = infer::get(head) {
        return kind.mime_type().to_owned();
    }
    let text = match extension {
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        _ => "text/plain",
    };
    if head.contains(&0) { "application/octet-stream".to_owned() } else { text.to_owned() }
}

fn check_extension(name: &str, mime: &str, extension: Option<&str>) -> Result<(), Problem> {
    let Some(extension) = extension else { return Ok(()) };
    let claims: Vec<&str> = EXTENSIONS
        .iter()
        .filter(|(_, extensions)| extensions.contains(&extension))
        .map(|(mime, _)| *mime)
        .collect();
    if claims.is_empty() || claims.contains(&mime) {
        return Ok(());
    }
    Err(Problem::new(
        name,
        format!("扩展名是 .{extension}，内容却是 {mime}，请核对是不是选错了文件"),
        format!("the name ends in .{extension} and the content is {mime}: is it the right file?"),
    ))
}

/// A RIFF file says how long it is. Some recorders leave 0 or the largest number there.
fn riff_is_whole(length: u64, head: &[u8]) -> bool {
    let Some(size) = head.get(4..8).and_then(|bytes| bytes.try_into().ok()) else { return false };
    match u32::from_le_bytes(size) {
        0 | u32::MAX => true,
        size => u64::from(size) + 8 <= length,
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

impl Media {
    /// EXIF is testimony of the camera: what cannot be read is left out, never an error.
    fn read_exif(&mut self, head: &[u8]) {
        let Ok(exif) = exif::Reader::new().read_from_container(&mut Cursor::new(head)) else {
            return;
        };
        let text = |tag: Tag| {
            let field = exif.get_field(tag, In::PRIMARY)?;
            match &field.value {
                Exif::Ascii(parts) => {
                    let text = String::from_utf8_lossy(parts.first()?).trim().to_owned();
                    (!text.is_empty()).then_some(text)
                }
                _ => None,
            }
        };
        let degrees = |tag: Tag, reference: Tag, negative: &str| {
            let field = exif.get_field(tag, In::PRIMARY)?;
            let Exif::Rational(parts) = &field.value else { return None };
            let [degrees, minutes, seconds] = parts.get(..3)? else { return None };
            if [degrees, minutes, seconds].iter().any(|part| part.denom == 0) {
                return None;
            }
            let angle = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
            let angle = (angle * 1e7).round();
            let angle = if angle.abs() < 1e12 { angle as i64 } else { return None };
            Some(if text(reference).as_deref() == Some(negative) { -angle } else { angle })
        };
        let place = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S")
            .zip(degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W"))
            .map(|(latitude_e7, longitude_e7)| Place {
                latitude_e7,
                longitude_e7,
                accuracy_mm: None,
            });
        self.exif_place = place.filter(Place::is_on_earth);
        self.exif_time_ms = text(Tag::DateTimeOriginal)
            .and_then(|time| exif_time(&time, text(Tag::OffsetTimeOriginal).as_deref()));
        let words = [text(Tag::Make), text(Tag::Model)];
        let camera = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.camera = (!camera.is_empty()).then_some(camera);
    }
}

/// `2026:09-15 08:30:00`-style EXIF time with an offset; without one, China's.
fn exif_time(time: &str, offset: Option<&str>) -> Option<i64> {
    let text = format!("{time}{}", offset.unwrap_or("+08:00"));
    let parsed = chrono::DateTime::parse_from_str(&text, "%Y:%m:%d %H:%M:%S%:z").ok()?;
    Some(parsed.timestamp_millis())
}
