//! A phone number and its country.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{
    PhoneState,
    field_frame::{FieldFrame, framed, message_id},
    phone::country_options,
};

/// Properties of [`PhoneField`].
#[derive(Properties, Clone, PartialEq)]
pub struct PhoneFieldProps {
    /// Its number, its country and its error: see [`use_phone`](super::use_phone).
    pub state: PhoneState,
    /// The words above it.
    #[prop_or(AttrValue::Static("Phone number"))]
    pub label: AttrValue,
    /// The words for the choice of a country, which are heard and not seen.
    #[prop_or(AttrValue::Static("Country"))]
    pub country_label: AttrValue,
    /// The input's `name`, and its `id`; the choice's has `-country` behind it.
    pub name: AttrValue,
    /// What the browser may fill in: a token of HTML's `autocomplete`. A number with its calling code is welcome, it
    /// chooses its country.
    #[prop_or(AttrValue::Static("tel"))]
    pub autocomplete: AttrValue,
    /// Whether it has to be filled in.
    #[prop_or(true)]
    pub required: bool,
    /// The number it holds when it appears, in E.164 form, unless the browser has already filled it in.
    #[prop_or_default]
    pub initial: Option<AttrValue>,
    /// A line under it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub autofocus: bool,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-phone {
            display: flex;
            overflow: clip;
            background: var(--yc-surface);
            border: 1px solid var(--yc-control);
            border-radius: var(--yc-radius);
            transition: border-color 0.12s;
        }
        .yc-phone:has(> input:focus-visible) {
            outline: 2px solid var(--yc-focus);
            outline-offset: 1px;
        }
        .yc-phone:has([aria-invalid="true"]) {
            border-color: var(--yc-danger);
        }
        .yc-phone > .country {
            position: relative;
            flex: none;
            display: flex;
            align-items: center;
            gap: var(--yc-space-2);
            padding-inline: var(--yc-space-3);
            font-size: 1rem;
            white-space: nowrap;
            border-inline-end: 1px solid var(--yc-border);
            border-radius: calc(var(--yc-radius) - 1px) 0 0 calc(var(--yc-radius) - 1px);
        }
        .yc-phone > .country::after {
            content: "";
            width: 0.375rem;
            height: 0.375rem;
            margin-top: -0.25rem;
            border: solid var(--yc-muted);
            border-width: 0 1.5px 1.5px 0;
            rotate: 45deg;
        }
        .yc-phone > .country:hover,
        .yc-phone > .country:focus-within {
            background: var(--yc-quiet);
        }
        .yc-phone > .country:focus-within {
            outline: 2px solid var(--yc-focus);
            outline-offset: -2px;
        }
        .yc-phone > .country > select {
            position: absolute;
            inset: 0;
            width: 100%;
            margin: 0;
            padding: 0;
            font: 400 1rem / 1.5 var(--yc-font);
            color: var(--yc-text);
            background: var(--yc-surface);
            border: 0;
            opacity: 0;
            cursor: pointer;
        }
        .yc-phone > input[name] {
            flex: 1;
            min-width: 0;
            min-height: calc(var(--yc-target) - 2px);
            border: 0;
            border-radius: 0;
        }
        .yc-phone > input[name]:focus-visible {
            outline: none;
        }
        @media (min-width: 48rem) {
            .yc-phone > .country {
                font-size: var(--yc-text-base);
            }
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-phone {
                transition: none;
            }
        }
        "#
    )
}

/// A field for a phone number, with a choice of its country that looks like a part of it.
///
/// People may write the number as they would at home, or with its calling code, which chooses the country. What they
/// wrote stays as it is until they submit.
#[component]
pub fn PhoneField(props: &PhoneFieldProps) -> Html {
    let PhoneFieldProps {
        state,
        label,
        name,
        autocomplete,
        hint,
        ..
    } = props.clone();
    let (field, country) = (state.field(), state.country());
    let shown = country.shown();
    {
        let (state, field) = (state.clone(), field.clone());
        let initial = props.initial.clone();
        let autofocus = props.autofocus;
        use_effect_with((), move |()| {
            match initial.filter(|_| field.value().is_empty()) {
                Some(initial) => state.set_number(&initial),
                None => state.follow(),
            }
            if autofocus {
                field.focus();
            }
        });
    }
    let options = use_memo((), |()| country_options(shown));
    let onchange = {
        let state = state.clone();
        Callback::from(move |_: Event| state.picked())
    };
    let oninput = {
        let state = state.clone();
        Callback::from(move |_: InputEvent| state.typed())
    };
    let onblur = {
        let field = field.clone();
        Callback::from(move |_: FocusEvent| field.left())
    };
    let error = field.error();
    let frame = FieldFrame {
        id: &name,
        label,
        hint,
        error: error.clone(),
        aside: None,
    };
    let input = html! {
        <div class="yc-phone" dir="ltr">
            <span class="country">
                <span aria-hidden="true">{ [shown.region, " +", shown.calling_code].concat() }</span>
                // A native one, which every keyboard, phone and screen reader knows; it lies unseen over the short form.
                <select
                    ref={country.node()}
                    id={[&name, "-country"].concat()}
                    name={[&name, "-country"].concat()}
                    autocomplete="tel-country-code"
                    aria-label={props.country_label.clone()}
                    {onchange}
                >
                    { (*options).clone() }
                </select>
            </span>
            <input
                ref={field.node()}
                id={name.clone()}
                type="tel"
                inputmode="tel"
                {autocomplete}
                required={props.required}
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={message_id(&name)}
                name={name.clone()}
                {oninput}
                {onblur}
            />
        </div>
    };
    framed(frame, input)
}
