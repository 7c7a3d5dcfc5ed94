//! WEB_AUTHN.

use serde_json::json;

use super::walk::*;
use crate::{
    config::{Factor, SignInFlow},
    sign_in::{Answer, Asks, Attempt, SignInError},
};

const OPTIONS: &str = "{\"challenge\":\"abc\"}";

fn at_the_passkey() -> Walk {
    let mut walk = Walk::start(Attempt {
        preferred: Some(Factor::Passkey),
        ..without_password(SignInFlow::UserAuth)
    });
    walk.reply(asked(
        "WEB_AUTHN",
        "s1",
        json!({"USERNAME": USER_ID, "CREDENTIAL_REQUEST_OPTIONS": OPTIONS}),
    ));
    walk
}

#[test]
fn a_passkey_s_credential_goes_back_as_it_is() {
    let mut walk = at_the_passkey();
    let options = OPTIONS.to_owned();
    assert_eq!(*walk.asks(), Asks::Passkey { options });
    assert!(walk.challenge().other_way);
    walk.answer(passkey());
    assert_eq!(
        walk.responds("WEB_AUTHN", Some("s1")),
        json!({"USERNAME": USER_ID, "CREDENTIAL": "SECRET-credential"})
    );
    walk.reply(tokens()).finishes();
}

#[test]
fn a_passkey_can_be_tried_again_from_the_beginning() {
    let mut walk = at_the_passkey();
    walk.answer(passkey()).refuse(incorrect());
    walk.answer(Answer::Factor(Factor::Passkey));
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": "WEB_AUTHN"})
    );
}

#[test]
fn without_options_there_is_nothing_to_ask() {
    let mut walk = Walk::start(without_password(SignInFlow::UserAuth));
    assert_eq!(
        walk.reply_fails(asked("WEB_AUTHN", "s1", json!({}))),
        SignInError::Missing("CREDENTIAL_REQUEST_OPTIONS")
    );
}
