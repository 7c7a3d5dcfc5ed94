//! Passkeys in the browser: `navigator.credentials` (WebAuthn Level 3, section 5.1), asked and answered in JSON.
//!
//! The two conversions are made by hand: `PublicKeyCredential.parseRequestOptionsFromJSON()` and `toJSON()` are
//! younger than the oldest browsers served, and credentials that a password manager's extension makes seldom
//! have the latter.

mod abort;
mod credential;
mod js;
mod options;

use js_sys::{Object, Promise, futures::JsFuture};
use wasm_bindgen::prelude::*;

pub use abort::Abort;
use abort::Pending;

use crate::webauthn::PasskeyProblem;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    fn get_credential(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    fn create_credential(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = isConditionalMediationAvailable)]
    fn conditional_mediation() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = isUserVerifyingPlatformAuthenticatorAvailable)]
    fn platform_authenticator() -> Result<JsValue, JsValue>;
}

/// How the browser offers the passkeys it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mediation {
    /// In a dialog, at once.
    Modal,
    /// Among the suggestions of the input whose `autocomplete` ends in `webauthn`: the answer comes when a
    /// person picks one, if ever. Only where [`autofill_is_supported`].
    Autofill,
}

/// Whether the page can use passkeys at all: the browser has WebAuthn, and the page is in a secure context.
pub fn is_supported() -> bool {
    supported().is_ok()
}

/// Whether the browser offers passkeys among an input's suggestions ([`Mediation::Autofill`]).
pub async fn autofill_is_supported() -> bool {
    is_supported() && says_yes(conditional_mediation()).await
}

/// Whether this very device can hold a passkey and check who is using it (a screen lock, a fingerprint, a face).
/// Where it cannot, a phone or a security key still can.
pub async fn platform_is_available() -> bool {
    is_supported() && says_yes(platform_authenticator()).await
}

/// Has a passkey sign `options_json`, a `PublicKeyCredentialRequestOptionsJSON` (CREDENTIAL_REQUEST_OPTIONS of the
/// challenge WEB_AUTHN). The answer is the text of an `AuthenticationResponseJSON`, for CREDENTIAL.
///
/// The browser is asked before this returns, not when the future is polled: some insist on being asked while the
/// page still handles a click. A page can have only one such request, or [`create`], at a time: an earlier one
/// ends with [`PasskeyProblem::Aborted`].
///
/// # Errors
/// [`PasskeyProblem`].
pub fn get(
    options_json: &str,
    mediation: Mediation,
    abort: &Abort,
) -> impl Future<Output = Result<String, PasskeyProblem>> + use<> {
    finish(ask_to_get(options_json, mediation, abort), false)
}

/// Makes a passkey after `options_json`, a `PublicKeyCredentialCreationOptionsJSON` (StartWebAuthnRegistration's
/// CredentialCreationOptions). The answer is the text of a `RegistrationResponseJSON`, for
/// CompleteWebAuthnRegistration's Credential.
///
/// As with [`get`], the browser is asked at once, and an earlier request ends.
///
/// # Errors
/// [`PasskeyProblem`].
pub fn create(
    options_json: &str,
    abort: &Abort,
) -> impl Future<Output = Result<String, PasskeyProblem>> + use<> {
    finish(ask_to_create(options_json, abort), true)
}

/// What the browser was asked, and the way to end it.
type Asked = Result<(Promise, Pending), PasskeyProblem>;

fn ask_to_get(options_json: &str, mediation: Mediation, abort: &Abort) -> Asked {
    supported()?;
    let request = Object::new();
    js::set(&request, "publicKey", &options::for_get(options_json)?)?;
    if mediation == Mediation::Autofill {
        js::set(&request, "mediation", &JsValue::from_str("conditional"))?;
    }
    ask(&request, abort, get_credential, false)
}

fn ask_to_create(options_json: &str, abort: &Abort) -> Asked {
    supported()?;
    let request = Object::new();
    js::set(&request, "publicKey", &options::for_create(options_json)?)?;
    ask(&request, abort, create_credential, true)
}

fn ask(
    request: &JsValue,
    abort: &Abort,
    browser: fn(&JsValue) -> Result<JsValue, JsValue>,
    creating: bool,
) -> Asked {
    let pending = abort.begin()?;
    js::set(request, "signal", &pending.signal())?;
    let promise = browser(request).map_err(|error| problem(&error, creating))?;
    // What replaces the browser's function may not return a promise.
    Ok((Promise::resolve(&promise), pending))
}

async fn finish(asked: Asked, creating: bool) -> Result<String, PasskeyProblem> {
    let (promise, pending) = asked?;
    match JsFuture::from(promise).await {
        Ok(credential) if creating => credential::created(&credential),
        Ok(credential) => credential::signed(&credential),
        Err(_) if pending.is_aborted() => Err(PasskeyProblem::Aborted),
        Err(error) => Err(match problem(&error, creating) {
            // Nobody here gave up: Firefox calls it so when a person cancels.
            PasskeyProblem::Aborted => PasskeyProblem::Cancelled,
            other => other,
        }),
    }
}

fn problem(error: &JsValue, creating: bool) -> PasskeyProblem {
    let name = js::member(error, "name").as_string().unwrap_or_default();
    PasskeyProblem::from_error_name(&name, creating)
}

fn supported() -> Result<(), PasskeyProblem> {
    let window = web_sys::window().ok_or(PasskeyProblem::Unsupported)?;
    if !window.is_secure_context() {
        return Err(PasskeyProblem::WrongSite);
    }
    if js::member(&window, "PublicKeyCredential").is_function() {
        Ok(())
    } else {
        Err(PasskeyProblem::Unsupported)
    }
}

async fn says_yes(asked: Result<JsValue, JsValue>) -> bool {
    match asked {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await == Ok(JsValue::TRUE),
        Err(_) => false,
    }
}
