//! From nothing to the first screen: configuration, engine, routes.

use stylist::{css, manager::StyleManager, yew::Global};
use yew::{platform::spawn_local, prelude::*};
use yew_cognito::{
    auth::{AuthProvider, EngineHandle, EngineScript, redirect::Arrival, start_in_page, start_shared},
    config::{self, ConfigProblem},
    screens::{ConfigProblemScreen, popup_done},
    ui::{Styled, page},
};
use yew_router::BrowserRouter;

use super::{
    brand::brand,
    frame::{Frame, checking},
    ways::Ways,
};

/// What the page was opened for.
#[derive(Clone, PartialEq)]
pub enum Start {
    /// The app, perhaps on the way back from an identity provider.
    Page(Option<Arrival>),
    /// A popup that has handed its answer over.
    Popup,
}

#[derive(Clone, PartialEq)]
enum Stage {
    Loading,
    Problem(ConfigProblem),
    Ready(EngineHandle),
}

/// Properties of [`App`].
#[derive(Properties, Clone, PartialEq)]
pub struct AppProps {
    /// Where the styles go.
    pub manager: StyleManager,
    /// What the page was opened for.
    pub start: Start,
}

/// The whole app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let stage = use_state_eq(|| Stage::Loading);
    let busy = use_state_eq(|| true);
    let load = {
        let (stage, busy) = (stage.setter(), busy.setter());
        use_callback((), move |(), ()| {
            busy.set(true);
            let (stage, busy) = (stage.clone(), busy.clone());
            spawn_local(async move {
                stage.set(match config::load().await {
                    Ok(config) => Stage::Ready(match EngineScript::of_page() {
                        Some(script) => start_shared(config, script),
                        None => start_in_page(config),
                    }),
                    Err(problem) => Stage::Problem(problem),
                });
                busy.set(false);
            });
        })
    };
    {
        let load = load.clone();
        let is_app = matches!(props.start, Start::Page(_));
        use_effect_with((), move |()| {
            if is_app {
                load.emit(());
            } else if let Some(document) = web_sys::window().and_then(|window| window.document()) {
                document.set_title(&["You can close this window · ", &brand()].concat());
            }
        });
    }
    let content = match (&props.start, &*stage) {
        (Start::Popup, _) => page(brand(), false, popup_done()),
        (Start::Page(_), Stage::Loading) => page(brand(), false, checking()),
        (Start::Page(_), Stage::Problem(problem)) => page(
            brand(),
            false,
            html! { <ConfigProblemScreen problem={problem.clone()} busy={*busy} onretry={load} /> },
        ),
        (Start::Page(arrival), Stage::Ready(engine)) => html! {
            <AuthProvider engine={engine.clone()}>
                <BrowserRouter><Ways><Frame arrival={arrival.clone()} /></Ways></BrowserRouter>
            </AuthProvider>
        },
    };
    html! {
        <Styled manager={props.manager.clone()}>
            <Global css={css!(":root { background: var(--yc-page); } body { margin: 0; }")} />
            { content }
        </Styled>
    }
}
