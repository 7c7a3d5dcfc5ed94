//! Makes pools of a seed.

use std::sync::Arc;
use std::thread;

use super::{base32, file};
use crate::pool::Pool;
use crate::pool::contact::{Contact, is_email};
use crate::pool::group::Group;
use crate::pool::identity_provider::IdentityProvider;
use crate::pool::password::Password;
use crate::pool::user::{Authenticator, Identity, Mfa, MfaFactor, Status, User};
use crate::shared::Shared;
use crate::srp;

/// The pool of the seed, at `origin`.
pub(super) fn pool(seed: &file::Pool, origin: &str, shared: &Arc<Shared>) -> Pool {
    let mut pool = Pool::new(&seed.id, seed.settings.clone(), origin, shared);
    let clients = seed.clients.iter().cloned();
    pool.kept.clients = clients.map(|client| (client.id.clone(), client)).collect();
    let now = pool.now();
    let groups = seed.groups.iter().map(|group| Group {
        created_at: now,
        modified_at: now,
        ..group.clone()
    });
    pool.kept.groups = groups.map(|group| (group.name.clone(), group)).collect();
    let providers = seed.identity_providers.iter().map(|provider| IdentityProvider {
        created_at: now,
        modified_at: now,
        ..provider.clone()
    });
    pool.kept.identity_providers = providers
        .map(|provider| (provider.name.clone(), provider))
        .collect();
    pool.kept.domain.clone_from(&seed.domain);
    let mut users: Vec<User> = seed.users.iter().map(|user| self::user(&pool, user)).collect();
    keep_passwords(pool.name(), &mut users, &seed.users, shared);
    pool.kept.users = users
        .into_iter()
        .map(|user| (user.username.clone(), user))
        .collect();
    for user in &seed.users {
        let username = pool.find(&user.name).map(|user| user.username.clone());
        // The user was added a moment ago.
        let _ = username.map(|username| pool.set_status(&username, user.status()));
    }
    pool
}

fn user(pool: &Pool, seed: &file::User) -> User {
    let sub = seed.sub.clone().unwrap_or_else(|| pool.shared.random.uuid());
    let status = seed.status();
    let by_address = !pool.settings().username_attributes.is_empty();
    let username = if by_address {
        sub.clone()
    } else {
        seed.name.clone()
    };
    let mut user = User::new(username, sub, status, pool.now());
    if by_address {
        let contact = if is_email(&seed.name) {
            Contact::Email
        } else {
            Contact::PhoneNumber
        };
        let attribute = contact.attribute().to_owned();
        user.attributes.insert(attribute, seed.name.clone());
    }
    user.attributes.extend(seed.attributes.clone());
    let contacts = [Contact::Email, Contact::PhoneNumber]
        .into_iter()
        .filter(|contact| user.contact(*contact).is_some());
    for contact in contacts.collect::<Vec<_>>() {
        if !user.attributes.contains_key(contact.verified_attribute()) {
            user.set_verified(contact, status != Status::Unconfirmed);
        }
        if status == Status::Unconfirmed {
            user.sign_up_contact.get_or_insert(contact);
        }
    }
    user.enabled = !seed.disabled;
    user.groups.clone_from(&seed.groups);
    user.mfa = seed.mfa.as_ref().map(mfa).unwrap_or_default();
    user.identities = seed
        .identities
        .iter()
        .filter_map(|identity| self::identity(pool, identity, status))
        .collect();
    user
}

fn identity(pool: &Pool, seed: &file::Identity, status: Status) -> Option<Identity> {
    let provider = pool.kept.identity_providers.get(&seed.provider)?;
    Some(Identity {
        provider_name: provider.name.clone(),
        provider_type: provider.provider_type.name().to_owned(),
        user_id: seed.user_id.clone(),
        primary: status == Status::ExternalProvider,
        created_at: pool.now(),
    })
}

fn mfa(seed: &file::Mfa) -> Mfa {
    let has = |factor: MfaFactor| seed.factors.contains(&factor);
    let secret = seed.totp_secret.as_deref().and_then(base32::decode);
    Mfa {
        sms: has(MfaFactor::SmsMfa),
        email: has(MfaFactor::EmailOtp),
        software_token: has(MfaFactor::SoftwareTokenMfa),
        web_authn: false,
        preferred: seed.preferred,
        authenticator: secret.map(|secret| Authenticator {
            secret,
            verified: true,
            friendly_name: None,
            last_step: None,
        }),
    }
}

/// Computes the verifiers, which is most of the work, on all processors.
fn keep_passwords(pool_name: &str, users: &mut [User], seeds: &[file::User], shared: &Shared) {
    // Salts are drawn in order, so that a seeded server draws the same ones every time.
    let salts: Vec<String> = seeds.iter().map(|_| shared.random.salt()).collect();
    let mut work: Vec<_> = users.iter_mut().zip(seeds).zip(salts).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = work.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        for share in work.chunks_mut(share) {
            scope.spawn(move || {
                for ((user, seed), salt) in share {
                    user.password = seed.any_password().map(|password| Password {
                        salt: salt.clone(),
                        verifier: srp::verifier(pool_name, &user.username, password, salt),
                    });
                }
            });
        }
    });
}
