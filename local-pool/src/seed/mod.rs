//! What a pool begins with, and returns to on reset.

pub(crate) mod check;
mod hosted;

use std::sync::Arc;

use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::group::Group;
use crate::pool::settings::Settings;
use crate::pool::user::{Contact, Status};
use crate::shared::Shared;
use crate::signing::KeyRing;

/// The user pool's id.
pub const POOL_ID: &str = "us-east-1_LocalPool";

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

/// The pools that a server begins with, at `origin`.
pub(crate) fn pools(origin: &str, shared: &Arc<Shared>) -> Vec<Pool> {
    let mut pool = Pool::new(POOL_ID, Settings::default(), origin, shared);
    if !shared.random.is_seeded {
        pool.kept.keys = KeyRing::of_process();
    }
    let client = Client {
        id: CLIENT_ID.to_owned(),
        oauth: hosted::oauth(),
        ..Client::default()
    };
    for provider in hosted::identity_providers(pool.now()) {
        pool.kept
            .identity_providers
            .insert(provider.name.clone(), provider);
    }
    pool.kept.clients.insert(client.id.clone(), client);
    let admins = Group {
        name: "admins".to_owned(),
        description: None,
        role_arn: None,
        precedence: None,
        created_at: pool.now(),
        modified_at: pool.now(),
    };
    pool.kept.groups.insert(admins.name.clone(), admins);
    for seeded in USERS {
        let status = match seeded.email {
            "new@example.com" => Status::ForceChangePassword,
            _ => Status::Confirmed,
        };
        let user = pool.add_user(seeded.email, status);
        if seeded.email == "admin@example.com" {
            user.groups.push("admins".to_owned());
        }
        user.set_verified(Contact::Email, true);
        let username = user.username.clone();
        // The user was added a moment ago.
        let _ = pool.set_password(&username, seeded.password);
        let _ = pool.set_status(&username, status);
    }
    vec![pool]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_passwords_meet_the_policy() {
        for user in USERS {
            assert_eq!(
                Settings::default().password_policy.check(user.password),
                Ok(()),
                "{}",
                user.email
            );
        }
    }
}
