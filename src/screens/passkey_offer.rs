//! Create a passkey, after a sign-in by something else.

use yew::prelude::*;

use super::{
    ScreenCard,
    identifier::Identifier,
    remembered::{decline_passkey, has_declined_passkey, remember_passkey_name},
    submission::use_submission,
};
use crate::{
    auth::{
        AuthError, EngineHandle, SessionState,
        passkeys::{self, Abort},
        use_auth, words,
    },
    token::{IdClaims, PasskeyAnswer},
    ui::{AlertKind, Button, ButtonVariant, Form, Shape, alert, icon_hero},
    webauthn::PasskeyProblem,
};

/// Whether whoever has signed in should be offered a passkey: the pool has passkeys for this site, this device can
/// hold one, they have none yet, and they have not said that they want none.
pub async fn passkey_offer_is_due(engine: &EngineHandle) -> bool {
    let config = engine.config();
    let passkey = config
        .passwordless
        .as_ref()
        .and_then(|ways| ways.passkey.as_ref());
    let Some(passkey) = passkey else {
        return false;
    };
    let site = passkey.relying_party_id.as_deref();
    let declined = claims(engine).is_none_or(|claims| has_declined_passkey(config, &claims.sub));
    !declined
        && site.is_none_or(is_here)
        && passkeys::platform_is_available().await
        && engine.passkeys().await.is_ok_and(|passkeys| passkeys.is_empty())
}

/// Whether passkeys for the domain `site` can be used at this address.
fn is_here(site: &str) -> bool {
    let host = web_sys::window().and_then(|window| window.location().hostname().ok());
    host.is_some_and(|host| {
        host.strip_suffix(site)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

fn claims(engine: &EngineHandle) -> Option<IdClaims> {
    match engine.snapshot().session {
        SessionState::SignedIn(signed_in) => Some(signed_in.claims),
        _ => None,
    }
}

/// Properties of [`PasskeyOffer`].
#[derive(Properties, Clone, PartialEq)]
pub struct PasskeyOfferProps {
    /// Called when there is a passkey, or when the person wants none.
    pub on_done: Callback<()>,
}

/// Offers to create a passkey. See [`passkey_offer_is_due`] for when to show it.
#[component]
pub fn PasskeyOffer(props: &PasskeyOfferProps) -> Html {
    let on_done = props.on_done.clone();
    let engine = use_auth().handle();
    let submission = use_submission();
    let problem = use_state_eq(|| None::<PasskeyProblem>);
    let failures = use_state_eq(|| 0_u32);
    let is_created = use_state_eq(|| false);
    let abort = use_memo((), |()| Abort::new());
    {
        let abort = abort.clone();
        use_effect_with((), move |()| move || abort.abort());
    }
    let create = {
        let (engine, submission, abort) = (engine.clone(), submission.clone(), abort.clone());
        let (problem, failures, is_created) = (problem.clone(), failures.clone(), is_created.setter());
        Callback::from(move |_: MouseEvent| {
            problem.set(None);
            let (problem, failures, is_created) = (problem.clone(), failures.clone(), is_created.clone());
            let work = register(engine.clone(), abort.clone());
            submission.start(Vec::new(), work, move |made| {
                match made {
                    Ok(()) => is_created.set(true),
                    Err(PasskeyProblem::Aborted) => {}
                    Err(other) => {
                        problem.set(Some(other));
                        failures.set(*failures + 1);
                    }
                }
                false
            });
        })
    };
    if *is_created {
        let onclick = on_done.reform(|_: MouseEvent| ());
        return html! {
            <ScreenCard title="Your passkey is ready"
                description="From now on you can sign in on this device without typing a password or a code.">
                { icon_hero(Shape::Success) }
                <Button label="Continue" wide=true {onclick} />
            </ScreenCard>
        };
    }
    let never = {
        let (engine, on_done) = (engine.clone(), on_done.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(claims) = claims(&engine) {
                decline_passkey(engine.config(), &claims.sub);
            }
            on_done.emit(());
        })
    };
    let not_now = on_done.reform(|_: MouseEvent| ());
    html! {
        <ScreenCard title="Sign in faster next time"
            description="With a passkey, your fingerprint, face or screen lock is all you need on this device.">
            { icon_hero(Shape::Passkey) }
            <Form onsubmit={Callback::noop()} failures={submission.failures().wrapping_add(*failures)}>
                { submission.alert() }
                if let Some(problem) = &*problem {
                    { alert(AlertKind::Error, not_created(problem).into()) }
                }
                <Button label="Create a passkey" busy_label="Waiting for your device…" busy={submission.busy()}
                    wide=true onclick={create} />
                <Button label="Not now" variant={ButtonVariant::Secondary} wide=true onclick={not_now} />
                <Button label="Don’t ask again" variant={ButtonVariant::Link} onclick={never} />
            </Form>
        </ScreenCard>
    }
}

/// Why there is no new passkey, in words for people.
pub(super) fn not_created(problem: &PasskeyProblem) -> &'static str {
    match problem {
        PasskeyProblem::Cancelled => {
            "No passkey was created: it was cancelled, or took too long. Try again, or leave it for another time."
        }
        other => words::passkey(other.code()),
    }
}

/// Has the browser make a passkey and the service take it, and remembers whose it is.
pub(super) async fn register(
    engine: EngineHandle,
    abort: std::rc::Rc<Abort>,
) -> Result<Result<(), PasskeyProblem>, AuthError> {
    let options = engine.start_passkey().await?;
    match passkeys::create(&options, &abort).await {
        Ok(credential) => {
            let credential = PasskeyAnswer::from(credential);
            engine.complete_passkey(credential).await?;
            remember(&engine);
            Ok(Ok(()))
        }
        Err(problem) => Ok(Err(problem)),
    }
}

/// For the sign-in screen: the name that the person signs in by.
fn remember(engine: &EngineHandle) {
    let Some(claims) = claims(engine) else {
        return;
    };
    let email = match Identifier::of(engine.config()) {
        Identifier::Email | Identifier::EmailOrPhone => claims.email,
        Identifier::Phone | Identifier::Username => None,
    };
    remember_passkey_name(engine.config(), &email.unwrap_or(claims.username));
}
