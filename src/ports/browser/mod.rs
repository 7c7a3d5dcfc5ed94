//! The ports on the browser's own fetch, clocks, random numbers, timers and storage.

mod indexed_db;
mod seal;
mod vault;

use std::{rc::Rc, time::Duration};

use futures::{FutureExt, future::LocalBoxFuture};
use gloo_net::http::{RequestBuilder, Response as GlooResponse};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};
use zeroize::Zeroizing;

use super::{
    Clock, NoRandomness, Ports, Random, Request, Response, Timer, Transport, UnixMillis, Unreachable,
};

/// The browser's ports.
pub fn ports() -> Ports {
    Ports {
        transport: Rc::new(Fetch),
        clock: Rc::new(BrowserClock),
        random: Rc::new(WebCrypto),
        timer: Rc::new(BrowserTimer),
        vault: Rc::new(vault::IndexedDbVault),
    }
}

struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Response, Unreachable>> {
        async move {
            let abort = AbortOnDrop::new();
            send(&request, abort.signal()).await.ok_or(Unreachable)
        }
        .boxed_local()
    }
}

/// Aborts the fetch when its future is dropped, as a time-out does.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

async fn send(request: &Request, signal: Option<web_sys::AbortSignal>) -> Option<Response> {
    // No cookies, no cache, no referrer, and no redirect that could carry a password elsewhere.
    let mut builder = match request.body {
        Some(_) => gloo_net::http::Request::post(&request.url),
        None => gloo_net::http::Request::get(&request.url),
    }
    .credentials(RequestCredentials::Omit)
    .cache(RequestCache::NoStore)
    .redirect(RequestRedirect::Error)
    .referrer_policy(ReferrerPolicy::NoReferrer)
    .abort_signal(signal.as_ref());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let response = with_body(builder, request.body.as_deref())?.send().await.ok()?;
    read(response).await
}

fn with_body(builder: RequestBuilder, body: Option<&String>) -> Option<gloo_net::http::Request> {
    match body {
        Some(body) => builder.body(body.as_str()).ok(),
        None => builder.build().ok(),
    }
}

async fn read(response: GlooResponse) -> Option<Response> {
    Some(Response {
        status: response.status(),
        error_type: response.headers().get("x-amzn-errortype"),
        date: response.headers().get("date").and_then(|date| http_date(&date)),
        body: Zeroizing::new(response.text().await.ok()?),
    })
}

/// An HTTP-date (RFC 9110, section 5.6.7), which every browser's `Date.parse` reads.
fn http_date(text: &str) -> Option<UnixMillis> {
    let millis = js_sys::Date::parse(text);
    (millis >= 0.).then_some(UnixMillis(millis as u64))
}

struct BrowserClock;

impl Clock for BrowserClock {
    fn wall(&self) -> UnixMillis {
        UnixMillis(js_sys::Date::now() as u64)
    }

    fn monotonic(&self) -> Duration {
        let now = global::<web_sys::Performance>("performance").map_or(0., |it| it.now());
        Duration::from_millis(now as u64)
    }
}

struct WebCrypto;

impl Random for WebCrypto {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        global::<web_sys::Crypto>("crypto")
            .ok_or(NoRandomness)?
            .get_random_values_with_u8_array(bytes)
            .map(drop)
            .map_err(|_| NoRandomness)
    }
}

struct BrowserTimer;

impl Timer for BrowserTimer {
    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'static, ()> {
        // setTimeout counts in i32 milliseconds and fires at once beyond that.
        let millis = duration.as_millis().min(i32::MAX as u128) as u32;
        TimeoutFuture::new(millis).boxed_local()
    }
}

/// A property of the global scope: what stands in windows and in workers alike.
fn global<T: JsCast>(name: &str) -> Option<T> {
    js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(name))
        .ok()?
        .dyn_into()
        .ok()
}
