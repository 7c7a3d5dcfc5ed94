//! Which of the addresses a page is led back to.

use super::*;

#[track_caller]
fn assert_chosen(addresses: &[&str], base: &str, expected: Option<&str>) {
    let addresses: Vec<String> = addresses.iter().map(|&address| address.to_owned()).collect();
    assert_eq!(for_page(&addresses, base), expected, "{base}");
}

#[test]
fn the_first_below_the_page_or_else_of_its_origin() {
    let listed = [
        "http://localhost:8080/callback",
        "https://app.example/elsewhere",
        "https://app.example/sub/callback",
        "https://app.example/sub/second",
        "https://app.example/callback",
    ];
    for (base, expected) in [
        ("http://localhost:8080/", listed[0]),
        ("https://app.example/", listed[1]),
        ("https://app.example/sub/", listed[2]),
        ("https://app.example/sub/index.html", listed[2]),
        ("https://app.example/sub/deeper/", listed[1]),
        ("https://app.example", listed[1]),
    ] {
        assert_chosen(&listed, base, Some(expected));
    }
    assert_chosen(&[], "https://app.example/", None);
}

#[test]
fn a_folder_ends_where_its_name_does() {
    let listed = [
        "https://app.example/submarine",
        "https://app.example/sub",
        "https://app.example/sub/callback",
    ];
    assert_chosen(&listed, "https://app.example/sub/", Some(listed[1]));
    assert_chosen(
        &["https://app.example/submarine", "https://app.example/sub?x=y"],
        "https://app.example/sub/",
        Some("https://app.example/sub?x=y"),
    );
}

#[test]
fn an_origin_is_the_same_as_a_whole() {
    for (listed, base) in [
        ("https://example.com.evil.test/", "https://example.com/"),
        ("https://example.com", "https://example.com.evil.test/"),
        ("https://example.com@evil.test/", "https://example.com/"),
        ("https://evil.test\\@example.com/", "https://evil.test/"),
        ("https://example.comb/", "https://example.com/"),
        ("https://example.com:8443/", "https://example.com/"),
        ("https://example.com/", "https://example.com:8443/"),
        ("https://example.com:44/", "https://example.com:443/"),
        ("http://example.com/", "https://example.com/"),
        ("https://example.com/", "http://example.com/"),
        ("https://www.example.com/", "https://example.com/"),
        ("https://example.com?@evil.test/", "https://evil.test/"),
        ("//example.com/", "https://example.com/"),
        ("/callback", "https://example.com/"),
    ] {
        assert_chosen(&[listed], base, None);
    }
    assert_chosen(
        &["https://example.com?x=y"],
        "https://example.com/",
        Some("https://example.com?x=y"),
    );
}

#[test]
fn schemes_of_apps_lead_no_page_anywhere() {
    for listed in [
        "myapp://callback",
        "myapp:/callback",
        "javascript://example.com/%0aalert(1)",
        "data:text/html,x",
        "file:///",
        "",
    ] {
        assert_chosen(&[listed], "https://example.com/", None);
        // Not even to a page of the same.
        assert_chosen(&[listed], listed, None);
    }
    for base in ["about:blank", "about:srcdoc", "null", ""] {
        assert_chosen(&["https://example.com/", "about:blank"], base, None);
    }
}
