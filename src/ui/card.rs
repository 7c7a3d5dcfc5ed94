//! The card.

use stylist::yew::use_style;
use yew::prelude::*;

/// Properties of [`Card`].
#[derive(Properties, Clone, PartialEq)]
pub struct CardProps {
    /// The heading's `id`. Two cards on one page need two.
    #[prop_or(AttrValue::Static("title"))]
    pub id: AttrValue,
    /// The screen's heading: an `h1` that can be focused by a program, so that a change of screen is heard.
    pub title: AttrValue,
    /// A sentence under the heading.
    #[prop_or_default]
    pub description: Html,
    /// The heading, for moving the focus to it.
    #[prop_or_default]
    pub heading_ref: NodeRef,
    /// What it holds.
    #[prop_or_default]
    pub children: Html,
    /// A quiet line at the end, such as the way to another screen.
    #[prop_or_default]
    pub footer: Html,
}

/// A sheet of paper with a heading.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let class = use_style!(
        r#"
        display: grid;
        gap: var(--yc-space-6);
        box-sizing: border-box;
        width: 100%;
        padding: var(--yc-space-8);
        color: var(--yc-text);
        background: var(--yc-surface);
        border: 1px solid var(--yc-border);
        border-radius: var(--yc-radius-large);
        box-shadow: var(--yc-shadow);

        & > header {
            display: grid;
            gap: var(--yc-space-2);
        }
        h1 {
            margin: 0;
            font-size: var(--yc-text-title);
            font-weight: 600;
            line-height: 1.25;
            letter-spacing: -0.02em;
            text-wrap: balance;
            outline: none;
        }
        & > header > p {
            margin: 0;
            color: var(--yc-muted);
            overflow-wrap: anywhere;
            text-wrap: pretty;
        }
        & > footer {
            color: var(--yc-muted);
            text-align: center;
        }
        @media (max-width: 30rem) {
            padding: var(--yc-space-6) var(--yc-space-4);
        }
        "#
    );
    let CardProps {
        id,
        title,
        description,
        heading_ref,
        children,
        footer,
    } = props.clone();
    html! {
        <section {class} aria-labelledby={id.clone()}>
            <header>
                <h1 {id} tabindex="-1" ref={heading_ref}>{ title }</h1>
                if description != Html::default() {
                    <p>{ description }</p>
                }
            </header>
            { children }
            if footer != Html::default() {
                <footer>{ footer }</footer>
            }
        </section>
    }
}
