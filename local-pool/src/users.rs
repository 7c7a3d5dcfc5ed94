//! The pool's users.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{random, seed, srp};

/// A user's status, as `UserStatusType` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
    ResetRequired,
}

/// How long a temporary password works.
const TEMPORARY_PASSWORD_SECONDS: i64 = 7 * 86_400;

/// One user. There is no password here, only SRP's verifier of it.
#[derive(Clone)]
pub(crate) struct User {
    /// The internal user name, a UUID.
    pub(crate) sub: String,
    pub(crate) status: Status,
    pub(crate) enabled: bool,
    pub(crate) groups: Vec<String>,
    /// Everything but `sub`; `email` and `email_verified` among it.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) salt: String,
    pub(crate) verifier: BigUint,
    /// When a temporary password stops working, in seconds since the epoch.
    pub(crate) temporary_until: Option<i64>,
}

impl User {
    /// A new enabled user of the e-mail address `email`.
    pub(crate) fn new(email: &str, password: &str, status: Status, now: i64) -> Self {
        let mut user = Self {
            sub: random::uuid(),
            status,
            enabled: true,
            groups: Vec::new(),
            attributes: BTreeMap::from([("email".to_owned(), email.to_owned())]),
            salt: String::new(),
            verifier: BigUint::default(),
            temporary_until: None,
        };
        user.set_email_verified(status != Status::Unconfirmed);
        user.set_password(password);
        user.set_status(status, now);
        user
    }

    /// Keeps the verifier of a new password under a new salt.
    pub(crate) fn set_password(&mut self, password: &str) {
        self.salt = random::salt();
        self.verifier = srp::verifier(seed::POOL_NAME, &self.sub, password, &self.salt);
    }

    /// Whether `password` is this user's.
    pub(crate) fn has_password(&self, password: &str) -> bool {
        let verifier = srp::verifier(seed::POOL_NAME, &self.sub, password, &self.salt);
        srp::same_verifier(&self.verifier, &verifier)
    }

    /// Sets the status; a temporary password's days begin at `now`.
    pub(crate) fn set_status(&mut self, status: Status, now: i64) {
        self.status = status;
        self.temporary_until =
            (status == Status::ForceChangePassword).then(|| now + TEMPORARY_PASSWORD_SECONDS);
    }

    /// Sets the attribute `email_verified`.
    pub(crate) fn set_email_verified(&mut self, verified: bool) {
        self.attributes
            .insert("email_verified".to_owned(), verified.to_string());
    }

    /// The e-mail address, which is the alias that the user signs in with.
    pub(crate) fn email(&self) -> &str {
        self.attributes.get("email").map_or("", String::as_str)
    }

    /// Whether the e-mail address was verified.
    pub(crate) fn email_verified(&self) -> bool {
        self.attributes
            .get("email_verified")
            .is_some_and(|verified| verified == "true")
    }

    /// `UserAttributes` as `GetUser` lists them.
    pub(crate) fn attribute_list(&self) -> Vec<Value> {
        let sub = [("sub", self.sub.as_str())];
        let rest = self
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        sub.into_iter()
            .chain(rest)
            .map(|(name, value)| json!({"Name": name, "Value": value}))
            .collect()
    }
}

/// Whether `text` reads as an e-mail address: one `@`, a local part, and a domain with a dot.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.contains('@')
            && domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty())
    })
}

/// `u***@e***`: the destination as `CodeDeliveryDetails` shows it.
pub(crate) fn masked(email: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    format!("{}***@{}***", first(local), first(domain))
}

/// `CodeDeliveryDetails` of a code that went to `email`.
pub(crate) fn delivery_details(email: &str) -> Value {
    json!({"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": masked(email)})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_masked() {
        assert_eq!(masked("user@example.com"), "u***@e***");
        assert_eq!(masked("ünï@ö.example"), "ü***@ö***");
    }

    #[test]
    fn email_addresses_are_told_from_other_names() {
        for email in ["a@b.c", "user+tag@sub.example.com"] {
            assert!(is_email(email), "{email}");
        }
        for other in ["", "user", "@b.c", "a@b", "a@b..c", "a@b@c.d", "a@.c"] {
            assert!(!is_email(other), "{other}");
        }
    }

    #[test]
    fn a_user_knows_its_password_and_nothing_else() {
        let mut user = User::new("user@example.com", "Sunflower-42!", Status::Confirmed, 0);
        assert!(user.has_password("Sunflower-42!"));
        assert!(!user.has_password("sunflower-42!"));
        let salt = user.salt.clone();
        user.set_password("Sunflower-43!");
        assert!(user.has_password("Sunflower-43!") && !user.has_password("Sunflower-42!"));
        assert_ne!(user.salt, salt);
    }

    #[test]
    fn only_a_temporary_password_has_an_end() {
        let mut user = User::new(
            "user@example.com",
            "Sunflower-42!",
            Status::ForceChangePassword,
            10,
        );
        assert_eq!(user.temporary_until, Some(10 + TEMPORARY_PASSWORD_SECONDS));
        user.set_status(Status::Confirmed, 20);
        assert_eq!(user.temporary_until, None);
    }
}
