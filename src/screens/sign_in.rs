//! Sign in.

use yew::prelude::*;

use super::{
    Screen, ScreenCard, ScreenLink,
    identifier::{Identifier, IdentifierField, use_identifier},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{SessionState, SignedOutWhy, use_auth, words::Input},
    token::Password,
    ui::{Alert, AlertKind, Button, ButtonType, Form, PasswordField, use_field},
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
        <>{ "New here? " }<ScreenLink to={Screen::SignUp} onfollow={remember.clone()}>{ "Create an account" }</ScreenLink></>
    };
    let forgot = html! {
        <ScreenLink to={Screen::ForgotPassword} onfollow={remember}>{ "Forgot your password?" }</ScreenLink>
    };
    html! {
        <ScreenCard title="Sign in" description="Good to see you." {footer}>
            if ended {
                <Alert kind={AlertKind::Info}>{ "Your session has ended. Please sign in again." }</Alert>
            }
            if let Some(notice) = journey.notice_at_sign_in() {
                <Alert kind={AlertKind::Info}>{ notice }</Alert>
            }
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                <IdentifierField {identifier} state={who} initial={journey.username()} autofocus={journey.is_start()} />
                <PasswordField state={password} label="Password" autocomplete="current-password" aside={forgot} />
                <Button label="Sign in" busy_label="Signing in…" busy={submission.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}
