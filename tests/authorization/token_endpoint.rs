//! What may become of the one request for the tokens.

use std::time::Duration;

use support::status;
use yew_cognito::{
    engine::AuthError::*,
    ports::{Response, Unreachable},
};

use super::*;

fn says(status: u16, body: &str) -> Result<Response, Unreachable> {
    Ok(Response {
        status,
        error_type: None,
        date: None,
        body: body.to_owned().into(),
    })
}

/// What a sign-in comes to if the endpoint answers so.
fn answered(answer: Result<Response, Unreachable>) -> AuthError {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.answer(TOKEN, 1, answer);
    let refused = finish(&mut world, &transaction, &response).unwrap_err();
    assert_eq!(world.sent(TOKEN), 1, "nothing is sent twice");
    assert!(!world.is_signed_in() && revoked(&world).is_empty());
    refused
}

#[test]
fn its_failures_have_names_and_nothing_is_sent_twice() {
    assert_eq!(answered(Err(Unreachable)), AuthError::Unreachable);
    assert_eq!(answered(status(500)), ServiceFailure);
    assert_eq!(answered(status(503)), ServiceFailure);
    assert_eq!(answered(status(429)), Throttled);
    for answer in [
        status(200),
        status(400),
        status(302),
        says(200, ""),
        says(200, "{}"),
        says(200, "{\"id_token\":\"a.b.c\"}"),
        says(400, "{\"error\":7}"),
    ] {
        let error = answered(answer.clone());
        assert!(matches!(error, Protocol(_)), "{answer:?}: {error:?}");
    }
    assert_eq!(answered(says(400, "{\"error\":\"invalid_grant\"}")), CodeRefused);
    for name in ["invalid_client", "unauthorized_client", "invalid_request"] {
        let error = answered(says(400, &json!({ "error": name }).to_string()));
        assert!(
            matches!(&error, Misconfigured(words) if words.contains(name)),
            "{error:?}"
        );
    }
}

#[test]
fn an_answer_that_does_not_come_is_not_waited_for_forever() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    let held = world.wire.hold(TOKEN);
    let before = world.time.now();
    assert_eq!(finish(&mut world, &transaction, &response), Err(Timeout));
    assert!(world.time.now() - before < Duration::from_secs(60));
    assert_eq!(world.sent(TOKEN), 1);
    drop(held);
}

#[test]
fn an_answer_that_is_lost_takes_the_code_with_it() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.wire.lose(TOKEN);
    assert_eq!(
        finish(&mut world, &transaction, &response),
        Err(AuthError::Unreachable)
    );
    assert_eq!(world.sent(TOKEN), 1);
    assert_eq!(finish(&mut world, &transaction, &response), Err(CodeRefused));
}

#[test]
fn a_client_with_a_secret_is_a_mistake_of_the_owners() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.control("client", json!({ "secret": "not-a-secret-in-development" }));
    let refused = finish(&mut world, &transaction, &response);
    assert!(
        matches!(&refused, Err(Misconfigured(words)) if words.contains("without a secret")),
        "{refused:?}"
    );
}

#[test]
fn an_answer_without_a_refresh_token_is_not_understood() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.wire.patch(TOKEN, |body| {
        body.as_object_mut().unwrap().remove("refresh_token");
    });
    let refused = finish(&mut world, &transaction, &response);
    assert!(matches!(refused, Err(Protocol(_))), "{refused:?}");
    assert!(!world.is_signed_in());
}

#[test]
fn tokens_of_another_client_are_not_taken_and_revoked() {
    let mut world = world();
    let client = administer(
        &world,
        "CreateUserPoolClient",
        json!({
            "ClientName": "Other",
            "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email", "profile", ADMIN_SCOPE],
            "CallbackURLs": [CALLBACK],
            "SupportedIdentityProviders": ["COGNITO"],
        }),
    );
    let client = client["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    // The same request, but for the other client.
    let Authorization { url, transaction } = start(&mut world, request()).unwrap();
    let url = url.expose().replace(local_pool::CLIENT_ID, &client);
    let callback = browser(&world).sign_in(&url, USER, PASSWORD);
    let code = callback.split_once("code=").unwrap().1.split('&').next().unwrap();
    let form = format!(
        "grant_type=authorization_code&client_id={client}&code={code}&code_verifier={}&redirect_uri={}",
        transaction.verifier.expose(),
        CALLBACK.replace(':', "%3A").replace('/', "%2F"),
    );
    let headers = [("content-type", "application/x-www-form-urlencoded".to_owned())];
    let url = [&world.pool.url(), "/oauth2/token"].concat();
    let others = support::post(&url, &headers, &form).unwrap();
    assert_eq!(others.status, 200, "{}", others.body.as_str());

    world.answer(TOKEN, 1, Ok(others));
    let refused = finish(&mut world, &transaction, &response(&callback));
    assert!(matches!(refused, Err(InvalidToken(_))), "{refused:?}");
    assert!(!world.is_signed_in());
    assert_eq!(revoked(&world).len(), 1);
}
