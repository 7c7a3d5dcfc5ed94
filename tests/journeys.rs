//! The engine against the local pool: from sign-up to sign-out, and every mistake on the way.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod model;
mod support;

use serde_json::json;
use support::{PASSWORD, World, secret, service_error, with_password};
use yew_cognito::{
    cognito::{Attribute, Medium},
    engine::{
        Answer, Asks, AuthError, Command, Reply, SessionState, SignOutScope, SignUpRequest, SignedOutWhy,
        Step,
    },
    token::Code,
};

const NEWCOMER: &str = "newcomer@example.com";

fn sign_up(world: &mut World, password: &str) -> Result<Step, AuthError> {
    world.step(Command::SignUp(SignUpRequest {
        username: NEWCOMER.to_owned(),
        password: Some(secret(password)),
        attributes: vec![Attribute {
            name: "email".to_owned(),
            value: NEWCOMER.to_owned(),
        }],
        ..SignUpRequest::default()
    }))
}

fn reset_password(world: &mut World, username: &str, code: &str, password: &str) -> Result<Step, AuthError> {
    world.step(Command::ResetPassword {
        username: username.to_owned(),
        code: Code::from(code.to_owned()),
        new_password: secret(password),
    })
}

fn set_new_password(world: &mut World, password: &str) -> Result<Step, AuthError> {
    world.step(Command::Answer(Answer::NewPassword {
        new_password: secret(password),
        attributes: Vec::new(),
    }))
}

/// A code that is not `code`.
fn other_than(code: &str) -> String {
    if code == "000000" {
        "000001".to_owned()
    } else {
        "000000".to_owned()
    }
}

#[test]
fn signing_up_and_confirming_signs_in() {
    let mut world = World::new();
    let step = sign_up(&mut world, PASSWORD).unwrap();
    let Step::ConfirmSignUp {
        username,
        delivery: Some(delivery),
    } = step
    else {
        panic!("{step:?}")
    };
    assert_eq!(username, NEWCOMER);
    assert_eq!(delivery.medium, Some(Medium::Email));
    assert!(
        !delivery.destination.unwrap().contains("newcomer"),
        "the address is masked"
    );

    let code = world.code(NEWCOMER);
    assert_eq!(
        world.confirm(NEWCOMER, &other_than(&code)),
        Err(AuthError::CodeMismatch)
    );
    assert_eq!(world.confirm(NEWCOMER, &code), Ok(Step::SignedIn));
    let SessionState::SignedIn(session) = world.session() else {
        panic!("not signed in")
    };
    assert_eq!(session.claims.email.as_deref(), Some(NEWCOMER));
    assert!(session.claims.email_verified);
}

#[test]
fn a_password_against_the_policy_is_refused_with_the_reason() {
    let mut world = World::new();
    let error = sign_up(&mut world, "short").unwrap_err();
    assert!(
        matches!(&error, AuthError::InvalidPassword(why) if why.contains("not long enough")),
        "{error:?}"
    );
}

#[test]
fn a_taken_address_is_said_to_be_taken() {
    let mut world = World::new();
    world.control(
        "users",
        json!({"email": NEWCOMER, "password": PASSWORD, "status": "CONFIRMED"}),
    );
    assert_eq!(sign_up(&mut world, PASSWORD), Err(AuthError::UsernameExists));
}

#[test]
fn a_wrong_password_and_an_unknown_user_look_alike() {
    let mut world = World::new();
    assert_eq!(
        world.sign_in("user@example.com", "Wrong-horse-7!"),
        Err(AuthError::WrongCredentials)
    );
    assert_eq!(
        world.sign_in("nobody@example.com", PASSWORD),
        Err(AuthError::WrongCredentials)
    );
    world.control("client", json!({"prevent_user_existence_errors": "LEGACY"}));
    assert_eq!(
        world.sign_in("nobody@example.com", PASSWORD),
        Err(AuthError::WrongCredentials)
    );
    assert!(!world.is_signed_in());
}

