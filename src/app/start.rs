//! From nothing to the first screen: configuration, engine, routes.

use stylist::{css, manager::StyleManager, yew::Global};
use yew::{platform::spawn_local, prelude::*};
use yew_cognito::{
    auth::{AuthProvider, EngineHandle, EngineScript, start_in_page, start_shared},
    config::{self, ConfigProblem},
    screens::ConfigProblemScreen,
    ui::{Styled, page},
};
use yew_router::BrowserRouter;

use super::{
    brand::brand,
    frame::{Frame, checking},
    ways::Ways,
};

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
        use_effect_with((), move |()| load.emit(()));
    }
    let content = match &*stage {
        Stage::Loading => page(brand(), false, checking()),
        Stage::Problem(problem) => page(
            brand(),
            false,
            html! { <ConfigProblemScreen problem={problem.clone()} busy={*busy} onretry={load} /> },
        ),
        Stage::Ready(engine) => html! {
            <AuthProvider engine={engine.clone()}>
                <BrowserRouter><Ways><Frame /></Ways></BrowserRouter>
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
