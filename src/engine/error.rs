use serde::{Deserialize, Serialize};

use crate::{
    cognito::{CognitoError, ErrorKind},
    ports::NoRandomness,
    sign_in::SignInError,
};

/// Why a command failed, in terms of what a person or a program can do about it.
///
/// The `String`s are the service's or a Lambda trigger's own words; no secret is ever in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AuthError {
    /// Unknown user or wrong password: deliberately the same.
    #[error("incorrect user name or password")]
    WrongCredentials,
    /// Too many wrong passwords; wait.
    #[error("too many wrong passwords")]
    PasswordAttemptsExceeded,
    /// An administrator disabled the user.
    #[error("the user is disabled")]
    UserDisabled,
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
    /// The code could not be sent.
    #[error("the code could not be sent")]
    CodeDeliveryFailure,
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
    /// The service's rules forbid it.
    #[error("not allowed: {0}")]
    NotAllowed(String),
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
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
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
            Self::PasswordAttemptsExceeded => "password_attempts_exceeded",
            Self::UserDisabled => "user_disabled",
            Self::UsernameExists => "username_exists",
            Self::AliasExists => "alias_exists",
            Self::AlreadyConfirmed => "already_confirmed",
            Self::CodeMismatch => "code_mismatch",
            Self::CodeExpired => "code_expired",
            Self::CodeDeliveryFailure => "code_delivery_failure",
            Self::InvalidPassword(_) => "invalid_password",
            Self::PasswordReused => "password_reused",
            Self::InvalidInput(_) => "invalid_input",
            Self::LimitExceeded => "limit_exceeded",
            Self::Throttled => "throttled",
            Self::Refused(_) => "refused",
            Self::NotAllowed(_) => "not_allowed",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::ServiceFailure => "service_failure",
            Self::Misconfigured(_) => "misconfigured",
            Self::Protocol(_) => "protocol",
            Self::InvalidToken(_) => "invalid_token",
            Self::SignInExpired => "sign_in_expired",
            Self::NotSignedIn => "not_signed_in",
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
}

impl From<CognitoError> for AuthError {
    fn from(error: CognitoError) -> Self {
        match error {
            CognitoError::Service { kind, message } => from_service(kind, message),
            CognitoError::Unreachable => Self::Unreachable,
            CognitoError::Timeout => Self::Timeout,
            CognitoError::Status(429) => Self::Throttled,
            CognitoError::Status(500..) => Self::ServiceFailure,
            CognitoError::Status(_) | CognitoError::Malformed(_) => Self::Protocol(error.to_string()),
        }
    }
}

impl From<SignInError> for AuthError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::UnsupportedChallenge(_) => Self::Misconfigured(error.to_string()),
            SignInError::Missing(_) | SignInError::Srp(_) => Self::Protocol(error.to_string()),
        }
    }
}

impl From<NoRandomness> for AuthError {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

fn from_service(kind: ErrorKind, message: String) -> AuthError {
    use AuthError as A;
    use ErrorKind as K;
    match kind {
        K::NotAuthorized => from_not_authorized(message),
        K::UserNotFound => A::WrongCredentials,
        K::UserLambdaValidation => from_trigger(&message),
        // The trigger crashed or took too long: that is nothing for people to read.
        K::UnexpectedLambda => A::ServiceFailure,
        K::UsernameExists => A::UsernameExists,
        K::AliasExists => A::AliasExists,
        K::CodeMismatch => A::CodeMismatch,
        K::ExpiredCode => A::CodeExpired,
        K::CodeDeliveryFailure => A::CodeDeliveryFailure,
        K::InvalidPassword => A::InvalidPassword(message),
        K::PasswordHistoryPolicyViolation => A::PasswordReused,
        K::InvalidParameter if message.starts_with("User is already confirmed") => A::AlreadyConfirmed,
        K::InvalidParameter if message.contains("not enabled for the client") => A::Misconfigured(message),
        K::InvalidParameter => A::InvalidInput(message),
        K::LimitExceeded | K::TooManyFailedAttempts => A::LimitExceeded,
        K::TooManyRequests => A::Throttled,
        K::InternalError | K::ConcurrentModification => A::ServiceFailure,
        K::Forbidden | K::Unauthorized => A::NotAllowed(message),
        // The engine turns these two into steps where a person can take them.
        K::UserNotConfirmed | K::PasswordResetRequired => A::NotAllowed(message),
        K::RefreshTokenReuse | K::TokenRevoked => A::NotSignedIn,
        K::ResourceNotFound
        | K::InvalidEmailRoleAccessPolicy
        | K::InvalidLambdaResponse
        | K::InvalidSmsRoleAccessPolicy
        | K::InvalidSmsRoleTrustRelationship
        | K::InvalidUserPoolConfiguration
        | K::MFAMethodNotFound
        | K::SoftwareTokenMFANotFound
        | K::UnknownOperation
        | K::UnsupportedOperation
        | K::UnsupportedTokenType => A::Misconfigured(message),
        K::Other(name) => A::Protocol([&name, ": ", &message].concat()),
    }
}

/// NotAuthorizedException stands for many things; only its text tells which.
fn from_not_authorized(message: String) -> AuthError {
    if message.contains(" failed with error ") {
        return from_trigger(&message);
    }
    match message.trim_end_matches('.') {
        "Incorrect username or password" => AuthError::WrongCredentials,
        "Password attempts exceeded" => AuthError::PasswordAttemptsExceeded,
        "User is disabled" => AuthError::UserDisabled,
        text if text.starts_with("User cannot be confirmed. Current status is CONFIRMED") => {
            AuthError::AlreadyConfirmed
        }
        text if text.starts_with("Invalid session for the user") => AuthError::SignInExpired,
        text if text.contains("configured for secret") || text.contains("secret hash for client") => {
            AuthError::Misconfigured(message)
        }
        _ => AuthError::NotAllowed(message),
    }
}

/// "PreSignUp failed with error Only staff may register." -> "Only staff may register."
fn from_trigger(message: &str) -> AuthError {
    let words = message
        .split_once(" failed with error ")
        .map_or(message, |(_, words)| words);
    if words.chars().any(char::is_alphanumeric) {
        AuthError::Refused(words.to_owned())
    } else {
        AuthError::NotAllowed(String::new())
    }
}
