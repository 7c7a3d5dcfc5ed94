use serde_json::json;
use yew_cognito::{
    config::{Factor, MfaMethod},
    engine::{
        AccountCommand as C, Answer, Asks, AuthError, CodeFrom, Command, MfaPreference, SignOutScope, Step,
    },
    token::TotpSecret,
};

use super::{USER, code, done, other_than, tell};
use crate::support::{self, PASSWORD, World};

/// A pool with second factors.
fn world() -> World {
    let mut world = World::new();
    let mfa = json!({"configuration": "OPTIONAL", "sms": true, "software_token": true, "email": true});
    world.control("pool", json!({ "mfa": mfa }));
    world.sign_in_user();
    world
}

/// The code that an authenticator app shows now.
fn totp(world: &World, secret: &TotpSecret) -> String {
    let now = world.control("clock", json!({"advance_seconds": 0}))["now"].as_u64();
    support::totp(secret.expose(), now.unwrap())
}

fn verify(world: &mut World, text: &str) -> Result<(), AuthError> {
    let command = C::VerifyTotp {
        code: code(text),
        name: Some("Phone".to_owned()),
    };
    done(world, command)
}

fn with_app() -> World {
    let mut world = world();
    let secret = tell!(&mut world, C::SetUpTotp, TotpSecret).unwrap();
    let shown = totp(&world, &secret);
    assert_eq!(verify(&mut world, &shown), Ok(()));
    world
}

fn prefer(enabled: &[MfaMethod], preferred: Option<MfaMethod>) -> MfaPreference {
    MfaPreference {
        enabled: enabled.to_vec(),
        preferred,
    }
}

fn preference(world: &mut World) -> MfaPreference {
    tell!(world, C::MfaPreference, Mfa).unwrap()
}

#[test]
fn an_app_is_set_up_and_asked_for_once_it_is_wanted() {
    let mut world = world();
    let secret = tell!(&mut world, C::SetUpTotp, TotpSecret).unwrap();
    let shown = totp(&world, &secret);
    assert_eq!(
        verify(&mut world, other_than(&shown)),
        Err(AuthError::CodeMismatch)
    );
    assert_eq!(verify(&mut world, &shown), Ok(()));
    assert_eq!(preference(&mut world), MfaPreference::default());
    let wanted = prefer(&[MfaMethod::Totp], Some(MfaMethod::Totp));
    done(&mut world, C::SetMfaPreference(wanted.clone())).unwrap();
    assert_eq!(preference(&mut world), wanted);

    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    let Ok(Step::Challenge(challenge)) = world.sign_in(USER, PASSWORD) else {
        panic!("no challenge")
    };
    let Asks::Code(asked) = challenge.asks else {
        panic!("{:?}", challenge.asks)
    };
    assert_eq!(asked.from, CodeFrom::App(Some("Phone".to_owned())));
    world.pass_everywhere(std::time::Duration::from_secs(30));
    let shown = totp(&world, &secret);
    assert_eq!(
        world.step(Command::Answer(Answer::Code(code(&shown)))),
        Ok(Step::SignedIn)
    );
}

#[test]
fn an_answer_of_error_is_a_wrong_code() {
    let mut world = world();
    tell!(&mut world, C::SetUpTotp, TotpSecret).unwrap();
    let answer = yew_cognito::ports::Response {
        status: 200,
        error_type: None,
        date: None,
        body: r#"{"Status":"ERROR"}"#.to_owned().into(),
    };
    world.answer("VerifySoftwareToken", 1, Ok(answer));
    assert_eq!(verify(&mut world, "123456"), Err(AuthError::CodeMismatch));
}

#[test]
fn without_apps_in_the_pool_none_is_set_up() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(
        tell!(&mut world, C::SetUpTotp, TotpSecret),
        Err(AuthError::FactorNotAvailable)
    );
}

