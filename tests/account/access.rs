//! Access tokens that the service takes no more.

use yew_cognito::{
    engine::{AccountCommand as C, AuthError, Command, Reply, SessionState, SignedOutWhy},
    ports::Unreachable,
};

use super::{RENEW, all, done, execute, on_another_page, tell};
use crate::support::{World, service_error};

const REVOKED: &str = "Access Token has been revoked";

fn ended() -> SessionState {
    SessionState::SignedOut {
        why: SignedOutWhy::SessionEnded,
    }
}

#[test]
fn without_a_session_nothing_is_sent() {
    let mut world = World::new();
    for command in all() {
        let name = format!("{command:?}");
        assert_eq!(
            execute(&mut world, command).unwrap_err(),
            AuthError::NotSignedIn,
            "{name}"
        );
    }
    assert_eq!(world.wire.count("GetUser") + world.wire.count("DeleteUser"), 0);
}

#[test]
fn a_refused_token_is_renewed_and_the_request_sent_again() {
    let mut world = World::new();
    world.sign_in_user();
    for text in [REVOKED, "Access Token has expired", "Invalid Access Token"] {
        let before = (world.sent("ListUserSessions"), world.sent(RENEW));
        world.answer(
            "ListUserSessions",
            1,
            service_error("NotAuthorizedException", text),
        );
        assert!(tell!(&mut world, C::Sessions, Sessions).is_ok());
        let after = (world.sent("ListUserSessions"), world.sent(RENEW));
        assert_eq!(after, (before.0 + 2, before.1 + 1));
    }
}

#[test]
fn a_session_whose_new_token_is_refused_as_well_ends() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer("GetUser", 2, service_error("NotAuthorizedException", REVOKED));
    let error = world.execute(Command::UserAttributes).unwrap_err();
    assert_eq!(error, AuthError::NotSignedIn);
    assert_eq!(world.session(), ended());
    assert_eq!((world.sent("GetUser"), world.sent(RENEW)), (2, 1));
}

#[test]
fn a_session_ended_elsewhere_is_told_as_ended_whatever_is_asked() {
    for command in [
        Command::UserAttributes,
        Command::Account(C::Sessions),
        Command::Account(C::DeleteUser),
        Command::Account(C::UpdateAttributes(vec![super::attribute("name", "Ada")])),
    ] {
        let mut world = World::new();
        world.sign_in_user();
        let here = on_another_page(&mut world);
        world
            .execute(Command::SignOut(yew_cognito::engine::SignOutScope::Everywhere))
            .unwrap();
        world.engine = here;
        let name = format!("{command:?}");
        assert_eq!(
            world.execute(command).unwrap_err(),
            AuthError::NotSignedIn,
            "{name}"
        );
        assert_eq!(world.session(), ended(), "{name}");
    }
}

#[test]
fn a_user_who_is_gone_or_disabled_is_signed_out() {
    let mut world = World::new();
    world.sign_in_user();
    let here = on_another_page(&mut world);
    done(&mut world, C::DeleteUser).unwrap();
    world.engine = here;
    assert_eq!(
        done(&mut world, C::SetPasskeyMfa(true)),
        Err(AuthError::NotSignedIn)
    );
    assert_eq!(world.session(), ended());

    let mut world = World::new();
    world.sign_in_user();
    world.control(
        "users",
        serde_json::json!({"email": super::USER, "disabled": true}),
    );
    assert_eq!(
        tell!(&mut world, C::Sessions, Sessions),
        Err(AuthError::NotSignedIn)
    );
    assert_eq!(world.session(), ended());
}

#[test]
fn a_renewal_that_cannot_be_had_ends_nothing() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer("GetUser", 1, service_error("NotAuthorizedException", REVOKED));
    world.answer(RENEW, 1, Err(Unreachable));
    let error = world.execute(Command::UserAttributes).unwrap_err();
    assert_eq!(error, AuthError::Unreachable);
    assert!(world.is_signed_in());
    assert!(world.execute(Command::UserAttributes).is_ok());
}

#[test]
fn whoever_is_refused_at_once_shares_one_renewal() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer("GetUser", 2, service_error("NotAuthorizedException", REVOKED));
    let release = world.wire.hold(RENEW);
    let first = world.begin(Command::UserAttributes);
    let second = world.begin(Command::Account(C::MfaPreference));
    world.settle();
    drop(release);
    world.settle();
    for result in [first, second] {
        let result = result.borrow_mut().take().unwrap();
        assert!(
            matches!(result, Ok(Reply::Attributes(_) | Reply::Account(_))),
            "{result:?}"
        );
    }
    assert_eq!(world.sent(RENEW), 1);
}

#[test]
fn a_list_without_end_is_given_up() {
    let mut world = World::new();
    world.sign_in_user();
    let page = yew_cognito::ports::Response {
        status: 200,
        error_type: None,
        date: None,
        body: r#"{"Sessions":[],"NextToken":"again"}"#.to_owned().into(),
    };
    world.answer("ListUserSessions", 1000, Ok(page));
    let error = tell!(&mut world, C::Sessions, Sessions).unwrap_err();
    assert!(matches!(error, AuthError::Protocol(_)), "{error:?}");
}
