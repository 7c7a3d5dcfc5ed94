//! No path gives tokens without the proofs that it should have asked for.

use super::*;
use crate::operations::testing::refused;
use crate::pool::client::Client;
use crate::pool::custom_auth::{CustomAuth, CustomChallenge, Expected};
use crate::pool::device::Device;
use crate::pool::settings::{DeviceSettings, WebAuthnSettings};
use crate::pool::user::Status;
use crate::webauthn::UserVerification;

const CHALLENGES: [&str; 14] = [
    "SMS_MFA",
    "EMAIL_OTP",
    "SOFTWARE_TOKEN_MFA",
    "SELECT_MFA_TYPE",
    "MFA_SETUP",
    "PASSWORD_VERIFIER",
    "CUSTOM_CHALLENGE",
    "SELECT_CHALLENGE",
    "DEVICE_SRP_AUTH",
    "DEVICE_PASSWORD_VERIFIER",
    "NEW_PASSWORD_REQUIRED",
    "SMS_OTP",
    "PASSWORD",
    "PASSWORD_SRP",
];

const OTHER_CLIENT: &str = "otherclient000000000000001";

/// A sign-in that has come to a challenge.
struct At {
    world: World,
    challenge: Value,
}

impl At {
    fn name(&self) -> &str {
        self.challenge["ChallengeName"].as_str().unwrap()
    }
}

fn everything() -> World {
    let mut world = open_world();
    // A moment that stays: codes of the app are the same throughout.
    world.shared.clock.freeze(1_800_000_000);
    let other = Client {
        id: OTHER_CLIENT.to_owned(),
        ..client(&mut world).clone()
    };
    let pool = pool(&mut world);
    pool.kept.clients.insert(other.id.clone(), other);
    pool.kept.settings.custom_auth = Some(CustomAuth {
        challenges: vec![CustomChallenge {
            parameters: [].into(),
            expects: Expected::Answer("42".to_owned()),
        }],
        attempts: 3,
    });
    world
}

fn with_device(world: &mut World) {
    let username = user(world, USER).username;
    pool(world).kept.settings.devices = Some(DeviceSettings::default());
    let device = Device {
        key: "us-east-1_0".to_owned(),
        group_key: "-abc".to_owned(),
        name: None,
        salt: "12".to_owned(),
        verifier: "34".to_owned(),
        remembered: true,
        created_at: 0,
        modified_at: 0,
        last_authenticated_at: 0,
    };
    let devices = &mut pool(world).user_mut(&username).unwrap().devices;
    devices.insert(device.key.clone(), device);
}

/// One sign-in at each challenge that there is.
fn all() -> Vec<At> {
    type Lead = fn(&mut World) -> Value;
    let leads: [Lead; 15] = [
        |world| by_choice(world, json!({})).unwrap(),
        |world| by_choice(world, json!({"PREFERRED_CHALLENGE": "PASSWORD"})).unwrap(),
        |world| by_choice(world, json!({"PREFERRED_CHALLENGE": "PASSWORD_SRP"})).unwrap(),
        |world| {
            by_choice(
                world,
                json!({"PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "abcdef"}),
            )
            .unwrap()
        },
        |world| by_choice(world, json!({"PREFERRED_CHALLENGE": "EMAIL_OTP"})).unwrap(),
        |world| {
            add_phone(world);
            by_choice(world, json!({"PREFERRED_CHALLENGE": "SMS_OTP"})).unwrap()
        },
        |world| {
            with_mfa(world, MfaConfiguration::On);
            add_phone(world);
            by_password(world)
        },
        |world| {
            with_mfa(world, MfaConfiguration::On);
            by_password(world)
        },
        |world| {
            with_mfa(world, MfaConfiguration::On);
            add_app(world);
            by_password(world)
        },
        |world| {
            with_mfa(world, MfaConfiguration::On);
            add_app(world);
            let username = user(world, USER).username;
            pool(world).user_mut(&username).unwrap().mfa.email = true;
            by_password(world)
        },
        |world| {
            with_mfa(world, MfaConfiguration::On);
            let mfa = &mut pool(world).kept.settings.mfa;
            (mfa.sms, mfa.email) = (false, false);
            by_password(world)
        },
        |world| {
            let username = user(world, USER).username;
            pool(world)
                .set_status(&username, Status::ForceChangePassword)
                .unwrap();
            by_password(world)
        },
        |world| begin(world, "CUSTOM_AUTH", json!({"USERNAME": USER})).unwrap(),
        |world| {
            with_device(world);
            let input = json!({"USERNAME": USER, "PASSWORD": PASSWORD, "DEVICE_KEY": "us-east-1_0"});
            begin(world, "USER_PASSWORD_AUTH", input).unwrap()
        },
        |world| {
            with_device(world);
            let input = json!({"USERNAME": USER, "PASSWORD": PASSWORD, "DEVICE_KEY": "us-east-1_0"});
            let challenge = begin(world, "USER_PASSWORD_AUTH", input).unwrap();
            let responses = [("DEVICE_KEY", "us-east-1_0"), ("SRP_A", "abcdef")];
            answer(world, "DEVICE_SRP_AUTH", &session(&challenge), &responses).unwrap()
        },
    ];
    leads
        .into_iter()
        .map(|lead| {
            let mut world = everything();
            let challenge = lead(&mut world);
            At { world, challenge }
        })
        .collect()
}

/// What would be right for as many challenges as one answer can be, whichever the Session is for.
fn responses(world: &World) -> Map<String, Value> {
    let mail = world
        .shared
        .mailbox()
        .mails()
        .next()
        .map(|mail| mail.code.clone());
    let code = mail.unwrap_or_else(|| "123456".to_owned());
    let timestamp = crate::clock::format_timestamp(world.shared.clock.now());
    let app_code = app_code(world);
    [
        ("USERNAME", USER),
        ("PASSWORD", PASSWORD),
        ("NEW_PASSWORD", "Sunflower-43!"),
        ("ANSWER", "42"),
        ("SMS_MFA_CODE", &code),
        ("SMS_OTP_CODE", &code),
        ("EMAIL_OTP_CODE", &code),
        ("SOFTWARE_TOKEN_MFA_CODE", &app_code),
        ("SRP_A", "abcdef"),
        ("DEVICE_KEY", "us-east-1_0"),
        ("PASSWORD_CLAIM_SIGNATURE", "YWJj"),
        ("PASSWORD_CLAIM_SECRET_BLOCK", "YWJj"),
        ("TIMESTAMP", &timestamp),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), json!(value)))
    .collect()
}

