//! Who may see and drive the pool: programs of this machine, not web pages of others.

use axum::http::{HeaderMap, header};

/// Passes a request to this very server (against DNS rebinding) that no other site's page has made.
///
/// # Errors
/// What is wrong, in words.
pub(crate) fn check(headers: &HeaderMap, port: u16) -> Result<(), &'static str> {
    let own = |authority: &str| {
        authority
            .rsplit_once(':')
            .is_some_and(|(host, at)| matches!(host, "127.0.0.1" | "localhost") && at == port.to_string())
    };
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if !text(header::HOST).is_some_and(own) {
        return Err("The Host header does not name this server");
    }
    let origin = text(header::ORIGIN);
    if origin.is_some_and(|origin| !origin.strip_prefix("http://").is_some_and(own)) {
        return Err("Pages of other origins may not use this");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(host: Option<&str>, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        }
        check(&headers, 9229).is_ok()
    }

    #[test]
    fn only_this_server_and_its_own_pages_pass() {
        assert!(pass(Some("127.0.0.1:9229"), None));
        assert!(pass(Some("localhost:9229"), Some("http://localhost:9229")));
        for host in [
            None,
            Some("127.0.0.1"),
            Some("127.0.0.1:80"),
            Some("evil.example:9229"),
        ] {
            assert!(!pass(host, None), "{host:?}");
        }
        for origin in [
            "null",
            "http://localhost:8080",
            "https://localhost:9229",
            "http://evil.example:9229",
            "",
        ] {
            assert!(!pass(Some("127.0.0.1:9229"), Some(origin)), "{origin}");
        }
    }
}
