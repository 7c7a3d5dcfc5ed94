use super::*;
use crate::operations::testing::{client, perform, pool, refused, tokens, world};
use crate::seed;
use crate::sign_in::level::Method;
use crate::tokens::{OWN_SCOPE, SignedIn, sign_in};
use crate::world::World;

const SSO: &str = "sso2345672345672345672345672";
const COOKIE: &str = "of-the-browser";
const EMAIL: &str = "user@example.com";

/// The access token of a sign-in through an SSO session that ends in an hour.
fn through_sso(world: &mut World) -> Value {
    let client = client(world).clone();
    let pool = pool(world);
    let username = pool.find(EMAIL).unwrap().username.clone();
    let now = pool.now();
    let session = SsoSession {
        id: SSO.to_owned(),
        username: username.clone(),
        methods: vec![Method::Password],
        auth_time: now,
        expires_at: now + 3600,
    };
    pool.sso.entry(COOKIE.to_owned()).or_insert(session);
    let signed_in = SignedIn {
        username,
        methods: vec![Method::Password],
        scopes: vec![OWN_SCOPE.to_owned()],
        sso_session: Some(SSO.to_owned()),
        ..SignedIn::default()
    };
    sign_in(pool, &client, signed_in).unwrap()
}

fn listed(world: &mut World, tokens: &Value) -> Vec<Value> {
    let input = json!({"AccessToken": tokens["AccessToken"]});
    let answer = perform(world, "ListUserSessions", input).unwrap();
    assert!(answer.get("NextToken").is_none());
    answer["Sessions"].as_array().unwrap().clone()
}

fn id_of(world: &mut World, tokens: &Value) -> Value {
    let mut sessions = listed(world, tokens).into_iter();
    sessions
        .find(|session| session["IsCurrentSession"] == json!(true))
        .unwrap()["SessionId"]
        .clone()
}

fn works(world: &mut World, tokens: &Value) -> bool {
    perform(world, "GetUser", json!({"AccessToken": tokens["AccessToken"]})).is_ok()
}

fn revocation(tokens: &Value, id: &Value, linked: bool) -> Value {
    let associated = if linked { "LINKED" } else { "NONE" };
    json!({
        "AccessToken": tokens["AccessToken"],
        "SessionId": id,
        "RevokeAssociatedSessions": associated,
    })
}

#[test]
fn a_user_is_told_of_all_sessions_of_theirs_newest_first() {
    let mut world = world();
    let first = tokens(&mut world, EMAIL);
    tokens(&mut world, "admin@example.com");
    world.shared.clock.advance(100);
    let second = through_sso(&mut world);
    world.shared.clock.advance(100);
    let renew = json!({"RefreshToken": first["RefreshToken"]});
    perform(&mut world, "GetTokensFromRefreshToken", renew).unwrap();
    let now = pool(&mut world).now();
    let mut sessions = listed(&mut world, &first);
    sessions[..2].sort_by_key(|session| session["SessionType"].to_string());
    let kinds: Vec<_> = sessions
        .iter()
        .map(|session| {
            (
                session["SessionType"].as_str().unwrap(),
                session["IsCurrentSession"] == json!(true),
            )
        })
        .collect();
    assert_eq!(kinds, [("SSO", false), ("TOKEN", false), ("TOKEN", true)]);
    assert_eq!(sessions[0]["SessionId"], SSO);
    assert!(sessions[0].get("ClientId").is_none() && sessions[0].get("OriginSessionId").is_none());
    assert_eq!(sessions[1]["OriginSessionId"], SSO);
    assert_eq!(sessions[2]["ClientId"], seed::CLIENT_ID);
    assert!(sessions[2].get("OriginSessionId").is_none());
    let created = sessions[2]["CreateDate"].as_i64().unwrap();
    let active = sessions[2]["LastActiveDate"].as_i64().unwrap();
    assert!(now - created >= 200 && now - active < 5, "{created} {active}");

    world.shared.clock.advance(3600 - 150);
    let renew = json!({"RefreshToken": second["RefreshToken"]});
    let renewed = perform(&mut world, "GetTokensFromRefreshToken", renew).unwrap();
    let renewed = &renewed["AuthenticationResult"];
    let now = pool(&mut world).now();
    let sso = listed(&mut world, renewed)
        .into_iter()
        .find(|session| session["SessionType"] == "SSO")
        .unwrap();
    assert!(now - sso["LastActiveDate"].as_i64().unwrap() < 5);
    // The SSO session ends before its token session does.
    world.shared.clock.advance(60);
    let left = listed(&mut world, renewed);
    assert!(left.iter().all(|session| session["SessionType"] == "TOKEN"));
    assert_eq!(left.len(), 2);
}

