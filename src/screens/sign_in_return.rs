//! Back from an identity provider.

use yew::prelude::*;
use yew_router::prelude::*;

use super::{
    ScreenCard,
    submission::{Submission, use_submission},
    use_journey,
};
use crate::{
    auth::{
        Auth, AuthError, EngineHandle, ReturnPath, Service, SignOutScope, lead,
        redirect::{Arrival, Failed, Prompt, RedirectSignIn, Return, Via, use_redirect_return},
        replace_with, use_auth,
        words::{self, NextAction},
    },
    ui::{AlertKind, Button, ButtonVariant, alert, button_row, note, skeleton},
};

/// Properties of [`SignInReturn`].
#[derive(Properties, PartialEq)]
pub struct SignInReturnProps<R: Routable> {
    /// What the page was opened with: from [`Arrival::take`].
    pub arrival: Option<Arrival>,
    /// Where people go who were not on their way elsewhere.
    pub home: R,
    /// Where people sign in.
    pub sign_in: R,
    /// The app.
    pub children: Html,
    /// Called with [`RedirectSignIn::custom_state`] once somebody has signed in.
    #[prop_or_default]
    pub on_custom_state: Callback<String>,
}

/// Shows its children, but for people who come back from an identity provider: it signs them in and leads them where
/// they wanted to go, or says what went wrong and how to go on. It stands around an app's routes, inside a
/// [`JourneyProvider`](super::JourneyProvider).
#[component]
pub fn SignInReturn<R: Routable + 'static>(props: &SignInReturnProps<R>) -> Html {
    let (state, reset) = use_redirect_return(props.arrival.clone());
    let navigator = use_navigator();
    {
        let (home, reset) = (props.home.clone(), reset.clone());
        let on_custom_state = props.on_custom_state.clone();
        use_effect_with(state.clone(), move |state| {
            let Return::Done {
                return_to,
                custom_state,
            } = state
            else {
                return;
            };
            if let Some(navigator) = &navigator {
                let target = return_to.as_deref().and_then(ReturnPath::parse::<R>);
                lead(navigator, target.as_ref(), &home);
            }
            reset.emit(());
            if let Some(custom_state) = custom_state {
                on_custom_state.emit(custom_state.clone());
            }
        });
    }
    match state {
        Return::None => props.children.clone(),
        Return::Finishing | Return::Done { .. } => skeleton("Signing in", 4),
        Return::Failed(failed) => html! {
            <NotSignedIn<R> {failed} home={props.home.clone()} sign_in={props.sign_in.clone()} on_leave={reset} />
        },
    }
}

#[derive(Properties, PartialEq)]
struct NotSignedInProps<R: Routable> {
    failed: Failed,
    home: R,
    sign_in: R,
    on_leave: Callback<()>,
}

