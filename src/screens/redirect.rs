//! Sign-in elsewhere: leaving for an identity provider or the hosted pages, or opening them in a popup.

use std::{cell::RefCell, rc::Rc};

use futures::future::{AbortHandle, Abortable};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{platform::spawn_local, prelude::*};

use super::{Journey, submission::Submission, use_journey};
use crate::{
    auth::{
        EngineHandle,
        redirect::{RedirectSignIn, Via},
        use_auth,
    },
    config::{EmailDomains, OAuth, email_domain},
    ui::{Button, ButtonVariant, FieldState},
};

const ASK_FOR_ADDRESS: &str = "Enter your work email first, like name@example.com.";

/// The ways elsewhere from one form: see [`use_redirect`].
#[derive(Clone)]
pub(super) struct Redirect {
    engine: EngineHandle,
    journey: Journey,
    submission: Submission,
    under_way: UseStateHandle<Option<Via>>,
    stop: Rc<RefCell<Option<Stop>>>,
}

/// Ends the waiting.
struct Stop {
    handle: AbortHandle,
    /// What had the focus before.
    focus: Option<HtmlElement>,
}

impl Redirect {
    /// Where one can go.
    pub fn oauth(&self) -> Option<&OAuth> {
        self.engine.config().oauth.as_ref()
    }

    /// The way under way.
    pub fn under_way(&self) -> Option<&Via> {
        self.under_way.as_ref()
    }

    /// Whether an organisation's own sign-in is under way.
    pub fn is_to_organisation(&self) -> bool {
        matches!(*self.under_way, Some(Via::Identifier(_)))
    }

    /// Whose organisation the form is for: that of the address typed, unless somebody is on their way already.
    pub fn organisation(&self, typed: Option<String>) -> Option<String> {
        let domains = self.oauth().map(|oauth| &oauth.email_domains);
        match (&*self.under_way, domains) {
            (None, _) => typed,
            (Some(Via::Identifier(domain)), Some(EmailDomains::Listed(_))) => Some(domain.clone()),
            (Some(_), _) => None,
        }
    }

    /// What a button says while its way is under way: `leaving`, unless the page stays.
    pub fn busy_label(&self, leaving: AttrValue) -> AttrValue {
        if self.engine.uses_popup() {
            "Waiting for the window…".into()
        } else {
            leaving
        }
    }

    /// Goes there, unless the form is busy. An e-mail address in `name` goes along.
    pub fn start(&self, via: Via, name: &FieldState) {
        let name = name.value();
        let sign_in = RedirectSignIn {
            login_hint: email_domain(&name).map(|_| name.trim().to_owned()),
            ..RedirectSignIn::via(via.clone())
        };
        let Self {
            engine,
            journey,
            submission,
            under_way,
            stop,
        } = self.clone();
        let (handle, stopped) = AbortHandle::new_pair();
        let work = async move {
            under_way.set(Some(via));
            stop.replace(Some(Stop {
                handle,
                focus: focused(),
            }));
            let there_and_back = engine.sign_in_there(sign_in);
            // Who gives up, or comes back by the back button, is where they were.
            let result = Abortable::new(there_and_back, stopped).await.unwrap_or(Ok(None));
            stop.take();
            if !matches!(result, Ok(Some(_))) {
                under_way.set(None);
            }
            result
        };
        submission.start(Vec::new(), work, move |step| {
            step.is_some_and(|step| journey.follow(step))
        });
    }

    /// Goes where the address in `name` leads by its domain, or asks for one.
    pub fn start_by_address(&self, name: &FieldState) {
        if self.submission.busy() {
            return;
        }
        match email_domain(&name.value()) {
            Some(domain) => {
                name.set_error(None);
                self.start(Via::Identifier(domain.to_ascii_lowercase()), name);
            }
            None => {
                name.set_error(Some(ASK_FOR_ADDRESS.into()));
                self.submission.refuse();
            }
        }
    }

    /// The button that closes the popup again, below the one that opened it.
    pub fn cancel(&self) -> Html {
        if !self.engine.uses_popup() {
            return Html::default();
        }
        let (engine, stop) = (self.engine.clone(), self.stop.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let Some(Stop { handle, focus }) = stop.take() else {
                return;
            };
            handle.abort();
            // The answer may be on its way already.
            let engine = engine.clone();
            spawn_local(async move { engine.cancel_sign_in().await });
            if let Some(element) = focus {
                // Fails only for an element that has just left the document.
                let _ = element.focus();
            }
        });
        html! { <Button label="Cancel" variant={ButtonVariant::Ghost} wide=true {onclick} /> }
    }
}

fn focused() -> Option<HtmlElement> {
    let page = web_sys::window()?.document()?;
    page.active_element()?.dyn_into().ok()
}

/// Sign-in elsewhere for the form of `submission`, one way at a time. Leaving the screen closes the popup.
#[hook]
pub(super) fn use_redirect(submission: &Submission) -> Redirect {
    let engine = use_auth().handle();
    let journey = use_journey();
    let under_way = use_state_eq(|| None);
    let stop = use_mut_ref(|| None::<Stop>);
    {
        let stop = stop.clone();
        use_effect_with((), move |()| {
            move || {
                if let Some(stop) = stop.take() {
                    stop.handle.abort();
                }
            }
        });
    }
    Redirect {
        engine,
        journey,
        submission: submission.clone(),
        under_way,
        stop,
    }
}
