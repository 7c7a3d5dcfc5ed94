//! Times, in words for people.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

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

/// A moment in the person's own language and time zone. `seconds` since 1970 (UTC).
pub(super) fn local_time(seconds: u64) -> String {
    let options = Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A plain object takes any key.
        let _ = Reflect::set(&options, &key.into(), &value.into());
    }
    let language = web_sys::window().and_then(|window| window.navigator().language());
    #[allow(clippy::cast_precision_loss, reason = "exact for 285 million years")]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    date.to_locale_string(language.as_deref().unwrap_or("en"), &options)
        .into()
}

#[cfg(test)]
mod tests {
    use super::in_time;

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
}
