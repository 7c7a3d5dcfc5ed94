//! Who is signed in, and for how long.

use stylist::yew::use_style;
use yew::prelude::*;

use super::{ScreenCard, renewal::RenewalTime, submission::use_submission, use_journey, words::local_time};
use crate::{
    auth::{SessionState, SignOutScope, use_auth},
    token::IdClaims,
    ui::{Alert, AlertKind, Badge, BadgeTone, Button, ButtonVariant, Description, DescriptionList},
};

/// The screen behind the sign-in. It shows nothing to anyone who is not signed in.
#[component]
pub fn Dashboard() -> Html {
    let actions = use_style!(
        r#"
        display: flex;
        flex-wrap: wrap;
        gap: var(--yc-space-2);

        @media (max-width: 30rem) {
            & > button {
                width: 100%;
            }
        }
        "#
    );
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
            refreshing.start(Vec::new(), async move { engine.refresh().await }, move |()| {
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
    html! {
        <ScreenCard {title} description="You are signed in.">
            { refreshing.alert() }
            if *refreshed {
                <Alert kind={AlertKind::Success}>{ "Your session has been renewed." }</Alert>
            }
            <DescriptionList>
                if let Some(email) = &claims.email {
                    <Description term="Email">{ email }{ verified(claims.email_verified) }</Description>
                }
                if let Some(phone) = &claims.phone_number {
                    <Description term="Phone">{ phone }{ verified(claims.phone_number_verified) }</Description>
                }
                if let Some(name) = &claims.name {
                    <Description term="Name">{ name }</Description>
                }
                <Description term="Groups">
                    if claims.groups.is_empty() { { "None" } }
                    { for claims.groups.iter().map(|group| html! { <Badge label={group.clone()} /> }) }
                </Description>
                <Description term="User id">{ &claims.sub }</Description>
                if let Some(seconds) = claims.auth_time {
                    <Description term="Signed in">{ local_time(seconds) }</Description>
                }
                <Description term="Session"><RenewalTime renewal={session.renewal} /></Description>
            </DescriptionList>
            <div class={actions}>
                <Button label="Refresh now" busy_label="Refreshing…" busy={refreshing.busy()}
                    variant={ButtonVariant::Secondary} onclick={refresh} />
                <Button label="Sign out" busy_label="Signing out…" busy={leaving.busy()}
                    variant={ButtonVariant::Secondary} onclick={sign_out(&leaving, SignOutScope::ThisDevice)} />
                <Button label="Sign out everywhere" busy_label="Signing out…" busy={leaving_everywhere.busy()}
                    variant={ButtonVariant::Destructive}
                    onclick={sign_out(&leaving_everywhere, SignOutScope::Everywhere)} />
            </div>
        </ScreenCard>
    }
}

fn display_name(claims: &IdClaims) -> Option<&str> {
    [&claims.preferred_username, &claims.given_name, &claims.name]
        .into_iter()
        .find_map(Option::as_deref)
}

fn verified(is_verified: bool) -> Html {
    if is_verified {
        html! { <Badge label="Verified" tone={BadgeTone::Success} /> }
    } else {
        html! { <Badge label="Not verified" tone={BadgeTone::Warning} /> }
    }
}
