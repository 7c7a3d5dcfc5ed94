//! Every error that the service model lists for a public operation has a meaning, words and a next action; and the
//! texts that the service is known to send are told apart.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod model;

use std::collections::{BTreeMap, BTreeSet};

use model::ServiceModel;
use yew_cognito::{
    cognito::{CognitoError, ErrorKind},
    engine::{
        AuthError::{self, *},
        words::{self, Input, NextAction},
    },
    oauth::Refusal,
};

fn kind(name: &str) -> ErrorKind {
    let found = ErrorKind::all().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} has no kind")).1
}

/// What an error of the service means as the answer to `operation`.
fn answer(operation: &str, name: &str, message: &str) -> AuthError {
    AuthError::from_service(
        operation,
        CognitoError::Service {
            kind: kind(name),
            message: message.to_owned(),
        },
    )
}

/// One of each error, with its code.
macro_rules! every_error {
    ($($variant:ident $(($text:expr))? $code:literal,)*) => {
        fn every_error() -> Vec<(AuthError, &'static str)> {
            // Does not compile while one is missing from the list.
            let _ = |error: &AuthError| match error {
                $($variant { .. } => (),)*
            };
            vec![$(($variant $(($text.to_owned()))?, $code),)*]
        }
    };
}

every_error! {
    WrongCredentials "wrong_credentials",
    WrongPassword "wrong_password",
    WrongAnswer "wrong_answer",
    TemporaryPasswordExpired "temporary_password_expired",
    PasswordResetRequired "password_reset_required",
    PasswordAttemptsExceeded "password_attempts_exceeded",
    UserDisabled "user_disabled",
    UserNotConfirmed "user_not_confirmed",
    SignUpClosed "sign_up_closed",
    UsernameExists "username_exists",
    AliasExists "alias_exists",
    AlreadyConfirmed "already_confirmed",
    CodeMismatch "code_mismatch",
    CodeExpired "code_expired",
    CodeUsed "code_used",
    CodeDeliveryFailure "code_delivery_failure",
    NoVerifiedContact "no_verified_contact",
    ResetNotPossible "reset_not_possible",
    InvalidPassword("Password not long enough") "invalid_password",
    PasswordReused "password_reused",
    InvalidInput("Invalid phone number format.") "invalid_input",
    LimitExceeded "limit_exceeded",
    Throttled "throttled",
    Refused("Come back on Monday.") "refused",
    RefusedForSecurity "refused_for_security",
    Blocked "blocked",
    NotAllowed("") "not_allowed",
    FactorNotAvailable "factor_not_available",
    LevelOutOfReach "level_out_of_reach",
    PasskeyRefused "passkey_refused",
    PasskeySetupExpired "passkey_setup_expired",
    PasskeyLimit "passkey_limit",
    PasskeyNotSetUp("") "passkey_not_set_up",
    DeviceForgotten "device_forgotten",
    DeviceNotRemembered "device_not_remembered",
    AlreadyGone "already_gone",
    Unreachable "unreachable",
    Timeout "timeout",
    ServiceFailure "service_failure",
    Misconfigured("") "misconfigured",
    Protocol("") "protocol",
    InvalidToken("") "invalid_token",
    SignInExpired "sign_in_expired",
    ConsentDenied "consent_denied",
    LoginRequired "login_required",
    AttributesMissing(["email".to_owned()].as_slice()) "attributes_missing",
    AnotherWayIn "another_way_in",
    JustLinked "just_linked",
    ProviderFailed "provider_failed",
    ProviderRefused("") "provider_refused",
    UnknownCallback "unknown_callback",
    StateMismatch "state_mismatch",
    CodeRefused "code_refused",
    WrongAccount "wrong_account",
    PopupBlocked "popup_blocked",
    PopupClosed "popup_closed",
    NoStorage "no_storage",
    NotSignedIn "not_signed_in",
    AlreadySignedIn "already_signed_in",
    Superseded "superseded",
    NoRandomness "no_randomness",
    EngineGone "engine_gone",
}

