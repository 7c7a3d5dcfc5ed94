//! The example service, over HTTP, against a real local pool and its tokens.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "../examples/orders_api/access.rs"]
mod access;
#[path = "../examples/orders_api/api.rs"]
mod api;

use std::{net::SocketAddr, sync::Arc, thread, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use local_pool::{Options, Server};
use serde_json::{Value, json};

use access::{Access, FETCH_PAUSE};

const CLIENT: &str = "localspaclient000000000001";
const ORIGIN: &str = "http://localhost:8080";
const DAY: i64 = 24 * 3600;

/// What came back: the status, `WWW-Authenticate`, and the body.
type Answer = (u16, Option<String>, Value);

struct Tokens {
    access: String,
    id: String,
}

/// A pool, and the service that takes its tokens.
struct World {
    pool: Server,
    service: SocketAddr,
}

impl World {
    fn new() -> Self {
        Self::with_pause(FETCH_PAUSE)
    }

    fn with_pause(pause: Duration) -> Self {
        let pool = Server::start(Options::default()).unwrap();
        let service = serve(Access::new(pool.issuer(), CLIENT.to_owned()).with_pause(pause));
        let world = Self { pool, service };
        world.control(
            "client",
            json!({ "explicit_auth_flows": ["ALLOW_USER_PASSWORD_AUTH"] }),
        );
        world
    }

    fn control(&self, what: &str, body: Value) {
        let url = format!("{}/control/{what}", self.pool.url());
        ureq::post(url).send(body.to_string()).unwrap();
    }

    fn call(&self, operation: &str, input: Value) -> Value {
        let request = ureq::post(format!("{}/", self.pool.url()))
            .header("content-type", "application/x-amz-json-1.1")
            .header(
                "x-amz-target",
                format!("AWSCognitoIdentityProviderService.{operation}"),
            )
            // As the AWS CLI signs; nobody looks at it.
            .header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cognito-idp/aws4_request, Signature=0",
            );
        let mut response = request.send(input.to_string()).unwrap();
        serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
    }

    fn sign_in(&self, client: &str, name: &str) -> Tokens {
        let input = json!({
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": client,
            "AuthParameters": { "USERNAME": format!("{name}@example.com"), "PASSWORD": "Sunflower-42!" },
        });
        let result = &self.call("InitiateAuth", input)["AuthenticationResult"];
        let token = |name: &str| result[name].as_str().unwrap().to_owned();
        Tokens {
            access: token("AccessToken"),
            id: token("IdToken"),
        }
    }

    /// The access token of one of the pool's users.
    fn token(&self, name: &str) -> String {
        self.sign_in(CLIENT, name).access
    }

    fn get(&self, path: &str, authorization: Option<&str>) -> Answer {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = ureq::Agent::new_with_config(config.build());
        let mut request = agent.get(format!("http://{}{path}", self.service));
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        let mut response = request.call().unwrap();
        let header = |name: &str| Some(response.headers().get(name)?.to_str().unwrap().to_owned());
        // Refusals as well, or pages cannot see them.
        assert_eq!(header("access-control-allow-origin").as_deref(), Some(ORIGIN));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
        let (status, challenge) = (response.status().as_u16(), header("www-authenticate"));
        let body = response.body_mut().read_to_string().unwrap();
        (status, challenge, serde_json::from_str(&body).unwrap_or_default())
    }

    fn with_token(&self, path: &str, token: &str) -> Answer {
        self.get(path, Some(&format!("Bearer {token}")))
    }

    fn status(&self, path: &str, token: &str) -> u16 {
        self.with_token(path, token).0
    }

    fn assert_refused(&self, token: &str, why: &str) {
        for path in ["/orders", "/orders/all"] {
            let (status, challenge, body) = self.with_token(path, token);
            let expected = format!("Bearer error=\"invalid_token\", error_description=\"{why}\"");
            assert_eq!((status, challenge, body), (401, Some(expected), Value::Null));
        }
    }
}

fn serve(access: Access) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            api::serve(listener, Arc::new(access), ORIGIN).await.unwrap();
        });
    });
    address
}

/// The token with another claim in place of its own, and its signature as it was.
fn with_claim(token: &str, name: &str, value: Value) -> String {
    let parts: Vec<_> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    claims[name] = value;
    let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
    [parts[0], &claims, parts[2]].join(".")
}

#[test]
fn a_user_sees_their_own_and_an_administrator_everything() {
    let world = World::new();
    let (user, admin) = (world.token("user"), world.token("admin"));
    let (status, _, body) = world.with_token("/orders", &user);
    assert_eq!(status, 200);
    assert!(body["orders"][0]["of"].is_string(), "{body}");
    assert_ne!(
        world.with_token("/orders", &admin).2,
        body,
        "everybody has their own"
    );
    assert_eq!(world.with_token("/orders/all", &user), (403, None, Value::Null));
    let (status, _, body) = world.with_token("/orders/all", &admin);
    assert_eq!((status, body["orders"].as_array().unwrap().len()), (200, 2));
}

