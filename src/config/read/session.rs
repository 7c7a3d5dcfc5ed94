//! How long a session may last: `custom.cognito.session`.

use std::{ops::RangeInclusive, time::Duration};

use serde_json::Value;

use super::section::{Section, cut, malformed};
use crate::config::{ConfigProblem, SessionLimits};

/// Thirty days: about as long as a browser stays open, and as Cognito's refresh tokens are good for by default.
const MINUTES: RangeInclusive<u64> = 1..=30 * 24 * 60;
const MINUTES_HINT: &str = "It is a whole number of minutes, from 1 to 43200 (30 days).";
/// People need 20 seconds at least to ask for more time (WCAG 2.2, success criterion 2.2.1).
const WARNING_SECONDS: RangeInclusive<u64> = 20..=60 * 60;
const WARNING_HINT: &str =
    "It is a whole number of seconds, from 20 (what people need to read the warning) to 3600.";
const CLOSED_SECONDS: RangeInclusive<u64> = 0..=60 * 60;
const KEYS: [&str; 5] = [
    "idle_minutes",
    "idle_warning_seconds",
    "lifetime_minutes",
    "closed_seconds",
    "revoke_when_closed",
];
const CLOSED_HINT: &str = "It is a whole number of seconds, from 0 (the session ends with the last page, and with a \
                           reload) to 3600.";

/// Reads the section out of `custom.cognito`.
pub(super) fn session_limits(cognito: &Section<'_>) -> Result<SessionLimits, ConfigProblem> {
    let usual = SessionLimits::default();
    let Some(section) = cognito.section("session", "custom.cognito.session")? else {
        return Ok(usual);
    };
    // A limit that is misspelt would be none, and nobody would notice.
    if let Some((key, value)) = section
        .values
        .iter()
        .find(|(key, _)| !KEYS.contains(&key.as_str()))
    {
        return Err(malformed(
            &section.path_of(&cut(key)),
            value,
            "There is no such setting. There are idle_minutes, idle_warning_seconds, lifetime_minutes, closed_seconds \
             and revoke_when_closed.",
        ));
    }
    let minutes = |key| {
        let minutes = number(&section, key, MINUTES, MINUTES_HINT)?;
        Ok(minutes.map(|minutes| Duration::from_secs(minutes * 60)))
    };
    let (idle, lifetime) = (minutes("idle_minutes")?, minutes("lifetime_minutes")?);
    let closed = number(&section, "closed_seconds", CLOSED_SECONDS, CLOSED_HINT)?;
    let revoke = section.optional("revoke_when_closed", "It is true or false.")?;
    Ok(SessionLimits {
        idle,
        idle_warning: warning(&section, [idle, lifetime])?.unwrap_or(usual.idle_warning),
        lifetime,
        closed: closed.map_or(usual.closed, Duration::from_secs),
        revoke_when_closed: revoke.unwrap_or(usual.revoke_when_closed),
    })
}

/// How long ahead of `limits` people are warned: of a short one, half of it, unless the file says otherwise.
fn warning(section: &Section<'_>, limits: [Option<Duration>; 2]) -> Result<Option<Duration>, ConfigProblem> {
    const KEY: &str = "idle_warning_seconds";
    let shortest = limits.into_iter().flatten().min();
    let Some(seconds) = number(section, KEY, WARNING_SECONDS, WARNING_HINT)? else {
        let usual = SessionLimits::default().idle_warning;
        return Ok(shortest.map(|limit| usual.min(limit / 2)));
    };
    let warning = Duration::from_secs(seconds);
    if shortest.is_some_and(|limit| warning >= limit) {
        return Err(malformed(
            &section.path_of(KEY),
            &Value::from(seconds),
            "It has to be shorter than the idle_minutes and lifetime_minutes beside it: people would be warned \
             from the beginning on.",
        ));
    }
    Ok(Some(warning))
}

fn number(
    section: &Section<'_>,
    key: &str,
    range: RangeInclusive<u64>,
    hint: &'static str,
) -> Result<Option<u64>, ConfigProblem> {
    match section.optional(key, hint)? {
        Some(number) if !range.contains(&number) => {
            Err(malformed(&section.path_of(key), &Value::from(number), hint))
        }
        number => Ok(number),
    }
}
