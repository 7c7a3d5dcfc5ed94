//! What is wrong with a seed that is well-formed.

use std::collections::BTreeSet;

use super::file::{File, Mfa, Pool, User};
use super::source::Step;
use super::{base32, check};
use crate::identity;
use crate::pool::contact::{Contact, is_email, is_phone_number};
use crate::pool::schema::{self, Schema};
use crate::pool::settings::Settings;
use crate::pool::user::{MfaFactor, Status};

/// The fewest bytes of an authenticator's secret (RFC 4226, section 4, R6).
const SHORTEST_SECRET: usize = 16;

/// Something that a pool cannot be.
pub(super) struct Problem {
    /// The field.
    pub(super) steps: Vec<Step>,
    pub(super) message: String,
}

/// Where the checks are, and what they found.
#[derive(Default)]
struct Checks {
    at: Vec<Step>,
    found: Vec<Problem>,
}

impl Checks {
    fn report(&mut self, field: &str, message: impl Into<String>) {
        let mut steps = self.at.clone();
        steps.extend(field.split('/').filter(|name| !name.is_empty()).map(|name| {
            let index = name.parse().map(Step::Index);
            index.unwrap_or_else(|_| Step::Field(name.to_owned()))
        }));
        let message = message.into();
        self.found.push(Problem { steps, message });
    }

    fn each<'a, T>(&mut self, field: &str, elements: &'a [T], mut check: impl FnMut(&mut Self, &'a T)) {
        for (index, element) in elements.iter().enumerate() {
            let outside = self.at.len();
            self.at
                .extend([Step::Field(field.to_owned()), Step::Index(index)]);
            check(self, element);
            self.at.truncate(outside);
        }
    }
}

/// All problems, in the file's order.
pub(super) fn of(file: &File) -> Vec<Problem> {
    let mut checks = Checks::default();
    if file.pools.is_empty() {
        checks.report("pools", "there has to be at least one pool");
    }
    let (mut ids, mut client_ids) = (BTreeSet::new(), BTreeSet::new());
    checks.each("pools", &file.pools, |checks, pool| {
        if !is_pool_id(&pool.id) {
            checks.report(
                "id",
                "a pool's id is a region, an underscore, and letters and digits",
            );
        }
        if !ids.insert(pool.id.clone()) {
            checks.report("id", format!("there is a pool {} already", pool.id));
        }
        self::pool(checks, pool, &mut client_ids);
    });
    let mut ids = BTreeSet::new();
    checks.each("identity_pools", &file.identity_pools, |checks, pool| {
        if let Err(message) = pool.check() {
            checks.report("", message);
        }
        if !ids.insert(&pool.id) {
            checks.report("id", format!("there is an identity pool {} already", pool.id));
        }
        for (index, provider) in pool.cognito_identity_providers.iter().enumerate() {
            let id = identity::pool_id_of(&provider.provider_name);
            if !file.pools.iter().any(|pool| Some(pool.id.as_str()) == id) {
                let field = format!("cognito_identity_providers/{index}/provider_name");
                checks.report(&field, "there is no such pool");
            }
        }
    });
    checks.found
}

