//! The hosted pages of the pool that a server begins with: an app on this machine, and three identity providers.

use crate::pool::client::OAuth;
use crate::pool::identity_provider::{IdentityProvider, ProviderType};

/// What the client may do there.
pub(super) fn oauth() -> OAuth {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    OAuth {
        callback_urls: own(&["http://localhost:8080/", "http://localhost:8080/callback"]),
        logout_urls: own(&["http://localhost:8080/"]),
        flows: own(&["code"]),
        scopes: own(&[
            "openid",
            "email",
            "profile",
            "phone",
            "aws.cognito.signin.user.admin",
        ]),
        identity_providers: own(&["COGNITO", "Google", "Workforce", "Partner"]),
    }
}

/// A social provider, an OpenID Connect provider and a SAML provider.
pub(super) fn identity_providers(now: i64) -> [IdentityProvider; 3] {
    let open_id = [
        ("email", "email"),
        ("email_verified", "email_verified"),
        ("given_name", "given_name"),
        ("family_name", "family_name"),
        ("name", "name"),
        ("username", "sub"),
    ];
    let saml = [
        (
            "email",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        ),
        (
            "given_name",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
        ),
        (
            "family_name",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
        ),
    ];
    let provider = |name: &str, provider_type, mapping: &[(&str, &str)], identifiers: &[&str]| {
        let mapping = mapping
            .iter()
            .map(|(to, from)| ((*to).to_owned(), (*from).to_owned()));
        IdentityProvider {
            name: name.to_owned(),
            provider_type,
            details: [].into(),
            attribute_mapping: mapping.collect(),
            idp_identifiers: identifiers.iter().map(|text| (*text).to_owned()).collect(),
            created_at: now,
            modified_at: now,
        }
    };
    [
        provider("Google", ProviderType::Google, &open_id, &[]),
        provider("Workforce", ProviderType::Oidc, &open_id, &["workforce.example"]),
        provider("Partner", ProviderType::Saml, &saml, &["partner.example"]),
    ]
}
