//! One call, from its token to its response.

use sha2::{Digest, Sha256};

use super::{ApiCall, ApiError, TokenKind, origins::Address, refusals::Fingerprint};
use crate::{
    auth::{AuthError, EngineHandle, SessionState},
    token::{AccessToken, IdToken},
};

/// What the browser does for a call.
pub(super) trait Web {
    type Response;
    /// Takes an absolute address apart.
    fn parse(&self, text: &str) -> Option<Address>;
    /// Takes an address apart that may be relative to the page.
    fn resolve(&self, text: &str) -> Option<Address>;
    /// The page's origin: not that of its `<base>`, which may lead elsewhere.
    fn own_origin(&self) -> Option<Address>;
    /// Sends `call` to `address`. With a token no redirect is followed.
    fn fetch(
        &self,
        call: &ApiCall,
        address: &Address,
        token: Option<&str>,
    ) -> impl Future<Output = Result<Self::Response, ApiError>>;
    /// The HTTP status.
    fn status(response: &Self::Response) -> u16;
}

#[derive(PartialEq, Eq)]
enum Token {
    Access(AccessToken),
    Id(IdToken),
}

impl Token {
    async fn current(kind: TokenKind, engine: &EngineHandle) -> Result<Self, AuthError> {
        match kind {
            TokenKind::Access => engine.access_token().await.map(Self::Access),
            TokenKind::Id => engine.id_token().await.map(Self::Id),
        }
    }

    /// In place of `refused`. Somebody else may have had the same answer, and have renewed it by now.
    async fn after(refused: &Self, kind: TokenKind, engine: &EngineHandle) -> Result<Self, AuthError> {
        let current = Self::current(kind, engine).await?;
        if current != *refused {
            return Ok(current);
        }
        engine.refresh_now().await?;
        Self::current(kind, engine).await
    }

    fn fingerprint(&self) -> Fingerprint {
        Sha256::digest(self.expose()).into()
    }

    fn expose(&self) -> &str {
        match self {
            Self::Access(token) => token.expose(),
            Self::Id(token) => token.expose(),
        }
    }
}

pub(super) async fn send<W: Web>(web: &W, call: &ApiCall) -> Result<W::Response, ApiError> {
    if let Err(error) = &call.body {
        return Err(error.clone());
    }
    let address = web.resolve(&call.url).ok_or(ApiError::Url)?;
    if !call.api.origins.takes_token(&address, call.may_go_without)? {
        return web.fetch(call, &address, None).await;
    }
    let engine = &call.api.engine;
    let before = subject(engine);
    let token = Token::current(call.token, engine).await?;
    let who = subject(engine);
    // What one person began must not be done in another's name.
    if before.is_some() && before != who {
        return Err(AuthError::Superseded.into());
    }
    let response = web.fetch(call, &address, Some(token.expose())).await?;
    let origin = address.origin().unwrap_or_default();
    let refusals = engine.refusals();
    if W::status(&response) != 401 || refusals.knows(&origin, call.token, token.fingerprint()) {
        return Ok(response);
    }
    let token = Token::after(&token, call.token, engine).await?;
    if subject(engine) != who {
        return Err(AuthError::Superseded.into());
    }
    let response = web.fetch(call, &address, Some(token.expose())).await?;
    if W::status(&response) == 401 {
        refusals.note(&origin, call.token, token.fingerprint());
    }
    Ok(response)
}

fn subject(engine: &EngineHandle) -> Option<String> {
    match engine.snapshot().session {
        SessionState::SignedIn(session) => Some(session.claims.sub),
        SessionState::Checking | SessionState::SignedOut { .. } => None,
    }
}
