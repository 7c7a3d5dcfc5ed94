//! One renewal for all who need it, in time.

use super::*;

#[test]
fn a_day_signed_in_is_a_renewal_or_two_an_hour_and_never_an_expired_token() {
    let mut world = World::new();
    world.sign_in_user();
    let mut tokens = std::collections::BTreeSet::new();
    for _ in 0..24 * 2 {
        world.pass_everywhere(HOUR / 2);
        tokens.insert(access_token(&mut world).unwrap());
        assert!(
            world.execute(Command::UserAttributes).is_ok(),
            "the pool accepts the token"
        );
    }
    let renewals = world.sent(RENEW);
    assert!((26..=48).contains(&renewals), "{renewals} renewals");
    assert!(tokens.len() >= 24, "{} tokens", tokens.len());
}

#[test]
fn rotation_is_followed() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    for _ in 0..5 {
        world.pass_everywhere(HOUR);
        access_token(&mut world).unwrap();
    }
    assert!(world.is_signed_in());
    assert!(world.sent(RENEW) >= 5);
}

#[test]
fn callers_at_the_same_time_share_one_renewal() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    world.time.sleep_device(2 * HOUR);
    world.control("clock", json!({"advance_seconds": 7200}));
    let release = world.wire.hold(RENEW);
    let calls: Vec<_> = (0..10).map(|_| world.begin(Command::AccessToken)).collect();
    world.settle();
    drop(release);
    world.settle();
    for call in calls {
        assert!(matches!(
            call.borrow_mut().take(),
            Some(Ok(Reply::AccessToken(_)))
        ));
    }
    assert_eq!(world.sent(RENEW), 1);
}

#[test]
fn tokens_of_thirty_seconds_are_renewed_in_time() {
    let mut world = World::new();
    world.control(
        "client",
        json!({"access_token_validity_seconds": 30, "id_token_validity_seconds": 30}),
    );
    world.sign_in_user();
    for _ in 0..20 {
        world.pass_everywhere(Duration::from_secs(15));
        assert!(world.execute(Command::UserAttributes).is_ok());
    }
    let renewals = world.sent(RENEW);
    assert!((10..=20).contains(&renewals), "{renewals} renewals in 300 s");
}

#[test]
fn the_token_that_expires_first_decides_when_to_renew() {
    for (access, id) in [(300, 3600), (3600, 300)] {
        let mut world = World::new();
        let lifetimes = json!({"access_token_validity_seconds": access, "id_token_validity_seconds": id});
        world.control("client", lifetimes);
        world.sign_in_user();
        for _ in 0..4 {
            world.pass_everywhere(Duration::from_secs(240));
            assert!(world.execute(Command::UserAttributes).is_ok(), "{access} {id}");
        }
        assert!(world.sent(RENEW) >= 3, "{access} {id}");
    }
}

#[test]
fn a_pool_without_the_new_operation_is_refreshed_the_old_way() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer(RENEW, 1, service_error("UnknownOperationException", ""));
    world.execute(Command::Refresh).unwrap();
    let initiated = world.sent("InitiateAuth");
    world.execute(Command::Refresh).unwrap();
    assert_eq!(world.sent("InitiateAuth"), initiated + 1, "and remembered");
    assert_eq!(world.sent(RENEW), 1);
}

#[test]
fn a_renewal_that_was_left_lying_is_as_old_as_its_request() {
    let mut world = World::new();
    world.sign_in_user();
    {
        let engine = world.engine.clone();
        let release = world.wire.hold(RENEW);
        let mut refresh = Box::pin(engine.execute(Command::Refresh));
        let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(refresh.as_mut().poll(&mut nobody).is_pending());
        drop(release);
    }
    for _ in 0..9 {
        world.pass_everywhere(HOUR / 4);
        assert!(world.execute(Command::UserAttributes).is_ok());
    }
}

#[test]
fn a_rotated_token_is_kept_although_the_tokens_beside_it_are_not_understood() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    world.wire.patch(RENEW, |body| {
        body["AuthenticationResult"]["IdToken"] = json!("no.token.atall")
    });
    let error = world.execute(Command::Refresh).unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken(_)), "{error:?}");
    world.execute(Command::Refresh).unwrap();
    assert!(world.is_signed_in());
}

#[test]
fn a_device_that_the_pool_named_is_named_in_every_renewal() {
    const KEY: &str = "us-east-1_0f2c1a4e-6f3e-4a55-9d0f-2a0a3c1b7d11";
    let mut world = World::new();
    world.wire.patch("RespondToAuthChallenge", |body| {
        body["AuthenticationResult"]["NewDeviceMetadata"] =
            json!({"DeviceKey": KEY, "DeviceGroupKey": "-group"});
    });
    world.sign_in_user();
    for _ in 0..2 {
        world.execute(Command::Refresh).unwrap();
        assert_eq!(world.wire.last(RENEW)["DeviceKey"], KEY);
    }
    world.answer(RENEW, 1, service_error("UnknownOperationException", ""));
    world.execute(Command::Refresh).unwrap();
    assert_eq!(
        world.wire.last("InitiateAuth")["AuthParameters"]["DEVICE_KEY"],
        KEY
    );
}
