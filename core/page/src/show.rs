//! Numbers, digests, times and places as a reader takes them in.

use angen_core::domain::{Place, china_time};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::open::ORIGINALS_FOLDER;
use crate::terms::Say;

/// What needs no percent sign in a path (RFC 3986, unreserved).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Hexadecimal digits in groups of four, so that two people can read them to each other.
pub(crate) fn groups_of_four(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// The path of an original, as the page links to it.
pub(crate) fn original_path(file_name: &str) -> String {
    format!("{ORIGINALS_FOLDER}/{}", utf8_percent_encode(file_name, PATH))
}

/// A time without seconds, for spans.
pub(crate) fn to_the_minute(wall_ms: i64) -> String {
    let time = china_time(wall_ms);
    time.get(..16).unwrap_or(&time).to_owned()
}

/// An amount in fen as yuan.
pub(crate) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// A length in bytes, with a rounder unit beside it.
pub(crate) fn bytes(length: i64) -> String {
    let kib = length as f64 / 1024.0;
    match length {
        ..1024 => format!("{length} B"),
        1024..1_048_576 => format!("{kib:.1} KiB ({length} B)"),
        _ => format!("{:.1} MiB ({length} B)", kib / 1024.0),
    }
}

/// A place in degrees, with its accuracy in metres.
pub(crate) fn place(say: Say, place: Place) -> String {
    let degrees = |e7: i64, positive, negative| {
        let mark = if e7 < 0 { negative } else { positive };
        let e7 = e7.unsigned_abs();
        format!("{}.{:07}°{mark}", e7 / 10_000_000, e7 % 10_000_000)
    };
    let latitude = degrees(place.latitude_e7, 'N', 'S');
    let longitude = degrees(place.longitude_e7, 'E', 'W');
    let Some(accuracy_mm) = place.accuracy_mm else { return format!("{latitude} {longitude}") };
    let metres = accuracy_mm as f64 / 1000.0;
    let (about, unit) = (say.t("，误差约 ", ", within about "), say.t(" 米", " m"));
    format!("{latitude} {longitude}{about}{metres:.1}{unit}")
}

/// By how much the camera's clock differs from the phone's at the capture.
pub(crate) fn clock_difference(say: Say, camera_ms: i64, phone_ms: i64) -> String {
    let seconds = camera_ms.saturating_sub(phone_ms) / 1000;
    if seconds == 0 {
        return say.t("与本机时钟一致", "agrees with the phone's clock").to_owned();
    }
    let span = span(say, seconds.unsigned_abs());
    if seconds < 0 {
        let (before, end) = (
            say.t("早于固定证据时的本机时钟 ", ""),
            say.t("", " before the phone's clock at the capture"),
        );
        format!("{before}{span}{end}")
    } else {
        let (after, end) = (
            say.t("晚于固定证据时的本机时钟 ", ""),
            say.t("", " after the phone's clock at the capture"),
        );
        format!("{after}{span}{end}")
    }
}

fn span(say: Say, seconds: u64) -> String {
    let units = [
        (86_400, say.t(" 天", " d")),
        (3_600, say.t(" 小时", " h")),
        (60, say.t(" 分", " min")),
        (1, say.t(" 秒", " s")),
    ];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units {
        if rest >= size {
            parts.push(format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use angen_core::domain::Place;
    use angen_ledger::verify::Lang;

    use super::{clock_difference, groups_of_four, original_path, place, yuan};
    use crate::terms::Say;

    #[test]
    fn values_are_written_for_people() {
        let (zh, en) = (Say(Lang::Zh), Say(Lang::En));
        assert_eq!((yuan(1_234_505), yuan(-7)), ("12345.05".to_owned(), "-0.07".to_owned()));
        assert_eq!(groups_of_four("a1b2c3d4e5"), "a1b2 c3d4 e5");
        assert_eq!(original_path("001-a b#?.jpg"), "originals/001-a%20b%23%3F.jpg");
        let here = Place { latitude_e7: -5, longitude_e7: 1_193_745_180, accuracy_mm: Some(5_000) };
        assert_eq!(place(zh, here), "0.0000005°S 119.3745180°E，误差约 5.0 米");
        let before = clock_difference(en, 0, 3_725_000);
        assert_eq!(before, "1 h 2 min 5 s before the phone's clock at the capture");
    }
}
