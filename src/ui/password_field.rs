//! A password to fill in, hidden or shown.

use gloo_events::EventListener;
use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{
    FieldState, Shape,
    field_frame::{FieldFrame, framed, message_id},
    icon,
};

/// Properties of [`PasswordField`].
#[derive(Properties, Clone, PartialEq)]
pub struct PasswordFieldProps {
    /// Its value, its error and its rule: see [`use_field`](super::use_field).
    pub state: FieldState,
    /// The words above it.
    pub label: AttrValue,
    /// The input's `name`, and its `id`.
    #[prop_or(AttrValue::Static("password"))]
    pub name: AttrValue,
    /// `current-password` or `new-password`.
    pub autocomplete: AttrValue,
    /// The `id` of more text about it, such as a checklist.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Called with what is in it after each change.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// Stands at the end of the label's line.
    #[prop_or_default]
    pub aside: Option<Html>,
    /// A line under it, such as the heading of a checklist.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-password {
            position: relative;
        }
        .yc-password > input[name] {
            padding-inline-end: calc(var(--yc-target) + var(--yc-space-1));
        }
        .yc-password input::-ms-reveal {
            display: none;
        }
        .yc-password button {
            position: absolute;
            inset-block: 1px;
            inset-inline-end: 1px;
            display: grid;
            place-items: center;
            width: var(--yc-target);
            margin: 0;
            padding: 0;
            color: var(--yc-muted);
            background: transparent;
            border: 0;
            border-radius: var(--yc-radius);
            cursor: pointer;
        }
        .yc-password button:hover {
            color: var(--yc-text);
        }
        .yc-password button:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: -4px;
        }
        "#
    )
}

/// A password field with a button that shows and hides what is in it, and a word about Caps Lock.
#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let PasswordFieldProps {
        state,
        label,
        name,
        autocomplete,
        described_by,
        aside,
        hint,
        ..
    } = props.clone();
    let shown = use_state_eq(|| false);
    let caps_lock = use_state_eq(|| false);
    {
        // A password submitted in plain sight could be kept by the browser as ordinary text.
        let (state, shown) = (state.clone(), shown.setter());
        use_effect_with((), move |()| {
            let form = state.form();
            let listener = form.map(|form| EventListener::new(&form, "submit", move |_| shown.set(false)));
            move || drop(listener)
        });
    }
    let oninput = {
        let state = state.clone();
        let oninput = props.oninput.clone();
        Callback::from(move |_: InputEvent| {
            state.typed();
            oninput.emit(state.value());
        })
    };
    let onblur = {
        let state = state.clone();
        let caps_lock = caps_lock.clone();
        Callback::from(move |_: FocusEvent| {
            caps_lock.set(false);
            state.left();
        })
    };
    let onkey = {
        let caps_lock = caps_lock.clone();
        Callback::from(move |event: KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock")))
    };
    let onclick = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let error = state.error();
    let hint = caps_lock
        .then_some(AttrValue::Static("Caps Lock is on."))
        .or(hint);
    let description = match described_by {
        Some(more) => [&message_id(&name), " ", more.as_str()].concat(),
        None => message_id(&name),
    };
    let frame = FieldFrame {
        id: &name,
        label,
        hint,
        error: error.clone(),
        aside,
    };
    let input = html! {
        <div class="yc-password">
            <input
                ref={state.node()}
                id={name.clone()}
                type={if *shown { "text" } else { "password" }}
                {autocomplete}
                autocapitalize="none"
                spellcheck="false"
                required=true
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={description}
                name={name.clone()}
                {oninput}
                {onblur}
                onkeydown={onkey.clone()}
                onkeyup={onkey}
            />
            <button type="button" aria-label="Show password" aria-pressed={if *shown { "true" } else { "false" }}
                {onclick}>
                { icon(if *shown { Shape::EyeOff } else { Shape::Eye }) }
            </button>
        </div>
    };
    framed(frame, input)
}
