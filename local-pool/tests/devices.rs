//! Devices, from the offer of one to its sign-in, as a client sees them.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "support/device.rs"]
mod device;
mod support;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use device::Device;
use serde_json::{Value, json};
use support::{Identity, Pool, Srp, number, padded};

const USER: &str = "user@example.com";
const ADMIN: &str = "admin@example.com";
const PASSWORD: &str = "Sunflower-42!";

fn refusal(kind: &str, message: &str) -> (String, String) {
    (kind.to_owned(), message.to_owned())
}

fn incorrect() -> (String, String) {
    refusal("NotAuthorizedException", "Incorrect username or password.")
}

fn unknown() -> (String, String) {
    refusal("ResourceNotFoundException", "Device does not exist.")
}

fn invalid_session() -> (String, String) {
    refusal("NotAuthorizedException", "Invalid session for the user.")
}

/// A pool that remembers devices at once.
fn start() -> Pool {
    let pool = Pool::start();
    pool.control("pool", &json!({"devices": {}}));
    pool
}

/// An answer to PASSWORD_VERIFIER on a device.
fn proof(pool: &Pool, email: &str, key: &str) -> Value {
    let srp = Srp::new();
    let mut start = srp.start(email);
    start["AuthParameters"]["DEVICE_KEY"] = json!(key);
    let challenge = pool.ok("InitiateAuth", start);
    let mut answer = srp.answer(&challenge["ChallengeParameters"], PASSWORD, &pool.timestamp());
    answer["ChallengeResponses"]["DEVICE_KEY"] = json!(key);
    answer
}

/// What follows the password on a device.
fn enter(pool: &Pool, email: &str, device: &Device) -> Value {
    pool.ok("RespondToAuthChallenge", proof(pool, email, &device.key))
}

/// A first sign-in, and its device, confirmed.
fn confirmed(pool: &Pool, email: &str) -> (Value, Device) {
    let result = pool.sign_in(email, PASSWORD);
    let device = Device::offered(&result);
    pool.ok("ConfirmDevice", device.confirmation(&result));
    (result, device)
}

