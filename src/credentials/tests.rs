use serde_json::{Value, json};

use super::*;
use crate::token::IdToken;

fn logins() -> Logins {
    Logins {
        provider: "cognito-idp.us-east-1.amazonaws.com/us-east-1_a".to_owned(),
        token: IdToken::from("e30.e30.e30".to_owned()),
    }
}

fn answer() -> Value {
    json!({
        "IdentityId": "us-east-1:1-a",
        "Credentials": {
            "AccessKeyId": "ASIAEXAMPLE",
            "SecretKey": "wJalrXUtnFEMI",
            "SessionToken": "IQoJb3JpZ2lu",
            "Expiration": 1.7e9,
        },
    })
}

#[test]
fn a_login_is_named_by_its_user_pool_and_a_guest_has_none() {
    let known = GetId {
        identity_pool_id: "us-east-1:1-b".to_owned(),
        logins: Some(logins()),
    };
    assert_eq!(
        serde_json::to_value(&known).unwrap(),
        json!({
            "IdentityPoolId": "us-east-1:1-b",
            "Logins": { "cognito-idp.us-east-1.amazonaws.com/us-east-1_a": "e30.e30.e30" },
        })
    );
    let guest = GetId {
        logins: None,
        ..known
    };
    assert_eq!(
        serde_json::to_value(&guest).unwrap(),
        json!({ "IdentityPoolId": "us-east-1:1-b" })
    );
    assert!(!guest.is_idempotent());
}

#[test]
fn secrets_of_the_answer_are_not_shown() {
    let parsed: IdentityCredentials = serde_json::from_value(answer()).unwrap();
    let shown = format!("{parsed:?} {:?}", logins());
    assert!(shown.contains("[redacted]") && shown.contains("ASIAEXAMPLE"));
    for secret in ["wJalrXUtnFEMI", "IQoJb3JpZ2lu", "e30"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn an_answer_without_a_key_is_none() {
    for member in ["AccessKeyId", "SecretKey", "SessionToken", "Expiration"] {
        let mut answer = answer();
        answer["Credentials"].as_object_mut().unwrap().remove(member);
        assert!(
            serde_json::from_value::<IdentityCredentials>(answer).is_err(),
            "{member}"
        );
    }
}
