//! What an error in the answer means. OAuth has few names for much, and the service's words tell which.

/// Why nobody has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The person, or the identity provider in their name, said no.
    Denied,
    /// Nobody is signed in there, and nothing may be shown (`prompt=none`).
    NothingShown,
    /// The identity provider does not tell what the pool needs to know: these attributes.
    AttributesMissing(Vec<String>),
    /// There is an account already, by another way in.
    AnotherWayIn,
    /// The account is linked to the one that exists: the same again will do.
    JustLinked,
    /// An administrator disabled the user.
    UserDisabled,
    /// A Lambda trigger refused, in its own words.
    Trigger(String),
    /// The pool, the app client or the identity provider is set up wrongly.
    Misconfigured(String),
    /// The service or the identity provider failed for now.
    Failed,
    /// Something else.
    Other(String),
}

/// The most of a text that is shown.
const LONGEST: usize = 300;

/// What `error` and its description mean.
#[must_use]
pub fn meaning(error: &str, description: &str) -> Refusal {
    let description: String = description.chars().take(LONGEST).collect();
    let words = plain(&description);
    let has = |text: &str| words.to_ascii_lowercase().contains(text);
    if let Some((_, reason)) = words.split_once(" failed with error ") {
        return match reason.to_ascii_lowercase() {
            reason if reason.contains("already exist") => Refusal::AnotherWayIn,
            _ => Refusal::Trigger(reason.trim().to_owned()),
        };
    }
    if let Some(missing) = missing(&description) {
        return Refusal::AttributesMissing(missing);
    }
    if has("already found an entry for username") {
        return Refusal::JustLinked;
    }
    if has("user is disabled") || has("user is not enabled") {
        return Refusal::UserDisabled;
    }
    // What a provider answers comes behind its name, under whatever name of OAuth's.
    let denied = [
        "access_denied",
        "consent_required",
        "user_cancelled",
        "user denied",
    ];
    let failed = [
        "error - 5",
        "server_error",
        "temporarily_unavailable",
        "invalid saml response",
    ];
    match error {
        "access_denied" => Refusal::Denied,
        "login_required" | "interaction_required" | "account_selection_required" | "consent_required" => {
            Refusal::NothingShown
        }
        _ if denied.into_iter().any(has) => Refusal::Denied,
        "server_error" | "temporarily_unavailable" => Refusal::Failed,
        _ if failed.into_iter().any(has) => Refusal::Failed,
        "unauthorized_client" | "unsupported_response_type" | "invalid_scope" | "invalid_client" => {
            Refusal::Misconfigured(or(words, error))
        }
        _ => Refusal::Other(or(words, error)),
    }
}

/// The attributes that a description says are missing: "attributes required: [email]", or as the schema has it "Invalid
/// user attributes: email: The attribute is required".
fn missing(description: &str) -> Option<Vec<String>> {
    let named = |name: &str| Some(plain(name)).filter(|name| !name.is_empty());
    if let Some((_, list)) = description.split_once("attributes required: [") {
        let names = list.split(']').next().unwrap_or_default().split(',');
        return Some(names.filter_map(named).collect());
    }
    let (_, lines) = description.split_once("user attributes: ")?;
    let lines = lines.split('\n');
    let names = lines.filter_map(|line| line.split_once(": The attribute is required"));
    let names: Vec<String> = names.filter_map(|(name, _)| named(name)).collect();
    (!names.is_empty()).then_some(names)
}

fn or(words: String, error: &str) -> String {
    if words.is_empty() { plain(error) } else { words }
}

/// A text for people, without what would disturb the line it stands in.
fn plain(text: &str) -> String {
    let shown = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let text: String = text.chars().filter(|c| shown(*c)).take(LONGEST).collect();
    text.trim().to_owned()
}
