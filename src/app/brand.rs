//! The name of the site.

use yew::prelude::*;

/// What `<meta name="application-name">` says, so that a deployment can name itself without a build.
pub fn brand() -> AttrValue {
    let meta = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| {
            document
                .query_selector("meta[name=application-name]")
                .ok()
                .flatten()
        });
    let name = meta
        .and_then(|meta| meta.get_attribute("content"))
        .filter(|name| !name.trim().is_empty());
    name.map_or(AttrValue::Static("Your account"), AttrValue::from)
}
