//! The pages for people: a landing page and the mailbox.

use std::fmt::Write as _;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::app::App;
use crate::mailbox::Mail;
use crate::{clock, control, guard, seed};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The mailbox, what it is made of, and the style sheet of both pages.
pub(crate) fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/mailbox", get(mailbox))
        .route("/mailbox/mails", get(mails))
        .route("/pages.css", get(css))
        .route("/mailbox.js", get(js))
        .layer(middleware::from_fn(hardened))
        .layer(middleware::from_fn_with_state(app.clone(), control::only_own))
}

async fn hardened(request: Request, next: Next) -> Response {
    with_policy(next.run(request).await)
}

fn with_policy(response: Response) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, response).into_response()
}

fn html(body: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}

async fn css() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (headers, include_str!("../assets/pages.css")).into_response()
}

async fn js() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (headers, include_str!("../assets/mailbox.js")).into_response()
}

/// GET /
pub(crate) async fn landing(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Err(reason) = guard::check(&headers, app.port) {
        return (StatusCode::FORBIDDEN, reason).into_response();
    }
    let users = seed::USERS.iter().fold(String::new(), |mut rows, user| {
        let cells = [user.email, user.password, user.note].map(escape);
        // Writing to a String cannot fail.
        let _ = write!(
            rows,
            "<tr><td>{}<td><code>{}</code><td>{}",
            cells[0], cells[1], cells[2]
        );
        rows
    });
    let pool = seed::POOL_ID;
    let client = seed::CLIENT_ID;
    with_policy(html(page(
        "Local user pool",
        &format!(
            "<h1>Local user pool</h1><p>An Amazon Cognito user pool for development, on this machine only.</p>\
             <p><a class=\"button\" href=\"/mailbox\">Open the mailbox</a></p>\
             <section class=\"card\"><h2>Settings</h2><dl><dt>Pool id<dd><code>{pool}</code>\
             <dt>Client id<dd><code>{client}</code>\
             <dt>Endpoint<dd><code>http://127.0.0.1:{port}</code></dl>\
             <p><a href=\"/{pool}/.well-known/jwks.json\">Keys</a> · \
             <a href=\"/{pool}/.well-known/openid-configuration\">OpenID configuration</a> · \
             <a href=\"/control/log\">Log</a></p></section>\
             <section class=\"card\"><h2>Users</h2><div class=\"scroll\"><table><thead><tr><th>E-mail<th>Password<th>\
             </thead><tbody>{users}</table></div></section>",
            port = app.port,
        ),
        "",
    )))
}

/// GET /mailbox
async fn mailbox(State(app): State<App>) -> Response {
    let mails = list(app.world().shared.mailbox().mails());
    html(page(
        "Mailbox",
        &format!(
            "<header><h1>Mailbox</h1><a href=\"/\">Local user pool</a></header>\
             <p class=\"status\" role=\"status\" id=\"status\"></p>\
             <div id=\"mails\" aria-live=\"polite\">{mails}</div>"
        ),
        "<script type=\"module\" src=\"/mailbox.js\"></script>",
    ))
}

/// GET /mailbox/mails: the list alone, for the page to bring itself up to date.
async fn mails(State(app): State<App>) -> Response {
    html(list(app.world().shared.mailbox().mails()))
}

fn page(title: &str, main: &str, head: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"/pages.css\"><link rel=\"icon\" href=\"data:,\">{head}</head>\
         <body><main>{main}</main></body></html>",
        escape(title)
    )
}

fn list<'a>(mails: impl Iterator<Item = &'a Mail>) -> String {
    let cards = mails.fold(String::new(), |mut cards, mail| {
        let [to, subject, text, code] = [&mail.to, &mail.subject, &mail.text, &mail.code].map(|text| escape(text));
        let at = clock::format_time(mail.at);
        // Writing to a String cannot fail.
        let _ = write!(
            cards,
            "<article class=\"card mail\" data-id=\"{id}\"><header><h2>{subject}</h2><time>{at} UTC</time></header>\
             <p class=\"to\">To {to}</p><p>{text}</p>\
             <div class=\"code\"><output>{code}</output>\
             <button type=\"button\" data-code=\"{code}\" aria-label=\"Copy code {code}\">Copy</button></div></article>",
            id = mail.id,
        );
        cards
    });
    if cards.is_empty() {
        "<div class=\"empty\"><p class=\"big\">No mail yet</p>\
         <p>Sign up or reset a password, and the code arrives here by itself.</p></div>"
            .to_owned()
    } else {
        cards
    }
}

/// Text as HTML, safe between tags and in quoted attributes.
fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut escaped, c| {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                _ => escaped.push(c),
            }
            escaped
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailbox::{Message, Reason};
    use crate::pool::user::Contact;

    fn deliver(mailbox: &mut Mailbox, to: &str, reason: Reason, code: &str) {
        let message = Message {
            contact: Contact::Email,
            to,
            username: "ada",
            reason,
            code,
        };
        mailbox.deliver(&message, 0);
    }

    use crate::mailbox::Mailbox;

    #[test]
    fn what_a_mail_says_is_text_and_not_markup() {
        let mut mailbox = Mailbox::default();
        deliver(
            &mut mailbox,
            "\"><script>'&@example.com",
            Reason::SignUp,
            "123456",
        );
        let html = list(mailbox.mails());
        assert!(
            html.contains("&quot;&gt;&lt;script&gt;&#39;&amp;@example.com"),
            "{html}"
        );
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn the_newest_mail_is_on_top_and_an_empty_box_says_so() {
        assert!(list([].into_iter()).contains("No mail yet"));
        let mut mailbox = Mailbox::default();
        deliver(&mut mailbox, "a@b.c", Reason::SignUp, "111111");
        deliver(&mut mailbox, "a@b.c", Reason::Reset, "222222");
        let html = list(mailbox.mails());
        assert!(html.find("222222").unwrap() < html.find("111111").unwrap());
    }
}
