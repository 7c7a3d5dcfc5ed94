use super::*;
use crate::operations::testing;
use crate::pool::client::Rotation;
use crate::seed;
use crate::world::World;

const ADMIN: &str = "admin@example.com";

fn world() -> (World, Client) {
    let mut world = testing::world();
    let client = testing::client(&mut world).clone();
    (world, client)
}

fn pool(world: &mut World) -> &mut Pool {
    testing::pool(world)
}

fn signed_in(world: &mut World) -> Value {
    testing::tokens(world, ADMIN)
}

fn renewed(world: &mut World, client: &Client, refresh_token: &str) -> Outcome {
    renew(pool(world), client, refresh_token, None)
}

fn text<'a>(result: &'a Value, name: &str) -> &'a str {
    result[name].as_str().unwrap()
}

fn rotating(client: &mut Client, retry_grace_period_seconds: i64) {
    client.refresh_token_rotation = Rotation {
        enabled: true,
        retry_grace_period_seconds,
    };
}

fn verified(world: &mut World, token: &str) -> Value {
    pool(world).kept.keys.verify(token).unwrap()
}

#[test]
fn tokens_carry_the_claims_that_cognitos_do() {
    let (mut world, _) = world();
    let sub = testing::user(&world, ADMIN).sub;
    let result = signed_in(&mut world);
    let id = verified(&mut world, text(&result, "IdToken"));
    let access = verified(&mut world, text(&result, "AccessToken"));
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
    let (mut world, client) = world();
    let first = signed_in(&mut world);
    world.shared.clock.advance(100);
    let next = renewed(&mut world, &client, text(&first, "RefreshToken")).unwrap();
    assert!(next.get("RefreshToken").is_none());
    let (before, after) = (
        verified(&mut world, text(&first, "IdToken")),
        verified(&mut world, text(&next, "IdToken")),
    );
    assert_eq!(
        (&before["origin_jti"], &before["auth_time"]),
        (&after["origin_jti"], &after["auth_time"])
    );
    assert!(after["exp"].as_i64() > before["exp"].as_i64());
}

#[test]
fn a_rotated_token_works_for_the_grace_period_only() {
    let (mut world, mut client) = world();
    rotating(&mut client, 10);
    let first = signed_in(&mut world);
    let first = text(&first, "RefreshToken");
    let second = renewed(&mut world, &client, first).unwrap();
    assert!(renewed(&mut world, &client, first).is_ok());
    world.shared.clock.advance(11);
    assert_eq!(
        renewed(&mut world, &client, first).unwrap_err().kind,
        "RefreshTokenReuseException"
    );
    assert!(renewed(&mut world, &client, text(&second, "RefreshToken")).is_ok());
}

#[test]
fn without_a_grace_period_a_token_works_once() {
    let (mut world, mut client) = world();
    rotating(&mut client, 0);
    let first = signed_in(&mut world);
    renewed(&mut world, &client, text(&first, "RefreshToken")).unwrap();
    assert_eq!(
        renewed(&mut world, &client, text(&first, "RefreshToken"))
            .unwrap_err()
            .kind,
        "RefreshTokenReuseException"
    );
}

#[test]
fn rotation_does_not_move_the_end() {
    let (mut world, mut client) = world();
    rotating(&mut client, 0);
    client.refresh_token_validity_seconds = 100;
    testing::client(&mut world).refresh_token_validity_seconds = 100;
    let first = signed_in(&mut world);
    world.shared.clock.advance(90);
    let second = renewed(&mut world, &client, text(&first, "RefreshToken")).unwrap();
    world.shared.clock.advance(10);
    let refusal = renewed(&mut world, &client, text(&second, "RefreshToken")).unwrap_err();
    assert_eq!(refusal, not_authorized("Refresh Token has expired"));
}

#[test]
fn revoking_ends_one_session_and_signing_out_globally_all() {
    let (mut world, client) = world();
    let sub = testing::user(&world, ADMIN).sub;
    let [one, other, third] = [(); 3].map(|()| signed_in(&mut world));
    let tokens = &mut pool(&mut world).kept.tokens;
    let origin_jti = tokens
        .of_refresh_token(text(&one, "RefreshToken"))
        .unwrap()
        .origin_jti
        .clone();
    assert!(tokens.of_refresh_token("unknown").is_none());
    tokens.revoke(&origin_jti);
    assert_eq!(
        renewed(&mut world, &client, text(&one, "RefreshToken")).unwrap_err(),
        not_authorized("Refresh Token has been revoked")
    );
    assert_eq!(
        bearer(pool(&mut world), text(&one, "AccessToken")).err(),
        Some(not_authorized("Access Token has been revoked"))
    );
    assert!(bearer(pool(&mut world), text(&other, "AccessToken")).is_ok());
    pool(&mut world).kept.tokens.revoke_all(&sub);
    for session in [&other, &third] {
        assert!(bearer(pool(&mut world), text(session, "AccessToken")).is_err());
        assert!(renewed(&mut world, &client, text(session, "RefreshToken")).is_err());
    }
}

#[test]
fn only_a_live_access_token_bears() {
    let (mut world, client) = world();
    let sub = testing::user(&world, ADMIN).sub;
    let result = signed_in(&mut world);
    let access = text(&result, "AccessToken");
    assert_eq!(
        bearer(pool(&mut world), text(&result, "IdToken")).err(),
        Some(not_authorized("Invalid Access Token"))
    );
    assert_eq!(
        bearer(pool(&mut world), "a.b.c").err(),
        Some(not_authorized("Invalid Access Token"))
    );
    pool(&mut world).user_mut(&sub).unwrap().enabled = false;
    assert_eq!(bearer(pool(&mut world), access).err(), Some(user_is_disabled()));
    assert_eq!(
        renewed(&mut world, &client, text(&result, "RefreshToken")).unwrap_err(),
        user_is_disabled()
    );
    pool(&mut world).user_mut(&sub).unwrap().enabled = true;
    world.shared.clock.advance(3600);
    assert_eq!(
        bearer(pool(&mut world), access).err(),
        Some(not_authorized("Access Token has expired"))
    );
    assert_eq!(
        renewed(&mut world, &client, "unknown").unwrap_err(),
        not_authorized("Invalid Refresh Token")
    );
}
