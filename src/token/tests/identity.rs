//! The accounts elsewhere that an ID token tells of.

use super::*;
use crate::{ports::UnixMillis, token::Identity};

fn identities(claim: Value) -> Vec<Identity> {
    let claims = verify_payload(&with(id_payload(), "identities", claim)).unwrap();
    claims.identities()
}

fn entry() -> Value {
    json!({
        "userId": "110169484474386276334",
        "providerName": "Google",
        "providerType": "Google",
        "issuer": null,
        "primary": "true",
        "dateCreated": "1642699117273"
    })
}

#[test]
fn as_cognito_writes_them() {
    let linked = json!({
        "userId": "jane@example.com",
        "providerName": "Workforce",
        "providerType": "SAML",
        "issuer": "https://idp.example.com",
        "primary": "false",
        "dateCreated": "1642699999000"
    });
    let found = identities(json!([entry(), linked]));
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0],
        Identity {
            provider_name: "Google".to_owned(),
            provider_type: "Google".to_owned(),
            user_id: "110169484474386276334".to_owned(),
            primary: true,
            date_created: Some(UnixMillis(1_642_699_117_273)),
        }
    );
    assert_eq!(
        (found[1].provider_name.as_str(), found[1].provider_type.as_str()),
        ("Workforce", "SAML")
    );
    assert_eq!(found[1].user_id, "jane@example.com");
    assert!(!found[1].primary);
    assert!(!format!("{:?}", found[1]).contains("jane"));
}

#[test]
fn of_one_of_the_pools_own_there_are_none() {
    let claims = verify_payload(&without(id_payload(), "identities")).unwrap();
    assert!(claims.identities().is_empty());
    assert!(identities(json!([])).is_empty());
}

#[test]
fn booleans_and_numbers_will_do_as_well_as_text() {
    for (primary, expected) in [
        (json!(true), true),
        (json!("True"), true),
        (json!(false), false),
        (json!("1"), false),
        (json!(1), false),
        (json!(null), false),
        (json!({}), false),
    ] {
        let found = identities(json!([with(entry(), "primary", primary.clone())]));
        assert_eq!(found[0].primary, expected, "{primary}");
    }
    assert!(!identities(json!([without(entry(), "primary")]))[0].primary);
    for (date, expected) in [
        (json!(1_642_699_117_273_u64), Some(1_642_699_117_273)),
        (json!("0"), Some(0)),
        (json!("18446744073709551615"), Some(u64::MAX)),
        (json!("18446744073709551616"), None),
        (json!(-1), None),
        (json!(1.5), None),
        (json!("yesterday"), None),
        (json!(""), None),
        (json!(null), None),
    ] {
        let found = identities(json!([with(entry(), "dateCreated", date.clone())]));
        assert_eq!(found[0].date_created, expected.map(UnixMillis), "{date}");
    }
    assert_eq!(
        identities(json!([without(entry(), "dateCreated")]))[0].date_created,
        None
    );
}

#[test]
fn entries_that_say_too_little_are_left_out_and_the_others_stay() {
    for name in ["providerName", "providerType", "userId"] {
        for value in [json!(null), json!(7), json!(""), json!(["Google"]), json!({})] {
            let found = identities(json!([with(entry(), name, value.clone()), entry()]));
            assert_eq!(found.len(), 1, "{name}: {value}");
        }
        assert_eq!(
            identities(json!([entry(), without(entry(), name)])).len(),
            1,
            "{name}"
        );
    }
    let odd = json!([null, 1, "Google", [entry()], {}, entry()]);
    assert_eq!(identities(odd).len(), 1);
}

#[test]
fn a_claim_of_another_shape_says_nothing_and_refuses_nobody() {
    for claim in [json!(null), json!("[]"), json!(7), json!(true), entry()] {
        assert!(identities(claim).is_empty());
    }
}