#[component]
fn NotSignedIn<R: Routable + 'static>(props: &NotSignedInProps<R>) -> Html {
    let auth = use_auth();
    let navigator = use_navigator();
    let journey = use_journey();
    // It comes after a wait: the focus goes to its heading, as on any screen but the first.
    use_memo((), |()| journey.screen_shown());
    let (trying, leaving) = (use_submission(), use_submission());
    let Failed { error, again } = props.failed.clone();
    let return_to = again.as_ref().and_then(|again| again.return_to.clone());

    let to_sign_in = {
        let (navigator, sign_in, on_leave) =
            (navigator.clone(), props.sign_in.clone(), props.on_leave.clone());
        let return_to = return_to.clone();
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                let query = return_to.as_deref().map(|path| ReturnPath::to_query(path, ""));
                replace_with(navigator, &sign_in, query.as_deref().unwrap_or_default());
            }
            on_leave.emit(());
        })
    };
    let go_on = {
        let (navigator, home, on_leave) = (navigator, props.home.clone(), props.on_leave.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(navigator) = &navigator {
                let target = return_to.as_deref().and_then(ReturnPath::parse::<R>);
                lead(navigator, target.as_ref(), &home);
            }
            on_leave.emit(());
        })
    };
    let use_another = {
        let (engine, leaving, to_sign_in) = (auth.handle(), leaving.clone(), to_sign_in.clone());
        Callback::from(move |_: MouseEvent| {
            let (engine, to_sign_in) = (engine.clone(), to_sign_in.clone());
            let work = async move {
                // Here it ends in any case.
                let _ = engine.sign_out(SignOutScope::ThisDevice).await;
                Ok(())
            };
            leaving.start(Vec::new(), work, move |()| {
                to_sign_in.emit(());
                false
            });
        })
    };
    let again = again.filter(|_| is_worth_another_try(&error)).map(|again| {
        let label = match &again.via {
            Via::Provider(name) => {
                let engine = auth.handle();
                let oauth = engine.config().oauth.as_ref();
                let label = oauth.map_or(name.as_str(), |oauth| oauth.label_of(name));
                ["Try again with ", label].concat()
            }
            Via::ManagedLogin | Via::Identifier(_) => "Try again".to_owned(),
        };
        let onclick = try_again(&error, again, auth.handle(), &trying);
        html! { <Button {label} busy_label="One moment…" busy={trying.busy()} wide=true {onclick} /> }
    });
    let another_way = |label: &'static str, variant: ButtonVariant| {
        let onclick = to_sign_in.reform(|_: MouseEvent| ());
        html! { <Button {label} {variant} wide=true {onclick} /> }
    };

    if let Some(claims) = auth.claims() {
        let who = claims.email.clone().unwrap_or_else(|| claims.username.clone());
        let stays = ["You are signed in as ", &who, "."].concat();
        let (title, kind, words) = match error {
            AuthError::AlreadySignedIn => (
                "You’re signed in already",
                AlertKind::Info,
                "Another tab signed in while you were away, so this sign-in wasn’t used.".to_owned(),
            ),
            error => ("That didn’t work", AlertKind::Error, words::message(&error)),
        };
        let buttons = html! {
            <>
                if let Some(again) = again {
                    { again }
                    <Button label="Back" variant={ButtonVariant::Secondary} wide=true onclick={go_on} />
                } else {
                    <Button label="Continue" wide=true onclick={go_on} />
                    <Button label="Use another account" busy_label="Signing out…" busy={leaving.busy()}
                        variant={ButtonVariant::Secondary} wide=true onclick={use_another} />
                }
            </>
        };
        return html! {
            <ScreenCard {title} description={stays}>
                { alert(kind, words.into()) }
                { trying.alert() }
                { button_row(buttons) }
            </ScreenCard>
        };
    }
    let buttons = html! {
        if let Some(again) = again {
            { again }
            { another_way("Sign in another way", ButtonVariant::Secondary) }
        } else {
            { another_way("Go to sign-in", ButtonVariant::Primary) }
        }
    };
    html! {
        <ScreenCard title="You’re not signed in" description="The sign-in wasn’t finished.">
            { alert(AlertKind::Error, words::message(&error).into()) }
            { blocked_domain(&error, &auth) }
            { trying.alert() }
            { button_row(buttons) }
        </ScreenCard>
    }
}

/// Whether the same again can end otherwise.
fn is_worth_another_try(error: &AuthError) -> bool {
    *error != AuthError::AlreadySignedIn
        && matches!(
            words::next_action(error),
            NextAction::TryAgain | NextAction::WaitAndTryAgain | NextAction::StartOver
        )
}

fn try_again(
    error: &AuthError,
    again: RedirectSignIn,
    engine: EngineHandle,
    submission: &Submission,
) -> Callback<MouseEvent> {
    let again = match error {
        // Whoever is signed in over there would be sent straight back.
        AuthError::WrongAccount => RedirectSignIn {
            prompt: vec![Prompt::SelectAccount],
            ..again
        },
        _ => again,
    };
    let submission = submission.clone();
    Callback::from(move |_: MouseEvent| {
        let (engine, again) = (engine.clone(), again.clone());
        let work = async move { engine.sign_in_with_redirect(again).await };
        submission.start(Vec::new(), work, |()| false);
    })
}

/// For the site's owner: the pool answers and its domain does not, which is most often a policy's doing.
fn blocked_domain(error: &AuthError, auth: &Auth) -> Html {
    let engine = auth.handle();
    match &engine.config().oauth {
        Some(oauth) if *error == AuthError::Unreachable && auth.service() == Service::Reachable => note(
            [
                "If this is your site: its Content-Security-Policy has to allow ",
                oauth.domain.as_str(),
                " (connect-src).",
            ]
            .concat()
            .into(),
        ),
        _ => Html::default(),
    }
}
