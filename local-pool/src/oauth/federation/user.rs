//! The user whom somebody from an identity provider is in the pool.

use super::people::Person;
use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::group::Group;
use crate::pool::identity_provider::{IdentityProvider, ProviderType};
use crate::pool::user::{Identity, Status, User};
use crate::protocol::ApiError;

/// What the client is told, in AWS's words where they are known.
pub(super) type Description = String;

/// The user name of somebody who has come from `provider`: of the user that the account is linked to, of the one
/// that it has become before, or of a new one.
///
/// # Errors
/// What keeps the person out.
pub(super) fn signed_in(pool: &mut Pool, provider: &str, person: &Person) -> Result<String, Description> {
    let provider = pool.kept.identity_providers.get(provider).cloned();
    let provider = provider.ok_or("The identity provider is gone")?;
    let subject = person.subject(&provider.name, provider.provider_type);
    let is_it = |identity: &Identity| identity.provider_name == provider.name && identity.user_id == subject;
    let known = pool
        .kept
        .users
        .values()
        .find(|user| user.identities.iter().any(is_it));
    let known = known.map(|user| (user.username.clone(), user.status, user.enabled));
    let attributes = mapped(&provider, person);
    match known {
        Some((_, _, false)) => Err("User is not enabled".to_owned()),
        Some(_) if let Err(refused) = pool.settings().triggers.pre_authentication() => Err(words(&refused)),
        // Linked: an account of the pool's own keeps its attributes.
        Some((username, status, _)) if status != Status::ExternalProvider => Ok(username),
        Some((username, _, _)) => {
            update(pool, &username, attributes)?;
            Ok(username)
        }
        None => create(pool, &provider, subject, attributes),
    }
}

type Attributes = Vec<(String, String)>;

/// The attributes that the provider's mapping makes of its claims.
fn mapped(provider: &IdentityProvider, person: &Person) -> Attributes {
    let mapping = provider.attribute_mapping.iter();
    let mapping = mapping.filter(|(attribute, _)| *attribute != "username");
    mapping
        .filter_map(|(attribute, claim)| Some((attribute.clone(), person.claim(claim)?)))
        .collect()
}

fn create(
    pool: &mut Pool,
    provider: &IdentityProvider,
    subject: String,
    attributes: Attributes,
) -> Result<String, Description> {
    let has = |name: &str| attributes.iter().any(|(known, _)| known == name);
    let missing: Vec<&str> = required(pool).into_iter().filter(|name| !has(name)).collect();
    if !missing.is_empty() {
        return Err(without(provider, &missing));
    }
    check(pool, &attributes)?;
    let now = pool.now();
    let identity = Identity {
        provider_name: provider.name.clone(),
        provider_type: provider.provider_type.name().to_owned(),
        user_id: subject.clone(),
        primary: true,
        created_at: now,
    };
    pool.settings()
        .triggers
        .pre_sign_up()
        .map_err(|refused| words(&refused))?;
    let username = format!("{}_{subject}", provider.name);
    // Whoever the trigger has linked meets the account that it made of them, and comes in the next time.
    if linked(pool, &attributes, &identity) || pool.kept.users.contains_key(&username) {
        return Err(format!("Already found an entry for username {username}"));
    }
    let sub = pool.shared.random.uuid();
    let mut user = User::new(username.clone(), sub, Status::ExternalProvider, now);
    for contact in [Contact::Email, Contact::PhoneNumber] {
        if has(contact.attribute()) {
            user.set_verified(contact, false);
        }
    }
    user.attributes.extend(attributes);
    user.identities.push(identity);
    user.groups.push(joined(pool, provider));
    pool.kept.users.insert(username.clone(), user);
    Ok(username)
}

/// A trigger's refusal as the client's address has it, with a space at its end.
fn words(refused: &ApiError) -> Description {
    format!("{} ", refused.message)
}

/// What is said of attributes that the provider does not tell.
fn without(provider: &IdentityProvider, missing: &[&str]) -> Description {
    match provider.provider_type {
        ProviderType::Saml => {
            let lines = missing
                .iter()
                .map(|name| format!("{name}: The attribute is required\n"));
            format!("Invalid user attributes: {}", lines.collect::<String>())
        }
        _ => format!("attributes required: [{}]", missing.join(", ")),
    }
}

