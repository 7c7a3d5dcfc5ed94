//! The same in a popup, for pages that cannot leave: an app that is embedded in another.
//!
//! The popup comes back to this app, which hands the answer over and closes it. An opener of the same origin is told
//! by a message; where the browser has cut the two apart (Cross-Origin-Opener-Policy), a BroadcastChannel, which only
//! reaches pages of the same origin, does as well.

use std::time::Duration;

use futures::{
    FutureExt, StreamExt,
    channel::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
        oneshot,
    },
    future::{Either, LocalBoxFuture, select},
};
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent, Window};

use super::{RedirectSignIn, place};
use crate::{
    auth::EngineHandle,
    engine::{AuthError, AuthLevel},
    oauth::{AuthorizationResponse, LIFETIME, Transaction},
};

const CHANNEL: &str = "yew-cognito.popup";
/// No event tells that a popup was closed.
const LOOK_EVERY: u32 = 500;
/// A popup that comes back to this app may count as closed from here on: its answer takes as long as the page to load.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hands the answer over, if this page is a popup that has come back with one, and closes it. False anywhere else: call
/// it at the top of `main`, and show no more than that the window may be closed if it is true.
pub fn hand_over() -> bool {
    let Some(answer) = place::query().filter(|query| is_of_popup(query)) else {
        return false;
    };
    place::clear_address();
    if tell(&answer).is_none() {
        return true;
    }
    if let Some(window) = web_sys::window() {
        // A browser that does not let it be closed leaves it open.
        let _ = window.close();
    }
    true
}

fn is_of_popup(query: &str) -> bool {
    let response = AuthorizationResponse::read(query);
    let state = response.and_then(|response| response.state);
    state.is_some_and(|state| state.is_of_popup())
}

fn tell(answer: &str) -> Option<()> {
    let window = web_sys::window()?;
    let origin = window.location().origin().ok()?;
    let answer = JsValue::from_str(answer);
    match opener(&window).filter(|opener| opener.location().origin().is_ok_and(|of| of == origin)) {
        Some(opener) => opener.post_message(&answer, &origin).ok(),
        None => {
            let channel = BroadcastChannel::new(CHANNEL).ok()?;
            channel.post_message(&answer).ok()
        }
    }
}

fn opener(window: &Window) -> Option<Window> {
    let opener = window.opener().ok().filter(|opener| opener.is_object())?;
    // A window of another page is no instance of this page's `Window`.
    Some(opener.unchecked_into())
}

impl EngineHandle {
    /// Signs in through the hosted pages or an identity provider in a popup, and tells
    /// [`RedirectSignIn::custom_state`]. Call it while a click is handled: browsers block other popups. Dropping the
    /// future closes the popup.
    ///
    /// # Errors
    /// [`AuthError`]: `PopupBlocked`, `PopupClosed`, and those of
    /// [`sign_in_with_redirect`](Self::sign_in_with_redirect). After `PopupClosed` somebody may still come in: a page on
    /// the way can make an open popup look closed.
    pub async fn sign_in_with_popup(&self, sign_in: RedirectSignIn) -> Result<Option<String>, AuthError> {
        let mut popup = Popup::open().ok_or(AuthError::PopupBlocked)?;
        let authorization = self.start_authorization(&sign_in, true).await?;
        popup
            .go(authorization.url.expose())
            .ok_or(AuthError::PopupBlocked)?;
        let transaction = authorization.transaction;
        let level = AuthLevel {
            acr_values: sign_in.acr_values,
            max_age: sign_in.max_age,
        };
        let response = match popup.answer(&transaction).await {
            Err(AuthError::PopupClosed) => {
                // A page on the way may only have cut the two apart: then somebody is still at it.
                let engine = self.clone();
                spawn_local(async move { engine.finish_late(popup, transaction, level).await });
                return Err(AuthError::PopupClosed);
            }
            answer => answer?,
        };
        drop(popup);
        // Whoever gives up now must not tear the request: tokens that nobody gets are revoked by nobody.
        let (tell, finished) = oneshot::channel();
        let engine = self.clone();
        spawn_local(async move {
            // Nobody may wait any more.
            let _ = tell.send(engine.finish_authorization(transaction, response, level).await);
        });
        finished.await.unwrap_or(Err(AuthError::EngineGone))?;
        Ok(sign_in.custom_state)
    }

    /// Signs in by an answer that comes after all, as long as the transaction lasts.
    async fn finish_late(&self, mut popup: Popup, transaction: Transaction, level: AuthLevel) {
        let too_late = TimeoutFuture::new(LIFETIME.as_millis() as u32).map(|()| AuthError::SignInExpired);
        if let Ok(response) = popup.first_answer(&transaction, too_late.boxed_local()).await {
            // Somebody may have signed in otherwise since. Nobody waits for words.
            let _ = self.finish_authorization(transaction, response, level).await;
        }
    }
}

