//! Who signs in, or seems to.

use num_bigint::BigUint;

use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::{Contact, is_email, is_phone_number};
use crate::pool::user::User;
use crate::protocol::{ApiError, user_does_not_exist};
use crate::{random, srp};

/// Whose factors are to be proven.
#[derive(Debug)]
pub(crate) struct Subject {
    pub(crate) username: String,
    /// Whether there is such a user.
    pub(crate) real: bool,
}

/// The user of that name, or, where the client hides who exists, a simulated one: always the same for the
/// same name, with factors that nobody has (RFC 5054, section 2.5.1.3).
///
/// # Errors
/// `UserNotFoundException` for an unknown user where the client does not hide it.
pub(crate) fn subject(pool: &Pool, client: &Client, name: &str) -> Result<Subject, ApiError> {
    match pool.find(name) {
        Some(user) => Ok(Subject {
            username: user.username.clone(),
            real: true,
        }),
        None if client.hides_users() => Ok(Subject {
            username: simulated_username(pool, name),
            real: false,
        }),
        None => Err(user_does_not_exist()),
    }
}

/// Where user names are UUIDs, one is its own: else a second question with the answer's would tell.
fn simulated_username(pool: &Pool, name: &str) -> String {
    let by_address = !pool.settings().username_attributes.is_empty();
    if by_address && random::is_uuid(name) {
        name.to_owned()
    } else {
        random::uuid_from(&simulated(pool, "id", name))
    }
}

/// SRP's salt (hex) and verifier of a user, real or simulated.
pub(crate) fn salt_and_verifier(pool: &Pool, username: &str) -> (String, BigUint) {
    let user = pool.kept.users.get(username);
    if let Some(password) = user.and_then(|user| user.password.as_ref()) {
        return (password.salt.clone(), password.verifier.clone());
    }
    let salt = random::salt_from(&simulated(pool, "salt", username));
    (salt, srp::nobodys_verifier(&pool.shared.random))
}

/// Where a code for a simulated user would have gone.
pub(crate) fn seeming_contact(contact: Contact, name: &str) -> String {
    match contact {
        Contact::Email if is_email(name) => name.to_owned(),
        Contact::PhoneNumber if is_phone_number(name) => name.to_owned(),
        Contact::Email => format!("{}@example.com", name.chars().next().unwrap_or('u')),
        Contact::PhoneNumber => "+12025550100".to_owned(),
    }
}

fn simulated(pool: &Pool, label: &str, name: &str) -> Vec<u8> {
    srp::derive(&pool.kept.simulation_key, label, &pool.folded(name))
}

/// The user of a flow, unless it is a simulated one.
pub(crate) fn real<'a>(pool: &'a Pool, username: &str) -> Option<&'a User> {
    pool.kept.users.get(username)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing;

    #[test]
    fn salts_of_nobody_begin_as_those_of_anybody() {
        let mut world = testing::world();
        let pool = testing::pool(&mut world);
        let first = |name: &str| salt_and_verifier(pool, name).0.chars().next();
        let names = (0..64).map(|number| format!("nobody{number}"));
        let digits: std::collections::BTreeSet<_> = names.map(|name| first(&name)).collect();
        assert!(digits.len() > 4, "{digits:?}");
        assert_eq!(salt_and_verifier(pool, "a").0.len(), 32);
    }

    #[test]
    fn the_user_name_of_nobody_is_nobodys_too() {
        let mut world = testing::world();
        let client = testing::client(&mut world).clone();
        let pool = testing::pool(&mut world);
        for name in ["nobody@example.com", "user@example.com"] {
            let username = subject(pool, &client, name).unwrap().username;
            for other in [&username, &name.to_uppercase()] {
                assert_eq!(subject(pool, &client, other).unwrap().username, username);
            }
        }
    }
}
