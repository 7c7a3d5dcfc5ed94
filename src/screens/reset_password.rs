//! Enter a code and a new password.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    code_sent::{code_problem, reset_code_sent},
    code_target::{Addressee, use_code_target},
    new_password_fields::{NewPasswordFields, use_new_password},
    resend_code::ResendCode,
    submission::{use_sign_in_submission, use_submission},
    use_journey,
};
use crate::{
    auth::{Step, use_auth, words::Input},
    token::{Code, Password},
    ui::{AlertKind, Button, ButtonType, CodeField, Form, alert, use_field},
};

/// The screen that sets a new password by code, and signs in with it.
#[component]
pub fn ResetPassword() -> Html {
    let journey = use_journey();
    let (submission, resending) = (use_sign_in_submission(), use_submission());
    let engine = use_auth().handle();
    let policy = engine.config().password_policy;
    let target = use_code_target(match journey.step() {
        Some(Step::ResetPassword { username, delivery }) => Some(Addressee { username, delivery }),
        _ => None,
    });
    let code = use_field(|value| code_problem(value, 6).map(AttrValue::Static));
    let password = use_new_password(policy);

    let onsubmit = {
        let (engine, journey, submission) = (engine.clone(), journey.clone(), submission.clone());
        let (target, code, password) = (target.clone(), code.clone(), password.clone());
        Callback::from(move |()| {
            let (username, all_right) = (target.username(), [code.check(), password.check()]);
            let (Some(username), [true, true]) = (username, all_right) else {
                return submission.refuse();
            };
            let secrets = (Code::from(code.value()), Password::from(password.value()));
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                vec![
                    (Input::Code, code.clone()),
                    (Input::NewPassword, password.clone()),
                    (Input::Username, target.who.field.clone()),
                ],
                async move { engine.reset_password(&username, secrets.0, secrets.1).await },
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
                async move { engine.forgot_password(&username).await },
                move |delivery| {
                    target.code_sent(delivery);
                    false
                },
            );
        })
    };
    let on_complete = {
        let password = password.clone();
        Callback::from(move |()| password.focus())
    };
    let description: AttrValue = match &target.known {
        Some(username) if target.delivery.is_some() => reset_code_sent(username).into(),
        Some(_) => "Enter the code you have, or have a new one sent, and choose a new password.".into(),
        None => "Enter the code we sent you, and choose a new password.".into(),
    };
    let footer = journey.link(Screen::SignIn, "Back to sign in");
    let failures = submission.failures().wrapping_add(resending.failures());
    html! {
        <ScreenCard title="Choose a new password" {description} {footer}>
            <Form {onsubmit} busy={submission.busy()} {failures}>
                { submission.alert() }
                { resending.alert() }
                if target.is_resent() && !resending.busy() {
                    { alert(AlertKind::Success, "A new code is on its way.".into()) }
                }
                if target.known.is_none() {
                    { target.identifier.field(target.who.clone(), &journey) }
                }
                <CodeField state={code} autofocus={target.known.is_some()} {on_complete} />
                <NewPasswordFields state={password} {policy} label="New password" username={target.known.clone()} />
                <Button label="Save and sign in" busy_label="Saving…" busy={submission.busy()}
                    kind={ButtonType::Submit} wide=true />
                <ResendCode sent={target.sent()} busy={resending.busy()} onclick={resend} />
            </Form>
        </ScreenCard>
    }
}
