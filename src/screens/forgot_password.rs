//! Ask for a code to set a new password with.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    identifier::{Identifier, use_identifier},
    submission::use_submission,
    use_journey,
};
use crate::{
    auth::{Step, use_auth, words::Input},
    config::EmailDomains,
    ui::{Button, ButtonType, Form},
};

/// The screen for a forgotten password. It answers the same whether or not there is such an account.
#[component]
pub fn ForgotPassword() -> Html {
    let journey = use_journey();
    let submission = use_submission();
    let engine = use_auth().handle();
    let identifier = Identifier::of(engine.config());
    let who = use_identifier(identifier, EmailDomains::None);

    let onsubmit = {
        let (journey, submission, who) = (journey.clone(), submission.clone(), who.clone());
        Callback::from(move |()| {
            if !who.check() {
                return submission.refuse();
            }
            let username = who.username();
            let (engine, journey, asked_for) = (engine.clone(), journey.clone(), username.clone());
            submission.start(
                vec![(Input::Username, who.field.clone())],
                async move { engine.forgot_password(&username).await },
                move |delivery| {
                    journey.follow(Step::ResetPassword {
                        username: asked_for,
                        delivery: Some(delivery),
                    })
                },
            );
        })
    };
    let footer = journey.link(Screen::SignIn, "Back to sign in");
    html! {
        <ScreenCard title="Forgot your password?" description="We’ll send you a code to choose a new one." {footer}>
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { identifier.field(who, &journey) }
                <Button label="Send code" busy_label="Sending…" busy={submission.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}
