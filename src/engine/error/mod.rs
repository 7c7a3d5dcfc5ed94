//! Why a command failed. What the service's errors mean is told by one table: [`table`].

mod table;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{cognito::CognitoError, oauth::Refusal, ports::NoRandomness, sign_in::SignInError};

/// Why a command failed, in terms of what a person or a program can do about it.
///
/// The `String`s are the service's or a Lambda trigger's own words; no secret is ever in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AuthError {
    /// Unknown user or wrong password: deliberately the same.
    #[error("incorrect user name or password")]
    WrongCredentials,
    /// The password that is to be changed is not the one given.
    #[error("wrong current password")]
    WrongPassword,
    /// A custom challenge was answered wrongly too often.
    #[error("wrong answer to the challenge")]
    WrongAnswer,
    /// An administrator has to hand out a new temporary password.
    #[error("the temporary password has expired")]
    TemporaryPasswordExpired,
    /// The password has to be reset before anything else.
    #[error("the password has to be reset")]
    PasswordResetRequired,
    /// Too many wrong passwords; wait.
    #[error("too many wrong passwords")]
    PasswordAttemptsExceeded,
    /// An administrator disabled the user.
    #[error("the user is disabled")]
    UserDisabled,
    /// The registration is not confirmed yet.
    #[error("the registration is not confirmed")]
    UserNotConfirmed,
    /// Only administrators create users in this pool.
    #[error("sign-up is closed")]
    SignUpClosed,
    /// Somebody has this user name already.
    #[error("the user name is taken")]
    UsernameExists,
    /// Another user has verified this e-mail address or phone number.
    #[error("the address or number belongs to another user")]
    AliasExists,
    /// The registration is confirmed already.
    #[error("the registration is confirmed already")]
    AlreadyConfirmed,
    /// The code is not the one that was sent.
    #[error("wrong code")]
    CodeMismatch,
    /// The code is too old, or a newer one was sent.
    #[error("expired code")]
    CodeExpired,
    /// The authenticator app's code was used already; its next one is good.
    #[error("the code was used already")]
    CodeUsed,
    /// The code could not be sent.
    #[error("the code could not be sent")]
    CodeDeliveryFailure,
    /// No code to reset the password by can be sent: no address and no number is verified.
    #[error("no verified address or number")]
    NoVerifiedContact,
    /// The password cannot be reset before the temporary one has been changed.
    #[error("the password cannot be reset in this state")]
    ResetNotPossible,
    /// The pool's policy refuses the password.
    #[error("the password is not accepted: {0}")]
    InvalidPassword(String),
    /// The password was used before.
    #[error("the password was used before")]
    PasswordReused,
    /// The service refuses the input.
    #[error("the input is not accepted: {0}")]
    InvalidInput(String),
    /// Too many attempts or codes; wait.
    #[error("too many attempts")]
    LimitExceeded,
    /// The service is busy; try again.
    #[error("too many requests")]
    Throttled,
    /// A Lambda trigger refused, in its own words.
    #[error("{0}")]
    Refused(String),
    /// Threat protection took the attempt for somebody else's.
    #[error("refused for security reasons")]
    RefusedForSecurity,
    /// The web application firewall refused the request.
    #[error("blocked by a firewall")]
    Blocked,
    /// The service's rules forbid it.
    #[error("not allowed: {0}")]
    NotAllowed(String),
    /// This way to sign in is not set up for the user, or not allowed in the pool.
    #[error("this way to sign in is not available")]
    FactorNotAvailable,
    /// The person cannot show the level asked for by the factors that they have.
    #[error("the level asked for cannot be reached")]
    LevelOutOfReach,
    /// The service does not take the passkey.
    #[error("the passkey is refused")]
    PasskeyRefused,
    /// The passkey was made too late, or for another app client.
    #[error("the registration of the passkey has expired")]
    PasskeySetupExpired,
    /// The user has as many passkeys as one can have.
    #[error("too many passkeys")]
    PasskeyLimit,
    /// The pool has no passkeys, or they are set up for another site.
    #[error("passkeys are not set up: {0}")]
    PasskeyNotSetUp(String),
    /// The service no longer remembers this device: forget its key and sign in without it.
    #[error("the device is no longer remembered")]
    DeviceForgotten,
    /// The device was not remembered; the session is not affected.
    #[error("the device was not remembered")]
    DeviceNotRemembered,
    /// The passkey, device or session is not there (any more).
    #[error("it is gone already")]
    AlreadyGone,
    /// The device is offline or the service cannot be reached.
    #[error("the service cannot be reached")]
    Unreachable,
    /// The service took too long.
    #[error("the service did not answer in time")]
    Timeout,
    /// The service failed.
    #[error("the service failed")]
    ServiceFailure,
    /// The pool or the app client is set up wrongly.
    #[error("the user pool is not set up for this: {0}")]
    Misconfigured(String),
    /// The service's answer makes no sense: not Cognito, or a proxy in between.
    #[error("the answer of the service was not understood: {0}")]
    Protocol(String),
    /// A token that was issued does not stand up to verification.
    #[error("the service issued a token that is not valid: {0}")]
    InvalidToken(String),
    /// A sign-in step came too late, or there is none to answer.
    #[error("the sign-in has expired")]
    SignInExpired,
    /// The person said no at the identity provider, or it did for them.
    #[error("denied at the identity provider")]
    ConsentDenied,
    /// Nobody is signed in at the hosted pages, and nothing was to be shown there.
    #[error("nobody is signed in at the hosted pages")]
    LoginRequired,
    /// The identity provider does not tell these attributes, without which the pool takes nobody in.
    #[error("the identity provider does not tell: {}", .0.join(", "))]
    AttributesMissing(Vec<String>),
    /// There is an account already that is signed in to by another way.
    #[error("there is an account with another way to sign in")]
    AnotherWayIn,
    /// The account at the identity provider was linked to the one that exists; the next sign-in leads in.
    #[error("the accounts were linked: sign in again")]
    JustLinked,
    /// The identity provider, or the hosted pages, failed.
    #[error("the identity provider failed")]
    ProviderFailed,
    /// The hosted pages refuse, in their own words or the identity provider's.
    #[error("the sign-in was refused: {0}")]
    ProviderRefused(String),
    /// An answer came back that nothing here waits for: it was used already, or belongs to another tab.
    #[error("nothing waits for this answer")]
    UnknownCallback,
    /// An answer came back to another request than the one that was made here.
    #[error("the answer is not to the request that was made")]
    StateMismatch,
    /// The authorization code is not good any more.
    #[error("the authorization code is not accepted")]
    CodeRefused,
    /// Somebody else has signed in than the person who was to show again who they are.
    #[error("somebody else has signed in")]
    WrongAccount,
    /// The browser let no popup open.
    #[error("the popup was blocked")]
    PopupBlocked,
    /// The popup was closed before the sign-in was over.
    #[error("the popup was closed")]
    PopupClosed,
    /// The browser keeps nothing for the way to the identity provider and back.
    #[error("the page may not use its storage")]
    NoStorage,
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// Somebody is signed in already.
    #[error("somebody is signed in already")]
    AlreadySignedIn,
    /// Another sign-in or sign-out came first.
    #[error("overtaken by a later request")]
    Superseded,
    /// The browser has no secure randomness.
    #[error("no secure randomness")]
    NoRandomness,
    /// The engine is not there to answer.
    #[error("the authentication engine is gone")]
    EngineGone,
}

