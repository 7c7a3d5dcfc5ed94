//! What the schema has no words for.

use super::*;

#[test]
fn providers_by_name_come_behind_and_take_over_labels() {
    let more = json!({
        "providers": [
            "Workforce",
            { "name": "Partner", "label": "  Example Corp " },
            { "name": "LoginWithAmazon" },
            { "name": "Google", "label": "Google Workspace" },
            { "name": "Partner", "label": "Example Ltd" },
        ]
    });
    assert_eq!(
        custom(more).unwrap().providers,
        [
            provider("Google", "Google Workspace"),
            provider("SignInWithApple", "Apple"),
            provider("Workforce", "Workforce"),
            provider("Partner", "Example Ltd"),
            provider("LoginWithAmazon", "Amazon"),
        ]
    );
}

#[test]
fn what_is_no_provider_is_told() {
    for odd in [
        json!(""),
        json!("  "),
        json!("Work\nforce"),
        json!({}),
        json!({ "label": "Example" }),
        json!({ "name": "" }),
        json!({ "name": 7 }),
        json!({ "name": "Partner", "label": "" }),
        json!({ "name": "Partner", "label": null }),
        json!({ "name": "Partner", "label": "Example\u{7}" }),
        json!({ "name": "Partner", "lable": "Example" }),
        json!(["Partner"]),
        json!(null),
        json!(7),
    ] {
        let path = "custom.cognito.oauth.providers";
        assert_malformed(custom(json!({ "providers": [odd] })), path, "list of providers");
    }
    for odd in [json!("Partner"), json!({ "name": "Partner" }), json!(true)] {
        let path = "custom.cognito.oauth.providers";
        assert_malformed(custom(json!({ "providers": odd })), path, "list of providers");
    }
}

#[test]
fn email_domains_are_listed_or_asked_for() {
    let domains = |value| custom(json!({ "email_domains": value })).map(|oauth| oauth.email_domains);
    assert_eq!(domains(json!(true)).unwrap(), EmailDomains::OnRequest);
    assert_eq!(domains(json!(false)).unwrap(), EmailDomains::None);
    assert_eq!(domains(Value::Null).unwrap(), EmailDomains::None);
    let listed = domains(json!(["example.com", "bücher.example"])).unwrap();
    let list = ["example.com", "bücher.example"].map(str::to_owned).to_vec();
    assert_eq!(listed, EmailDomains::Listed(list));
    for odd in [
        json!(["Example.com"]),
        json!(["jane@example.com"]),
        json!(["@example.com"]),
        json!(["example .com"]),
        json!(["https://example.com"]),
        json!(["*.example.com"]),
        json!(["example"]),
        json!([""]),
        json!([7]),
        json!("example.com"),
        json!(1),
    ] {
        let path = "custom.cognito.oauth.email_domains";
        assert_malformed(custom(json!({ "email_domains": odd })), path, "list of domains");
    }
}

#[test]
fn an_address_leads_by_its_domain_alone() {
    let listed = EmailDomains::Listed(vec!["example.com".to_owned(), "bücher.example".to_owned()]);
    for (address, expected) in [
        ("jane@example.com", Some("example.com")),
        (" Jane@EXAMPLE.com ", Some("example.com")),
        ("\"a@b\"@example.com", Some("example.com")),
        ("jane@bücher.example", Some("bücher.example")),
        ("jane@sub.example.com", None),
        ("jane@example.com.evil.test", None),
        ("jane@evil-example.com", None),
        ("@example.com", None),
        ("example.com", None),
        ("jane@example.com@evil.test", None),
        ("jane", None),
        ("", None),
    ] {
        assert_eq!(listed.of_address(address), expected, "{address}");
    }
    assert_eq!(EmailDomains::OnRequest.of_address("jane@example.com"), None);
    assert_eq!(EmailDomains::None.of_address("jane@example.com"), None);
}

#[test]
fn what_can_be_switched_on() {
    for key in ["managed_login", "silent_sign_in", "popup"] {
        let on = |value: Value| custom(json!({ key: value }));
        let read = |oauth: OAuth| match key {
            "managed_login" => oauth.managed_login,
            "silent_sign_in" => oauth.silent_sign_in,
            _ => oauth.popup,
        };
        assert!(read(on(json!(true)).unwrap()));
        assert!(!read(on(json!(false)).unwrap()));
        assert!(!read(on(Value::Null).unwrap()));
        for odd in [json!("true"), json!(1), json!([true]), json!({})] {
            let path = ["custom.cognito.oauth.", key].concat();
            assert_malformed(on(odd), &path, "true or false");
        }
    }
}

#[test]
fn a_setting_that_is_misspelt_is_told() {
    for key in ["provider", "managedLogin", "domain", "scopes", ""] {
        let path = ["custom.cognito.oauth.", key].concat();
        assert_malformed(
            custom(json!({ "popup": true, key: 1 })),
            &path,
            "There is no such setting.",
        );
    }
    for odd in [json!([]), json!(true), json!("Partner")] {
        assert_malformed(custom(odd), "custom.cognito.oauth", "JSON object");
    }
    assert_eq!(custom(Value::Null), of(&full()));
    assert_eq!(custom(json!({})), of(&full()));
}

#[test]
fn settings_of_pages_that_there_are_not_are_told() {
    let file = set(
        without(full(), "/auth/oauth"),
        "/custom",
        json!({ "cognito": { "oauth": { "managed_login": true } } }),
    );
    let missing = ConfigProblem::MissingField {
        path: "auth.oauth".to_owned(),
    };
    assert_eq!(problem(&file), missing);
}
