//! From screen to screen by this app's routes.

use yew::prelude::*;
use yew_cognito::{
    auth::{go, replace},
    screens::{JourneyProvider, Screen, Way},
};
use yew_router::prelude::*;

use super::{brand::brand, route::Route};

#[derive(Properties, Clone, PartialEq)]
pub struct WaysProps {
    pub children: Html,
}

#[component]
pub fn Ways(props: &WaysProps) -> Html {
    let navigator = use_navigator();
    let way = use_memo(navigator, |navigator| {
        let push = navigator.clone();
        let here = navigator.clone();
        let href = navigator.clone();
        Way {
            push: Callback::from(move |screen: Screen| {
                if let Some(navigator) = &push {
                    go(navigator, &Route::from(screen));
                }
            }),
            replace: Callback::from(move |screen: Screen| {
                if let Some(navigator) = &here {
                    replace(navigator, &Route::from(screen));
                }
            }),
            href: Callback::from(move |screen: Screen| {
                let path = Route::from(screen).to_path();
                let base = href.as_ref().and_then(Navigator::basename).unwrap_or_default();
                Some([base, &path].concat().into())
            }),
        }
    });
    let brand = use_memo((), |()| brand());
    html! {
        <JourneyProvider way={(*way).clone()} brand={(*brand).clone()}>{ props.children.clone() }</JourneyProvider>
    }
}
