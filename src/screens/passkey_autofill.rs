//! The passkey among the suggestions of the name's field (conditional mediation).
//!
//! The service gives a passkey's options only for a name. So the name that was last signed in with by a passkey on
//! this device is asked for quietly, as soon as the field has the focus. Nothing of it is seen unless the person
//! picks the passkey.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::future::{Either, select};
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use web_sys::{Element, HtmlInputElement, VisibilityState};
use yew::{platform::spawn_local, prelude::*};

use super::remembered::{forget_passkey_name, passkey_name};
use crate::{
    auth::{
        Asks, AuthError, EngineHandle, Factor, SignInFlow, SignInRequest, Step,
        passkeys::{self, Abort, Mediation},
        use_auth,
    },
    token::PasskeyAnswer,
    ui::FieldState,
};

/// How long options are good for, in milliseconds: a little less than the three minutes of the service's Session.
const GOOD_FOR: u32 = 165_000;
/// How often options are asked for while one screen is shown.
const MOST_REQUESTS: u8 = 5;

/// Offers the passkey while `idle`; `onpick` gets what the passkey that was picked says.
#[hook]
pub(super) fn use_passkey_autofill(idle: bool, field: &FieldState, onpick: Callback<PasskeyAnswer>) {
    let engine = use_auth().handle();
    let requests = use_mut_ref(|| 0_u8);
    let field = field.clone();
    let latest = use_mut_ref(|| onpick.clone());
    latest.replace(onpick);
    use_effect_with(idle, move |idle| {
        let name = passkey_name(engine.config()).filter(|_| *idle);
        let input = field.node().cast::<HtmlInputElement>();
        let offer = name.zip(input).map(|(name, input)| {
            let offer = Rc::new(Offer {
                engine,
                name,
                requests,
                latest,
                abort: Abort::new(),
                over: Cell::new(false),
                under_way: Cell::new(false),
            });
            if is_focused(&input) {
                offer.clone().begin();
            }
            let on_focus = offer.clone();
            let focus = EventListener::new(&input, "focus", move |_| on_focus.clone().begin());
            (offer, focus)
        });
        move || {
            if let Some((offer, _)) = offer {
                offer.over.set(true);
                offer.abort.abort();
            }
        }
    });
}

struct Offer {
    engine: EngineHandle,
    name: String,
    requests: Rc<RefCell<u8>>,
    latest: Rc<RefCell<Callback<PasskeyAnswer>>>,
    abort: Abort,
    over: Cell<bool>,
    under_way: Cell<bool>,
}

impl Offer {
    fn begin(self: Rc<Self>) {
        if !self.under_way.replace(true) {
            spawn_local(async move {
                self.run().await;
                self.under_way.set(false);
            });
        }
    }

    async fn run(&self) {
        if !passkeys::autofill_is_supported().await {
            return;
        }
        while !self.over.get() && is_visible() && self.may_ask() {
            let Some(options) = self.options().await else {
                return;
            };
            let picked = Box::pin(passkeys::get(&options, Mediation::Autofill, &self.abort));
            match select(picked, TimeoutFuture::new(GOOD_FOR)).await {
                Either::Left((Ok(credential), _)) => {
                    let onpick = self.latest.borrow().clone();
                    return onpick.emit(PasskeyAnswer::from(credential));
                }
                Either::Left((Err(_), _)) => return,
                // They have run out; with fresh ones it goes on.
                Either::Right(_) => {}
            }
        }
    }

    fn may_ask(&self) -> bool {
        let mut requests = self.requests.borrow_mut();
        *requests += 1;
        *requests <= MOST_REQUESTS
    }

    async fn options(&self) -> Option<String> {
        let request = SignInRequest {
            username: self.name.clone(),
            flow: Some(SignInFlow::UserAuth),
            preferred: Some(Factor::Passkey),
            quiet: true,
            ..SignInRequest::default()
        };
        match self.engine.sign_in(request).await {
            Ok(Step::Challenge(challenge)) => {
                if let Asks::Passkey { options } = challenge.asks {
                    return Some(options);
                }
                forget_passkey_name(self.engine.config());
            }
            Err(AuthError::WrongCredentials | AuthError::FactorNotAvailable) => {
                forget_passkey_name(self.engine.config());
            }
            _ => {}
        }
        None
    }
}

fn is_focused(input: &Element) -> bool {
    let focused = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.active_element());
    focused.as_ref() == Some(input)
}

fn is_visible() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_some_and(|page| page.visibility_state() == VisibilityState::Visible)
}
