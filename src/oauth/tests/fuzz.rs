//! Whatever comes back, it is read without a panic, and nothing passes for an answer that is none.

use proptest::prelude::*;

use super::*;

/// Queries made of what belongs there and what does not.
fn query() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => Just("code"),
        4 => Just("state"),
        3 => Just("error"),
        2 => Just("error_description"),
        1 => Just("%63ode"),
        1 => Just("st%61te"),
        1 => Just("err%6Fr"),
        1 => Just("code%00"),
        1 => Just(""),
    ]
    .prop_map(str::to_owned)
    .boxed();
    let name = prop_oneof![4 => name, 1 => "[a-z_%+;=]{0,8}"];
    let value = prop_oneof![
        Just(String::new()),
        Just(transaction().state.expose().to_owned()),
        Just("yc.".to_owned()),
        Just("ycp.abc".to_owned()),
        Just("%79%63%2Eabc".to_owned()),
        "[a-zA-Z0-9.%+=-]{0,50}",
        "\\PC{0,10}",
        any::<String>(),
    ];
    let between = prop_oneof![3 => Just("="), 1 => Just(""), 1 => Just("==")];
    let pair = (name, between, value).prop_map(|(name, between, value)| [&name, between, &value].concat());
    let joint = prop_oneof![4 => Just("&"), 1 => Just("&&"), 1 => Just(";"), 1 => Just("?"), 1 => Just("#")];
    (
        prop_oneof![Just("?"), Just(""), Just("??"), Just("&")],
        prop::collection::vec((pair, joint), 0..8),
    )
        .prop_map(|(begin, pairs)| {
            let pairs = pairs
                .into_iter()
                .flat_map(|(pair, joint)| [pair, joint.to_owned()]);
            [begin.to_owned()].into_iter().chain(pairs).collect()
        })
}

/// The values that a server's own parser finds for `name`.
fn values(query: &str, name: &str) -> Vec<String> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let of_it = pairs(query).into_iter().filter(|(known, _)| known == name);
    of_it.map(|(_, value)| value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) })]

    #[test]
    fn an_answer_is_one_thing_said_once(query in query()) {
        let Some(response) = AuthorizationResponse::read(&query) else {
            let given = |name| values(&query, name).last().is_some_and(|value| !value.is_empty());
            prop_assert!(!given("code") && !given("error"));
            return Ok(());
        };
        match &response.outcome {
            Outcome::Code(code) => {
                prop_assert_eq!(values(&query, "code"), [code.expose()]);
                prop_assert!(values(&query, "error").iter().all(String::is_empty));
            }
            Outcome::Error { error, description } => {
                prop_assert_eq!(values(&query, "error"), [error.as_str()]);
                prop_assert!(values(&query, "code").iter().all(String::is_empty));
                let told = values(&query, "error_description");
                prop_assert_eq!(told.first().map_or("", String::as_str), description);
            }
            Outcome::Malformed => {}
        }
        if response.outcome != Outcome::Malformed {
            prop_assert!(values(&query, "state").len() <= 1);
        }
        if let Some(state) = &response.state {
            prop_assert!(values(&query, "state").iter().any(|value| value == state.expose()));
        }
    }

    #[test]
    fn a_state_that_is_not_ours_never_counts_as_ours(query in query()) {
        let transaction = transaction();
        let state = AuthorizationResponse::read(&query).and_then(|response| response.state);
        let Some(state) = state else { return Ok(()) };
        let text = state.expose();
        prop_assert_eq!(state.is_ours(), text.starts_with("yc.") || text.starts_with("ycp."));
        prop_assert_eq!(transaction.is_answered_by(&state), text == transaction.state.expose());
        prop_assert!(state.is_ours() || !transaction.is_answered_by(&state));
    }

    #[test]
    fn what_is_left_of_an_address_holds_no_answer_and_all_else(query in query()) {
        let left = without_response(&query);
        prop_assert_eq!(AuthorizationResponse::read(&["?", &left].concat()), None);
        let ours = ["code", "state", "error", "error_description", "error_uri", "iss"];
        let others = |query: &str| -> Vec<(String, String)> {
            pairs(query).into_iter().filter(|(name, _)| !ours.contains(&name.as_str())).collect()
        };
        let bare = query.strip_prefix('?').unwrap_or(&query);
        prop_assert_eq!(pairs(&left), others(bare));
        prop_assert_eq!(without_response(&["?", &left].concat()), left);
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), error in any::<String>()) {
        let _ = AuthorizationResponse::read(&text);
        let _ = without_response(&text);
        let shown = match meaning(&error, &text) {
            Refusal::Trigger(words) | Refusal::Misconfigured(words) | Refusal::Other(words) => words,
            _ => String::new(),
        };
        prop_assert!(shown.chars().count() <= 300 && !shown.contains(char::is_control));
        prop_assert!(read_tokens(true, &text).is_err());
        prop_assert!(read_tokens(false, &text).is_err());
    }

    #[test]
    fn a_page_is_led_back_to_its_own_origin_only(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("https://"), Just("http://"), Just("app.example"), Just("evil.test"), Just("@"), Just(":"),
                Just("8080"), Just("/"), Just("\\"), Just("?"), Just("#"), Just("."), Just("sub/"), Just("%2f"),
                Just("\t"), Just("javascript:"), Just("。"),
            ],
            0..8,
        ),
    ) {
        let listed = [pieces.concat()];
        for base in ["https://app.example/sub/", "https://app.example/", "http://app.example:8080/"] {
            if let Some(chosen) = for_page(&listed, base) {
                let (chosen, base) = (::url::Url::parse(chosen), ::url::Url::parse(base).unwrap());
                prop_assert_eq!(chosen.unwrap().origin(), base.origin());
            }
        }
    }
}
