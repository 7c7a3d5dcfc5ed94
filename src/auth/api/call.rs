use std::future::IntoFuture;

use futures::{FutureExt, future::LocalBoxFuture};
use serde::Serialize;
use web_sys::{AbortSignal, RequestCache};

use super::{Api, ApiError, Method, Response, browser::Browser, send::send};

/// Which of the tokens an API wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// The access token: what the person may do.
    #[default]
    Access,
    /// The ID token: who the person is. Some authorizers, such as API Gateway's for user pools without scopes, take
    /// nothing else.
    Id,
}

/// What is sent, as often as need be.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Body {
    Text(String),
    Bytes(Vec<u8>),
}

/// A call: await it to send it.
///
/// Its answer is the response, whatever its status: also the 401 that a renewed token gets.
#[must_use = "it is sent when it is awaited"]
#[derive(Clone)]
pub struct ApiCall {
    pub(super) api: Api,
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Result<Option<Body>, ApiError>,
    cache: Option<RequestCache>,
    pub(super) token: TokenKind,
    pub(super) may_go_without: bool,
    pub(super) signal: Option<AbortSignal>,
}

impl ApiCall {
    pub(super) fn new(api: Api, method: Method, url: String) -> Self {
        Self {
            api,
            method,
            url,
            headers: Vec::new(),
            body: Ok(None),
            cache: None,
            token: TokenKind::default(),
            may_go_without: false,
            signal: None,
        }
    }

    /// Adds a header. Where a token is sent, `authorization` is the token's.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `value` as JSON.
    pub fn json(mut self, value: &impl Serialize) -> Self {
        self.body = match serde_json::to_string(value) {
            Ok(text) => Ok(Some(Body::Text(text))),
            Err(_) => Err(ApiError::Body),
        };
        self.header("content-type", "application/json")
    }

    /// Sends a text; `text/plain` unless a header says otherwise.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.body = Ok(Some(Body::Text(text.into())));
        self
    }

    /// Sends bytes.
    pub fn bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.body = Ok(Some(Body::Bytes(bytes.into())));
        self
    }

    /// How the browser's cache is used. Unless this says otherwise, the answer to a token stays out of it: it would lie
    /// on the disk after a sign-out, and the next person's call could be answered with it.
    pub fn cache(mut self, cache: RequestCache) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Sends this token in place of the access token.
    pub fn token(mut self, token: TokenKind) -> Self {
        self.token = token;
        self
    }

    /// Goes without a token where the origin is not on the list, in place of [`ApiError::NotAllowed`].
    pub fn or_without_token(mut self) -> Self {
        self.may_go_without = true;
        self
    }

    /// Ends the call when `signal` says so.
    pub fn signal(mut self, signal: AbortSignal) -> Self {
        self.signal = Some(signal);
        self
    }

    pub(super) fn cache_mode(&self, with_token: bool) -> RequestCache {
        self.cache.unwrap_or(match with_token {
            true => RequestCache::NoStore,
            false => RequestCache::Default,
        })
    }
}

impl IntoFuture for ApiCall {
    type Output = Result<Response, ApiError>;
    type IntoFuture = LocalBoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        async move { send(&Browser, &self).await }.boxed_local()
    }
}
