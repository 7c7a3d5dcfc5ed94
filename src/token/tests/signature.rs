//! Whose signature is taken, and what is no token at all.

use super::*;

#[test]
fn only_rs256() {
    let payload = base64url(id_payload().to_string());
    for alg in [
        "none", "None", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256", "",
    ] {
        let header = base64url(json!({ "kid": KID, "alg": alg }).to_string());
        for signature in ["", parts()[2]] {
            assert_eq!(
                verify_text(format!("{header}.{payload}.{signature}")).unwrap_err(),
                TokenError::Algorithm
            );
        }
    }
    for header in [
        json!({ "kid": KID }),
        json!({ "kid": KID, "alg": 256 }),
        json!({}),
    ] {
        let token = sign(key(), &header.to_string(), id_payload().to_string());
        assert_eq!(verify_text(token).unwrap_err(), TokenError::Algorithm);
    }
}

#[test]
fn the_public_key_is_no_hmac_secret() {
    let public = key().to_public_key();
    let pem = public.to_public_key_pem(LineEnding::LF).unwrap();
    let modulus = public.n().to_bytes_be();
    let encoded = base64url(&modulus);
    for alg in ["HS256", "RS256"] {
        let header = base64url(json!({ "kid": KID, "alg": alg }).to_string());
        let message = format!("{header}.{}", base64url(id_payload().to_string()));
        for secret in [pem.as_bytes(), &modulus, encoded.as_bytes()] {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.update(message.as_bytes());
            let token = format!("{message}.{}", base64url(mac.finalize().into_bytes()));
            let expected = if alg == "HS256" {
                TokenError::Algorithm
            } else {
                TokenError::Signature
            };
            assert_eq!(verify_text(token).unwrap_err(), expected);
        }
    }
}

#[test]
fn the_key_has_to_be_the_pools() {
    let stranger = key_of_bits(2048, 2);
    let payload = id_payload().to_string();
    assert_eq!(
        verify_text(sign(&stranger, &header(), &payload)).unwrap_err(),
        TokenError::Signature
    );
    for header in [
        json!({ "alg": "RS256", "kid": "key-2=" }),
        json!({ "alg": "RS256", "kid": "" }),
        json!({ "alg": "RS256", "kid": 1 }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "RS256", "jwk": jwk("key-2=", &stranger), "jku": "https://example.com/jwks.json" }),
    ] {
        let token = sign(&stranger, &header.to_string(), &payload);
        assert_eq!(verify_text(token).unwrap_err(), TokenError::UnknownKey);
    }
    let new_header = json!({ "alg": "RS256", "kid": "key-2=" }).to_string();
    let token = IdToken::from(sign(&stranger, &new_header, &payload));
    assert_eq!(
        verifier().verify_id(&token, NOW).unwrap_err(),
        TokenError::UnknownKey
    );
    let renewed = Verifier::new(
        ISSUER,
        CLIENT,
        jwks(&[jwk(KID, key()), jwk("key-2=", &stranger)]).unwrap(),
    );
    assert!(renewed.verify_id(&token, NOW).is_ok());
}

#[test]
fn critical_extensions_are_refused() {
    for crit in [json!(["exp"]), json!([]), json!(null)] {
        let header = json!({ "kid": KID, "alg": "RS256", "crit": crit }).to_string();
        let token = sign(key(), &header, id_payload().to_string());
        assert_eq!(verify_text(token).unwrap_err(), TokenError::Critical);
    }
}

#[test]
fn tampering() {
    let [header, payload, signature] = parts();
    let admin = base64url(with(id_payload(), "cognito:groups", json!(["owners"])).to_string());
    for token in [
        format!("{header}.{admin}.{signature}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{}", &signature[..signature.len() - 4]),
        format!("{header}.{payload}.AAAA{signature}"),
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{}", base64url([0; 256])),
        format!("{header}.{payload}.{}", base64url([255; 256])),
        format!("{header}.{payload}.{}", base64url(key().n().to_bytes_be())),
        format!("{header}.{payload}.!!!"),
        format!("{header}.{payload}.{signature}\n"),
    ] {
        assert_eq!(verify_text(token.as_str()), Err(TokenError::Signature), "{token}");
    }
}

#[test]
fn a_signature_has_one_form() {
    // s + n is congruent to s, and for some tokens no longer than n: RFC 8017 refuses it all the same.
    let found = (0..64).find_map(|jti| {
        let token = sign(
            key(),
            &header(),
            with(id_payload(), "jti", json!(jti.to_string())).to_string(),
        );
        let (message, signature) = token.rsplit_once('.').unwrap();
        let number = rsa::BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(signature).unwrap());
        let other = (number + key().n()).to_bytes_be();
        (other.len() == 256).then(|| (token.clone(), format!("{message}.{}", base64url(other))))
    });
    let (token, other) = found.unwrap();
    assert!(verify_text(token).is_ok());
    assert_eq!(verify_text(other), Err(TokenError::Signature));
}

#[test]
fn what_is_no_token() {
    let [header, payload, signature] = parts();
    for token in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "a.b.c".to_owned(),
        "eyJhbGciOiJSUzI1NiJ9".to_owned(),
        header.to_owned(),
        format!("{header}.{payload}"),
        format!("{header}=.{payload}.{signature}"),
        format!("{header}.{payload}.{signature}.{signature}"),
        format!("é.{payload}.{signature}"),
        format!("{}.{payload}.{signature}", base64url("[]")),
        format!("{}.{payload}.{signature}", base64url("{\"alg\":")),
        format!("{}.{payload}.{signature}", base64url([0xff, 0xfe])),
    ] {
        let error = verify_text(token.as_str()).unwrap_err();
        assert!(
            matches!(error, TokenError::Malformed | TokenError::Signature),
            "{token}: {error}"
        );
    }
    for payload in [
        b"\"text\"".as_slice(),
        b"[]",
        b"",
        b"{",
        b"{\"sub\":\"\xff\xfe\"}",
        b"\xff",
    ] {
        assert_eq!(
            verify_text(sign(key(), &self::header(), payload)).unwrap_err(),
            TokenError::Malformed
        );
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(4000), "]".repeat(4000));
    assert_eq!(
        verify_text(sign(key(), &self::header(), deep)).unwrap_err(),
        TokenError::Malformed
    );
}

#[test]
fn sizes() {
    let filled = |length: usize| with(id_payload(), "custom:note", json!("x".repeat(length)));
    assert!(verify_payload(&filled(10_000)).is_ok());
    assert_eq!(verify_payload(&filled(12_000)).unwrap_err(), TokenError::TooLarge);
    assert_eq!(
        verify_text("é".repeat(TOKEN_MAX_LEN)).unwrap_err(),
        TokenError::TooLarge
    );
}
