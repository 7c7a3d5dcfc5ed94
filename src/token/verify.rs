//! Verification of Cognito's tokens (Developer Guide, "Verifying JSON web tokens"; RFC 7519 section
//! 7.2; RFC 8725).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::{AccessClaims, AccessToken, IdClaims, IdToken, Jwks};

/// The longest token that is looked at, in bytes.
pub const TOKEN_MAX_LEN: usize = 16 * 1024;

/// By how many seconds `exp` may have passed and `nbf` may lie ahead: enough for the drift of a clock
/// that is set by the network, and short beside the 5 minutes that Cognito's tokens live at least.
pub const CLOCK_LEEWAY_SECS: u64 = 60;

/// By how many seconds `iat` may lie ahead of the local clock. People's clocks are often hours slow (a
/// wrong time zone set by hand), which harms nobody; a token from next week is a sign of something else.
pub const ISSUED_AHEAD_MAX_SECS: u64 = 24 * 60 * 60;

/// Why a token is refused. No variant holds any part of the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is longer than [`TOKEN_MAX_LEN`].
    #[error("the token is too large")]
    TooLarge,
    /// It is not three base64url parts of which the first two are JSON objects.
    #[error("the token is malformed")]
    Malformed,
    /// It is not signed with RS256 (`none` and `HS256` among others).
    #[error("the token's algorithm is not RS256")]
    Algorithm,
    /// Its header demands extensions (`crit`, RFC 7515 section 4.1.11), and there are none.
    #[error("the token's header has critical extensions")]
    Critical,
    /// Its key is not in the key set. The pool may have new keys: fetch the set again, once.
    #[error("the token's key is unknown")]
    UnknownKey,
    /// The signature is not the key's.
    #[error("the token's signature is wrong")]
    Signature,
    /// A claim is missing or has a wrong type.
    #[error("the token's claim {0} is missing or malformed")]
    Claim(&'static str),
    /// Another pool issued it.
    #[error("the token is from another issuer")]
    Issuer,
    /// It is for another app client.
    #[error("the token is for another app client")]
    Audience,
    /// It is an access token in place of an ID token, or the other way round.
    #[error("the token is of another kind")]
    TokenUse,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come (`nbf`).
    #[error("the token is not valid yet")]
    NotYetValid,
    /// It was issued more than a day from now.
    #[error("the token was issued in the future")]
    IssuedInFuture,
    /// It is not the answer to this authorisation request.
    #[error("the token's nonce is wrong")]
    Nonce,
    /// The ID token and the access token are not the same person's.
    #[error("the tokens are of different people")]
    Subject,
}

impl TokenError {
    /// A name that does not change, for code and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "token_too_large",
            Self::Malformed => "token_malformed",
            Self::Algorithm => "token_algorithm",
            Self::Critical => "token_critical",
            Self::UnknownKey => "token_unknown_key",
            Self::Signature => "token_signature",
            Self::Claim(_) => "token_claim",
            Self::Issuer => "token_issuer",
            Self::Audience => "token_audience",
            Self::TokenUse => "token_use",
            Self::Expired => "token_expired",
            Self::NotYetValid => "token_not_yet_valid",
            Self::IssuedInFuture => "token_issued_in_future",
            Self::Nonce => "token_nonce",
            Self::Subject => "token_subject",
        }
    }
}

/// The time to check against.
#[derive(Clone, Copy)]
enum Now {
    /// Seconds since 1970 (UTC).
    At(u64),
    /// That at which the token was issued.
    Issued,
}

/// Verifies the tokens of one user pool for one app client.
#[derive(Debug, Clone)]
pub struct Verifier {
    issuer: String,
    client_id: String,
    jwks: Jwks,
}

impl Verifier {
    /// For tokens of `issuer` to `client_id` that are signed with one of the keys.
    #[must_use]
    pub fn new(issuer: impl Into<String>, client_id: impl Into<String>, jwks: Jwks) -> Self {
        Self {
            issuer: issuer.into(),
            client_id: client_id.into(),
            jwks,
        }
    }

    /// Verifies an ID token at `now`, in seconds since 1970 (UTC).
    ///
    /// # Errors
    /// If the token is not a valid ID token of this pool for this app client.
    pub fn verify_id(&self, token: &IdToken, now: u64) -> Result<IdClaims, TokenError> {
        IdClaims::read(self.checked_claims(token.expose(), "id", "aud", Now::At(now))?)
    }

