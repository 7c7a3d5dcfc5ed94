//! `/oauth2/token`: tokens for a code or a refresh token (RFC 6749, sections 4.1.3 and 6; RFC 7636, section 4.5).

use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::Incoming;
use super::client::{Refused, authenticated, refused};
use super::parameters::Parameters;
use crate::app::App;
use crate::http::json_response;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::tokens::{self, SignedIn};

pub(super) fn post(app: &App, incoming: &Incoming) -> Response {
    match answer(app, incoming) {
        Ok(body) => json_response(StatusCode::OK, "application/json;charset=UTF-8", &body),
        // AWS says 400 of a client's failed authentication too.
        Err(refusal) => refusal.response(StatusCode::BAD_REQUEST),
    }
}

fn answer(app: &App, incoming: &Incoming) -> Result<Value, Refused> {
    let form = incoming.form.as_ref().map_err(|_| refused("invalid_request"))?;
    let mut world = app.world();
    let (pool, client) = authenticated(&mut world, &incoming.headers, form)?;
    match form.text("grant_type") {
        "authorization_code" => redeem(pool, &client, form),
        "refresh_token" => refresh(pool, &client, form),
        "" => Err(refused("invalid_request")),
        _ => Err(refused("unsupported_grant_type")),
    }
}

fn redeem(pool: &mut Pool, client: &Client, form: &Parameters) -> Result<Value, Refused> {
    if !client.oauth.flows.iter().any(|flow| flow == "code") {
        return Err(refused("unauthorized_client"));
    }
    let invalid = || refused("invalid_grant");
    let code = form.given("code").ok_or_else(|| refused("invalid_request"))?;
    let now = pool.now();
    let found = pool.hosted.codes.redeem(code, now);
    let grant = found.ok_or_else(|| invalid().because("no such code, or a used or expired one"))?;
    let ours = grant.client_id == client.id && grant.redirect_uri == form.text("redirect_uri");
    // A verifier without a challenge would be one that somebody has taken away (RFC 9700, section 2.1.1).
    let proven = match (&grant.code_challenge, form.given("code_verifier")) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => proves(verifier, challenge),
        _ => false,
    };
    let user = pool.kept.users.get(&grant.username);
    let reason = match user {
        _ if !ours => Some("the code is another client's, or for another redirect_uri"),
        _ if !proven => Some("the code_verifier does not fit the code_challenge"),
        Some(user) if user.may_stay_signed_in() => None,
        _ => Some("the user is gone, disabled or has to reset the password"),
    };
    if let Some(reason) = reason {
        return Err(invalid().because(reason));
    }
    let scopes = grant.scopes.clone();
    let signed_in = SignedIn {
        username: grant.username,
        methods: grant.methods,
        scopes: grant.scopes,
        nonce: grant.nonce,
        resource: grant.resource,
        sso_session: Some(grant.sso_session),
        auth_time: Some(grant.auth_time),
        ..SignedIn::default()
    };
    let result = tokens::sign_in(pool, client, signed_in).map_err(|_| invalid())?;
    Ok(response(&result, &scopes))
}

/// Whether a verifier is what a challenge was made of (RFC 7636, section 4.6).
fn proves(verifier: &str, challenge: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(unreserved)
        && bool::from(hash.as_bytes().ct_eq(challenge.as_bytes()))
}

fn refresh(pool: &mut Pool, client: &Client, form: &Parameters) -> Result<Value, Refused> {
    if !client.allows("ALLOW_REFRESH_TOKEN_AUTH") && !client.refresh_token_rotation.enabled {
        return Err(refused("unauthorized_client"));
    }
    let token = form
        .given("refresh_token")
        .ok_or_else(|| refused("invalid_request"))?;
    let scopes = pool.kept.tokens.of_refresh_token(token);
    let scopes = scopes.map(|session| session.scopes.clone()).unwrap_or_default();
    let result = tokens::renew(pool, client, token, None).map_err(|_| refused("invalid_grant"))?;
    Ok(response(&result, &scopes))
}

/// An AuthenticationResult as OAuth has it; an ID token only where OpenID Connect was asked for.
fn response(result: &Value, scopes: &[String]) -> Value {
    let names = [
        ("id_token", "IdToken"),
        ("access_token", "AccessToken"),
        ("refresh_token", "RefreshToken"),
        ("expires_in", "ExpiresIn"),
        ("token_type", "TokenType"),
    ];
    let open_id = scopes.iter().any(|scope| scope == "openid");
    let members: Map<String, Value> = names
        .into_iter()
        .filter(|(name, _)| open_id || *name != "id_token")
        .filter_map(|(name, member)| Some((name.to_owned(), result.get(member)?.clone())))
        .collect();
    json!(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{client, pool, tokens, world};

    #[test]
    fn a_refresh_token_is_of_no_use_to_another_client() {
        let mut world = world();
        let tokens = tokens(&mut world, "user@example.com");
        let token = tokens["RefreshToken"].as_str().unwrap();
        let form = Parameters::default().with("refresh_token", token);
        let ours = client(&mut world).clone();
        let other = Client {
            id: "other".to_owned(),
            ..ours.clone()
        };
        let pool = pool(&mut world);
        let refused = refresh(pool, &other, &form).unwrap_err();
        assert_eq!(refused.error, "invalid_grant");
        assert!(refresh(pool, &ours, &form).is_ok());
    }

    #[test]
    fn a_verifier_proves_its_own_challenge() {
        // RFC 7636, appendix B.
        let (verifier, challenge) = (
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        );
        assert!(proves(verifier, challenge));
        assert!(!proves(&verifier.replace('d', "e"), challenge));
        assert!(!proves(challenge, challenge));
        let short = "too-short";
        assert!(!proves(short, &URL_SAFE_NO_PAD.encode(Sha256::digest(short))));
    }
}