/// An open popup, and what it says. Dropped, it is closed.
struct Popup {
    window: Window,
    said: UnboundedReceiver<String>,
    _listeners: (EventListener, Option<(BroadcastChannel, EventListener)>),
}

impl Popup {
    /// Opens it empty: by the time that its address is known, browsers may take it for one that nobody asked for.
    fn open() -> Option<Self> {
        let page = web_sys::window()?;
        let features = features(&page);
        let window = page
            .open_with_url_and_target_and_features("", "yew-cognito", &features)
            .ok()??;
        let origin = page.location().origin().ok()?;
        let (tell, said) = unbounded();
        let from = window.clone();
        let to_page = hear(&page, tell.clone(), move |event| {
            let is_from_popup = event
                .source()
                .is_some_and(|source| js_sys::Object::is(&source, &from));
            event.origin() == origin && is_from_popup
        });
        // Without channels there is still the opener.
        let channel = BroadcastChannel::new(CHANNEL).ok().map(|channel| {
            let listener = hear(&channel, tell, |_| true);
            (channel, listener)
        });
        Some(Self {
            window,
            said,
            _listeners: (to_page, channel),
        })
    }

    fn go(&self, url: &str) -> Option<()> {
        self.window.location().replace(url).ok()
    }

    /// The answer to the request of `transaction`; other pages of this app may have popups of their own.
    async fn answer(&mut self, transaction: &Transaction) -> Result<AuthorizationResponse, AuthError> {
        let given_up = given_up(self.window.clone());
        self.first_answer(transaction, given_up).await
    }

    /// The same, unless `given_up` ends first.
    async fn first_answer(
        &mut self,
        transaction: &Transaction,
        given_up: LocalBoxFuture<'_, AuthError>,
    ) -> Result<AuthorizationResponse, AuthError> {
        let answers = self.said.by_ref().filter_map(|query| {
            let response = AuthorizationResponse::read(&query);
            let state = response.as_ref().and_then(|response| response.state.as_ref());
            let is_it = state.is_some_and(|state| transaction.is_answered_by(state));
            std::future::ready(response.filter(|_| is_it))
        });
        let answers = std::pin::pin!(answers.into_future());
        match select(answers, given_up).await {
            Either::Left(((Some(response), _), _)) => Ok(response),
            Either::Left(((None, _), _)) => Err(AuthError::EngineGone),
            Either::Right((error, _)) => Err(error),
        }
    }
}

impl Drop for Popup {
    fn drop(&mut self) {
        // It may have closed itself.
        let _ = self.window.close();
    }
}

fn hear(
    target: &web_sys::EventTarget,
    tell: UnboundedSender<String>,
    accepts: impl Fn(&MessageEvent) -> bool + 'static,
) -> EventListener {
    EventListener::new(target, "message", move |event| {
        let event = event.dyn_ref::<MessageEvent>().filter(|event| accepts(event));
        if let Some(text) = event.and_then(|event| event.data().as_string()) {
            // Nobody may listen any more.
            let _ = tell.unbounded_send(text);
        }
    })
}

/// Ends when the popup has been closed, or has been open for too long.
fn given_up(window: Window) -> LocalBoxFuture<'static, AuthError> {
    async move {
        let looks = LIFETIME.as_millis() / u128::from(LOOK_EVERY);
        for _ in 0..looks {
            if window.closed().unwrap_or(true) {
                TimeoutFuture::new(PATIENCE.as_millis() as u32).await;
                return AuthError::PopupClosed;
            }
            TimeoutFuture::new(LOOK_EVERY).await;
        }
        AuthError::SignInExpired
    }
    .boxed_local()
}

/// In the middle of the page's window.
fn features(page: &Window) -> String {
    const WIDTH: f64 = 480.;
    const HEIGHT: f64 = 680.;
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|it| it.as_f64()).unwrap_or_default();
    let left = number(page.screen_x()) + (number(page.outer_width()) - WIDTH) / 2.;
    let top = number(page.screen_y()) + (number(page.outer_height()) - HEIGHT) / 2.;
    let pixels = |value: f64| (value.max(0.) as u32).to_string();
    [
        "popup,width=",
        &pixels(WIDTH),
        ",height=",
        &pixels(HEIGHT),
        ",left=",
        &pixels(left),
        ",top=",
        &pixels(top),
    ]
    .concat()
}
