//! `CompleteWebAuthnRegistration`.

use super::authenticator::{
    Attestation, BACKED_UP, BACKUP_ELIGIBLE, EXTENSIONS, USER_PRESENT, USER_VERIFIED,
};
use super::*;
use ciborium::{Value as Cbor, cbor};
use serde_json::json;

/// What comes of `authenticator`'s answer where user verification is required.
fn registered(authenticator: &mut Authenticator) -> Result<Passkey, Refusal> {
    let ceremony = Ceremony::new(UserVerification::Required);
    let credential = authenticator.create(&ceremony.creation_options(), ORIGIN);
    ceremony.register(&credential)
}

#[test]
fn a_passkey_is_registered_and_described() {
    for mut authenticator in [Authenticator::es256(), Authenticator::rs256()] {
        let passkey = registered(&mut authenticator).unwrap();
        assert_eq!(
            passkey.description(),
            json!({
                "CredentialId": encode(&authenticator.credential_id),
                "FriendlyCredentialName": "Platform passkey",
                "RelyingPartyId": "localhost",
                "AuthenticatorAttachment": "platform",
                "AuthenticatorTransports": ["internal", "hybrid"],
                "CreatedAt": NOW,
            })
        );
        assert_eq!(passkey.aaguid, "aa".repeat(16));
    }
}

#[test]
fn a_passkey_survives_the_data_file() {
    let passkey = registered(&mut Authenticator::es256()).unwrap();
    let text = serde_json::to_string(&passkey).unwrap();
    assert_eq!(serde_json::from_str::<Passkey>(&text).unwrap(), passkey);
}

#[test]
fn attachments_and_transports_may_be_unknown() {
    let ceremony = Ceremony::new(UserVerification::Preferred);
    let mut credential = Authenticator::es256().create(&ceremony.creation_options(), ORIGIN);
    credential["authenticatorAttachment"] = json!("cross-platform");
    credential["response"]["transports"] = json!(["usb", "telepathy", "x".repeat(33)]);
    let description = ceremony.register(&credential).unwrap().description();
    assert_eq!(description["FriendlyCredentialName"], "Roaming passkey");
    assert_eq!(description["AuthenticatorAttachment"], "cross-platform");
    assert_eq!(
        description["AuthenticatorTransports"],
        json!(["usb", "telepathy"])
    );

    credential["authenticatorAttachment"] = json!("orbital");
    credential["response"]["transports"] = json!(vec!["usb"; 100]);
    let description = ceremony.register(&credential).unwrap().description();
    assert_eq!(description.get("AuthenticatorAttachment"), None);
    assert_eq!(description["AuthenticatorTransports"], json!(vec!["usb"; 8]));

    credential["authenticatorAttachment"] = Value::Null;
    credential["response"]["transports"] = Value::Null;
    assert!(ceremony.register(&credential).is_ok());
}

#[test]
fn attestations_are_accepted_but_not_if_they_are_false() {
    for mut authenticator in [Authenticator::es256(), Authenticator::rs256()] {
        for attestation in [Attestation::Own, Attestation::Certificate] {
            authenticator.attestation = attestation;
            assert!(registered(&mut authenticator).is_ok(), "{attestation:?}");
        }
    }

    let ceremony = Ceremony::new(UserVerification::Required);
    let mut authenticator = Authenticator::es256();
    authenticator.attestation = Attestation::Own;
    let credential = authenticator.create(&ceremony.creation_options(), ORIGIN);
    let moved = with_client_data(credential.clone(), "origin", json!("https://localhost"));
    assert_eq!(ceremony.register(&moved), Err(Refusal::InvalidAttestation));
    let other_algorithm = with_bytes(credential.clone(), "attestationObject", |bytes| {
        let at = bytes.windows(5).position(|part| part == b"\x63alg\x26").unwrap();
        bytes[at + 4] += 1;
    });
    assert_eq!(
        ceremony.register(&other_algorithm),
        Err(Refusal::InvalidAttestation)
    );
    let renamed = with_bytes(credential, "attestationObject", |bytes| {
        let at = bytes.windows(7).position(|part| part == b"\x66packed").unwrap();
        bytes.splice(at..at + 7, *b"\x64none");
    });
    assert_eq!(ceremony.register(&renamed), Err(Refusal::InvalidAttestation));
}

