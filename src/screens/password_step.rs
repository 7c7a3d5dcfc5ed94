//! Enter the password, where the name was asked for first.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
};
use crate::{
    auth::{Answer, use_auth, words::Input},
    token::Password,
    ui::{Button, ButtonType, Form, PasswordField, use_field, visually_hidden},
};

/// The screen for the password alone.
#[component]
pub fn PasswordStep() -> Html {
    match use_challenge(Screen::Password) {
        Some(shown) => html! { <PasswordForm key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct PasswordFormProps {
    shown: Shown,
}

#[component]
fn PasswordForm(props: &PasswordFormProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let password = use_field(|value| value.is_empty().then_some("Enter your password.".into()));
    let onsubmit = {
        let (answering, password) = (answering.clone(), password.clone());
        Callback::from(move |()| {
            if !password.check() {
                return answering.refuse();
            }
            let secret = Password::from(password.value());
            answering.send(
                vec![(Input::Password, password.clone())],
                Answer::Password(secret),
            );
        })
    };
    // Whoever is signed in proves once more who they are, and cannot reset what they are asked for.
    let again = use_auth().is_signed_in();
    let forgot = match again {
        true => Html::default(),
        false => answering
            .journey
            .link(Screen::ForgotPassword, "Forgot your password?"),
    };
    let (label, busy_label) = match again {
        true => ("Continue", "One moment…"),
        false => ("Sign in", "Signing in…"),
    };
    let description = if challenge.renewed {
        "That took a while, so please enter your password again."
    } else {
        "Enter the password of your account."
    };
    html! {
        <ScreenCard title="Your password" {description} footer={answering.footer(challenge)}>
            <Form {onsubmit} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                { visually_hidden(html! {
                    <input type="text" name="username" autocomplete="username" aria-label="Account" tabindex="-1"
                        readonly=true value={challenge.username.clone()} />
                }) }
                <PasswordField state={password} label="Password" autocomplete="current-password" aside={forgot} />
                <Button {label} {busy_label} busy={answering.busy()} kind={ButtonType::Submit} wide=true />
            </Form>
        </ScreenCard>
    }
}
