//! What stands above any screen while something is wrong with the connection.

use yew::prelude::*;
use yew_cognito::{
    auth::{Auth, Service},
    ui::{AlertKind, alert},
};

pub fn notices(auth: &Auth) -> Html {
    let words = match (auth.is_online(), auth.service(), auth.is_signed_in()) {
        (false, ..) => "You are offline. What you have typed stays here until you are back.",
        (true, Service::Unreachable, true) => {
            "We can’t reach the sign-in service. You stay signed in while we try again."
        }
        _ => return Html::default(),
    };
    alert(AlertKind::Warning, words.into())
}
