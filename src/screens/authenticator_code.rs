//! Enter the code of an authenticator app.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
    code_sent::code_problem,
};
use crate::{
    auth::{Answer, Asks, Challenge, CodeAsked, CodeFrom, words::Input},
    token::Code,
    ui::{AlertKind, Button, ButtonType, CodeField, Form, alert, use_field},
};

/// The screen for the code of an authenticator app. It submits by itself when the code is complete.
#[component]
pub fn AuthenticatorCode() -> Html {
    match use_challenge(Screen::AuthenticatorCode) {
        Some(shown) => html! { <AuthenticatorCodeForm key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct AuthenticatorCodeFormProps {
    shown: Shown,
}

#[component]
fn AuthenticatorCodeForm(props: &AuthenticatorCodeFormProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
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
    html! {
        <ScreenCard title="Enter your code" description={description(challenge)} footer={answering.footer(challenge)}>
            <Form onsubmit={onsubmit.clone()} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                if challenge.renewed {
                    { alert(AlertKind::Info, "That took a while. Please enter the code your app shows now.".into()) }
                }
                <CodeField state={code} autofocus=true on_complete={onsubmit} />
                <Button label="Continue" busy_label="Checking…" busy={answering.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}

fn description(challenge: &Challenge) -> AttrValue {
    match &challenge.asks {
        Asks::Code(CodeAsked {
            from: CodeFrom::App(Some(name)),
            ..
        }) if !name.is_empty() => [
            "Open your authenticator app “",
            name,
            "” and enter the six digits it shows.",
        ]
        .concat()
        .into(),
        _ => "Open your authenticator app and enter the six digits it shows.".into(),
    }
}
