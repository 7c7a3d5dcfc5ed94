//! Looking into objects that anything may have made: a browser, an extension, a polyfill. Nothing here throws.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};

use crate::webauthn::PasskeyProblem;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;

    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn new(buffer: &JsValue) -> Result<Bytes, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn object_keys(object: &JsValue) -> Result<Array, JsValue>;
}

/// `object[name]`, or undefined.
pub(super) fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// `object[name]()`, or undefined.
pub(super) fn call(object: &JsValue, name: &str) -> JsValue {
    member(object, name)
        .dyn_ref::<Function>()
        .and_then(|function| function.call0(object).ok())
        .unwrap_or(JsValue::UNDEFINED)
}

/// `object[name] = value`.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) -> Result<(), PasskeyProblem> {
    match Reflect::set(object, &JsValue::from_str(name), value) {
        Ok(true) => Ok(()),
        _ => Err(PasskeyProblem::Malformed),
    }
}

/// The object's own names.
pub(super) fn keys(object: &JsValue) -> impl Iterator<Item = String> + use<> {
    object_keys(object)
        .into_iter()
        .flatten()
        .filter_map(|key| key.as_string())
}

/// The bytes of an `ArrayBuffer` or `Uint8Array`, whichever window it is from.
pub(super) fn bytes(buffer: &JsValue) -> Option<Vec<u8>> {
    member(buffer, "byteLength").as_f64()?;
    let bytes = Bytes::new(buffer).ok()?;
    Some(bytes.unchecked_into::<Uint8Array>().to_vec())
}
