//! The e-mails and text messages.

use std::fmt::Write as _;

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::html::{badge, copy_button, escape, time_of_day};
use super::shell::{self, Place};
use crate::app::App;
use crate::mailbox::{Mail, Reason};

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    to: String,
}

/// GET /mailbox
pub(super) async fn page(State(app): State<App>, Query(filter): Query<Filter>) -> Response {
    let head = format!(
        "<div class=\"title\"><h1>Mailbox</h1>\
         <form method=\"get\" action=\"/mailbox\" class=\"filter\" role=\"search\" data-filter>\
         <label for=\"to\">Address</label>\
         <input id=\"to\" name=\"to\" type=\"search\" value=\"{}\" placeholder=\"All\" autocomplete=\"off\" \
         spellcheck=\"false\"><noscript><button>Show</button></noscript></form></div>",
        escape(&filter.to)
    );
    let list = list(app.world().shared.mailbox().mails(), &filter.to);
    let content = format!("<div id=\"mails\" aria-live=\"polite\">{list}</div>");
    shell::live_page(Place::Mailbox, "Mailbox", &head, &content)
}

fn list<'a>(mails: impl Iterator<Item = &'a Mail>, to: &str) -> String {
    let to = to.trim().to_lowercase();
    let wanted = |mail: &&Mail| mail.to.to_lowercase().contains(&to);
    let cards: String = mails.filter(wanted).map(card).collect();
    match (cards.is_empty(), to.is_empty()) {
        (false, _) => cards,
        (true, true) => shell::empty(
            "No mail yet",
            "Sign up or reset a password, and the code arrives here by itself.",
        ),
        (true, false) => shell::empty("No mail to that address", "Clear the filter to see all of it."),
    }
}

fn card(mail: &Mail) -> String {
    let medium = match mail.medium {
        "SMS" => "Text message",
        _ => "E-mail",
    };
    let of = match mail.reason {
        Reason::Invitation => "temporary password".to_owned(),
        _ => format!("code {}", mail.code),
    };
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<article class=\"card mail\" data-id=\"{id}\"><header><h2>{subject}</h2>{badge}{at}</header>\
         <p class=\"to\">To {to}</p><p class=\"text\">{text}</p>\
         <div class=\"code\"><output>{code}</output>{copy}</div></article>",
        id = mail.id,
        subject = escape(&mail.subject),
        badge = badge("", medium),
        at = time_of_day(mail.at),
        to = escape(&mail.to),
        text = escape(&mail.text),
        code = escape(&mail.code),
        copy = copy_button(&mail.code, &of),
    );
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailbox::{Mailbox, Message};
    use crate::pool::contact::Contact;

    fn mailbox(messages: &[(Contact, &str, Reason, &str)]) -> Mailbox {
        let mut mailbox = Mailbox::default();
        for &(contact, to, reason, code) in messages {
            let message = Message {
                contact,
                to,
                username: "<i>ada</i>",
                reason,
                code,
            };
            mailbox.deliver(&message, 0);
        }
        mailbox
    }

    #[test]
    fn what_a_mail_says_is_text_and_not_markup() {
        let hostile = "\"><script>'&@example.com";
        let mailbox = mailbox(&[(Contact::Email, hostile, Reason::Invitation, "<b>\"9!")]);
        let html = list(mailbox.mails(), "");
        assert!(
            html.contains("To &quot;&gt;&lt;script&gt;&#39;&amp;@example.com"),
            "{html}"
        );
        assert!(html.contains("data-copy=\"&lt;b&gt;&quot;9!\""), "{html}");
        assert!(
            !html.contains("<script") && !html.contains("<i>") && !html.contains("<b>"),
            "{html}"
        );
    }

    #[test]
    fn the_newest_is_on_top_and_text_messages_are_told_from_mails() {
        let mailbox = mailbox(&[
            (Contact::Email, "a@b.c", Reason::SignUp, "111111"),
            (Contact::PhoneNumber, "+12025550199", Reason::Mfa, "222222"),
        ]);
        let html = list(mailbox.mails(), "");
        assert!(html.find("222222").unwrap() < html.find("111111").unwrap());
        assert!(html.find("Text message").unwrap() < html.find("E-mail").unwrap());
        assert!(html.contains("aria-label=\"Copy code 222222\""));
    }

    #[test]
    fn an_invitation_shows_the_temporary_password() {
        let mailbox = mailbox(&[(Contact::Email, "a@b.c", Reason::Invitation, "Temporary-42!")]);
        let html = list(mailbox.mails(), "");
        assert!(html.contains("<output>Temporary-42!</output>"));
        assert!(html.contains("aria-label=\"Copy temporary password\""));
    }

    #[test]
    fn a_filter_leaves_the_mails_of_one_address_and_an_empty_box_says_so() {
        let mailbox = mailbox(&[
            (Contact::Email, "ada@example.com", Reason::SignUp, "111111"),
            (Contact::Email, "eve@example.com", Reason::SignUp, "222222"),
        ]);
        let html = list(mailbox.mails(), " ADA@ex");
        assert!(html.contains("111111") && !html.contains("222222"));
        assert!(list(mailbox.mails(), "nobody").contains("No mail to that address"));
        assert!(list(Mailbox::default().mails(), "").contains("No mail yet"));
    }
}