impl AuthError {
    /// A stable name for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongCredentials => "wrong_credentials",
            Self::WrongPassword => "wrong_password",
            Self::WrongAnswer => "wrong_answer",
            Self::TemporaryPasswordExpired => "temporary_password_expired",
            Self::PasswordResetRequired => "password_reset_required",
            Self::PasswordAttemptsExceeded => "password_attempts_exceeded",
            Self::UserDisabled => "user_disabled",
            Self::UserNotConfirmed => "user_not_confirmed",
            Self::SignUpClosed => "sign_up_closed",
            Self::UsernameExists => "username_exists",
            Self::AliasExists => "alias_exists",
            Self::AlreadyConfirmed => "already_confirmed",
            Self::CodeMismatch => "code_mismatch",
            Self::CodeExpired => "code_expired",
            Self::CodeUsed => "code_used",
            Self::CodeDeliveryFailure => "code_delivery_failure",
            Self::NoVerifiedContact => "no_verified_contact",
            Self::ResetNotPossible => "reset_not_possible",
            Self::InvalidPassword(_) => "invalid_password",
            Self::PasswordReused => "password_reused",
            Self::InvalidInput(_) => "invalid_input",
            Self::LimitExceeded => "limit_exceeded",
            Self::Throttled => "throttled",
            Self::Refused(_) => "refused",
            Self::RefusedForSecurity => "refused_for_security",
            Self::Blocked => "blocked",
            Self::NotAllowed(_) => "not_allowed",
            Self::FactorNotAvailable => "factor_not_available",
            Self::LevelOutOfReach => "level_out_of_reach",
            Self::PasskeyRefused => "passkey_refused",
            Self::PasskeySetupExpired => "passkey_setup_expired",
            Self::PasskeyLimit => "passkey_limit",
            Self::PasskeyNotSetUp(_) => "passkey_not_set_up",
            Self::DeviceForgotten => "device_forgotten",
            Self::DeviceNotRemembered => "device_not_remembered",
            Self::AlreadyGone => "already_gone",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::ServiceFailure => "service_failure",
            Self::Misconfigured(_) => "misconfigured",
            Self::Protocol(_) => "protocol",
            Self::InvalidToken(_) => "invalid_token",
            Self::SignInExpired => "sign_in_expired",
            Self::ConsentDenied => "consent_denied",
            Self::LoginRequired => "login_required",
            Self::AttributesMissing(_) => "attributes_missing",
            Self::AnotherWayIn => "another_way_in",
            Self::JustLinked => "just_linked",
            Self::ProviderFailed => "provider_failed",
            Self::ProviderRefused(_) => "provider_refused",
            Self::UnknownCallback => "unknown_callback",
            Self::StateMismatch => "state_mismatch",
            Self::CodeRefused => "code_refused",
            Self::WrongAccount => "wrong_account",
            Self::PopupBlocked => "popup_blocked",
            Self::PopupClosed => "popup_closed",
            Self::NoStorage => "no_storage",
            Self::NotSignedIn => "not_signed_in",
            Self::AlreadySignedIn => "already_signed_in",
            Self::Superseded => "superseded",
            Self::NoRandomness => "no_randomness",
            Self::EngineGone => "engine_gone",
        }
    }

    /// Whether the same command may succeed a little later.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Throttled | Self::Unreachable | Self::Timeout | Self::ServiceFailure | Self::Superseded
        )
    }

    /// Whether it means, as the answer to a command of somebody signed in, that their session is over.
    pub fn ends_session(&self) -> bool {
        matches!(
            self,
            Self::NotSignedIn | Self::UserDisabled | Self::UserNotConfirmed | Self::PasswordResetRequired
        )
    }
}

