//! Which addresses are sent a token, and which may be put on the list.

use proptest::prelude::*;

use super::{super::origins::Origins, *};

fn allowed(origins: &[&str]) -> Origins {
    let mut list = Origins::default();
    for origin in origins {
        list.allow(resolve(origin)).unwrap();
    }
    list
}

fn takes_token(list: &Origins, url: &str) -> Result<bool, ApiError> {
    list.takes_token(&resolve(url).ok_or(ApiError::Url)?, false)
}

#[test]
fn ways_to_write_the_api_itself() {
    let list = allowed(&[API]);
    for url in [
        "https://api.example.com",
        "https://api.example.com/things?x=1#y",
        "https://API.example.com:443/things",
        "HTTPS://api.EXAMPLE.com",
        "https:\\\\api.example.com\\things",
        " https://api.example.com ",
        "ht\ntps://api.exa\tmple.com",
        "//api.example.com/things",
        "https://api.example.com\\@evil.example",
        "https://api.example.com/@evil.example",
        "https://api.example.com?@evil.example",
        "https://api.example.com#@evil.example",
        "https://api%2eexample.com",
        "https://ａｐｉ.example.com",
        "https://api。example.com",
        "https://@api.example.com",
    ] {
        assert_eq!(takes_token(&list, url), Ok(true), "{url}");
    }
}

#[test]
fn what_only_looks_like_the_api() {
    let list = allowed(&[API]);
    for url in [
        "https://api.example.com.evil.example",
        "https://api.example.com.",
        "https://api.example.com:8443",
        "https://api.example.com:80",
        "http://api.example.com",
        "http://api.example.com:443",
        "https://example.com",
        "https://evil.example/https://api.example.com",
        "https://evil.example?https://api.example.com",
        "https://evil.example#@api.example.com",
        "https://evil.example\\@api.example.com",
        "https://api.example.co",
        "https://xapi.example.com",
        "https://api-example.com",
        "https://аpi.example.com",
        "https://api.example.com\u{200b}.evil.example",
        // To a page by https a path of its own.
        "https:api.example.com",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "/things",
        "things",
        "",
    ] {
        let verdict = takes_token(&list, url);
        assert!(
            matches!(verdict, Err(ApiError::NotAllowed { .. })),
            "{url}: {verdict:?}"
        );
        assert_eq!(list.takes_token(&resolve(url).unwrap(), true), Ok(false), "{url}");
    }
}

#[test]
fn what_cannot_be_called_at_all() {
    let list = allowed(&[API]);
    for url in [
        "https://api.example.com@evil.example",
        "https://user@api.example.com",
        "https://user:password@api.example.com",
        "https://:password@api.example.com",
        "data:text/html,https://api.example.com",
        "blob:https://api.example.com/2f5c",
        "filesystem:https://api.example.com/x",
        "javascript:fetch('https://api.example.com')",
        "file:///https://api.example.com",
        "ftp://api.example.com",
        "wss://api.example.com",
        "about:blank",
        "https://",
        "https://api.example.com:99999",
        "https://api exam.ple",
    ] {
        assert_eq!(takes_token(&list, url), Err(ApiError::Url), "{url}");
        if let Some(address) = resolve(url) {
            assert_eq!(list.takes_token(&address, true), Err(ApiError::Url), "{url}");
        }
    }
}

#[test]
fn relative_addresses_are_the_pages_own() {
    let list = allowed(&["https://app.example.com:443/"]);
    for url in [
        "/things",
        "things?x",
        "../up",
        "?x",
        "#x",
        "",
        "//app.example.com/x",
    ] {
        assert_eq!(takes_token(&list, url), Ok(true), "{url}");
    }
    assert!(takes_token(&list, "//api.example.com/x").is_err());
}

#[test]
fn the_pages_own_origin_is_not_that_of_its_base() {
    let web = FakeWeb::default();
    web.base.set(Some("https://cdn.example/app/"));
    let mut api = FakeEngine::signed_in().api(&web);
    api.allow_own_origin(&web).unwrap();
    let takes_token = |text| api.origins.takes_token(&web.resolve(text).unwrap(), false);
    assert_eq!(takes_token("https://app.example.com/things"), Ok(true));
    let origin = "https://cdn.example".to_owned();
    assert_eq!(takes_token("/things"), Err(ApiError::NotAllowed { origin }));
}

