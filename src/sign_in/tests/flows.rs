//! How each flow begins.

use std::time::Duration;

use serde_json::json;

use super::walk::*;
use crate::{
    config::{Factor, SignInFlow},
    ports::{NoRandomness, Random},
    sign_in::{Asks, Attempt, Moment, SignIn, SignInError, StepUp},
    token::AccessToken,
};

#[test]
fn user_srp_sends_a_public_value_and_then_a_proof_for_the_service_s_own_name() {
    let mut walk = Walk::start(attempt(SignInFlow::UserSrp));
    assert_eq!(
        walk.initiates("USER_SRP_AUTH"),
        json!({"USERNAME": "ada@example.com", "SRP_A": "A"})
    );
    walk.reply(verifier());
    assert_eq!(
        walk.responds("PASSWORD_VERIFIER", None),
        json!({"USERNAME": USER_ID, "PASSWORD_CLAIM_SECRET_BLOCK": "c2VjcmV0",
               "PASSWORD_CLAIM_SIGNATURE": "signature", "TIMESTAMP": "Fri Jan 15 08:00:00 UTC 2027"})
    );
    assert!(!walk.body().to_string().contains(SECRET), "no password is sent");
    walk.reply(tokens()).finishes();
}

#[test]
fn user_password_sends_the_password() {
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(
        walk.initiates("USER_PASSWORD_AUTH"),
        json!({"USERNAME": "ada@example.com", "PASSWORD": PASSWORD})
    );
    walk.reply(tokens()).finishes();
}

#[test]
fn a_custom_flow_begins_with_srp_or_with_the_name_alone() {
    let walk = Walk::start(attempt(SignInFlow::CustomWithSrp));
    assert_eq!(
        walk.initiates("CUSTOM_AUTH"),
        json!({"USERNAME": "ada@example.com", "CHALLENGE_NAME": "SRP_A", "SRP_A": "A"})
    );
    let walk = Walk::start(attempt(SignInFlow::CustomWithoutSrp));
    assert_eq!(
        walk.initiates("CUSTOM_AUTH"),
        json!({"USERNAME": "ada@example.com"})
    );
}

#[test]
fn user_auth_prefers_what_was_wanted() {
    for (preferred, name) in [
        (Factor::Passkey, "WEB_AUTHN"),
        (Factor::EmailOtp, "EMAIL_OTP"),
        (Factor::SmsOtp, "SMS_OTP"),
    ] {
        let walk = Walk::start(Attempt {
            preferred: Some(preferred),
            ..attempt(SignInFlow::UserAuth)
        });
        assert_eq!(
            walk.initiates("USER_AUTH"),
            json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": name})
        );
    }
    let walk = Walk::start(without_password(SignInFlow::UserAuth));
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com"})
    );
}

#[test]
fn user_auth_with_a_password_proves_it_unless_it_is_to_be_sent() {
    for preferred in [None, Some(Factor::PasswordSrp)] {
        let walk = Walk::start(Attempt {
            preferred,
            ..attempt(SignInFlow::UserAuth)
        });
        assert_eq!(
            walk.initiates("USER_AUTH"),
            json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "A"})
        );
    }
    let walk = Walk::start(Attempt {
        preferred: Some(Factor::Password),
        ..attempt(SignInFlow::UserAuth)
    });
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD})
    );
}

#[test]
fn a_password_that_is_needed_is_asked_for_before_anything_is_sent() {
    let preferring = |preferred| Attempt {
        preferred: Some(preferred),
        ..without_password(SignInFlow::UserAuth)
    };
    for (attempt, flow) in [
        (without_password(SignInFlow::UserSrp), "USER_SRP_AUTH"),
        (without_password(SignInFlow::UserPassword), "USER_PASSWORD_AUTH"),
        (without_password(SignInFlow::CustomWithSrp), "CUSTOM_AUTH"),
        (preferring(Factor::Password), "USER_AUTH"),
        (preferring(Factor::PasswordSrp), "USER_AUTH"),
    ] {
        let mut walk = Walk::start(attempt);
        assert_eq!(walk.challenge().username, "ada@example.com");
        assert_eq!(*walk.asks(), Asks::Password);
        assert!(!walk.challenge().renewed);
        assert_eq!(walk.challenge().other_way, flow == "USER_AUTH");
        walk.answer(password(PASSWORD));
        let parameters = walk.initiates(flow);
        assert!(
            parameters["PASSWORD"] == PASSWORD || parameters["SRP_A"] == "A",
            "{parameters}"
        );
    }
}

