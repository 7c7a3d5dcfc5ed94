//! Whose credentials they are.

use serde_json::json;
use yew_cognito::engine::{AuthError, Command, SignOutScope, Step};

use crate::{
    GET, GET_ID, PROVIDER, RENEW, asked, credentials, long_lived_tokens,
    support::{PASSWORD, World},
    world,
};

fn sign_out(world: &mut World) {
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
}

#[test]
fn signing_out_drops_them_and_each_person_has_their_own() {
    let mut world = world();
    world.sign_in_user();
    let users = credentials(&mut world).unwrap();
    sign_out(&mut world);
    assert_eq!(credentials(&mut world), Err(AuthError::NotSignedIn));
    assert_eq!(world.sign_in("admin@example.com", PASSWORD), Ok(Step::SignedIn));
    let admins = credentials(&mut world).unwrap();
    assert_ne!(admins.identity_id, users.identity_id);
    sign_out(&mut world);
    world.sign_in_user();
    let again = credentials(&mut world).unwrap();
    assert_eq!(again.identity_id, users.identity_id);
    assert_ne!(again.secret_access_key, users.secret_access_key);
    assert_eq!(asked(&world), (3, 3));
}

#[test]
fn credentials_that_come_after_a_sign_out_are_for_nobody() {
    for held in [GET_ID, GET] {
        let mut world = world();
        world.sign_in_user();
        let release = world.wire.hold(held);
        let call = world.begin(Command::AwsCredentials);
        world.settle();
        sign_out(&mut world);
        assert_eq!(world.sign_in("admin@example.com", PASSWORD), Ok(Step::SignedIn));
        let admins = credentials(&mut world).unwrap();
        drop(release);
        world.settle();
        assert!(matches!(
            call.borrow_mut().take(),
            Some(Err(AuthError::Superseded))
        ));
        assert_eq!(credentials(&mut world).unwrap(), admins);
    }
}

#[test]
fn aws_looks_only_at_the_token_so_a_revoked_session_ends_with_it() {
    let mut world = world();
    long_lived_tokens(&world);
    world.sign_in_user();
    let first = world.engine.clone();
    world.reload();
    world.sign_in_user();
    world.execute(Command::SignOut(SignOutScope::Everywhere)).unwrap();
    world.engine = first;
    credentials(&mut world).unwrap();
    assert!(matches!(
        world.execute(Command::Refresh),
        Err(AuthError::NotSignedIn)
    ));
    assert_eq!(credentials(&mut world), Err(AuthError::NotSignedIn));
}

#[test]
fn an_identity_pool_that_checks_on_the_server_ends_a_revoked_session_at_once() {
    let mut world = world();
    let provider = json!({
        "provider_name": PROVIDER,
        "client_id": local_pool::CLIENT_ID,
        "server_side_token_check": true,
    });
    world.control("identity_pool", json!({"cognito_identity_providers": [provider]}));
    world.sign_in_user();
    let first = world.engine.clone();
    world.reload();
    world.sign_in_user();
    world.execute(Command::SignOut(SignOutScope::Everywhere)).unwrap();
    world.engine = first;
    assert!(world.is_signed_in());
    assert_eq!(credentials(&mut world), Err(AuthError::NotSignedIn));
    assert!(!world.is_signed_in());
    assert_eq!(world.sent(RENEW), 1);
}
