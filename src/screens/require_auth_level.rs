//! What only people see who have shown enough of who they are, or shown it of late.

use std::time::Duration;

use yew::{platform::spawn_local, prelude::*};

use super::{
    JourneyProvider, Screen, ScreenCard, Way, challenge_screen, submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{
        AuthLevel, SessionState,
        redirect::{Prompt, RedirectSignIn, Via},
        use_auth,
    },
    token::IdClaims,
    ui::{AlertKind, Button, ButtonVariant, Shape, alert, button_row, icon_hero, narrow},
};

/// Properties of [`RequireAuthLevel`].
#[derive(Properties, Clone, PartialEq)]
pub struct RequireAuthLevelProps {
    /// Levels that will do (`acr`), the most wanted first; any, if there is none. The pool's app client has to allow
    /// the flow USER_AUTH for them, and the pool the feature plan Essentials or Plus.
    #[prop_or_default]
    pub acr_values: Vec<AttrValue>,
    /// The longest time since the person last proved who they are, in seconds; any, without it.
    #[prop_or_default]
    pub max_age_seconds: Option<u32>,
    /// What is behind it.
    pub children: Html,
    /// Called by "Not now", which is there only with it: to leave the page.
    #[prop_or_default]
    pub on_cancel: Option<Callback<()>>,
}

