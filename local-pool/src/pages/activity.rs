//! The log of operations.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::html::{badge, escape, time_of_day};
use super::shell::{self, Place};
use crate::activity::Entry;
use crate::app::App;

/// As many as a page shows.
const SHOWN: usize = 300;

#[derive(Deserialize)]
pub(super) struct Filter {
    /// `refused` for those alone.
    #[serde(default)]
    show: String,
}

/// GET /activity
pub(super) async fn page(State(app): State<App>, Query(filter): Query<Filter>) -> Response {
    let refused_only = filter.show == "refused";
    let choice = |path: &str, name: &str, chosen: bool| {
        let current = if chosen { " aria-current=\"true\"" } else { "" };
        format!("<a href=\"{path}\"{current}>{name}</a>")
    };
    let head = format!(
        "<div class=\"title\"><h1>Activity</h1><div class=\"choice\" role=\"group\" aria-label=\"Show\">{}{}</div></div>",
        choice("/activity", "All", !refused_only),
        choice("/activity?show=refused", "Refused", refused_only),
    );
    let list = list(app.world().activity.entries().rev(), refused_only);
    shell::live_page(Place::Activity, "Activity", &head, &list)
}

fn list<'a>(entries: impl Iterator<Item = &'a Entry>, refused_only: bool) -> String {
    let wanted = |entry: &&Entry| !refused_only || entry.is_refusal();
    let rows: String = entries.filter(wanted).take(SHOWN).map(row).collect();
    match (rows.is_empty(), refused_only) {
        (false, _) => format!("<ol class=\"card rows log\">{rows}</ol>"),
        (true, false) => shell::empty(
            "Nothing has happened yet",
            "Every operation that an app calls shows up here by itself.",
        ),
        (true, true) => shell::empty(
            "Nothing was refused",
            "What an app is refused shows up here, and why.",
        ),
    }
}

fn row(entry: &Entry) -> String {
    let outcome = match (entry.fault, entry.is_refusal(), entry.outcome.as_str()) {
        (true, ..) => badge("wait", &format!("Injected fault: {}", entry.outcome)),
        (_, true, outcome) => badge("bad", outcome),
        (_, _, "ok") => badge("good", "OK"),
        (_, _, challenge) => badge("", &format!("asks for {challenge}")),
    };
    let flow = entry
        .flow
        .as_deref()
        .map(|flow| format!(" <code>{}</code>", escape(flow)));
    let who = entry
        .concerned
        .user
        .as_deref()
        .map(|user| format!("<p class=\"who\">{}</p>", escape(user)));
    let reason = entry.reason.as_deref();
    let reason = reason.map(|reason| format!("<p class=\"reason\">{}</p>", escape(reason)));
    let client = entry
        .concerned
        .client
        .as_deref()
        .map(|client| format!("client {}", escape(client)));
    let pool = entry.concerned.pool.as_deref().map(escape);
    let took = entry.milliseconds.map(|took| format!("{took} ms"));
    let details: Vec<_> = [pool, client, took].into_iter().flatten().collect();
    format!(
        "<li data-id=\"{id}\"><div class=\"when\">{at}</div><div class=\"what\"><p><b>{operation}</b>{flow}</p>{who}\
         {reason}<p class=\"soft\">{details}</p></div><div class=\"outcome\">{outcome}</div></li>",
        id = entry.id,
        at = time_of_day(entry.at),
        operation = escape(&entry.operation),
        flow = flow.unwrap_or_default(),
        who = who.unwrap_or_default(),
        reason = reason.unwrap_or_default(),
        details = details.join(" · "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Concerned;

    fn entry(operation: &str, reason: Option<&str>) -> Entry {
        Entry {
            operation: operation.to_owned(),
            outcome: reason.map_or("ok", |_| "NotAuthorizedException").to_owned(),
            reason: reason.map(str::to_owned),
            ..Entry::default()
        }
    }

    #[test]
    fn a_refusal_says_why_and_can_be_had_alone() {
        let fault = Entry {
            fault: true,
            outcome: "dropped".to_owned(),
            ..entry("GetUser", None)
        };
        let entries = [
            entry("SignUp", None),
            entry("InitiateAuth", Some("User is disabled.")),
            fault,
        ];
        let all = list(entries.iter(), false);
        assert!(all.contains("SignUp") && all.contains("User is disabled."));
        let refused = list(entries.iter(), true);
        assert!(!refused.contains("SignUp") && refused.contains("NotAuthorizedException"));
        assert!(refused.contains("Injected fault: dropped"));
        assert!(list(entries[..1].iter(), true).contains("Nothing was refused"));
        assert!(list([].iter(), false).contains("Nothing has happened yet"));
    }

    #[test]
    fn hostile_names_are_text() {
        let hostile = "<img src=x onerror=\"1\">";
        let name = || Some(hostile.to_owned());
        let entry = Entry {
            flow: name(),
            concerned: Concerned {
                pool: name(),
                client: name(),
                user: name(),
            },
            outcome: hostile.to_owned(),
            ..entry(hostile, Some(hostile))
        };
        let html = list([entry].iter(), false);
        assert_eq!(html.matches("&lt;img").count(), 7, "{html}");
        assert!(!html.contains("<img"));
    }
}