#[test]
fn the_client_data_has_to_be_what_was_asked() {
    let ceremony = Ceremony::new(UserVerification::Required);
    let credential = Authenticator::es256().create(&ceremony.creation_options(), ORIGIN);
    let form = Refusal::Malformed("CollectedClientData");
    for (member, value, refusal) in [
        ("type", json!("webauthn.get"), form),
        (
            "challenge",
            json!(encode(b"another one")),
            Refusal::ChallengeMismatch,
        ),
        ("challenge", json!(""), Refusal::ChallengeMismatch),
        ("challenge", json!("="), form),
        ("origin", json!("https://evil.test"), Refusal::OriginNotAllowed),
        ("origin", json!(null), form),
        ("crossOrigin", json!(true), Refusal::OriginNotAllowed),
    ] {
        let changed = with_client_data(credential.clone(), member, value);
        assert_eq!(ceremony.register(&changed), Err(refusal), "{member}");
    }
}

#[test]
fn another_relying_party_is_refused() {
    let ceremony = Ceremony::new(UserVerification::Required);
    let mut options = ceremony.creation_options();
    options["rp"]["id"] = json!("example.com");
    let credential = Authenticator::es256().create(&options, ORIGIN);
    assert_eq!(ceremony.register(&credential), Err(Refusal::RelyingPartyMismatch));
}

#[test]
fn the_flags_have_to_fit() {
    for (flags, outcome) in [
        (USER_PRESENT, Some(Refusal::UserNotVerified)),
        (USER_VERIFIED, Some(Refusal::UserNotPresent)),
        (
            USER_PRESENT | USER_VERIFIED | BACKED_UP,
            Some(Refusal::Malformed("authenticator data")),
        ),
        (USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE, None),
        (USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP, None),
    ] {
        let mut authenticator = Authenticator::es256();
        authenticator.flags = flags;
        assert_eq!(registered(&mut authenticator).err(), outcome, "{flags:#b}");
    }
}

#[test]
fn user_verification_is_a_wish_where_it_is_preferred() {
    let ceremony = Ceremony::new(UserVerification::Preferred);
    let mut authenticator = Authenticator::es256();
    authenticator.flags = USER_PRESENT;
    let credential = authenticator.create(&ceremony.creation_options(), ORIGIN);
    assert!(ceremony.register(&credential).is_ok());
}

#[test]
fn extensions_are_read_over_and_nothing_may_follow() {
    let form = Some(Refusal::Malformed("authenticator data"));
    for (flag, extensions, outcome) in [
        (EXTENSIONS, b"\xa1\x61a\xf5".as_slice(), None),
        (EXTENSIONS, b"\xa0\x00", form),
        (EXTENSIONS, b"\x01", form),
        (EXTENSIONS, b"", form),
        (0, b"\xa0", form),
    ] {
        let mut authenticator = Authenticator::es256();
        authenticator.flags |= flag;
        authenticator.extensions = extensions.to_vec();
        assert_eq!(registered(&mut authenticator).err(), outcome, "{extensions:?}");
    }
    let ceremony = Ceremony::new(UserVerification::Required);
    let credential = Authenticator::es256().create(&ceremony.creation_options(), ORIGIN);
    let longer = with_bytes(credential, "attestationObject", |bytes| bytes.push(0));
    assert_eq!(
        ceremony.register(&longer),
        Err(Refusal::Malformed("attestation object"))
    );
}

