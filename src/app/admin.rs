//! The page for administrators, as an example of access by group.

use yew::prelude::*;
use yew_cognito::{
    auth::{RequireGroup, use_auth, use_claims},
    screens::{Forbidden, ScreenCard},
    ui::{AlertKind, BadgeTone, alert, badge, description, description_list},
};

const GROUP: AttrValue = AttrValue::Static("admins");

#[derive(Properties, Clone, PartialEq)]
pub struct ForAdminsProps {
    /// What everybody else sees.
    #[prop_or_default]
    pub otherwise: Html,
    pub children: Html,
}

/// Shows its children to administrators.
#[component]
pub fn ForAdmins(props: &ForAdminsProps) -> Html {
    let ForAdminsProps { otherwise, children } = props.clone();
    html! { <RequireGroup any={vec![GROUP]} {otherwise}>{ children }</RequireGroup> }
}

#[derive(Properties, Clone, PartialEq)]
pub struct AdminProps {
    /// The way to another screen.
    pub footer: Html,
}

/// The page itself; others are told that it is not for them.
#[component]
pub fn Admin(props: &AdminProps) -> Html {
    let footer = props.footer.clone();
    let forbidden = html! { <Forbidden footer={footer.clone()} /> };
    html! { <ForAdmins otherwise={forbidden}><Administration {footer} /></ForAdmins> }
}

#[component]
fn Administration(props: &AdminProps) -> Html {
    let auth = use_auth();
    let Some(claims) = use_claims() else {
        return Html::default();
    };
    let who = claims.email.as_ref().unwrap_or(&claims.username);
    let roles = auth
        .groups()
        .into_iter()
        .map(|group| badge(group.to_owned().into(), BadgeTone::Neutral));
    let facts = html! {
        <>
            { description("Account", who.into()) }
            { description("Acting as", auth.role().unwrap_or_default().to_owned().into()) }
            { description("All roles", html! { <>{ for roles }</> }) }
        </>
    };
    let words = "Your browser decided to show this page, and a browser can be talked into anything. An API behind it has to \
                 check the group in the access token for itself.";
    html! {
        <ScreenCard title="Administration" description="Only people in the group admins see this page."
            footer={props.footer.clone()}>
            { description_list(facts) }
            { alert(AlertKind::Info, words.into()) }
        </ScreenCard>
    }
}
