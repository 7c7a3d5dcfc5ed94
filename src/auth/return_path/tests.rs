use proptest::prelude::*;
use url::Url;
use yew_router::Routable;

use super::{ReturnPath, kept_query, percent, raw_target};

#[derive(Clone, PartialEq, Debug, Routable)]
enum Route {
    #[at("/")]
    Home,
    #[at("/orders/:id")]
    Order { id: u32 },
    #[not_found]
    #[at("/404")]
    NotFound,
}

#[test]
fn paths_of_the_app_are_kept_with_their_query() {
    let path = ReturnPath::parse::<Route>("/orders/7?tab=items#top").unwrap();
    assert_eq!(path.route::<Route>(), Some(Route::Order { id: 7 }));
    assert_eq!(path.query(), "tab=items");
    assert!(ReturnPath::parse::<Route>("/").is_some());
}

#[test]
fn everything_else_is_refused() {
    for target in [
        "",
        "orders/7",
        "//evil.example",
        "//evil.example/orders/7",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:/orders/7",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n//evil.example",
        "/orders/7\\..\\..",
        " /orders/7",
        "/orders/not-a-number",
        "/no-such-page",
    ] {
        assert_eq!(ReturnPath::parse::<Route>(target), None, "{target:?}");
    }
}

#[test]
fn the_query_is_taken_along_as_it_stands() {
    assert_eq!(
        kept_query("?a=b&return_to=%2Forders%2F7&c"),
        Some("return_to=%2Forders%2F7".to_owned())
    );
    assert_eq!(kept_query("?a=b"), None);
}

/// An app that has a page for every path.
#[derive(Clone, PartialEq, Debug, Routable)]
enum Anything {
    #[at("/")]
    Home,
    #[at("/:one")]
    One { one: String },
    #[at("/*rest")]
    Rest { rest: String },
}

#[test]
fn a_component_is_encoded_as_browsers_do_it() {
    for (text, encoded) in [
        ("", ""),
        ("/orders/7?tab=a b&c=+", "%2Forders%2F7%3Ftab%3Da%20b%26c%3D%2B"),
        ("AZaz09-_.!~*'()", "AZaz09-_.!~*'()"),
        ("ä€🙂", "%C3%A4%E2%82%AC%F0%9F%99%82"),
        (
            "\0\n\"#%<>[]`{|}^\\",
            "%00%0A%22%23%25%3C%3E%5B%5D%60%7B%7C%7D%5E%5C",
        ),
        ("\u{10ffff}", "%F4%8F%BF%BF"),
    ] {
        assert_eq!(percent::encode(text), encoded);
        assert_eq!(percent::decode(encoded).as_deref(), Some(text));
    }
    assert_eq!(
        ReturnPath::to_query("/orders/7", "?tab=items"),
        "return_to=%2Forders%2F7%3Ftab%3Ditems"
    );
}

#[test]
fn a_component_is_decoded_as_browsers_do_it() {
    assert_eq!(percent::decode("a+b").as_deref(), Some("a+b"));
    assert_eq!(percent::decode("%2f%2F").as_deref(), Some("//"));
    assert_eq!(percent::decode("%252F").as_deref(), Some("%2F"));
    assert_eq!(percent::decode("ä/?#").as_deref(), Some("ä/?#"));
    for broken in [
        "%",
        "%2",
        "%2g",
        "%g2",
        "%+2",
        "% 2",
        "%u0041",
        "%%20",
        "%ä",
        "a%",
        // Not UTF-8: cut off, overlong, a surrogate, too high.
        "%FF",
        "%C3",
        "%C3a",
        "%A4",
        "%C0%AF",
        "%E0%80%AF",
        "%ED%A0%80",
        "%F4%90%80%80",
    ] {
        assert_eq!(percent::decode(broken), None, "{broken}");
    }
}

#[test]
fn a_path_comes_back_out_of_the_query_that_it_went_into() {
    let query = ReturnPath::to_query("/orders/7", "?q=ä+b%20c&return_to=/x");
    for query in [
        query.clone(),
        ["?", &query].concat(),
        ["?a=b&", &query, "&c"].concat(),
    ] {
        let path = ReturnPath::from_query::<Route>(&query).unwrap();
        assert_eq!(path.route::<Route>(), Some(Route::Order { id: 7 }));
        assert_eq!(path.query(), "q=ä+b%20c&return_to=/x");
    }
    for query in [
        "",
        "?",
        "?return_to",
        "?return_to=",
        "?return_to=%",
        "?return_to=%2F%2Fevil.example",
        "?return_to=%2F%5Cevil.example",
        "?return_to=%2F%09%2Fevil.example",
        "?return_to=https%3A%2F%2Fevil.example",
        // The first counts.
        "?return_to=%2F%2Fevil.example&return_to=%2F",
        "?Return_to=/",
        "?return%5Fto=/",
    ] {
        assert_eq!(ReturnPath::from_query::<Route>(query), None, "{query}");
    }
}

