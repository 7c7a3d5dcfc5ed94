//! Clocks that are wrong, that jump and that stand still.

use super::*;

#[test]
fn waking_from_sleep_renews_at_once() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(5 * HOUR);
    world.control("clock", json!({"advance_seconds": 5 * 3600}));
    assert_eq!(world.sent(RENEW), 0);
    world.execute(Command::Environment(Environment::Woke)).unwrap();
    assert_eq!(world.sent(RENEW), 1);
    assert!(matches!(renewal(&world), Renewal::At(_)));
}

#[test]
fn a_wall_clock_that_jumps_signs_nobody_out() {
    for jump in [-48 * 3600, 48 * 3600] {
        let mut world = World::new();
        world.sign_in_user();
        world.time.set_wall_clock(jump);
        world.execute(Command::Environment(Environment::Woke)).unwrap();
        access_token(&mut world).unwrap();
        world.pass_everywhere(3 * HOUR);
        access_token(&mut world).unwrap();
        assert!(world.execute(Command::UserAttributes).is_ok());
        assert!(world.is_signed_in(), "{jump}");
    }
}

/// Whoever has a device like this signs in by SRP, whose proof is dated, and stays signed in.
fn lives_on(world: &mut World) {
    world.sign_in_user();
    world.execute(Command::Refresh).unwrap();
    assert!(world.execute(Command::UserAttributes).is_ok());
    world.pass_everywhere(2 * HOUR);
    assert!(world.execute(Command::UserAttributes).is_ok());
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
}

#[test]
fn a_device_that_is_a_day_off_signs_in_by_the_services_time() {
    for error in [-24 * 3600, 24 * 3600, -400 * 24 * 3600] {
        let mut world = World::new();
        world.time.set_wall_clock(error);
        lives_on(&mut world);
        // Set right meanwhile.
        world.time.set_wall_clock(-error);
        lives_on(&mut world);
    }
}

#[test]
fn without_a_date_the_devices_clock_has_to_do() {
    let mut world = World::new();
    world.wire.hide_dates();
    world.sign_in_user();
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    world.time.set_wall_clock(24 * 3600);
    let error = world.sign_in("user@example.com", PASSWORD).unwrap_err();
    assert_eq!(error, AuthError::WrongCredentials, "the proof is not of now");
}

#[test]
fn second_factors_do_not_mind_a_device_that_is_a_day_off() {
    let mut world = World::new();
    world.time.set_wall_clock(-24 * 3600);
    world.control("pool", json!({"mfa": {"configuration": "ON", "email": true}}));
    let step = world.sign_in("user@example.com", PASSWORD).unwrap();
    assert!(matches!(step, Step::Challenge(_)), "{step:?}");
    let code = Code::from(world.code("user@example.com"));
    assert_eq!(
        world.step(Command::Answer(Answer::Code(code))),
        Ok(Step::SignedIn)
    );
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();

    world.control(
        "pool",
        json!({"mfa": {"configuration": "ON", "email": false, "software_token": true}}),
    );
    let Ok(Step::Challenge(challenge)) = world.sign_in("user@example.com", PASSWORD) else {
        panic!("no challenge")
    };
    let Asks::SetUpTotp(secret) = challenge.asks else {
        panic!("no set-up")
    };
    // The authenticator is another device, with a clock of its own.
    let now = world.control("clock", json!({"advance_seconds": 0}))["now"].as_u64();
    let code = Code::from(support::totp(secret.expose(), now.unwrap()));
    assert_eq!(
        world.step(Command::Answer(Answer::Code(code))),
        Ok(Step::SignedIn)
    );
}

#[test]
fn a_network_that_is_back_spreads_what_nobody_waits_for() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(5 * HOUR);
    world.control("clock", json!({"advance_seconds": 5 * 3600}));
    world.execute(Command::Environment(Environment::Online)).unwrap();
    assert_eq!(world.sent(RENEW), 0, "not at once");
    world.pass(Duration::from_secs(5));
    assert_eq!(world.sent(RENEW), 1);

    world.time.sleep_device(5 * HOUR);
    world.control("clock", json!({"advance_seconds": 5 * 3600}));
    world.execute(Command::Environment(Environment::Online)).unwrap();
    access_token(&mut world).unwrap();
    assert_eq!(world.sent(RENEW), 2, "somebody waits");
    world.pass(Duration::from_secs(5));
    assert_eq!(world.sent(RENEW), 2);
}
