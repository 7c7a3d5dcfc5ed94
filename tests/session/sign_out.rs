//! Sign-out, and what it owes the service.

use super::*;

#[test]
fn signing_out_while_a_renewal_is_under_way_stays_signed_out() {
    let mut world = World::new();
    rotation(&world, 60);
    world.sign_in_user();
    let release = world.wire.hold(RENEW);
    let refresh = world.begin(Command::Refresh);
    world.settle();
    let _ = world.execute(Command::SignOut(SignOutScope::ThisDevice));
    drop(release);
    world.settle();
    assert_eq!(
        refresh.borrow_mut().take().unwrap().unwrap_err(),
        AuthError::Superseded
    );
    assert!(!world.is_signed_in());
    assert_eq!(world.sent("RevokeToken"), 2, "the rotated token too");
}

#[test]
fn signing_out_everywhere_does_not_end_the_session_that_follows() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(2 * HOUR);
    world.control("clock", json!({"advance_seconds": 7200}));
    let release = world.wire.hold(RENEW);
    let everywhere = world.begin(Command::SignOut(SignOutScope::Everywhere));
    world.settle();
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    world.sign_in_user();
    drop(release);
    world.settle();
    let error = everywhere.borrow_mut().take().unwrap().unwrap_err();
    assert_eq!(error, AuthError::Superseded);
    assert!(world.is_signed_in());
    assert_eq!(world.sent("GlobalSignOut"), 0);
}

/// The tokens that requests of RevokeToken have named, in turn.
fn revoked(world: &World) -> Vec<String> {
    let mut tokens: Vec<_> = world
        .wire
        .all("RevokeToken")
        .iter()
        .map(|body| body["Token"].as_str().unwrap().to_owned())
        .collect();
    tokens.dedup();
    tokens
}

/// Whether the pool still takes `token`.
fn is_alive(world: &World, token: &str) -> bool {
    let body = json!({"ClientId": local_pool::CLIENT_ID, "RefreshToken": token});
    world.call(RENEW, &body).status == 200
}

fn sign_out(world: &mut World, scope: SignOutScope) -> Result<(), AuthError> {
    world.execute(Command::SignOut(scope)).map(drop)
}

#[test]
fn a_sign_out_offline_forgets_at_once_and_tells_the_service_later() {
    for scope in [SignOutScope::ThisDevice, SignOutScope::Everywhere] {
        let mut world = World::new();
        world.sign_in_user();
        world.wire.cut(true);
        let told = world.begin(Command::SignOut(scope));
        world.settle();
        assert!(!world.is_signed_in(), "at once");
        world.pass(Duration::from_secs(60));
        assert_eq!(
            told.borrow_mut().take().unwrap().unwrap_err(),
            AuthError::Unreachable
        );
        let token = revoked(&world).pop().unwrap();
        assert!(is_alive(&world, &token));
        world.wire.cut(false);
        world.execute(Command::Environment(Environment::Online)).unwrap();
        world.pass(Duration::from_secs(5));
        assert!(!is_alive(&world, &token), "{scope:?}");
        let before = world.sent("RevokeToken");
        world.pass(24 * HOUR);
        assert_eq!(world.sent("RevokeToken"), before, "once it is done it is done");
    }
}

#[test]
fn a_service_that_fails_is_told_once_it_does_not() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer("RevokeToken", 9, status(503));
    sign_out(&mut world, SignOutScope::ThisDevice).unwrap_err();
    let token = revoked(&world).pop().unwrap();
    world.pass(Duration::from_secs(300));
    assert!(!is_alive(&world, &token));
}

#[test]
fn what_is_owed_does_not_touch_the_session_that_follows() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer("RevokeToken", 3, status(503));
    sign_out(&mut world, SignOutScope::ThisDevice).unwrap_err();
    world.sign_in_user();
    world.pass(Duration::from_secs(60));
    assert_eq!(revoked(&world).len(), 1);
    world.execute(Command::Refresh).unwrap();
    assert!(world.execute(Command::UserAttributes).is_ok());
}

#[test]
fn eight_are_owed_at_most() {
    let mut world = World::new();
    // Nothing owed is paid before the network is back.
    world.execute(Command::Environment(Environment::Offline)).unwrap();
    for _ in 0..10 {
        world.sign_in_user();
        world.wire.cut(true);
        sign_out(&mut world, SignOutScope::ThisDevice).unwrap_err();
        world.wire.cut(false);
    }
    let tokens = revoked(&world);
    assert_eq!(tokens.len(), 10);
    world.execute(Command::Environment(Environment::Online)).unwrap();
    world.pass(Duration::from_secs(10));
    let alive: Vec<_> = tokens.iter().map(|token| is_alive(&world, token)).collect();
    assert_eq!(alive[..2], [true, true], "the oldest two are let go");
    assert!(!alive[2..].contains(&true), "{alive:?}");
}

#[test]
fn what_cannot_be_paid_is_let_go_in_the_end() {
    let mut world = World::new();
    world.sign_in_user();
    world.wire.cut(true);
    sign_out(&mut world, SignOutScope::ThisDevice).unwrap_err();
    world.pass(48 * HOUR);
    let attempts = world.sent("RevokeToken");
    assert!((60..=100).contains(&attempts), "{attempts} requests");
    world.wire.cut(false);
    world.execute(Command::Environment(Environment::Online)).unwrap();
    world.pass(HOUR);
    assert_eq!(world.sent("RevokeToken"), attempts);
}

#[test]
fn signing_out_everywhere_goes_on_with_the_tokens_of_a_renewal_under_way() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    world.time.sleep_device(2 * HOUR);
    world.control("clock", json!({"advance_seconds": 7200}));
    let release = world.wire.hold(RENEW);
    let refresh = world.begin(Command::Refresh);
    world.settle();
    let everywhere = world.begin(Command::SignOut(SignOutScope::Everywhere));
    world.settle();
    assert!(!world.is_signed_in(), "at once");
    drop(release);
    world.settle();
    assert!(everywhere.borrow_mut().take().unwrap().is_ok());
    assert_eq!(
        refresh.borrow_mut().take().unwrap().unwrap_err(),
        AuthError::Superseded
    );
    assert_eq!((world.sent(RENEW), world.sent("GlobalSignOut")), (1, 1));
}

#[test]
fn signing_out_everywhere_with_expired_tokens_renews_them_for_that() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(2 * HOUR);
    world.control("clock", json!({"advance_seconds": 7200}));
    sign_out(&mut world, SignOutScope::Everywhere).unwrap();
    assert_eq!((world.sent(RENEW), world.sent("GlobalSignOut")), (1, 1));
    assert_eq!(
        sign_out(&mut world, SignOutScope::Everywhere),
        Err(AuthError::NotSignedIn)
    );
}