/// The errors that are the site owner's to mend, whatever they say, and why.
const OWNERS: [(&str, &str); 11] = [
    (
        "FeatureUnavailableInTierException",
        "the pool's plan lacks the feature",
    ),
    (
        "InvalidEmailRoleAccessPolicyException",
        "the pool may not use its e-mail identity",
    ),
    (
        "InvalidLambdaResponseException",
        "a trigger answers what the service does not understand",
    ),
    (
        "InvalidSmsRoleAccessPolicyException",
        "the pool may not send text messages",
    ),
    (
        "InvalidSmsRoleTrustRelationshipException",
        "the role for text messages does not trust the pool",
    ),
    (
        "InvalidUserPoolConfigurationException",
        "the pool's settings contradict each other",
    ),
    (
        "OperationNotEnabledException",
        "the pool or its region does not have the operation",
    ),
    (
        "ResourceNotFoundException",
        "there is no such app client, where it is nothing of the user's own",
    ),
    ("UnsupportedOperationException", "the app client may not do it"),
    (
        "UnsupportedTokenTypeException",
        "the app client has no such tokens",
    ),
    (
        "UserPoolAddOnNotEnabledException",
        "the pool has no threat protection",
    ),
];

#[test]
fn every_error_of_every_public_operation_has_a_meaning_and_words() {
    let model = ServiceModel::load();
    let protocol = words::message(&Protocol(String::new()));
    let mut checked = 0;
    let mut owners_met = BTreeSet::new();
    for operation in model.operations() {
        for name in model.errors_of(operation) {
            let error = answer(operation, name, "");
            let owners = OWNERS.iter().find(|(owners, _)| owners == name);
            match (&error, owners) {
                (Misconfigured(_), Some((name, _))) => _ = owners_met.insert(*name),
                (Misconfigured(_) | Protocol(_), _) => panic!("{name} of {operation} is {error:?}"),
                _ => {}
            }
            let text = words::message(&error);
            assert!(
                !text.is_empty() && text != protocol,
                "{name} of {operation}: {text}"
            );
            checked += 1;
        }
    }
    assert_eq!(model.operations().count(), 34);
    assert!(checked > 300, "{checked}");
    assert_eq!(owners_met.len(), OWNERS.len(), "{owners_met:?}");
}

#[test]
fn every_error_has_words_and_a_code_of_its_own() {
    let mut words_of = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for (error, code) in every_error() {
        assert_eq!(error.code(), code);
        assert!(codes.insert(code), "{code}");
        let text = words::message(&error);
        assert!(text.ends_with('.'), "{code}: {text}");
        if let Some(other) = words_of.insert(text, code) {
            panic!("{code} and {other} have the same words");
        }
    }
}

