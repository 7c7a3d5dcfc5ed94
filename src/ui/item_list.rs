//! A list of things with something to do about each.

use stylist::{StyleSource, css};
use yew::{prelude::*, virtual_dom::Key};

/// One thing of an [`item_list`].
pub struct Item {
    /// Tells it from the others.
    pub key: Key,
    /// What it is.
    pub title: AttrValue,
    /// A badge or two beside that.
    pub badges: Html,
    /// A line about it.
    pub detail: Option<AttrValue>,
    /// Buttons, or a question about what one of them does.
    pub actions: Html,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-items {
            margin: 0;
            padding: 0;
            list-style: none;
        }
        .yc-items > li {
            display: flex;
            flex-wrap: wrap;
            align-items: center;
            justify-content: space-between;
            gap: var(--yc-space-2) var(--yc-space-4);
            padding-block: var(--yc-space-3);
            border-top: 1px solid var(--yc-border);
        }
        .yc-items > li:last-child {
            border-bottom: 1px solid var(--yc-border);
        }
        .yc-items .what {
            flex: 1 1 12rem;
            min-width: 0;
            overflow-wrap: anywhere;
        }
        .yc-items .title {
            display: flex;
            flex-wrap: wrap;
            align-items: baseline;
            gap: var(--yc-space-1) var(--yc-space-2);
            font-weight: 500;
        }
        .yc-items > li > [role="group"],
        .yc-section > div > [role="group"] {
            display: grid;
            gap: var(--yc-space-3);
            width: 100%;
            outline: none;
        }
        .yc-items > li > [role="group"] > p,
        .yc-section > div > [role="group"] > p {
            margin: 0;
        }
        .yc-items .detail {
            font-size: var(--yc-text-small);
            color: var(--yc-muted);
        }
        "#
    )
}

/// The things, each with its actions beside it; on narrow screens under it.
pub fn item_list(items: Vec<Item>) -> Html {
    // Safari takes a list without bullets for no list, unless it has the role.
    html! { <ul class="yc-items" role="list">{ for items.into_iter().map(item) }</ul> }
}

fn item(item: Item) -> Html {
    html! {
        <li key={item.key}>
            <div class="what">
                <div class="title">{ item.title }{ item.badges }</div>
                { for item.detail.map(|detail| html! { <div class="detail">{ detail }</div> }) }
            </div>
            { item.actions }
        </li>
    }
}
