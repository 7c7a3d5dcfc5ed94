//! The same protocol a second time, on num-bigint and from the server's side too.

use num_bigint::BigUint;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

fn signed(value: &BigUint) -> Vec<u8> {
    let bytes = value.to_bytes_be();
    if bytes[0] >= 0x80 {
        [vec![0], bytes].concat()
    } else {
        bytes
    }
}

fn hash(parts: &[Vec<u8>]) -> BigUint {
    BigUint::from_bytes_be(&Sha256::digest(parts.concat()))
}

fn hex(text: &str) -> BigUint {
    BigUint::parse_bytes(text.as_bytes(), 16).unwrap()
}

fn modulus() -> BigUint {
    // RFC 3526, section 5: 2^3072 - 2^3008 - 1 + 2^64 * ([2^2942 pi] + 1690314). RFC 5054 takes the same prime.
    let text = integer::to_hex(&group::modulus());
    let n = hex(&text);
    assert_eq!(n.bits(), 3072);
    assert_eq!(&n >> 3008_u32, (BigUint::from(1_u8) << 64_u32) - 1_u8);
    assert_eq!(
        &n % (BigUint::from(1_u8) << 64_u32),
        (BigUint::from(1_u8) << 64_u32) - 1_u8
    );
    n
}

fn premaster_secret(client: &Client, srp_b: &BigUint, x: &[u8; 32]) -> (BigUint, [u8; 32]) {
    let bytes = integer::widen(&srp_b.to_bytes_be());
    let u = kdf::scrambler(&client.public_value, &bytes).unwrap();
    let value = group::ServerValue::new(&bytes).unwrap();
    let secret = value.premaster_secret(&client.secret, &kdf::multiplier(), &u, x);
    (BigUint::from_bytes_be(&secret), u)
}

#[test]
fn the_multiplier_is_the_hash_of_n_and_g() {
    let expected = hash(&[signed(&modulus()), vec![2]]);
    assert_eq!(BigUint::from_bytes_be(&kdf::multiplier()), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_b_gives_what_num_bigint_gives(
        a: [u8; 32],
        x: [u8; 32],
        b in proptest::collection::vec(any::<u8>(), 1..=384),
    ) {
        let n = modulus();
        let (a, b) = (BigUint::from_bytes_be(&a), BigUint::from_bytes_be(&b));
        prop_assume!(&b % &n != BigUint::ZERO);
        let client = Client::with_secret(group::Exponent::new(&integer::widen::<32>(&a.to_bytes_be())));
        let public_value = BigUint::from(2_u8).modpow(&a, &n);
        prop_assert_eq!(hex(&client.public_value()), public_value.clone());

        let (secret, u) = premaster_secret(&client, &b, &x);
        let u = BigUint::from_bytes_be(&u);
        prop_assert_eq!(&u, &hash(&[signed(&public_value), signed(&b)]));
        let x = BigUint::from_bytes_be(&x);
        let k = BigUint::from_bytes_be(&kdf::multiplier());
        let masked = k * BigUint::from(2_u8).modpow(&x, &n) % &n;
        prop_assert_eq!(secret, ((b % &n) + &n - masked).modpow(&(a + u * x), &n));
    }

    #[test]
    fn client_and_server_agree(a: [u8; 32], b: [u8; 32], salt: [u8; 16], password in "\\PC{0,20}") {
        let n = modulus();
        let g = BigUint::from(2_u8);
        let client = Client::new(Zeroizing::new(a));
        let x = kdf::private_key(&salt, "AbCdEf123", "user", &password);
        let identity = hash(&[format!("AbCdEf123user:{password}").into_bytes()]);
        let identity = integer::widen::<32>(&identity.to_bytes_be()).to_vec();
        prop_assert_eq!(
            BigUint::from_bytes_be(x.as_slice()),
            hash(&[signed(&BigUint::from_bytes_be(&salt)), identity])
        );

        let verifier = BigUint::from_bytes_be(&group::verifier(&x));
        let b = BigUint::from_bytes_be(&b);
        let k = BigUint::from_bytes_be(&kdf::multiplier());
        let srp_b = (k * &verifier + g.modpow(&b, &n)) % &n;
        let (secret, u) = premaster_secret(&client, &srp_b, &x);
        let u = BigUint::from_bytes_be(&u);
        let public_value = hex(&client.public_value());
        prop_assert_eq!(secret, (public_value * verifier.modpow(&u, &n)).modpow(&b, &n));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn products_are_added_without_loss(sum: [u8; 32], left: [u8; 32], right: [u8; 32]) {
        let mut total = integer::widen::<65>(&sum);
        integer::add_product(&mut total, &left, &right);
        let [sum, left, right] = [sum, left, right].map(|bytes| BigUint::from_bytes_be(&bytes));
        prop_assert_eq!(BigUint::from_bytes_be(&total), sum + left * right);
    }

    #[test]
    fn hexadecimal_goes_there_and_back(text in "[0-9a-fA-F]{1,768}") {
        let bytes = integer::from_hex(&text).unwrap();
        prop_assert_eq!(BigUint::from_bytes_be(&bytes), hex(&text));
        prop_assert_eq!(integer::to_hex(&bytes), format!("{:x}", hex(&text)));
    }

    #[test]
    fn timestamps_count_every_day(millis in 0..4_000_000_000_000_u64) {
        let day = 86_400_000;
        let (today, tomorrow) = (Timestamp::from_unix_millis(millis), Timestamp::from_unix_millis(millis + day));
        let fields = |timestamp: &Timestamp| {
            timestamp.as_str().split(' ').map(str::to_owned).collect::<Vec<_>>()
        };
        let (today, tomorrow) = (fields(&today), fields(&tomorrow));
        prop_assert_eq!(&today[3], &tomorrow[3]);
        let day_of_month = |fields: &[String]| fields[2].parse::<u32>().unwrap();
        if today[1] == tomorrow[1] {
            prop_assert_eq!(day_of_month(&tomorrow), day_of_month(&today) + 1);
        } else {
            prop_assert!((28..=31).contains(&day_of_month(&today)));
            prop_assert_eq!(day_of_month(&tomorrow), 1);
        }
    }
}

proptest! {
    // Most of these are refused before the first exponentiation.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_a_server_sends_panics(
        user in "\\PC*",
        salt in "[0-9a-fA-F]{0,40}|\\PC*",
        srp_b in "[0-9a-fA-F]{0,800}|\\PC*",
        secret_block in "([A-Za-z0-9+/]{4}){0,30}|\\PC*",
        password in "\\PC*",
        pool in "\\PC*",
        millis: u64,
    ) {
        let client = Client::new(Zeroizing::new([7; 32]));
        let challenge =
            Challenge { user_id_for_srp: &user, salt: &salt, srp_b: &srp_b, secret_block: &secret_block };
        let proof = client.prove(&challenge, &pool, &password, &Timestamp::from_unix_millis(millis));
        if let Ok(proof) = proof {
            prop_assert_eq!(proof.as_str().len(), 44);
        }
    }
}