#[test]
fn a_pool_that_does_not_track_sessions_neither_lists_nor_revokes_any() {
    let mut world = world();
    let tokens = tokens(&mut world, EMAIL);
    pool(&mut world).kept.settings.session_tracking = false;
    let listing = json!({"AccessToken": tokens["AccessToken"]});
    let revoking = revocation(&tokens, &json!(SSO), false);
    for (operation, input) in [("ListUserSessions", listing), ("RevokeUserSession", revoking)] {
        let refusal = refused(&mut world, operation, input);
        assert_eq!(refusal.kind, "OperationNotEnabledException");
    }
    assert!(works(&mut world, &tokens));
}

#[test]
fn more_sessions_than_a_page_holds_follow_on_the_next() {
    let mut world = world();
    let mut last = Value::Null;
    for _ in 0..=PAGE {
        last = tokens(&mut world, EMAIL);
    }
    let mut input = json!({"AccessToken": last["AccessToken"]});
    let first = perform(&mut world, "ListUserSessions", input.clone()).unwrap();
    assert_eq!(first["Sessions"].as_array().unwrap().len(), PAGE);
    input["NextToken"] = first["NextToken"].clone();
    let second = perform(&mut world, "ListUserSessions", input.clone()).unwrap();
    let [session] = second["Sessions"].as_array().unwrap().as_slice() else {
        panic!("{second}");
    };
    assert!(!first["Sessions"].as_array().unwrap().contains(session));
    assert!(second.get("NextToken").is_none());
    input["NextToken"] = json!("made-up");
    let refusal = refused(&mut world, "ListUserSessions", input);
    assert_eq!(refusal.kind, "InvalidParameterException");
}

#[test]
fn another_session_of_ones_own_can_be_revoked() {
    let mut world = world();
    let [here, there] = [EMAIL, EMAIL].map(|email| tokens(&mut world, email));
    let admin = tokens(&mut world, "admin@example.com");
    let [here_id, there_id, admin_id] = [&here, &there, &admin].map(|tokens| id_of(&mut world, tokens));
    let own = refused(
        &mut world,
        "RevokeUserSession",
        revocation(&here, &here_id, false),
    );
    assert_eq!(own.kind, "InvalidParameterException");
    let others = refused(
        &mut world,
        "RevokeUserSession",
        revocation(&here, &admin_id, false),
    );
    assert_eq!(others.kind, "ResourceNotFoundException");
    let revoke = revocation(&here, &there_id, false);
    assert_eq!(
        perform(&mut world, "RevokeUserSession", revoke.clone()).unwrap(),
        json!({})
    );
    assert!(works(&mut world, &here) && !works(&mut world, &there) && works(&mut world, &admin));
    let renew = json!({"RefreshToken": there["RefreshToken"]});
    let refusal = refused(&mut world, "GetTokensFromRefreshToken", renew);
    assert_eq!(refusal.message, "Refresh Token has been revoked");
    assert_eq!(listed(&mut world, &here).len(), 1);
    let again = refused(&mut world, "RevokeUserSession", revoke);
    assert_eq!(again.kind, "ResourceNotFoundException");
}

#[test]
fn a_token_session_takes_its_sso_session_along_but_not_that_ones_others() {
    for (linked, left) in [(false, true), (true, false)] {
        let mut world = world();
        let here = tokens(&mut world, EMAIL);
        let [one, other] = [(); 2].map(|()| through_sso(&mut world));
        let id = id_of(&mut world, &one);
        perform(&mut world, "RevokeUserSession", revocation(&here, &id, linked)).unwrap();
        assert_eq!(pool(&mut world).sso.contains_key(COOKIE), left);
        assert!(!works(&mut world, &one) && works(&mut world, &other));
    }
}

#[test]
fn an_sso_session_takes_its_token_sessions_along() {
    for (linked, left) in [(false, true), (true, false)] {
        let mut world = world();
        let here = tokens(&mut world, EMAIL);
        let [one, other] = [(); 2].map(|()| through_sso(&mut world));
        let admin = tokens(&mut world, "admin@example.com");
        let refusal = refused(
            &mut world,
            "RevokeUserSession",
            revocation(&admin, &json!(SSO), linked),
        );
        assert_eq!(refusal.kind, "ResourceNotFoundException");
        perform(
            &mut world,
            "RevokeUserSession",
            revocation(&here, &json!(SSO), linked),
        )
        .unwrap();
        assert!(pool(&mut world).sso.is_empty() && works(&mut world, &here));
        assert_eq!(works(&mut world, &one), left);
        assert_eq!(works(&mut world, &other), left);
    }
}

#[test]
fn revoking_a_refresh_token_ends_its_sso_session_where_linked() {
    for (linked, left) in [("NONE", true), ("LINKED", false)] {
        let mut world = world();
        let [one, other] = [(); 2].map(|()| through_sso(&mut world));
        let revoke = json!({"Token": one["RefreshToken"], "RevokeAssociatedSessions": linked});
        perform(&mut world, "RevokeToken", revoke).unwrap();
        assert_eq!(pool(&mut world).sso.contains_key(COOKIE), left);
        assert!(!works(&mut world, &one) && works(&mut world, &other));
    }
}
