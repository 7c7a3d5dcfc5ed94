//! What a pool begins with, and returns to on reset.

use crate::users::{Status, User};

/// The user pool's id.
pub const POOL_ID: &str = "us-east-1_LocalPool";

/// The part of the pool's id that SRP hashes.
pub(crate) const POOL_NAME: &str = "LocalPool";

/// The id of the one app client, which has no secret.
pub const CLIENT_ID: &str = "localspaclient000000000001";

/// A user that every pool begins with.
#[derive(Clone, Copy, Debug)]
pub struct SeededUser {
    /// The e-mail address to sign in with.
    pub email: &'static str,
    /// The password; a temporary one where `note` says so.
    pub password: &'static str,
    /// What is particular about this user, for people.
    pub note: &'static str,
}

/// The users that every pool begins with.
pub const USERS: [SeededUser; 3] = [
    SeededUser {
        email: "user@example.com",
        password: "Sunflower-42!",
        note: "confirmed",
    },
    SeededUser {
        email: "admin@example.com",
        password: "Sunflower-42!",
        note: "confirmed, in group admins",
    },
    SeededUser {
        email: "new@example.com",
        password: "Temporary-42!",
        note: "invited: the password is temporary and has to be changed",
    },
];

/// The seeded users as the pool keeps them.
pub(crate) fn users(now: i64) -> Vec<User> {
    USERS
        .iter()
        .map(|seed| {
            let status = match seed.email {
                "new@example.com" => Status::ForceChangePassword,
                _ => Status::Confirmed,
            };
            let mut user = User::new(seed.email, seed.password, status, now);
            if seed.email == "admin@example.com" {
                user.groups.push("admins".to_owned());
            }
            user
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pools_name_is_the_end_of_its_id() {
        assert_eq!(POOL_ID.split_once('_').unwrap().1, POOL_NAME);
    }

    #[test]
    fn seeded_passwords_meet_the_policy() {
        for user in USERS {
            assert_eq!(
                crate::password_policy::check(user.password),
                Ok(()),
                "{}",
                user.email
            );
        }
    }
}
