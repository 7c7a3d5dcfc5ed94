use serde_json::Value;

use super::*;

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("../../tests/data/srp.json")).unwrap()
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap()
}

#[test]
fn the_group_is_rfc_5054s() {
    assert_eq!(GROUP.n.bits(), 3072);
    // k as the JavaScript client states it.
    assert_eq!(
        GROUP.k.to_str_radix(16),
        "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6"
    );
}

#[test]
fn known_answers_of_the_javascript_client() {
    for case in cases() {
        let name = text(&case, "name");
        let out = &case["out"];
        let identity = sha256(&[
            text(&case, "pool").as_bytes(),
            text(&case, "user").as_bytes(),
            b":",
            text(&case, "pass").as_bytes(),
        ]);
        let x = BigUint::from_bytes_be(&sha256(&[
            &signed_bytes(&from_hex(text(&case, "salt")).unwrap()),
            &identity,
        ]));
        assert_eq!(x.to_str_radix(16), text(out, "x"), "{name}: x");
        assert_eq!(
            verifier(
                text(&case, "pool"),
                text(&case, "user"),
                text(&case, "pass"),
                text(&case, "salt")
            ),
            GROUP.g.modpow(&x, &GROUP.n),
            "{name}: v"
        );
        let exchange = Exchange {
            client_public: from_hex(text(out, "A")).unwrap(),
            public: from_hex(text(&case, "B")).unwrap(),
            secret: BigUint::default(),
            verifier: BigUint::default(),
        };
        let u = exchange.scramble();
        assert_eq!(u.to_str_radix(16), text(out, "u"), "{name}: u");
        let key = session_key(&from_hex(text(out, "S")).unwrap(), &u);
        assert_eq!(crate::random::hex(&key), text(out, "key"), "{name}: key");
        let claim = Claim {
            pool_name: text(&case, "pool"),
            user_id: text(&case, "user"),
            secret_block: &STANDARD.decode(text(&case, "block")).unwrap(),
            timestamp: text(&case, "ts"),
        };
        assert_eq!(
            STANDARD.encode(signature(&key, &claim)),
            text(out, "sig"),
            "{name}: signature"
        );
    }
}

/// The client's side, from RFC 5054: `S = (B - k * g^x) ^ (a + u * x)`.
fn client_proof(a: &BigUint, exchange: &Exchange, password: &str, salt: &str, claim: &Claim<'_>) -> Vec<u8> {
    let identity = sha256(&[
        claim.pool_name.as_bytes(),
        claim.user_id.as_bytes(),
        b":",
        password.as_bytes(),
    ]);
    let x = BigUint::from_bytes_be(&sha256(&[&signed_bytes(&from_hex(salt).unwrap()), &identity]));
    let u = exchange.scramble();
    let n = &GROUP.n;
    let base = (&exchange.public + n * &GROUP.k - &GROUP.k * GROUP.g.modpow(&x, n)) % n;
    signature(&session_key(&base.modpow(&(a + &u * &x), n), &u), claim)
}

#[test]
fn only_the_right_password_proves_itself() {
    let salt = "1550e295534ee52c1d38585d8e73693f";
    let a = BigUint::from(0x1234_5678_9abc_def0_u64).pow(5);
    let srp_a = GROUP.g.modpow(&a, &GROUP.n).to_str_radix(16);
    let verifier = verifier("LocalPool", "user", "Sunflower-42!", salt);
    let exchange = Exchange::start(&srp_a, &verifier, &Random::default()).unwrap();
    let claim = |timestamp| Claim {
        pool_name: "LocalPool",
        user_id: "user",
        secret_block: b"block",
        timestamp,
    };
    let proof = client_proof(&a, &exchange, "Sunflower-42!", salt, &claim("t"));
    assert!(exchange.proves(&proof, &claim("t")));
    assert!(!exchange.proves(&proof, &claim("later")));
    assert!(!exchange.proves(&proof[..31], &claim("t")));
    assert!(!exchange.proves(
        &client_proof(&a, &exchange, "Sunflower-43!", salt, &claim("t")),
        &claim("t")
    ));
}

#[test]
fn a_public_value_of_zero_modulo_n_is_refused() {
    let v = BigUint::from(5_u8);
    for multiple in 0_u8..3 {
        let srp_a = (&GROUP.n * multiple).to_str_radix(16);
        assert!(
            Exchange::start(&srp_a, &v, &Random::default()).is_none(),
            "{multiple} N"
        );
    }
    assert!(Exchange::start("", &v, &Random::default()).is_none());
    assert!(Exchange::start("xyz", &v, &Random::default()).is_none());
    assert!(Exchange::start(&"1".repeat(MAX_HEX + 1), &v, &Random::default()).is_none());
    assert!(Exchange::start("2", &v, &Random::default()).is_some());
}

#[test]
fn verifiers_compare_by_value() {
    assert!(same_verifier(&BigUint::from(7_u8), &BigUint::from(7_u8)));
    assert!(!same_verifier(&BigUint::from(7_u8), &BigUint::from(8_u8)));
}
