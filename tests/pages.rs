//! Several pages at one engine: one session for all, and to each what its own person has begun.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod model;
mod support;

use serde_json::{Value, json};
use support::{PASSWORD, World, config_text, secret, with_password};
use yew_cognito::{
    engine::{
        Answer, AuthError, Command, Engine, Reply, SessionState, SignInRequest, SignUpRequest, SignedOutWhy,
        Step,
    },
    token::Code,
};

const NEWCOMER: &str = "new@example.com";
const TEMPORARY: &str = "Temporary-42!";

/// A page at which somebody is asked for a new password.
fn asked_for_new_password(world: &mut World) -> Engine {
    let page = world.engine.for_page();
    let step = world.execute_at(&page, with_password(NEWCOMER, TEMPORARY));
    assert!(matches!(step, Ok(Reply::Step(Step::Challenge(_)))), "{step:?}");
    page
}

fn new_password(text: &str) -> Command {
    Command::Answer(Answer::NewPassword {
        new_password: secret(text),
        attributes: Vec::new(),
    })
}

#[test]
fn a_sign_in_begun_at_another_page_does_not_disturb_the_one_here() {
    let mut world = World::new();
    let page = asked_for_new_password(&mut world);
    let other = world.engine.for_page();
    let wrong = world.execute_at(&other, with_password("user@example.com", "Wrong-42!"));
    assert_eq!(wrong.unwrap_err(), AuthError::WrongCredentials);
    let quiet = SignInRequest {
        username: "user@example.com".to_owned(),
        quiet: true,
        ..SignInRequest::default()
    };
    let _ = world.execute_at(&other, Command::SignIn(quiet));
    world.execute_at(&other, Command::CancelSignIn).unwrap();
    let step = world.execute_at(&page, new_password("Sunflower-43!"));
    assert!(matches!(step, Ok(Reply::Step(Step::SignedIn))), "{step:?}");
}

#[test]
fn whoever_signs_in_first_signs_in_all_pages_and_ends_what_the_others_began() {
    let mut world = World::new();
    let page = asked_for_new_password(&mut world);
    world.sign_in_user();
    assert!(matches!(page.snapshot().session, SessionState::SignedIn(_)));
    let late = world.execute_at(&page, new_password("Sunflower-43!"));
    assert_eq!(late.unwrap_err(), AuthError::SignInExpired);
    let again = world.execute_at(&page, with_password(NEWCOMER, TEMPORARY));
    assert_eq!(again.unwrap_err(), AuthError::AlreadySignedIn);
}

#[test]
fn of_two_sign_ins_at_the_same_time_one_counts_and_the_other_is_revoked() {
    let mut world = World::new();
    let (one, two) = (world.engine.for_page(), world.engine.for_page());
    let release = world.wire.hold("RespondToAuthChallenge");
    let first = world.begin_at(&one, with_password("user@example.com", PASSWORD));
    let second = world.begin_at(&two, with_password("admin@example.com", PASSWORD));
    world.settle();
    drop(release);
    world.settle();
    let outcomes = [first, second].map(|outcome| outcome.borrow_mut().take().unwrap());
    let signed_in = |outcome: &&Result<Reply, AuthError>| matches!(outcome, Ok(Reply::Step(Step::SignedIn)));
    assert_eq!(outcomes.iter().filter(signed_in).count(), 1, "{outcomes:?}");
    assert!(outcomes.contains_superseded());
    assert_eq!(world.sent("RevokeToken"), 1);
    assert!(world.execute(Command::UserAttributes).is_ok());
}

trait Outcomes {
    fn contains_superseded(&self) -> bool;
}

impl Outcomes for [Result<Reply, AuthError>; 2] {
    fn contains_superseded(&self) -> bool {
        self.iter()
            .any(|outcome| matches!(outcome, Err(AuthError::Superseded)))
    }
}

#[test]
fn signing_out_anywhere_signs_out_everywhere_at_once() {
    let mut world = World::new();
    let page = world.engine.for_page();
    world.sign_in_user();
    let scope = yew_cognito::engine::SignOutScope::ThisDevice;
    let outcome = world.begin_at(&page, Command::SignOut(scope));
    world.settle();
    assert!(!world.is_signed_in());
    assert!(matches!(outcome.borrow_mut().take(), Some(Ok(Reply::Done))));
    assert_eq!(
        world.execute(Command::AccessToken).unwrap_err(),
        AuthError::NotSignedIn
    );
}

#[test]
fn a_page_that_is_gone_signs_nobody_in() {
    let mut world = World::new();
    let page = world.engine.for_page();
    let release = world.wire.hold("RespondToAuthChallenge");
    let outcome = world.begin_at(&page, with_password("user@example.com", PASSWORD));
    world.settle();
    page.leave();
    drop(release);
    world.settle();
    assert!(!world.is_signed_in());
    assert!(matches!(
        outcome.borrow_mut().take(),
        Some(Err(AuthError::Superseded))
    ));
    assert_eq!(world.sent("RevokeToken"), 1, "what came of it");
}

#[test]
fn a_registration_waits_at_its_own_page() {
    let mut world = World::new();
    let (page, other) = (world.engine.for_page(), world.engine.for_page());
    let request = |username: &str| {
        Command::SignUp(SignUpRequest {
            username: username.to_owned(),
            password: Some(secret(PASSWORD)),
            ..SignUpRequest::default()
        })
    };
    world.execute_at(&page, request("ada@example.com")).unwrap();
    world.execute_at(&other, request("grace@example.com")).unwrap();
    let code = world.code("ada@example.com");
    let confirm = Command::ConfirmSignUp {
        username: "ada@example.com".to_owned(),
        code: Code::from(code),
    };
    let step = world.execute_at(&page, confirm);
    assert!(matches!(step, Ok(Reply::Step(Step::SignedIn))), "{step:?}");
}

#[test]
fn an_engine_without_pages_forgets_its_session() {
    let mut world = World::new();
    world.sign_in_user();
    let page = world.engine.for_page();
    world.engine.close();
    world.settle();
    assert_eq!(
        page.snapshot().session,
        SessionState::SignedOut {
            why: SignedOutWhy::PagesClosed
        }
    );
    assert_eq!(
        world.execute(Command::AccessToken).unwrap_err(),
        AuthError::NotSignedIn
    );
    assert_eq!(world.sent("RevokeToken"), 0);
}

#[test]
fn an_engine_without_pages_that_nobody_signed_in_at_has_nothing_to_tell() {
    let mut world = World::new();
    asked_for_new_password(&mut world);
    world.engine.close();
    world.settle();
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::NeverSignedIn
        }
    );
}

#[test]
fn an_engine_without_pages_revokes_where_it_is_told_to() {
    let pool = local_pool::Server::start(local_pool::Options::default()).unwrap();
    let mut config: Value = serde_json::from_str(&config_text(&pool.url(), local_pool::POOL_ID)).unwrap();
    config["custom"]["cognito"]["session"] = json!({"revoke_when_closed": true});
    let mut world = World::with_config(pool, &config.to_string());
    world.sign_in_user();
    world.engine.close();
    assert!(!world.is_signed_in());
    world.settle();
    assert_eq!(world.sent("RevokeToken"), 1);
}
