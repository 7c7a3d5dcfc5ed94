//! Raising a session to a higher level.

use std::{cell::RefCell, rc::Rc, time::Duration};

use crate::support::{PASSWORD, World, secret, totp};
use serde_json::{Value, json};
use yew_cognito::{
    cognito::Attribute,
    config::MfaMethod,
    engine::{
        AccountCommand, AccountReply, Answer, Asks, AuthError, AuthLevel, Challenge, CodeFrom, Command,
        Event, MfaPreference, Reply, SessionState, SignOutScope, SignedIn, Step,
    },
    token::Code,
};

const USER: &str = "user@example.com";
const PASSWORD_ONLY: &str = "urn:cognito:loa:1";
const WITH_APP: &str = "urn:cognito:loa:4";
const FIVE_MINUTES: Duration = Duration::from_secs(300);

fn to_level(acr: &str) -> Command {
    Command::StepUp(AuthLevel {
        acr_values: vec![acr.to_owned()],
        max_age: None,
    })
}

fn within(max_age: Duration) -> Command {
    Command::StepUp(AuthLevel {
        acr_values: Vec::new(),
        max_age: Some(max_age),
    })
}

/// What the engine says of itself about the same.
fn shows(world: &mut World, command: Command) -> bool {
    let Command::StepUp(level) = command else {
        panic!("{command:?}")
    };
    match world.execute(Command::ShowsAuthLevel(level)) {
        Ok(Reply::Shows(shows)) => shows,
        other => panic!("{other:?}"),
    }
}

fn password(text: &str) -> Command {
    Command::Answer(Answer::Password(secret(text)))
}

fn code(text: &str) -> Command {
    Command::Answer(Answer::Code(Code::from(text.to_owned())))
}

fn signed_in(world: &World) -> SignedIn {
    match world.session() {
        SessionState::SignedIn(session) => *session,
        other => panic!("{other:?}"),
    }
}

fn acr(world: &World) -> Option<String> {
    signed_in(world).claims.acr
}

fn challenge(step: Result<Step, AuthError>) -> Challenge {
    match step {
        Ok(Step::Challenge(challenge)) => *challenge,
        other => panic!("{other:?}"),
    }
}

fn account(world: &mut World, command: AccountCommand) -> Reply {
    world.execute(Command::Account(command)).unwrap()
}

/// A pool whose app client lets people choose how to sign in, and somebody signed in by password.
fn by_password() -> World {
    let mut world = World::new();
    world.control(
        "client",
        json!({"explicit_auth_flows": ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}),
    );
    world.control(
        "pool",
        json!({"mfa": {"configuration": "OPTIONAL", "software_token": true}}),
    );
    world.sign_in_user();
    world
}

/// The same, who has set up an authenticator app since: its secret.
fn with_app() -> (World, String) {
    let mut world = by_password();
    let Reply::Account(AccountReply::TotpSecret(secret)) = account(&mut world, AccountCommand::SetUpTotp)
    else {
        panic!("no secret");
    };
    let secret = secret.expose().to_owned();
    let command = AccountCommand::VerifyTotp {
        code: Code::from(shown(&world, &secret)),
        name: None,
    };
    account(&mut world, command);
    let wanted = MfaPreference {
        enabled: vec![MfaMethod::Totp],
        preferred: Some(MfaMethod::Totp),
    };
    account(&mut world, AccountCommand::SetMfaPreference(wanted));
    // The app's code works once: wait for its next.
    world.pass_everywhere(Duration::from_secs(31));
    (world, secret)
}

/// The code that the app shows now, by the pool's clock.
fn shown(world: &World, secret: &str) -> String {
    let now = world.control("clock", json!({"advance_seconds": 0}));
    totp(secret, now["now"].as_u64().unwrap())
}

fn refresh_token(world: &mut World) -> Value {
    world.execute(Command::Refresh).unwrap();
    world.wire.last("GetTokensFromRefreshToken")["RefreshToken"].clone()
}

