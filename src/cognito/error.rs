use std::fmt;

use serde::Deserialize;

use crate::ports::Response;

macro_rules! error_kinds {
    ($($(#[$doc:meta])* $variant:ident,)*) => {
        /// The service's errors by name, without `Exception`, and some common to all of AWS. Source: the API
        /// reference's error lists.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is the service's own name")]
        pub enum ErrorKind {
            $($(#[$doc])* $variant,)*
            /// A name that this version does not know.
            Other(String),
        }

        impl ErrorKind {
            fn from_name(name: &str) -> Self {
                match name {
                    $(concat!(stringify!($variant), "Exception") => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }

            /// Every kind that has a name here.
            pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
                [$((concat!(stringify!($variant), "Exception"), Self::$variant),)*].into_iter()
            }
        }

        impl fmt::Display for ErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => concat!(stringify!($variant), "Exception"),)*
                    Self::Other(name) => name,
                })
            }
        }
    };
}

error_kinds! {
    AccessDenied, AliasExists, CodeDeliveryFailure, CodeMismatch, ConcurrentModification,
    DeviceKeyExists, EnableSoftwareTokenMFA, ExpiredCode, ExpiredToken, FeatureUnavailableInTier,
    Forbidden, InternalError, InvalidEmailRoleAccessPolicy, InvalidLambdaResponse, InvalidParameter,
    InvalidPassword, InvalidSmsRoleAccessPolicy, InvalidSmsRoleTrustRelationship,
    InvalidUserPoolConfiguration, LimitExceeded, MFAMethodNotFound, MissingAuthenticationToken,
    NotAuthorized, OperationNotEnabled, PasswordHistoryPolicyViolation, PasswordResetRequired,
    RefreshTokenReuse, ResourceNotFound, SoftwareTokenMFANotFound, TierChangeNotAllowed, TokenRevoked,
    TooManyFailedAttempts, TooManyRequests, Unauthorized, UnexpectedLambda, UnknownOperation,
    UnrecognizedClient, UnsupportedOperation, UnsupportedTokenType, UserLambdaValidation,
    UserNotConfirmed, UserNotFound, UserPoolAddOnNotEnabled, UsernameExists, Validation,
    WebAuthnChallengeNotFound, WebAuthnClientMismatch, WebAuthnConfigurationMissing,
    WebAuthnCredentialNotSupported, WebAuthnNotEnabled, WebAuthnOriginNotAllowed,
    WebAuthnRelyingPartyMismatch,
}

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CognitoError {
    /// The service refused, and said why.
    #[error("{kind}: {message}")]
    Service {
        /// Which error.
        kind: ErrorKind,
        /// The service's text, or that of a Lambda trigger behind the service's prefix.
        message: String,
    },
    /// No answer came.
    #[error("the server could not be reached")]
    Unreachable,
    /// No answer came in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// An answer that is none of Cognito's: a gateway's or a proxy's error page.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// An answer of success that does not parse.
    #[error("the answer to {0} was not understood")]
    Malformed(&'static str),
}

impl CognitoError {
    /// The error that `response`, which is not one of success, stands for.
    ///
    /// The type is in `x-amzn-errortype` or in the body's `__type`; either may carry a namespace before
    /// a `#` and a URL after a `:` (AWS JSON 1.1 protocol, operation error serialisation).
    pub(super) fn from_response(response: &Response) -> Self {
        #[derive(Deserialize)]
        struct Body {
            #[serde(rename = "__type")]
            kind: Option<String>,
            #[serde(alias = "Message")]
            message: Option<String>,
        }
        let body = serde_json::from_str::<Body>(&response.body).ok();
        let (body_kind, message) = body.map_or((None, None), |body| (body.kind, body.message));
        let Some(kind) = response.error_type.clone().or(body_kind) else {
            return Self::Status(response.status);
        };
        let kind = kind.split(':').next().unwrap_or_default();
        let kind = kind.rsplit('#').next().unwrap_or_default();
        match ErrorKind::from_name(kind) {
            // Errors common to all of AWS, sent before the service has read the request.
            ErrorKind::Other(name) if name == "ThrottlingException" => Self::Status(429),
            ErrorKind::Other(_) if response.status >= 500 => Self::Status(response.status),
            kind => Self::Service {
                kind,
                message: message.unwrap_or_default(),
            },
        }
    }

    /// Whether the service declined the request unread, so that any operation may be sent again.
    pub fn is_throttled(&self) -> bool {
        matches!(
            self,
            Self::Status(429)
                | Self::Service {
                    kind: ErrorKind::TooManyRequests,
                    ..
                }
        )
    }

    /// Whether the same request may do better later.
    pub fn is_transient(&self) -> bool {
        self.is_throttled()
            || match self {
                Self::Unreachable | Self::Timeout | Self::Status(500..) => true,
                Self::Service { kind, .. } => *kind == ErrorKind::InternalError,
                Self::Status(_) | Self::Malformed(_) => false,
            }
    }

    /// Whether a refresh that fails so means that the session is over.
    ///
    /// Nothing else ends one: a person is not signed out for a lost packet.
    pub fn ends_session(&self) -> bool {
        use ErrorKind::{
            NotAuthorized, PasswordResetRequired, RefreshTokenReuse, TokenRevoked, UserNotConfirmed,
            UserNotFound,
        };
        matches!(
            self,
            Self::Service {
                kind: NotAuthorized
                    | TokenRevoked
                    | UserNotFound
                    | PasswordResetRequired
                    | UserNotConfirmed
                    | RefreshTokenReuse,
                ..
            }
        )
    }
}
