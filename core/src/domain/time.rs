//! Days and times as people in China read them.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// China has one time zone, eight hours before UTC.
const CHINA_SECONDS: i32 = 8 * 3600;

/// A wall time in milliseconds as `2026-11-23 08:30:00`, China time.
#[must_use]
pub fn china_time(wall_ms: i64) -> String {
    in_china(wall_ms).map_or_else(
        || format!("{wall_ms} ms"),
        |time| time.format("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

/// The day of a wall time in China.
#[must_use]
pub fn china_day(wall_ms: i64) -> Option<NaiveDate> {
    in_china(wall_ms).map(|time| time.date_naive())
}

/// A day written `2028-06-30` in half-width digits.
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10)
}

fn in_china(wall_ms: i64) -> Option<DateTime<FixedOffset>> {
    let zone = FixedOffset::east_opt(CHINA_SECONDS)?;
    Some(DateTime::from_timestamp_millis(wall_ms)?.with_timezone(&zone))
}
