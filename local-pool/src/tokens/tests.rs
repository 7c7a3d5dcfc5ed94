use super::*;
use crate::client::Rotation;

fn pool() -> (Pool, String) {
    let pool = Pool::seeded("http://127.0.0.1:1");
    let sub = pool.find("admin@example.com").unwrap().sub.clone();
    (pool, sub)
}

fn text<'a>(result: &'a Value, name: &str) -> &'a str {
    result[name].as_str().unwrap()
}

fn rotating(pool: &mut Pool, retry_grace_period_seconds: i64) {
    pool.client.refresh_token_rotation = Rotation {
        enabled: true,
        retry_grace_period_seconds,
    };
}

#[test]
fn tokens_carry_the_claims_that_cognitos_do() {
    let (mut pool, sub) = pool();
    let result = sign_in(&mut pool, &sub).unwrap();
    let id = signing::verify(text(&result, "IdToken")).unwrap();
    let access = signing::verify(text(&result, "AccessToken")).unwrap();
    for claims in [&id, &access] {
        assert_eq!(claims["sub"], json!(sub));
        assert_eq!(claims["iss"], "http://127.0.0.1:1/us-east-1_LocalPool");
        assert_eq!(claims["cognito:groups"], json!(["admins"]));
        assert_eq!(
            claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
            3600
        );
        assert!(claims["jti"].is_string() && claims["event_id"].is_string() && claims["auth_time"].is_i64());
    }
    assert_eq!(id["origin_jti"], access["origin_jti"]);
    assert_ne!(id["jti"], access["jti"]);
    assert_eq!(
        (&id["token_use"], &access["token_use"]),
        (&json!("id"), &json!("access"))
    );
    assert_eq!(
        (&id["aud"], &access["client_id"]),
        (&json!(seed::CLIENT_ID), &json!(seed::CLIENT_ID))
    );
    assert_eq!(
        (&id["cognito:username"], &access["username"]),
        (&json!(sub), &json!(sub))
    );
    assert_eq!(
        (&id["email"], &id["email_verified"]),
        (&json!("admin@example.com"), &json!(true))
    );
    assert_eq!(access["scope"], "aws.cognito.signin.user.admin");
    assert!(access.get("email").is_none() && access.get("aud").is_none());
    assert_eq!(result["ExpiresIn"], 3600);
}

#[test]
fn renewing_without_rotation_keeps_session_and_refresh_token() {
    let (mut pool, sub) = pool();
    let first = sign_in(&mut pool, &sub).unwrap();
    pool.clock.advance(100);
    let next = renew(&mut pool, text(&first, "RefreshToken")).unwrap();
    assert!(next.get("RefreshToken").is_none());
    let (before, after) = (
        signing::verify(text(&first, "IdToken")).unwrap(),
        signing::verify(text(&next, "IdToken")).unwrap(),
    );
    assert_eq!(
        (&before["origin_jti"], &before["auth_time"]),
        (&after["origin_jti"], &after["auth_time"])
    );
    assert!(after["exp"].as_i64() > before["exp"].as_i64());
}

#[test]
fn a_rotated_token_works_for_the_grace_period_only() {
    let (mut pool, sub) = pool();
    rotating(&mut pool, 10);
    let first = sign_in(&mut pool, &sub).unwrap();
    let first = text(&first, "RefreshToken");
    let second = renew(&mut pool, first).unwrap();
    assert!(renew(&mut pool, first).is_ok());
    pool.clock.advance(11);
    assert_eq!(
        renew(&mut pool, first).unwrap_err().kind,
        "RefreshTokenReuseException"
    );
    assert!(renew(&mut pool, text(&second, "RefreshToken")).is_ok());
}

#[test]
fn without_a_grace_period_a_token_works_once() {
    let (mut pool, sub) = pool();
    rotating(&mut pool, 0);
    let first = sign_in(&mut pool, &sub).unwrap();
    renew(&mut pool, text(&first, "RefreshToken")).unwrap();
    assert_eq!(
        renew(&mut pool, text(&first, "RefreshToken")).unwrap_err().kind,
        "RefreshTokenReuseException"
    );
}

#[test]
fn rotation_does_not_move_the_end() {
    let (mut pool, sub) = pool();
    rotating(&mut pool, 0);
    pool.client.refresh_token_validity_seconds = 100;
    let first = sign_in(&mut pool, &sub).unwrap();
    pool.clock.advance(90);
    let second = renew(&mut pool, text(&first, "RefreshToken")).unwrap();
    pool.clock.advance(10);
    let refusal = renew(&mut pool, text(&second, "RefreshToken")).unwrap_err();
    assert_eq!(refusal, not_authorized("Refresh Token has expired"));
}

#[test]
fn revoking_ends_one_session_and_signing_out_globally_all() {
    let (mut pool, sub) = pool();
    let [one, other, third] = [(); 3].map(|()| sign_in(&mut pool, &sub).unwrap());
    assert!(pool.tokens.revoke(text(&one, "RefreshToken")));
    assert!(!pool.tokens.revoke("unknown"));
    assert_eq!(
        renew(&mut pool, text(&one, "RefreshToken")).unwrap_err(),
        not_authorized("Refresh Token has been revoked")
    );
    assert_eq!(
        bearer(&pool, text(&one, "AccessToken")).err(),
        Some(not_authorized("Access Token has been revoked"))
    );
    assert!(bearer(&pool, text(&other, "AccessToken")).is_ok());
    pool.tokens.revoke_all(&sub);
    for session in [&other, &third] {
        assert!(bearer(&pool, text(session, "AccessToken")).is_err());
        assert!(renew(&mut pool, text(session, "RefreshToken")).is_err());
    }
}

#[test]
fn only_a_live_access_token_bears() {
    let (mut pool, sub) = pool();
    let result = sign_in(&mut pool, &sub).unwrap();
    let access = text(&result, "AccessToken");
    assert_eq!(
        bearer(&pool, text(&result, "IdToken")).err(),
        Some(not_authorized("Invalid Access Token"))
    );
    assert_eq!(
        bearer(&pool, "a.b.c").err(),
        Some(not_authorized("Invalid Access Token"))
    );
    pool.users.get_mut(&sub).unwrap().enabled = false;
    assert_eq!(bearer(&pool, access).err(), Some(user_is_disabled()));
    assert_eq!(
        renew(&mut pool, text(&result, "RefreshToken")).unwrap_err(),
        user_is_disabled()
    );
    pool.users.get_mut(&sub).unwrap().enabled = true;
    pool.clock.advance(3600);
    assert_eq!(
        bearer(&pool, access).err(),
        Some(not_authorized("Access Token has expired"))
    );
    assert_eq!(
        renew(&mut pool, "unknown").unwrap_err(),
        not_authorized("Invalid Refresh Token")
    );
}