fn device_key(result: &Value) -> Value {
    let token = result["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["device_key"].clone()
}

#[test]
fn the_tests_own_client_computes_what_amplify_does() {
    let cases: Value = serde_json::from_str(include_str!("../../tests/data/device_verifier.json")).unwrap();
    for case in cases.as_array().unwrap() {
        let text = |name: &str| case[name].as_str().unwrap();
        let identity = Identity {
            pool: text("group"),
            user: text("key"),
            password: text("pass"),
        };
        let salt = number(text("saltRaw"));
        let verifier = identity.verifier(&salt);
        assert_eq!(STANDARD.encode(padded(&salt)), text("Salt_b64"));
        assert_eq!(STANDARD.encode(padded(&verifier)), text("PasswordVerifier_b64"));
    }
    let cases: Value = serde_json::from_str(include_str!("../../tests/data/srp.json")).unwrap();
    let cases = cases.as_array().unwrap();
    let devices = cases.iter().filter(|case| case["kind"] == "device");
    assert!(devices.clone().count() > 5);
    for case in devices {
        let text = |name: &str| case[name].as_str().unwrap();
        let srp = Srp::with_secret(number(text("a")));
        let parameters = json!({
            "SALT": case["salt"],
            "SRP_B": case["B"],
            "SECRET_BLOCK": case["block"],
        });
        let identity = Identity {
            pool: text("pool"),
            user: text("user"),
            password: text("pass"),
        };
        assert_eq!(srp.public_hex(), case["out"]["A"]);
        let claim = srp.claim(&identity, &parameters, text("ts"));
        assert_eq!(claim["PASSWORD_CLAIM_SIGNATURE"], case["out"]["sig"]);
    }
}

#[test]
fn a_confirmed_device_proves_itself_at_the_next_sign_in() {
    let pool = start();
    let (first, device) = confirmed(&pool, USER);
    for with_session in [true, false] {
        let challenge = enter(&pool, USER, &device);
        let proof = device.proof(&pool, &challenge, with_session);
        let result = pool.ok("RespondToAuthChallenge", proof.clone());
        let tokens = &result["AuthenticationResult"];
        assert!(tokens["RefreshToken"].is_string() && tokens.get("NewDeviceMetadata").is_none());
        assert_eq!(device_key(&result), device.key);
        // Once.
        assert_eq!(
            pool.refused("RespondToAuthChallenge", proof).0,
            "NotAuthorizedException"
        );
    }
    // Without its key, the same browser is a new device.
    let again = Device::offered(&pool.sign_in(USER, PASSWORD));
    assert_ne!(again.key, device.key);
    let list = json!({"AccessToken": first["AuthenticationResult"]["AccessToken"]});
    let listed = pool.ok("ListDevices", list);
    assert_eq!(listed["Devices"].as_array().unwrap().len(), 1);
    assert_eq!(listed["Devices"][0]["DeviceKey"], device.key);
}

#[test]
fn a_pool_that_remembers_no_devices_offers_none() {
    let pool = Pool::start();
    let result = pool.ok("RespondToAuthChallenge", proof(&pool, USER, "us-east-1_0"));
    assert!(result["AuthenticationResult"]["AccessToken"].is_string());
    assert!(result["AuthenticationResult"].get("NewDeviceMetadata").is_none());
    assert_eq!(device_key(&result), Value::Null);
}

/// The answer to an EMAIL_OTP challenge.
fn code(pool: &Pool, challenge: &Value) -> Value {
    assert_eq!(challenge["ChallengeName"], "EMAIL_OTP", "{challenge}");
    let answer = json!({
        "ChallengeName": "EMAIL_OTP",
        "Session": challenge["Session"],
        "ChallengeResponses": {
            "USERNAME": challenge["ChallengeParameters"]["USERNAME"].as_str().unwrap_or(USER),
            "EMAIL_OTP_CODE": pool.code(USER),
        },
    });
    pool.ok("RespondToAuthChallenge", answer)
}

#[test]
fn a_device_spares_the_second_factor_where_the_pool_says_so() {
    for spares in [true, false] {
        let pool = start();
        pool.control(
            "pool",
            &json!({
                "mfa": {"configuration": "ON", "email": true},
                "devices": {
                    "challenge_required_on_new_device": spares,
                    "only_remembered_on_user_prompt": true,
                },
            }),
        );
        let first = code(&pool, &pool.sign_in(USER, PASSWORD));
        let device = Device::offered(&first);
        pool.ok("ConfirmDevice", device.confirmation(&first));
        let status = |remembered: &str| {
            json!({
                "AccessToken": first["AuthenticationResult"]["AccessToken"],
                "DeviceKey": device.key,
                "DeviceRememberedStatus": remembered,
            })
        };
        // Known, but not remembered: it has to prove nothing, and spares nothing.
        let result = code(&pool, &enter(&pool, USER, &device));
        assert!(result["AuthenticationResult"]["AccessToken"].is_string());
        assert!(result["AuthenticationResult"].get("NewDeviceMetadata").is_none());

        pool.ok("UpdateDeviceStatus", status("remembered"));
        let mut challenge = enter(&pool, USER, &device);
        if !spares {
            challenge = code(&pool, &challenge);
        }
        let result = device.prove(&pool, &challenge);
        assert!(
            result["AuthenticationResult"]["AccessToken"].is_string(),
            "{spares}"
        );
        assert_eq!(pool.sign_in(USER, PASSWORD)["ChallengeName"], "EMAIL_OTP");

        pool.ok("UpdateDeviceStatus", status("not_remembered"));
        assert_eq!(enter(&pool, USER, &device)["ChallengeName"], "EMAIL_OTP");
    }
}

#[test]
fn a_wrong_device_password_is_refused_and_spends_the_challenge() {
    let pool = start();
    let (_, mut device) = confirmed(&pool, USER);
    for with_session in [true, false] {
        let challenge = enter(&pool, USER, &device);
        let right = device.proof(&pool, &challenge, with_session);
        let challenge = enter(&pool, USER, &device);
        device.password.push('x');
        let wrong = device.proof(&pool, &challenge, with_session);
        device.password.pop();
        assert_eq!(pool.refused("RespondToAuthChallenge", wrong.clone()), incorrect());
        assert_eq!(
            pool.refused("RespondToAuthChallenge", wrong.clone()).0,
            "NotAuthorizedException"
        );
        let mut late = right.clone();
        late["ChallengeResponses"]["TIMESTAMP"] = json!("Thu Jan 1 00:00:00 UTC 1970");
        assert_eq!(pool.refused("RespondToAuthChallenge", late), incorrect());
        assert_eq!(
            pool.refused("RespondToAuthChallenge", right).0,
            "NotAuthorizedException"
        );
    }
    let zero = enter(&pool, USER, &device);
    let mut start = device.start(&Srp::new(), &zero, true);
    start["ChallengeResponses"]["SRP_A"] = json!("0");
    assert_eq!(
        pool.refused("RespondToAuthChallenge", start).0,
        "InvalidParameterException"
    );
}

#[test]
fn a_device_of_someone_else_is_no_device() {
    let pool = start();
    let (_, theirs) = confirmed(&pool, ADMIN);
    let (first, own) = confirmed(&pool, USER);
    assert_eq!(
        pool.refused("RespondToAuthChallenge", proof(&pool, USER, &theirs.key)),
        unknown()
    );
    // Not halfway either, nor by a name in InitiateAuth alone.
    let challenge = enter(&pool, USER, &own);
    let mut start = own.start(&Srp::new(), &challenge, true);
    start["ChallengeResponses"]["DEVICE_KEY"] = json!(theirs.key);
    assert_eq!(pool.refused("RespondToAuthChallenge", start), unknown());
    let mut quiet = proof(&pool, USER, &theirs.key);
    quiet["ChallengeResponses"]
        .as_object_mut()
        .unwrap()
        .remove("DEVICE_KEY");
    let result = pool.ok("RespondToAuthChallenge", quiet);
    let offered = Device::offered(&result);
    assert_ne!(offered.key, theirs.key);
    pool.ok("ConfirmDevice", offered.confirmation(&result));
    // The device's group is part of what is proven.
    let mut moved = own;
    moved.group_key = theirs.group_key.clone();
    let challenge = enter(&pool, USER, &moved);
    let wrong = moved.proof(&pool, &challenge, true);
    assert_eq!(pool.refused("RespondToAuthChallenge", wrong), incorrect());
    for operation in ["GetDevice", "ForgetDevice"] {
        let input = json!({
            "AccessToken": first["AuthenticationResult"]["AccessToken"],
            "DeviceKey": theirs.key,
        });
        assert_eq!(pool.refused(operation, input), unknown());
    }
}

#[test]
fn the_same_proof_may_be_sent_again_without_a_forgotten_device() {
    let pool = start();
    let (first, device) = confirmed(&pool, USER);
    let halfway = enter(&pool, USER, &device);
    let token = &first["AuthenticationResult"]["AccessToken"];
    pool.ok(
        "ForgetDevice",
        json!({"AccessToken": token, "DeviceKey": device.key}),
    );
    let start = device.start(&Srp::new(), &halfway, true);
    assert_eq!(pool.refused("RespondToAuthChallenge", start), unknown());

    let mut answer = proof(&pool, USER, &device.key);
    assert_eq!(pool.refused("RespondToAuthChallenge", answer.clone()), unknown());
    answer["ChallengeResponses"]
        .as_object_mut()
        .unwrap()
        .remove("DEVICE_KEY");
    let result = pool.ok("RespondToAuthChallenge", answer.clone());
    let next = Device::offered(&result);
    assert_ne!(next.key, device.key);
    pool.ok("ConfirmDevice", next.confirmation(&result));
    assert_eq!(pool.refused("RespondToAuthChallenge", answer), incorrect());
    // A wrong proof is refused before the device is looked at, and its challenge is over.
    let mut wrong = proof(&pool, USER, &device.key);
    wrong["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"] = json!("AAAA");
    assert_eq!(pool.refused("RespondToAuthChallenge", wrong), incorrect());
}

#[test]
fn tokens_are_renewed_on_their_device_only() {
    let pool = start();
    let first = pool.sign_in(USER, PASSWORD);
    let device = Device::offered(&first);
    let (_, other) = confirmed(&pool, USER);
    let renewal = |key: Option<&str>| {
        let mut input = json!({
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {"REFRESH_TOKEN": first["AuthenticationResult"]["RefreshToken"]},
        });
        if let Some(key) = key {
            input["AuthParameters"]["DEVICE_KEY"] = json!(key);
        }
        input
    };
    let invalid = refusal("NotAuthorizedException", "Invalid Refresh Token");
    // Not before the device is confirmed.
    for key in [None, Some(device.key.as_str())] {
        assert_eq!(pool.refused("InitiateAuth", renewal(key)), invalid);
    }
    pool.ok("ConfirmDevice", device.confirmation(&first));
    for key in [None, Some(other.key.as_str()), Some("us-east-1_0")] {
        assert_eq!(pool.refused("InitiateAuth", renewal(key)), invalid);
    }
    let renewed = pool.ok("InitiateAuth", renewal(Some(&device.key)));
    assert_eq!(device_key(&renewed), device.key);
    // A pool that remembers devices no more does not ask for them.
    pool.control("pool", &json!({"devices": null}));
    pool.ok("InitiateAuth", renewal(None));
}

#[test]
fn without_a_session_only_a_sign_in_that_waits_for_its_device_goes_on() {
    let pool = start();
    let (_, device) = confirmed(&pool, USER);
    let (_, theirs) = confirmed(&pool, ADMIN);
    let challenge = enter(&pool, USER, &device);
    let right = device.proof(&pool, &challenge, false);
    pool.ok("RespondToAuthChallenge", right);
    let sessionless = device.start(&Srp::new(), &challenge, false);

    // Nobody waits; then someone does who has not proven the password; then someone else.
    assert_eq!(
        pool.refused("RespondToAuthChallenge", sessionless.clone()),
        invalid_session()
    );
    proof(&pool, USER, &device.key);
    assert_eq!(
        pool.refused("RespondToAuthChallenge", sessionless.clone()),
        invalid_session()
    );
    let waiting = enter(&pool, ADMIN, &theirs);
    assert_eq!(
        pool.refused("RespondToAuthChallenge", sessionless.clone()),
        invalid_session()
    );
    let mut named = theirs.start(&Srp::new(), &waiting, false);
    named["ChallengeResponses"]["USERNAME"] = json!(USER);
    assert_eq!(pool.refused("RespondToAuthChallenge", named), invalid_session());

    // A proof belongs to its own exchange.
    let mut mixed = theirs.proof(&pool, &waiting, false);
    let challenge = enter(&pool, USER, &device);
    let own = device.proof(&pool, &challenge, false);
    mixed["ChallengeResponses"]["USERNAME"] = own["ChallengeResponses"]["USERNAME"].clone();
    assert_eq!(pool.refused("RespondToAuthChallenge", mixed), invalid_session());
    pool.ok("RespondToAuthChallenge", own);

    // And it waits no longer than a challenge lives.
    enter(&pool, USER, &device);
    pool.control("clock", &json!({"advance_seconds": 3600}));
    assert_eq!(
        pool.refused("RespondToAuthChallenge", sessionless),
        invalid_session()
    );
}