    /// Verifies an ID token that answers an authorisation request with this nonce (OpenID Connect
    /// Core 1.0, section 3.1.3.7).
    ///
    /// # Errors
    /// As [`verify_id`](Self::verify_id), and if the nonce is missing or another.
    pub fn verify_id_with_nonce(
        &self,
        token: &IdToken,
        nonce: &str,
        now: u64,
    ) -> Result<IdClaims, TokenError> {
        let claims = self.verify_id(token, now)?;
        if claims.nonce.as_deref() == Some(nonce) {
            Ok(claims)
        } else {
            Err(TokenError::Nonce)
        }
    }

    /// Verifies an access token at `now`, in seconds since 1970 (UTC).
    ///
    /// # Errors
    /// If the token is not a valid access token of this pool for this app client.
    pub fn verify_access(&self, token: &AccessToken, now: u64) -> Result<AccessClaims, TokenError> {
        AccessClaims::read(self.checked_claims(token.expose(), "access", "client_id", Now::At(now))?)
    }

    /// Verifies the two tokens of an answer that has just come from the service, and that they are the same
    /// person's.
    ///
    /// The time is the tokens' own `iat`: they came over TLS in answer to our request, and the device's clock
    /// may be wrong by days. From then on only the time that has passed counts.
    ///
    /// # Errors
    /// As [`verify_id`](Self::verify_id) and [`verify_access`](Self::verify_access), and if the two
    /// have different subjects.
    pub fn verify_answer(
        &self,
        id: &IdToken,
        access: &AccessToken,
    ) -> Result<(IdClaims, AccessClaims), TokenError> {
        let id = IdClaims::read(self.checked_claims(id.expose(), "id", "aud", Now::Issued)?)?;
        let access =
            AccessClaims::read(self.checked_claims(access.expose(), "access", "client_id", Now::Issued)?)?;
        if id.sub == access.sub {
            Ok((id, access))
        } else {
            Err(TokenError::Subject)
        }
    }

    /// The claims of a token of this pool that is of the kind `token_use`, names this app client in the
    /// claim `audience`, and is valid `now`.
    fn checked_claims(
        &self,
        token: &str,
        token_use: &str,
        audience: &'static str,
        now: Now,
    ) -> Result<Map<String, Value>, TokenError> {
        let claims = self.signed_claims(token)?;
        let expect = |name, value: &str, otherwise| match claims.get(name).and_then(Value::as_str) {
            Some(found) if found == value => Ok(()),
            Some(_) => Err(otherwise),
            None => Err(TokenError::Claim(name)),
        };
        expect("iss", &self.issuer, TokenError::Issuer)?;
        expect("token_use", token_use, TokenError::TokenUse)?;
        expect(audience, &self.client_id, TokenError::Audience)?;
        let time = |name| match claims.get(name) {
            None => Ok(None),
            Some(value) => value.as_u64().map(Some).ok_or(TokenError::Claim(name)),
        };
        let exp = time("exp")?.ok_or(TokenError::Claim("exp"))?;
        let iat = time("iat")?.ok_or(TokenError::Claim("iat"))?;
        let nbf = time("nbf")?;
        let now = match now {
            Now::At(now) => now,
            Now::Issued if exp <= iat => return Err(TokenError::Expired),
            Now::Issued => iat,
        };
        if now >= exp.saturating_add(CLOCK_LEEWAY_SECS) {
            return Err(TokenError::Expired);
        }
        if nbf.is_some_and(|nbf| nbf > now.saturating_add(CLOCK_LEEWAY_SECS)) {
            return Err(TokenError::NotYetValid);
        }
        if iat > now.saturating_add(ISSUED_AHEAD_MAX_SECS) {
            return Err(TokenError::IssuedInFuture);
        }
        Ok(claims)
    }

    /// The claims of a token whose signature is right. Nothing else about them has been checked.
    fn signed_claims(&self, token: &str) -> Result<Map<String, Value>, TokenError> {
        if token.len() > TOKEN_MAX_LEN {
            return Err(TokenError::TooLarge);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = message.split_once('.').ok_or(TokenError::Malformed)?;
        let header = json_object(header)?;
        if header.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(TokenError::Algorithm);
        }
        if header.contains_key("crit") {
            return Err(TokenError::Critical);
        }
        let kid = header
            .get("kid")
            .and_then(Value::as_str)
            .ok_or(TokenError::UnknownKey)?;
        let key = self.jwks.get(kid).ok_or(TokenError::UnknownKey)?;
        if !key.has_signed(message, signature) {
            return Err(TokenError::Signature);
        }
        json_object(payload)
    }
}

/// The JSON object in a base64url part. A dot in the part, as a fourth part would bring, is no
/// base64url.
fn json_object(part: &str) -> Result<Map<String, Value>, TokenError> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenError::Malformed)
}
