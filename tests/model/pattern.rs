//! The model's patterns are Java's; this turns them into `regex`'s without changing what they match.

use regex::Regex;

/// Compiles a pattern that has to match the whole text, as the service does it.
///
/// In Java `\d`, `\w`, `\s` and `\S` are about ASCII, and `.` leaves out five line terminators. Anything else that the
/// two dialects read differently is an error, so that no pattern is ever weakened silently.
pub fn compile(java: &str) -> Result<Regex, String> {
    let refuse = |what: &str| Err(format!("{java}: {what} has no translation"));
    let mut translated = String::from(r"\A(?:");
    let mut in_class = false;
    // A leading `(?s)` is the one flag that is used: then `.` is any character in both.
    let any = java.strip_prefix("(?s)");
    let mut rest = any.unwrap_or(java);
    while let Some(first) = rest.chars().next() {
        let length = match (first, rest.as_bytes().get(1)) {
            ('\\', Some(b'p')) => rest.find('}').map_or(rest.len(), |end| end + 1),
            ('\\', Some(b'x')) => 4.min(rest.len()),
            ('\\', _) => 2.min(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        match (token, in_class) {
            (r"\w", true) => translated.push_str("A-Za-z0-9_"),
            (r"\w", false) => translated.push_str("[A-Za-z0-9_]"),
            (r"\d", false) => translated.push_str("[0-9]"),
            (r"\S", true) if translated.ends_with('[') && rest.starts_with(']') => {
                translated.push_str(r"^\t\n\x0B\f\r ");
            }
            (r"\s", true) => translated.push_str(r"\t\n\x0B\f\r "),
            (".", false) if any.is_some() => translated.push_str("(?s:.)"),
            (".", false) => translated.push_str(r"[^\n\r\u{85}\u{2028}\u{2029}]"),
            (r"\t" | r"\n" | r"\r" | r"\-" | r"\{" | r"\}", _) => translated.push_str(token),
            (token, _) if token.starts_with(r"\p{") || token.starts_with(r"\x") => {
                translated.push_str(token);
            }
            (token, _) if token.starts_with('\\') => return refuse(token),
            ("[", true) => return refuse("a class in a class"),
            ("&" | "-" | "~", true) if rest.starts_with(token) => return refuse("a set operation"),
            ("(", false) if rest.starts_with('?') && !rest.starts_with("?:") => {
                return refuse("a special group");
            }
            ("+" | "*" | "?" | "}", false) if rest.starts_with('+') => {
                return refuse("a possessive quantifier");
            }
            _ => {
                in_class = if in_class { token != "]" } else { token == "[" };
                translated.push_str(token);
            }
        }
    }
    translated.push_str(r")\z");
    Regex::new(&translated).map_err(|error| error.to_string())
}
