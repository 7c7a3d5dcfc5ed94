//! What stands above any screen while something is wrong with the connection.

use yew::prelude::*;
use yew_cognito::{
    auth::{Service, use_auth},
    ui::{Alert, AlertKind},
};

#[component]
pub fn Notices() -> Html {
    let auth = use_auth();
    let words = match auth.service() {
        _ if !auth.is_online() => "You are offline. What you have typed stays here until you are back.",
        Service::Unreachable => {
            "We can’t reach the sign-in service. It may be down, or blocked on this network."
        }
        Service::NoSuchPool => {
            "This site’s user pool was not found, so nobody can sign in. Please tell the site’s owner."
        }
        Service::Unknown | Service::Reachable => return Html::default(),
    };
    html! { <Alert kind={AlertKind::Warning}>{ words }</Alert> }
}
