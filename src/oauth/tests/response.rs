//! What comes back in the address.

use super::*;

fn read(query: &str) -> Option<AuthorizationResponse> {
    AuthorizationResponse::read(query)
}

fn code(state: &str, code: &str) -> Option<AuthorizationResponse> {
    Some(AuthorizationResponse {
        state: Some(state.to_owned().into()),
        outcome: Outcome::Code(code.to_owned().into()),
    })
}

fn error(state: &str, error: &str, description: &str) -> Option<AuthorizationResponse> {
    Some(AuthorizationResponse {
        state: Some(state.to_owned().into()),
        outcome: Outcome::Error {
            error: error.to_owned(),
            description: description.to_owned(),
        },
    })
}

fn malformed(state: &str) -> Option<AuthorizationResponse> {
    Some(AuthorizationResponse {
        state: Some(state.to_owned().into()),
        outcome: Outcome::Malformed,
    })
}

#[test]
fn a_code_or_an_error() {
    for query in [
        "?code=c1&state=s1",
        "code=c1&state=s1",
        "?state=s1&x=y&code=c1&",
        "?&&state=s1&code=c1",
    ] {
        assert_eq!(read(query), code("s1", "c1"), "{query}");
    }
    assert_eq!(
        read("?error=access_denied&error_description=No+way%21&state=s1"),
        error("s1", "access_denied", "No way!")
    );
    assert_eq!(
        read("?error=access_denied&state=s1"),
        error("s1", "access_denied", "")
    );
    // RFC 9207.
    assert_eq!(
        read("?code=c1&state=s1&iss=https%3A%2F%2Fa.example"),
        code("s1", "c1")
    );
}

#[test]
fn what_is_no_answer() {
    for query in [
        "",
        "?",
        "?x=y",
        "?state=s1",
        "?code=",
        "?code",
        "?error=&state=s1",
        "?error_description=x&state=s1",
        "?Code=c1&state=s1",
        "?code%20=c1",
        "? code=c1",
        "?xcode=c1",
        "?x=%26code=c1",
        "??code=c1",
    ] {
        assert_eq!(read(query), None, "{query}");
    }
}

#[test]
fn a_thing_said_twice_counts_for_nothing() {
    for query in [
        "?code=c1&code=c2&state=s1",
        "?code=c1&code=c1&state=s1",
        "?code=&code=c1&state=s1",
        "?code=c1&%63ode=c2&state=s1",
        "?code=c1&state=s0&state=s1",
        "?error=a&error=b&state=s1",
        "?error=a&error_description=b&error_description=c&state=s1",
        "?code=c1&error=a&state=s1",
        "?error=a&code=c1&state=s1",
    ] {
        assert_eq!(read(query), malformed("s1"), "{query}");
    }
    assert_eq!(read("?code=c1&error=&state=s1"), code("s1", "c1"));
}

#[test]
fn without_a_state_it_belongs_to_nobody() {
    for query in ["?code=c1", "?code=c1&state=", "?code=c1&state"] {
        let response = read(query).unwrap();
        assert_eq!(response.state, None, "{query}");
    }
}

#[test]
fn more_than_an_address_holds_is_not_taken_in() {
    let long = |length: usize| ["?state=s1&code=", &"c".repeat(length)].concat();
    assert!(matches!(
        read(&long(8000)).unwrap().outcome,
        Outcome::Code(code) if code.expose().len() == 8000
    ));
    assert_eq!(read(&long(8192)), malformed("s1"));
    assert_eq!(
        read(&["?state=s1&code=c1&", &"x&".repeat(1 << 20)].concat()),
        malformed("s1")
    );
}

#[test]
fn names_and_values_are_decoded_once() {
    assert_eq!(read("?%63ode=c1&st%61te=s1"), code("s1", "c1"));
    assert_eq!(read("?code=a+b%20c%2Bd%2526&state=s1"), code("s1", "a b c+d%26"));
    assert_eq!(read("?code=a=b==&state=s1"), code("s1", "a=b=="));
    assert_eq!(read("?code=%&state=%zz%2"), code("%zz%2", "%"));
    // What is no UTF-8 becomes U+FFFD.
    assert_eq!(
        read("?code=%ff%c3&state=%ed%a0%80")
            .unwrap()
            .state
            .unwrap()
            .expose(),
        "\u{fffd}".repeat(3)
    );
    // A fragment has no place in a query; where one is handed in it is part of the value.
    assert_eq!(read("?state=s1&code=c1#_=_"), code("s1", "c1#_=_"));
    assert_eq!(read("?code=c1;state=s1&state=s2"), code("s2", "c1;state=s1"));
}

#[test]
fn everything_else_stays_byte_for_byte() {
    for (query, left) in [
        ("", ""),
        ("?", ""),
        ("?code=c1&state=s1", ""),
        ("code=c1&state=s1", ""),
        (
            "?%63ode=c1&st%61te=s1&error&error_description=&error_uri=x&iss=y",
            "",
        ),
        ("?code=c1&tab=a%2fb&state=s1", "tab=a%2fb"),
        ("?a=1&code=c1&b=2&state=s1&c", "a=1&b=2&c"),
        ("?a=%zz&a=+&=x&&b=%FF&code=c1", "a=%zz&a=+&=x&&b=%FF"),
        ("?codes=1&Code=2&x=code%3D3&code", "codes=1&Code=2&x=code%3D3"),
        (
            "?return_to=%2Forders%3Fcode%3D1&code=c1&state=s1",
            "return_to=%2Forders%3Fcode%3D1",
        ),
        ("??code=1", "?code=1"),
    ] {
        assert_eq!(without_response(query), left, "{query}");
    }
}
