//! The model's patterns, written for Java, on the `regex` crate.

use std::sync::OnceLock;

use regex::Regex;

/// A pattern that a text has to match as a whole. It is compiled when it is first needed.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    compiled: OnceLock<Result<Regex, String>>,
}

impl Pattern {
    pub(super) fn new(source: String) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as the model has it.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Whether the whole of `text` matches; nothing matches a pattern that cannot be translated.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.compile().is_ok_and(|regex| regex.is_match(text))
    }

    pub(super) fn compile(&self) -> Result<&Regex, &str> {
        let compiled = self.compiled.get_or_init(|| {
            let translated = translate(&self.source)?;
            Regex::new(&translated).map_err(|error| error.to_string())
        });
        compiled.as_ref().map_err(String::as_str)
    }
}

/// Without `(?s)`, Java's dot stops at all of these.
const DOT: &str = r"[^\n\r\x{85}\x{2028}\x{2029}]";

/// Writes a Java pattern in the dialect of `regex`, with the same meaning.
///
/// # Errors
/// A construct that the two may read differently and that is not translated.
fn translate(java: &str) -> Result<String, String> {
    let (dot, pattern) = match java.strip_prefix("(?s)") {
        Some(rest) => ("(?s:.)", rest),
        None => (DOT, java),
    };
    let mut regex = String::from(r"\A(?:");
    let mut in_class = false;
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        let next = chars.peek().copied();
        match char {
            '\\' => {
                let escaped = chars.next().ok_or("a lone backslash")?;
                match escaped {
                    // Java's are about ASCII, as the POSIX classes are here.
                    'w' => push_class("[:word:]", in_class, &mut regex),
                    's' => push_class("[:space:]", in_class, &mut regex),
                    'S' => push_class("[:^space:]", in_class, &mut regex),
                    'd' => push_class("[:digit:]", in_class, &mut regex),
                    // What follows `p` and `x` is the same in both.
                    'p' | 'x' | 't' | 'n' | 'r' => regex.extend(['\\', escaped]),
                    _ if escaped.is_ascii_punctuation() => regex.extend(['\\', escaped]),
                    _ => return Err(format!("\\{escaped} has no translation")),
                }
            }
            '[' if in_class => return Err("a class in a class".to_owned()),
            '&' | '-' | '~' if in_class && next == Some(char) => return Err("a set operation".to_owned()),
            '(' if !in_class && next == Some('?') => {
                chars.next();
                if chars.next() != Some(':') {
                    return Err("a special group".to_owned());
                }
                regex.push_str("(?:");
            }
            '+' | '*' | '?' | '}' if !in_class && next == Some('+') => {
                return Err("a possessive quantifier".to_owned());
            }
            '.' if !in_class => regex.push_str(dot),
            _ => {
                in_class = if in_class { char != ']' } else { char == '[' };
                regex.push(char);
            }
        }
    }
    regex.push_str(r")\z");
    Ok(regex)
}

fn push_class(class: &str, in_class: bool, regex: &mut String) {
    if in_class {
        regex.push_str(class);
    } else {
        regex.extend(["[", class, "]"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_keep_their_java_meaning() {
        for (java, text, matches) in [
            (r"[\w+-]+", "a_Z9+-", true),
            (r"[\w+-]+", "é", false),
            (r"[\w+-]+", "a\n", false),
            (r"\w{2}", "a_", true),
            (r"\d+", "٣", false),
            (r"[\S]+", "é\u{a0}!", true),
            (r"[\S]+", "a\u{b}", false),
            (r"[\w\s+=.@-]+", "a \u{b}\t-", true),
            (r"[\w\s+=.@-]+", "a\u{a0}", false),
            (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "Grüße+1_٣…✓", true),
            (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a\u{200b}b", false),
            (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a b", false),
            (r"[A-Za-z0-9-_=.]+", "a-_=.", true),
            (r"[A-Za-z0-9-_=.]+", "a:", false),
            (r"[\w-]+_[0-9a-f-]+", "us-east-1_0a1b-2c", true),
            (r"[\w-]+_[0-9a-f-]+", "us-east-1", false),
            (r"[\x21\x23-\x5B\x5D-\x7E]+", "!#[]~", true),
            (r"[\x21\x23-\x5B\x5D-\x7E]+", "\\", false),
            (r"[^_\p{Z}][\p{L}][^_\p{Z}]+", "aé\n", true),
            (r"[^_\p{Z}][\p{L}][^_\p{Z}]+", "_aa", false),
            (r"^[a-z]+$", "a", true),
            (r"^[a-z]+$", "a\n", false),
            (r"a|b", "ab", false),
            (r".*\{####\}.*", "Code: {####}.", true),
            (r".*\{####\}.*", "Code:\u{2028}{####}", false),
            (r".*\{####\}.*", "{###}", false),
            (r"(?s).*", "a\r\nb", true),
        ] {
            assert_eq!(
                Pattern::new(java.to_owned()).matches(text),
                matches,
                "{java} on {text:?}"
            );
        }
    }

    #[test]
    fn what_would_change_its_meaning_is_refused() {
        for java in [
            r"\bA",
            r"\h",
            r"\",
            "[a-z&&[^b]]",
            "[a&&b]",
            "[a--b]",
            "[a[b]]",
            "a++",
            "a{2}+",
            "(?<name>a)",
            "(?i)a",
            "a)",
        ] {
            let pattern = Pattern::new(java.to_owned());
            assert!(pattern.compile().is_err(), "{java}");
            assert!(!pattern.matches("a"), "{java}");
        }
    }
}
