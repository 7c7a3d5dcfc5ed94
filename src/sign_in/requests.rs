//! What a sign-in sends.

use super::Attempt;
use crate::{
    cognito::{AssociateSoftwareToken, InitiateAuth, Pairs, RespondToAuthChallenge, VerifySoftwareToken},
    config::{Factor, MfaMethod, SignInFlow},
    token::{AccessToken, ChallengeSession},
};

/// A request; its answer goes to [`SignIn::on_reply`](super::SignIn::on_reply).
#[derive(Debug)]
pub enum Request {
    /// Begins.
    Initiate(InitiateAuth),
    /// Answers a challenge.
    Respond(RespondToAuthChallenge),
    /// Asks for an authenticator app's secret.
    Associate(AssociateSoftwareToken),
    /// Shows that the app has it.
    Verify(VerifySoftwareToken),
}

impl Factor {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Passkey => "WEB_AUTHN",
            Self::EmailOtp => "EMAIL_OTP",
            Self::SmsOtp => "SMS_OTP",
            Self::PasswordSrp => "PASSWORD_SRP",
            Self::Password => "PASSWORD",
        }
    }

    /// Whether it is a password, sent or proved.
    pub fn is_password(self) -> bool {
        matches!(self, Self::Password | Self::PasswordSrp)
    }
}

impl MfaMethod {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Totp => "SOFTWARE_TOKEN_MFA",
            Self::Sms => "SMS_MFA",
            Self::Email => "EMAIL_OTP",
        }
    }
}

/// InitiateAuth. `srp_a` is there where a password is to be proved by SRP, `session` after a confirmed sign-up.
pub(super) fn initiate(
    attempt: &Attempt,
    preferred: Option<Factor>,
    srp_a: Option<&str>,
    session: Option<ChallengeSession>,
) -> Request {
    let named = Pairs::default().with("USERNAME", &attempt.username);
    let password = attempt.password.as_ref().map(crate::token::Password::expose);
    let (auth_flow, parameters) = match attempt.flow {
        SignInFlow::UserSrp => ("USER_SRP_AUTH", named.with_some("SRP_A", srp_a)),
        SignInFlow::UserPassword => ("USER_PASSWORD_AUTH", named.with_some("PASSWORD", password)),
        SignInFlow::CustomWithSrp => (
            "CUSTOM_AUTH",
            named.with("CHALLENGE_NAME", "SRP_A").with_some("SRP_A", srp_a),
        ),
        SignInFlow::CustomWithoutSrp => ("CUSTOM_AUTH", named),
        SignInFlow::UserAuth => (
            "USER_AUTH",
            named
                .with_some("PREFERRED_CHALLENGE", preferred.map(Factor::name))
                .with_some("SRP_A", srp_a)
                .with_some(
                    "PASSWORD",
                    password.filter(|_| preferred == Some(Factor::Password)),
                ),
        ),
    };
    let parameters = match &attempt.step_up {
        Some(step_up) => {
            let max_age = step_up.max_age.map(|age| age.as_secs().to_string());
            let token = step_up.access_token.as_ref().map(AccessToken::expose);
            let targets = step_up.acr_values.join(" ");
            let with_target = !targets.is_empty();
            parameters
                .with_some("TARGET_ACR_VALUES", with_target.then_some(targets.as_str()))
                .with_some("ACCESS_TOKEN", token.filter(|_| with_target))
                .with_some("MAX_AGE", max_age.as_deref().filter(|_| with_target))
        }
        None => parameters,
    };
    let parameters = parameters.with_some("DEVICE_KEY", attempt.device_key());
    Request::Initiate(InitiateAuth {
        client_id: attempt.client_id.clone(),
        auth_flow,
        auth_parameters: parameters,
        session,
        client_metadata: attempt.client_metadata.clone(),
    })
}

/// RespondToAuthChallenge. USERNAME is added.
pub(super) fn respond(
    attempt: &Attempt,
    user: &str,
    challenge_name: &'static str,
    session: Option<ChallengeSession>,
    responses: Pairs,
) -> Request {
    Request::Respond(RespondToAuthChallenge {
        client_id: attempt.client_id.clone(),
        challenge_name,
        session,
        challenge_responses: responses.with("USERNAME", user),
        client_metadata: attempt.client_metadata.clone(),
    })
}
