//! Days and times as people in China read them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

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

/// Noon of a day in China, in milliseconds since 1970 UTC: the moment that stands for a day where
/// only days matter.
#[must_use]
pub fn china_noon_ms(day: NaiveDate) -> i64 {
    let noon = day.and_hms_opt(12, 0, 0).map(|noon| noon.and_utc().timestamp_millis());
    noon.unwrap_or_default() - i64::from(CHINA_SECONDS) * 1_000
}

/// What the clock on a wall in China shows at a wall time, to the second.
#[must_use]
pub fn china_clock(wall_ms: i64) -> Option<NaiveDateTime> {
    use chrono::Timelike as _;
    in_china(wall_ms)?.naive_local().with_nanosecond(0)
}

/// A time written `2026-09-15 09:30` in half-width digits, in China.
#[must_use]
pub fn parse_minute(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%d %H:%M").ok()
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
