//! Choose a password of one's own, because an administrator set the first.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    attribute_fields::{AttributeQuestion, use_attributes},
    challenge::{Shown, use_answering, use_challenge},
    new_password_fields::{NewPasswordFields, use_new_password},
};
use crate::{
    auth::{Answer, Asks, use_auth, words::Input},
    token::Password,
    ui::{Button, ButtonType, Form},
};

/// The screen for a first password of one's own.
#[component]
pub fn NewPassword() -> Html {
    match use_challenge(Screen::NewPassword) {
        Some(shown) => html! { <NewPasswordForm key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct NewPasswordFormProps {
    shown: Shown,
}

#[component]
fn NewPasswordForm(props: &NewPasswordFormProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let policy = use_auth().handle().config().password_policy;
    let password = use_new_password(policy);
    let attributes = use_attributes();
    let missing = match &challenge.asks {
        Asks::NewPassword { missing_attributes } => {
            let names = missing_attributes.iter().cloned();
            names.map(AttributeQuestion::required).collect()
        }
        _ => Vec::new(),
    };
    let onsubmit = {
        let (answering, attributes, password) = (answering.clone(), attributes.clone(), password.clone());
        Callback::from(move |()| {
            let all_right = [attributes.check(), password.check()];
            if all_right.contains(&false) {
                return answering.refuse();
            }
            let values = attributes.values().into_iter();
            let answer = Answer::NewPassword {
                new_password: Password::from(password.value()),
                attributes: values
                    .map(|attribute| (attribute.name, attribute.value))
                    .collect(),
            };
            answering.send(vec![(Input::NewPassword, password.clone())], answer);
        })
    };
    html! {
        <ScreenCard title="Choose your own password" description="The one you have was set for you. Only you will know the new one."
            footer={answering.journey.link(Screen::SignIn, "Back to sign in")}>
            <Form {onsubmit} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                { attributes.fields(missing) }
                <NewPasswordFields state={password} {policy} label="New password"
                    username={AttrValue::from(challenge.username.clone())} />
                <Button label="Save and sign in" busy_label="Saving…" busy={answering.busy()}
                    kind={ButtonType::Submit} wide=true />
            </Form>
        </ScreenCard>
    }
}
