//! Choose a second factor: the one to use, or the one to set up.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
};
use crate::{
    auth::{Answer, Asks, MfaMethod},
    ui::{AlertKind, Choice, Form, Shape, alert, choice_list},
};

/// The screen for choosing a second factor.
#[component]
pub fn ChooseMfa() -> Html {
    match use_challenge(Screen::ChooseMfa) {
        Some(shown) => html! { <Choices key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct ChoicesProps {
    shown: Shown,
}

#[component]
fn Choices(props: &ChoicesProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let picked = use_state_eq(|| None);
    let (methods, is_setup) = match &challenge.asks {
        Asks::ChooseMfa(methods) => (methods.as_slice(), false),
        Asks::ChooseMfaSetup(methods) => (methods.as_slice(), true),
        _ => (&[][..], false),
    };
    let (title, description) = if is_setup {
        (
            "Add a second step",
            "This account needs more than a password. Choose what to set up.",
        )
    } else {
        ("Confirm it’s you", "Choose how to get your code.")
    };
    let choice = |method: &MfaMethod| {
        let method = *method;
        let (shape, title, detail) = look(method, is_setup);
        let (answering, picked) = (answering.clone(), picked.clone());
        Choice {
            shape,
            title: title.into(),
            detail: Some(detail.into()),
            busy: answering.busy() && *picked == Some(method),
            disabled: answering.busy(),
            onclick: Callback::from(move |()| {
                picked.set(Some(method));
                answering.send(Vec::new(), Answer::Mfa(method));
            }),
        }
    };
    html! {
        <ScreenCard {title} {description} footer={answering.footer(challenge)}>
            // For its care of what goes wrong: there is nothing to submit.
            <Form onsubmit={Callback::noop()} failures={answering.failures()}>
                { answering.alert() }
                if challenge.renewed {
                    { alert(AlertKind::Info, "That took a while. Please choose again.".into()) }
                }
                { choice_list(methods.iter().map(choice).collect()) }
            </Form>
        </ScreenCard>
    }
}

fn look(method: MfaMethod, is_setup: bool) -> (Shape, &'static str, &'static str) {
    match (method, is_setup) {
        (MfaMethod::Totp, false) => (Shape::App, "Authenticator app", "Enter the code your app shows."),
        (MfaMethod::Totp, true) => (
            Shape::App,
            "Authenticator app",
            "An app on your phone shows you a code.",
        ),
        (MfaMethod::Email, false) => (Shape::Mail, "Email", "We send you a code."),
        (MfaMethod::Email, true) => (Shape::Mail, "Email", "We send you a code each time."),
        (MfaMethod::Sms, false) => (Shape::Phone, "Text message", "We text you a code."),
        (MfaMethod::Sms, true) => (Shape::Phone, "Text message", "We text you a code each time."),
    }
}
