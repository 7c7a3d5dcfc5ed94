//! From the service's JSON to what `navigator.credentials` takes: the same members, with bytes where the JSON has
//! base64url.

use js_sys::{Array, JSON, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::js;
use crate::webauthn::{PasskeyProblem, base64url};

/// `PublicKeyCredentialRequestOptions`.
pub(super) fn for_get(json: &str) -> Result<JsValue, PasskeyProblem> {
    let options = parse(json)?;
    decode_ids(&options, "allowCredentials")?;
    Ok(options)
}

/// `PublicKeyCredentialCreationOptions`.
pub(super) fn for_create(json: &str) -> Result<JsValue, PasskeyProblem> {
    let options = parse(json)?;
    decode(&js::member(&options, "user"), "id")?;
    decode_ids(&options, "excludeCredentials")?;
    Ok(options)
}

/// What both forms have in common.
fn parse(json: &str) -> Result<JsValue, PasskeyProblem> {
    let options = JSON::parse(json).map_err(|_| PasskeyProblem::Malformed)?;
    decode(&options, "challenge")?;
    // An extension whose input is an object has bytes somewhere in it, each in its own place: left out.
    let extensions = js::member(&options, "extensions");
    for name in js::keys(&extensions) {
        if js::member(&extensions, &name).is_object() {
            js::set(&extensions, &name, &JsValue::UNDEFINED)?;
        }
    }
    Ok(options)
}

fn decode(object: &JsValue, name: &str) -> Result<(), PasskeyProblem> {
    let bytes = js::member(object, name)
        .as_string()
        .and_then(|text| base64url::decode(&text))
        .filter(|bytes| !bytes.is_empty())
        .ok_or(PasskeyProblem::Malformed)?;
    js::set(object, name, &Uint8Array::from(bytes.as_slice()))
}

/// A list of `PublicKeyCredentialDescriptorJSON`, which may be missing.
fn decode_ids(options: &JsValue, name: &str) -> Result<(), PasskeyProblem> {
    let list = js::member(options, name);
    if list.is_undefined() || list.is_null() {
        // To the browser null would be a list that is not one.
        return js::set(options, name, &JsValue::UNDEFINED);
    }
    let list = list.dyn_into::<Array>().map_err(|_| PasskeyProblem::Malformed)?;
    list.iter().try_for_each(|descriptor| decode(&descriptor, "id"))
}
