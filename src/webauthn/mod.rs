//! Passkeys, as far as that is not the browser's business: the bytes in WebAuthn's JSON, and what can go wrong.
//!
//! Cognito speaks the JSON forms of WebAuthn Level 3, section 5.1: CREDENTIAL_REQUEST_OPTIONS, a parameter of the
//! challenge WEB_AUTHN, is the text of a `PublicKeyCredentialRequestOptionsJSON`, and CREDENTIAL, its answer, that
//! of an `AuthenticationResponseJSON`. StartWebAuthnRegistration's CredentialCreationOptions is a
//! `PublicKeyCredentialCreationOptionsJSON`, CompleteWebAuthnRegistration's Credential a `RegistrationResponseJSON`.

pub mod base64url;
mod problem;

#[cfg(test)]
mod tests;

pub use problem::PasskeyProblem;
