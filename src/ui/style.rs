//! Stylist without `<style>` elements, for a Content-Security-Policy of `style-src 'self'`.
//!
//! Stylist mounts a style by appending a `<style>` element to its container. Such an element is refused by the
//! policy, a constructable stylesheet is not. The container given to stylist is therefore a fragment outside
//! the document whose own `appendChild` adopts the element's text as a constructable stylesheet: at once, so in
//! the order of mounting and before the browser can paint.
//!
//! Browsers can do this from Chromium 99, Firefox 101 and Safari 16.4 on. The floor of the looks is higher: the
//! theme's colours are `light-dark()` pairs, which Chromium 123, Firefox 120 and Safari 17.5 were the first to know.
//! An older browser shows everything in its own plain colours.

use js_sys::{Array, Reflect};
use stylist::{StyleSource, manager::StyleManager, yew::Global};
use wasm_bindgen::prelude::*;
use web_sys::Node;
use yew::prelude::*;

use super::{
    alert, badge, button, card, checkbox, choice_list, code_field, copy_text, description_list, dialog,
    field_frame, form, icon, icon_hero, item_list, link, note, page, password_checklist, password_field,
    phone_field, qr_code, section, separator, skeleton, spinner, steps, theme, theme_switch, visually_hidden,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = CSSStyleSheet)]
    type Sheet;

    #[wasm_bindgen(constructor, catch, js_class = "CSSStyleSheet")]
    fn new() -> Result<Sheet, JsValue>;

    #[wasm_bindgen(method, catch, js_name = replaceSync)]
    fn replace_sync(this: &Sheet, text: &str) -> Result<(), JsValue>;
}

/// A [`StyleManager`] whose styles are adopted by `root`, a `Document` or a `ShadowRoot`.
///
/// # Errors
/// The browser's exception where there is no document, or where constructable stylesheets are unknown.
pub fn adopting(root: &JsValue) -> Result<StyleManager, JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::UNDEFINED)?;
    let adopted: Array = Reflect::get(root, &"adoptedStyleSheets".into())?.dyn_into()?;
    let container: Node = document.create_document_fragment().into();
    let adopt = Closure::<dyn Fn(Node) -> Result<Node, JsValue>>::new(move |style: Node| {
        let sheet = Sheet::new()?;
        sheet.replace_sync(&style.text_content().unwrap_or_default())?;
        adopted.push(&sheet);
        Ok(style)
    });
    Reflect::set(&container, &"appendChild".into(), &adopt.into_js_value())?;
    StyleManager::builder()
        .prefix("yc".into())
        .container(container)
        .build()
        .map_err(|error| JsValue::from(error.to_string()))
}

/// Properties of [`Styled`].
#[derive(Properties, Clone, PartialEq)]
pub struct StyledProps {
    /// Where the styles go: see [`adopting`].
    pub manager: StyleManager,
    /// What is to be styled.
    pub children: Html,
}

/// Gives everything inside the theme's tokens, the kit's styles and a place for styles of its own. One around the
/// whole app.
#[component]
pub fn Styled(props: &StyledProps) -> Html {
    html! {
        <ContextProvider<StyleManager> context={props.manager.clone()}>
            { for sheets().into_iter().map(|css| html! { <Global {css} /> }) }
            { props.children.clone() }
        </ContextProvider<StyleManager>>
    }
}

fn sheets() -> [StyleSource; 30] {
    [
        theme::styles(),
        alert::styles(),
        badge::styles(),
        button::styles(),
        card::styles(),
        checkbox::styles(),
        choice_list::styles(),
        code_field::styles(),
        copy_text::styles(),
        description_list::styles(),
        dialog::styles(),
        field_frame::styles(),
        form::styles(),
        icon::styles(),
        icon_hero::styles(),
        item_list::styles(),
        link::styles(),
        note::styles(),
        page::styles(),
        password_checklist::styles(),
        password_field::styles(),
        qr_code::styles(),
        section::styles(),
        separator::styles(),
        phone_field::styles(),
        skeleton::styles(),
        spinner::styles(),
        steps::styles(),
        theme_switch::styles(),
        visually_hidden::styles(),
    ]
}
