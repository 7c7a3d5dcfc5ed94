//! The engine against the local pool: sign-in through the hosted pages and identity providers, by code and PKCE.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../model/mod.rs"]
mod model;
#[path = "../support/mod.rs"]
mod support;

mod answers;
mod limits;
mod pages;
mod reauthentication;
mod requests;
mod sessions;
mod token_endpoint;

use local_pool::{Options, Server};
use serde_json::{Value, json};
use support::{PASSWORD, TOKEN, World, hosted::Browser};
use yew_cognito::{
    engine::{AuthError, Authorization, Command, Reply, SessionState, SignOutScope, SignedIn, Step},
    oauth::{AuthorizationRequest, AuthorizationResponse, Prompt, Transaction, Via},
};

const USER: &str = "user@example.com";
const CALLBACK: &str = "http://localhost:8080/callback";
const ADMIN_SCOPE: &str = "aws.cognito.signin.user.admin";

fn world() -> World {
    with_scopes(&["openid", "email", "profile", ADMIN_SCOPE])
}

fn with_scopes(scopes: &[&str]) -> World {
    configured(scopes, &json!({}))
}

/// With `limits` as `custom.cognito.session`.
fn with_limits(limits: &Value) -> World {
    configured(&["openid", "email", ADMIN_SCOPE], limits)
}

fn configured(scopes: &[&str], limits: &Value) -> World {
    let pool = Server::start(Options::default()).unwrap();
    let config = json!({
        "version": "1.4",
        "auth": {
            "aws_region": "us-east-1",
            "user_pool_id": local_pool::POOL_ID,
            "user_pool_client_id": local_pool::CLIENT_ID,
            "oauth": {
                "identity_providers": ["GOOGLE"],
                "domain": pool.url(),
                "scopes": scopes,
                "redirect_sign_in_uri": [CALLBACK, "http://localhost:8080/unknown"],
                "redirect_sign_out_uri": ["http://localhost:8080/"],
                "response_type": "code",
            },
        },
        "custom": { "cognito": { "endpoint": pool.url(), "session": limits } },
    });
    World::with_config(pool, &config.to_string())
}

fn request() -> AuthorizationRequest {
    AuthorizationRequest {
        redirect_uri: CALLBACK.to_owned(),
        ..AuthorizationRequest::default()
    }
}

fn by(provider: &str) -> AuthorizationRequest {
    AuthorizationRequest {
        via: Via::Provider(provider.to_owned()),
        ..request()
    }
}

fn again() -> AuthorizationRequest {
    AuthorizationRequest {
        reauthenticates: true,
        prompt: vec![Prompt::Login],
        ..request()
    }
}

fn browser(world: &World) -> Browser {
    Browser::new(&world.pool.url())
}

fn start(world: &mut World, request: AuthorizationRequest) -> Result<Authorization, AuthError> {
    match world.execute(Command::StartAuthorization(request))? {
        Reply::Authorization(authorization) => Ok(authorization),
        other => panic!("no authorization: {other:?}"),
    }
}

/// The answer in the address to which a browser comes back.
fn response(callback: &str) -> AuthorizationResponse {
    let (address, query) = callback.split_once('?').unwrap();
    assert_eq!(address, CALLBACK);
    AuthorizationResponse::read(query).unwrap()
}

fn finishing(transaction: &Transaction, response: &AuthorizationResponse) -> Command {
    Command::FinishAuthorization {
        transaction: transaction.clone(),
        response: response.clone(),
    }
}

fn finish(
    world: &mut World,
    transaction: &Transaction,
    response: &AuthorizationResponse,
) -> Result<Step, AuthError> {
    world.step(finishing(transaction, response))
}

/// What a page keeps and what comes back to it, of somebody who has signed in at the hosted page by password.
fn returned(
    world: &mut World,
    request: AuthorizationRequest,
    username: &str,
) -> (Transaction, AuthorizationResponse) {
    let Authorization { url, transaction } = start(world, request).unwrap();
    let callback = browser(world).sign_in(url.expose(), username, PASSWORD);
    (transaction, response(&callback))
}

/// The same, of somebody who comes through an identity provider.
fn federated(world: &mut World, provider: &str, person: &str) -> (Transaction, AuthorizationResponse) {
    let Authorization { url, transaction } = start(world, by(provider)).unwrap();
    let callback = browser(world).federate(url.expose(), person, &[]);
    (transaction, response(&callback))
}

fn sign_in(world: &mut World, username: &str) {
    let (transaction, response) = returned(world, request(), username);
    assert_eq!(finish(world, &transaction, &response), Ok(Step::SignedIn));
}

fn signed_in(world: &World) -> SignedIn {
    match world.session() {
        SessionState::SignedIn(session) => *session,
        other => panic!("not signed in: {other:?}"),
    }
}

fn sign_out(world: &mut World) {
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
}

/// Whether the pool still takes `token`.
fn is_alive(world: &World, token: &str) -> bool {
    let body = json!({"ClientId": local_pool::CLIENT_ID, "RefreshToken": token});
    world.call("GetTokensFromRefreshToken", &body).status == 200
}

/// The refresh tokens that the engine has had revoked.
fn revoked(world: &World) -> Vec<String> {
    let tokens = world.wire.all("RevokeToken");
    tokens
        .iter()
        .map(|body| body["Token"].as_str().unwrap().to_owned())
        .collect()
}

fn administer(world: &World, operation: &str, mut body: Value) -> Value {
    body["UserPoolId"] = json!(local_pool::POOL_ID);
    let answer = world.call(operation, &body);
    assert_eq!(answer.status, 200, "{}", answer.body.as_str());
    serde_json::from_str(&answer.body).unwrap()
}
