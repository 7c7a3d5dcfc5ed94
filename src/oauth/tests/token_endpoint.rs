//! What goes to the token endpoint and comes back.

use super::*;

const TOKENS: &str = r#"{"id_token":"SECRET-id","access_token":"SECRET-access","refresh_token":"SECRET-refresh",
    "token_type":"Bearer","expires_in":3600}"#;

#[test]
fn the_form_says_each_thing_once_and_no_secret_of_a_client() {
    let mut transaction = transaction();
    transaction.redirect_uri = "https://app.example/call back?x=y&z=+".to_owned();
    let form = code_form(&client(), &"c&d=+ 1".to_owned().into(), &transaction);
    let expected = [
        ("grant_type", "authorization_code"),
        ("client_id", client().as_str()),
        ("code", "c&d=+ 1"),
        ("redirect_uri", transaction.redirect_uri.as_str()),
        ("code_verifier", transaction.verifier.expose()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(pairs(&form), expected);
}

#[test]
fn tokens() {
    let result = read_tokens(true, TOKENS).unwrap();
    assert_eq!(result.id_token.expose(), "SECRET-id");
    assert_eq!(result.access_token.expose(), "SECRET-access");
    assert_eq!(result.refresh_token.unwrap().expose(), "SECRET-refresh");
    assert!(result.new_device_metadata.is_none());
    let without = TOKENS.replace("refresh_token", "other");
    assert!(read_tokens(true, &without).unwrap().refresh_token.is_none());
}

#[test]
fn what_is_no_answer_of_success() {
    let huge = ["{\"id_token\":\"", &"x".repeat(1 << 20), "\""].concat();
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "\"SECRET\"",
        "<html>SECRET</html>",
        "{\"error\":\"invalid_grant\"}",
        "{\"id_token\":\"SECRET\"}",
        "{\"access_token\":\"SECRET\"}",
        "{\"id_token\":7,\"access_token\":\"SECRET\"}",
        "{\"id_token\":null,\"access_token\":\"SECRET\"}",
        "{\"id_token\":\"SECRET\",\"access_token\":\"SECRET\",\"refresh_token\":[\"SECRET\"]}",
        "{\"id_token\":\"SECRET\",\"id_token\":\"SECRET\",\"access_token\":\"SECRET\"}",
        &huge,
    ] {
        let refusal = read_tokens(true, body).unwrap_err();
        assert_eq!(
            refusal,
            TokenRefusal::NotUnderstood,
            "{}",
            &body[..body.len().min(60)]
        );
    }
}

#[test]
fn errors_by_their_names() {
    for name in [
        "invalid_grant",
        "invalid_request",
        "invalid_client",
        "unauthorized_client",
        "unsupported_grant_type",
        "",
    ] {
        let body = serde_json::json!({ "error": name, "error_description": "No." }).to_string();
        assert_eq!(
            read_tokens(false, &body).unwrap_err(),
            TokenRefusal::Error(name.to_owned())
        );
    }
    for body in [
        "",
        "{}",
        "<html></html>",
        "{\"error\":7}",
        "{\"error\":null}",
        TOKENS,
    ] {
        assert_eq!(read_tokens(false, body).unwrap_err(), TokenRefusal::NotUnderstood);
    }
}
