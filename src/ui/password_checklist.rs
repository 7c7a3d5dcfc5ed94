//! What a new password has to have, ticked off while it is typed.

use stylist::yew::use_style;
use yew::prelude::*;

use super::{Icon, Shape, VisuallyHidden};

/// Properties of [`PasswordChecklist`].
#[derive(Properties, Clone, PartialEq)]
pub struct PasswordChecklistProps {
    /// The list's `id`, for the field's description.
    pub id: AttrValue,
    /// Each thing it has to have, and whether it has it.
    pub rules: Vec<(AttrValue, bool)>,
}

/// The list, and a word to screen readers whenever the number of things missing changes.
#[component]
pub fn PasswordChecklist(props: &PasswordChecklistProps) -> Html {
    let class = use_style!(
        r#"
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 10.5rem), 1fr));
        gap: var(--yc-space-1) var(--yc-space-4);
        margin: -0.375rem 0 var(--yc-space-4);
        padding: 0;
        list-style: none;
        font-size: 0.8125rem;
        line-height: 1.25rem;
        color: var(--yc-muted);

        li {
            display: flex;
            align-items: center;
            gap: var(--yc-space-2);
        }
        svg {
            flex: none;
            width: 1rem;
            height: 1rem;
        }
        .met {
            color: var(--yc-success);
        }
        "#
    );
    let missing = props.rules.iter().filter(|(_, met)| !met).count();
    let any_met = missing < props.rules.len();
    html! {
        <div>
            <ul {class} id={props.id.clone()}>
                { for props.rules.iter().map(|(label, met)| html! {
                    <li class={met.then_some("met")}>
                        <Icon shape={if *met { Shape::Check } else { Shape::Circle }} />
                        <span>
                            { label.clone() }
                            if *met { <VisuallyHidden>{ ", done" }</VisuallyHidden> }
                        </span>
                    </li>
                }) }
            </ul>
            <div role="status">
                <VisuallyHidden>
                    if missing == 0 {
                        { "The password has all it needs." }
                    } else if any_met {
                        { missing }{ " more to go." }
                    }
                </VisuallyHidden>
            </div>
        </div>
    }
}