/// `UserPoolIdType` of the service model.
fn is_pool_id(id: &str) -> bool {
    id.len() <= 55
        && id.split_once('_').is_some_and(|(region, name)| {
            !name.is_empty()
                && !region.is_empty()
                && region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && name.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

fn pool(checks: &mut Checks, pool: &Pool, client_ids: &mut BTreeSet<String>) {
    if let Err(message) = check::settings(&pool.settings) {
        checks.report("settings", message);
    }
    checks.each("clients", &pool.clients, |checks, client| {
        let is_id =
            !client.id.is_empty() && client.id.chars().all(|c| c.is_alphanumeric() || "_+".contains(c));
        if !is_id {
            checks.report("id", "a client needs an id of letters, digits, _ and +");
        }
        if !client_ids.insert(client.id.clone()) {
            checks.report("id", format!("there is a client {} already", client.id));
        }
        if let Err(message) = check::client(client) {
            checks.report("", message);
        }
        for (index, name) in client.oauth.identity_providers.iter().enumerate() {
            let known = pool
                .identity_providers
                .iter()
                .any(|provider| provider.name == *name);
            if !known && name != "COGNITO" {
                let field = format!("oauth/identity_providers/{index}");
                checks.report(&field, format!("there is no identity provider {name}"));
            }
        }
    });
    let mut names = BTreeSet::new();
    checks.each("groups", &pool.groups, |checks, group| {
        if group.name.is_empty() {
            checks.report("name", "a group needs a name");
        }
        if !names.insert(&group.name) {
            checks.report("name", format!("there is a group {} already", group.name));
        }
    });
    let mut names = BTreeSet::new();
    checks.each(
        "identity_providers",
        &pool.identity_providers,
        |checks, provider| {
            if !names.insert(&provider.name) {
                checks.report(
                    "name",
                    format!("there is an identity provider {} already", provider.name),
                );
            }
            if provider.provider_type.is_social() && provider.name != provider.provider_type.name() {
                let only = provider.provider_type.name();
                checks.report(
                    "name",
                    format!("a provider of this type can only have the name {only}"),
                );
            }
        },
    );
    let (mut names, mut subs) = (BTreeSet::new(), BTreeSet::new());
    checks.each("users", &pool.users, |checks, user| {
        let name = if pool.settings.case_sensitive {
            user.name.clone()
        } else {
            user.name.to_lowercase()
        };
        if !names.insert(name) {
            checks.report("name", format!("there is a user {} already", user.name));
        }
        if user.sub.as_ref().is_some_and(|sub| !subs.insert(sub.clone())) {
            checks.report("sub", "another user has this sub");
        }
        self::user(checks, pool, user);
    });
}

fn user(checks: &mut Checks, pool: &Pool, user: &User) {
    if let Err(message) = check_name(&pool.settings, &user.name) {
        checks.report("name", message);
    }
    if user.sub.as_ref().is_some_and(String::is_empty) {
        checks.report("sub", "a sub is not empty");
    }
    password(checks, &pool.settings, user);
    attributes(checks, &pool.settings.schema, user);
    for (index, name) in user.groups.iter().enumerate() {
        if !pool.groups.iter().any(|group| group.name == *name) {
            checks.report(&format!("groups/{index}"), format!("there is no group {name}"));
        }
    }
    for (index, identity) in user.identities.iter().enumerate() {
        let mut providers = pool.identity_providers.iter();
        if !providers.any(|provider| provider.name == identity.provider) {
            let message = format!("there is no identity provider {}", identity.provider);
            checks.report(&format!("identities/{index}/provider"), message);
        }
    }
    if let Some(mfa) = &user.mfa {
        second_factors(checks, user, mfa);
    }
}

/// Passes what people can sign in as.
fn check_name(settings: &Settings, name: &str) -> Result<(), &'static str> {
    let takes = |contact: Contact| settings.username_attributes.contains(&contact);
    let fits =
        (takes(Contact::Email) && is_email(name)) || (takes(Contact::PhoneNumber) && is_phone_number(name));
    match (settings.username_attributes.as_slice(), fits) {
        ([], _) if name.is_empty() || name.chars().any(char::is_whitespace) => {
            Err("a user name is not empty and has no spaces")
        }
        ([], _) | (_, true) => Ok(()),
        ([Contact::Email], false) => {
            Err("people sign in to this pool with an e-mail address, and this is none")
        }
        ([Contact::PhoneNumber], false) => {
            Err("people sign in to this pool with a phone number such as +12025550199, and this is none")
        }
        (_, false) => {
            Err("people sign in to this pool with an e-mail address or phone number, and this is neither")
        }
    }
}

fn password(checks: &mut Checks, settings: &Settings, user: &User) {
    let status = user.status();
    match (&user.password, &user.temporary_password) {
        (Some(_), Some(_)) => {
            checks.report(
                "temporary_password",
                "a user has a password or a temporary one, not both",
            );
        }
        (None, Some(_)) if status != Status::ForceChangePassword => {
            checks.report("status", "with a temporary password it is FORCE_CHANGE_PASSWORD");
        }
        (_, None) if status == Status::ForceChangePassword => {
            checks.report("status", "FORCE_CHANGE_PASSWORD needs a temporary_password");
        }
        _ => {}
    }
    let given = [
        ("password", &user.password),
        ("temporary_password", &user.temporary_password),
    ];
    for (field, password) in given {
        let checked = password
            .as_ref()
            .map(|password| settings.password_policy.check(password));
        if let Some(Err(error)) = checked {
            checks.report(field, error.message);
        }
    }
}

fn attributes(checks: &mut Checks, schema: &Schema, user: &User) {
    for (name, value) in &user.attributes {
        let field = format!("attributes/{name}");
        let verified = [Contact::Email, Contact::PhoneNumber].map(Contact::verified_attribute);
        if verified.contains(&name.as_str()) {
            if value != "true" && value != "false" {
                checks.report(&field, "it is \"true\" or \"false\"");
            }
        } else if schema::is_own(name) {
            checks.report(&field, "only the pool itself sets this attribute");
        } else if schema.attribute(name).is_none() {
            checks.report(
                &field,
                "the pool has no such attribute; custom ones stand in settings.schema",
            );
        } else if let Err(error) = schema.check(name, value) {
            checks.report(&field, error.message);
        }
    }
}

fn second_factors(checks: &mut Checks, user: &User, mfa: &Mfa) {
    let preferred = mfa.preferred.filter(|factor| !mfa.factors.contains(factor));
    if let Some(factor) = preferred {
        checks.report(
            "mfa/preferred",
            format!("{} is not among the factors", factor.name()),
        );
    }
    let secret = mfa.totp_secret.as_deref().map(base32::decode);
    match secret {
        None if mfa.factors.contains(&MfaFactor::SoftwareTokenMfa) => {
            checks.report("mfa", "SOFTWARE_TOKEN_MFA needs a totp_secret");
        }
        Some(None) => checks.report(
            "mfa/totp_secret",
            "it is not base32: letters A to Z and digits 2 to 7",
        ),
        Some(Some(secret)) if secret.len() < SHORTEST_SECRET => {
            checks.report("mfa/totp_secret", "it is too short: at least 26 characters");
        }
        _ => {}
    }
    for (factor, attribute, has) in [
        (MfaFactor::EmailOtp, "email", is_email(&user.name)),
        (MfaFactor::SmsMfa, "phone_number", is_phone_number(&user.name)),
    ] {
        if mfa.factors.contains(&factor) && !has && !user.attributes.contains_key(attribute) {
            checks.report(
                "mfa/factors",
                format!("{} needs the attribute {attribute}", factor.name()),
            );
        }
    }
}