#[test]
fn what_is_to_be_done_goes_with_the_error() {
    use NextAction as Do;
    for (error, action, field) in [
        (WrongCredentials, Do::CheckInput, None),
        (UsernameExists, Do::SignIn, Some(Input::Username)),
        (
            InvalidPassword(String::new()),
            Do::CheckInput,
            Some(Input::NewPassword),
        ),
        (WrongPassword, Do::CheckInput, Some(Input::Password)),
        (CodeExpired, Do::ResendCode, Some(Input::Code)),
        (PasswordAttemptsExceeded, Do::ResetPassword, None),
        (UserDisabled, Do::ContactAdministrator, None),
        (LimitExceeded, Do::WaitAndTryAgain, None),
        (AlreadySignedIn, Do::SignOutFirst, None),
        (FactorNotAvailable, Do::UseAnotherWay, None),
        (LevelOutOfReach, Do::UseAnotherWay, None),
        (SignInExpired, Do::StartOver, None),
        (Misconfigured(String::new()), Do::ContactOwner, None),
        (EngineGone, Do::TryAgain, None),
        (DeviceNotRemembered, Do::None, None),
        (ConsentDenied, Do::TryAgain, None),
        (LoginRequired, Do::SignIn, None),
        (AttributesMissing(Vec::new()), Do::TryAgain, None),
        (AnotherWayIn, Do::UseAnotherWay, None),
        (JustLinked, Do::TryAgain, None),
        (ProviderFailed, Do::WaitAndTryAgain, None),
        (UnknownCallback, Do::StartOver, None),
        (StateMismatch, Do::StartOver, None),
        (CodeRefused, Do::StartOver, None),
        (PopupBlocked, Do::TryAgain, None),
        (NoStorage, Do::UseAnotherWay, None),
    ] {
        assert_eq!(words::next_action(&error), action, "{error:?}");
        assert_eq!(words::field(&error), field, "{error:?}");
    }
    for (error, code) in every_error() {
        let again = matches!(words::next_action(&error), Do::TryAgain | Do::WaitAndTryAgain);
        assert!(
            again || !error.is_retryable(),
            "{code} may be tried again, but nobody is told"
        );
        let sign_in = matches!(
            words::next_action(&error),
            Do::SignIn | Do::ResetPassword | Do::ConfirmSignUp | Do::ContactAdministrator
        );
        assert!(
            sign_in || !error.ends_session(),
            "{code} ends the session, but nobody is told"
        );
    }
}

#[test]
fn what_the_hosted_pages_say_is_told_and_no_session_ends_by_it() {
    for (refusal, expected) in [
        (Refusal::Denied, ConsentDenied),
        (Refusal::NothingShown, LoginRequired),
        (
            Refusal::AttributesMissing(vec!["email".to_owned()]),
            AttributesMissing(vec!["email".to_owned()]),
        ),
        (Refusal::AnotherWayIn, AnotherWayIn),
        (Refusal::JustLinked, JustLinked),
        (
            Refusal::Trigger("Not you.".to_owned()),
            Refused("Not you.".to_owned()),
        ),
        (
            Refusal::Misconfigured("invalid_scope".to_owned()),
            Misconfigured("invalid_scope".to_owned()),
        ),
        (Refusal::Failed, ProviderFailed),
        (
            Refusal::Other("Something".to_owned()),
            ProviderRefused("Something".to_owned()),
        ),
    ] {
        let error = AuthError::from(refusal);
        assert_eq!(error, expected);
        assert!(!error.ends_session() && !error.is_retryable(), "{error:?}");
    }
    assert_eq!(AuthError::from(Refusal::UserDisabled), UserDisabled);
}

#[test]
fn attributes_that_are_missing_are_named_in_peoples_words() {
    let words = |names: &[&str]| {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        words::message(&AttributesMissing(names)).to_lowercase()
    };
    assert!(words(&["email"]).contains("email address"));
    let both = words(&["given_name", "custom:plan"]);
    assert!(!both.contains('_') && both.contains("plan"), "{both}");
    // Where the service names none, it is a sentence still.
    let none = words(&[]);
    assert!(
        none.ends_with('.') && !none.contains(" .") && !none.contains("  "),
        "{none}"
    );
}

#[test]
fn a_passkeys_problems_have_words_of_their_own() {
    let codes = [
        "cancelled",
        "already_registered",
        "wrong_site",
        "unsupported",
        "aborted",
        "malformed",
        "failed",
    ];
    let texts: BTreeSet<_> = codes.map(words::passkey).into();
    assert_eq!(texts.len(), codes.len());
}

