//! Enter the code that confirms an account.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    code_sent::{code_problem, sign_up_code_sent},
    code_target::{Addressee, use_code_target},
    resend_code::ResendCode,
    submission::{use_sign_in_submission, use_submission},
    use_journey,
};
use crate::{
    auth::{Step, use_auth, words::Input},
    token::Code,
    ui::{AlertKind, Button, ButtonType, CodeField, Form, alert, use_field},
};

/// The screen for the code of a registration. It submits by itself when the code is complete.
#[component]
pub fn ConfirmSignUp() -> Html {
    let journey = use_journey();
    let (submission, resending) = (use_sign_in_submission(), use_submission());
    let engine = use_auth().handle();
    let target = use_code_target(match journey.step() {
        Some(Step::ConfirmSignUp { username, delivery }) => Some(Addressee { username, delivery }),
        _ => None,
    });
    let code = use_field(|value| code_problem(value, 6).map(AttrValue::Static));

    let onsubmit = {
        let (engine, journey, submission) = (engine.clone(), journey.clone(), submission.clone());
        let (target, code) = (target.clone(), code.clone());
        Callback::from(move |()| {
            let (username, code_is_right) = (target.username(), code.check());
            let (Some(username), true) = (username, code_is_right) else {
                return submission.refuse();
            };
            let secret = Code::from(code.value());
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                vec![
                    (Input::Code, code.clone()),
                    (Input::Username, target.who.field.clone()),
                ],
                async move { engine.confirm_sign_up(&username, secret).await },
                move |step| journey.follow(step),
            );
        })
    };
    let resend = {
        let (resending, target) = (resending.clone(), target.clone());
        Callback::from(move |()| {
            let Some(username) = target.username() else {
                return resending.refuse();
            };
            let (engine, target) = (engine.clone(), target.clone());
            resending.start(
                vec![(Input::Username, target.who.field.clone())],
                async move { engine.resend_sign_up_code(&username).await },
                move |delivery| {
                    target.code_sent(delivery);
                    false
                },
            );
        })
    };
    let description: AttrValue = match (&target.known, &*target.delivery) {
        (Some(username), Some(delivery)) => sign_up_code_sent(username, delivery).into(),
        (Some(_), None) => "Enter the code you have, or have a new one sent.".into(),
        (None, _) => "Enter the code we sent you.".into(),
    };
    let footer = html! {
        <>
            { ["Wrong ", target.identifier.noun(), "? "].concat() }{ journey.link(Screen::SignUp, "Start over") }
            { " · " }{ journey.link(Screen::SignIn, "Sign in") }
        </>
    };
    let failures = submission.failures().wrapping_add(resending.failures());
    html! {
        <ScreenCard title="Confirm your account" {description} {footer}>
            <Form onsubmit={onsubmit.clone()} busy={submission.busy()} {failures}>
                { submission.alert() }
                { resending.alert() }
                if target.is_resent() && !resending.busy() {
                    { alert(AlertKind::Success, "A new code is on its way.".into()) }
                }
                if target.known.is_none() {
                    { target.identifier.field(target.who.clone(), &journey) }
                }
                <CodeField state={code} autofocus={target.known.is_some()} on_complete={onsubmit} />
                <Button label="Confirm" busy_label="Confirming…" busy={submission.busy()} kind={ButtonType::Submit}
                    wide=true />
                <ResendCode sent={target.sent()} busy={resending.busy()} onclick={resend} />
            </Form>
        </ScreenCard>
    }
}