#[test]
fn without_a_token_one_is_asked_for() {
    let world = World::new();
    let token = world.token("admin");
    for header in [
        None,
        Some("Bearer"),
        Some(&*format!("Basic {token}")),
        Some(&*token),
    ] {
        let (status, challenge, _) = world.get("/orders/all", header);
        assert_eq!(
            (status, challenge.as_deref()),
            (401, Some("Bearer")),
            "{header:?}"
        );
    }
    assert_eq!(world.get("/orders/all", Some(&format!("bearer {token}"))).0, 200);
}

#[test]
fn what_is_no_valid_access_token_for_this_client_is_refused() {
    let world = World::new();
    let tokens = world.sign_in(CLIENT, "admin");
    world.assert_refused(&tokens.id, "the token is of another kind");
    world.assert_refused("admin", "the token is malformed");

    let user = world.token("user");
    let promoted = with_claim(&user, "cognito:groups", json!(["admins"]));
    world.assert_refused(&promoted, "the token's signature is wrong");
    let (message, _) = tokens.access.rsplit_once('.').unwrap();
    world.assert_refused(&format!("{message}."), "the token's signature is wrong");

    let other = json!({
        "UserPoolId": local_pool::POOL_ID,
        "ClientName": "another",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    let other = world.call("CreateUserPoolClient", other)["UserPoolClient"]["ClientId"].clone();
    let tokens = world.sign_in(other.as_str().unwrap(), "admin");
    world.assert_refused(&tokens.access, "the token is for another app client");

    world.control("clock", json!({ "advance_seconds": -2 * DAY }));
    world.assert_refused(&world.token("admin"), "the token has expired");
}

#[test]
fn a_token_of_another_pool_is_refused() {
    let (world, other) = (World::new(), World::new());
    let (status, challenge, _) = world.with_token("/orders", &other.token("admin"));
    assert_eq!(status, 401);
    assert!(challenge.unwrap().starts_with("Bearer error=\"invalid_token\""));
}

#[test]
fn a_group_counts_as_the_token_has_it() {
    let world = World::new();
    let before = world.token("user");
    let member =
        json!({ "UserPoolId": local_pool::POOL_ID, "Username": "user@example.com", "GroupName": "admins" });
    world.call("AdminAddUserToGroup", member.clone());
    let after = world.token("user");
    assert_eq!(world.status("/orders/all", &before), 403);
    assert_eq!(world.status("/orders/all", &after), 200);
    world.call("AdminRemoveUserFromGroup", member);
    // Until it ends: nobody asks the pool.
    assert_eq!(world.status("/orders/all", &after), 200);
    assert_eq!(world.status("/orders/all", &world.token("user")), 403);
}

#[test]
fn a_new_key_of_the_pool_is_fetched_when_the_first_token_names_it() {
    let world = World::with_pause(Duration::ZERO);
    assert_eq!(world.status("/orders", &world.token("user")), 200);
    world.control("keys/rotate", json!({}));
    assert_eq!(world.status("/orders", &world.token("user")), 200);
}

#[test]
fn keys_are_not_fetched_for_every_token_that_names_an_unknown_one() {
    let world = World::with_pause(Duration::from_secs(3600));
    let old = world.token("user");
    assert_eq!(world.status("/orders", &old), 200);
    world.control("keys/rotate", json!({}));
    // The keys were fetched a moment ago: not again.
    world.assert_refused(&world.token("user"), "the token's key is unknown");
    assert_eq!(world.status("/orders", &old), 200);
}

#[test]
fn a_pool_that_is_gone_is_no_reason_to_let_anybody_in_nor_to_keep_out_whom_one_can_check() {
    let world = World::with_pause(Duration::ZERO);
    let token = world.token("admin");
    assert_eq!(world.status("/orders", &token), 200);
    let late = serve(Access::new(world.pool.issuer(), CLIENT.to_owned()));
    world.control("keys/rotate", json!({}));
    let unknown = world.token("admin");
    let World { pool, service } = world;
    pool.stop().unwrap();
    let status = |service, token: &str| {
        let url = format!("http://{service}/orders");
        let request = ureq::get(url).header("authorization", format!("Bearer {token}"));
        match request.call() {
            Ok(response) => response.status().as_u16(),
            Err(ureq::Error::StatusCode(status)) => status,
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(status(service, &token), 200);
    assert_eq!(status(service, &unknown), 401);
    assert_eq!(status(late, &token), 503);
}
