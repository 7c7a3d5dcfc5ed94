//! Which pages may use a relying party's passkeys.

/// Whether a page of `origin` (serialised as browsers do: lower case, without a path) may use the passkeys
/// of `relying_party_id`: its host is that domain or a subdomain of it, over HTTPS; plain HTTP is for
/// `localhost` alone, with any port.
pub(super) fn is_allowed(origin: &str, relying_party_id: &str) -> bool {
    let (rest, secure) = match (origin.strip_prefix("https://"), origin.strip_prefix("http://")) {
        (Some(rest), _) => (rest, true),
        (_, Some(rest)) => (rest, false),
        _ => return false,
    };
    let host = match rest.split_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host,
        Some(_) => return false,
        None => rest,
    };
    let is_domain = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    is_domain && is_within(host, relying_party_id) && (secure || is_within(host, "localhost"))
}

fn is_within(host: &str, domain: &str) -> bool {
    host == domain
        || host
            .strip_suffix(domain)
            .is_some_and(|subdomain| subdomain.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn a_domain_and_its_subdomains_over_https() {
        for origin in [
            "https://example.com",
            "https://example.com:8443",
            "https://app.example.com",
            "https://a.b.example.com",
        ] {
            assert!(is_allowed(origin, "example.com"), "{origin}");
        }
        for origin in [
            "http://example.com",
            "https://badexample.com",
            "https://example.com.evil.test",
            "https://com",
            "https://example.org",
            "https://example.com/",
            "https://example.com:",
            "https://example.com:99999",
            "https://user@example.com",
            "https://evil.test/.example.com",
            "https://evil.test#.example.com",
            "https://",
            "android:apk-key-hash:example.com",
            "null",
            "",
        ] {
            assert!(!is_allowed(origin, "example.com"), "{origin}");
        }
    }

    #[test]
    fn http_for_localhost_alone() {
        for origin in [
            "http://localhost",
            "http://localhost:8080",
            "https://localhost:8443",
            "http://app.localhost:3000",
        ] {
            assert!(is_allowed(origin, "localhost"), "{origin}");
        }
        for origin in [
            "http://127.0.0.1:8080",
            "http://localhost.evil.test",
            "http://[::1]:8080",
        ] {
            assert!(!is_allowed(origin, "localhost"), "{origin}");
        }
    }
}
