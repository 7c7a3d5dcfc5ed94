//! The engine against the local pool: every flow and every challenge on the way in.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../local-pool/tests/support/authenticator.rs"]
mod authenticator;
#[path = "../model/mod.rs"]
mod model;
#[path = "../support/mod.rs"]
mod support;

mod choice;
mod custom;
mod devices;
mod first_password;
mod flows;
mod quiet;
mod second_factor;
mod setup;
mod sign_up;
mod step_up;

use std::time::Duration;

use serde_json::{Value, json};
use support::{PASSWORD, World, secret};
use yew_cognito::{
    config::{Factor, MfaMethod, SignInFlow},
    engine::{
        Answer, Asks, AuthError, Challenge, CodeAsked, CodeFrom, Command, SessionState, SignInRequest, Step,
    },
    token::{Code, TotpSecret},
};

const USER: &str = "user@example.com";
const PHONE: &str = "+12025550143";
/// More than a Session lives.
const TOO_LONG: Duration = Duration::from_secs(4 * 60);

/// A world whose app client allows `flows` beside renewal.
fn world(flows: &[&str], pool: Value) -> World {
    let world = World::new();
    let mut all = vec!["ALLOW_REFRESH_TOKEN_AUTH"];
    all.extend(flows);
    world.control("client", json!({ "explicit_auth_flows": all }));
    world.control("pool", pool);
    world.control(
        "users",
        json!({"email": USER, "attributes": {"phone_number": PHONE, "phone_number_verified": "true"}}),
    );
    world
}

fn begin(world: &mut World, request: SignInRequest) -> Result<Step, AuthError> {
    world.step(Command::SignIn(request))
}

/// A sign-in without a password, by `factor` if there is one.
fn preferring(factor: Option<Factor>) -> SignInRequest {
    SignInRequest {
        username: USER.to_owned(),
        flow: Some(SignInFlow::UserAuth),
        preferred: factor,
        ..SignInRequest::default()
    }
}

fn by(flow: SignInFlow) -> SignInRequest {
    SignInRequest {
        username: USER.to_owned(),
        password: Some(secret(PASSWORD)),
        flow: Some(flow),
        ..SignInRequest::default()
    }
}

fn answer(world: &mut World, answer: Answer) -> Result<Step, AuthError> {
    world.step(Command::Answer(answer))
}

fn code(text: &str) -> Answer {
    Answer::Code(Code::from(text.to_owned()))
}

/// What `step` asks.
#[track_caller]
fn asked(step: Result<Step, AuthError>) -> Challenge {
    match step {
        Ok(Step::Challenge(challenge)) => *challenge,
        other => panic!("no challenge: {other:?}"),
    }
}

/// The code that `step` asks for; whether the sign-in had begun anew.
#[track_caller]
fn asked_code(step: Result<Step, AuthError>) -> (CodeAsked, bool) {
    let challenge = asked(step);
    match challenge.asks {
        Asks::Code(code) => (code, challenge.renewed),
        other => panic!("no code: {other:?}"),
    }
}

fn other_than(code: &str) -> String {
    let digit = if code.starts_with('0') { '1' } else { '0' };
    format!("{digit}{}", &code[1..])
}

fn mails(world: &World) -> usize {
    world.control_get("mailbox")["mails"].as_array().unwrap().len()
}

/// The pool's clock alone moves: what it keeps for a while is gone.
fn too_late(world: &mut World) {
    world.pass_everywhere(TOO_LONG);
}

/// The session lives: it can be renewed.
#[track_caller]
fn is_in(world: &mut World, step: Result<Step, AuthError>) {
    assert_eq!(step, Ok(Step::SignedIn));
    assert!(matches!(world.session(), SessionState::SignedIn(_)));
    assert!(
        world.execute(Command::Refresh).is_ok(),
        "the session can be renewed"
    );
}

fn mfa(configuration: &str, methods: &[&str]) -> Value {
    let mut mfa = json!({ "configuration": configuration });
    for method in methods {
        mfa[*method] = json!(true);
    }
    json!({ "mfa": mfa })
}

/// The code that an authenticator app shows now.
fn totp(world: &World, secret: &TotpSecret) -> String {
    let now = world.control("clock", json!({"advance_seconds": 0}))["now"].as_u64();
    support::totp(secret.expose(), now.unwrap())
}

/// A person with an authenticator app, set up on the way in and signed out again.
fn with_app(configuration: &str, methods: &[&str]) -> (World, TotpSecret) {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["software_token"]));
    let Asks::SetUpTotp(secret) = asked(world.sign_in(USER, PASSWORD)).asks else {
        panic!("no set-up")
    };
    let shown = totp(&world, &secret);
    assert_eq!(answer(&mut world, code(&shown)), Ok(Step::SignedIn));
    sign_out(&mut world);
    let mut all = vec!["software_token"];
    all.extend(methods);
    world.control("pool", mfa(configuration, &all));
    // A code works once.
    world.pass_everywhere(Duration::from_secs(60));
    (world, secret)
}

fn sign_out(world: &mut World) {
    let done = world.execute(Command::SignOut(yew_cognito::engine::SignOutScope::ThisDevice));
    assert!(done.is_ok(), "{done:?}");
}

fn is_sent(code: &CodeAsked) -> bool {
    matches!(code.from, CodeFrom::Sent(_))
}

/// Both methods, as the choice lists them.
fn methods(asks: &Asks) -> Vec<MfaMethod> {
    match asks {
        Asks::ChooseMfa(methods) | Asks::ChooseMfaSetup(methods) => methods.clone(),
        other => panic!("no choice: {other:?}"),
    }
}
