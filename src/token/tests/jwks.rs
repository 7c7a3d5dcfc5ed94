//! Which keys are taken from a key set.

use super::*;

#[test]
fn key_sets() {
    let good = || jwk(KID, key());
    let kids = |keys: &[Value]| jwks(keys).map(|jwks| format!("{jwks:?}"));
    assert_eq!(kids(&[good()]), Ok("[\"key-1=\"]".to_owned()));
    let mut bare = good();
    bare.as_object_mut()
        .unwrap()
        .retain(|name, _| ["kty", "kid", "n", "e"].contains(&name.as_str()));
    assert!(kids(&[bare]).is_ok());

    let unusable = [
        with(good(), "kty", json!("EC")),
        with(good(), "use", json!("enc")),
        with(good(), "alg", json!("RS512")),
        with(good(), "kid", json!("")),
        with(good(), "kid", json!(1)),
        with(good(), "n", json!("")),
        with(good(), "n", json!("***")),
        with(good(), "n", json!(base64url([0; 256]))),
        with(good(), "n", json!(base64url([0xfe; 256]))),
        with(good(), "n", json!(base64url([0xff; 513]))),
        with(
            good(),
            "n",
            json!(base64url([&[0; 128][..], &[0xff; 128]].concat())),
        ),
        with(good(), "e", json!("")),
        with(good(), "e", json!("AA")),
        with(good(), "e", json!("AQ")),
        with(good(), "e", json!("BA")),
        with(good(), "e", json!(base64url([0xff; 256]))),
        without(good(), "n"),
        jwk("weak", &key_of_bits(1024, 3)),
        json!({}),
        json!("key"),
        json!(null),
    ];
    for key in &unusable {
        assert_eq!(
            kids(std::slice::from_ref(key)),
            Err(JwksError::NoUsableKey),
            "{key}"
        );
    }
    let mixed: Vec<_> = unusable.into_iter().chain([good()]).collect();
    assert_eq!(kids(&mixed), Ok("[\"key-1=\"]".to_owned()));

    assert_eq!(kids(&[]), Err(JwksError::NoUsableKey));
    for text in ["", "[]", "{}", "{\"keys\":{}}", "<html>"] {
        assert_eq!(Jwks::parse(text).unwrap_err(), JwksError::Malformed, "{text}");
    }
    assert_eq!(Jwks::parse(&" ".repeat(65_537)).unwrap_err(), JwksError::TooLarge);
}
