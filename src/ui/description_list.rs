//! Names and values, one beside the other.

use stylist::yew::use_style;
use yew::prelude::*;

/// Properties of [`DescriptionList`].
#[derive(Properties, Clone, PartialEq)]
pub struct DescriptionListProps {
    /// [`Description`]s.
    pub children: Html,
}

/// A list of names and values; on narrow screens each value stands under its name.
#[component]
pub fn DescriptionList(props: &DescriptionListProps) -> Html {
    let class = use_style!(
        r#"
        margin: 0;

        & > div {
            display: grid;
            grid-template-columns: minmax(8rem, 2fr) 5fr;
            gap: var(--yc-space-1) var(--yc-space-4);
            padding-block: var(--yc-space-3);
            border-top: 1px solid var(--yc-border);
        }
        & > div:last-child {
            border-bottom: 1px solid var(--yc-border);
        }
        dt {
            color: var(--yc-muted);
        }
        dd {
            display: flex;
            flex-wrap: wrap;
            align-items: baseline;
            gap: var(--yc-space-1) var(--yc-space-2);
            min-width: 0;
            margin: 0;
            overflow-wrap: anywhere;
        }
        @media (max-width: 30rem) {
            & > div {
                grid-template-columns: 1fr;
            }
        }
        "#
    );
    html! { <dl {class}>{ props.children.clone() }</dl> }
}

/// Properties of [`Description`].
#[derive(Properties, Clone, PartialEq)]
pub struct DescriptionProps {
    /// The name.
    pub term: AttrValue,
    /// The value.
    pub children: Html,
}

/// One name and its value, inside a [`DescriptionList`].
#[component]
pub fn Description(props: &DescriptionProps) -> Html {
    html! {
        <div>
            <dt>{ props.term.clone() }</dt>
            <dd>{ props.children.clone() }</dd>
        </div>
    }
}
