//! The TIMESTAMP of a challenge response.

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb",
];

/// TIMESTAMP in the only form that Cognito takes: `EEE MMM d HH:mm:ss UTC yyyy` in English, for example
/// `Fri Jan 9 00:00:00 UTC 1970`. The signature covers it, so send the very same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp(String);

impl Timestamp {
    /// The time in milliseconds since 1970-01-01T00:00:00Z. The part of a second is dropped.
    pub fn from_unix_millis(millis: u64) -> Self {
        let seconds = millis / 1000;
        let (days, second) = (seconds / 86_400, seconds % 86_400);
        // Years start in March here, so that the leap day is a year's last.
        let since_march_0000 = days + 719_468;
        let (era, day_of_era) = (since_march_0000 / 146_097, since_march_0000 % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let year = era * 400 + year_of_era + u64::from(month >= 10);

        let mut text = String::with_capacity(28);
        text.push_str(name(&DAYS, days % 7));
        text.push(' ');
        text.push_str(name(&MONTHS, month));
        text.push(' ');
        text.push_str(&day.to_string());
        for (separator, value) in [(' ', second / 3600), (':', second / 60 % 60), (':', second % 60)] {
            text.push(separator);
            if value < 10 {
                text.push('0');
            }
            text.push_str(&value.to_string());
        }
        text.push_str(" UTC ");
        text.push_str(&year.to_string());
        Self(text)
    }

    #[cfg(test)]
    pub(super) fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text to send as TIMESTAMP.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn name(names: &[&'static str], index: u64) -> &'static str {
    names.get(index as usize).copied().unwrap_or_default()
}
