//! Choose how to prove who one is.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
};
use crate::{
    auth::{Answer, Asks, Factor, passkeys},
    ui::{Choice, Form, Shape, choice_list},
};

/// The screen for the choice among the ways that the pool offers a person.
#[component]
pub fn ChooseFactor() -> Html {
    match use_challenge(Screen::ChooseFactor) {
        Some(shown) => html! { <FactorList key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct FactorListProps {
    shown: Shown,
}

#[component]
fn FactorList(props: &FactorListProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let chosen = use_state_eq(|| None::<Factor>);
    let Asks::ChooseFactor(factors) = &challenge.asks else {
        return Html::default();
    };
    let choices = factors.iter().map(|factor| {
        let factor = *factor;
        let (shape, title, detail) = words(factor);
        let disabled = factor == Factor::Passkey && !passkeys::is_supported();
        let detail = if disabled {
            "This browser can’t use passkeys here."
        } else {
            detail
        };
        let onclick = {
            let (answering, chosen) = (answering.clone(), chosen.clone());
            Callback::from(move |()| {
                chosen.set(Some(factor));
                answering.send(Vec::new(), Answer::Factor(factor));
            })
        };
        Choice {
            shape,
            title: title.into(),
            detail: Some(detail.into()),
            busy: answering.busy() && *chosen == Some(factor),
            disabled,
            onclick,
        }
    });
    let list = choice_list(choices.collect());
    let description = if challenge.renewed {
        "That took a while, so please choose again."
    } else {
        "These are the ways for your account."
    };
    html! {
        <ScreenCard title="Choose how to sign in" {description} footer={answering.footer(challenge)}>
            <Form onsubmit={Callback::noop()} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                { list }
            </Form>
        </ScreenCard>
    }
}

fn words(factor: Factor) -> (Shape, &'static str, &'static str) {
    match factor {
        Factor::Passkey => (
            Shape::Passkey,
            "Passkey",
            "Use your fingerprint, face or screen lock.",
        ),
        Factor::EmailOtp => (Shape::Mail, "Email code", "We’ll email you a code."),
        Factor::SmsOtp => (Shape::Phone, "Text message code", "We’ll text you a code."),
        Factor::PasswordSrp | Factor::Password => (Shape::Key, "Password", "Enter your account’s password."),
    }
}
