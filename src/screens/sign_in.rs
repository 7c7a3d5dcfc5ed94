//! Sign in.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    identifier::{Identifier, use_identifier},
    passkey_autofill::use_passkey_autofill,
    sign_in_ways::{First, Ways, label},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{
        Answer, Factor, SessionState, SignInFlow, SignInRequest, SignedOutWhy, passkeys, use_auth,
        words::Input,
    },
    token::{PasskeyAnswer, Password},
    ui::{AlertKind, Button, ButtonType, ButtonVariant, Form, PasswordField, alert, separator, use_field},
};

/// The sign-in screen: who, and the password; or who, and another way that the pool has. A passkey that was used on
/// this device before is offered among the suggestions of the name's field.
#[component]
pub fn SignIn() -> Html {
    let auth = use_auth();
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = auth.handle();
    let identifier = Identifier::of(engine.config());
    let who = use_identifier(identifier);
    let password = use_field(|value| value.is_empty().then_some("Enter your password.".into()));
    let ways = Ways::of(engine.config(), passkeys::is_supported());
    // The way under way, by its button.
    let chosen = use_state_eq(|| None::<Factor>);

    let send = {
        let (engine, journey, submission) = (engine.clone(), journey.clone(), submission.clone());
        let fields = vec![
            (Input::Username, who.field.clone()),
            (Input::Password, password.clone()),
        ];
        Callback::from(move |request: SignInRequest| {
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                fields.clone(),
                async move { engine.sign_in(request).await },
                move |step| journey.follow(step),
            );
        })
    };
    let onsubmit = {
        let (who, password, submission) = (who.clone(), password.clone(), submission.clone());
        let (first, chosen, send) = (ways.first, chosen.clone(), send.clone());
        Callback::from(move |()| {
            let password_is_right = first != First::Password || password.check();
            if !(who.check() & password_is_right) {
                return submission.refuse();
            }
            chosen.set(None);
            send.emit(first.request(who.username(), || Password::from(password.value())));
        })
    };
    let other_way = |factor: Factor| {
        let busy = submission.busy() && *chosen == Some(factor);
        let (who, password, submission) = (who.clone(), password.clone(), submission.clone());
        let (chosen, send) = (chosen.clone(), send.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            if submission.busy() {
                return;
            }
            password.set_error(None);
            if !who.check() {
                return submission.refuse();
            }
            chosen.set(Some(factor));
            send.emit(SignInRequest {
                username: who.username(),
                flow: Some(SignInFlow::UserAuth),
                preferred: Some(factor),
                ..SignInRequest::default()
            });
        });
        html! { <Button label={label(factor)} variant={ButtonVariant::Secondary} {busy} wide=true {onclick} /> }
    };
    let onpick = {
        let (engine, journey, submission) = (engine.clone(), journey.clone(), submission.clone());
        let chosen = chosen.clone();
        Callback::from(move |credential: PasskeyAnswer| {
            chosen.set(None);
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                Vec::new(),
                async move { engine.answer(Answer::Passkey(credential)).await },
                move |step| journey.follow(step),
            );
        })
    };
    use_passkey_autofill(ways.have_passkeys() && !submission.busy(), &who.field, onpick);
    let remember = {
        let (journey, who) = (journey.clone(), who.clone());
        Callback::from(move |()| journey.remember(&who.username()))
    };
    {
        let (journey, engine) = (journey.clone(), auth.handle());
        use_effect_with((), move |()| {
            journey.abandon(&engine);
            move || journey.tell_at_sign_in(None)
        });
    }
    let ended = match auth.state() {
        SessionState::SignedOut { why } => why_signed_out(*why),
        SessionState::Checking | SessionState::SignedIn(_) => None,
    };
    let footer = html! {
        <>{ "New here? " }{ journey.link_after(Screen::SignUp, "Create an account", remember.clone()) }</>
    };
    let forgot = journey.link_after(Screen::ForgotPassword, "Forgot your password?", remember);
    let busy = submission.busy() && chosen.is_none();
    let (go, going) = match ways.first {
        First::Password => ("Sign in", "Signing in…"),
        First::Name(_) | First::Custom => ("Continue", "One moment…"),
    };
    html! {
        <ScreenCard title="Sign in" description={ways.first.description()} {footer}>
            if let Some(words) = ended {
                { alert(AlertKind::Info, words.into()) }
            }
            if let Some(notice) = journey.notice_at_sign_in() {
                { alert(AlertKind::Info, notice) }
            }
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { identifier.sign_in_field(who.clone(), &journey, ways.have_passkeys()) }
                if ways.first == First::Password {
                    <PasswordField state={password.clone()} label="Password" autocomplete="current-password"
                        aside={forgot} />
                }
                <Button label={go} busy_label={going} {busy} kind={ButtonType::Submit} wide=true />
                if !ways.others.is_empty() {
                    { separator(Some("or".into())) }
                    { for ways.others.iter().map(|factor| other_way(*factor)) }
                }
            </Form>
        </ScreenCard>
    }
}

/// What people are told who may not know why they have to sign in. After pages have been closed for a while they
/// expect nothing else.
fn why_signed_out(why: SignedOutWhy) -> Option<&'static str> {
    match why {
        SignedOutWhy::NeverSignedIn | SignedOutWhy::SignedOut | SignedOutWhy::PagesClosed => None,
        SignedOutWhy::SessionEnded => Some("Your session has ended. Please sign in again."),
        SignedOutWhy::Idle => {
            Some("You were signed out because nobody used this page for a while. Please sign in again.")
        }
        SignedOutWhy::LifetimeOver => Some("Your session has reached its time limit. Please sign in again."),
        SignedOutWhy::EngineLost => {
            Some("Something went wrong in your browser, and you were signed out. Please sign in again.")
        }
    }
}
