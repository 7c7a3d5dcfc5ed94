//! Identity providers whose users may sign in to the pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `IdentityProviderTypeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ProviderType {
    #[serde(rename = "SAML")]
    Saml,
    #[serde(rename = "OIDC")]
    Oidc,
    Google,
    Facebook,
    LoginWithAmazon,
    SignInWithApple,
}

impl ProviderType {
    const ALL: [Self; 6] = [
        Self::Saml,
        Self::Oidc,
        Self::Google,
        Self::Facebook,
        Self::LoginWithAmazon,
        Self::SignInWithApple,
    ];

    /// The type of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As `ProviderType` and the `identities` attribute have it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Saml => "SAML",
            Self::Oidc => "OIDC",
            Self::Google => "Google",
            Self::Facebook => "Facebook",
            Self::LoginWithAmazon => "LoginWithAmazon",
            Self::SignInWithApple => "SignInWithApple",
        }
    }

    /// Whether the provider can only have the name of its type.
    pub(crate) fn is_social(self) -> bool {
        !matches!(self, Self::Saml | Self::Oidc)
    }
}

/// An identity provider (`IdentityProviderType`).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityProvider {
    /// What `identity_provider` and the clients' SupportedIdentityProviders call it.
    pub(crate) name: String,
    pub(crate) provider_type: ProviderType,
    /// ProviderDetails, a client secret among them.
    #[serde(default)]
    pub(crate) details: BTreeMap<String, String>,
    /// Names of the provider's claims by the pool's attributes; `username` among these stands for the user's id
    /// there.
    #[serde(default)]
    pub(crate) attribute_mapping: BTreeMap<String, String>,
    /// Names that `idp_identifier` may give in place of the provider's own, such as domains of addresses.
    #[serde(default)]
    pub(crate) idp_identifiers: Vec<String>,
    /// Seconds since the epoch.
    #[serde(default)]
    pub(crate) created_at: i64,
    #[serde(default)]
    pub(crate) modified_at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_alike_on_the_wire_and_in_files() {
        for kind in ProviderType::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(ProviderType::named(kind.name()), Some(kind));
        }
        assert_eq!(ProviderType::named("Okta"), None);
        assert!(ProviderType::Google.is_social() && !ProviderType::Oidc.is_social());
    }
}
