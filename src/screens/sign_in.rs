//! Sign in.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    identifier::{Identifier, use_identifier},
    organisation::{self, email_domains, use_organisation},
    passkey_autofill::use_passkey_autofill,
    provider_buttons::{LEAVING, provider_buttons},
    redirect::use_redirect,
    sign_in_ways::{First, Ways, look},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{
        Answer, Factor, SessionState, SignInFlow, SignInRequest, SignedOutWhy, passkeys, redirect::Via,
        use_auth, words::Input,
    },
    token::{PasskeyAnswer, Password},
    ui::{AlertKind, Button, ButtonType, ButtonVariant, Form, PasswordField, alert, separator, use_field},
};

/// The sign-in screen: who, and the password; or who, and another way that the pool has; or an identity provider. Where
/// the address tells that its organisation signs people in, nothing else is offered. A passkey that was used on this
/// device before is offered among the suggestions of the name's field.
#[component]
pub fn SignIn() -> Html {
    let auth = use_auth();
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = auth.handle();
    let identifier = Identifier::of(engine.config());
    let domains = email_domains(engine.config());
    let who = use_identifier(identifier, domains.clone());
    let password = use_field(|value| value.is_empty().then_some("Enter your password.".into()));
    let redirect = use_redirect(&submission);
    let organisation = redirect.organisation(use_organisation(&who.field, domains));
    let ways = Ways::of(engine.config(), passkeys::is_supported());
    // The way under way, by its button.
    let chosen = use_state_eq(|| None::<Factor>);

    let here = submission.busy() && redirect.under_way().is_none();

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
        let (redirect, organisation) = (redirect.clone(), organisation.clone());
        Callback::from(move |()| {
            if let Some(domain) = organisation.clone() {
                return redirect.start(Via::Identifier(domain), &who.field);
            }
            let password_is_right = first != First::Password || password.check();
            if !(who.check() & password_is_right) {
                return submission.refuse();
            }
            chosen.set(None);
            send.emit(first.request(who.username(), || Password::from(password.value())));
        })
    };
    let other_way = |factor: Factor| {
        let busy = here && *chosen == Some(factor);
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
        let (icon, label) = look(factor);
        html! { <Button {label} {icon} variant={ButtonVariant::Secondary} {busy} wide=true {onclick} /> }
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
    let mine = here && chosen.is_none();
    let hint = organisation.as_ref().map(|_| organisation::SIGNS_YOU_IN.into());
    let has_organisation = organisation.is_some();
    let (go, going, busy) = match ways.first {
        _ if has_organisation => (
            organisation::GO,
            redirect.busy_label(LEAVING.into()),
            redirect.is_to_organisation(),
        ),
        First::Password => ("Sign in", "Signing in…".into(), mine),
        First::Name(_) | First::Custom => ("Continue", "One moment…".into(), mine),
    };
    let mut others: Vec<Html> = ways.others.iter().copied().map(other_way).collect();
    others.extend(provider_buttons(&redirect, &who.field, "More ways to sign in"));
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
                { identifier.sign_in_field(who.clone(), &journey, ways.have_passkeys(), hint) }
                if ways.first == First::Password {
                    // Hidden rather than gone, so that what was typed comes back with it.
                    <div class="part" hidden={has_organisation}>
                        <PasswordField state={password.clone()} label="Password" autocomplete="current-password"
                            aside={forgot} />
                    </div>
                }
                <Button label={go} busy_label={going} {busy} kind={ButtonType::Submit} wide=true />
                if has_organisation && busy { { redirect.cancel() } }
                if !has_organisation && !others.is_empty() {
                    { separator(Some("or".into())) }
                    { for others }
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
