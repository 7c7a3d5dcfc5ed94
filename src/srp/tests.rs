//! The known answers of `tests/data`, and the refusals.

mod differential;

use std::{fs, path::Path};

use serde::Deserialize;
use zeroize::Zeroizing;

use super::*;

#[derive(Deserialize)]
struct Case {
    name: String,
    kind: String,
    a: String,
    pool: String,
    user: String,
    pass: String,
    salt: String,
    #[serde(rename = "B")]
    b: String,
    block: String,
    ts: String,
    out: Answers,
}

#[derive(Deserialize)]
#[allow(non_snake_case)]
struct Answers {
    A: String,
    u: String,
    x: String,
    S: String,
    key: String,
    sig: String,
}

impl Case {
    fn client(&self) -> Client {
        let a = integer::from_hex(&self.a).unwrap();
        let digits = self.a.len().div_ceil(2);
        Client::with_secret(group::Exponent::new(&a[a.len() - digits..]))
    }

    fn challenge(&self) -> Challenge<'_> {
        Challenge {
            user_id_for_srp: &self.user,
            salt: &self.salt,
            srp_b: &self.b,
            secret_block: &self.block,
        }
    }
}

fn data<T: serde::de::DeserializeOwned>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// An ordinary case, to spoil one part of.
fn usual_case() -> Case {
    data::<Case>("srp.json").into_iter().next().unwrap()
}

#[test]
fn known_answers() {
    let cases = data::<Case>("srp.json");
    assert_eq!(cases.iter().filter(|case| case.kind == "user").count(), 61);
    assert_eq!(cases.iter().filter(|case| case.kind == "device").count(), 9);
    for case in &cases {
        let name = &case.name;
        let client = case.client();
        assert_eq!(client.public_value(), case.out.A, "A of {name}");

        let srp_b = integer::from_hex(&case.b).unwrap();
        let salt = integer::from_hex(&case.salt).unwrap();
        let u = kdf::scrambler(&client.public_value, &srp_b).unwrap();
        assert_eq!(integer::to_hex(&u), case.out.u, "u of {name}");
        let x = kdf::private_key(&salt, &case.pool, &case.user, &case.pass);
        assert_eq!(integer::to_hex(x.as_slice()), case.out.x, "x of {name}");
        let secret = group::ServerValue::new(&srp_b).unwrap().premaster_secret(
            &client.secret,
            &kdf::multiplier(),
            &u,
            &x,
        );
        assert_eq!(integer::to_hex(&secret), case.out.S, "S of {name}");
        let key = client
            .session_key(&case.challenge(), &case.pool, &case.pass)
            .unwrap();
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(key, case.out.key, "key of {name}");

        let timestamp = Timestamp::from_text(&case.ts);
        let proof = client
            .prove(&case.challenge(), &case.pool, &case.pass, &timestamp)
            .unwrap();
        assert_eq!(proof.as_str(), case.out.sig, "signature of {name}");
    }
}

#[test]
fn a_client_takes_its_randomness_as_the_exponent() {
    let case = data::<Case>("srp.json")
        .into_iter()
        .find(|case| case.a.len() == 64)
        .unwrap();
    let a = integer::from_hex(&case.a).unwrap();
    let randomness = Zeroizing::new(a[a.len() - 32..].try_into().unwrap());
    assert_eq!(Client::new(randomness).public_value(), case.out.A);
}

#[test]
fn device_verifiers() {
    #[derive(Deserialize)]
    #[allow(non_snake_case)]
    struct Case {
        group: String,
        key: String,
        pass: String,
        saltRaw: String,
        Salt_b64: String,
        PasswordVerifier_b64: String,
    }
    let cases = data::<Case>("device_verifier.json");
    assert_eq!(cases.len(), 16);
    for case in cases {
        let salt = integer::from_hex(&case.saltRaw).unwrap();
        let salt = salt[salt.len() - 16..].try_into().unwrap();
        let verifier = DeviceVerifier::new(&case.group, &case.key, &case.pass, &salt);
        assert_eq!(verifier.salt(), case.Salt_b64);
        assert_eq!(verifier.password_verifier(), case.PasswordVerifier_b64);
    }
}

