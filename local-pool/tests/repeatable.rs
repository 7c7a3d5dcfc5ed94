//! Servers that give the same answers every time.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]
// Each test program uses a part of the support.
#![allow(dead_code)]

mod support;

use local_pool::{Options, Server};
use serde_json::json;
use support::{Pool, Reply};

/// An answer without the request's id and the moment of sending.
fn lasting(reply: &Reply) -> String {
    let is_lasting = |line: &&str| {
        let line = line.to_lowercase();
        !line.starts_with("x-amzn-requestid:") && !line.starts_with("date:")
    };
    let head: Vec<&str> = reply.head.lines().filter(is_lasting).collect();
    format!("{}\n\n{}", head.join("\n"), reply.body)
}

/// What a server answers to a sign-up, a sign-in and a renewal; the port it had.
fn answers(port: u16, random_seed: u64) -> (u16, Vec<String>) {
    let pool = Pool {
        server: Server::start(Options {
            port,
            random_seed: Some(random_seed),
            freeze_at: Some(1_800_000_000),
            ..Options::default()
        })
        .unwrap(),
    };
    let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    pool.control("client", &json!({"explicit_auth_flows": flows}));
    let mut answers = vec![pool.get("/us-east-1_LocalPool/.well-known/jwks.json")];
    let (name, password) = ("ada@example.com", "Analytical-1!");
    answers.extend(pool.call("SignUp", json!({"Username": name, "Password": password})));
    answers.push(pool.get("/control/mailbox"));
    let code = pool.code(name);
    answers.extend(pool.call(
        "ConfirmSignUp",
        json!({"Username": name, "ConfirmationCode": code}),
    ));
    let parameters = json!({"USERNAME": name, "PASSWORD": password});
    let start = json!({"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters});
    let signed_in = pool.call("InitiateAuth", start).unwrap();
    let token = signed_in.json()["AuthenticationResult"]["RefreshToken"].clone();
    answers.push(signed_in);
    let renewal = json!({"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": token}});
    answers.extend(pool.call("InitiateAuth", renewal));
    let unknown = json!({"USERNAME": "nobody@example.com", "PASSWORD": password});
    let refused = json!({"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": unknown});
    answers.extend(pool.call("InitiateAuth", refused));
    assert!(answers.iter().all(|reply| matches!(reply.status, 200 | 400)));
    let port = pool.server.address().port();
    (port, answers.iter().map(lasting).collect())
}

#[test]
fn the_same_seed_and_clock_give_the_same_bytes() {
    let (port, first) = answers(0, 7);
    assert_eq!(first.len(), 7);
    assert!(first[4].contains("AccessToken"), "{}", first[4]);
    // On the same port, which is in the issuer of the tokens.
    let (_, again) = answers(port, 7);
    assert_eq!(first, again);
    let (_, other) = answers(port, 8);
    for index in [0, 2, 4] {
        assert_ne!(first[index], other[index]);
    }
}