#[test]
fn not_authorized_is_told_apart_by_its_text() {
    for (operation, message, expected) in [
        (
            "InitiateAuth",
            "Incorrect username or password.",
            WrongCredentials,
        ),
        (
            "RespondToAuthChallenge",
            "Incorrect username or password.",
            WrongCredentials,
        ),
        ("CUSTOM_CHALLENGE", "Incorrect username or password.", WrongAnswer),
        ("WEB_AUTHN", "Incorrect username or password.", PasskeyRefused),
        ("WEB_AUTHN", "Invalid WebAuthn credential.", PasskeyRefused),
        ("ChangePassword", "Incorrect username or password.", WrongPassword),
        (
            "InitiateAuth",
            "Password attempts exceeded",
            PasswordAttemptsExceeded,
        ),
        (
            "InitiateAuth",
            "Attempt limit exceeded, please try after some time.",
            LimitExceeded,
        ),
        (
            "InitiateAuth",
            "Temporary password has expired and must be reset by an administrator.",
            TemporaryPasswordExpired,
        ),
        ("InitiateAuth", "User is disabled.", UserDisabled),
        (
            "InitiateAuth",
            "Unable to login because of security reasons.",
            RefusedForSecurity,
        ),
        (
            "ForgotPassword",
            "Request not allowed due to security reasons.",
            RefusedForSecurity,
        ),
        (
            "RespondToAuthChallenge",
            "Invalid session for the user.",
            SignInExpired,
        ),
        (
            "RespondToAuthChallenge",
            "Invalid session for the user, session is expired.",
            SignInExpired,
        ),
        (
            "RespondToAuthChallenge",
            "Invalid session for the user, session can only be used once.",
            SignInExpired,
        ),
        (
            "RespondToAuthChallenge",
            "Invalid session provided for the user.",
            SignInExpired,
        ),
        ("GetUser", "Access Token has been revoked", NotSignedIn),
        ("GetUser", "Access Token has expired", NotSignedIn),
        ("GetUser", "Invalid Access Token", NotSignedIn),
        (
            "GetUser",
            "Could not verify signature for Access Token",
            NotSignedIn,
        ),
        ("InitiateAuth", "Invalid Refresh Token", NotSignedIn),
        ("InitiateAuth", "Invalid Refresh Token.", NotSignedIn),
        (
            "GetTokensFromRefreshToken",
            "Refresh Token has been revoked",
            NotSignedIn,
        ),
        (
            "GetTokensFromRefreshToken",
            "Refresh Token has expired",
            NotSignedIn,
        ),
        (
            "",
            "Logins don't match. Please include at least one valid login for this identity or identity pool.",
            NotSignedIn,
        ),
        (
            "ConfirmSignUp",
            "User cannot be confirmed. Current status is CONFIRMED",
            AlreadyConfirmed,
        ),
        (
            "SignUp",
            "SignUp is not permitted for this user pool",
            SignUpClosed,
        ),
        (
            "ForgotPassword",
            "User password cannot be reset in the current state.",
            ResetNotPossible,
        ),
        (
            "InitiateAuth",
            "PreAuthentication failed with error Come back on Monday.",
            Refused("Come back on Monday.".to_owned()),
        ),
        (
            "GetUser",
            "Something else",
            NotAllowed("Something else".to_owned()),
        ),
    ] {
        let error = answer(operation, "NotAuthorizedException", message);
        assert_eq!(error, expected, "{operation}: {message}");
    }
}

