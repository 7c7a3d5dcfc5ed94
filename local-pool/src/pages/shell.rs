//! What all pages have in common: head, navigation, and the part that is kept up to date.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::html::escape;

/// The pages of the navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Home,
    Mailbox,
    Users,
    Activity,
}

const PLACES: [(Place, &str, &str); 4] = [
    (Place::Home, "/", "Home"),
    (Place::Mailbox, "/mailbox", "Mailbox"),
    (Place::Users, "/users", "Users"),
    (Place::Activity, "/activity", "Activity"),
];

/// A page: `main` is HTML.
pub(super) fn page(place: Place, title: &str, main: &str) -> Response {
    let links: String = PLACES
        .iter()
        .map(|(of, path, name)| {
            let current = if *of == place {
                " aria-current=\"page\""
            } else {
                ""
            };
            format!("<li><a href=\"{path}\"{current}>{name}</a></li>")
        })
        .collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · Local user pool</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"/pages.css\"><link rel=\"icon\" href=\"data:,\">\
         <script type=\"module\" src=\"/pages.js\"></script></head>\
         <body><a class=\"skip\" href=\"#main\">Skip to content</a>\
         <header class=\"top\"><div><strong>Local user pool</strong>\
         <nav aria-label=\"Pages\"><ul>{links}</ul></nav></div></header>\
         <main id=\"main\" tabindex=\"-1\">{main}</main></body></html>",
        title = escape(title),
    );
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// A page whose `content` follows what happens in the pools. `head` stays as it is.
pub(super) fn live_page(place: Place, title: &str, head: &str, content: &str) -> Response {
    let main = format!(
        "{head}<p class=\"connection\" role=\"status\" id=\"status\"></p>\
         <div id=\"live\">{content}</div>"
    );
    page(place, title, &main)
}

/// What stands where there is nothing yet; `more` says how to get something.
pub(super) fn empty(what: &str, more: &str) -> String {
    format!(
        "<div class=\"empty\"><p class=\"big\">{}</p><p>{}</p></div>",
        escape(what),
        escape(more)
    )
}
