use proptest::prelude::*;

use super::{PasskeyProblem, base64url};

#[test]
fn bytes_are_base64url_without_padding() {
    assert_eq!(base64url::encode(&[0xfb, 0xff, 0xbf, 0x3f]), "-_-_Pw");
    assert_eq!(base64url::encode(b""), "");
}

#[test]
fn other_spellings_of_the_same_bytes_are_read() {
    let bytes = Some(vec![0xfb, 0xff, 0xbf, 0x3f]);
    for text in ["-_-_Pw", "-_-_Pw==", "+/+/Pw", "+/+/Pw==", "+_-/Pw"] {
        assert_eq!(base64url::decode(text), bytes, "{text}");
    }
    assert_eq!(base64url::decode(""), Some(Vec::new()));
}

#[test]
fn what_is_not_base64_is_refused() {
    // A lone character, bits beyond the last byte, too much padding, other characters.
    for text in [
        "A",
        "-_-_Px",
        "-_-_Pw===",
        "-_ -",
        "Pw==Pw==",
        "chällenge",
        "====",
        "a.b.",
    ] {
        assert_eq!(base64url::decode(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn bytes_come_back_as_they_went(bytes: Vec<u8>) {
        let text = base64url::encode(&bytes);
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        prop_assert_eq!(base64url::decode(&text), Some(bytes));
    }

    #[test]
    fn no_text_makes_decoding_panic(text: String) {
        let _ = base64url::decode(&text);
    }
}

#[test]
fn the_names_of_the_browsers_errors_are_told_apart() {
    use PasskeyProblem as P;
    for (name, creating, signing_in) in [
        ("NotAllowedError", P::Cancelled, P::Cancelled),
        (
            "InvalidStateError",
            P::AlreadyRegistered,
            P::Failed("InvalidStateError".into()),
        ),
        ("SecurityError", P::WrongSite, P::WrongSite),
        ("NotSupportedError", P::Unsupported, P::Unsupported),
        ("ConstraintError", P::Unsupported, P::Unsupported),
        ("AbortError", P::Aborted, P::Aborted),
        ("TypeError", P::Malformed, P::Malformed),
        (
            "UnknownError",
            P::Failed("UnknownError".into()),
            P::Failed("UnknownError".into()),
        ),
        (
            "OperationError",
            P::Failed("OperationError".into()),
            P::Failed("OperationError".into()),
        ),
    ] {
        assert_eq!(P::from_error_name(name, true), creating, "{name}");
        assert_eq!(P::from_error_name(name, false), signing_in, "{name}");
    }
}

#[test]
fn a_text_that_is_no_name_is_not_passed_on() {
    let nonsense = PasskeyProblem::Failed("Error".to_owned());
    let long = "E".repeat(41);
    for name in [
        "",
        "user eva@example.com failed",
        "<b>",
        "Fehler:eins",
        "Größe",
        long.as_str(),
    ] {
        assert_eq!(PasskeyProblem::from_error_name(name, true), nonsense, "{name}");
    }
    let longest = "E".repeat(40);
    assert_eq!(
        PasskeyProblem::from_error_name(&longest, true),
        PasskeyProblem::Failed(longest)
    );
}

#[test]
fn codes_are_stable_and_problems_travel_as_json() {
    use PasskeyProblem as P;
    for (problem, code, json) in [
        (P::Cancelled, "passkey_cancelled", r#""Cancelled""#),
        (
            P::AlreadyRegistered,
            "passkey_already_registered",
            r#""AlreadyRegistered""#,
        ),
        (P::WrongSite, "passkey_wrong_site", r#""WrongSite""#),
        (P::Unsupported, "passkey_unsupported", r#""Unsupported""#),
        (P::Aborted, "passkey_aborted", r#""Aborted""#),
        (P::Malformed, "passkey_malformed", r#""Malformed""#),
        (
            P::Failed("UnknownError".into()),
            "passkey_failed",
            r#"{"Failed":"UnknownError"}"#,
        ),
    ] {
        assert_eq!(problem.code(), code);
        assert_eq!(serde_json::to_string(&problem).unwrap(), json);
        assert_eq!(serde_json::from_str::<P>(json).unwrap(), problem);
    }
}
