//! InitiateAuth.

use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::sign_in::next::with_tokens;
use crate::sign_in::subject::subject;
use crate::sign_in::{AUTH_PARAMETERS, Flow, Kind, choice, custom, password};
use crate::tokens;

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    pool.count_sign_in()?;
    let auth_flow = request.text("AuthFlow");
    if !auth_flow.starts_with("REFRESH_TOKEN") {
        pool.settings().triggers.pre_authentication()?;
    }
    match auth_flow {
        "USER_SRP_AUTH" => {
            allowed(
                client,
                "ALLOW_USER_SRP_AUTH",
                "USER_SRP_AUTH is not enabled for the client.",
            )?;
            let flow = begin(pool, client, request, Kind::UserSrp)?;
            password::challenge_srp(pool, flow, required(request, "SRP_A")?)
        }
        "USER_PASSWORD_AUTH" => {
            let refusal = "USER_PASSWORD_AUTH flow not enabled for this client";
            allowed(client, "ALLOW_USER_PASSWORD_AUTH", refusal)?;
            let flow = begin(pool, client, request, Kind::UserPassword)?;
            password::check_plain(pool, flow, required(request, "PASSWORD")?)
        }
        "CUSTOM_AUTH" => custom_auth(pool, client, request),
        "USER_AUTH" => choice::initiate(pool, client, request),
        "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" => refresh(pool, client, request),
        _ => Err(invalid_parameter("Initiate Auth method not supported.")),
    }
}

fn required<'a>(request: &'a Request, key: &str) -> Result<&'a str, ApiError> {
    request.required_entry(AUTH_PARAMETERS, key)
}

fn allowed(client: &Client, flow: &str, refusal: &str) -> Result<(), ApiError> {
    if client.allows(flow) {
        Ok(())
    } else {
        Err(invalid_parameter(refusal))
    }
}

fn begin(pool: &Pool, client: &Client, request: &Request, kind: Kind) -> Result<Flow, ApiError> {
    let name = required(request, "USERNAME")?;
    let subject = subject(pool, client, name)?;
    Ok(Flow::new(
        kind,
        client,
        &subject.username,
        pool.folded(name),
        request,
    ))
}

/// With SRP before the custom challenges, or without.
fn custom_auth(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    allowed(
        client,
        "ALLOW_CUSTOM_AUTH",
        "CUSTOM_AUTH is not enabled for the client.",
    )?;
    let flow = begin(pool, client, request, Kind::Custom)?;
    match request.entry(AUTH_PARAMETERS, "CHALLENGE_NAME") {
        None => custom::begin(pool, flow),
        Some("SRP_A") => password::challenge_srp(pool, flow, required(request, "SRP_A")?),
        Some(_) => Err(invalid_parameter("CHALLENGE_NAME has to be SRP_A.")),
    }
}

/// With rotation on, only GetTokensFromRefreshToken renews (API reference, RefreshTokenRotationType).
fn refresh(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    if client.refresh_token_rotation.enabled || !client.allows("ALLOW_REFRESH_TOKEN_AUTH") {
        return Err(invalid_parameter(
            "Refresh Token flow not enabled for this client",
        ));
    }
    let refresh_token = required(request, "REFRESH_TOKEN")?;
    let device_key = request.entry(AUTH_PARAMETERS, "DEVICE_KEY");
    tokens::renew(pool, client, refresh_token, device_key).map(with_tokens)
}

#[cfg(test)]
mod tests;
