//! The page around the card.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::ThemeSwitch;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-page {
            display: grid;
            grid-template-rows: auto 1fr;
            box-sizing: border-box;
            min-height: 100vh;
            min-height: 100dvh;
            font: 400 var(--yc-text-base) / 1.5 var(--yc-font);
            color: var(--yc-text);
            background: var(--yc-page);
            -webkit-font-smoothing: antialiased;
            -webkit-text-size-adjust: 100%;
        }
        .yc-page > header {
            display: flex;
            align-items: center;
            justify-content: space-between;
            gap: var(--yc-space-4);
            padding: var(--yc-space-3) var(--yc-space-4);
            font-weight: 600;
            letter-spacing: -0.01em;
        }
        .yc-page > main {
            display: grid;
            align-content: center;
            justify-items: center;
            min-width: 0;
            padding: var(--yc-space-4) var(--yc-space-4) 8vh;
        }
        .yc-page > main > div {
            display: grid;
            align-content: start;
            min-height: var(--yc-held, 0);
            gap: var(--yc-space-4);
            width: 100%;
            max-width: 26rem;
        }
        .yc-page > main > .wide {
            max-width: 40rem;
        }
        .yc-narrow {
            max-width: 26rem;
            margin-inline: auto;
        }
        @media (min-width: 48rem) {
            .yc-page > header {
                padding: var(--yc-space-4) var(--yc-space-6);
            }
        }
        @media (max-width: 30rem) {
            .yc-page > main {
                align-content: start;
            }
            .yc-page > main > div {
                min-height: 0;
            }
        }
        "#
    )
}

/// As wide as a form is, where there is room for more.
pub fn narrow(content: Html) -> Html {
    html! { <div class="yc-narrow">{ content }</div> }
}

/// A quiet background with the brand at the top and a card in the middle. `wide` has room for a list instead of a
/// form.
pub fn page(brand: AttrValue, wide: bool, content: Html) -> Html {
    html! {
        <div class="yc-page">
            <header><div>{ brand }</div><ThemeSwitch /></header>
            <main><div class={wide.then_some("wide")}>{ content }</div></main>
        </div>
    }
}
