//! Sign-in through the operations, as a client would do it.

use serde_json::{Map, Value, json};

use crate::operations::testing::{allow, client, code, perform, pool, user, world};
use crate::pool::contact::Contact;
use crate::pool::settings::{AuthFactor, MfaConfiguration, MfaSettings};
use crate::pool::user::Authenticator;
use crate::protocol::{ApiError, Outcome};
use crate::totp;
use crate::world::World;

mod choice;
mod custom;
mod discipline;
mod mfa;
mod step_up;

const USER: &str = "user@example.com";
const PASSWORD: &str = "Sunflower-42!";
const PHONE: &str = "+12025550199";
const SECRET: &[u8] = b"12345678901234567890123456789012";

/// A server whose client allows every flow and whose pool has every first factor but passkeys.
fn open_world() -> World {
    let mut world = world();
    for flow in ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH"] {
        allow(&mut world, flow);
    }
    let settings = &mut pool(&mut world).kept.settings;
    settings.allowed_first_auth_factors =
        vec![AuthFactor::Password, AuthFactor::EmailOtp, AuthFactor::SmsOtp];
    world
}

/// Gives the user a verified phone number.
fn add_phone(world: &mut World) {
    let username = user(world, USER).username;
    let user = pool(world).user_mut(&username).unwrap();
    user.attributes
        .insert("phone_number".to_owned(), PHONE.to_owned());
    user.set_verified(Contact::PhoneNumber, true);
}

/// Gives the user an authenticator app with [`SECRET`].
fn add_app(world: &mut World) {
    let username = user(world, USER).username;
    let mfa = &mut pool(world).user_mut(&username).unwrap().mfa;
    mfa.software_token = true;
    mfa.authenticator = Some(Authenticator {
        secret: SECRET.to_vec(),
        verified: true,
        friendly_name: None,
        last_step: None,
    });
}

/// Switches all second factors on.
fn with_mfa(world: &mut World, configuration: MfaConfiguration) {
    pool(world).kept.settings.mfa = MfaSettings {
        configuration,
        sms: true,
        software_token: true,
        email: true,
    };
}

/// The app's code at this moment.
fn app_code(world: &World) -> String {
    totp::code_at(SECRET, world.shared.clock.now())
}

fn begin(world: &mut World, flow: &str, parameters: Value) -> Outcome {
    perform(
        world,
        "InitiateAuth",
        json!({"AuthFlow": flow, "AuthParameters": parameters}),
    )
}

/// InitiateAuth with the right password.
fn by_password(world: &mut World) -> Value {
    begin(
        world,
        "USER_PASSWORD_AUTH",
        json!({"USERNAME": USER, "PASSWORD": PASSWORD}),
    )
    .unwrap()
}

/// USER_AUTH with these parameters besides the user's name.
fn by_choice(world: &mut World, mut parameters: Value) -> Outcome {
    parameters["USERNAME"] = json!(USER);
    begin(world, "USER_AUTH", parameters)
}

fn session(answer: &Value) -> String {
    answer["Session"].as_str().unwrap_or_default().to_owned()
}

/// RespondToAuthChallenge for `name` with the Session of `challenge`, and the user's name.
fn answer(world: &mut World, name: &str, session: &str, responses: &[(&str, &str)]) -> Outcome {
    let mut map: Map<String, Value> = Map::from_iter([("USERNAME".to_owned(), json!(USER))]);
    map.extend(
        responses
            .iter()
            .map(|(key, value)| ((*key).to_owned(), json!(value))),
    );
    let mut input = json!({"ChallengeName": name, "ChallengeResponses": map});
    if !session.is_empty() {
        input["Session"] = json!(session);
    }
    perform(world, "RespondToAuthChallenge", input)
}

fn has_tokens(answer: &Value) -> bool {
    answer["AuthenticationResult"]["AccessToken"].is_string()
}

/// The claims of the answer's access token.
fn claims(world: &mut World, answer: &Value) -> Value {
    let token = answer["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    pool(world).kept.keys.verify(token).unwrap()
}

fn kind(outcome: Outcome) -> String {
    outcome.unwrap_err().kind
}

fn message(outcome: Outcome) -> String {
    let ApiError { message, .. } = outcome.unwrap_err();
    message
}
