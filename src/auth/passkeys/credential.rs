//! From the browser's `PublicKeyCredential` to the JSON that the service takes, as `toJSON()` would make it.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::js;
use crate::webauthn::{PasskeyProblem, base64url};

/// How deep the results of extensions are followed; prf's, the deepest, have bytes at the third level.
const MAX_DEPTH: u8 = 4;

/// `RegistrationResponseJSON`.
pub(super) fn created(credential: &JsValue) -> Result<String, PasskeyProblem> {
    let json = Json::of(credential)?;
    let response = js::member(credential, "response");
    let answer = Json::new();
    for name in ["clientDataJSON", "attestationObject"] {
        answer.bytes(name, &js::member(&response, name))?;
    }
    // The rest repeats what the attestation object says, and not every extension's credential has it.
    answer.optional_bytes("authenticatorData", &js::call(&response, "getAuthenticatorData"))?;
    answer.optional_bytes("publicKey", &js::call(&response, "getPublicKey"))?;
    let algorithm = js::call(&response, "getPublicKeyAlgorithm");
    if algorithm.as_f64().is_some() {
        answer.set("publicKeyAlgorithm", &algorithm)?;
    }
    let transports = js::call(&response, "getTransports");
    let transports = transports.dyn_into().unwrap_or_else(|_| Array::new());
    answer.set("transports", &transports)?;
    json.finish(&answer)
}

/// `AuthenticationResponseJSON`.
pub(super) fn signed(credential: &JsValue) -> Result<String, PasskeyProblem> {
    let json = Json::of(credential)?;
    let response = js::member(credential, "response");
    let answer = Json::new();
    for name in ["clientDataJSON", "authenticatorData", "signature"] {
        answer.bytes(name, &js::member(&response, name))?;
    }
    answer.optional_bytes("userHandle", &js::member(&response, "userHandle"))?;
    json.finish(&answer)
}

/// An object in the making.
struct Json(Object);

impl Json {
    fn new() -> Self {
        Self(Object::new())
    }

    /// With the members that both forms have.
    fn of(credential: &JsValue) -> Result<Self, PasskeyProblem> {
        if credential.is_null() || credential.is_undefined() {
            return Err(PasskeyProblem::Failed("NoCredential".to_owned()));
        }
        let json = Self::new();
        for name in ["id", "type"] {
            let text = js::member(credential, name);
            if !text.is_string() {
                return Err(incomplete());
            }
            json.set(name, &text)?;
        }
        json.bytes("rawId", &js::member(credential, "rawId"))?;
        let attachment = js::member(credential, "authenticatorAttachment");
        if attachment.is_string() {
            json.set("authenticatorAttachment", &attachment)?;
        }
        let results = plain(&js::call(credential, "getClientExtensionResults"), MAX_DEPTH);
        let results = results
            .filter(JsValue::is_object)
            .unwrap_or_else(|| Object::new().into());
        json.set("clientExtensionResults", &results)?;
        Ok(json)
    }

    fn set(&self, name: &str, value: &JsValue) -> Result<(), PasskeyProblem> {
        js::set(&self.0, name, value)
    }

    fn bytes(&self, name: &str, buffer: &JsValue) -> Result<(), PasskeyProblem> {
        let bytes = js::bytes(buffer)
            .filter(|bytes| !bytes.is_empty())
            .ok_or_else(incomplete)?;
        self.set(name, &JsValue::from_str(&base64url::encode(&bytes)))
    }

    fn optional_bytes(&self, name: &str, buffer: &JsValue) -> Result<(), PasskeyProblem> {
        if js::bytes(buffer).is_none_or(|bytes| bytes.is_empty()) {
            return Ok(());
        }
        self.bytes(name, buffer)
    }

    fn finish(self, answer: &Self) -> Result<String, PasskeyProblem> {
        self.set("response", &answer.0)?;
        let text = JSON::stringify(&self.0).map_err(|_| incomplete())?;
        text.as_string().ok_or_else(incomplete)
    }
}

/// `value` as JSON can say it: bytes as base64url, and neither functions nor what lies too deep.
fn plain(value: &JsValue, depth: u8) -> Option<JsValue> {
    if !value.is_object() {
        return (!value.is_function() && !value.is_symbol() && !value.is_bigint()).then(|| value.clone());
    }
    if let Some(bytes) = js::bytes(value) {
        return Some(JsValue::from_str(&base64url::encode(&bytes)));
    }
    let depth = depth.checked_sub(1)?;
    let copy: JsValue = if Array::is_array(value) {
        Array::new().into()
    } else {
        Object::new().into()
    };
    for name in js::keys(value) {
        if let Some(value) = plain(&js::member(value, &name), depth) {
            js::set(&copy, &name, &value).ok()?;
        }
    }
    Some(copy)
}

fn incomplete() -> PasskeyProblem {
    PasskeyProblem::Failed("IncompleteCredential".to_owned())
}