fn input(world: &World, name: &str, session: &str) -> Value {
    json!({"ChallengeName": name, "Session": session, "ChallengeResponses": responses(world)})
}

#[test]
fn every_challenge_is_reached() {
    let mut names: Vec<String> = all().iter().map(|at| at.name().to_owned()).collect();
    names.sort();
    names.dedup();
    let mut expected = CHALLENGES;
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn a_session_answers_its_own_challenge_alone() {
    for mut at in all() {
        let (own, session) = (at.name().to_owned(), session(&at.challenge));
        for name in CHALLENGES
            .into_iter()
            .chain(["WEB_AUTHN"])
            .filter(|name| *name != own)
        {
            let mut input = input(&at.world, name, &session);
            input["ChallengeResponses"]["CREDENTIAL"] = json!("{}");
            let refusal = refused(&mut at.world, "RespondToAuthChallenge", input);
            assert_eq!(refusal.kind, "NotAuthorizedException", "{own} answered as {name}");
        }
    }
}

#[test]
fn a_session_that_is_made_up_expired_anothers_or_another_clients_is_refused() {
    for mut at in all() {
        let (name, session) = (at.name().to_owned(), session(&at.challenge));
        let mut refuse = |change: &dyn Fn(&mut Value)| {
            let mut input = input(&at.world, &name, &session);
            change(&mut input);
            let refusal = refused(&mut at.world, "RespondToAuthChallenge", input);
            assert_eq!(refusal.kind, "NotAuthorizedException", "{name}");
        };
        refuse(&|input| input["Session"] = json!("x".repeat(256)));
        refuse(&|input| input["Session"] = json!(format!("{session}x")));
        refuse(&|input| input["ChallengeResponses"]["USERNAME"] = json!("admin@example.com"));
        refuse(&|input| input["ClientId"] = json!(OTHER_CLIENT));
        at.world.shared.clock.advance(180);
        let input = input(&at.world, &name, &session);
        let refusal = refused(&mut at.world, "RespondToAuthChallenge", input);
        let expired = "Invalid session for the user, session is expired.";
        assert_eq!(refusal.message, expired, "{name}");
    }
}

#[test]
fn an_answer_without_a_session_leads_nowhere() {
    for mut at in all() {
        let name = at.name().to_owned();
        let mut input = input(&at.world, &name, "");
        input.as_object_mut().unwrap().remove("Session");
        let refusal = refused(&mut at.world, "RespondToAuthChallenge", input);
        let kinds = ["InvalidParameterException", "NotAuthorizedException"];
        assert!(kinds.contains(&refusal.kind.as_str()), "{name}: {refusal:?}");
    }
}

#[test]
fn a_user_disabled_or_deleted_on_the_way_gets_nothing() {
    for gone in [false, true] {
        for mut at in all() {
            let (name, session) = (at.name().to_owned(), session(&at.challenge));
            let username = user(&at.world, USER).username;
            if gone {
                pool(&mut at.world).delete(&username);
            } else {
                pool(&mut at.world).user_mut(&username).unwrap().enabled = false;
            }
            let input = input(&at.world, &name, &session);
            let outcome = perform(&mut at.world, "RespondToAuthChallenge", input);
            // Another challenge tells nothing and leads nowhere either.
            assert!(!outcome.is_ok_and(|answer| has_tokens(&answer)), "{name}");
        }
    }
}

#[test]
fn a_passkey_challenge_is_bound_in_the_same_way() {
    let mut world = everything();
    let settings = &mut pool(&mut world).kept.settings;
    settings.allowed_first_auth_factors.push(AuthFactor::WebAuthn);
    settings.web_authn = Some(WebAuthnSettings {
        relying_party_id: "localhost".to_owned(),
        user_verification: UserVerification::Preferred,
        multi_factor: false,
    });
    let username = user(&world, USER).username;
    // Not among the factors without a passkey: the offer falls back to the list.
    let offer = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "WEB_AUTHN"})).unwrap();
    assert_eq!(offer["ChallengeName"], "SELECT_CHALLENGE");
    let flow = super::super::Flow::new(
        super::super::Kind::Choice,
        &client(&mut world).clone(),
        &username,
        USER.to_owned(),
        &crate::protocol::Request::new(Map::new()),
    );
    let challenge = super::super::passkey::challenge(pool(&mut world), flow).unwrap();
    for name in CHALLENGES {
        let input = input(&world, name, &session(&challenge));
        let refusal = refused(&mut world, "RespondToAuthChallenge", input);
        assert_eq!(refusal.kind, "NotAuthorizedException", "{name}");
    }
    let nonsense = [("CREDENTIAL", "{}")];
    let refused = answer(&mut world, "WEB_AUTHN", &session(&challenge), &nonsense);
    assert!(refused.is_err());
}
