//! The token endpoint (RFC 6749, sections 4.1.3, 5.1 and 5.2; developer guide, "The token issuer endpoint").

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Transaction, encode};
use crate::{
    cognito::AuthenticationResult,
    config::ClientId,
    token::{AccessToken, Code, IdToken, RefreshToken},
};

/// The form that redeems a code. A public client shows who it is by the verifier alone.
pub fn code_form(client_id: &ClientId, code: &Code, transaction: &Transaction) -> Zeroizing<String> {
    Zeroizing::new(encode([
        ("grant_type", "authorization_code"),
        ("client_id", client_id.as_str()),
        ("code", code.expose()),
        ("redirect_uri", &transaction.redirect_uri),
        ("code_verifier", transaction.verifier.expose()),
    ]))
}

/// Why there are no tokens: `error` of RFC 6749, section 5.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRefusal {
    /// The endpoint said so, by this name.
    Error(String),
    /// It said something else.
    NotUnderstood,
}

/// Reads the answer: tokens where the status was one of success.
///
/// # Errors
/// [`TokenRefusal`].
pub fn read_tokens(is_success: bool, body: &str) -> Result<AuthenticationResult, TokenRefusal> {
    #[derive(Deserialize)]
    struct Tokens {
        id_token: IdToken,
        access_token: AccessToken,
        refresh_token: Option<RefreshToken>,
    }
    #[derive(Deserialize)]
    struct Error {
        error: String,
    }
    // What serde says of a mistake may quote the tokens.
    if !is_success {
        let refusal = serde_json::from_str::<Error>(body);
        return Err(refusal.map_or(TokenRefusal::NotUnderstood, |refusal| {
            TokenRefusal::Error(refusal.error)
        }));
    }
    let tokens = serde_json::from_str::<Tokens>(body).map_err(|_| TokenRefusal::NotUnderstood)?;
    Ok(AuthenticationResult {
        id_token: tokens.id_token,
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token,
        new_device_metadata: None,
    })
}
