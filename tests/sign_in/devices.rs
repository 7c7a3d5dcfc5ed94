//! Remembered devices: registered at the first sign-in, proving themselves at the next.

use super::*;
use crate::support::service_error;

fn pool(only_on_prompt: bool) -> World {
    let mut settings = mfa("ON", &["email"]);
    settings["devices"] = json!({
        "challenge_required_on_new_device": true,
        "only_remembered_on_user_prompt": only_on_prompt,
    });
    world(&["ALLOW_USER_SRP_AUTH"], settings)
}

/// Signs in with the code that a new device needs.
#[track_caller]
fn with_code(world: &mut World) {
    asked_code(world.sign_in(USER, PASSWORD));
    let sent = world.code(USER);
    let step = answer(world, code(&sent));
    is_in(world, step);
}

fn asks_to_remember(world: &World) -> bool {
    match world.session() {
        SessionState::SignedIn(session) => session.asks_to_remember_device,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_device_that_is_always_remembered_spares_the_code_next_time() {
    let mut world = pool(false);
    with_code(&mut world);
    assert!(!asks_to_remember(&world));
    assert_eq!(world.sent("ConfirmDevice"), 1);
    assert!(world.wire.last("GetTokensFromRefreshToken")["DeviceKey"].is_string());
    sign_out(&mut world);
    let before = mails(&world);
    let step = world.sign_in(USER, PASSWORD);
    is_in(&mut world, step);
    assert_eq!(mails(&world), before, "no code was sent");
    assert_eq!(
        world.wire.last("RespondToAuthChallenge")["ChallengeName"],
        "DEVICE_PASSWORD_VERIFIER"
    );
    assert_eq!(world.sent("ConfirmDevice"), 1, "the device is registered once");
    sign_out(&mut world);
    // However the name is written.
    let step = world.sign_in(" USER@Example.com ".trim(), PASSWORD);
    is_in(&mut world, step);
}

#[test]
fn where_the_person_is_asked_a_yes_spares_the_code_and_a_no_does_not() {
    let mut world = pool(true);
    with_code(&mut world);
    assert!(asks_to_remember(&world));
    world.execute(Command::RememberDevice(false)).unwrap();
    assert!(!asks_to_remember(&world), "it is asked once");
    sign_out(&mut world);
    with_code(&mut world);
    world.execute(Command::RememberDevice(true)).unwrap();
    sign_out(&mut world);
    let step = world.sign_in(USER, PASSWORD);
    is_in(&mut world, step);
}

#[test]
fn a_device_that_the_pool_has_forgotten_is_registered_anew() {
    let mut world = pool(false);
    with_code(&mut world);
    let key = world.wire.last("ConfirmDevice")["DeviceKey"].clone();
    // Forgotten elsewhere: this page is not told.
    let body = json!({
        "AccessToken": world.wire.last("ConfirmDevice")["AccessToken"],
        "DeviceKey": key,
    });
    assert_eq!(world.call("ForgetDevice", &body).status, 200);
    sign_out(&mut world);
    with_code(&mut world);
    assert_eq!(world.sent("ConfirmDevice"), 2);
    assert_ne!(world.wire.last("ConfirmDevice")["DeviceKey"], key);
    sign_out(&mut world);
    let step = world.sign_in(USER, PASSWORD);
    is_in(&mut world, step);
}

#[test]
fn another_person_on_the_same_device_has_their_own() {
    let mut world = pool(false);
    with_code(&mut world);
    sign_out(&mut world);
    asked_code(world.sign_in("admin@example.com", PASSWORD));
    let sent = world.code("admin@example.com");
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
    sign_out(&mut world);
    let step = world.sign_in(USER, PASSWORD);
    is_in(&mut world, step);
}

#[test]
fn a_device_that_cannot_be_registered_hinders_no_sign_in() {
    let mut world = pool(false);
    world.answer("ConfirmDevice", 1, service_error("InternalErrorException", "no"));
    asked_code(world.sign_in(USER, PASSWORD));
    let sent = world.code(USER);
    assert_eq!(answer(&mut world, code(&sent)), Ok(Step::SignedIn));
    assert!(!asks_to_remember(&world));
    sign_out(&mut world);
    with_code(&mut world);
}