/// Shows its children to people whose session shows an authentication level, and has the others prove again that it is
/// they: in place, without another address, so that they are where they were when that is done. The session goes on
/// meanwhile, and goes on as it was if they give up.
///
/// It looks when it appears and when its properties change; what is shown then stays. Where a router shows one page or
/// another behind the same level, give each a `key`, so that it appears anew. It stands inside a
/// [`ProtectedRoute`](crate::auth::ProtectedRoute) and a [`JourneyProvider`].
///
/// ```
/// # use yew::prelude::*;
/// # use yew_cognito::screens::RequireAuthLevel;
/// # fn payments() -> Html { Html::default() }
/// # let _ =
/// html! {
///     <RequireAuthLevel acr_values={vec![AttrValue::from("urn:cognito:loa:3")]} max_age_seconds={300}>
///         { payments() }
///     </RequireAuthLevel>
/// }
/// # ;
/// ```
///
/// This is for display. An API that needs a level checks `acr` and `auth_time` in the token that it is sent.
#[component]
pub fn RequireAuthLevel(props: &RequireAuthLevelProps) -> Html {
    let engine = use_auth().handle();
    let brand = use_journey().brand();
    // Until the engine has answered, which takes no request, there is nothing to show. An answer counts for its level
    // alone: a router may have this very component stand before another page, of another level.
    let shown = use_state_eq(|| None);
    let asked = use_mut_ref(|| 0_u32);
    let screen = use_state_eq(|| Screen::SignIn);
    let level = AuthLevel {
        acr_values: props.acr_values.iter().map(ToString::to_string).collect(),
        max_age: props
            .max_age_seconds
            .map(|seconds| Duration::from_secs(seconds.into())),
    };
    {
        let (shown, screen, asked) = (shown.setter(), screen.setter(), asked.clone());
        use_effect_with(level.clone(), move |level| {
            let (level, asking) = (level.clone(), engine.clone());
            let number = asked.borrow().wrapping_add(1);
            asked.replace(number);
            spawn_local(async move {
                let shows = asking.shows_auth_level(level.clone()).await;
                if *asked.borrow() == number {
                    screen.set(Screen::SignIn);
                    shown.set(Some((level, shows.unwrap_or_default())));
                }
            });
        });
    }
    let to_screen = use_callback((), {
        let screen = screen.setter();
        move |to: Screen, ()| screen.set(to)
    });
    let href = use_callback((), |_: Screen, ()| None);
    let on_signed_in = use_callback(level.clone(), {
        let shown = shown.setter();
        move |(), level: &AuthLevel| shown.set(Some((level.clone(), true)))
    });
    match &*shown {
        Some((of, true)) if *of == level => props.children.clone(),
        Some((of, false)) if *of == level => {
            let way = Way {
                push: to_screen.clone(),
                replace: to_screen,
                href,
            };
            let on_cancel = props.on_cancel.clone();
            html! {
                <JourneyProvider {way} {brand} {on_signed_in}>
                    { narrow(html! { <Confirmation screen={*screen} {level} {on_cancel} /> }) }
                </JourneyProvider>
            }
        }
        _ => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct ConfirmationProps {
    screen: Screen,
    level: AuthLevel,
    on_cancel: Option<Callback<()>>,
}

#[component]
fn Confirmation(props: &ConfirmationProps) -> Html {
    let ConfirmationProps {
        screen,
        level,
        on_cancel,
    } = props.clone();
    let (journey, engine) = (use_journey(), use_auth().handle());
    use_effect_with((), move |()| move || journey.abandon(&engine));
    match screen {
        // The screens of people who are not signed in lead to the first.
        Screen::SignIn
        | Screen::SignUp
        | Screen::ConfirmSignUp
        | Screen::ForgotPassword
        | Screen::ResetPassword => html! { <ConfirmItIsYou {level} {on_cancel} /> },
        challenge => challenge_screen(challenge),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct ConfirmItIsYouProps {
    level: AuthLevel,
    on_cancel: Option<Callback<()>>,
}

#[component]
fn ConfirmItIsYou(props: &ConfirmItIsYouProps) -> Html {
    let journey = use_journey();
    let auth = use_auth();
    let engine = auth.handle();
    let submission = use_sign_in_submission();
    let hosted_by = match auth.state() {
        SessionState::SignedIn(session) if session.hosted => Some(door(&session.claims)),
        _ => None,
    };
    {
        let (journey, engine) = (journey.clone(), engine.clone());
        use_effect_with((), move |()| {
            journey.abandon(&engine);
            move || journey.tell_at_sign_in(None)
        });
    }
    let notice = journey.notice_at_sign_in();
    let go_on = {
        let (submission, level) = (submission.clone(), props.level.clone());
        Callback::from(move |_: MouseEvent| {
            let (engine, journey, level) = (engine.clone(), journey.clone(), level.clone());
            let over_there = hosted_by.clone().map(|via| again(via, &level));
            let work = async move {
                match over_there {
                    Some(sign_in) => engine.sign_in_there(sign_in).await,
                    None => engine.require_auth_level(level).await.map(Some),
                }
            };
            submission.start(Vec::new(), work, move |step| {
                step.is_some_and(|step| journey.follow(step))
            });
        })
    };
    let buttons = html! {
        <>
            <Button label="Continue" busy_label="One moment…" busy={submission.busy()} onclick={go_on} />
            if let Some(on_cancel) = &props.on_cancel {
                <Button label="Not now" variant={ButtonVariant::Secondary}
                    onclick={on_cancel.reform(|_: MouseEvent| ())} />
            }
        </>
    };
    html! {
        <ScreenCard title="Confirm it’s you"
            description="To keep your account safe, you are asked once more to prove who you are.">
            { icon_hero(Shape::Lock) }
            if let Some(notice) = notice {
                { alert(AlertKind::Info, notice) }
            }
            { submission.alert() }
            { button_row(buttons) }
        </ScreenCard>
    }
}

/// By which door somebody came who came through the hosted pages.
fn door(claims: &IdClaims) -> Via {
    match claims.external_identity() {
        Some(identity) => Via::Provider(identity.provider_name),
        None => Via::ManagedLogin,
    }
}

/// The same door once more.
fn again(via: Via, level: &AuthLevel) -> RedirectSignIn {
    RedirectSignIn {
        via,
        // The sign-in over there may be as old as the one here.
        prompt: level.max_age.map(|_| Prompt::Login).into_iter().collect(),
        acr_values: level.acr_values.clone(),
        max_age: level.max_age,
        reauthenticates: true,
        ..RedirectSignIn::default()
    }
}