#[test]
fn an_authenticator_app_raises_a_password_session() {
    let (mut world, secret) = with_app();
    let before = signed_in(&world);
    assert_eq!(before.claims.acr.as_deref(), Some(PASSWORD_ONLY));
    let old_token = refresh_token(&mut world);

    let asked = challenge(world.step(to_level(WITH_APP)));
    assert_eq!(asked.username, USER, "as the person knows it");
    let Asks::Code(asked) = asked.asks else {
        panic!("{asked:?}")
    };
    assert_eq!((asked.from, asked.digits), (CodeFrom::App(None), 6));
    assert_eq!(
        world.wire.last("InitiateAuth")["AuthParameters"]["TARGET_ACR_VALUES"],
        WITH_APP
    );

    // A wrong code leaves the session as it was and the question standing.
    let right = shown(&world, &secret);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    assert_eq!(world.step(code(wrong)), Err(AuthError::CodeMismatch));
    assert_eq!(acr(&world).as_deref(), Some(PASSWORD_ONLY));

    world.events.borrow_mut().clear();
    assert_eq!(world.step(code(&right)), Ok(Step::SignedIn));
    let after = signed_in(&world);
    assert_eq!(after.claims.acr.as_deref(), Some(WITH_APP));
    assert_eq!(after.claims.sub, before.claims.sub);
    let told = world.events.borrow().clone();
    assert!(
        matches!(told.as_slice(), [Event::Session(SessionState::SignedIn(session))] if **session == after),
        "never signed out in between: {told:?}"
    );
    assert_eq!(world.wire.last("RevokeToken")["Token"], old_token);
    assert_ne!(refresh_token(&mut world), old_token);
    assert_eq!(
        acr(&world).as_deref(),
        Some(WITH_APP),
        "a renewal keeps the level"
    );
}

#[test]
fn a_level_that_is_shown_asks_nothing() {
    let (mut world, secret) = with_app();
    challenge(world.step(to_level(WITH_APP)));
    let right = shown(&world, &secret);
    assert_eq!(world.step(code(&right)), Ok(Step::SignedIn));
    let sent = world.sent("InitiateAuth");
    // A higher level will do for a lower one, by the names that Cognito itself gives them.
    for level in [WITH_APP, PASSWORD_ONLY, "urn:cognito:loa:3"] {
        assert_eq!(world.step(to_level(level)), Ok(Step::SignedIn), "{level}");
    }
    assert_eq!(world.sent("InitiateAuth"), sent);
}

#[test]
fn a_step_up_given_up_leaves_the_session_as_it_was() {
    let (mut world, secret) = with_app();
    let before = refresh_token(&mut world);
    challenge(world.step(to_level(WITH_APP)));
    world.execute(Command::CancelSignIn).unwrap();
    let right = shown(&world, &secret);
    assert_eq!(world.step(code(&right)), Err(AuthError::SignInExpired));
    assert_eq!(acr(&world).as_deref(), Some(PASSWORD_ONLY));
    assert_eq!(refresh_token(&mut world), before);
    assert_eq!(world.sent("RevokeToken"), 0);
}

#[test]
fn tokens_of_somebody_else_are_refused() {
    let mut world = World::new();
    let theirs = Rc::new(RefCell::new(Value::Null));
    let kept = theirs.clone();
    world.wire.patch("RespondToAuthChallenge", move |answer| {
        *kept.borrow_mut() = answer["AuthenticationResult"].clone();
    });
    assert_eq!(world.sign_in("admin@example.com", PASSWORD), Ok(Step::SignedIn));
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    world.sign_in_user();
    let mine = signed_in(&world).claims.sub;
    world.pass_everywhere(FIVE_MINUTES);
    challenge(world.step(within(Duration::from_secs(60))));
    let given = theirs.clone();
    world.wire.patch("RespondToAuthChallenge", move |answer| {
        answer["AuthenticationResult"] = given.borrow().clone();
    });
    assert!(matches!(
        world.step(password(PASSWORD)),
        Err(AuthError::InvalidToken(_))
    ));
    assert_eq!(signed_in(&world).claims.sub, mine);
    assert_eq!(
        world.wire.last("RevokeToken")["Token"],
        theirs.borrow()["RefreshToken"],
        "nobody will use them"
    );
    world.execute(Command::Refresh).unwrap();
}

#[test]
fn a_recent_sign_in_asks_nothing_and_an_older_one_for_the_password() {
    let mut world = World::new();
    world.sign_in_user();
    let before = signed_in(&world).claims;
    let sent = world.sent("InitiateAuth");
    world.pass_everywhere(FIVE_MINUTES - Duration::from_secs(2));
    assert_eq!(world.step(within(FIVE_MINUTES)), Ok(Step::SignedIn));
    assert!(shows(&mut world, within(FIVE_MINUTES)));
    assert!(!shows(&mut world, to_level(WITH_APP)));
    world.pass_everywhere(Duration::from_secs(3));
    assert!(!shows(&mut world, within(FIVE_MINUTES)));
    // A renewal is no proof of anything.
    world.execute(Command::Refresh).unwrap();
    let asked = challenge(world.step(within(FIVE_MINUTES)));
    assert_eq!((asked.username.as_str(), &asked.asks), (USER, &Asks::Password));
    assert_eq!(
        world.sent("InitiateAuth"),
        sent,
        "nothing is sent before the password"
    );

    assert_eq!(
        world.step(password("Wrong-one-1!")),
        Err(AuthError::WrongCredentials)
    );
    assert_eq!(signed_in(&world).claims.auth_time, before.auth_time);
    assert_eq!(world.step(password(PASSWORD)), Ok(Step::SignedIn));
    let after = signed_in(&world).claims;
    assert!(after.auth_time >= before.auth_time.map(|time| time + 300));
    assert_eq!(after.sub, before.sub);
    assert_eq!(world.step(within(FIVE_MINUTES)), Ok(Step::SignedIn));
}

