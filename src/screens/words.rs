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