#[test]
fn origins_that_may_be_put_on_the_list() {
    for (written, url) in [
        ("https://API.example.com:443/", "https://api.example.com/x"),
        ("https://api.example.com:8443", "https://api.example.com:8443/x"),
        ("https://bücher.example", "https://xn--bcher-kva.example/x"),
        ("http://localhost:3000", "http://LOCALHOST:3000/x"),
        ("http://127.0.0.1:80", "http://127.0.0.1/x"),
        ("http://127.8.9.10", "http://0x7f08090a/x"),
        ("http://[::1]:3000", "http://[0:0:0:0:0:0:0:1]:3000/x"),
        ("https://[2001:db8::1]", "https://[2001:db8:0::1]/x"),
    ] {
        assert_eq!(takes_token(&allowed(&[written]), url), Ok(true), "{written}");
    }
}

#[test]
fn origins_that_may_not_be_put_on_the_list() {
    use OriginProblem::*;
    for (written, problem) in [
        ("https://api.example.com/v1", MoreThanAnOrigin),
        ("https://api.example.com?x", MoreThanAnOrigin),
        ("https://api.example.com#x", MoreThanAnOrigin),
        ("https://user@api.example.com", UserInfo),
        ("https://:password@api.example.com", UserInfo),
        ("http://api.example.com", Plaintext),
        ("http://localhost.example.com", Plaintext),
        ("http://localhost.", Plaintext),
        ("http://128.0.0.1", Plaintext),
        ("http://[::2]", Plaintext),
        ("blob:https://api.example.com/2f5c", NotAnOrigin),
        ("data:,x", NotAnOrigin),
        ("file:///", NotAnOrigin),
        ("*", NotAnOrigin),
        ("https://*", NotAnOrigin),
        ("https://*.example.com", NotAnOrigin),
        ("api.example.com", NotAnOrigin),
        ("", NotAnOrigin),
    ] {
        let mut list = Origins::default();
        assert_eq!(
            list.allow(FakeWeb::default().parse(written)),
            Err(problem),
            "{written}"
        );
        assert_eq!(list, Origins::default());
    }
}

/// Pieces that addresses are made of, and unmade by.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "https:",
        "http:",
        "HTTPS:",
        "blob:",
        "data:",
        "file:",
        "//",
        "/",
        "\\",
        "\\\\",
        "@",
        ":",
        ":443",
        ":80",
        ":8443",
        "?",
        "#",
        ".",
        "..",
        "%2e",
        "%40",
        "%2f",
        "%00",
        "\t",
        "\n",
        "\r",
        " ",
        "\u{200b}",
        "\u{ff0e}",
        "。",
        "api",
        "api.example.com",
        "API.EXAMPLE.COM",
        "evil.example",
        "аpi.example.com",
        "xn--pi-7sb.example.com",
        "user",
        "user:pw",
        "[::1]",
        "127.0.0.1",
        "0x7f.1",
        "localhost",
    ]);
    prop_oneof![5 => known.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn a_token_goes_to_the_api_alone(pieces in prop::collection::vec(piece(), 0..10), begins_well in any::<bool>()) {
        let mut url = pieces.concat();
        if begins_well {
            url.insert_str(0, API);
        }
        let list = allowed(&[API]);
        if takes_token(&list, &url) == Ok(true) {
            let fetched = Url::parse(&resolve(&url).unwrap().href).unwrap();
            prop_assert_eq!(fetched.scheme(), "https");
            prop_assert_eq!(fetched.host_str(), Some("api.example.com"));
            prop_assert_eq!(fetched.port_or_known_default(), Some(443));
            prop_assert_eq!((fetched.username(), fetched.password()), ("", None));
        }
    }

    #[test]
    fn whatever_is_put_on_the_list_is_an_origin_that_keeps_secrets(pieces in prop::collection::vec(piece(), 0..8)) {
        let written = pieces.concat();
        let mut list = Origins::default();
        if list.allow(FakeWeb::default().parse(&written)).is_ok() {
            let url = Url::parse(&written).unwrap();
            let is_local = matches!(url.host_str(), Some(host) if crate::config::is_loopback(host));
            prop_assert!(url.scheme() == "https" || (url.scheme() == "http" && is_local));
            prop_assert_eq!(takes_token(&list, url.as_str()), Ok(true));
            prop_assert_eq!(takes_token(&list, &url.origin().ascii_serialization()), Ok(true));
        }
    }
}
