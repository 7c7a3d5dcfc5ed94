//! From a registration straight into a session.

use yew_cognito::{cognito::Attribute, engine::SignUpRequest};

use super::*;

const NEWCOMER: &str = "newcomer@example.com";

fn passwordless() -> World {
    world(
        &["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"],
        json!({"allowed_first_auth_factors": ["PASSWORD", "EMAIL_OTP"]}),
    )
}

fn sign_up(world: &mut World, password: Option<&str>) -> Step {
    let request = SignUpRequest {
        username: NEWCOMER.to_owned(),
        password: password.map(secret),
        attributes: vec![Attribute {
            name: "email".to_owned(),
            value: NEWCOMER.to_owned(),
        }],
        ..SignUpRequest::default()
    };
    world.step(Command::SignUp(request)).unwrap()
}

#[test]
fn the_code_that_confirms_signs_in_without_any_password() {
    let mut world = passwordless();
    let step = sign_up(&mut world, None);
    assert!(matches!(step, Step::ConfirmSignUp { .. }), "{step:?}");
    assert!(world.wire.last("SignUp").get("Password").is_none());
    let sent = world.code(NEWCOMER);
    assert_eq!(
        world.confirm(NEWCOMER, &other_than(&sent)),
        Err(AuthError::CodeMismatch)
    );
    let step = world.confirm(NEWCOMER, &sent);
    is_in(&mut world, step);
    assert!(world.wire.last("InitiateAuth")["Session"].is_string());
}

#[test]
fn with_a_password_the_session_of_the_confirmation_is_enough_too() {
    let mut world = passwordless();
    sign_up(&mut world, Some(PASSWORD));
    let sent = world.code(NEWCOMER);
    let step = world.confirm(NEWCOMER, &sent);
    is_in(&mut world, step);
    assert_eq!(world.sent("RespondToAuthChallenge"), 0, "no password was proved");
}

#[test]
fn a_confirmation_after_the_session_has_run_out_goes_on_as_it_can() {
    let mut world = passwordless();
    sign_up(&mut world, Some(PASSWORD));
    too_late(&mut world);
    let sent = world.code(NEWCOMER);
    let step = world.confirm(NEWCOMER, &sent);
    is_in(&mut world, step);

    let mut world = passwordless();
    sign_up(&mut world, None);
    too_late(&mut world);
    let sent = world.code(NEWCOMER);
    let step = world.confirm(NEWCOMER, &sent);
    let fine = matches!(
        step,
        Ok(Step::SignedIn | Step::SignIn { .. } | Step::Challenge(_))
    );
    assert!(fine, "{step:?}");
}

#[test]
fn a_second_factor_that_the_pool_requires_is_set_up_on_the_way() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["software_token"]));
    sign_up(&mut world, Some(PASSWORD));
    let sent = world.code(NEWCOMER);
    let step = world.confirm(NEWCOMER, &sent);
    let challenge = asked(step);
    let Asks::SetUpTotp(app) = challenge.asks else {
        panic!("{challenge:?}")
    };
    let shown = totp(&world, &app);
    let step = answer(&mut world, code(&shown));
    is_in(&mut world, step);
}
