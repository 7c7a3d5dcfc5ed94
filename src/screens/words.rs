//! Times, in words for people.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How far away a moment is that comes in `seconds`: "in 5 minutes".
pub(super) fn in_time(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..MINUTE => return "in less than a minute".to_owned(),
        MINUTE..HOUR => (seconds / MINUTE, " minute"),
        HOUR..DAY => (seconds / HOUR, " hour"),
        _ => (seconds / DAY, " day"),
    };
    ["in ", &count.to_string(), unit, if count == 1 { "" } else { "s" }].concat()
}

/// How far away a moment is that comes in `seconds`, to the second: "in 1 minute 5 seconds".
pub(super) fn countdown(seconds: u64) -> String {
    let count = |count: u64, unit: &str| {
        [
            count.to_string().as_str(),
            unit,
            if count == 1 { "" } else { "s" },
        ]
        .concat()
    };
    match (seconds / MINUTE, seconds % MINUTE) {
        (0, 0) => "now".to_owned(),
        (0, seconds) => ["in ", &count(seconds, " second")].concat(),
        (minutes, 0) => ["in ", &count(minutes, " minute")].concat(),
        (minutes, seconds) => ["in ", &count(minutes, " minute"), " ", &count(seconds, " second")].concat(),
    }
}

/// What the device's wall clock shows, in milliseconds since 1970 (UTC).
pub(super) fn now() -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time of this century"
    )]
    let now = js_sys::Date::now() as u64;
    now
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Date)]
    type Moment;

    #[wasm_bindgen(constructor, js_class = "Date")]
    fn new(milliseconds: f64) -> Moment;

    // js-sys' own has to name a language and cannot fail.
    #[wasm_bindgen(method, catch, js_class = "Date", js_name = toLocaleString)]
    fn to_locale_string(this: &Moment, language: &JsValue, options: &Object) -> Result<String, JsValue>;

    #[wasm_bindgen(method, js_class = "Date", js_name = toUTCString)]
    fn to_utc_string(this: &Moment) -> String;
}

/// A moment in the person's own language and time zone. `seconds` since 1970 (UTC).
pub(super) fn local_time(seconds: u64) -> String {
    let options = Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A plain object takes any key.
        let _ = Reflect::set(&options, &key.into(), &value.into());
    }
    #[allow(clippy::cast_precision_loss, reason = "exact for 285 million years")]
    let moment = Moment::new(seconds as f64 * 1000.0);
    // The browser knows its own language; what `navigator.language` says need not be one ("en-US@posix").
    moment
        .to_locale_string(&JsValue::UNDEFINED, &options)
        .unwrap_or_else(|_| moment.to_utc_string())
}

#[cfg(test)]
mod tests {
    use super::{countdown, in_time};

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(in_time(0), "in less than a minute");
        assert_eq!(in_time(59), "in less than a minute");
        assert_eq!(in_time(60), "in 1 minute");
        assert_eq!(in_time(59 * 60 + 59), "in 59 minutes");
        assert_eq!(in_time(3600), "in 1 hour");
        assert_eq!(in_time(86_399), "in 23 hours");
        assert_eq!(in_time(3 * 86_400), "in 3 days");
    }

    #[test]
    fn countdowns_are_exact() {
        assert_eq!(countdown(0), "now");
        assert_eq!(countdown(1), "in 1 second");
        assert_eq!(countdown(59), "in 59 seconds");
        assert_eq!(countdown(60), "in 1 minute");
        assert_eq!(countdown(121), "in 2 minutes 1 second");
    }
}
