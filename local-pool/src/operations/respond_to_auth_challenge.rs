//! RespondToAuthChallenge.

use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Outcome, Request, incorrect_credentials, invalid_parameter};
use crate::sign_in::sessions::{Awaiting, Open, invalid};
use crate::sign_in::{
    Flow, Kind, choice, custom, device, mfa, mfa_setup, new_password, one_time_code, passkey, password,
    required,
};

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    pool.count_sign_in()?;
    let name = request.text("ChallengeName");
    let username = required(request, "USERNAME")?;
    let open = find(pool, client, request)?;
    // A Session works for the client and the user that it was given to, and for its own challenge.
    let theirs = open.flow.client_id == client.id
        && open.flow.kind != Kind::Hosted
        && is_theirs(pool, &open.flow, username);
    if !theirs || !answers(name, &open.awaiting) {
        return Err(if name == "PASSWORD_VERIFIER" {
            incorrect_credentials()
        } else {
            invalid()
        });
    }
    match name {
        "PASSWORD_VERIFIER" => password::answer_srp(pool, open, request),
        "PASSWORD" => choice::answer_password(pool, open, request),
        "PASSWORD_SRP" => choice::answer_password_srp(pool, open, request),
        "SELECT_CHALLENGE" => choice::answer(pool, open, request),
        "EMAIL_OTP" | "SMS_OTP" | "SMS_MFA" => one_time_code::answer(pool, open, request),
        "SOFTWARE_TOKEN_MFA" => mfa::answer_software_token(pool, open, request),
        "SELECT_MFA_TYPE" => mfa::answer_choice(pool, open, request),
        "MFA_SETUP" => mfa_setup::answer(pool, open, request),
        "NEW_PASSWORD_REQUIRED" => new_password::answer(pool, open, request),
        "WEB_AUTHN" => passkey::answer(pool, open, request),
        "CUSTOM_CHALLENGE" => custom::answer(pool, open, request),
        "DEVICE_SRP_AUTH" => device::answer_srp(pool, open, request),
        "DEVICE_PASSWORD_VERIFIER" => device::answer_proof(pool, open, request),
        _ => Err(invalid_parameter(
            "Challenge response is not expected for this user pool.",
        )),
    }
}

/// The sign-in that the request goes on with: by its Session or, where USER_SRP_AUTH and its clients have none,
/// by SECRET_BLOCK or device.
fn find(pool: &Pool, client: &Client, request: &Request) -> Result<Open, ApiError> {
    let now = pool.now();
    if let Some(session) = request.given("Session") {
        return pool.sessions.find(session, now);
    }
    let block = required(request, "PASSWORD_CLAIM_SECRET_BLOCK");
    match request.text("ChallengeName") {
        "PASSWORD_VERIFIER" => pool
            .sessions
            .find(block?, now)
            .map_err(|_| incorrect_credentials()),
        "DEVICE_PASSWORD_VERIFIER" => {
            let block = block?;
            let is_it = |_: &Flow, awaiting: &Awaiting| {
                matches!(
                    awaiting,
                    Awaiting::DeviceProof { secret_block, .. } if secret_block == block
                )
            };
            pool.sessions.find_by(now, is_it)
        }
        "DEVICE_SRP_AUTH" => {
            let key = required(request, "DEVICE_KEY")?;
            let name = required(request, "USERNAME")?;
            let is_it = |flow: &Flow, awaiting: &Awaiting| {
                matches!(awaiting, Awaiting::Device)
                    && flow.kind == Kind::UserSrp
                    && flow.client_id == client.id
                    && flow.device_key.as_deref() == Some(key)
                    && is_theirs(pool, flow, name)
            };
            pool.sessions.find_by(now, is_it)
        }
        _ => Err(invalid_parameter("Missing required parameter Session")),
    }
}

fn is_theirs(pool: &Pool, flow: &Flow, name: &str) -> bool {
    name == flow.username || pool.folded(name) == flow.alias
}

/// Whether an answer of that name is what the sign-in waits for.
fn answers(name: &str, awaiting: &Awaiting) -> bool {
    use crate::pool::contact::Contact::{Email, PhoneNumber};
    match awaiting {
        Awaiting::PasswordProof { .. } => name == "PASSWORD_VERIFIER",
        Awaiting::Password => name == "PASSWORD",
        Awaiting::PasswordSrp => name == "PASSWORD_SRP",
        Awaiting::Choice(_) => name == "SELECT_CHALLENGE",
        Awaiting::Code { contact: Email, .. } => name == "EMAIL_OTP",
        Awaiting::Code {
            contact: PhoneNumber,
            second_factor,
            ..
        } => name == if *second_factor { "SMS_MFA" } else { "SMS_OTP" },
        Awaiting::SoftwareToken => name == "SOFTWARE_TOKEN_MFA",
        Awaiting::MfaChoice(_) => name == "SELECT_MFA_TYPE",
        Awaiting::MfaSetup(_) => name == "MFA_SETUP",
        Awaiting::NewPassword => name == "NEW_PASSWORD_REQUIRED",
        Awaiting::Passkey { .. } => name == "WEB_AUTHN",
        Awaiting::Custom { .. } => name == "CUSTOM_CHALLENGE",
        Awaiting::Device => name == "DEVICE_SRP_AUTH",
        Awaiting::DeviceProof { .. } => name == "DEVICE_PASSWORD_VERIFIER",
        Awaiting::SignUp | Awaiting::SignedUp(_) => false,
    }
}

#[cfg(test)]
mod tests;
