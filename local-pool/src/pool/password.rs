//! A password as the pool keeps it.

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};

use crate::random::Random;
use crate::srp;

/// SRP's salt and verifier; the password itself is nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Password {
    /// In hex.
    pub(crate) salt: String,
    #[serde(with = "hex_number")]
    pub(crate) verifier: BigUint,
}

impl Password {
    /// Keeps `password` of `username` in the pool of that name, under a new salt.
    pub(crate) fn new(pool_name: &str, username: &str, password: &str, random: &Random) -> Self {
        let salt = random.salt();
        let verifier = srp::verifier(pool_name, username, password, &salt);
        Self { salt, verifier }
    }

    /// Whether this is `password`.
    pub(crate) fn is(&self, pool_name: &str, username: &str, password: &str) -> bool {
        let verifier = srp::verifier(pool_name, username, password, &self.salt);
        srp::same_verifier(&self.verifier, &verifier)
    }
}

mod hex_number {
    use num_bigint::BigUint;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(number: &BigUint, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&number.to_str_radix(16))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BigUint, D::Error> {
        let text = String::deserialize(deserializer)?;
        BigUint::parse_bytes(text.as_bytes(), 16).ok_or_else(|| de::Error::custom("not a hexadecimal number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_outlives_a_file() {
        let random = Random::default();
        let kept = Password::new("LocalPool", "ada", "Sunflower-42!", &random);
        let text = serde_json::to_string(&kept).unwrap();
        assert!(!text.contains("Sunflower"));
        let read: Password = serde_json::from_str(&text).unwrap();
        assert!(read.is("LocalPool", "ada", "Sunflower-42!"));
        assert!(
            !read.is("LocalPool", "ada", "sunflower-42!") && !read.is("LocalPool", "eve", "Sunflower-42!")
        );
    }
}
