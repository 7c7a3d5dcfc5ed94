//! How long tokens live: `...TokenValidity` and TokenValidityUnits.

use serde_json::{Value, json};

use super::put;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Request, invalid_parameter};

/// The member that holds the units.
pub(super) const UNITS: &str = "TokenValidityUnits";

/// A token's member of TokenValidityUnits, its unit by default, and its shortest and longest life in seconds.
pub(super) struct Token {
    name: &'static str,
    unit: &'static str,
    seconds: std::ops::RangeInclusive<i64>,
    default: i64,
}

pub(super) const ACCESS: Token = Token {
    name: "AccessToken",
    unit: "hours",
    seconds: 300..=86_400,
    default: 3600,
};

pub(super) const ID: Token = Token {
    name: "IdToken",
    ..ACCESS
};

pub(super) const REFRESH: Token = Token {
    name: "RefreshToken",
    unit: "days",
    seconds: 3600..=315_360_000,
    default: 30 * 86_400,
};

impl Token {
    /// The life that a request sets, in seconds; the default without one.
    ///
    /// # Errors
    /// `InvalidParameterException` for one that is too short or too long.
    pub(super) fn read(&self, request: &Request) -> Result<i64, ApiError> {
        let validity = request
            .value(&format!("{}Validity", self.name))
            .and_then(Value::as_i64);
        let Some(validity) = validity.filter(|validity| *validity > 0) else {
            return Ok(self.default);
        };
        let unit = request.value(UNITS).and_then(|units| units.get(self.name));
        let unit = unit.and_then(Value::as_str).unwrap_or(self.unit);
        let seconds = validity.saturating_mul(seconds_of(unit));
        if self.seconds.contains(&seconds) {
            Ok(seconds)
        } else {
            Err(invalid_parameter("Invalid range for token validity."))
        }
    }

    /// The life in the unit in which it was set, or in seconds if it is no whole number of these.
    pub(super) fn tell(&self, shape: &mut Value, client: &Client, seconds: i64) {
        let unit = client.described.get(UNITS).and_then(|units| units.get(self.name));
        let unit = unit.and_then(Value::as_str).unwrap_or(self.unit);
        let unit = if seconds % seconds_of(unit) == 0 {
            unit
        } else {
            "seconds"
        };
        put(
            shape,
            &format!("{}Validity", self.name),
            json!(seconds / seconds_of(unit)),
        );
        if let Some(units) = shape.get_mut(UNITS) {
            put(units, self.name, json!(unit));
        }
    }
}

fn seconds_of(unit: &str) -> i64 {
    match unit {
        "minutes" => 60,
        "hours" => 3600,
        "days" => 86_400,
        _ => 1,
    }
}