#[test]
fn an_invalid_parameter_is_told_apart_by_its_text() {
    let constraint = |member: &str| {
        format!(
            "1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must have \
             length greater than or equal to 6"
        )
    };
    for (operation, message, expected) in [
        (
            "ResendConfirmationCode",
            "User is already confirmed.",
            AlreadyConfirmed,
        ),
        (
            "ForgotPassword",
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
            NoVerifiedContact,
        ),
        (
            "RespondToAuthChallenge",
            "Selected challenge is not available.",
            FactorNotAvailable,
        ),
        (
            "RespondToAuthChallenge",
            "The selected challenge is not available",
            FactorNotAvailable,
        ),
        (
            "SetUserMFAPreference",
            "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
            FactorNotAvailable,
        ),
        (
            "SetUserMFAPreference",
            "User has not verified software token mfa",
            FactorNotAvailable,
        ),
        (
            "SetUserMFAPreference",
            "SMS MFA is not enabled for the user pool.",
            FactorNotAvailable,
        ),
        (
            "CompleteWebAuthnRegistration",
            "Invalid WebAuthn credential.",
            PasskeyRefused,
        ),
        ("SignUp", &constraint("password"), InvalidPassword(String::new())),
        (
            "ChangePassword",
            &constraint("proposedPassword"),
            InvalidPassword(String::new()),
        ),
        ("ChangePassword", &constraint("previousPassword"), WrongPassword),
        ("ConfirmSignUp", &constraint("confirmationCode"), CodeMismatch),
        ("VerifyUserAttribute", &constraint("code"), CodeMismatch),
        ("VerifySoftwareToken", &constraint("userCode"), CodeMismatch),
        (
            "UpdateUserAttributes",
            "user.email: Attribute cannot be updated.\n",
            NotAllowed("user.email: Attribute cannot be updated.\n".to_owned()),
        ),
    ] {
        let error = answer(operation, "InvalidParameterException", message);
        assert_eq!(error, expected, "{operation}: {message}");
    }
    for message in [
        "Invalid phone number format.",
        "Invalid email address format.",
        "Username should be an email.",
        "Missing required parameter USERNAME",
        "Attributes did not conform to the schema: name: The attribute is required\n",
    ] {
        let error = answer("SignUp", "InvalidParameterException", message);
        assert_eq!(error, InvalidInput(message.to_owned()));
        let text = words::message(&error);
        assert!(!text.contains("parameter") && !text.contains("schema"), "{text}");
    }
}

#[test]
fn a_mistake_in_the_pool_or_the_app_client_is_its_owners() {
    for (name, message) in [
        (
            "InvalidParameterException",
            "USER_SRP_AUTH is not enabled for the client.",
        ),
        (
            "InvalidParameterException",
            "USER_PASSWORD_AUTH flow not enabled for this client",
        ),
        (
            "InvalidParameterException",
            "Refresh Token flow not enabled for this client",
        ),
        (
            "InvalidParameterException",
            "Only custom auth (lambda driven) is enabled for this client.",
        ),
        ("InvalidParameterException", "Initiate Auth method not supported."),
        (
            "InvalidParameterException",
            "Custom auth lambda trigger is not configured for the user pool.",
        ),
        (
            "InvalidParameterException",
            "Cannot resend codes. Auto verification not turned on.",
        ),
        (
            "NotAuthorizedException",
            "Cannot resend codes. Auto verification not turned on.",
        ),
        (
            "NotAuthorizedException",
            "Client abc is configured for secret but secret was not received",
        ),
        (
            "NotAuthorizedException",
            "Unable to verify secret hash for client abc",
        ),
        ("NotAuthorizedException", "Client authentication failed"),
        (
            "NotAuthorizedException",
            "Access Token does not have required scopes",
        ),
        (
            "NotAuthorizedException",
            "A client attempted to write unauthorized attribute",
        ),
        (
            "UnexpectedLambdaException",
            "PreSignUp invocation failed due to error AccessDeniedException.",
        ),
        (
            "ResourceNotFoundException",
            "User pool client abc does not exist.",
        ),
    ] {
        let error = answer("InitiateAuth", name, message);
        assert_eq!(error, Misconfigured(message.to_owned()));
    }
}

