//! The pool's clock and its date formats: SRP's TIMESTAMP, and HTTP's `Date`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAY: i64 = 86_400;

/// The end of the year 9999: no sum of what the pools add to a time in between overflows.
const LATEST: i64 = 253_402_300_799;

/// Wall-clock time moved by an offset, or a time that stands still: tests set both.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    setting: Mutex<Setting>,
}

#[derive(Clone, Copy, Debug)]
enum Setting {
    Offset(i64),
    Frozen(i64),
}

impl Default for Setting {
    fn default() -> Self {
        Self::Offset(0)
    }
}

impl Clock {
    fn setting(&self) -> MutexGuard<'_, Setting> {
        self.setting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seconds since the Unix epoch, as the pools see them: between that and the end of the year 9999.
    pub(crate) fn now(&self) -> i64 {
        let now = match *self.setting() {
            Setting::Offset(seconds) => system_time().saturating_add(seconds),
            Setting::Frozen(seconds) => seconds,
        };
        now.clamp(0, LATEST)
    }

    /// Moves the clock; negative seconds move it back.
    pub(crate) fn advance(&self, seconds: i64) {
        let mut setting = self.setting();
        *setting = match *setting {
            Setting::Offset(offset) => Setting::Offset(offset.saturating_add(seconds)),
            Setting::Frozen(now) => Setting::Frozen(now.saturating_add(seconds)),
        };
    }

    /// Stops the clock at `now`.
    pub(crate) fn freeze(&self, now: i64) {
        *self.setting() = Setting::Frozen(now);
    }
}

fn system_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Days since the epoch to (year, month 1-12, day 1-31), after Howard Hinnant's `civil_from_days`.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The inverse of [`civil_from_days`].
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn name_of(names: &'static [&'static str], index: i64) -> &'static str {
    usize::try_from(index)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or("")
}

/// `EEE MMM d HH:mm:ss UTC yyyy`, the day without a leading zero.
pub(crate) fn format_timestamp(seconds: i64) -> String {
    let days = seconds.div_euclid(DAY);
    let (year, month, day) = civil_from_days(days);
    let weekday = name_of(&WEEKDAYS, days.rem_euclid(7));
    let month = name_of(&MONTHS, month - 1);
    format!("{weekday} {month} {day} {} UTC {year}", format_time(seconds))
}

/// `HH:mm:ss` in UTC.
pub(crate) fn format_time(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(DAY);
    format!("{:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// `yyyy-MM-dd HH:mm:ss` in UTC.
pub(crate) fn format_date_time(seconds: i64) -> String {
    let (year, month, day) = civil_from_days(seconds.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02} {}", format_time(seconds))
}

/// An HTTP-date, `EEE, dd MMM yyyy HH:mm:ss GMT` (RFC 9110, section 5.6.7).
pub(crate) fn format_http_date(seconds: i64) -> String {
    let days = seconds.div_euclid(DAY);
    let (year, month, day) = civil_from_days(days);
    let weekday = name_of(&WEEKDAYS, days.rem_euclid(7));
    let month = name_of(&MONTHS, month - 1);
    format!(
        "{weekday}, {day:02} {month} {year:04} {} GMT",
        format_time(seconds)
    )
}

/// Reads what [`format_timestamp`] writes. A day with a leading zero or a wrong weekday is read too: the
/// service signs its own rendering of the moment, so such a text fails at the signature instead.
pub(crate) fn parse_timestamp(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(' ').collect();
    let [weekday, month, day, time, "UTC", year] = parts.as_slice() else {
        return None;
    };
    let month = MONTHS.iter().position(|name| name == month)?;
    let clock: Vec<&str> = time.split(':').collect();
    let [hour, minute, second] = clock.as_slice() else {
        return None;
    };
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>, most: i64| {
        let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i64>().ok().filter(|value| plain && *value <= most)
    };
    if !WEEKDAYS.contains(weekday) {
        return None;
    }
    let day = number(day, 1..=2, 31).filter(|day| *day >= 1)?;
    let days = days_from_civil(number(year, 4..=4, 9999)?, i64::try_from(month).ok()? + 1, day);
    let (hour, minute, second) = (
        number(hour, 2..=2, 23)?,
        number(minute, 2..=2, 59)?,
        number(second, 2..=2, 60)?,
    );
    Some(days * DAY + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_match_the_known_answers() {
        let cases: serde_json::Value =
            serde_json::from_str(include_str!("../tests/data/timestamps.json")).unwrap();
        for case in cases.as_array().unwrap() {
            let seconds = case["ms"].as_i64().unwrap() / 1000;
            let text = case["ts"].as_str().unwrap();
            assert_eq!(format_timestamp(seconds), text);
            assert_eq!(parse_timestamp(text), Some(seconds));
        }
    }

    #[test]
    fn http_dates_are_as_the_rfc_has_them() {
        assert_eq!(format_http_date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(format_http_date(951_825_599), "Tue, 29 Feb 2000 11:59:59 GMT");
    }

    #[test]
    fn other_formats_are_refused() {
        for text in [
            "",
            "2025-03-03T11:06:40Z",
            "Mon Mar 3 11:06:40 GMT 2025",
            "Mon March 3 11:06:40 UTC 2025",
            "Mon Mar  3 11:06:40 UTC 2025",
            "Mon Mar 3 11:06 UTC 2025",
            "Mon Mar 0 11:06:40 UTC 2025",
            "Mon Mar 3 24:06:40 UTC 2025",
            "Mo Mar 3 11:06:40 UTC 2025",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn a_padded_day_is_read_but_not_written() {
        let padded = "Mon Mar 03 11:06:40 UTC 2025";
        let seconds = parse_timestamp(padded).unwrap();
        assert_eq!(format_timestamp(seconds), "Mon Mar 3 11:06:40 UTC 2025");
    }

    #[test]
    fn the_clock_moves_by_what_it_is_told_and_stands_still_when_frozen() {
        let clock = Clock::default();
        let before = clock.now();
        clock.advance(3600);
        let moved = clock.now() - before;
        assert!((3600..3605).contains(&moved), "{moved}");
        clock.freeze(1_800_000_000);
        clock.advance(-60);
        assert_eq!(clock.now(), 1_799_999_940);
        for (extreme, end) in [(i64::MIN, 0), (i64::MAX, LATEST)] {
            clock.freeze(extreme);
            assert_eq!(clock.now(), end);
            assert!(clock.now().checked_mul(1000).is_some());
        }
    }
}
