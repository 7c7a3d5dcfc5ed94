use serde_json::json;
use yew_cognito::{
    cognito::Attribute,
    engine::{
        AccountCommand as C, AuthError, Command, SessionState, SignOutScope, SignUpRequest, SignedOutWhy,
        Step,
    },
};

use super::{USER, done};
use crate::support::{PASSWORD, World, secret};

const NEXT: &str = "Marigold-77!";

fn change(world: &mut World, previous: Option<&str>, proposed: &str) -> Result<(), AuthError> {
    let command = C::ChangePassword {
        previous: previous.map(secret),
        proposed: secret(proposed),
    };
    done(world, command)
}

fn sign_out(world: &mut World) {
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
}

#[test]
fn a_changed_password_is_the_one_to_sign_in_by() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(change(&mut world, Some(PASSWORD), NEXT), Ok(()));
    assert!(world.is_signed_in());
    sign_out(&mut world);
    assert_eq!(world.sign_in(USER, PASSWORD), Err(AuthError::WrongCredentials));
    assert_eq!(world.sign_in(USER, NEXT), Ok(Step::SignedIn));
}

#[test]
fn a_wrong_old_password_and_a_weak_new_one_are_told_apart() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(
        change(&mut world, Some("Wrong-horse-7!"), NEXT),
        Err(AuthError::WrongPassword)
    );
    assert_eq!(
        world.sent("ChangePassword"),
        1,
        "a wrong password counts: it is sent once"
    );
    let weak = change(&mut world, Some(PASSWORD), "short").unwrap_err();
    assert!(matches!(weak, AuthError::InvalidPassword(_)), "{weak:?}");
    let none = change(&mut world, None, NEXT).unwrap_err();
    assert!(matches!(none, AuthError::InvalidInput(_)), "{none:?}");
    assert!(world.is_signed_in());
}

#[test]
fn a_password_used_before_is_refused() {
    let mut world = World::new();
    world.control("pool", json!({"password_policy": {"history_size": 3}}));
    world.sign_in_user();
    assert_eq!(change(&mut world, Some(PASSWORD), NEXT), Ok(()));
    assert_eq!(
        change(&mut world, Some(NEXT), PASSWORD),
        Err(AuthError::PasswordReused)
    );
}

#[test]
fn too_many_wrong_passwords_have_to_wait() {
    let mut world = World::new();
    world.sign_in_user();
    let last = (0..9)
        .map(|_| change(&mut world, Some("Wrong-horse-7!"), NEXT).unwrap_err())
        .last();
    assert_eq!(last, Some(AuthError::LimitExceeded));
    assert!(world.is_signed_in());
}

#[test]
fn who_has_no_password_sets_the_first_one_without() {
    const NEWCOMER: &str = "newcomer@example.com";
    let mut world = World::new();
    world.control(
        "pool",
        json!({"allowed_first_auth_factors": ["PASSWORD", "EMAIL_OTP"]}),
    );
    let flows = json!({"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"]});
    world.control("client", flows);
    let sign_up = SignUpRequest {
        username: NEWCOMER.to_owned(),
        attributes: vec![Attribute {
            name: "email".to_owned(),
            value: NEWCOMER.to_owned(),
        }],
        ..SignUpRequest::default()
    };
    world.step(Command::SignUp(sign_up)).unwrap();
    let code = world.code(NEWCOMER);
    assert_eq!(world.confirm(NEWCOMER, &code), Ok(Step::SignedIn));
    assert_eq!(change(&mut world, None, NEXT), Ok(()));
    sign_out(&mut world);
    assert_eq!(world.sign_in(NEWCOMER, NEXT), Ok(Step::SignedIn));
}

#[test]
fn a_deleted_user_is_signed_out_and_cannot_come_back() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(done(&mut world, C::DeleteUser), Ok(()));
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::SignedOut
        }
    );
    assert_eq!(world.sign_in(USER, PASSWORD), Err(AuthError::WrongCredentials));
}

#[test]
fn a_deletion_that_did_not_arrive_leaves_all_as_it_was() {
    let mut world = World::new();
    world.sign_in_user();
    world.wire.cut(true);
    assert_eq!(done(&mut world, C::DeleteUser), Err(AuthError::Unreachable));
    world.wire.cut(false);
    assert_eq!(world.sent("DeleteUser"), 1);
    assert!(world.is_signed_in());
}