#[test]
fn an_unconfirmed_user_is_sent_a_code_and_comes_in_by_it() {
    let mut world = World::new();
    world.control(
        "users",
        json!({"email": NEWCOMER, "password": PASSWORD, "status": "UNCONFIRMED"}),
    );
    let step = world.sign_in(NEWCOMER, PASSWORD).unwrap();
    assert!(
        matches!(
            &step,
            Step::ConfirmSignUp {
                delivery: Some(_),
                ..
            }
        ),
        "{step:?}"
    );
    let code = world.code(NEWCOMER);
    assert_eq!(world.confirm(NEWCOMER, &code), Ok(Step::SignedIn));
}

#[test]
fn a_confirmation_long_after_the_password_was_typed_asks_for_it_again() {
    let mut world = World::new();
    sign_up(&mut world, PASSWORD).unwrap();
    world.pass_everywhere(std::time::Duration::from_secs(16 * 60));
    let code = world.code(NEWCOMER);
    assert_eq!(
        world.confirm(NEWCOMER, &code),
        Ok(Step::SignIn {
            username: NEWCOMER.to_owned()
        })
    );
}

#[test]
fn an_expired_code_is_told_from_a_wrong_one_and_a_new_one_helps() {
    let mut world = World::new();
    sign_up(&mut world, PASSWORD).unwrap();
    let old = world.code(NEWCOMER);
    world.control("clock", json!({"advance_seconds": 25 * 3600}));
    assert_eq!(world.confirm(NEWCOMER, &old), Err(AuthError::CodeExpired));
    let resend = Command::ResendSignUpCode {
        username: NEWCOMER.to_owned(),
    };
    assert!(matches!(world.execute(resend), Ok(Reply::CodeSent(_))));
    world.control("clock", json!({"advance_seconds": -25 * 3600}));
    let code = world.code(NEWCOMER);
    assert_eq!(world.confirm(NEWCOMER, &code), Ok(Step::SignedIn));
}

#[test]
fn a_forgotten_password_is_reset_by_code_and_signs_in() {
    let mut world = World::new();
    let forgot = Command::ForgotPassword {
        username: "user@example.com".to_owned(),
    };
    assert!(matches!(world.execute(forgot), Ok(Reply::CodeSent(_))));
    let code = world.code("user@example.com");
    assert_eq!(
        reset_password(&mut world, "user@example.com", &other_than(&code), "Marigold-77!"),
        Err(AuthError::CodeMismatch)
    );
    assert_eq!(
        reset_password(&mut world, "user@example.com", &code, "Marigold-77!"),
        Ok(Step::SignedIn)
    );
    assert_eq!(
        world
            .execute(Command::SignOut(SignOutScope::ThisDevice))
            .map(drop),
        Ok(())
    );
    assert_eq!(
        world.sign_in("user@example.com", PASSWORD),
        Err(AuthError::WrongCredentials)
    );
}

#[test]
fn a_reset_for_an_unknown_user_tells_nothing() {
    for setting in ["ENABLED", "LEGACY"] {
        let mut world = World::new();
        world.control("client", json!({"prevent_user_existence_errors": setting}));
        let forgot = Command::ForgotPassword {
            username: "nobody@example.com".to_owned(),
        };
        assert!(
            matches!(world.execute(forgot), Ok(Reply::CodeSent(_))),
            "{setting}"
        );
    }
}

#[test]
fn a_forced_new_password_can_be_chosen_again_until_it_fits() {
    let mut world = World::new();
    let step = world.sign_in("new@example.com", "Temporary-42!").unwrap();
    assert!(
        matches!(&step, Step::Challenge(challenge) if matches!(challenge.asks, Asks::NewPassword { .. })),
        "{step:?}"
    );
    assert!(!world.is_signed_in());
    let error = set_new_password(&mut world, "short").unwrap_err();
    assert!(matches!(error, AuthError::InvalidPassword(_)), "{error:?}");
    assert_eq!(set_new_password(&mut world, "Marigold-77!"), Ok(Step::SignedIn));
}

