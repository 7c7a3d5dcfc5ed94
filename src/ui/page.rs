//! The page around the card.

use stylist::yew::use_style;
use yew::prelude::*;

use super::ThemeSwitch;

/// Properties of [`Page`].
#[derive(Properties, Clone, PartialEq)]
pub struct PageProps {
    /// The name or mark at the top.
    pub brand: Html,
    /// The card.
    pub children: Html,
    /// A quiet line at the end.
    #[prop_or_default]
    pub footer: Html,
    /// Room for a list instead of a form.
    #[prop_or_default]
    pub wide: bool,
}

/// A quiet background with the brand at the top and a card in the middle.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let class = use_style!(
        r#"
        display: grid;
        grid-template-rows: auto 1fr auto;
        box-sizing: border-box;
        min-height: 100vh;
        min-height: 100dvh;
        font: 400 var(--yc-text-base) / 1.5 var(--yc-font);
        color: var(--yc-text);
        background: var(--yc-page);
        -webkit-font-smoothing: antialiased;
        -webkit-text-size-adjust: 100%;

        & > header {
            display: flex;
            align-items: center;
            justify-content: space-between;
            gap: var(--yc-space-4);
            padding: var(--yc-space-3) var(--yc-space-4);
            font-weight: 600;
            letter-spacing: -0.01em;
        }
        & > main {
            display: grid;
            align-content: center;
            justify-items: center;
            min-width: 0;
            padding: var(--yc-space-4) var(--yc-space-4) 8vh;
        }
        & > main > div {
            display: grid;
            gap: var(--yc-space-4);
            width: 100%;
            max-width: 26rem;
        }
        & > main > .wide {
            max-width: 40rem;
        }
        & > footer {
            padding: var(--yc-space-4);
            font-size: 0.8125rem;
            color: var(--yc-muted);
            text-align: center;
        }
        @media (min-width: 48rem) {
            & > header {
                padding: var(--yc-space-4) var(--yc-space-6);
            }
        }
        @media (max-width: 30rem) {
            & > main {
                align-content: start;
            }
        }
        "#
    );
    let PageProps {
        brand,
        children,
        footer,
        wide,
    } = props.clone();
    html! {
        <div {class}>
            <header><div>{ brand }</div><ThemeSwitch /></header>
            <main><div class={wide.then_some("wide")}>{ children }</div></main>
            if footer != Html::default() {
                <footer>{ footer }</footer>
            }
        </div>
    }
}
