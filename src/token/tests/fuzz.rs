//! Whatever comes in, it is refused without a panic.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_changed_token_is_refused_or_means_the_same(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4u8, any::<char>(), 0..128u8), 1..4),
    ) {
        let mut token: Vec<char> = valid().chars().collect();
        for (place, edit, wild, ascii) in edits {
            let place = place.index(token.len());
            match edit {
                0 => token[place] = wild,
                1 => token[place] = char::from(ascii),
                2 => { token.remove(place); }
                _ => token.insert(place, char::from(ascii)),
            }
        }
        if let Ok(claims) = verify_text(token.into_iter().collect::<String>()) {
            prop_assert_eq!(claims, verify_text(valid()).unwrap());
        }
    }

    #[test]
    fn no_text_is_taken_for_a_token(text in ".{0,300}", header in ".{0,40}", payload in ".{0,80}") {
        prop_assert!(verify_text(text).is_err());
        let [_, _, signature] = parts();
        let token = format!("{}.{}.{signature}", base64url(header), base64url(payload));
        prop_assert!(verify_text(token).is_err());
    }

    #[test]
    fn signed_nonsense_never_panics(payload in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(verify_text(sign(key(), &header(), payload)).is_err());
    }

    #[test]
    fn no_key_set_panics(n in prop::collection::vec(any::<u8>(), 0..600), e in prop::collection::vec(any::<u8>(), 0..9)) {
        let key = json!({ "kty": "RSA", "kid": KID, "n": base64url(n), "e": base64url(e) });
        if let Ok(jwks) = jwks(&[key]) {
            let verifier = Verifier::new(ISSUER, CLIENT, jwks);
            prop_assert!(verifier.verify_id(&IdToken::from(valid().to_owned()), NOW).is_err());
        }
    }
}