#[test]
fn a_new_password_after_the_sign_in_was_given_up_is_not_sent() {
    let mut world = World::new();
    world.sign_in("new@example.com", "Temporary-42!").unwrap();
    world.execute(Command::CancelSignIn).unwrap();
    assert_eq!(
        set_new_password(&mut world, "Marigold-77!"),
        Err(AuthError::SignInExpired)
    );
}

#[test]
fn a_reset_that_an_administrator_asked_for_leads_to_the_code() {
    let mut world = World::new();
    world.control(
        "users",
        json!({"email": NEWCOMER, "password": PASSWORD, "status": "RESET_REQUIRED"}),
    );
    let step = world.sign_in(NEWCOMER, PASSWORD).unwrap();
    assert!(matches!(step, Step::ResetPassword { .. }), "{step:?}");
}

#[test]
fn a_disabled_user_and_a_locked_out_one_are_told_so() {
    let mut world = World::new();
    world.control(
        "users",
        json!({"email": NEWCOMER, "password": PASSWORD, "disabled": true}),
    );
    assert_eq!(world.sign_in(NEWCOMER, PASSWORD), Err(AuthError::UserDisabled));
    let last = (0..8)
        .map(|_| world.sign_in("user@example.com", "Wrong-horse-7!").unwrap_err())
        .last();
    assert_eq!(last, Some(AuthError::PasswordAttemptsExceeded));
}

#[test]
fn the_later_of_two_sign_ins_wins() {
    let mut world = World::new();
    let release = world.wire.hold("RespondToAuthChallenge");
    let first = world.begin(with_password("user@example.com", PASSWORD));
    world.settle();
    assert_eq!(world.sign_in("admin@example.com", PASSWORD), Ok(Step::SignedIn));
    release.send(()).unwrap();
    world.settle();
    assert_eq!(
        first.borrow_mut().take().unwrap().unwrap_err(),
        AuthError::Superseded
    );
    let SessionState::SignedIn(session) = world.session() else {
        panic!("not signed in")
    };
    assert_eq!(session.claims.email.as_deref(), Some("admin@example.com"));
    assert_eq!(session.claims.groups, ["admins"]);
    assert_eq!(
        world.sent("RevokeToken"),
        1,
        "the tokens of the first are revoked"
    );
}

#[test]
fn a_sign_in_given_up_leaves_no_password_behind() {
    let mut world = World::new();
    world.control(
        "users",
        json!({"email": NEWCOMER, "password": PASSWORD, "status": "UNCONFIRMED"}),
    );
    let release = world.wire.hold("RespondToAuthChallenge");
    let sign_in = world.begin(with_password(NEWCOMER, PASSWORD));
    world.settle();
    world.execute(Command::CancelSignIn).unwrap();
    release.send(()).unwrap();
    world.settle();
    let error = sign_in.borrow_mut().take().unwrap().unwrap_err();
    assert_eq!(error, AuthError::Superseded);
    assert_eq!(world.sent("ResendConfirmationCode"), 0);
    let resend = Command::ResendSignUpCode {
        username: NEWCOMER.to_owned(),
    };
    world.execute(resend).unwrap();
    let code = world.code(NEWCOMER);
    let step = world.confirm(NEWCOMER, &code).unwrap();
    assert!(matches!(step, Step::SignIn { .. }), "{step:?}");
}

#[test]
fn a_trigger_speaks_in_its_own_words() {
    let mut world = World::new();
    let refusal = "PreSignUp failed with error Only staff may register.";
    world.answer(
        "SignUp",
        1,
        service_error("UserLambdaValidationException", refusal),
    );
    assert_eq!(
        sign_up(&mut world, PASSWORD),
        Err(AuthError::Refused("Only staff may register.".to_owned()))
    );
}

