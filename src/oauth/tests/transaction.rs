//! PKCE, and what a request keeps for its answer.

use std::collections::HashSet;
use std::time::Duration;

use super::*;
use crate::webauthn::base64url;

#[test]
fn the_challenge_of_rfc_7636() {
    // Appendix B.
    let mut transaction = transaction();
    transaction.verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned().into();
    assert_eq!(
        transaction.code_challenge(),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
}

#[test]
fn each_secret_has_256_bits_of_its_own() {
    let random = Counting::default();
    for (in_popup, prefix) in [(false, "yc."), (true, "ycp.")] {
        let asked = random.asked.get();
        let transaction = begin(&random, in_popup);
        assert_eq!(random.asked.get() - asked, 3);
        let state = transaction.state.expose().strip_prefix(prefix).unwrap();
        for secret in [state, transaction.nonce.expose(), transaction.verifier.expose()] {
            assert_eq!(base64url::decode(secret).unwrap().len(), 32);
            // RFC 7636, section 4.1: 43 to 128 unreserved characters.
            assert_eq!(secret.len(), 43);
            assert!(
                secret
                    .bytes()
                    .all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c))
            );
        }
    }
}

#[test]
fn no_two_requests_share_anything() {
    let random = Counting::default();
    let mut seen = HashSet::new();
    // As many as the bytes go on without coming round.
    for at in 0..80 {
        let transaction = begin(&random, at % 2 == 0);
        let secrets = [
            transaction.state.expose().rsplit('.').next().unwrap().to_owned(),
            transaction.nonce.expose().to_owned(),
            transaction.verifier.expose().to_owned(),
            transaction.code_challenge(),
        ];
        for secret in secrets {
            assert!(seen.insert(secret), "again");
        }
    }
}

#[test]
fn without_randomness_there_is_no_request() {
    struct Broken;
    impl Random for Broken {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
            Err(NoRandomness)
        }
    }
    let begun = Transaction::begin(&Broken, NOW, CALLBACK.to_owned(), false, false);
    assert_eq!(begun, Err(NoRandomness));
}

#[test]
fn only_its_own_state_answers_it() {
    let random = Counting::default();
    let (one, other) = (begin(&random, false), begin(&random, false));
    assert!(one.is_answered_by(&one.state));
    assert!(!one.is_answered_by(&other.state));
    let state = one.state.expose();
    for odd in [
        String::new(),
        "yc.".to_owned(),
        state[..state.len() - 1].to_owned(),
        [state, "A"].concat(),
        [" ", state].concat(),
        [state, "\0"].concat(),
        state.to_uppercase(),
        state.replacen("yc.", "ycp.", 1),
    ] {
        assert!(!one.is_answered_by(&odd.clone().into()), "{odd:?}");
    }
}

#[test]
fn a_state_is_known_for_ours_by_its_beginning() {
    let random = Counting::default();
    let (redirect, popup) = (begin(&random, false).state, begin(&random, true).state);
    assert!(redirect.is_ours() && !redirect.is_of_popup());
    assert!(popup.is_ours() && popup.is_of_popup());
    for odd in [
        "", "yc", "ycp", "YC.abc", "xyc.abc", " yc.abc", "ycx.abc", "abc", "%79c.abc",
    ] {
        let state = State::from(odd.to_owned());
        assert!(!state.is_ours() && !state.is_of_popup(), "{odd}");
    }
}

#[test]
fn it_is_good_for_a_quarter_of_an_hour() {
    let transaction = transaction();
    assert!(!transaction.has_expired(NOW));
    assert!(!transaction.has_expired(NOW.plus(LIFETIME - Duration::from_millis(1))));
    assert!(transaction.has_expired(NOW.plus(LIFETIME)));
    assert!(transaction.has_expired(UnixMillis(u64::MAX)));
    // The clock was set back meanwhile.
    assert!(!transaction.has_expired(UnixMillis(0)));
    assert_eq!(LIFETIME, Duration::from_secs(900));
}

#[test]
fn it_is_the_same_when_it_comes_out_of_storage() {
    let kept = serde_json::to_string(&transaction()).unwrap();
    assert_eq!(serde_json::from_str::<Transaction>(&kept).unwrap(), transaction());
    for odd in ["", "null", "{}", "[]", "\"yc.\"", "{\"state\":\"yc.\"}"] {
        assert!(serde_json::from_str::<Transaction>(odd).is_err(), "{odd}");
    }
}
