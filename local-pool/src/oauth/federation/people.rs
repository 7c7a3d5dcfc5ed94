//! Who may come from an identity provider.

use sha2::{Digest as _, Sha256};

use crate::pool::identity_provider::ProviderType;
use crate::random;

/// Somebody with an account at an identity provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) given_name: String,
    pub(super) family_name: String,
    /// None for an account without, or that does not tell.
    pub(super) email: Option<String>,
    pub(super) email_verified: bool,
}

/// A made-up person.
pub(super) struct MadeUp {
    pub(super) key: &'static str,
    given_name: &'static str,
    family_name: &'static str,
    email: Option<&'static str>,
    email_verified: bool,
    pub(super) note: &'static str,
}

/// The made-up people of every identity provider.
pub(super) const PEOPLE: [MadeUp; 4] = [
    MadeUp {
        key: "robin",
        given_name: "Robin",
        family_name: "Winter",
        email: Some("robin@example.com"),
        email_verified: true,
        note: "verified e-mail",
    },
    MadeUp {
        key: "kim",
        given_name: "Kim",
        family_name: "Summer",
        email: Some("kim@example.com"),
        email_verified: false,
        note: "e-mail not verified",
    },
    MadeUp {
        key: "user",
        given_name: "Uma",
        family_name: "Serra",
        email: Some("user@example.com"),
        email_verified: true,
        note: "the e-mail of a user of the pool",
    },
    MadeUp {
        key: "sam",
        given_name: "Sam",
        family_name: "Autumn",
        email: None,
        email_verified: false,
        note: "shares no e-mail",
    },
];

impl MadeUp {
    /// The person's account.
    pub(super) fn person(&self) -> Person {
        Person {
            given_name: self.given_name.to_owned(),
            family_name: self.family_name.to_owned(),
            email: self.email.map(str::to_owned),
            email_verified: self.email_verified,
        }
    }
}

impl Person {
    /// The whole name.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
            .trim()
            .to_owned()
    }

    /// The id of the account: always the same for the same e-mail address, or else the same name.
    pub(super) fn subject(&self, provider: &str, kind: ProviderType) -> String {
        let who = self.email.clone().unwrap_or_else(|| self.name()).to_lowercase();
        let hash = Sha256::digest(format!("{provider}\0{who}"));
        let hex = random::hex(&hash);
        let digits = hash.iter().map(|byte| char::from(b'0' + byte % 10));
        match kind {
            ProviderType::Google => format!("1{}", digits.take(20).collect::<String>()),
            ProviderType::Facebook => format!("1{}", digits.take(15).collect::<String>()),
            ProviderType::LoginWithAmazon => {
                format!(
                    "amzn1.account.{}",
                    hex.to_uppercase().chars().take(28).collect::<String>()
                )
            }
            ProviderType::SignInWithApple => format!(
                "00{}.{}.{}",
                digits.clone().take(4).collect::<String>(),
                hex.chars().take(32).collect::<String>(),
                digits.skip(4).take(4).collect::<String>()
            ),
            ProviderType::Oidc => random::uuid_from(&hash),
            // A NameID, for which enterprises often take the address.
            ProviderType::Saml => who,
        }
    }

    /// The claim that an attribute mapping names, as OpenID Connect, Facebook, Amazon and SAML call it.
    pub(super) fn claim(&self, name: &str) -> Option<String> {
        let name = name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let text = match name.as_str() {
            "email" | "emailaddress" | "mail" | "upn" => self.email.clone()?,
            "email_verified" => self.email.as_ref().map(|_| self.email_verified.to_string())?,
            "name" | "displayname" => self.name(),
            "given_name" | "givenname" | "first_name" | "firstname" => self.given_name.clone(),
            "family_name" | "surname" | "last_name" | "lastname" => self.family_name.clone(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_one_id_per_provider() {
        let robin = PEOPLE[0].person();
        let google = robin.subject("Google", ProviderType::Google);
        assert_eq!(google.len(), 21);
        assert!(google.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(google, robin.subject("Google", ProviderType::Google));
        assert_ne!(
            robin.subject("One", ProviderType::Oidc),
            robin.subject("Other", ProviderType::Oidc)
        );
        assert_eq!(robin.subject("Corp", ProviderType::Saml), "robin@example.com");
    }

    #[test]
    fn claims_go_by_several_names_and_may_be_missing() {
        let (robin, sam) = (PEOPLE[0].person(), PEOPLE[3].person());
        let uri = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
        assert_eq!(robin.claim(uri), robin.claim("email"));
        assert_eq!(robin.claim("email_verified").as_deref(), Some("true"));
        assert_eq!((sam.claim("email"), sam.claim("email_verified")), (None, None));
        assert_eq!(robin.claim("shoe_size"), None);
    }
}