/// Whether the trigger that links by e-mail address finds a user of the pool's own, to whom it links the account.
fn linked(pool: &mut Pool, attributes: &Attributes, identity: &Identity) -> bool {
    let told = |wanted: &str| {
        let found = attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let may = pool.settings().triggers.link_by_email && told("email_verified") != Some("false");
    let Some(email) = told("email").filter(|_| may).map(|email| pool.folded(email)) else {
        return false;
    };
    let is_it = |user: &User| {
        user.status != Status::ExternalProvider
            && user.has_verified(Contact::Email)
            && pool.folded(user.email()) == email
    };
    let found = pool.kept.users.values().find(|user| is_it(user));
    let Some(username) = found.map(|user| user.username.clone()) else {
        return false;
    };
    let linked = Identity {
        primary: false,
        ..identity.clone()
    };
    pool.user_mut(&username)
        .map(|user| user.identities.push(linked))
        .is_ok()
}

/// The attributes that nobody comes in without.
fn required(pool: &Pool) -> Vec<&str> {
    let settings = pool.settings();
    let mut required: Vec<&str> = settings.schema.required().collect();
    if let [contact] = settings.username_attributes.as_slice()
        && !required.contains(&contact.attribute())
    {
        required.insert(0, contact.attribute());
    }
    required
}

fn check(pool: &Pool, attributes: &Attributes) -> Result<(), Description> {
    let own = |name: &str| Contact::of_attribute(name.trim_end_matches("_verified")).is_some();
    for (name, value) in attributes {
        let verified = name.ends_with("_verified") && own(name);
        if !verified && let Err(error) = pool.settings().schema.check(name, value) {
            return Err(format!("Invalid user attributes: {}", error.message));
        }
    }
    Ok(())
}

/// Takes over what the provider says now.
fn update(pool: &mut Pool, username: &str, attributes: Attributes) -> Result<(), Description> {
    check(pool, &attributes)?;
    let schema = &pool.kept.settings.schema;
    let user = pool.kept.users.get(username);
    let differs = |name: &str, value: &str| user.is_some_and(|user| user.attribute(name) != value);
    let changed = attributes.iter().filter(|(name, value)| differs(name, value));
    if let Some((name, _)) = changed.into_iter().find(|(name, _)| schema.is_immutable(name)) {
        return Err(format!(
            "Invalid user attributes: {name}: Attribute cannot be updated.\n"
        ));
    }
    let user = pool.user_mut(username).map_err(|error| error.message)?;
    user.attributes.extend(attributes);
    Ok(())
}

/// The group of everybody who came from a provider, which the service makes by itself.
fn joined(pool: &mut Pool, provider: &IdentityProvider) -> String {
    let now = pool.now();
    let name = format!("{}_{}", pool.kept.id, provider.name);
    let made = || Group {
        name: name.clone(),
        description: Some(format!(
            "Autogenerated group for users who sign in using {}",
            provider.name
        )),
        role_arn: None,
        precedence: None,
        created_at: now,
        modified_at: now,
    };
    pool.kept.groups.entry(name.clone()).or_insert_with(made);
    name
}

#[cfg(test)]
mod tests {
    use super::super::people::PEOPLE;
    use super::*;
    use crate::operations::testing::{pool, world};
    use crate::pool::schema::Attribute;

    fn robin() -> Person {
        PEOPLE[0].person()
    }

    #[test]
    fn a_linked_account_signs_its_own_user_in() {
        let mut world = world();
        let pool = pool(&mut world);
        let username = pool.find("user@example.com").unwrap().username.clone();
        let user = pool.user_mut(&username).unwrap();
        user.identities.push(Identity {
            provider_name: "Google".to_owned(),
            provider_type: "Google".to_owned(),
            user_id: robin().subject("Google", ProviderType::Google),
            primary: false,
            created_at: 0,
        });
        assert_eq!(signed_in(pool, "Google", &robin()), Ok(username.clone()));
        let user = pool.user(&username).unwrap();
        assert_eq!(
            (user.email(), user.status),
            ("user@example.com", Status::Confirmed)
        );
        assert!(user.groups.is_empty());
        assert_ne!(signed_in(pool, "Workforce", &robin()), Ok(username));
    }

    #[test]
    fn whoever_cannot_come_in_is_told_why() {
        let mut world = world();
        let pool = pool(&mut world);
        let subject = robin().subject("Google", ProviderType::Google);
        let name = format!("Google_{subject}");
        let other = User::new(name.clone(), "1".to_owned(), Status::Confirmed, 0);
        pool.kept.users.insert(name.clone(), other);
        assert_eq!(
            signed_in(pool, "Google", &robin()),
            Err(format!("Already found an entry for username {name}"))
        );
        assert!(signed_in(pool, "Nobody", &robin()).is_err());

        let username = signed_in(pool, "Workforce", &robin()).unwrap();
        pool.user_mut(&username).unwrap().enabled = false;
        assert_eq!(
            signed_in(pool, "Workforce", &robin()),
            Err("User is not enabled".to_owned())
        );

        let required = Attribute {
            required: true,
            ..Attribute::default()
        };
        let schema = &mut pool.kept.settings.schema.0;
        schema.insert("birthdate".to_owned(), required);
        assert_eq!(
            signed_in(pool, "Workforce", &PEOPLE[3].person()),
            Err("attributes required: [email, birthdate]".to_owned())
        );
    }

    #[test]
    fn attributes_follow_the_provider_unless_they_are_for_good() {
        let mut world = world();
        let pool = pool(&mut world);
        let username = signed_in(pool, "Google", &robin()).unwrap();
        let renamed = Person {
            given_name: "Robyn".to_owned(),
            ..robin()
        };
        assert_eq!(signed_in(pool, "Google", &renamed), Ok(username.clone()));
        assert_eq!(pool.user(&username).unwrap().attribute("given_name"), "Robyn");
        let fixed = Attribute {
            mutable: false,
            ..Attribute::default()
        };
        let schema = &mut pool.kept.settings.schema.0;
        schema.insert("given_name".to_owned(), fixed);
        assert_eq!(signed_in(pool, "Google", &renamed), Ok(username));
        assert_eq!(
            signed_in(pool, "Google", &robin()),
            Err("Invalid user attributes: given_name: Attribute cannot be updated.\n".to_owned())
        );
    }
}