#[test]
fn slashes_that_come_encoded_lead_nowhere_else() {
    for target in ["/%2Fevil.example/x", "/%2F%2Fevil.example/x", "/%2f/evil.example"] {
        assert_eq!(ReturnPath::parse::<Anything>(target), None, "{target}");
    }
    assert!(ReturnPath::parse::<Anything>("/a%2Fb").is_some());
    assert!(ReturnPath::parse::<Anything>("/a//b").is_some());
}

const HERE: &str = "https://app.example/sub/";

/// Where a browser on this app would be led to by `path`.
fn assert_stays(path: &ReturnPath) -> Result<(), TestCaseError> {
    let here = Url::parse(HERE).unwrap();
    let route = path.route::<Anything>().unwrap().to_path();
    for address in [
        path.path.clone(),
        [path.path.as_str(), "?", path.query()].concat(),
        [&route, "?", path.query()].concat(),
        route,
    ] {
        let there = here.join(&address);
        prop_assert!(there.is_ok(), "{address:?}");
        let there = there.unwrap();
        prop_assert_eq!(there.origin(), here.origin(), "{:?}", address);
        prop_assert_eq!((there.username(), there.password()), ("", None));
    }
    Ok(())
}

/// Addresses of pieces that have led browsers astray.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "/", "//", "/\\", "\\", "\\\\", "%2f", "%2F%2F", "%5c", "%5C", "%252f", "..", "/../", "/./", ".", "%2e%2e", "%2E",
        ]),
        3 => prop::sample::select(vec![
            "evil.example", "@evil.example", "evil.example:443", "[::1]", "127.0.0.1", "app.example", "orders/7", "sub",
        ]),
        2 => prop::sample::select(vec![
            "https:", "https://", "HTTPS:", "http:/", "javascript:", "data:", "blob:", "file:///", ":", "@", "?", "#", "&", ";", "=",
        ]),
        2 => prop::sample::select(vec![
            "\t", "\n", "\r", "\0", "\u{b}", "\u{c}", "\u{1f}", "\u{7f}", "\u{85}", " ", "%09", "%0a", "%0D%0A", "%00", "%20",
        ]),
        2 => prop::sample::select(vec![
            "\u{2215}", "\u{2044}", "\u{ff0f}", "\u{ff3c}", "\u{3002}", "\u{ff0e}", "\u{2024}", "\u{29f8}", "\u{202e}",
            "\u{2066}", "\u{200b}", "\u{feff}", "\u{2028}", "\u{ad}", "\u{fffd}", "\u{fffe}", "\u{d7ff}", "\u{e000}", "%ED%A0%80",
            "%EF%BC%8F", "%E2%88%95", "%C0%AF", "%", "%u002f", "ä", "🙂",
        ])
    ];
    (
        prop_oneof![2 => Just("/"), 1 => Just("")],
        prop::collection::vec(piece, 0..10),
    )
        .prop_map(|(begin, pieces)| [begin, &pieces.concat()].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5_000) })]

    #[test]
    fn what_is_accepted_stays_on_the_origin(target in prop_oneof![nasty(), any::<String>(), "/\\PC{0,30}"]) {
        if let Some(path) = ReturnPath::parse::<Anything>(&target) {
            assert_stays(&path)?;
            prop_assert!(!path.path.starts_with("//") && path.path.starts_with('/'));
        }
    }

    #[test]
    fn what_is_accepted_out_of_a_query_stays_there_too(
        target in prop_oneof![nasty(), any::<String>()],
        before in "[?&a-z=]{0,6}",
        is_encoded in any::<bool>(),
    ) {
        let value = if is_encoded { percent::encode(&target) } else { target };
        let query = [&before, "&return_to=", &value].concat();
        if let Some(path) = ReturnPath::from_query::<Anything>(&query) {
            assert_stays(&path)?;
            let again = ReturnPath::to_query(&path.path, &["?", path.query()].concat());
            prop_assert_eq!(ReturnPath::from_query::<Anything>(&again), Some(path));
        }
    }

    #[test]
    fn encoding_loses_nothing(text in any::<String>()) {
        let encoded = percent::encode(&text);
        prop_assert!(encoded.is_ascii() && !encoded.contains(['&', '=', '?', '#', '+', '/', ' ']));
        prop_assert_eq!(percent::decode(&encoded), Some(text.clone()));
        // As a second implementation has it, whose plus is a space.
        let read = form_urlencoded::parse([b"x=", encoded.as_bytes()].concat().as_slice()).next().unwrap().1.into_owned();
        prop_assert_eq!(read, text.clone());
        let carried = ReturnPath::to_query(&text, "");
        prop_assert_eq!(raw_target(&carried), Some(text));
    }
}