#[test]
fn the_other_errors_are_told_apart_by_what_was_asked_and_said() {
    for (operation, name, message, expected) in [
        (
            "InitiateAuth",
            "UserNotFound",
            "User does not exist.",
            WrongCredentials,
        ),
        (
            "ConfirmForgotPassword",
            "UserNotFound",
            "Username/client id combination not found.",
            CodeMismatch,
        ),
        (
            "ConfirmSignUp",
            "UserNotFound",
            "Username/client id combination not found.",
            CodeMismatch,
        ),
        ("GetUser", "UserNotFound", "User does not exist.", NotSignedIn),
        (
            "ConfirmSignUp",
            "CodeMismatch",
            "Invalid verification code provided, please try again.",
            CodeMismatch,
        ),
        (
            "SMS_MFA",
            "CodeMismatch",
            "Invalid code or auth state for the user.",
            CodeMismatch,
        ),
        (
            "SOFTWARE_TOKEN_MFA",
            "CodeMismatch",
            "Invalid code received for user.",
            CodeMismatch,
        ),
        (
            "RespondToAuthChallenge",
            "CodeMismatch",
            "Invalid session provided",
            SignInExpired,
        ),
        (
            "VerifySoftwareToken",
            "EnableSoftwareTokenMFA",
            "Code mismatch and fail enable Software Token MFA",
            CodeMismatch,
        ),
        (
            "ConfirmSignUp",
            "ExpiredCode",
            "Invalid code provided, please request a code again.",
            CodeExpired,
        ),
        (
            "SOFTWARE_TOKEN_MFA",
            "ExpiredCode",
            "Your software token has already been used once.",
            CodeUsed,
        ),
        (
            "SOFTWARE_TOKEN_MFA",
            "SoftwareTokenMFANotFound",
            "Software Token MFA does not exist for the user.",
            FactorNotAvailable,
        ),
        (
            "ForgotPassword",
            "LimitExceeded",
            "Attempt limit exceeded, please try after some time.",
            LimitExceeded,
        ),
        (
            "CompleteWebAuthnRegistration",
            "LimitExceeded",
            "The user has the maximum number of passkeys.",
            PasskeyLimit,
        ),
        (
            "InitiateAuth",
            "Forbidden",
            "Request not allowed due to WAF block.",
            Blocked,
        ),
        (
            "InitiateAuth",
            "ResourceNotFound",
            "Device does not exist.",
            DeviceForgotten,
        ),
        (
            "ForgetDevice",
            "ResourceNotFound",
            "Device does not exist.",
            AlreadyGone,
        ),
        ("DeleteWebAuthnCredential", "ResourceNotFound", "", AlreadyGone),
        ("ConfirmDevice", "DeviceKeyExists", "", DeviceNotRemembered),
        ("ConfirmDevice", "UsernameExists", "", DeviceNotRemembered),
        ("SignUp", "UsernameExists", "User already exists", UsernameExists),
        (
            "ConfirmSignUp",
            "AliasExists",
            "An account with the given email already exists.",
            AliasExists,
        ),
        (
            "SignUp",
            "UserLambdaValidation",
            "PreSignUp failed with error Only staff may register.",
            Refused("Only staff may register.".to_owned()),
        ),
        (
            "SignUp",
            "UserLambdaValidation",
            "PreSignUp failed with error .",
            NotAllowed(String::new()),
        ),
        (
            "ConfirmSignUp",
            "UnexpectedLambda",
            "PostConfirmation failed with error Task timed out after 3.00 seconds",
            ServiceFailure,
        ),
        (
            "InitiateAuth",
            "UserNotConfirmed",
            "User is not confirmed.",
            UserNotConfirmed,
        ),
        (
            "InitiateAuth",
            "PasswordResetRequired",
            "Password reset required for the user",
            PasswordResetRequired,
        ),
    ] {
        let error = answer(operation, &format!("{name}Exception"), message);
        assert_eq!(error, expected, "{operation}: {name}: {message}");
    }
}

#[test]
fn what_is_no_answer_of_the_service_is_told_by_how_it_failed() {
    for (error, expected) in [
        (CognitoError::Unreachable, Unreachable),
        (CognitoError::Timeout, Timeout),
        (CognitoError::Status(429), Throttled),
        (CognitoError::Status(503), ServiceFailure),
    ] {
        assert_eq!(AuthError::from(error), expected);
    }
    for error in [CognitoError::Status(404), CognitoError::Malformed("GetUser")] {
        assert!(matches!(AuthError::from(error), Protocol(_)));
    }
}
