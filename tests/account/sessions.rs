use yew_cognito::{
    cognito::{SessionKind, UserSession},
    engine::{AccountCommand as C, AuthError, Command, SessionState, SignedOutWhy},
    ports::UnixMillis,
};

use super::{done, on_another_page, tell};
use crate::support::World;

fn sessions(world: &mut World) -> Vec<UserSession> {
    tell!(world, C::Sessions, Sessions).unwrap()
}

fn revoke(world: &mut World, session: &UserSession, linked: bool) -> Result<(), AuthError> {
    let id = session.session_id.clone();
    done(world, C::RevokeSession { id, linked })
}

#[test]
fn sessions_are_listed_and_this_one_is_marked() {
    let mut world = World::new();
    world.sign_in_user();
    let _first = on_another_page(&mut world);
    let listed = sessions(&mut world);
    assert_eq!(listed.len(), 2);
    assert_eq!(
        listed.iter().filter(|session| session.is_current_session).count(),
        1
    );
    for session in &listed {
        assert_eq!(session.kind, SessionKind::Token);
        assert_eq!(session.client_id.as_deref(), Some(local_pool::CLIENT_ID));
        assert_eq!(session.last_ip_address.as_deref(), Some("127.0.0.1"));
        assert!(session.last_location.as_ref().unwrap().country.is_some());
        assert!(session.last_active_at >= session.created_at && session.created_at.is_some());
    }
}

#[test]
fn a_session_revoked_elsewhere_is_over() {
    let mut world = World::new();
    world.sign_in_user();
    let first = on_another_page(&mut world);
    let listed = sessions(&mut world);
    let other = listed.iter().find(|session| !session.is_current_session).unwrap();
    assert_eq!(revoke(&mut world, other, false), Ok(()));
    assert!(
        world
            .wire
            .last("RevokeUserSession")
            .get("RevokeAssociatedSessions")
            .is_none()
    );
    assert_eq!(revoke(&mut world, other, true), Err(AuthError::AlreadyGone));
    assert_eq!(
        world.wire.last("RevokeUserSession")["RevokeAssociatedSessions"],
        "LINKED"
    );
    assert_eq!(sessions(&mut world).len(), 1);

    world.engine = first;
    assert_eq!(
        world.execute(Command::UserAttributes).unwrap_err(),
        AuthError::NotSignedIn
    );
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::SessionEnded
        }
    );
}

#[test]
fn this_session_is_not_revoked_so() {
    let mut world = World::new();
    world.sign_in_user();
    let this = sessions(&mut world).remove(0);
    let error = revoke(&mut world, &this, false).unwrap_err();
    assert!(matches!(error, AuthError::InvalidInput(_)), "{error:?}");
    assert!(world.is_signed_in());
}

#[test]
fn all_pages_are_listed() {
    let mut world = World::new();
    world.sign_in_user();
    let _first = on_another_page(&mut world);
    // The pool's pages begin behind the session that the token names.
    world.wire.patch("ListUserSessions", |body| {
        let list = body["Sessions"].as_array_mut().unwrap();
        list.truncate(1);
        body["NextToken"] = list[0]["SessionId"].clone();
    });
    assert_eq!(sessions(&mut world).len(), 2);
    assert_eq!(world.sent("ListUserSessions"), 2);
}

#[test]
fn a_session_passes_to_the_page_unchanged() {
    let mut world = World::new();
    world.sign_in_user();
    world.wire.patch("ListUserSessions", |body| {
        body["Sessions"][0]["CreateDate"] = serde_json::json!(1_700_000_000.25);
        body["Sessions"][0]["SessionType"] = serde_json::json!("TELEPATHY");
    });
    let listed = sessions(&mut world);
    assert_eq!(listed[0].created_at, Some(UnixMillis(1_700_000_000_250)));
    assert_eq!(listed[0].kind, SessionKind::Other);
    let text = serde_json::to_string(&listed).unwrap();
    assert_eq!(serde_json::from_str::<Vec<UserSession>>(&text).unwrap(), listed);
}
