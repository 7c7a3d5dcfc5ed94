//! What a new password has to have, ticked off while it is typed.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{Shape, icon, visually_hidden};

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-checklist {
            display: grid;
            grid-template-columns: repeat(auto-fit, minmax(min(100%, 10.5rem), 1fr));
            gap: var(--yc-space-1) var(--yc-space-4);
            margin: -0.375rem 0 var(--yc-space-4);
            padding: 0;
            list-style: none;
            font-size: 0.8125rem;
            line-height: 1.25rem;
            color: var(--yc-muted);
        }
        .yc-checklist li {
            display: flex;
            align-items: center;
            gap: var(--yc-space-2);
        }
        .yc-checklist svg {
            flex: none;
            width: 1rem;
            height: 1rem;
        }
        .yc-checklist .met {
            color: var(--yc-success);
        }
        "#
    )
}

/// The list, and a word to screen readers whenever the number of things missing changes. `id` is for the field's
/// description; `rules` are the things it has to have, each with whether it has it.
pub fn password_checklist(id: &'static str, rules: &[(AttrValue, bool)]) -> Html {
    let missing = rules.iter().filter(|(_, met)| !met).count();
    let any_met = missing < rules.len();
    let spoken = match (missing, any_met) {
        (0, _) => AttrValue::Static("The password has all it needs."),
        (_, true) => [&missing.to_string(), " more to go."].concat().into(),
        (_, false) => AttrValue::default(),
    };
    html! {
        <div>
            <ul class="yc-checklist" {id}>
                { for rules.iter().map(|(label, met)| html! {
                    <li class={met.then_some("met")}>
                        { icon(if *met { Shape::Check } else { Shape::Circle }) }
                        <span>{ label }if *met { { visually_hidden(", done".into()) } }</span>
                    </li>
                }) }
            </ul>
            <div role="status">{ visually_hidden(spoken.into()) }</div>
        </div>
    }
}
