//! Not for the person who is signed in.

use yew::prelude::*;

use super::{ScreenCard, submission::use_submission};
use crate::{
    auth::{SignOutScope, use_auth},
    ui::{AlertKind, Button, ButtonVariant, Shape, alert, button_row, icon_hero},
};

/// Properties of [`Forbidden`].
#[derive(Properties, Clone, PartialEq)]
pub struct ForbiddenProps {
    /// The way to another screen.
    #[prop_or_default]
    pub footer: Option<Html>,
}

/// The screen in place of one that is for others, as `otherwise` of a [`RequireGroup`](crate::auth::RequireGroup) or
/// [`Require`](crate::auth::Require). Whoever has just been given access can have that looked up; those who have it with
/// another account can sign out. It shows nothing to anyone who is not signed in.
#[component]
pub fn Forbidden(props: &ForbiddenProps) -> Html {
    let auth = use_auth();
    let (checking, leaving) = (use_submission(), use_submission());
    let looked = use_state_eq(|| false);
    let Some(claims) = auth.claims() else {
        return Html::default();
    };
    let who = claims.email.as_ref().unwrap_or(&claims.username);
    let description = [
        "You are signed in as ",
        who,
        ", and this page is for other people.",
    ]
    .concat();
    let check = {
        let (engine, checking, looked) = (auth.handle(), checking.clone(), looked.clone());
        Callback::from(move |_: MouseEvent| {
            looked.set(false);
            let (engine, looked) = (engine.clone(), looked.clone());
            checking.start(Vec::new(), async move { engine.refresh_now().await }, move |()| {
                looked.set(true);
                false
            });
        })
    };
    let leave = {
        let (engine, leaving) = (auth.handle(), leaving.clone());
        Callback::from(move |_: MouseEvent| {
            let engine = engine.clone();
            let work = async move {
                // Here it ends in any case.
                let _ = engine.sign_out(SignOutScope::ThisDevice).await;
                Ok(())
            };
            leaving.start(Vec::new(), work, |()| true);
        })
    };
    let buttons = html! {
        <>
            <Button label="Check again" busy_label="Checking…" busy={checking.busy()} onclick={check} />
            <Button label="Use another account" busy_label="Signing out…" busy={leaving.busy()}
                variant={ButtonVariant::Secondary} onclick={leave} />
        </>
    };
    html! {
        <ScreenCard title="Not for this account" {description} footer={props.footer.clone()}>
            { icon_hero(Shape::Lock) }
            { checking.alert() }
            if *looked {
                { alert(AlertKind::Info, "Nothing has changed yet: this account still has no access.".into()) }
            }
            <p>{ "If you need it, ask whoever looks after this site. Access that you have just been given shows once you check again." }</p>
            { button_row(buttons) }
        </ScreenCard>
    }
}
