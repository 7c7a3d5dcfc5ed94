//! Calls to one's own API, with the access token of whoever is signed in.
//!
//! A token goes to the origins on a list and nowhere else, by `fetch` without cookies, referrer or redirects. Where
//! the API takes it no more (401), it is renewed and the request sent again, once. An API that refuses the new one as
//! well causes no further renewal until the next token.

mod browser;
mod call;
mod error;
mod origins;
mod refusals;
mod send;
#[cfg(test)]
mod tests;

pub use call::{ApiCall, TokenKind};
pub use error::{ApiError, OriginProblem};
pub use gloo_net::http::{Method, Response};

use browser::Browser;
use origins::Origins;
pub(super) use refusals::Refusals;
use send::Web;

use super::EngineHandle;

/// The way to one's own API. Cheap to make and to clone.
///
/// Its list of origins begins with `custom.cognito.api_origins` of the configuration. The page's
/// Content-Security-Policy has to name them as well (`connect-src`), and the API has to allow the page's origin and
/// the header `authorization` (CORS), unless it is the page's own. It has to do so in its refusals, too: to a browser a
/// 401 without CORS headers is no answer, and renews nothing.
///
/// ```
/// # use serde::{Deserialize, Serialize};
/// use yew_cognito::auth::{EngineHandle, api::{Api, ApiError}};
///
/// # #[derive(Serialize)] struct Order { item: u32 }
/// async fn order(engine: &EngineHandle, order: &Order) -> Result<bool, ApiError> {
///     let api = Api::new(engine).origin("https://api.example.com")?;
///     let response = api.post("https://api.example.com/orders").json(order).await?;
///     Ok(response.ok())
/// }
/// ```
#[derive(Clone)]
pub struct Api {
    engine: EngineHandle,
    origins: Origins,
}

impl Api {
    /// Calls with the tokens of `engine`.
    #[must_use]
    pub fn new(engine: &EngineHandle) -> Self {
        Self::on(&Browser, engine)
    }

    fn on(web: &impl Web, engine: &EngineHandle) -> Self {
        let mut origins = Origins::default();
        for origin in &engine.config().api_origins {
            // The configuration was checked; what the browser takes for no address after all stays off the list.
            let _ = origins.allow(web.parse(origin.as_str()));
        }
        Self {
            engine: engine.clone(),
            origins,
        }
    }

    /// Puts an origin on the list, such as `https://api.example.com`: `https`, or `http` on this very machine.
    ///
    /// # Errors
    /// [`ApiError::Origin`] if it is no origin, or one to which a token may not go.
    pub fn origin(mut self, origin: &str) -> Result<Self, ApiError> {
        self.origins.allow(Browser.parse(origin))?;
        Ok(self)
    }

    /// Puts the page's own origin on the list.
    ///
    /// # Errors
    /// [`ApiError::Origin`] if a token may not go there, as to a page by plain `http`.
    pub fn own_origin(mut self) -> Result<Self, ApiError> {
        self.allow_own_origin(&Browser)?;
        Ok(self)
    }

    fn allow_own_origin(&mut self, web: &impl Web) -> Result<(), OriginProblem> {
        self.origins.allow(web.own_origin())
    }

    /// A call by `method` to `url`, which may be relative to the page. Await it to send it.
    pub fn call(&self, method: Method, url: impl Into<String>) -> ApiCall {
        ApiCall::new(self.clone(), method, url.into())
    }

    /// A call by GET.
    pub fn get(&self, url: impl Into<String>) -> ApiCall {
        self.call(Method::GET, url)
    }

    /// A call by POST.
    pub fn post(&self, url: impl Into<String>) -> ApiCall {
        self.call(Method::POST, url)
    }

    /// A call by PUT.
    pub fn put(&self, url: impl Into<String>) -> ApiCall {
        self.call(Method::PUT, url)
    }

    /// A call by PATCH.
    pub fn patch(&self, url: impl Into<String>) -> ApiCall {
        self.call(Method::PATCH, url)
    }

    /// A call by DELETE.
    pub fn delete(&self, url: impl Into<String>) -> ApiCall {
        self.call(Method::DELETE, url)
    }
}
