//! The buttons that lead to identity providers and the hosted pages.

use yew::prelude::*;

use super::redirect::Redirect;
use crate::{
    auth::redirect::Via,
    config::{EmailDomains, IdentityProvider},
    ui::{Button, ButtonVariant, FieldState, Shape},
};

/// Where the words for who is there would be too long, or say nothing.
pub(super) const LEAVING: &str = "Taking you there…";

/// The buttons, in the configuration's order. `name` is the field for who it is, `more` the words for the hosted
/// pages.
pub(super) fn provider_buttons(redirect: &Redirect, name: &FieldState, more: &'static str) -> Vec<Html> {
    let Some(oauth) = redirect.oauth() else {
        return Vec::new();
    };
    let button =
        |shape: Shape, label: String, leaving: AttrValue, busy: bool, onclick: Callback<MouseEvent>| {
            html! {
                <>
                    <Button {label} busy_label={redirect.busy_label(leaving)} {busy} icon={shape}
                        variant={ButtonVariant::Secondary} wide=true {onclick} />
                    if busy { { redirect.cancel() } }
                </>
            }
        };
    let to = |via: Via, shape: Shape, label: String, leaving: AttrValue| {
        let busy = redirect.under_way() == Some(&via);
        let (redirect, name) = (redirect.clone(), name.clone());
        let onclick = Callback::from(move |_: MouseEvent| redirect.start(via.clone(), &name));
        button(shape, label, leaving, busy, onclick)
    };
    let provider = |provider: &IdentityProvider| {
        let label = ["Continue with ", &provider.label].concat();
        let leaving = ["Taking you to ", &provider.label, "…"].concat();
        to(
            Via::Provider(provider.name.clone()),
            shape(&provider.name),
            label,
            leaving.into(),
        )
    };
    let mut buttons: Vec<Html> = oauth.providers.iter().map(provider).collect();
    if oauth.email_domains == EmailDomains::OnRequest {
        let (redirect, name) = (redirect.clone(), name.clone());
        let busy = redirect.is_to_organisation();
        let onclick = Callback::from(move |_: MouseEvent| redirect.start_by_address(&name));
        buttons.push(button(
            Shape::Building,
            "Single sign-on".to_owned(),
            LEAVING.into(),
            busy,
            onclick,
        ));
    }
    if oauth.managed_login {
        buttons.push(to(
            Via::ManagedLogin,
            Shape::Leave,
            more.to_owned(),
            LEAVING.into(),
        ));
    }
    buttons
}

fn shape(provider: &str) -> Shape {
    match provider {
        "Google" => Shape::Google,
        "SignInWithApple" => Shape::Apple,
        "Facebook" => Shape::Facebook,
        "LoginWithAmazon" => Shape::Amazon,
        _ => Shape::Building,
    }
}
