//! The pool's settings and a registration's time.

use super::*;
use crate::random::Random;

#[test]
fn a_pool_without_passkeys_says_so() {
    let mut configuration = Configuration::default();
    assert_eq!(configuration.relying_party(), Err(Refusal::NotEnabled));
    configuration.enabled = true;
    assert_eq!(configuration.relying_party(), Err(Refusal::ConfigurationMissing));
    configuration.relying_party_id = Some(String::new());
    assert_eq!(configuration.relying_party(), Err(Refusal::ConfigurationMissing));
    configuration.relying_party_id = Some("localhost".to_owned());
    let relying_party = configuration.relying_party().unwrap();
    assert_eq!(relying_party.id, "localhost");
    assert_eq!(relying_party.user_verification, UserVerification::Preferred);
}

#[test]
fn a_registration_is_one_clients_for_a_time() {
    let pending = PendingRegistration::new(&Random::default(), "client", NOW);
    let text = serde_json::to_string(&pending).unwrap();
    let pending: PendingRegistration = serde_json::from_str(&text).unwrap();
    assert_eq!(pending.answered_by("client", NOW + 179), Ok(pending.challenge()));
    assert_eq!(
        pending.answered_by("client", NOW + 180),
        Err(Refusal::ChallengeNotFound)
    );
    assert_eq!(pending.answered_by("other", NOW), Err(Refusal::ClientMismatch));
}

#[test]
fn refusals_are_the_exceptions_of_the_service_model() {
    let registration = |refusal: Refusal| refusal.at_registration().kind;
    for (refusal, kind) in [
        (Refusal::NotEnabled, "WebAuthnNotEnabledException"),
        (
            Refusal::ConfigurationMissing,
            "WebAuthnConfigurationMissingException",
        ),
        (Refusal::ChallengeMismatch, "WebAuthnChallengeNotFoundException"),
        (Refusal::ClientMismatch, "WebAuthnClientMismatchException"),
        (Refusal::OriginNotAllowed, "WebAuthnOriginNotAllowedException"),
        (
            Refusal::RelyingPartyMismatch,
            "WebAuthnRelyingPartyMismatchException",
        ),
        (Refusal::UnsupportedKey, "WebAuthnCredentialNotSupportedException"),
        (Refusal::Malformed("a form"), "InvalidParameterException"),
    ] {
        assert_eq!(registration(refusal), kind);
    }
    let sign_in = Refusal::CounterWentBack.at_sign_in();
    assert_eq!(sign_in.kind, "NotAuthorizedException");
    assert_eq!(
        sign_in.log_text(),
        "the authenticator's counter went back: it may have been cloned"
    );
    assert_ne!(sign_in.message, sign_in.log_text());
    assert_eq!(
        Refusal::Malformed("a form").at_sign_in().kind,
        "InvalidParameterException"
    );
}
