//! What settings and clients have to be beyond their types.

use crate::pool::client::{AUTH_FLOWS, Client};
use crate::pool::schema::STANDARD;
use crate::pool::settings::Settings;

/// Passes settings that a pool can have.
///
/// # Errors
/// The field and what is wrong with it.
pub(crate) fn settings(settings: &Settings) -> Result<(), String> {
    let policy = &settings.password_policy;
    if !(6..=99).contains(&policy.minimum_length) {
        return Err("password_policy.minimum_length is 6 to 99".to_owned());
    }
    if policy.history_size > 24 {
        return Err("password_policy.history_size is 0 to 24".to_owned());
    }
    if !(0..=365).contains(&policy.temporary_password_validity_days) {
        return Err("password_policy.temporary_password_validity_days is 0 to 365".to_owned());
    }
    if !settings.username_attributes.is_empty() && !settings.alias_attributes.is_empty() {
        return Err("a pool has username_attributes or alias_attributes, not both".to_owned());
    }
    let known = |name: &String| name.starts_with("custom:") || STANDARD.contains(&name.as_str());
    if let Some(name) = settings.schema.0.keys().find(|name| !known(name)) {
        return Err(format!(
            "schema.{name}: the attribute is neither a standard one nor does it begin with custom:"
        ));
    }
    Ok(())
}

/// Passes what a client can be.
///
/// # Errors
/// The field and what is wrong with it.
pub(crate) fn client(client: &Client) -> Result<(), String> {
    for (name, seconds) in [
        (
            "access_token_validity_seconds",
            client.access_token_validity_seconds,
        ),
        ("id_token_validity_seconds", client.id_token_validity_seconds),
        (
            "refresh_token_validity_seconds",
            client.refresh_token_validity_seconds,
        ),
        (
            "auth_session_validity_seconds",
            client.auth_session_validity_seconds,
        ),
    ] {
        if seconds < 1 {
            return Err(format!("{name}: a validity is at least 1 second"));
        }
    }
    if !(0..=60).contains(&client.refresh_token_rotation.retry_grace_period_seconds) {
        return Err("refresh_token_rotation.retry_grace_period_seconds is 0 to 60".to_owned());
    }
    one_of(&client.explicit_auth_flows, &AUTH_FLOWS, "explicit_auth_flows")?;
    one_of(
        &client.oauth.flows,
        &["code", "implicit", "client_credentials"],
        "oauth.flows",
    )?;
    for (field, urls) in [
        ("oauth.callback_urls", &client.oauth.callback_urls),
        ("oauth.logout_urls", &client.oauth.logout_urls),
    ] {
        if let Some(url) = urls.iter().find(|url| !is_url(url)) {
            return Err(format!("{field}: {url} is no absolute URL without a fragment"));
        }
    }
    Ok(())
}

/// Whether a redirect may go there: an absolute URI without a fragment (RFC 6749, section 3.1.2).
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "#<>\"\\^`{|}".contains(c);
    is_scheme && !rest.is_empty() && !rest.starts_with('/') && !rest.contains(forbidden)
}

fn one_of(given: &[String], known: &[&str], field: &str) -> Result<(), String> {
    match given.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(format!("{field}: {name} is none of {}", known.join(", "))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_go_to_absolute_urls() {
        for url in [
            "http://localhost:8080/",
            "https://example.com/a?b=c",
            "myapp://callback",
        ] {
            assert!(is_url(url), "{url}");
        }
        for other in [
            "",
            "/callback",
            "example.com",
            "https://",
            "https:///a",
            "https://a b/",
            "https://a/#b",
            "1a://b",
        ] {
            assert!(!is_url(other), "{other}");
        }
    }
}
