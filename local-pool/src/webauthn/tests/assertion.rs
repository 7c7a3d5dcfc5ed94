//! The answer to `WEB_AUTHN`.

use super::authenticator::{BACKED_UP, BACKUP_ELIGIBLE, EXTENSIONS, USER_PRESENT, USER_VERIFIED};
use super::*;
use crate::random::Random;
use serde_json::json;

#[test]
fn a_passkey_signs_in_again_and_again() {
    for mut authenticator in [Authenticator::es256(), Authenticator::rs256()] {
        for step in [0, 1] {
            authenticator.step = step;
            let mut ceremony = Ceremony::with(&mut authenticator);
            for _ in 0..3 {
                ceremony.challenge = challenge_bytes(&Random::default());
                let count = authenticator.sign_count;
                let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
                let state = ceremony.sign_in(&credential).unwrap();
                assert_eq!(state.sign_count, count);
            }
        }
    }
}

#[test]
fn extensions_are_read_over() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    authenticator.flags |= EXTENSIONS;
    authenticator.extensions = b"\xa1\x61a\xf5".to_vec();
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    assert!(ceremony.sign_in(&credential).is_ok());
}

#[test]
fn an_answer_is_good_for_one_challenge() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    ceremony.challenge = challenge_bytes(&Random::default());
    assert_eq!(ceremony.sign_in(&credential), Err(Refusal::ChallengeMismatch));
}

#[test]
fn the_client_data_has_to_be_what_was_asked() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    for (member, value, refusal) in [
        (
            "type",
            json!("webauthn.create"),
            Refusal::Malformed("CollectedClientData"),
        ),
        (
            "challenge",
            json!(encode(b"another one")),
            Refusal::ChallengeMismatch,
        ),
        ("origin", json!("https://evil.test"), Refusal::OriginNotAllowed),
        ("crossOrigin", json!(true), Refusal::OriginNotAllowed),
        // Allowed by itself, but not what was signed.
        ("origin", json!("https://localhost"), Refusal::InvalidSignature),
    ] {
        let changed = with_client_data(credential.clone(), member, value);
        assert_eq!(ceremony.sign_in(&changed), Err(refusal), "{member}");
    }
}

#[test]
fn another_relying_party_is_refused() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    let mut options = ceremony.request_options();
    options["rpId"] = json!("example.com");
    let credential = authenticator.get(&options, ORIGIN);
    assert_eq!(ceremony.sign_in(&credential), Err(Refusal::RelyingPartyMismatch));
}

#[test]
fn the_flags_have_to_fit() {
    for (flags, outcome) in [
        (USER_PRESENT, Some(Refusal::UserNotVerified)),
        (USER_VERIFIED, Some(Refusal::UserNotPresent)),
        (
            USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE,
            Some(Refusal::BackupEligibilityChanged),
        ),
    ] {
        let mut authenticator = Authenticator::es256();
        let mut ceremony = Ceremony::with(&mut authenticator);
        authenticator.flags = flags;
        let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
        assert_eq!(ceremony.sign_in(&credential).err(), outcome, "{flags:#b}");
    }
}

#[test]
fn user_verification_is_a_wish_where_it_is_preferred() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    ceremony.relying_party.user_verification = UserVerification::Preferred;
    authenticator.flags = USER_PRESENT;
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    assert!(ceremony.sign_in(&credential).is_ok());
}

#[test]
fn a_passkey_may_come_to_be_backed_up() {
    let mut authenticator = Authenticator::es256();
    authenticator.flags |= BACKUP_ELIGIBLE;
    let mut ceremony = Ceremony::with(&mut authenticator);
    authenticator.flags |= BACKED_UP;
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    assert!(ceremony.sign_in(&credential).unwrap().backed_up);
    assert!(ceremony.passkeys[0].state.backed_up);
}

#[test]
fn a_counter_that_does_not_go_forward_is_a_clones() {
    for (registered, signed, outcome) in [
        (5, 6, None),
        (0, 1, None),
        (0, 0, None),
        (5, 5, Some(Refusal::CounterWentBack)),
        (5, 4, Some(Refusal::CounterWentBack)),
        (5, 0, Some(Refusal::CounterWentBack)),
        (u32::MAX, 0, Some(Refusal::CounterWentBack)),
    ] {
        let mut authenticator = Authenticator::es256();
        authenticator.sign_count = registered;
        let mut ceremony = Ceremony::with(&mut authenticator);
        authenticator.sign_count = signed;
        let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
        assert_eq!(
            ceremony.sign_in(&credential).err(),
            outcome,
            "{registered} {signed}"
        );
    }
}

#[test]
fn another_key_does_not_sign_in() {
    for mut other in [Authenticator::es256(), Authenticator::rs256()] {
        let mut authenticator = Authenticator::es256();
        let mut ceremony = Ceremony::with(&mut authenticator);
        other.user_handle = Some(USER_HANDLE.to_vec());
        let credential = other.get(&ceremony.request_options(), ORIGIN);
        assert_eq!(ceremony.sign_in(&credential), Err(Refusal::UnknownCredential));
        let direct = verify_assertion(
            &credential,
            &ceremony.passkeys[0],
            USER_HANDLE,
            &ceremony.expectation(),
        );
        assert_eq!(direct, Err(Refusal::UnknownCredential));

        other.credential_id = authenticator.credential_id;
        let credential = other.get(&ceremony.request_options(), ORIGIN);
        assert_eq!(ceremony.sign_in(&credential), Err(Refusal::InvalidSignature));
    }
}

#[test]
fn every_bit_of_the_signature_counts() {
    for mut authenticator in [Authenticator::es256(), Authenticator::rs256()] {
        let mut ceremony = Ceremony::with(&mut authenticator);
        let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
        let length = decode(&credential["response"]["signature"]).len();
        for at in (0..length).step_by(5) {
            let forged = with_bytes(credential.clone(), "signature", |bytes| bytes[at] ^= 1);
            assert_eq!(ceremony.sign_in(&forged), Err(Refusal::InvalidSignature), "{at}");
        }
        let forged = with_bytes(credential.clone(), "signature", Vec::clear);
        assert_eq!(ceremony.sign_in(&forged), Err(Refusal::InvalidSignature));
        let forged = with_bytes(credential, "signature", |bytes| bytes.push(0));
        assert_eq!(ceremony.sign_in(&forged), Err(Refusal::InvalidSignature));
    }
}

#[test]
fn the_counter_cannot_be_moved_by_hand() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    let forged = with_bytes(credential, "authenticatorData", |bytes| bytes[36] = 9);
    assert_eq!(ceremony.sign_in(&forged), Err(Refusal::InvalidSignature));
}

#[test]
fn the_user_handle_is_the_users_or_absent() {
    for (handle, outcome) in [
        (None, None),
        (Some(USER_HANDLE.to_vec()), None),
        (Some(b"someone else".to_vec()), Some(Refusal::UserHandleMismatch)),
        (Some(Vec::new()), Some(Refusal::UserHandleMismatch)),
    ] {
        let mut authenticator = Authenticator::es256();
        let mut ceremony = Ceremony::with(&mut authenticator);
        authenticator.user_handle = handle;
        let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
        assert_eq!(ceremony.sign_in(&credential).err(), outcome);
    }
}
