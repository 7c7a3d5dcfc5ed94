//! The finished authentication app.

mod app;

use stylist::manager::StyleManager;
use yew_cognito::{
    auth::redirect,
    ui::{style, theme::ThemeChoice},
};

fn main() {
    if yew_cognito::worker::serve() {
        return;
    }
    let start = match redirect::hand_over() {
        true => app::Start::Popup,
        false => app::Start::Page(redirect::Arrival::take()),
    };
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    ThemeChoice::saved().apply();
    // Without constructable stylesheets there are `<style>` elements, for which a policy has to be loosened.
    let manager = style::adopting(&document).unwrap_or_else(|_| StyleManager::default());
    let Some(root) = document.get_element_by_id("app") else {
        return;
    };
    yew::Renderer::<app::App>::with_root_and_props(root, app::AppProps { manager, start }).render();
}
