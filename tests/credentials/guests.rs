//! Credentials for people who have not signed in.

use serde_json::json;
use yew_cognito::engine::{AuthError, Command, SignOutScope};

use crate::{
    GET, GET_ID, asked, credentials,
    support::{PASSWORD, with_password},
    world, world_with_guests,
};

#[test]
fn guests_have_credentials_only_where_the_configuration_says_so() {
    let mut world = world();
    assert_eq!(credentials(&mut world), Err(AuthError::NotSignedIn));
    assert_eq!(asked(&world), (0, 0));
    let mut world = world_with_guests();
    let first = credentials(&mut world).unwrap();
    assert_eq!(credentials(&mut world).unwrap(), first);
    assert_eq!(asked(&world), (1, 1));
    assert!(world.wire.last(GET_ID).get("Logins").is_none());
    assert!(world.wire.last(GET).get("Logins").is_none());
}

#[test]
fn a_guest_who_signs_in_gets_their_own_and_becomes_another_guest_afterwards() {
    let mut world = world_with_guests();
    let guest = credentials(&mut world).unwrap();
    world.sign_in_user();
    let user = credentials(&mut world).unwrap();
    assert_ne!(user.identity_id, guest.identity_id);
    assert_ne!(user.secret_access_key, guest.secret_access_key);
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    let another = credentials(&mut world).unwrap();
    assert!(![&guest.identity_id, &user.identity_id].contains(&&another.identity_id));
    assert_eq!(asked(&world), (3, 3));
}

#[test]
fn credentials_that_a_guest_was_waiting_for_are_not_the_users() {
    let mut world = world_with_guests();
    let release = world.wire.hold(GET);
    let call = world.begin(Command::AwsCredentials);
    world.settle();
    world.step(with_password("user@example.com", PASSWORD)).unwrap();
    drop(release);
    world.settle();
    assert!(matches!(
        call.borrow_mut().take(),
        Some(Err(AuthError::Superseded))
    ));
    let user = credentials(&mut world).unwrap();
    assert_eq!(user.identity_id, world.wire.last(GET)["IdentityId"]);
    assert!(world.wire.last(GET).get("Logins").is_some());
}

#[test]
fn a_session_that_is_over_makes_nobody_a_guest_unasked() {
    let mut world = world_with_guests();
    world.sign_in_user();
    let everywhere = json!({"email": "user@example.com", "disabled": true});
    world.control("users", everywhere);
    world.time.sleep_device(2 * 60 * crate::MINUTE);
    world.control("clock", json!({"advance_seconds": 7200}));
    assert_eq!(credentials(&mut world), Err(AuthError::NotSignedIn));
    assert_eq!(asked(&world), (0, 0));
    // Whoever asks then is a guest, and is told so by the session.
    assert!(!world.is_signed_in());
    credentials(&mut world).unwrap();
}

#[test]
fn an_identity_pool_without_guests_says_so_to_the_owner() {
    let mut world = world_with_guests();
    world.control(
        "identity_pool",
        json!({"allow_unauthenticated_identities": false}),
    );
    assert_eq!(credentials(&mut world).unwrap_err().code(), "misconfigured");
    assert_eq!(asked(&world), (1, 0));
}

#[test]
fn a_guest_is_forgotten_with_the_last_page() {
    let mut world = world_with_guests();
    let guest = credentials(&mut world).unwrap();
    world.engine.close();
    assert_ne!(credentials(&mut world).unwrap().identity_id, guest.identity_id);
    let mut world = world_with_guests();
    let release = world.wire.hold(GET);
    let call = world.begin(Command::AwsCredentials);
    world.settle();
    world.engine.close();
    drop(release);
    world.settle();
    let answer = call.borrow_mut().take();
    assert!(matches!(answer, Some(Err(AuthError::Superseded))), "{answer:?}");
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (2, 2));
}
