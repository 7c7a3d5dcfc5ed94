//! Sign in.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    identifier::{Identifier, use_identifier},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{SessionState, SignedOutWhy, use_auth, words::Input},
    token::Password,
    ui::{AlertKind, Button, ButtonType, Form, PasswordField, alert, use_field},
};

/// The sign-in screen: who, and the password.
#[component]
pub fn SignIn() -> Html {
    let auth = use_auth();
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = auth.handle();
    let identifier = Identifier::of(engine.config());
    let who = use_identifier(identifier);
    let password = use_field(|value| value.is_empty().then_some("Enter your password.".into()));

    let onsubmit = {
        let (journey, submission) = (journey.clone(), submission.clone());
        let (who, password) = (who.clone(), password.clone());
        Callback::from(move |()| {
            let (who_is_right, password_is_right) = (who.check(), password.check());
            if !(who_is_right && password_is_right) {
                return submission.refuse();
            }
            let username = who.value().trim().to_owned();
            let secret = Password::from(password.value());
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                vec![
                    (Input::Username, who.clone()),
                    (Input::Password, password.clone()),
                ],
                async move { engine.sign_in(&username, secret).await },
                move |step| journey.follow(step),
            );
        })
    };
    let remember = {
        let (journey, who) = (journey.clone(), who.clone());
        Callback::from(move |()| journey.remember(who.value().trim()))
    };
    {
        let journey = journey.clone();
        use_effect_with((), move |()| move || journey.tell_at_sign_in(None));
    }
    let ended = matches!(
        auth.state(),
        SessionState::SignedOut {
            why: SignedOutWhy::SessionEnded
        }
    );
    let footer = html! {
        <>{ "New here? " }{ journey.link_after(Screen::SignUp, "Create an account", remember.clone()) }</>
    };
    let forgot = journey.link_after(Screen::ForgotPassword, "Forgot your password?", remember);
    html! {
        <ScreenCard title="Sign in" description="Good to see you." {footer}>
            if ended {
                { alert(AlertKind::Info, "Your session has ended. Please sign in again.".into()) }
            }
            if let Some(notice) = journey.notice_at_sign_in() {
                { alert(AlertKind::Info, notice) }
            }
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { identifier.field(who, &journey) }
                <PasswordField state={password} label="Password" autocomplete="current-password" aside={forgot} />
                <Button label="Sign in" busy_label="Signing in…" busy={submission.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}
