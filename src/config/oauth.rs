//! The hosted pages: the section `oauth` of the file, and `custom.cognito.oauth`.

use serde::{Deserialize, Serialize};

use super::Endpoint;

/// A user pool's domain, its app client's addresses, and what of it to offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth {
    /// The origin of the pool's domain, Amazon's or one's own: `https://example.auth.eu-west-1.amazoncognito.com`.
    pub domain: Endpoint,
    /// The scopes to ask for; `openid` is among them.
    pub scopes: Vec<String>,
    /// Where people may come back to, as the app client lists them: absolute addresses.
    pub redirect_sign_in: Vec<String>,
    /// Where people may come back to after the hosted logout.
    pub redirect_sign_out: Vec<String>,
    /// The identity providers to offer, in this order.
    pub providers: Vec<IdentityProvider>,
    /// Whether an e-mail address leads to its organisation's identity provider.
    pub email_domains: EmailDomains,
    /// Whether to offer the hosted pages themselves (managed login).
    pub managed_login: bool,
    /// Whether to look for a session at the hosted pages (`prompt=none`) where a reload has lost the one here.
    pub silent_sign_in: bool,
    /// Whether to sign in through a popup always. An app in a frame does so in any case: no identity provider lets
    /// itself be framed.
    pub popup: bool,
}

/// An identity provider of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityProvider {
    /// ProviderName: what `identity_provider` calls it.
    pub name: String,
    /// What people call it.
    pub label: String,
}

/// Which e-mail addresses lead to an identity provider, by their domain as its `idp_identifier`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmailDomains {
    /// None.
    #[default]
    None,
    /// Those of these domains, in lower case.
    Listed(Vec<String>),
    /// Any, where the person asks for it: which domains there are is not for everybody to read.
    OnRequest,
}

impl OAuth {
    /// What people call the identity provider of that ProviderName.
    #[must_use]
    pub fn label_of<'a>(&'a self, name: &'a str) -> &'a str {
        let mut providers = self.providers.iter();
        let found = providers.find(|provider| provider.name == name);
        found.map_or(name, |provider| &provider.label)
    }
}

impl EmailDomains {
    /// The domain of `address`, if it is known to lead to an identity provider.
    #[must_use]
    pub fn of_address(&self, address: &str) -> Option<&str> {
        let Self::Listed(domains) = self else {
            return None;
        };
        let domain = email_domain(address)?;
        domains
            .iter()
            .map(String::as_str)
            .find(|known| known.eq_ignore_ascii_case(domain))
    }
}

/// What stands behind the at sign of an e-mail address.
pub(crate) fn email_domain(address: &str) -> Option<&str> {
    let (name, domain) = address.trim().rsplit_once('@')?;
    let is_domain = domain.contains('.') && !domain.contains(char::is_whitespace);
    (!name.is_empty() && is_domain).then_some(domain)
}