#[test]
fn attributes_come_from_the_pool() {
    let mut world = World::new();
    world.sign_in_user();
    let Ok(Reply::Attributes(attributes)) = world.execute(Command::UserAttributes) else {
        panic!("no attributes")
    };
    assert!(
        attributes
            .iter()
            .any(|it| it.name == "email" && it.value == "user@example.com")
    );
}

#[test]
fn signing_out_here_revokes_and_everywhere_ends_all() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(
        world
            .execute(Command::SignOut(SignOutScope::ThisDevice))
            .map(drop),
        Ok(())
    );
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::SignedOut
        }
    );
    assert_eq!(world.sent("RevokeToken"), 1);
    assert!(matches!(
        world.execute(Command::AccessToken),
        Err(AuthError::NotSignedIn)
    ));

    world.sign_in_user();
    assert_eq!(
        world
            .execute(Command::SignOut(SignOutScope::Everywhere))
            .map(drop),
        Ok(())
    );
    assert_eq!(world.sent("GlobalSignOut"), 1);
    assert!(!world.is_signed_in());
}

#[test]
fn signing_out_works_without_a_network() {
    let mut world = World::new();
    world.sign_in_user();
    world.wire.cut(true);
    assert_eq!(
        world
            .execute(Command::SignOut(SignOutScope::ThisDevice))
            .unwrap_err(),
        AuthError::Unreachable
    );
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::SignedOut
        }
    );
}

#[test]
fn debug_output_holds_no_secret() {
    let mut world = World::new();
    world.sign_in_user();
    let Ok(Reply::AccessToken(token)) = world.execute(Command::AccessToken) else {
        panic!("no token")
    };
    let command = with_password("a", PASSWORD);
    let shown = format!(
        "{command:?} {:?} {:?}",
        Reply::AccessToken(token.clone()),
        world.events.borrow()
    );
    assert!(!shown.contains(PASSWORD));
    assert!(!shown.contains(token.expose()));
    assert!(!shown.contains("eyJ"));
}

#[test]
fn a_confirmation_whose_answer_was_lost_still_signs_in() {
    let mut world = World::new();
    sign_up(&mut world, PASSWORD).unwrap();
    let code = world.code(NEWCOMER);
    world.wire.patch("ConfirmSignUp", |body| *body = json!("cut off"));
    assert!(matches!(
        world.confirm(NEWCOMER, &code),
        Err(AuthError::Protocol(_))
    ));
    assert_eq!(world.confirm(NEWCOMER, &code), Ok(Step::SignedIn));
}

#[test]
fn whoever_is_signed_in_is_told_so() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(
        world.sign_in("admin@example.com", PASSWORD),
        Err(AuthError::AlreadySignedIn)
    );
    assert!(world.is_signed_in());
}

#[test]
fn a_sign_in_that_began_later_is_not_overtaken_by_a_reset() {
    let mut world = World::new();
    world
        .execute(Command::ForgotPassword {
            username: "user@example.com".to_owned(),
        })
        .unwrap();
    let code = world.code("user@example.com");
    let release = world.wire.hold("ConfirmForgotPassword");
    let reset = world.begin(Command::ResetPassword {
        username: "user@example.com".to_owned(),
        code: Code::from(code),
        new_password: secret("Marigold-77!"),
    });
    world.settle();
    assert_eq!(world.sign_in("admin@example.com", PASSWORD), Ok(Step::SignedIn));
    drop(release);
    world.settle();
    assert_eq!(
        reset.borrow_mut().take().unwrap().unwrap_err(),
        AuthError::Superseded
    );
    let SessionState::SignedIn(session) = world.session() else {
        panic!("not signed in")
    };
    assert_eq!(session.claims.email.as_deref(), Some("admin@example.com"));
}