#[test]
fn keys_that_were_not_asked_for_are_refused() {
    let modulus = rsa::BigUint::from(1_u8);
    let exponent = rsa::BigUint::from(65_537_u32);
    let padded = Cbor::Bytes([vec![0], vec![0xff; 255]].concat());
    let nowhere = Cbor::Bytes(vec![1; 32]);
    for (key, refusal) in [
        // Ed25519.
        (
            cbor!({1 => 1, 3 => -8, -1 => 6, -2 => nowhere}).unwrap(),
            Refusal::UnsupportedKey,
        ),
        // Not a point of the curve, and another curve.
        (
            cbor!({1 => 2, 3 => -7, -1 => 1, -2 => nowhere, -3 => nowhere}).unwrap(),
            Refusal::UnsupportedKey,
        ),
        (
            cbor!({1 => 2, 3 => -7, -1 => 2, -2 => nowhere, -3 => nowhere}).unwrap(),
            Refusal::UnsupportedKey,
        ),
        // Compressed.
        (
            cbor!({1 => 2, 3 => -7, -1 => 1, -2 => nowhere, -3 => true}).unwrap(),
            Refusal::UnsupportedKey,
        ),
        // 1024, 2048 (but even) and 8192 bits; no exponent worth the name.
        (
            Authenticator::rs256_key(&((&modulus << 1023) + 1_u8), &exponent),
            Refusal::UnsupportedKey,
        ),
        (
            Authenticator::rs256_key(&((&modulus << 8191) + 1_u8), &exponent),
            Refusal::UnsupportedKey,
        ),
        (
            Authenticator::rs256_key(&((&modulus << 2047) + 1_u8), &modulus),
            Refusal::UnsupportedKey,
        ),
        (
            Authenticator::rs256_key(&(&modulus << 2047), &exponent),
            Refusal::UnsupportedKey,
        ),
        // 2040 bits, filled up.
        (
            cbor!({1 => 3, 3 => -257, -1 => padded, -2 => Cbor::Bytes(vec![1, 0, 1])}).unwrap(),
            Refusal::UnsupportedKey,
        ),
        // A label twice, and what is no key at all.
        (
            cbor!({1 => 2, 3 => -7, 3 => -257}).unwrap(),
            Refusal::Malformed("COSE_Key"),
        ),
        (cbor!([1, 2]).unwrap(), Refusal::Malformed("COSE_Key")),
        (cbor!({"alg" => -7}).unwrap(), Refusal::Malformed("COSE_Key")),
    ] {
        let mut authenticator = Authenticator::es256();
        authenticator.cose_key = key.clone();
        assert_eq!(registered(&mut authenticator), Err(refusal), "{key:?}");
    }
}

#[test]
fn the_id_is_the_authenticators_and_not_too_long() {
    let ceremony = Ceremony::new(UserVerification::Required);
    let form = Refusal::Malformed("RegistrationResponseJSON");
    let credential = Authenticator::es256().create(&ceremony.creation_options(), ORIGIN);
    for member in ["id", "rawId"] {
        let mut changed = credential.clone();
        changed[member] = json!(encode(b"another"));
        assert_eq!(ceremony.register(&changed), Err(form));
    }
    let mut changed = credential.clone();
    changed["id"] = json!(encode(b"another"));
    changed["rawId"] = changed["id"].clone();
    assert_eq!(ceremony.register(&changed), Err(form));
    let mut changed = credential;
    changed["type"] = json!("password");
    assert_eq!(ceremony.register(&changed), Err(form));

    for (length, outcome) in [(0, Some(form)), (1, None), (1023, None), (1024, Some(form))] {
        let mut authenticator = Authenticator::es256();
        authenticator.credential_id = vec![7; length];
        assert_eq!(registered(&mut authenticator).err(), outcome, "{length}");
    }
}

#[test]
fn a_credential_is_registered_once() {
    let mut authenticator = Authenticator::es256();
    let ceremony = Ceremony::with(&mut authenticator);
    let credential = authenticator.create(&ceremony.creation_options(), ORIGIN);
    assert_eq!(ceremony.register(&credential), Err(Refusal::AlreadyRegistered));
}