impl AuthError {
    /// What `error` means as the answer to `operation`, such as `ChangePassword`. Where the answer was to a
    /// challenge, its name (`CUSTOM_CHALLENGE`) says more than the operation's.
    pub fn from_service(operation: &str, error: CognitoError) -> Self {
        match error {
            CognitoError::Service { kind, message } => table::meaning(operation, &kind, message),
            CognitoError::Unreachable => Self::Unreachable,
            CognitoError::Timeout => Self::Timeout,
            CognitoError::Status(429) => Self::Throttled,
            CognitoError::Status(500..) => Self::ServiceFailure,
            CognitoError::Status(_) | CognitoError::Malformed(_) => Self::Protocol(error.to_string()),
        }
    }
}

/// Where the operation is not known; [`AuthError::from_service`] says more.
impl From<CognitoError> for AuthError {
    fn from(error: CognitoError) -> Self {
        Self::from_service("", error)
    }
}

impl From<SignInError> for AuthError {
    fn from(error: SignInError) -> Self {
        match error {
            // There is no other way to choose: the owner has to see to it.
            SignInError::UnsupportedChallenge(_) | SignInError::NothingToChoose(_) => {
                Self::Misconfigured(error.to_string())
            }
            SignInError::WrongCode => Self::CodeMismatch,
            SignInError::OutOfOrder => Self::SignInExpired,
            SignInError::NoRandomness(_) => Self::NoRandomness,
            SignInError::Missing(_)
            | SignInError::Srp(_)
            | SignInError::Endless
            | SignInError::Unexpected => Self::Protocol(error.to_string()),
        }
    }
}

/// Why nobody came in at the hosted pages.
impl From<Refusal> for AuthError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Denied => Self::ConsentDenied,
            Refusal::NothingShown => Self::LoginRequired,
            Refusal::AttributesMissing(names) => Self::AttributesMissing(names),
            Refusal::AnotherWayIn => Self::AnotherWayIn,
            Refusal::JustLinked => Self::JustLinked,
            Refusal::UserDisabled => Self::UserDisabled,
            Refusal::Trigger(words) => Self::Refused(words),
            Refusal::Misconfigured(reason) => Self::Misconfigured(reason),
            Refusal::Failed => Self::ProviderFailed,
            Refusal::Other(words) => Self::ProviderRefused(words),
        }
    }
}

impl From<NoRandomness> for AuthError {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}
