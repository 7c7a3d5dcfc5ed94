//! The relying party's side of Web Authentication (W3C WebAuthn Level 3, section 7) as a user pool does it.
//!
//! The functions here hold no state: the pool keeps the [`PendingRegistration`], the challenge of a sign-in
//! and the [`Passkey`]s, and hands them in with what the browser answered.

mod assertion;
mod attestation;
mod authenticator_data;
mod base64url;
mod client_data;
mod configuration;
mod credential;
mod options;
mod origin;
mod passkey;
mod public_key;
mod refusal;
mod registration;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use assertion::{asserted_passkey, verify_assertion};
pub(crate) use configuration::{
    Configuration, PendingRegistration, RelyingParty, UserVerification, challenge_bytes,
};
pub(crate) use options::{CreationOptions, RequestOptions};
pub(crate) use passkey::Passkey;
pub(crate) use refusal::Refusal;
pub(crate) use registration::verify_registration;

/// What an answer of the browser is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expectation<'a> {
    /// The challenge that the options carried, decoded.
    pub(crate) challenge: &'a [u8],
    pub(crate) relying_party: &'a RelyingParty,
}
