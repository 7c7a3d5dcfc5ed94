//! Why a credential is refused, and what the service calls it.

use thiserror::Error;

use crate::protocol::{ApiError, invalid_parameter, not_authorized};

/// Why a credential, or the wish for one, is refused. The texts are for the log: they repeat no input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Refusal {
    #[error("the pool does not allow WEB_AUTHN")]
    NotEnabled,
    #[error("the pool has no relying party id")]
    ConfigurationMissing,
    #[error("there is no registration to complete, or its time is over")]
    ChallengeNotFound,
    #[error("the registration was begun with another app client's token")]
    ClientMismatch,
    #[error("the credential is not of the form {0}")]
    Malformed(&'static str),
    #[error("the answer is to another challenge")]
    ChallengeMismatch,
    #[error("the page's origin does not belong to the relying party")]
    OriginNotAllowed,
    #[error("the authenticator answered for another relying party")]
    RelyingPartyMismatch,
    #[error("the authenticator did not see the user")]
    UserNotPresent,
    #[error("the authenticator did not verify the user, and the pool requires it")]
    UserNotVerified,
    #[error("the key's algorithm was not offered, or its parameters do not fit it")]
    UnsupportedKey,
    #[error("the attestation does not hold")]
    InvalidAttestation,
    #[error("the credential is registered already")]
    AlreadyRegistered,
    #[error("the user has no such credential")]
    UnknownCredential,
    #[error("the credential belongs to another user")]
    UserHandleMismatch,
    #[error("the signature does not hold")]
    InvalidSignature,
    #[error("the authenticator's counter went back: it may have been cloned")]
    CounterWentBack,
    #[error("a credential that could not be backed up says that it can, or the reverse")]
    BackupEligibilityChanged,
}

impl Refusal {
    /// As `StartWebAuthnRegistration` and `CompleteWebAuthnRegistration` say it.
    pub(crate) fn at_registration(self) -> ApiError {
        let (kind, message) = match self {
            Self::NotEnabled => (
                "WebAuthnNotEnabledException",
                "WebAuthn is not enabled for this user pool.",
            ),
            Self::ConfigurationMissing => (
                "WebAuthnConfigurationMissingException",
                "The user pool has no relying party ID.",
            ),
            Self::ChallengeNotFound | Self::ChallengeMismatch => (
                "WebAuthnChallengeNotFoundException",
                "The WebAuthn challenge was not found or has expired.",
            ),
            Self::ClientMismatch => (
                "WebAuthnClientMismatchException",
                "The access token is for another client than the registration was started with.",
            ),
            Self::OriginNotAllowed => (
                "WebAuthnOriginNotAllowedException",
                "The origin is not allowed for the relying party ID of the user pool.",
            ),
            Self::RelyingPartyMismatch => (
                "WebAuthnRelyingPartyMismatchException",
                "The credential is for another relying party ID than the user pool's.",
            ),
            Self::UserNotPresent
            | Self::UserNotVerified
            | Self::UnsupportedKey
            | Self::InvalidAttestation
            | Self::BackupEligibilityChanged => (
                "WebAuthnCredentialNotSupportedException",
                "The credential's device or provider is not supported.",
            ),
            Self::Malformed(_)
            | Self::AlreadyRegistered
            | Self::UnknownCredential
            | Self::UserHandleMismatch
            | Self::InvalidSignature
            | Self::CounterWentBack => ("InvalidParameterException", "Invalid WebAuthn credential."),
        };
        self.explain(ApiError::new(kind, message))
    }

    /// As `InitiateAuth` and `RespondToAuthChallenge` say it: the service model gives them none of the
    /// exceptions of a registration, and a caller learns no more than that the answer was not good.
    pub(crate) fn at_sign_in(self) -> ApiError {
        self.explain(match self {
            Self::Malformed(_) => invalid_parameter("Invalid WebAuthn credential."),
            _ => not_authorized("Invalid WebAuthn credential."),
        })
    }

    fn explain(self, error: ApiError) -> ApiError {
        ApiError {
            reason: Some(self.to_string()),
            ..error
        }
    }
}
