//! Secrets stay out of sight.

use super::*;

#[test]
fn secrets_are_not_shown() {
    let token = RefreshToken::from("very secret".to_owned());
    assert_eq!(
        format!("{token:?} {:?}", Some(&token)),
        "[redacted] Some([redacted])"
    );
    assert_eq!(token.expose(), "very secret");
    let sent = serde_json::to_string(&token).unwrap();
    assert_eq!(sent, "\"very secret\"");
    assert!(serde_json::from_str::<RefreshToken>(&sent).unwrap() == token);
    assert!(!format!("{:?}", verifier()).contains("n:"));
}
