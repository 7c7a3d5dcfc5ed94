//! Tokens that do not stand up to verification.

use super::*;

#[test]
fn a_forged_token_signs_nobody_in() {
    let mut world = World::new();
    world.sign_in_user();
    let id_token = match world.execute(Command::IdToken) {
        Ok(Reply::IdToken(token)) => token.expose().to_owned(),
        other => panic!("{other:?}"),
    };
    let access_token = access_token(&mut world).unwrap();
    let (message, signature) = id_token.rsplit_once('.').unwrap();
    let forged = format!("{message}.{}", signature.chars().rev().collect::<String>());
    let body: Value = json!({"AuthenticationResult": {"IdToken": forged, "AccessToken": access_token, "RefreshToken": "r"}});
    let answer = yew_cognito::ports::Response {
        status: 200,
        error_type: None,
        date: None,
        body: body.to_string().into(),
    };
    world.answer("RespondToAuthChallenge", 1, Ok(answer));
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    let error = world.sign_in("user@example.com", PASSWORD).unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken(_)), "{error:?}");
    assert!(!world.is_signed_in());
}

#[test]
fn a_session_whose_tokens_are_not_verified_is_revoked() {
    let mut world = World::new();
    world.wire.patch("RespondToAuthChallenge", |body| {
        body["AuthenticationResult"]["IdToken"] = json!("no.token.atall");
    });
    let error = world.sign_in("user@example.com", PASSWORD).unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken(_)), "{error:?}");
    assert_eq!(world.sent("RevokeToken"), 1);
}
