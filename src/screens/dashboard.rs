//! Who is signed in, and for how long.

use yew::prelude::*;

use super::{ScreenCard, renewal::RenewalTime, submission::use_submission, use_journey, words::local_time};
use crate::{
    auth::{SessionState, SignOutScope, SignedIn, use_auth},
    token::IdClaims,
    ui::{
        AlertKind, BadgeTone, Button, ButtonVariant, alert, badge, button_row, description, description_list,
    },
};

/// Properties of [`Dashboard`].
#[derive(Properties, Clone, PartialEq)]
pub struct DashboardProps {
    /// The way to another screen.
    #[prop_or_default]
    pub footer: Option<Html>,
}

/// The screen behind the sign-in. It shows nothing to anyone who is not signed in.
#[component]
pub fn Dashboard(props: &DashboardProps) -> Html {
    let auth = use_auth();
    let journey = use_journey();
    let (refreshing, leaving, leaving_everywhere) = (use_submission(), use_submission(), use_submission());
    let refreshed = use_state_eq(|| false);
    let SessionState::SignedIn(session) = auth.state() else {
        return Html::default();
    };

    let refresh = {
        let (engine, refreshing, refreshed) = (auth.handle(), refreshing.clone(), refreshed.clone());
        Callback::from(move |_: MouseEvent| {
            refreshed.set(false);
            let (engine, refreshed) = (engine.clone(), refreshed.clone());
            refreshing.start(Vec::new(), async move { engine.refresh_now().await }, move |()| {
                refreshed.set(true);
                false
            });
        })
    };
    let sign_out = |submission: &super::submission::Submission, scope: SignOutScope| {
        let (engine, journey, submission) = (auth.handle(), journey.clone(), submission.clone());
        Callback::from(move |_: MouseEvent| {
            let (engine, journey) = (engine.clone(), journey.clone());
            let work = async move {
                let told = engine.sign_out(scope).await;
                let signed_out = matches!(engine.snapshot().session, SessionState::SignedOut { .. });
                if told.is_err() && scope == SignOutScope::Everywhere && signed_out {
                    journey.tell_at_sign_in(Some(
                        "You are signed out here, but not everywhere: the service did not answer.".into(),
                    ));
                }
                Ok(())
            };
            submission.start(Vec::new(), work, |()| true);
        })
    };
    let claims = &session.claims;
    let title = match display_name(claims) {
        Some(name) => ["Hello, ", name].concat(),
        None => "Hello".to_owned(),
    };
    let actions = html! {
        <>
            <Button label="Refresh now" busy_label="Refreshing…" busy={refreshing.busy()}
                variant={ButtonVariant::Secondary} onclick={refresh} />
            <Button label="Sign out" busy_label="Signing out…" busy={leaving.busy()}
                variant={ButtonVariant::Secondary} onclick={sign_out(&leaving, SignOutScope::ThisDevice)} />
            <Button label="Sign out everywhere" busy_label="Signing out…" busy={leaving_everywhere.busy()}
                variant={ButtonVariant::Destructive}
                onclick={sign_out(&leaving_everywhere, SignOutScope::Everywhere)} />
        </>
    };
    html! {
        <ScreenCard {title} description="You are signed in." footer={props.footer.clone()}>
            { refreshing.alert() }
            if *refreshed {
                { alert(AlertKind::Success, "Your session has been renewed.".into()) }
            }
            { description_list(facts(session, &auth.groups())) }
            { button_row(actions) }
        </ScreenCard>
    }
}

fn facts(session: &SignedIn, groups: &[&str]) -> Html {
    let claims = &session.claims;
    let groups = html! {
        <>
            if groups.is_empty() { { "None" } }
            { for groups.iter().map(|group| badge((*group).to_owned().into(), BadgeTone::Neutral)) }
        </>
    };
    html! {
        <>
            { for claims.email.as_ref().map(|email| {
                description("Email", html! { <>{ email }{ verified(claims.email_verified) }</> })
            }) }
            { for claims.phone_number.as_ref().map(|phone| {
                description("Phone", html! { <>{ phone }{ verified(claims.phone_number_verified) }</> })
            }) }
            { for claims.name.as_ref().map(|name| description("Name", name.into())) }
            { description("Groups", groups) }
            { description("User id", claims.sub.clone().into()) }
            { for claims.auth_time.map(|seconds| description("Signed in", local_time(seconds).into())) }
            { description("Session", html! { <RenewalTime renewal={session.renewal} /> }) }
        </>
    }
}

fn display_name(claims: &IdClaims) -> Option<&str> {
    [&claims.preferred_username, &claims.given_name, &claims.name]
        .into_iter()
        .find_map(Option::as_deref)
}

fn verified(is_verified: bool) -> Html {
    if is_verified {
        badge("Verified".into(), BadgeTone::Success)
    } else {
        badge("Not verified".into(), BadgeTone::Warning)
    }
}
