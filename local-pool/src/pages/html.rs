//! Text as HTML.

use std::fmt::Write as _;

use crate::clock;

/// Text as HTML, safe between tags and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut escaped, c| {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                // Controls and what turns the direction of writing could make a text look like another.
                '\u{0}'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                    if c != '\n' =>
                {
                    escaped.push('\u{fffd}');
                }
                _ => escaped.push(c),
            }
            escaped
        })
}

/// A moment, in UTC, with its date.
pub(super) fn moment(seconds: i64) -> String {
    let text = clock::format_date_time(seconds);
    format!(
        "<time datetime=\"{}Z\">{text} UTC</time>",
        text.replacen(' ', "T", 1)
    )
}

/// A moment of the log or the mailbox: the time of day, in UTC.
pub(super) fn time_of_day(seconds: i64) -> String {
    let text = clock::format_date_time(seconds);
    format!(
        "<time datetime=\"{}Z\" title=\"{text} UTC\">{} UTC</time>",
        text.replacen(' ', "T", 1),
        clock::format_time(seconds),
    )
}

/// A label; `kind` is one of the classes of the style sheet: `good`, `bad`, `wait` or none.
pub(super) fn badge(kind: &str, text: &str) -> String {
    format!("<span class=\"badge {kind}\">{}</span>", escape(text))
}

/// A list of names and values, the latter HTML.
pub(super) fn definitions(rows: &[(&str, String)]) -> String {
    let rows = rows.iter().fold(String::new(), |mut html, (name, value)| {
        // Writing to a String cannot fail.
        let _ = write!(html, "<div><dt>{}</dt><dd>{value}</dd></div>", escape(name));
        html
    });
    format!("<dl>{rows}</dl>")
}

/// A button that copies `text`, next to what it copies: `of` says what that is.
pub(super) fn copy_button(text: &str, of: &str) -> String {
    format!(
        "<button type=\"button\" data-copy=\"{}\" aria-label=\"Copy {}\">Copy</button>",
        escape(text),
        escape(of)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup_or_looks_like_another() {
        assert_eq!(
            escape("</title><script>alert('1')</script>\"&"),
            "&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;"
        );
        assert_eq!(
            escape("a\u{202e}b\u{0}c\u{9b}\nd"),
            "a\u{fffd}b\u{fffd}c\u{fffd}\nd"
        );
        assert_eq!(escape("Zoë 🌻"), "Zoë 🌻");
    }

    #[test]
    fn what_is_put_together_is_escaped() {
        let hostile = "\"><img onerror=x>";
        for html in [
            badge("good", hostile),
            definitions(&[(hostile, String::new())]),
            copy_button(hostile, hostile),
        ] {
            assert!(!html.contains("<img") && !html.contains("\">&gt;<"), "{html}");
        }
    }

    #[test]
    fn moments_are_read_by_people_and_programs() {
        assert_eq!(
            moment(1_741_000_000),
            "<time datetime=\"2025-03-03T11:06:40Z\">2025-03-03 11:06:40 UTC</time>"
        );
        assert!(time_of_day(1_741_000_000).ends_with(">11:06:40 UTC</time>"));
    }
}
