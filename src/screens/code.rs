//! Enter a code that was sent by e-mail or text message.

use std::{cell::Cell, rc::Rc};

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
    code_sent::{LONGEST, sign_in_code_problem, sign_in_code_sent},
    resend_code::ResendCode,
};
use crate::{
    auth::{Answer, Asks, CodeAsked, CodeDelivery, CodeFrom, words::Input},
    token,
    ui::{AlertKind, Button, ButtonType, CodeField, Form, alert, use_field},
};

/// The screen for a code that was sent. It submits by itself when the code is complete.
#[component]
pub fn Code() -> Html {
    let asked_for_another = use_memo((), |()| Cell::new(None));
    match use_challenge(Screen::Code) {
        Some(shown) => html! { <CodeForm key={shown.key} shown={shown.clone()} {asked_for_another} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct CodeFormProps {
    shown: Shown,
    /// The number of the challenge at which another code was asked for. It outlives the form, which is a new one for
    /// each code.
    asked_for_another: Rc<Cell<Option<u32>>>,
}

#[component]
fn CodeForm(props: &CodeFormProps) -> Html {
    let CodeFormProps {
        shown: Shown { challenge, key },
        asked_for_another,
    } = props.clone();
    let answering = use_answering();
    let resending = use_state_eq(|| false);
    let (delivery, digits) = match &challenge.asks {
        Asks::Code(CodeAsked {
            from: CodeFrom::Sent(delivery),
            digits,
            ..
        }) => (delivery.clone(), usize::from(*digits)),
        _ => (CodeDelivery::default(), 6),
    };
    let code = use_field(move |value| sign_in_code_problem(value, digits).map(AttrValue::Static));
    let onsubmit = {
        let (answering, code, resending) = (answering.clone(), code.clone(), resending.setter());
        Callback::from(move |()| {
            if !code.check() {
                return answering.refuse();
            }
            resending.set(false);
            let secret = token::Code::from(code.value());
            answering.send(vec![(Input::Code, code.clone())], Answer::Code(secret));
        })
    };
    let resend = {
        let (answering, resending, asked_for_another) =
            (answering.clone(), resending.setter(), asked_for_another.clone());
        Callback::from(move |()| {
            resending.set(true);
            asked_for_another.set(Some(key));
            answering.send(Vec::new(), Answer::Resend);
        })
    };
    let (title, description) = sign_in_code_sent(&delivery);
    let is_another = asked_for_another.get().is_some_and(|before| before != key);
    let (checking, sending) = (answering.busy() && !*resending, answering.busy() && *resending);
    html! {
        <ScreenCard {title} {description} footer={answering.footer(&challenge)}>
            <Form onsubmit={onsubmit.clone()} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                if challenge.renewed {
                    { alert(AlertKind::Info, "That took a while, so we sent you a new code.".into()) }
                } else if is_another {
                    { alert(AlertKind::Success, "A new code is on its way.".into()) }
                }
                <CodeField state={code} {digits} longest={LONGEST} autofocus=true on_complete={onsubmit} />
                <Button label="Continue" busy_label="Checking…" busy={checking} kind={ButtonType::Submit} wide=true />
                <ResendCode sent={1} busy={sending} onclick={resend} />
            </Form>
        </ScreenCard>
    }
}
