//! Set up an authenticator app.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
    code_sent::code_problem,
};
use crate::{
    auth::{Answer, Asks, use_auth, words::Input},
    token::{Code, TotpSecret},
    totp,
    ui::{
        AlertKind, Button, ButtonType, ButtonVariant, CodeField, CopyText, Form, alert, qr_code, steps,
        use_field,
    },
};

/// The screen for setting up an authenticator app. It submits by itself when the app's code is complete.
#[component]
pub fn SetUpAuthenticator() -> Html {
    match use_challenge(Screen::SetUpAuthenticator) {
        Some(shown) => html! { <SetUpForm key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct SetUpFormProps {
    shown: Shown,
}

/// What the app is told, ready to be shown.
#[derive(PartialEq)]
struct Setup {
    /// The QR code's size and path; `None` if the names in it are too long for any.
    qr: Option<(u32, AttrValue)>,
    key: AttrValue,
    grouped: AttrValue,
}

impl Setup {
    fn of(secret: &TotpSecret, issuer: &str, account: &str) -> Self {
        let qr = totp::qr(&totp::setup_uri(secret, issuer, account));
        let grouped = totp::grouped(secret);
        Self {
            qr: qr.map(|mut qr| (qr.size, std::mem::take(&mut qr.path).into())),
            key: grouped.replace(' ', "").into(),
            grouped: grouped.into(),
        }
    }
}

#[component]
fn SetUpForm(props: &SetUpFormProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let auth = use_auth().handle();
    let shows_key = use_state_eq(|| false);
    let setup = use_memo((), |()| match &challenge.asks {
        Asks::SetUpTotp(secret) => {
            let brand = answering.journey.brand();
            let issuer = auth.config().totp_issuer.as_deref().unwrap_or(&brand);
            Some(Setup::of(secret, issuer, &challenge.username))
        }
        _ => None,
    });
    let code = use_field(|value| code_problem(value, 6).map(AttrValue::Static));
    let onsubmit = {
        let (answering, code) = (answering.clone(), code.clone());
        Callback::from(move |()| {
            if !code.check() {
                return answering.refuse();
            }
            let secret = Code::from(code.value());
            answering.send(vec![(Input::Code, code.clone())], Answer::Code(secret));
        })
    };
    let show_key = {
        let shows_key = shows_key.setter();
        Callback::from(move |_| shows_key.set(true))
    };
    let key_shown = use_node_ref();
    {
        let key_shown = key_shown.clone();
        use_effect_with(*shows_key, move |shows_key| {
            // The button that had the focus has gone.
            if *shows_key && let Some(copy) = key_shown.cast::<Element>().as_ref().and_then(first_button) {
                let _ = copy.focus();
            }
        });
    }
    let Some(setup) = &*setup else {
        return Html::default();
    };
    let key = || {
        html! {
            <div ref={key_shown.clone()}>
                <CopyText label="Setup key" value={setup.key.clone()} shown={setup.grouped.clone()} />
            </div>
        }
    };
    let scan = match setup.qr.clone() {
        None => html! { <><p>{ "Add an account with this key." }</p>{ key() }</> },
        Some((size, path)) => html! {
            <>
                <p>{ "Scan this with the app." }</p>
                { qr_code(size, path, "QR code for your authenticator app".into()) }
                if *shows_key {
                    { key() }
                } else {
                    <Button variant={ButtonVariant::Link} label="Can’t scan it?" onclick={show_key} />
                }
            </>
        },
    };
    // The focus stays at the top: the code comes last, and a phone's keyboard would cover the rest.
    let check = html! {
        <>
            <p>{ "Enter the code it shows for this account." }</p>
            <CodeField state={code} on_complete={onsubmit.clone()} />
        </>
    };
    html! {
        <ScreenCard title="Set up your authenticator app" description="The app shows you a code each time you sign in."
            footer={answering.footer(challenge)}>
            <Form {onsubmit} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                if challenge.renewed {
                    { alert(AlertKind::Info, "That took a while, so this is a new QR code. Please scan it again.".into()) }
                }
                { steps(vec![
                    html! { <p>{ "Open an authenticator app on your phone, or install one." }</p> },
                    scan,
                    check,
                ]) }
                <Button label="Continue" busy_label="Checking…" busy={answering.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}

fn first_button(within: &Element) -> Option<HtmlElement> {
    within.query_selector("button").ok().flatten()?.dyn_into().ok()
}