#[test]
fn the_session_of_a_sign_up_stands_for_all_proof() {
    for preferred in [None, Some(Factor::PasswordSrp), Some(Factor::EmailOtp)] {
        for begin in [attempt, without_password] {
            let mut walk = Walk::start(Attempt {
                sign_up_session: Some("SECRET-sign-up".to_owned().into()),
                preferred,
                ..begin(SignInFlow::UserAuth)
            });
            assert_eq!(
                walk.initiates("USER_AUTH"),
                json!({"USERNAME": "ada@example.com"})
            );
            assert_eq!(walk.body()["Session"], "SECRET-sign-up");
            walk.reply(tokens()).finishes();
        }
    }
}

fn step_up(acr_values: &[&str]) -> Attempt {
    Attempt {
        step_up: Some(StepUp {
            access_token: Some(AccessToken::from("SECRET-access".to_owned())),
            acr_values: acr_values.iter().map(|&value| value.to_owned()).collect(),
            max_age: Some(Duration::from_secs(300)),
        }),
        device: on_device(SignInFlow::UserAuth).device,
        ..without_password(SignInFlow::UserAuth)
    }
}

#[test]
fn a_step_up_names_its_levels_and_hands_over_the_access_token() {
    let walk = Walk::start(step_up(&["urn:mfa", "urn:any"]));
    assert!(walk.sign_in.step_up().is_some());
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com", "TARGET_ACR_VALUES": "urn:mfa urn:any",
               "ACCESS_TOKEN": "SECRET-access", "MAX_AGE": "300", "DEVICE_KEY": "us-east-1_device"})
    );
    // The service refuses a token without a level.
    let walk = Walk::start(step_up(&[]));
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com", "DEVICE_KEY": "us-east-1_device"})
    );
}

#[test]
fn a_step_up_by_password_goes_on_with_its_levels_after_a_wrong_one() {
    let mut walk = Walk::start(step_up(&["urn:mfa"]));
    walk.reply(choice("s1", &["PASSWORD", "WEB_AUTHN"]))
        .answer(crate::sign_in::Answer::Factor(Factor::Password));
    assert_eq!(*walk.asks(), Asks::Password);
    walk.answer(password("SECRET-wrong")).refuse(incorrect());
    walk.answer(password(PASSWORD));
    let parameters = walk.initiates("USER_AUTH");
    assert_eq!(parameters["TARGET_ACR_VALUES"], "urn:mfa");
    assert_eq!(parameters["PASSWORD"], PASSWORD);
}

#[test]
fn client_metadata_goes_with_every_request_of_the_flow() {
    let mut begun = attempt(SignInFlow::UserSrp);
    begun
        .client_metadata
        .insert("tenant".to_owned(), "north".to_owned());
    let mut walk = Walk::start(begun);
    assert_eq!(walk.body()["ClientMetadata"], json!({"tenant": "north"}));
    walk.reply(verifier());
    assert_eq!(walk.body()["ClientMetadata"], json!({"tenant": "north"}));
    assert!(
        Walk::start(attempt(SignInFlow::UserSrp))
            .body()
            .get("ClientMetadata")
            .is_none()
    );
}

#[test]
fn a_device_that_the_pool_knows_is_named() {
    for flow in [
        SignInFlow::UserSrp,
        SignInFlow::UserAuth,
        SignInFlow::CustomWithSrp,
    ] {
        let walk = Walk::start(on_device(flow));
        assert_eq!(walk.body()["AuthParameters"]["DEVICE_KEY"], DEVICE);
    }
}

#[test]
fn what_a_verifier_lacks_is_named() {
    for key in ["USER_ID_FOR_SRP", "SALT", "SRP_B", "SECRET_BLOCK"] {
        let mut answer = verifier();
        answer["ChallengeParameters"].as_object_mut().unwrap().remove(key);
        let mut walk = Walk::start(attempt(SignInFlow::UserSrp));
        assert_eq!(walk.reply_fails(answer), SignInError::Missing(key));
        assert!(!walk.sign_in.is_asking());
    }
}

#[test]
fn a_verifier_is_answered_once_and_only_where_a_proof_was_begun() {
    let unexpected = SignInError::UnsupportedChallenge("PASSWORD_VERIFIER".to_owned());
    let mut walk = Walk::start(attempt(SignInFlow::UserSrp));
    walk.reply(verifier());
    assert_eq!(walk.reply_fails(verifier()), unexpected);
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(walk.reply_fails(verifier()), unexpected);
}

#[test]
fn without_secure_randomness_no_proof_is_begun() {
    struct None;
    impl Random for None {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
            Err(NoRandomness)
        }
    }
    let moment = Moment {
        random: &None,
        ..MOMENT
    };
    let error = SignIn::start(attempt(SignInFlow::UserSrp), moment).unwrap_err();
    assert_eq!(error, SignInError::NoRandomness(NoRandomness));
}
