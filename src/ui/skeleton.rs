//! A placeholder while something loads.

use stylist::yew::use_style;
use yew::prelude::*;

use super::VisuallyHidden;

/// Properties of [`Skeleton`].
#[derive(Properties, Clone, PartialEq)]
pub struct SkeletonProps {
    /// What is being waited for, in words for screen readers.
    pub label: AttrValue,
    /// How many lines of text to stand in for.
    #[prop_or(3)]
    pub lines: usize,
}

/// Grey bars where text will be.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    let class = use_style!(
        r#"
        display: grid;
        gap: var(--yc-space-3);

        & > i {
            display: block;
            height: 1rem;
            background: var(--yc-quiet);
            border: 1px solid transparent;
            border-radius: var(--yc-radius);
            animation: yc-wait 1.6s ease-in-out infinite;
        }
        & > i:last-child {
            width: 60%;
        }
        @keyframes yc-wait {
            50% {
                opacity: 0.45;
            }
        }
        @media (prefers-reduced-motion: reduce) {
            & > i {
                animation: none;
            }
        }
        "#
    );
    html! {
        <div {class} role="status">
            <VisuallyHidden>{ props.label.clone() }</VisuallyHidden>
            { for (0..props.lines).map(|_| html! { <i /> }) }
        </div>
    }
}