#[test]
fn what_was_proved_long_ago_has_to_be_proved_again_from_the_start() {
    let (mut world, secret) = with_app();
    world.pass_everywhere(FIVE_MINUTES);
    let level = AuthLevel {
        acr_values: vec![WITH_APP.to_owned()],
        max_age: Some(Duration::from_secs(60)),
    };
    let asked = challenge(world.step(Command::StepUp(level.clone())));
    assert_eq!(asked.asks, Asks::Password);
    let sent = world.wire.last("InitiateAuth")["AuthParameters"].clone();
    assert_eq!(
        (&sent["MAX_AGE"], &sent["ACCESS_TOKEN"]),
        (&json!("60"), &Value::Null)
    );
    let asked = challenge(world.step(password(PASSWORD)));
    assert!(matches!(asked.asks, Asks::Code(_)), "{asked:?}");
    let right = shown(&world, &secret);
    assert_eq!(world.step(code(&right)), Ok(Step::SignedIn));
    assert_eq!(acr(&world).as_deref(), Some(WITH_APP));
    assert_eq!(world.step(Command::StepUp(level)), Ok(Step::SignedIn));
}

#[test]
fn a_level_out_of_reach_is_said_to_be() {
    let mut world = by_password();
    assert_eq!(world.step(to_level(WITH_APP)), Err(AuthError::LevelOutOfReach));
    assert_eq!(
        world.step(to_level("urn:example:unknown")),
        Err(AuthError::LevelOutOfReach)
    );
    // Where it is the app client that does not allow it, that is for the site's owner.
    world.control(
        "client",
        json!({"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}),
    );
    assert!(matches!(
        world.step(to_level(WITH_APP)),
        Err(AuthError::Misconfigured(_))
    ));
    assert_eq!(acr(&world).as_deref(), Some(PASSWORD_ONLY));
    world.execute(Command::Refresh).unwrap();
}

#[test]
fn tokens_that_do_not_show_the_level_do_not_replace_the_session() {
    let (mut world, secret) = with_app();
    let low = Rc::new(RefCell::new(Value::Null));
    let kept = low.clone();
    world.wire.patch("RespondToAuthChallenge", move |answer| {
        *kept.borrow_mut() = answer["AuthenticationResult"].clone();
    });
    world.control("pool", json!({"mfa": {"configuration": "OFF"}}));
    world.pass_everywhere(FIVE_MINUTES);
    challenge(world.step(within(Duration::from_secs(60))));
    assert_eq!(world.step(password(PASSWORD)), Ok(Step::SignedIn));
    world.control(
        "pool",
        json!({"mfa": {"configuration": "OPTIONAL", "software_token": true}}),
    );

    challenge(world.step(to_level(WITH_APP)));
    let given = low.clone();
    world.wire.patch("RespondToAuthChallenge", move |answer| {
        let mut result = given.borrow().clone();
        result["RefreshToken"] = answer["AuthenticationResult"]["RefreshToken"].clone();
        answer["AuthenticationResult"] = result;
    });
    let right = shown(&world, &secret);
    assert_eq!(world.step(code(&right)), Err(AuthError::LevelOutOfReach));
    assert_eq!(acr(&world).as_deref(), Some(PASSWORD_ONLY));
    world.execute(Command::Refresh).unwrap();
}

#[test]
fn a_session_that_ends_meanwhile_is_not_brought_back() {
    let (mut world, secret) = with_app();
    challenge(world.step(to_level(WITH_APP)));
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    let right = shown(&world, &secret);
    assert_eq!(world.step(code(&right)), Err(AuthError::SignInExpired));

    // Nor if the last answer is under way.
    challenge(world.sign_in(USER, PASSWORD));
    assert_eq!(world.step(code(&right)), Ok(Step::SignedIn));
    world.pass_everywhere(FIVE_MINUTES);
    challenge(world.step(within(Duration::from_secs(60))));
    challenge(world.step(password(PASSWORD)));
    let right = shown(&world, &secret);
    let release = world.wire.hold("RespondToAuthChallenge");
    let answered = world.begin(code(&right));
    world.settle();
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    let revoked = world.sent("RevokeToken");
    release.send(()).unwrap();
    world.settle();
    assert!(matches!(
        answered.borrow_mut().take(),
        Some(Err(AuthError::Superseded))
    ));
    assert!(!world.is_signed_in());
    assert_eq!(
        world.sent("RevokeToken"),
        revoked + 1,
        "what was issued must not lie about"
    );
}

#[test]
fn a_device_stays_remembered() {
    let mut world = by_password();
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    world.control(
        "pool",
        json!({"devices": {"challenge_required_on_new_device": true, "only_remembered_on_user_prompt": false}}),
    );
    world.sign_in_user();
    world.pass_everywhere(FIVE_MINUTES);
    challenge(world.step(within(Duration::from_secs(60))));
    assert_eq!(world.step(password(PASSWORD)), Ok(Step::SignedIn));
    assert_eq!(world.sent("ConfirmDevice"), 1, "no second device");
    world.execute(Command::Refresh).unwrap();
    let Reply::Account(AccountReply::Devices(devices)) = account(&mut world, AccountCommand::Devices) else {
        panic!("no devices");
    };
    assert_eq!(
        devices.iter().map(|device| device.is_current).collect::<Vec<_>>(),
        [true]
    );
}

#[test]
fn a_code_that_comes_long_after_the_question_is_still_good() {
    let (mut world, secret) = with_app();
    // Short-lived tokens are renewed while the person looks for their phone.
    world.control(
        "client",
        json!({"access_token_validity_seconds": 300, "id_token_validity_seconds": 300}),
    );
    world.execute(Command::Refresh).unwrap();
    challenge(world.step(to_level(WITH_APP)));
    world.pass_everywhere(Duration::from_secs(400));
    let right = shown(&world, &secret);
    assert_eq!(world.step(code(&right)), Ok(Step::SignedIn));
    assert_eq!(acr(&world).as_deref(), Some(WITH_APP));
}

#[test]
fn a_step_up_without_a_refresh_token_goes_on_with_the_one_in_use() {
    let (mut world, app) = with_app();
    let Step::Challenge(_) = world.step(to_level(WITH_APP)).unwrap() else {
        panic!("nothing is asked")
    };
    world.wire.patch("RespondToAuthChallenge", |answer| {
        let result = answer["AuthenticationResult"].as_object_mut().unwrap();
        result.remove("RefreshToken").unwrap();
    });
    let shown = shown(&world, &app);
    assert_eq!(world.step(code(&shown)), Ok(Step::SignedIn));
    assert_eq!(acr(&world).as_deref(), Some(WITH_APP));
    assert_eq!(world.sent("RevokeToken"), 0, "it is still in use");
    assert!(world.execute(Command::Refresh).is_ok());
}

#[test]
fn a_step_up_without_a_refresh_token_waits_for_every_renewal_that_may_rotate_the_one_in_use() {
    const RENEW: &str = "GetTokensFromRefreshToken";
    let (mut world, app) = with_app();
    let rotation = json!({"enabled": true, "retry_grace_period_seconds": 0});
    world.control("client", json!({"refresh_token_rotation": rotation}));
    challenge(world.step(to_level(WITH_APP)));
    world.wire.patch("RespondToAuthChallenge", |answer| {
        let result = answer["AuthenticationResult"].as_object_mut().unwrap();
        result.remove("RefreshToken");
    });
    let first = world.wire.hold(RENEW);
    let refresh = world.begin(Command::Refresh);
    world.settle();
    // The change is followed by a renewal of its own, as soon as there is no other.
    let attribute = Attribute {
        name: "given_name".to_owned(),
        value: "Ada".to_owned(),
    };
    let change = world.begin(Command::Account(AccountCommand::UpdateAttributes(vec![
        attribute,
    ])));
    world.settle();
    let shown = shown(&world, &app);
    let raised = world.begin(code(&shown));
    world.settle();
    let second = world.wire.hold(RENEW);
    drop(first);
    world.settle();
    assert_eq!(world.sent(RENEW), 2);
    drop(second);
    world.settle();
    for outcome in [refresh, change, raised] {
        let outcome = outcome.borrow_mut().take().unwrap();
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    assert_eq!(acr(&world).as_deref(), Some(WITH_APP));
    assert_eq!(world.sent("RevokeToken"), 0, "it is still in use");
    assert!(world.execute(Command::Refresh).is_ok());
}
