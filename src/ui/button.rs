//! The button.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{Shape, icon, spinner};

/// How much a [`Button`] asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing to do on this screen.
    #[default]
    Primary,
    /// Another thing to do.
    Secondary,
    /// Without a border until it is pointed at.
    Ghost,
    /// Looks like a link, acts here.
    Link,
    /// Cannot be undone.
    Destructive,
}

impl ButtonVariant {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Ghost => "ghost",
            Self::Link => "link",
            Self::Destructive => "destructive",
        }
    }
}

/// What a [`Button`] does in its form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonType {
    /// Nothing but its own click.
    #[default]
    Button,
    /// Submits the form.
    Submit,
}

/// Properties of [`Button`].
#[derive(Properties, Clone, PartialEq)]
pub struct ButtonProps {
    /// The words on it.
    pub label: AttrValue,
    /// The words for screen readers, which begin with the label, where that alone does not tell it from others.
    #[prop_or_default]
    pub described: Option<AttrValue>,
    /// Its look.
    #[prop_or_default]
    pub variant: ButtonVariant,
    /// What it does in its form.
    #[prop_or_default]
    pub kind: ButtonType,
    /// Stands before the words of a wide one; while busy the spinner does.
    #[prop_or_default]
    pub icon: Option<Shape>,
    /// Whether its action is under way: it then keeps its width and its focus and ignores clicks.
    #[prop_or_default]
    pub busy: bool,
    /// The words while it is busy, such as "Signing in…". Without them the label stays.
    #[prop_or_default]
    pub busy_label: Option<AttrValue>,
    /// Not to be used for now. It can still be focused, so that a screen reader can find it and say so.
    #[prop_or_default]
    pub disabled: bool,
    /// As wide as what it stands in.
    #[prop_or_default]
    pub wide: bool,
    /// Called for a click, unless busy or disabled.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-button-row {
            display: flex;
            flex-wrap: wrap;
            gap: var(--yc-space-2);
        }
        @media (max-width: 30rem) {
            .yc-button-row > button {
                width: 100%;
            }
        }
        .yc-button {
            display: inline-grid;
            place-items: center;
            box-sizing: border-box;
            min-height: var(--yc-target);
            margin: 0;
            padding: var(--yc-space-2) var(--yc-space-4);
            font: 500 var(--yc-text-base) / 1.25 var(--yc-font);
            text-align: center;
            color: var(--yc-text);
            background: transparent;
            border: 1px solid transparent;
            border-radius: var(--yc-radius);
            cursor: pointer;
            transition: background-color 0.12s, border-color 0.12s;
        }
        .yc-button > span {
            grid-area: 1 / 1;
            display: inline-flex;
            align-items: center;
            gap: var(--yc-space-2);
        }
        .yc-button > .away {
            visibility: hidden;
        }
        .yc-button.wide {
            width: 100%;
        }
        .yc-button.iconic {
            grid-template-columns: 1.25rem minmax(0, 1fr) 1.25rem;
            column-gap: var(--yc-space-2);
        }
        .yc-button.iconic > span {
            grid-area: 1 / 2;
            overflow-wrap: anywhere;
            text-wrap: balance;
        }
        .yc-button:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        .yc-button.primary {
            color: var(--yc-on-accent);
            background: var(--yc-accent);
        }
        .yc-button.primary:hover {
            background: var(--yc-accent-hover);
        }
        .yc-button.secondary {
            background: var(--yc-surface);
            border-color: var(--yc-control);
        }
        .yc-button.secondary:hover, .yc-button.ghost:hover {
            background: var(--yc-quiet);
        }
        .yc-button.destructive {
            color: var(--yc-danger);
            background: var(--yc-surface);
            border-color: var(--yc-danger);
        }
        .yc-button.destructive:hover {
            background: var(--yc-danger-surface);
        }
        .yc-button.link {
            padding-inline: var(--yc-space-1);
            color: var(--yc-link);
            text-decoration: underline;
            text-decoration-color: transparent;
            text-underline-offset: 0.2em;
        }
        .yc-button.link:hover {
            color: var(--yc-link-hover);
            text-decoration-color: currentColor;
        }
        .yc-button[aria-disabled="true"] {
            cursor: default;
        }
        .yc-button[aria-disabled="true"]:not([aria-busy]) {
            color: var(--yc-muted);
            background: var(--yc-quiet);
            border-color: var(--yc-border);
        }
        .yc-button.link[aria-disabled="true"]:not([aria-busy]) {
            background: transparent;
            border-color: transparent;
            text-decoration-color: transparent;
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-button {
                transition: none;
            }
        }
        "#
    )
}

/// A button that stays where and how wide it is while it works.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let ButtonProps {
        label,
        described,
        variant,
        kind,
        icon: shape,
        busy,
        busy_label,
        disabled,
        wide,
        onclick,
    } = props.clone();
    let idle = !busy && !disabled;
    // In a column of its own, so that icons stand in line however long the words beside them are.
    let (column, ring) = match shape {
        Some(_) if busy => (spinner(), Html::default()),
        Some(shape) => (icon(shape), Html::default()),
        None => (Html::default(), spinner()),
    };
    let onclick = Callback::from(move |event: MouseEvent| {
        if idle {
            onclick.emit(event);
        } else {
            event.prevent_default();
        }
    });
    html! {
        <button
            type={match kind { ButtonType::Button => "button", ButtonType::Submit => "submit" }}
            class={classes!("yc-button", variant.class(), wide.then_some("wide"), shape.map(|_| "iconic"))}
            aria-label={described}
            aria-busy={busy.then_some("true")}
            aria-disabled={(!idle).then_some("true")}
            {onclick}
        >
            { column }
            <span class={classes!(busy.then_some("away"))}>{ label.clone() }</span>
            if busy {
                <span>{ ring }{ busy_label.unwrap_or(label) }</span>
            } else if let Some(busy_label) = busy_label {
                // Takes the room it will need, so that the button never changes its width.
                <span class="away" aria-hidden="true">{ ring }{ busy_label }</span>
            }
        </button>
    }
}

/// Buttons side by side; on narrow screens one under the other.
pub fn button_row(buttons: Html) -> Html {
    html! { <div class="yc-button-row">{ buttons }</div> }
}
