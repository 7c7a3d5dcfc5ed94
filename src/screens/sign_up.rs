//! Create an account.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    attribute_fields::{required_at_sign_up, use_attributes},
    identifier::{Identifier, use_identifier},
    new_password_fields::{NewPasswordFields, use_new_password},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{use_auth, words::Input},
    token::Password,
    ui::{Button, ButtonType, Form},
};

/// The sign-up screen: who, what the pool requires besides, and a password by the pool's own rules.
#[component]
pub fn SignUp() -> Html {
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = use_auth().handle();
    let identifier = Identifier::of(engine.config());
    let policy = engine.config().password_policy;
    let names = required_at_sign_up(engine.config());
    let who = use_identifier(identifier);
    let attributes = use_attributes();
    let password = use_new_password(policy);

    let onsubmit = {
        let (journey, submission) = (journey.clone(), submission.clone());
        let (who, attributes, password) = (who.clone(), attributes.clone(), password.clone());
        Callback::from(move |()| {
            let all_right = [who.check(), attributes.check(), password.check()];
            if all_right.contains(&false) {
                return submission.refuse();
            }
            let username = who.value().trim().to_owned();
            let secret = Password::from(password.value());
            let mut values = attributes.values();
            values.extend(identifier.attribute(&username));
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                vec![
                    (Input::Username, who.clone()),
                    (Input::NewPassword, password.clone()),
                ],
                async move { engine.sign_up(&username, secret, values).await },
                move |step| journey.follow(step),
            );
        })
    };
    let remember = {
        let (journey, who) = (journey.clone(), who.clone());
        Callback::from(move |()| journey.remember(who.value().trim()))
    };
    let footer = html! {
        <>{ "Have an account? " }{ journey.link_after(Screen::SignIn, "Sign in", remember) }</>
    };
    html! {
        <ScreenCard title="Create your account" description="We’ll send you a code to confirm it." {footer}>
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { identifier.field(who, &journey) }
                { attributes.fields(names) }
                <NewPasswordFields state={password} {policy} />
                <Button label="Create account" busy_label="Creating account…" busy={submission.busy()}
                    kind={ButtonType::Submit} wide=true />
            </Form>
        </ScreenCard>
    }
}
