use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{AuthorizationUrl, Transaction, encode};
use crate::config::{ClientId, OAuth};

/// By which door.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Via {
    /// The hosted pages, where people choose for themselves.
    #[default]
    ManagedLogin,
    /// An identity provider, by its ProviderName (`identity_provider`): `Google`, `SignInWithApple`, one's own.
    Provider(String),
    /// An identity provider, by one of its IdpIdentifiers (`idp_identifier`), such as the domain of an e-mail address.
    Identifier(String),
}

/// What the authorization server may show (`prompt`, OpenID Connect Core 1.0, section 3.1.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prompt {
    /// Nothing: the answer comes at once, and is `login_required` if nobody is signed in there. It stands alone.
    None,
    /// The sign-in, even if somebody is signed in there.
    Login,
    /// What the app is to know.
    Consent,
    /// Which account.
    SelectAccount,
}

impl Prompt {
    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
        }
    }
}

/// An authorization request, as the page asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// By which door.
    pub via: Via,
    /// Where to come back to: one of the app client's callback addresses, letter by letter.
    pub redirect_uri: String,
    /// Who it probably is (`login_hint`): an e-mail address or a user name.
    pub login_hint: Option<String>,
    /// The language of the hosted pages (`lang`), such as `de` or `pt-BR`.
    pub lang: Option<String>,
    /// What may be shown (`prompt`).
    pub prompt: Vec<Prompt>,
    /// Levels that will do (`acr_values`), the most wanted first.
    pub acr_values: Vec<String>,
    /// The longest time since the person last proved who they are (`max_age`), in whole seconds.
    pub max_age: Option<Duration>,
    /// The answer comes to a popup.
    pub in_popup: bool,
    /// Whoever is signed in shows again who they are. Without it a session in use is in the way.
    pub reauthenticates: bool,
}

/// Where to send the browser (developer guide, "The redirect and authorization endpoint").
pub fn authorization_url(
    oauth: &OAuth,
    client_id: &ClientId,
    request: &AuthorizationRequest,
    transaction: &Transaction,
) -> AuthorizationUrl {
    let challenge = transaction.code_challenge();
    let scopes = oauth.scopes.join(" ");
    let mut query = vec![
        ("response_type", "code"),
        ("client_id", client_id.as_str()),
        ("redirect_uri", &transaction.redirect_uri),
        ("scope", &scopes),
        ("state", transaction.state.expose()),
        ("nonce", transaction.nonce.expose()),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let prompt: Vec<&str> = request.prompt.iter().map(|prompt| prompt.name()).collect();
    let (prompt, acr_values) = (prompt.join(" "), request.acr_values.join(" "));
    let max_age = request.max_age.map(|time| time.as_secs().to_string());
    let door = match &request.via {
        Via::ManagedLogin => ("identity_provider", None),
        Via::Provider(name) => ("identity_provider", Some(name.as_str())),
        Via::Identifier(identifier) => ("idp_identifier", Some(identifier.as_str())),
    };
    let optional = [
        door,
        ("login_hint", request.login_hint.as_deref()),
        ("lang", request.lang.as_deref()),
        ("prompt", Some(prompt.as_str())),
        ("acr_values", Some(acr_values.as_str())),
        ("max_age", max_age.as_deref()),
    ];
    let given = optional
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    query.extend(given.filter(|(_, value)| !value.is_empty()));
    [oauth.domain.as_str(), "/oauth2/authorize?", &encode(query)]
        .concat()
        .into()
}
