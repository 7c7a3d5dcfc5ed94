//! Whatever is sent, the answer is a refusal and never a panic.

use proptest::prelude::*;
use serde_json::json;

use super::*;

const MEMBERS: [&str; 2] = ["clientDataJSON", "attestationObject"];
const ASSERTED: [&str; 3] = ["clientDataJSON", "authenticatorData", "signature"];

fn registration() -> (Ceremony, Value) {
    let ceremony = Ceremony::new(UserVerification::Required);
    let mut authenticator = Authenticator::es256();
    authenticator.attestation = authenticator::Attestation::Own;
    let credential = authenticator.create(&ceremony.creation_options(), ORIGIN);
    (ceremony, credential)
}

fn assertion() -> (Ceremony, Value) {
    let mut authenticator = Authenticator::es256();
    let ceremony = Ceremony::with(&mut authenticator);
    let credential = authenticator.get(&ceremony.request_options(), ORIGIN);
    (ceremony, credential)
}

#[test]
fn every_truncation_is_refused() {
    let (ceremony, credential) = registration();
    for member in MEMBERS {
        for length in 0..decode(&credential["response"][member]).len() {
            let cut = with_bytes(credential.clone(), member, |bytes| bytes.truncate(length));
            let refused = ceremony.register(&cut);
            assert!(
                matches!(refused, Err(Refusal::Malformed(_))),
                "{member} {length}: {refused:?}"
            );
        }
    }
    let (mut ceremony, credential) = assertion();
    for member in ASSERTED {
        for length in 0..decode(&credential["response"][member]).len() {
            let cut = with_bytes(credential.clone(), member, |bytes| bytes.truncate(length));
            assert!(ceremony.sign_in(&cut).is_err(), "{member} {length}");
        }
    }
}

#[test]
fn every_member_is_needed_and_of_its_type() {
    let (ceremony, credential) = registration();
    for pointer in [
        "/id",
        "/rawId",
        "/type",
        "/response",
        "/response/clientDataJSON",
        "/response/attestationObject",
    ] {
        for junk in [json!(null), json!(1), json!([]), json!({}), json!("%%%")] {
            let mut changed = credential.clone();
            *changed.pointer_mut(pointer).unwrap() = junk;
            assert_eq!(
                ceremony.register(&changed),
                Err(Refusal::Malformed("RegistrationResponseJSON")),
                "{pointer}"
            );
        }
    }
    let (mut ceremony, credential) = assertion();
    for pointer in [
        "/response/clientDataJSON",
        "/response/authenticatorData",
        "/response/signature",
    ] {
        let mut changed = credential.clone();
        *changed.pointer_mut(pointer).unwrap() = json!(null);
        assert_eq!(
            ceremony.sign_in(&changed),
            Err(Refusal::Malformed("AuthenticationResponseJSON")),
            "{pointer}"
        );
    }
    for nothing in [json!(null), json!([]), json!("text"), json!({})] {
        assert!(ceremony.register(&nothing).is_err());
        assert!(ceremony.sign_in(&nothing).is_err());
    }
}

#[test]
fn what_is_too_long_or_too_deep_is_refused() {
    let (ceremony, credential) = registration();
    let mut long = credential.clone();
    long["response"]["attestationObject"] = json!("A".repeat(64 * 1024 + 4));
    assert_eq!(
        ceremony.register(&long),
        Err(Refusal::Malformed("RegistrationResponseJSON"))
    );
    // Arrays in arrays; and lengths that promise more than there is.
    for bytes in [
        vec![0x81; 40_000],
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\x7b\x7f\xff\xff\xff\xff\xff\xff\xff".to_vec(),
    ] {
        let mut changed = credential.clone();
        changed["response"]["attestationObject"] = json!(encode(&bytes));
        assert_eq!(
            ceremony.register(&changed),
            Err(Refusal::Malformed("attestation object"))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_changed_assertion_never_signs_in(
        member in 0_usize..3,
        at in any::<prop::sample::Index>(),
        change in 1_u8..,
    ) {
        let (mut ceremony, credential) = assertion();
        let changed = with_bytes(credential, ASSERTED[member], |bytes| {
            let at = at.index(bytes.len());
            bytes[at] ^= change;
        });
        prop_assert!(ceremony.sign_in(&changed).is_err());
    }

    #[test]
    fn a_changed_self_attestation_never_registers_another_key(
        at in any::<prop::sample::Index>(),
        junk in prop::collection::vec(any::<u8>(), 1..6),
    ) {
        let (ceremony, credential) = registration();
        let whole = ceremony.register(&credential).unwrap();
        let changed = with_bytes(credential, "attestationObject", |bytes| {
            let at = at.index(bytes.len());
            let end = (at + junk.len()).min(bytes.len());
            bytes.splice(at..end, junk);
        });
        if let Ok(passkey) = ceremony.register(&changed) {
            prop_assert_eq!(passkey.public_key, whole.public_key);
        }
    }

    #[test]
    fn noise_is_refused(noise in prop::collection::vec(any::<u8>(), 0..400)) {
        let (mut ceremony, credential) = assertion();
        for member in ASSERTED {
            let changed = with_bytes(credential.clone(), member, |bytes| bytes.clone_from(&noise));
            prop_assert!(ceremony.sign_in(&changed).is_err());
        }
        let (ceremony, credential) = registration();
        for member in MEMBERS {
            let changed = with_bytes(credential.clone(), member, |bytes| bytes.clone_from(&noise));
            prop_assert!(ceremony.register(&changed).is_err());
        }
    }
}
