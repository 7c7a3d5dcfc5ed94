//! The pool's passkey settings, and a registration that is under way.

use serde::{Deserialize, Serialize};

use super::base64url::Base64Url;
use super::refusal::Refusal;
use crate::random::Random;

/// Bytes of a challenge; the service's own are as long.
const CHALLENGE_LENGTH: usize = 16;

/// Seconds that a registration may take. The service names no number; this is its default for the sessions
/// of a sign-in.
const REGISTRATION_LIFETIME: i64 = 180;

/// Whether the authenticator has to check who holds it: `WebAuthnConfiguration.UserVerification`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UserVerification {
    Required,
    #[default]
    Preferred,
}

/// The pool's settings: `AllowedFirstAuthFactors` and `WebAuthnConfiguration`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Configuration {
    /// Whether the pool allows the factor `WEB_AUTHN`.
    pub(crate) enabled: bool,
    pub(crate) relying_party_id: Option<String>,
    pub(crate) user_verification: UserVerification,
}

impl Configuration {
    /// Who asks for passkeys.
    ///
    /// # Errors
    /// [`Refusal::NotEnabled`] without the factor, [`Refusal::ConfigurationMissing`] without an id.
    pub(crate) fn relying_party(&self) -> Result<RelyingParty, Refusal> {
        if !self.enabled {
            return Err(Refusal::NotEnabled);
        }
        let id = self.relying_party_id.clone().filter(|id| !id.is_empty());
        Ok(RelyingParty {
            id: id.ok_or(Refusal::ConfigurationMissing)?,
            user_verification: self.user_verification,
        })
    }
}

/// Who asks for passkeys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RelyingParty {
    /// A domain, such as `localhost`: passkeys work on its pages and on those of its subdomains.
    pub(crate) id: String,
    pub(crate) user_verification: UserVerification,
}

impl RelyingParty {
    pub(super) fn requires_user_verification(&self) -> bool {
        self.user_verification == UserVerification::Required
    }
}

/// What the pool keeps between `StartWebAuthnRegistration` and `CompleteWebAuthnRegistration`. It is good
/// for one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PendingRegistration {
    challenge: Base64Url,
    client_id: String,
    expires_at: i64,
}

impl PendingRegistration {
    /// A registration with a fresh challenge, begun at `now` (seconds since the Unix epoch) with an access
    /// token of the app client `client_id`.
    pub(crate) fn new(random: &Random, client_id: &str, now: i64) -> Self {
        Self {
            challenge: Base64Url(random.bytes(CHALLENGE_LENGTH)),
            client_id: client_id.to_owned(),
            expires_at: now.saturating_add(REGISTRATION_LIFETIME),
        }
    }

    /// The challenge for the options.
    pub(crate) fn challenge(&self) -> &[u8] {
        &self.challenge.0
    }

    /// The challenge that the answer has to carry.
    ///
    /// # Errors
    /// [`Refusal::ChallengeNotFound`] when it has expired, [`Refusal::ClientMismatch`] when the access
    /// token is another client's.
    pub(crate) fn answered_by(&self, client_id: &str, now: i64) -> Result<&[u8], Refusal> {
        if now >= self.expires_at {
            return Err(Refusal::ChallengeNotFound);
        }
        if client_id != self.client_id {
            return Err(Refusal::ClientMismatch);
        }
        Ok(self.challenge())
    }
}

/// A fresh challenge for a sign-in.
pub(crate) fn challenge_bytes(random: &Random) -> Vec<u8> {
    random.bytes(CHALLENGE_LENGTH)
}
