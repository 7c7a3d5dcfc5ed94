//! What the service's errors mean: the first row that fits.
//!
//! One exception stands for many things, and only its text or the operation tells which. Source of names: the API
//! reference's error lists; the texts are those that the service sends, which no reference lists.

use super::AuthError::{self, *};
use crate::cognito::ErrorKind::{self, *};

/// A row: which error, as the answer to what, saying what, means what.
pub(super) type Row = (ErrorKind, On, Text, Means);

/// The operations or challenges that were answered; empty for any.
pub(super) type On = &'static [&'static str];

/// How the error's text is recognised.
pub(super) enum Text {
    Any,
    /// What it begins with.
    Begins(&'static str),
    /// What is somewhere in it.
    Has(&'static str),
}

/// What a row makes of an error.
pub(super) enum Means {
    Is(AuthError),
    /// With the service's text.
    With(fn(String) -> AuthError),
    /// In the words of a Lambda trigger.
    Quoted,
}

use Means::{Is, Quoted, With};
use Text::{Any, Begins, Has};

const ALL: On = &[];
const CHANGE: On = &["ChangePassword"];
const CODES: On = &["ConfirmSignUp", "ConfirmForgotPassword"];
const CUSTOM: On = &["CUSTOM_CHALLENGE"];
const DEVICE: On = &["ConfirmDevice"];
const OWN: On = &[
    "DeleteWebAuthnCredential",
    "ForgetDevice",
    "GetDevice",
    "RevokeUserSession",
    "UpdateDeviceStatus",
];
const PASSKEY: On = &["WEB_AUTHN"];
const PASSKEYS: On = &["CompleteWebAuthnRegistration", "StartWebAuthnRegistration"];
/// What only somebody signed in asks for, but for a few that have a row of their own.
const SIGNED_IN: On = &[
    "AssociateSoftwareToken",
    "ChangePassword",
    "CompleteWebAuthnRegistration",
    "ConfirmDevice",
    "DeleteUser",
    "DeleteUserAttributes",
    "DeleteWebAuthnCredential",
    "ForgetDevice",
    "GetDevice",
    "GetTokensFromRefreshToken",
    "GetUser",
    "GetUserAttributeVerificationCode",
    "GetUserAuthFactors",
    "GlobalSignOut",
    "ListDevices",
    "ListUserSessions",
    "ListWebAuthnCredentials",
    "RevokeUserSession",
    "SetUserMFAPreference",
    "SetUserSettings",
    "StartWebAuthnRegistration",
    "UpdateDeviceStatus",
    "UpdateUserAttributes",
    "VerifySoftwareToken",
    "VerifyUserAttribute",
];

/// The most specific first: a row takes what no row above it has taken.
#[rustfmt::skip]
pub(super) static TABLE: &[Row] = &[
    // Of triggers. One that crashed or could not be called is nothing for people to read.
    (UserLambdaValidation, ALL, Any, Quoted),
    (NotAuthorized, ALL, Has(" failed with error "), Quoted),
    (UnexpectedLambda, ALL, Has("AccessDeniedException"), With(Misconfigured)),
    (UnexpectedLambda, ALL, Has("due to configuration"), With(Misconfigured)),
    (UnexpectedLambda, ALL, Any, Is(ServiceFailure)),
    (InvalidLambdaResponse, ALL, Any, With(Misconfigured)),

    // Who it is.
    (NotAuthorized, CHANGE, Begins("Incorrect username or password"), Is(WrongPassword)),
    (NotAuthorized, CUSTOM, Begins("Incorrect username or password"), Is(WrongAnswer)),
    (NotAuthorized, PASSKEY, Begins("Incorrect username or password"), Is(PasskeyRefused)),
    (NotAuthorized, ALL, Begins("Incorrect username or password"), Is(WrongCredentials)),
    (NotAuthorized, ALL, Begins("Password attempts exceeded"), Is(PasswordAttemptsExceeded)),
    (NotAuthorized, ALL, Begins("Attempt limit exceeded"), Is(AuthError::LimitExceeded)),
    (NotAuthorized, ALL, Begins("Temporary password has expired"), Is(TemporaryPasswordExpired)),
    (NotAuthorized, ALL, Begins("User is disabled"), Is(UserDisabled)),
    (NotAuthorized, ALL, Has("security reasons"), Is(RefusedForSecurity)),
    // With a code, an unknown user looks like a wrong code: who has an account is nobody's business.
    (UserNotFound, CODES, Any, Is(AuthError::CodeMismatch)),
    (UserNotFound, SIGNED_IN, Any, Is(NotSignedIn)),
    (UserNotFound, ALL, Any, Is(WrongCredentials)),
    (ErrorKind::UserNotConfirmed, ALL, Any, Is(AuthError::UserNotConfirmed)),
    (ErrorKind::PasswordResetRequired, ALL, Any, Is(AuthError::PasswordResetRequired)),

    // Sessions and tokens.
    (NotAuthorized, ALL, Begins("Invalid session"), Is(SignInExpired)),
    (ErrorKind::CodeMismatch, ALL, Begins("Invalid session"), Is(SignInExpired)),
    (NotAuthorized, ALL, Begins("Access Token does not have required scopes"), With(Misconfigured)),
    (NotAuthorized, ALL, Begins("Access Token has"), Is(NotSignedIn)),
    (NotAuthorized, ALL, Begins("Invalid Access Token"), Is(NotSignedIn)),
    (NotAuthorized, ALL, Begins("Could not verify signature for Access Token"), Is(NotSignedIn)),
    (NotAuthorized, ALL, Begins("Refresh Token has"), Is(NotSignedIn)),
    (NotAuthorized, ALL, Begins("Invalid Refresh Token"), Is(NotSignedIn)),
    (NotAuthorized, ALL, Begins("Logins don't match"), Is(NotSignedIn)),
    (Unauthorized, ALL, Any, Is(NotSignedIn)),
    (RefreshTokenReuse, ALL, Any, Is(NotSignedIn)),
    (TokenRevoked, ALL, Any, Is(NotSignedIn)),
    (ExpiredToken, ALL, Any, Is(NotSignedIn)),

    // Signing up and resetting the password.
    (ErrorKind::UsernameExists, DEVICE, Any, Is(DeviceNotRemembered)),
    (ErrorKind::UsernameExists, ALL, Any, Is(AuthError::UsernameExists)),
    (ErrorKind::AliasExists, ALL, Any, Is(AuthError::AliasExists)),
    (NotAuthorized, ALL, Begins("User cannot be confirmed. Current status is CONFIRMED"), Is(AlreadyConfirmed)),
    (InvalidParameter, ALL, Begins("User is already confirmed"), Is(AlreadyConfirmed)),
    (NotAuthorized, ALL, Begins("SignUp is not permitted"), Is(SignUpClosed)),
    (InvalidParameter, ALL, Begins("Cannot reset password for the user"), Is(NoVerifiedContact)),
    (NotAuthorized, ALL, Begins("User password cannot be reset in the current state"), Is(ResetNotPossible)),

    // Passwords and codes. What breaks the request's own rules is told as a validation error.
    (ErrorKind::InvalidPassword, DEVICE, Any, Is(DeviceNotRemembered)),
    (ErrorKind::InvalidPassword, ALL, Any, With(AuthError::InvalidPassword)),
    (InvalidParameter, ALL, Has(" at 'password' failed"), Is(AuthError::InvalidPassword(String::new()))),
    (InvalidParameter, ALL, Has(" at 'proposedPassword' failed"), Is(AuthError::InvalidPassword(String::new()))),
    (InvalidParameter, ALL, Has(" at 'previousPassword' failed"), Is(WrongPassword)),
    (InvalidParameter, ALL, Has(" at 'confirmationCode' failed"), Is(AuthError::CodeMismatch)),
    (InvalidParameter, ALL, Has(" at 'code' failed"), Is(AuthError::CodeMismatch)),
    (InvalidParameter, ALL, Has(" at 'userCode' failed"), Is(AuthError::CodeMismatch)),
    (PasswordHistoryPolicyViolation, ALL, Any, Is(PasswordReused)),
    (ErrorKind::CodeMismatch, ALL, Any, Is(AuthError::CodeMismatch)),
    (EnableSoftwareTokenMFA, ALL, Any, Is(AuthError::CodeMismatch)),
    (ExpiredCode, ALL, Begins("Your software token has already been used"), Is(CodeUsed)),
    (ExpiredCode, ALL, Any, Is(CodeExpired)),
    (ErrorKind::CodeDeliveryFailure, ALL, Any, Is(AuthError::CodeDeliveryFailure)),

    // Factors.
    (MFAMethodNotFound, ALL, Any, Is(FactorNotAvailable)),
    (SoftwareTokenMFANotFound, ALL, Any, Is(FactorNotAvailable)),
    (InvalidParameter, ALL, Has("elected challenge is not available"), Is(FactorNotAvailable)),
    (InvalidParameter, ALL, Begins("User does not have delivery config"), Is(FactorNotAvailable)),
    (InvalidParameter, ALL, Begins("User has not verified software token mfa"), Is(FactorNotAvailable)),
    (InvalidParameter, ALL, Has("not enabled for the user pool"), Is(FactorNotAvailable)),

    // Passkeys and devices.
    (NotAuthorized, ALL, Begins("Invalid WebAuthn credential"), Is(PasskeyRefused)),
    (InvalidParameter, ALL, Begins("Invalid WebAuthn credential"), Is(PasskeyRefused)),
    (WebAuthnCredentialNotSupported, ALL, Any, Is(PasskeyRefused)),
    (WebAuthnChallengeNotFound, ALL, Any, Is(PasskeySetupExpired)),
    (WebAuthnClientMismatch, ALL, Any, Is(PasskeySetupExpired)),
    (WebAuthnConfigurationMissing, ALL, Any, With(PasskeyNotSetUp)),
    (WebAuthnNotEnabled, ALL, Any, With(PasskeyNotSetUp)),
    (WebAuthnOriginNotAllowed, ALL, Any, With(PasskeyNotSetUp)),
    (WebAuthnRelyingPartyMismatch, ALL, Any, With(PasskeyNotSetUp)),
    (ErrorKind::LimitExceeded, PASSKEYS, Has("passkeys"), Is(PasskeyLimit)),
    (DeviceKeyExists, ALL, Any, Is(DeviceNotRemembered)),
    (ResourceNotFound, OWN, Any, Is(AlreadyGone)),
    (ResourceNotFound, ALL, Begins("Device does not exist"), Is(DeviceForgotten)),

    // Too much, too often, or not now.
    (ErrorKind::LimitExceeded, ALL, Any, Is(AuthError::LimitExceeded)),
    (TooManyFailedAttempts, ALL, Any, Is(AuthError::LimitExceeded)),
    (TooManyRequests, ALL, Any, Is(Throttled)),
    (InternalError, ALL, Any, Is(ServiceFailure)),
    (ConcurrentModification, ALL, Any, Is(ServiceFailure)),
    (Forbidden, ALL, Any, Is(Blocked)),
    (AccessDenied, ALL, Any, Is(Blocked)),

    // For the site's owner: the pool or the app client is not as the app has it.
    (NotAuthorized, ALL, Has("configured for secret"), With(Misconfigured)),
    (NotAuthorized, ALL, Has("secret hash for client"), With(Misconfigured)),
    (NotAuthorized, ALL, Begins("Client authentication failed"), With(Misconfigured)),
    (NotAuthorized, ALL, Has("attempted to write unauthorized attribute"), With(Misconfigured)),
    (NotAuthorized, ALL, Begins("Cannot resend codes"), With(Misconfigured)),
    (NotAuthorized, ALL, Has("enabled for th"), With(Misconfigured)),
    (InvalidParameter, ALL, Has("attempted to write unauthorized attribute"), With(Misconfigured)),
    (InvalidParameter, ALL, Begins("Cannot resend codes"), With(Misconfigured)),
    (InvalidParameter, ALL, Has("enabled for th"), With(Misconfigured)),
    (InvalidParameter, ALL, Has("not configured for the user pool"), With(Misconfigured)),
    (InvalidParameter, ALL, Begins("Initiate Auth method not supported"), With(Misconfigured)),
    (FeatureUnavailableInTier, ALL, Any, With(Misconfigured)),
    (InvalidEmailRoleAccessPolicy, ALL, Any, With(Misconfigured)),
    (InvalidSmsRoleAccessPolicy, ALL, Any, With(Misconfigured)),
    (InvalidSmsRoleTrustRelationship, ALL, Any, With(Misconfigured)),
    (InvalidUserPoolConfiguration, ALL, Any, With(Misconfigured)),
    (MissingAuthenticationToken, ALL, Any, With(Misconfigured)),
    (OperationNotEnabled, ALL, Any, With(Misconfigured)),
    (ResourceNotFound, ALL, Any, With(Misconfigured)),
    (TierChangeNotAllowed, ALL, Any, With(Misconfigured)),
    (UnknownOperation, ALL, Any, With(Misconfigured)),
    (UnrecognizedClient, ALL, Any, With(Misconfigured)),
    (UnsupportedOperation, ALL, Any, With(Misconfigured)),
    (UnsupportedTokenType, ALL, Any, With(Misconfigured)),
    (UserPoolAddOnNotEnabled, ALL, Any, With(Misconfigured)),

    // What is left, in the service's words.
    (InvalidParameter, ALL, Has("Attribute cannot be updated"), With(NotAllowed)),
    (InvalidParameter, ALL, Has("non-mutable attribute"), With(NotAllowed)),
    (InvalidParameter, ALL, Any, With(InvalidInput)),
    (Validation, ALL, Any, With(InvalidInput)),
    (NotAuthorized, ALL, Any, With(NotAllowed)),
];

/// What `kind`, saying `message`, means as the answer to `operation`.
pub(super) fn meaning(operation: &str, kind: &ErrorKind, message: String) -> AuthError {
    match row(operation, kind, &message) {
        Some((.., Is(error))) => error.clone(),
        Some((.., With(error))) => error(message),
        Some((.., Quoted)) => quoted(&message),
        None => Protocol([&kind.to_string(), ": ", &message].concat()),
    }
}

pub(super) fn row(operation: &str, kind: &ErrorKind, message: &str) -> Option<&'static Row> {
    TABLE.iter().find(|(of, on, text, _)| {
        of == kind
            && (on.is_empty() || on.contains(&operation))
            && match text {
                Any => true,
                Begins(text) => message.starts_with(text),
                Has(text) => message.contains(text),
            }
    })
}

/// "PreSignUp failed with error Only staff may register." -> "Only staff may register."
fn quoted(message: &str) -> AuthError {
    let words = message
        .split_once(" failed with error ")
        .map_or(message, |(_, words)| words);
    if words.chars().any(char::is_alphanumeric) {
        Refused(words.to_owned())
    } else {
        NotAllowed(String::new())
    }
}