#[test]
fn integers_are_hashed_in_the_shortest_signed_form() {
    #[derive(Deserialize)]
    struct Case {
        r#in: String,
        out: String,
    }
    let cases = data::<Case>("padhex.json");
    assert_eq!(cases.len(), 13);
    for Case { r#in, out } in cases {
        let signed = integer::signed(&integer::from_hex(&r#in).unwrap());
        let signed: String = signed.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(signed, out);
    }
}

#[test]
fn timestamps() {
    #[derive(Deserialize)]
    struct Case {
        ms: u64,
        ts: String,
    }
    let cases = data::<Case>("timestamps.json");
    assert_eq!(cases.len(), 10);
    for Case { ms, ts } in cases {
        assert_eq!(Timestamp::from_unix_millis(ms).as_str(), ts);
        assert_eq!(Timestamp::from_unix_millis(ms + 999).as_str(), ts);
    }
    let last = Timestamp::from_unix_millis(u64::MAX);
    assert_eq!(last.as_str(), "Wed Apr 3 14:25:51 UTC 584556019");
}

#[test]
fn malformed_challenges_are_refused() {
    let case = usual_case();
    let client = case.client();
    let timestamp = Timestamp::from_unix_millis(0);
    let refusal = |challenge| client.prove(&challenge, &case.pool, &case.pass, &timestamp).err();
    let good = case.challenge();
    assert_eq!(refusal(good), None);

    let modulus = integer::to_hex(&group::modulus());
    let (too_long, zeros) = ("1".repeat(769), "0".repeat(768));
    for (srp_b, error) in [
        ("", SrpError::PublicValueMalformed),
        ("xyz", SrpError::PublicValueMalformed),
        ("-1", SrpError::PublicValueMalformed),
        ("+1", SrpError::PublicValueMalformed),
        ("0x12", SrpError::PublicValueMalformed),
        (" 12", SrpError::PublicValueMalformed),
        ("１２", SrpError::PublicValueMalformed),
        (&too_long, SrpError::PublicValueMalformed),
        ("0", SrpError::PublicValueZero),
        (&zeros, SrpError::PublicValueZero),
        (&modulus, SrpError::PublicValueZero),
    ] {
        assert_eq!(refusal(Challenge { srp_b, ..good }), Some(error), "{srp_b}");
    }
    for salt in ["", "g0", "-1", &too_long] {
        assert_eq!(
            refusal(Challenge { salt, ..good }),
            Some(SrpError::SaltMalformed),
            "{salt}"
        );
    }
    for secret_block in ["", "A", "AAA", "A===", "AA=A", "****", "QUJD\n", "_-_-"] {
        let refused = refusal(Challenge { secret_block, ..good });
        assert_eq!(refused, Some(SrpError::SecretBlockMalformed), "{secret_block:?}");
    }
    assert_eq!(kdf::non_zero([0; 32]), Err(SrpError::ScramblerZero));
}

#[test]
fn every_part_is_signed() {
    let case = usual_case();
    let client = case.client();
    let epoch = Timestamp::from_unix_millis(0);
    let good = case.challenge();
    let sign = |challenge, pool: &str, pass: &str, timestamp: &Timestamp| {
        client
            .prove(&challenge, pool, pass, timestamp)
            .unwrap()
            .as_str()
            .to_owned()
    };
    let proof = sign(good, &case.pool, &case.pass, &epoch);
    for other in [
        sign(
            Challenge {
                user_id_for_srp: "x",
                ..good
            },
            &case.pool,
            &case.pass,
            &epoch,
        ),
        sign(Challenge { salt: "1", ..good }, &case.pool, &case.pass, &epoch),
        sign(Challenge { srp_b: "1", ..good }, &case.pool, &case.pass, &epoch),
        sign(
            Challenge {
                secret_block: "AAAA",
                ..good
            },
            &case.pool,
            &case.pass,
            &epoch,
        ),
        sign(good, "x", &case.pass, &epoch),
        sign(good, &case.pool, "x", &epoch),
        sign(good, &case.pool, &case.pass, &Timestamp::from_unix_millis(1000)),
    ] {
        assert_ne!(proof, other);
    }
}

#[test]
fn debug_output_shows_no_value() {
    let case = usual_case();
    let client = case.client();
    let proof = client
        .prove(
            &case.challenge(),
            &case.pool,
            &case.pass,
            &Timestamp::from_unix_millis(0),
        )
        .unwrap();
    let verifier = DeviceVerifier::new("group", "key", "password", &[1; 16]);
    assert_eq!(
        format!("{client:?} {:?} {proof:?} {verifier:?}", case.challenge()),
        "Client([redacted]) Challenge([redacted]) Proof([redacted]) DeviceVerifier([redacted])"
    );
}
