//! The card.

use stylist::{StyleSource, css};
use yew::prelude::*;

/// What a card shows besides its content.
pub struct Card {
    /// The heading's `id`. Two cards on one page need two.
    pub id: AttrValue,
    /// The screen's heading: an `h1` that can be focused by a program, so that a change of screen is heard.
    pub title: AttrValue,
    /// A sentence under the heading.
    pub description: AttrValue,
    /// The heading, for moving the focus to it.
    pub heading_ref: NodeRef,
    /// A quiet line at the end, such as the way to another screen.
    pub footer: Option<Html>,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-card {
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
        }
        .yc-card > header {
            display: grid;
            gap: var(--yc-space-2);
        }
        .yc-card h1 {
            margin: 0;
            font-size: var(--yc-text-title);
            font-weight: 600;
            line-height: 1.25;
            letter-spacing: -0.02em;
            text-wrap: balance;
            outline: none;
        }
        .yc-card > header > p {
            margin: 0;
            color: var(--yc-muted);
            overflow-wrap: anywhere;
            text-wrap: pretty;
        }
        .yc-card > p {
            margin: 0;
            overflow-wrap: anywhere;
        }
        .yc-card > p > strong {
            display: block;
            font-weight: 600;
        }
        .yc-card > footer {
            color: var(--yc-muted);
            text-align: center;
        }
        .yc-card > footer > .yc-link:not(:only-of-type) {
            display: inline-block;
            margin-inline: var(--yc-space-2);
        }
        @media (max-width: 30rem) {
            .yc-card {
                padding: var(--yc-space-6) var(--yc-space-4);
            }
        }
        "#
    )
}

/// A sheet of paper with a heading.
pub fn card(card: Card, content: Html) -> Html {
    html! {
        <section class="yc-card" aria-labelledby={card.id.clone()}>
            <header>
                <h1 id={card.id} tabindex="-1" ref={card.heading_ref}>{ card.title }</h1>
                <p>{ card.description }</p>
            </header>
            { content }
            if let Some(footer) = card.footer {
                <footer>{ footer }</footer>
            }
        </section>
    }
}
