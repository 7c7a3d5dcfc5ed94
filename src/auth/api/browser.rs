//! The browser's URL and fetch.

use gloo_net::http::{Headers, RequestBuilder};
use js_sys::Uint8Array;
use web_sys::{ReferrerPolicy, RequestCredentials, RequestRedirect, Url};
use zeroize::Zeroizing;

use super::{ApiCall, ApiError, Response, call::Body, origins::Address, send::Web};

pub(super) struct Browser;

impl Web for Browser {
    type Response = Response;

    fn parse(&self, text: &str) -> Option<Address> {
        Url::new(text).ok().map(|url| address(&url))
    }

    fn resolve(&self, text: &str) -> Option<Address> {
        // What fetch would resolve it against.
        let base = web_sys::window()?.document()?.base_uri().ok()??;
        Url::new_with_base(text, &base).ok().map(|url| address(&url))
    }

    fn own_origin(&self) -> Option<Address> {
        self.parse(&web_sys::window()?.origin())
    }

    async fn fetch(
        &self,
        call: &ApiCall,
        address: &Address,
        token: Option<&str>,
    ) -> Result<Response, ApiError> {
        let mut builder = RequestBuilder::new(&address.href)
            .method(call.method.clone())
            .headers(headers(call, token).ok_or(ApiError::Refused)?)
            .credentials(RequestCredentials::Omit)
            .referrer_policy(ReferrerPolicy::NoReferrer)
            .cache(call.cache_mode(token.is_some()))
            .abort_signal(call.signal.as_ref());
        if token.is_some() {
            builder = builder.redirect(RequestRedirect::Error);
        }
        let request = match &call.body {
            Ok(Some(Body::Text(text))) => builder.body(text.as_str()),
            Ok(Some(Body::Bytes(bytes))) => builder.body(Uint8Array::from(bytes.as_slice())),
            Ok(None) | Err(_) => builder.build(),
        };
        let sent = request.map_err(|_| ApiError::Refused)?.send().await;
        sent.map_err(|_| match &call.signal {
            Some(signal) if signal.aborted() => ApiError::Aborted,
            _ => ApiError::Unreachable,
        })
    }

    fn status(response: &Response) -> u16 {
        response.status()
    }
}

/// The headers of a call; none if there is one that the browser refuses, over which gloo's own panic.
fn headers(call: &ApiCall, token: Option<&str>) -> Option<Headers> {
    let headers = web_sys::Headers::new().ok()?;
    for (name, value) in &call.headers {
        headers.set(name, value).ok()?;
    }
    if let Some(token) = token {
        let bearer = Zeroizing::new(["Bearer ", token].concat());
        headers.set("authorization", &bearer).ok()?;
    }
    Some(Headers::from_raw(headers))
}

fn address(url: &Url) -> Address {
    Address {
        href: url.href(),
        protocol: url.protocol(),
        hostname: url.hostname(),
        host: url.host(),
        has_user_info: !url.username().is_empty() || !url.password().is_empty(),
        has_more: !matches!(url.pathname().as_str(), "" | "/")
            || !url.search().is_empty()
            || !url.hash().is_empty(),
    }
}