#[test]
fn only_what_differs_is_asked_for() {
    use MfaMethod::{Email, Totp};
    let mut world = with_app();
    let set = |world: &mut World, wanted: MfaPreference| {
        done(world, C::SetMfaPreference(wanted)).unwrap();
        let mut sent = world.wire.last("SetUserMFAPreference");
        sent.as_object_mut().unwrap().remove("AccessToken");
        sent
    };
    let on = |preferred: bool| json!({"Enabled": true, "PreferredMfa": preferred});
    assert_eq!(
        set(&mut world, prefer(&[Totp, Email], Some(Totp))),
        json!({"SoftwareTokenMfaSettings": on(true), "EmailMfaSettings": on(false)})
    );
    assert_eq!(
        set(&mut world, prefer(&[Totp, Email], Some(Email))),
        json!({"SoftwareTokenMfaSettings": on(false), "EmailMfaSettings": on(true)})
    );
    assert_eq!(
        set(&mut world, prefer(&[Email], Some(Email))),
        json!({"SoftwareTokenMfaSettings": {"Enabled": false, "PreferredMfa": false}})
    );
    let before = world.sent("SetUserMFAPreference");
    done(&mut world, C::SetMfaPreference(prefer(&[Email], Some(Email)))).unwrap();
    assert_eq!(world.sent("SetUserMFAPreference"), before);
    assert_eq!(preference(&mut world), prefer(&[Email], Some(Email)));
}

#[test]
fn a_factor_that_the_person_or_the_pool_does_not_have_is_not_available() {
    let mut world = world();
    for method in [MfaMethod::Totp, MfaMethod::Sms] {
        assert_eq!(
            done(&mut world, C::SetMfaPreference(prefer(&[method], None))),
            Err(AuthError::FactorNotAvailable),
            "{method:?}"
        );
    }
    world.control("pool", json!({"mfa": {"email": false}}));
    assert_eq!(
        done(&mut world, C::SetMfaPreference(prefer(&[MfaMethod::Email], None))),
        Err(AuthError::FactorNotAvailable)
    );
}

#[test]
fn a_passkey_counts_as_two_factors_where_the_pool_lets_it() {
    let mut world = with_app();
    done(&mut world, C::SetMfaPreference(prefer(&[MfaMethod::Totp], None))).unwrap();
    let error = done(&mut world, C::SetPasskeyMfa(true)).unwrap_err();
    assert!(
        matches!(error, AuthError::InvalidInput(_) | AuthError::FactorNotAvailable),
        "{error:?}"
    );
    let passkeys = json!({"relying_party_id": "localhost", "multi_factor": true});
    world.control("pool", json!({ "web_authn": passkeys }));
    assert_eq!(done(&mut world, C::SetPasskeyMfa(true)), Ok(()));
    assert_eq!(done(&mut world, C::SetPasskeyMfa(false)), Ok(()));
}

#[test]
fn factors_are_those_to_begin_with_and_the_second_ones() {
    let mut world = world();
    world.control(
        "pool",
        json!({"allowed_first_auth_factors": ["PASSWORD", "EMAIL_OTP"]}),
    );
    let factors = tell!(&mut world, C::AuthFactors, Factors).unwrap();
    assert_eq!(factors.factors, [Factor::Password, Factor::EmailOtp]);
    assert!(!factors.authenticator_app);
    assert_eq!(factors.mfa, MfaPreference::default());

    let mut world = with_app();
    done(&mut world, C::SetMfaPreference(prefer(&[MfaMethod::Totp], None))).unwrap();
    let factors = tell!(&mut world, C::AuthFactors, Factors).unwrap();
    assert_eq!(factors.factors, [Factor::Password]);
    assert_eq!(factors.mfa, prefer(&[MfaMethod::Totp], None));
}

#[test]
fn names_of_tomorrow_are_passed_over() {
    let mut world = world();
    world.wire.patch("GetUserAuthFactors", |body| {
        body["ConfiguredUserAuthFactors"] = json!(["PASSWORD", "TELEPATHY", "SOFTWARE_TOKEN"]);
        body["UserMFASettingList"] = json!(["TELEPATHY", "EMAIL_OTP"]);
        body["PreferredMfaSetting"] = json!("TELEPATHY");
    });
    let factors = tell!(&mut world, C::AuthFactors, Factors).unwrap();
    assert_eq!(factors.factors, [Factor::Password]);
    assert!(factors.authenticator_app);
    assert_eq!(factors.mfa, prefer(&[MfaMethod::Email], None));
}

#[test]
fn the_secret_is_not_shown_by_debug() {
    let mut world = world();
    let reply = super::told(&mut world, C::SetUpTotp).unwrap();
    assert_eq!(format!("{reply:?}"), "TotpSecret([redacted])");
}
