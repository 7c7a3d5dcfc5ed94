//! A sign-in that nobody has asked for: for a passkey's options alone.

use serde_json::json;
use yew_cognito::{
    cognito::Attribute,
    engine::{AuthError, Command, SignInRequest, SignUpRequest, Step},
};

use super::{Factor, PASSWORD, USER, World, begin, preferring, secret, support::service_error, world};

const NEWCOMER: &str = "newcomer@example.com";

/// A world where somebody waits for the code of a registration.
fn registering() -> World {
    // Without USER_AUTH the password alone signs in after the code.
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], json!({}));
    let step = world.step(Command::SignUp(SignUpRequest {
        username: NEWCOMER.to_owned(),
        password: Some(secret(PASSWORD)),
        attributes: vec![Attribute {
            name: "email".to_owned(),
            value: NEWCOMER.to_owned(),
        }],
        ..SignUpRequest::default()
    }));
    assert!(matches!(step, Ok(Step::ConfirmSignUp { .. })), "{step:?}");
    world
}

fn for_a_passkey(username: &str, quiet: bool) -> SignInRequest {
    SignInRequest {
        username: username.to_owned(),
        quiet,
        ..preferring(Some(Factor::Passkey))
    }
}

#[test]
fn sends_no_code_to_those_who_have_yet_to_confirm() {
    let mut world = registering();
    let refusal = service_error("UserNotConfirmedException", "User is not confirmed.");
    world.answer("InitiateAuth", 2, refusal);
    let step = begin(&mut world, for_a_passkey(NEWCOMER, true));
    assert_eq!(step, Err(AuthError::Superseded));
    assert_eq!(world.sent("ResendConfirmationCode"), 0);
    let step = begin(&mut world, for_a_passkey(NEWCOMER, false));
    assert!(matches!(step, Ok(Step::ConfirmSignUp { .. })), "{step:?}");
    assert_eq!(world.sent("ResendConfirmationCode"), 1);
}

#[test]
fn leaves_a_registration_under_way_alone() {
    for quiet in [true, false] {
        let mut world = registering();
        let code = world.code(NEWCOMER);
        let refused = begin(&mut world, for_a_passkey(USER, quiet));
        assert!(refused.is_err(), "{refused:?}");
        let step = world.confirm(NEWCOMER, &code);
        assert_eq!(step == Ok(Step::SignedIn), quiet, "{step:?}");
    }
}
