//! Sign-in through a browser's redirects: OAuth 2.0's authorization code grant with PKCE, and OpenID Connect on top,
//! as a user pool's domain has it (RFC 6749, section 4.1; RFC 7636; OpenID Connect Core 1.0; developer guide, "User
//! pool endpoints and managed login reference"). Addresses and texts only: nothing here sends anything.

mod authorization;
mod logout;
mod redirect_uri;
mod refusal;
mod response;
mod secret;
#[cfg(test)]
mod tests;
mod token_endpoint;
mod transaction;

pub use authorization::{AuthorizationRequest, Prompt, Via, authorization_url};
pub use logout::logout_url;
pub use redirect_uri::for_page;
pub use refusal::{Refusal, meaning};
pub use response::{AuthorizationResponse, Outcome, without_response};
pub use secret::{AuthorizationUrl, CodeVerifier, Nonce, State};
pub use token_endpoint::{TokenRefusal, code_form, read_tokens};
pub use transaction::{LIFETIME, Transaction};

/// A query or a form (`application/x-www-form-urlencoded`) of names and values.
fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
