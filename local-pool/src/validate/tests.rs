use super::shape::*;
use super::*;
use serde_json::json;

fn message(members: &[Member], input: Value) -> String {
    check(members, input.as_object().unwrap()).unwrap_err().message
}

#[test]
fn a_sound_request_passes() {
    let input = json!({"ClientId": "abc", "Username": "ünï@example.com", "Password": "x", "Unknown": 1});
    assert_eq!(
        check(&[CLIENT_ID, USERNAME, PASSWORD], input.as_object().unwrap()),
        Ok(())
    );
}

#[test]
fn constraints_are_worded_as_aws_words_them() {
    assert_eq!(
        message(&[PASSWORD], json!({"Password": "two words"})),
        "1 validation error detected: Value at 'password' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\S]+"
    );
    assert_eq!(
        message(&[USERNAME], json!({})),
        "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must not be null"
    );
    assert_eq!(
        message(&[USERNAME], json!({"Username": "a b"})),
        "1 validation error detected: Value at 'username' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
    );
    assert_eq!(
        message(&[USERNAME], json!({"Username": "a".repeat(129)})),
        "1 validation error detected: Value at 'username' failed to satisfy constraint: \
             Member must have length less than or equal to 128"
    );
    assert_eq!(
        message(&[one_of("AuthFlow", &["A", "B"])], json!({"AuthFlow": "C"})),
        "1 validation error detected: Value 'C' at 'authFlow' failed to satisfy constraint: \
             Member must satisfy enum value set: [A, B]"
    );
    assert!(
        message(&[CLIENT_ID, USERNAME], json!({}))
            .starts_with("2 validation errors detected: Value at 'clientId'")
    );
    assert!(
        message(
            &[attributes("UserAttributes")],
            json!({"UserAttributes": [{"Name": ""}]})
        )
        .contains("at 'userAttributes.1.member.name'")
    );
}

#[test]
fn what_the_caller_sent_stays_out_of_the_log() {
    let input = json!({"ConfirmationCode": "123 456"});
    let error = check(&[CONFIRMATION_CODE], input.as_object().unwrap()).unwrap_err();
    assert!(error.message.contains("123 456"));
    assert_eq!(error.log_text(), "validation failed at confirmationCode");
}

#[test]
fn wrong_json_types_are_serialization_errors() {
    for input in [
        json!({"Username": 1}),
        json!({"Username": []}),
        json!({"Username": {}}),
        json!({"Username": true}),
    ] {
        assert_eq!(
            check(&[USERNAME], input.as_object().unwrap()).unwrap_err().kind,
            "SerializationException"
        );
    }
    let input = json!({"AuthParameters": {"USERNAME": 1}});
    let error = check(&[map("AuthParameters")], input.as_object().unwrap()).unwrap_err();
    assert_eq!(error.kind, "SerializationException");
}

#[test]
fn device_keys_and_invisible_characters() {
    assert!(Pattern::DeviceKey.matches("us-east-1_0a1b-2c"));
    assert!(!Pattern::DeviceKey.matches("us-east-1"));
    assert!(!Pattern::Visible.matches("a\u{200b}b"));
    assert!(Pattern::Visible.matches("ß✓٣…"));
}
