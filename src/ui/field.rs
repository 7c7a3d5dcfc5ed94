//! One line of text to fill in.

use yew::prelude::*;

use super::{
    FieldState,
    field_frame::{FieldFrame, framed, message_id},
};

/// Properties of [`Field`].
#[derive(Properties, Clone, PartialEq)]
pub struct FieldProps {
    /// Its value, its error and its rule: see [`use_field`](super::use_field).
    pub state: FieldState,
    /// The words above it.
    pub label: AttrValue,
    /// The input's `name`, and its `id`.
    pub name: AttrValue,
    /// The input's `type`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What the browser may fill in: a token of HTML's `autocomplete`.
    pub autocomplete: AttrValue,
    /// Which keyboard a phone shows: a value of HTML's `inputmode`.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// Whether words may get a capital letter and be spell-checked; not for addresses and names of accounts.
    #[prop_or_default]
    pub prose: bool,
    /// Whether it has to be filled in.
    #[prop_or(true)]
    pub required: bool,
    /// Whether it cannot be changed.
    #[prop_or_default]
    pub readonly: bool,
    /// What it holds when it appears, unless the browser has already filled it in.
    #[prop_or_default]
    pub initial: Option<AttrValue>,
    /// A line under it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub autofocus: bool,
    /// Stands at the end of the label's line.
    #[prop_or_default]
    pub aside: Option<Html>,
}

/// A text field with its label, hint and error.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps {
        state,
        label,
        name,
        kind,
        autocomplete,
        hint,
        aside,
        ..
    } = props.clone();
    {
        let state = state.clone();
        let initial = props.initial.clone();
        let autofocus = props.autofocus;
        use_effect_with((), move |()| {
            if let Some(initial) = initial.filter(|_| state.value().is_empty()) {
                state.set_value(&initial);
            }
            if autofocus {
                state.focus();
            }
        });
    }
    let oninput = {
        let state = state.clone();
        Callback::from(move |_: InputEvent| state.typed())
    };
    let onblur = {
        let state = state.clone();
        Callback::from(move |_: FocusEvent| state.left())
    };
    let error = state.error();
    let plain = !props.prose;
    let frame = FieldFrame {
        id: &name,
        label,
        hint,
        error: error.clone(),
        aside,
    };
    let input = html! {
        <input
            ref={state.node()}
            id={name.clone()}
            type={kind}
            {autocomplete}
            inputmode={props.inputmode.clone()}
            autocapitalize={plain.then_some("none")}
            spellcheck={plain.then_some("false")}
            required={props.required}
            readonly={props.readonly}
            aria-invalid={error.is_some().then_some("true")}
            aria-describedby={message_id(&name)}
            name={name.clone()}
            {oninput}
            {onblur}
        />
    };
    framed(frame, input)
}
