//! A service that cannot be reached, and one that can again.

use super::*;

#[test]
fn an_outage_of_hours_ends_with_the_network_back() {
    let mut world = World::new();
    world.sign_in_user();
    world.wire.cut(true);
    world.pass_everywhere(6 * HOUR);
    assert!(world.is_signed_in());
    assert_eq!(
        access_token(&mut world),
        Err(AuthError::Unreachable),
        "no expired token is handed out"
    );
    let before = world.sent(RENEW);
    assert!(before < 6 * 60 * 2, "{before} attempts: backoff is bounded");
    world.wire.cut(false);
    world.execute(Command::Environment(Environment::Online)).unwrap();
    access_token(&mut world).unwrap();
    assert_eq!(world.sent(RENEW), before + 1);
}

#[test]
fn requests_declined_unread_are_sent_again_and_others_are_not() {
    let mut world = World::new();
    world.answer(
        "SignUp",
        2,
        service_error("TooManyRequestsException", "slow down"),
    );
    world.answer("SignUp", 1, status(500));
    let sign_up = Command::SignUp(SignUpRequest {
        username: "newcomer@example.com".to_owned(),
        password: Some(support::secret(PASSWORD)),
        ..SignUpRequest::default()
    });
    assert_eq!(world.execute(sign_up).unwrap_err(), AuthError::ServiceFailure);
    assert_eq!(world.sent("SignUp"), 3, "two declined, one that may have arrived");
    world.sign_in_user();
    let before = world.sent("GetUser");
    world.answer("GetUser", 2, Err(Unreachable));
    assert!(world.execute(Command::UserAttributes).is_ok());
    assert_eq!(world.sent("GetUser"), before + 3);
}

#[test]
fn an_endpoint_that_is_down_is_told_and_found_again() {
    let mut world = World::cut_off();
    world.pass(Duration::from_secs(10));
    assert_eq!(world.engine.snapshot().service, Service::Unreachable);
    world.wire.cut(false);
    world.pass(Duration::from_secs(60));
    assert_eq!(world.engine.snapshot().service, Service::Reachable);
}

#[test]
fn asking_again_finds_the_endpoint_at_once() {
    let mut world = World::cut_off();
    assert_eq!(
        world.execute(Command::CheckService).unwrap_err(),
        AuthError::Unreachable
    );
    world.wire.cut(false);
    world.execute(Command::CheckService).unwrap();
    assert_eq!(world.engine.snapshot().service, Service::Reachable);
}

#[test]
fn an_unknown_pool_is_told_from_one_that_is_down() {
    let pool = local_pool::Server::start(local_pool::Options::default()).unwrap();
    let config = config_text(&pool.url(), "us-east-1_Another01");
    let world = World::with_config(pool, &config);
    assert_eq!(world.engine.snapshot().service, Service::NoSuchPool);
}

#[test]
fn offline_and_online_are_told() {
    let mut world = World::new();
    world.execute(Command::Environment(Environment::Offline)).unwrap();
    assert!(!world.engine.snapshot().online);
    world.execute(Command::Environment(Environment::Online)).unwrap();
    assert!(world.engine.snapshot().online);
}
