//! AdminLinkProviderForUser and AdminDisableProviderForUser.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::pool::user::{Identity, User};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter, user_does_not_exist};

/// The most identities that a user has (API reference, AdminLinkProviderForUser).
const MOST: usize = 5;

/// What stands for the user's id at a provider, whatever its claim is called.
const SUBJECT: &str = "Cognito_Subject";

/// A `ProviderUserIdentifierType`.
struct Account<'a> {
    provider: &'a str,
    attribute: &'a str,
    value: &'a str,
}

impl<'a> Account<'a> {
    fn of(request: &'a Request, member: &str) -> Self {
        let account = request.value(member);
        let text = |name: &str| {
            let value = account.and_then(|account| account.get(name));
            value.and_then(Value::as_str).unwrap_or_default()
        };
        Self {
            provider: text("ProviderName"),
            attribute: text("ProviderAttributeName"),
            value: text("ProviderAttributeValue"),
        }
    }

    fn is_native(&self) -> bool {
        self.provider == "Cognito"
    }

    fn is_identity(&self, identity: &Identity) -> bool {
        identity.provider_name == self.provider && identity.user_id == self.value
    }

    fn user<'p>(&self, pool: &'p Pool) -> Option<&'p User> {
        if self.is_native() {
            return pool.find(self.value);
        }
        let mut users = pool.kept.users.values();
        users.find(|user| user.identities.iter().any(|identity| self.is_identity(identity)))
    }
}

pub(super) fn link(pool: &mut Pool, request: &Request) -> Outcome {
    let source = Account::of(request, "SourceUser");
    let destination = Account::of(request, "DestinationUser");
    let provider = pool.kept.identity_providers.get(source.provider).ok_or_else(|| {
        let message = format!("Provider {} does not exist.", source.provider);
        ApiError::new("ResourceNotFoundException", message)
    })?;
    if source.attribute != SUBJECT || source.value.is_empty() {
        let message = format!("The local pool links by ProviderAttributeName {SUBJECT} alone.");
        return Err(invalid_parameter(message));
    }
    let provider_type = provider.provider_type.name().to_owned();
    let user = destination.user(pool).ok_or_else(user_does_not_exist)?;
    match source.user(pool) {
        Some(linked) if linked.username == user.username => {
            return Err(invalid_parameter(
                "SourceUser is already linked to DestinationUser",
            ));
        }
        Some(_) => {
            return Err(invalid_parameter(
                "Merging is not currently supported, provide a SourceUser that has not been signed up in order \
                 to link",
            ));
        }
        None => {}
    }
    let linked = user.identities.iter().filter(|identity| !identity.primary);
    if linked.count() >= MOST {
        let message = format!("A user has at most {MOST} linked identities.");
        return Err(ApiError::new("LimitExceededException", message));
    }
    let username = user.username.clone();
    let identity = Identity {
        provider_name: source.provider.to_owned(),
        provider_type,
        user_id: source.value.to_owned(),
        primary: false,
        created_at: pool.now(),
    };
    pool.user_mut(&username)?.identities.push(identity);
    Ok(json!({}))
}

/// Takes a way to sign in from a user: a linked identity, or the password of a user of the pool's own.
pub(super) fn disable(pool: &mut Pool, request: &Request) -> Outcome {
    let account = Account::of(request, "User");
    let username = account
        .user(pool)
        .ok_or_else(user_does_not_exist)?
        .username
        .clone();
    let user = pool.user_mut(&username)?;
    if account.is_native() {
        user.password = None;
    } else {
        user.identities.retain(|identity| !account.is_identity(identity));
    }
    Ok(json!({}))
}
