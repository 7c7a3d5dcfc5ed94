//! Nobody can sign in: the user pool does not answer, or is not there.

use gloo_timers::callback::Timeout;
use web_sys::HtmlElement;
use yew::{platform::spawn_local, prelude::*};

use super::problem_card::{Problem, problem_card};
use crate::auth::{Service, SessionState, use_auth};

/// Properties of [`ServiceGate`].
#[derive(Properties, Clone, PartialEq)]
pub struct ServiceGateProps {
    /// The screens.
    pub children: Html,
}

/// Covers the screens of people who are signed out while the user pool does not answer. They stay as they are
/// meanwhile, so that nothing typed is lost, and are back by themselves when the pool is.
#[component]
pub fn ServiceGate(props: &ServiceGateProps) -> Html {
    let auth = use_auth();
    let signed_out = matches!(auth.state(), SessionState::SignedOut { .. });
    let is_down = matches!(auth.service(), Service::Unreachable | Service::NoSuchPool);
    let covered = signed_out && is_down && auth.is_online();
    html! {
        <>
            if covered { <ServiceProblem /> }
            <div hidden={covered}>{ props.children.clone() }</div>
        </>
    }
}

#[component]
fn ServiceProblem() -> Html {
    let auth = use_auth();
    let heading_ref = use_node_ref();
    let busy = use_state_eq(|| false);
    {
        let heading = heading_ref.clone();
        use_effect_with((), move |()| {
            let before = focused();
            focus(heading.cast());
            // Only then is the screen that had the focus to be seen again.
            move || drop(Timeout::new(0, move || focus(before)).forget())
        });
    }
    let onretry = {
        let (engine, busy) = (auth.handle(), busy.setter());
        Callback::from(move |()| {
            busy.set(true);
            let (engine, busy) = (engine.clone(), busy.clone());
            spawn_local(async move {
                // What came of it is told by `auth.service()`.
                let _ = engine.retry().await;
                busy.set(false);
            });
        })
    };
    let engine = auth.handle();
    let config = engine.config();
    let (title, explanation, remedy) = if auth.service() == Service::NoSuchPool {
        (
            "The user pool was not found",
            [
                config.endpoint.as_str(),
                " answers, but has no user pool ",
                config.user_pool_id.as_str(),
                ".",
            ]
            .concat(),
            "Tell the site’s owner, who has to correct the user pool in amplify_outputs.json.",
        )
    } else {
        (
            "We can’t reach the sign-in service",
            [config.endpoint.as_str(), " does not answer."].concat(),
            match config.endpoint.is_loopback() {
                true => {
                    "Start the local user pool with “cargo xtask pool”. For another address see that the \
                     Content-Security-Policy in Trunk.toml allows it. This page goes on by itself as soon as the \
                     service answers."
                }
                false => {
                    "Check your connection, and whether a firewall or an extension of your browser blocks this \
                     address. If this site is yours: its Content-Security-Policy has to allow the address \
                     (connect-src). This page goes on by itself as soon as the service answers."
                }
            },
        )
    };
    let problem = Problem {
        title: title.into(),
        explanation: explanation.into(),
        remedy: remedy.into(),
    };
    problem_card(problem, heading_ref, *busy, &onretry)
}

fn focused() -> Option<HtmlElement> {
    let element = web_sys::window()?.document()?.active_element()?;
    wasm_bindgen::JsCast::dyn_into(element).ok()
}

fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // Fails only for an element that has just left the document.
        let _ = element.focus();
    }
}
