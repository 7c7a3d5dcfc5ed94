//! The form.

use stylist::{StyleSource, css};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Properties of [`Form`].
#[derive(Properties, Clone, PartialEq)]
pub struct FormProps {
    /// Called when the person submits, unless busy. The browser itself never submits.
    pub onsubmit: Callback<()>,
    /// Whether a submission is under way.
    #[prop_or_default]
    pub busy: bool,
    /// How often submitting has failed. Each time it grows, the focus moves to the alert if there is one, else to the
    /// first field with an error that is shown.
    #[prop_or_default]
    pub failures: u32,
    /// Fields and buttons.
    pub children: Html,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-form, .yc-form .part:not([hidden]) {
            display: grid;
            gap: var(--yc-space-3);
            min-width: 0;
        }
        .yc-form > [role] {
            margin-bottom: var(--yc-space-2);
        }
        "#
    )
}

/// A form that keeps what was typed and shows people what to mend.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let FormProps {
        onsubmit,
        busy,
        failures,
        children,
    } = props.clone();
    let form = use_node_ref();
    {
        let form = form.clone();
        use_effect_with(failures, move |failures| {
            if *failures > 0 {
                focus_on_mistake(&form);
            }
        });
    }
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if !busy {
            onsubmit.emit(());
        }
    });
    html! { <form ref={form} class="yc-form" novalidate=true method="post" {onsubmit}>{ children }</form> }
}

fn focus_on_mistake(form: &NodeRef) {
    let Some(form) = form.cast::<Element>() else {
        return;
    };
    let found = ["[role=alert]", "[aria-invalid=true]:not([hidden] *)"]
        .into_iter()
        .find_map(|selector| form.query_selector(selector).ok().flatten());
    if let Some(element) =
        found.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok())
    {
        // Fails only for an element that has just left the document.
        let _ = element.focus();
    }
}
