use serde_json::{Value, json};
use yew_cognito::{
    engine::{AccountCommand as C, AuthError},
    token::PasskeyAnswer,
};

use super::{done, now, tell};
use crate::{
    authenticator::{Authenticator, encode},
    support::World,
};

const ORIGIN: &str = "http://localhost:8080";

fn world() -> World {
    let mut world = World::new();
    world.control(
        "pool",
        json!({
            "allowed_first_auth_factors": ["PASSWORD", "WEB_AUTHN"],
            "web_authn": {"relying_party_id": "localhost"},
        }),
    );
    world.sign_in_user();
    world
}

fn start(world: &mut World) -> Value {
    let options = tell!(world, C::StartPasskey, PasskeyOptions).unwrap();
    serde_json::from_str(&options).unwrap()
}

fn complete(world: &mut World, credential: &str) -> Result<(), AuthError> {
    done(
        world,
        C::CompletePasskey(PasskeyAnswer::from(credential.to_owned())),
    )
}

/// Registers a new authenticator; hands out its CredentialId.
fn register(world: &mut World) -> String {
    let options = start(world);
    let mut authenticator = Authenticator::es256();
    let credential = authenticator.create(&options, ORIGIN);
    assert_eq!(complete(world, &credential.to_string()), Ok(()));
    encode(&authenticator.credential_id)
}

#[test]
fn a_passkey_is_registered_listed_and_deleted() {
    let mut world = world();
    assert_eq!(tell!(&mut world, C::Passkeys, Passkeys), Ok(Vec::new()));
    let options = start(&mut world);
    assert_eq!(options["rp"]["id"], "localhost");
    let id = register(&mut world);
    let passkeys = tell!(&mut world, C::Passkeys, Passkeys).unwrap();
    assert_eq!(passkeys.len(), 1);
    assert_eq!(passkeys[0].credential_id, id);
    assert_eq!(passkeys[0].relying_party_id, "localhost");
    assert_eq!(passkeys[0].authenticator_attachment.as_deref(), Some("platform"));
    let now = now(&world);
    let created = passkeys[0].created_at.unwrap().as_secs();
    assert!(now.abs_diff(created) < 60, "{created} {now}");

    let delete = C::DeletePasskey(id);
    assert_eq!(done(&mut world, delete.clone()), Ok(()));
    assert_eq!(done(&mut world, delete), Err(AuthError::AlreadyGone));
    assert_eq!(tell!(&mut world, C::Passkeys, Passkeys), Ok(Vec::new()));
}

#[test]
fn all_pages_are_listed() {
    let mut world = world();
    let ids = [(); 3].map(|()| register(&mut world));
    // The pool's pages begin with the passkey that the token names.
    world.wire.patch("ListWebAuthnCredentials", |body| {
        let list = body["Credentials"].as_array_mut().unwrap();
        let next = list[1]["CredentialId"].clone();
        list.truncate(1);
        body["NextToken"] = next;
    });
    let passkeys = tell!(&mut world, C::Passkeys, Passkeys).unwrap();
    let listed: Vec<_> = passkeys.iter().map(|passkey| &passkey.credential_id).collect();
    assert_eq!(listed, ids.iter().collect::<Vec<_>>());
    assert_eq!(world.sent("ListWebAuthnCredentials"), 2);
}

#[test]
fn what_is_not_json_is_not_sent() {
    let mut world = world();
    start(&mut world);
    let error = complete(&mut world, "{").unwrap_err();
    assert!(matches!(error, AuthError::InvalidInput(_)), "{error:?}");
    assert_eq!(world.sent("CompleteWebAuthnRegistration"), 0);
}

#[test]
fn refusals_are_told_for_what_they_are() {
    let mut world = world();
    let mut authenticator = Authenticator::es256();
    let options = start(&mut world);
    let elsewhere = authenticator.create(&options, "https://evil.example").to_string();
    let error = complete(&mut world, &elsewhere).unwrap_err();
    assert!(matches!(error, AuthError::PasskeyNotSetUp(_)), "{error:?}");
    assert_eq!(
        complete(&mut world, &elsewhere),
        Err(AuthError::PasskeySetupExpired),
        "the options are used up"
    );

    let options = start(&mut world);
    let late = authenticator.create(&options, ORIGIN).to_string();
    world.pass_everywhere(std::time::Duration::from_secs(600));
    assert_eq!(complete(&mut world, &late), Err(AuthError::PasskeySetupExpired));

    world.control(
        "pool",
        json!({"web_authn": null, "allowed_first_auth_factors": ["PASSWORD"]}),
    );
    let error = tell!(&mut world, C::StartPasskey, PasskeyOptions).unwrap_err();
    assert!(matches!(error, AuthError::PasskeyNotSetUp(_)), "{error:?}");
}

#[test]
fn the_twenty_first_passkey_is_one_too_many() {
    let mut world = world();
    for _ in 0..20 {
        register(&mut world);
    }
    assert_eq!(
        tell!(&mut world, C::StartPasskey, PasskeyOptions),
        Err(AuthError::PasskeyLimit)
    );
}

#[test]
fn the_credential_is_not_shown_by_debug() {
    let command = C::CompletePasskey(PasskeyAnswer::from("{\"id\":\"abc\"}".to_owned()));
    assert_eq!(format!("{command:?}"), "CompletePasskey([redacted])");
    let document = yew_cognito::cognito::Document::parse("{\"id\":\"abc\"}").unwrap();
    assert_eq!(format!("{document:?}"), "[redacted]");
    assert_eq!(document.text(), "{\"id\":\"abc\"}");
}
