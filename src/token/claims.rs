//! The claims of Cognito's ID and access tokens (Developer Guide, "Understanding the identity (ID)
//! token" and "Understanding the access token").

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::TokenError;

/// The claims of a verified ID token. Times are in seconds since 1970 (UTC).
///
/// `Debug` shows the subject and the times only, not the personal data.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct IdClaims {
    /// The person's unchanging id within the pool, a UUID.
    pub sub: String,
    /// The pool that issued the token.
    pub iss: String,
    /// The app client the token is for.
    pub aud: String,
    /// When the token stops being valid.
    pub exp: u64,
    /// When the token was issued.
    pub iat: u64,
    /// When the person signed in; not changed by a refresh.
    pub auth_time: Option<u64>,
    /// `id`.
    pub token_use: String,
    /// `cognito:username`.
    pub username: String,
    /// `cognito:groups`.
    pub groups: Vec<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether the e-mail address is verified.
    pub email_verified: bool,
    /// The phone number.
    pub phone_number: Option<String>,
    /// Whether the phone number is verified.
    pub phone_number_verified: bool,
    /// The full name.
    pub name: Option<String>,
    /// The first name.
    pub given_name: Option<String>,
    /// The last name.
    pub family_name: Option<String>,
    /// The name the person likes to be called by.
    pub preferred_username: Option<String>,
    /// The id of the refresh token that this token goes back to.
    pub origin_jti: Option<String>,
    /// The token's own id.
    pub jti: Option<String>,
    /// The nonce of the authorisation request.
    pub nonce: Option<String>,
    /// The level that the person has shown (`acr`).
    pub acr: Option<String>,
    /// Everything else: further standard attributes, `custom:` attributes, claims from triggers.
    pub other: BTreeMap<String, Value>,
}

impl IdClaims {
    /// A custom attribute, by its name without `custom:`.
    #[must_use]
    pub fn custom(&self, name: &str) -> Option<&str> {
        self.other.get(&format!("custom:{name}")).and_then(Value::as_str)
    }

    pub(super) fn read(mut claims: Map<String, Value>) -> Result<Self, TokenError> {
        let claims = &mut claims;
        Ok(Self {
            sub: text(claims, "sub")?,
            iss: text(claims, "iss")?,
            aud: text(claims, "aud")?,
            exp: time(claims, "exp")?,
            iat: time(claims, "iat")?,
            auth_time: optional_time(claims, "auth_time")?,
            token_use: text(claims, "token_use")?,
            username: text(claims, "cognito:username")?,
            groups: groups(claims)?,
            email: optional_text(claims, "email")?,
            email_verified: flag(claims, "email_verified")?,
            phone_number: optional_text(claims, "phone_number")?,
            phone_number_verified: flag(claims, "phone_number_verified")?,
            name: optional_text(claims, "name")?,
            given_name: optional_text(claims, "given_name")?,
            family_name: optional_text(claims, "family_name")?,
            preferred_username: optional_text(claims, "preferred_username")?,
            origin_jti: optional_text(claims, "origin_jti")?,
            jti: optional_text(claims, "jti")?,
            nonce: optional_text(claims, "nonce")?,
            acr: optional_text(claims, "acr")?,
            other: std::mem::take(claims).into_iter().collect(),
        })
    }
}

impl fmt::Debug for IdClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdClaims")
            .field("sub", &self.sub)
            .field("iat", &self.iat)
            .field("exp", &self.exp)
            .finish_non_exhaustive()
    }
}

/// The claims of a verified access token. Times are in seconds since 1970 (UTC).
///
/// `Debug` shows the subject, the scope and the times only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// The person's unchanging id within the pool, a UUID.
    pub sub: String,
    /// The pool that issued the token.
    pub iss: String,
    /// The app client the token was issued to.
    pub client_id: String,
    /// The user name.
    pub username: String,
    /// What the token allows, separated by spaces.
    pub scope: String,
    /// `cognito:groups`.
    pub groups: Vec<String>,
    /// When the token stops being valid.
    pub exp: u64,
    /// When the token was issued.
    pub iat: u64,
    /// When the person signed in; not changed by a refresh.
    pub auth_time: Option<u64>,
    /// `access`.
    pub token_use: String,
    /// The token's own id.
    pub jti: Option<String>,
    /// The id of the refresh token that this token goes back to.
    pub origin_jti: Option<String>,
}

impl AccessClaims {
    /// Whether the token allows a scope, such as `aws.cognito.signin.user.admin`.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }

    pub(super) fn read(mut claims: Map<String, Value>) -> Result<Self, TokenError> {
        let claims = &mut claims;
        Ok(Self {
            sub: text(claims, "sub")?,
            iss: text(claims, "iss")?,
            client_id: text(claims, "client_id")?,
            username: text(claims, "username")?,
            scope: optional_text(claims, "scope")?.unwrap_or_default(),
            groups: groups(claims)?,
            exp: time(claims, "exp")?,
            iat: time(claims, "iat")?,
            auth_time: optional_time(claims, "auth_time")?,
            token_use: text(claims, "token_use")?,
            jti: optional_text(claims, "jti")?,
            origin_jti: optional_text(claims, "origin_jti")?,
        })
    }
}

impl fmt::Debug for AccessClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessClaims")
            .field("sub", &self.sub)
            .field("scope", &self.scope)
            .field("iat", &self.iat)
            .field("exp", &self.exp)
            .finish_non_exhaustive()
    }
}

fn optional_text(claims: &mut Map<String, Value>, name: &'static str) -> Result<Option<String>, TokenError> {
    match claims.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(TokenError::Claim(name)),
    }
}

fn text(claims: &mut Map<String, Value>, name: &'static str) -> Result<String, TokenError> {
    optional_text(claims, name)?
        .filter(|text| !text.is_empty())
        .ok_or(TokenError::Claim(name))
}

fn optional_time(claims: &mut Map<String, Value>, name: &'static str) -> Result<Option<u64>, TokenError> {
    match claims.remove(name) {
        None => Ok(None),
        Some(value) => value.as_u64().map(Some).ok_or(TokenError::Claim(name)),
    }
}

fn time(claims: &mut Map<String, Value>, name: &'static str) -> Result<u64, TokenError> {
    optional_time(claims, name)?.ok_or(TokenError::Claim(name))
}

/// `email_verified` and its like, which come as a boolean or, from some identity providers, as text.
fn flag(claims: &mut Map<String, Value>, name: &'static str) -> Result<bool, TokenError> {
    match claims.remove(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(set)) => Ok(set),
        Some(Value::String(text)) => Ok(text.eq_ignore_ascii_case("true")),
        Some(_) => Err(TokenError::Claim(name)),
    }
}

fn groups(claims: &mut Map<String, Value>) -> Result<Vec<String>, TokenError> {
    let name = "cognito:groups";
    let entries = match claims.remove(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err(TokenError::Claim(name)),
    };
    let group = |entry| match entry {
        Value::String(group) => Ok(group),
        _ => Err(TokenError::Claim(name)),
    };
    entries.into_iter().map(group).collect()
}
