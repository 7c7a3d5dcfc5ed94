//! Give an e-mail address for the codes of sign-ins to come.

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
    identifier::email_problem,
};
use crate::{
    auth::Answer,
    ui::{AlertKind, Button, ButtonType, Field, Form, alert, use_field},
};

/// The screen for the address that codes are to be sent to.
#[component]
pub fn SetUpEmail() -> Html {
    let typed = use_memo((), |()| RefCell::default());
    match use_challenge(Screen::SetUpEmail) {
        Some(shown) => html! { <SetUpEmailForm key={shown.key} shown={shown.clone()} {typed} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct SetUpEmailFormProps {
    shown: Shown,
    /// The address given last. It outlives the form, should the same be asked anew.
    typed: Rc<RefCell<Option<AttrValue>>>,
}

#[component]
fn SetUpEmailForm(props: &SetUpEmailFormProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let email = use_field(|value| email_problem(value).map(AttrValue::Static));
    let onsubmit = {
        let (answering, email, typed) = (answering.clone(), email.clone(), props.typed.clone());
        Callback::from(move |()| {
            if !email.check() {
                return answering.refuse();
            }
            let address = email.value().trim().to_owned();
            typed.replace(Some(address.clone().into()));
            answering.send(Vec::new(), Answer::Email(address));
        })
    };
    // Whoever signs in by an address most likely wants the codes there too.
    let username = &challenge.username;
    let is_address = email_problem(username).is_none();
    let initial = props.typed.borrow().clone();
    let initial = initial.or_else(|| is_address.then(|| username.clone().into()));
    html! {
        <ScreenCard title="Add your email" description="We’ll send you a code whenever you sign in."
            footer={answering.footer(challenge)}>
            <Form {onsubmit} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                if challenge.renewed {
                    { alert(AlertKind::Info, "That took a while. Please check your email and send it again.".into()) }
                }
                <Field state={email} label="Email" name="email" kind="email" inputmode="email" autocomplete="email"
                    {initial} autofocus=true />
                <Button label="Send code" busy_label="Sending…" busy={answering.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}
