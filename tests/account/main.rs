//! The engine against the local pool: what somebody signed in does about their account.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../local-pool/tests/support/authenticator.rs"]
mod authenticator;
#[path = "../model/mod.rs"]
mod model;
#[path = "../support/mod.rs"]
mod support;

mod access;
mod attributes;
mod devices;
mod factors;
mod passkeys;
mod sessions;
mod user;

use support::World;
use yew_cognito::{
    cognito::Attribute,
    engine::{AccountCommand, AccountReply, AuthError, Command, Engine, Reply, SessionState},
    token::{Code, IdClaims},
};

const USER: &str = "user@example.com";
const ADMIN: &str = "admin@example.com";
const RENEW: &str = "GetTokensFromRefreshToken";

fn execute(world: &mut World, command: AccountCommand) -> Result<Reply, AuthError> {
    world.execute(Command::Account(command))
}

/// Carries out a command that has nothing to tell.
fn done(world: &mut World, command: AccountCommand) -> Result<(), AuthError> {
    execute(world, command).map(|reply| assert!(matches!(reply, Reply::Done), "{reply:?}"))
}

/// Carries out a command that has something to tell.
fn told(world: &mut World, command: AccountCommand) -> Result<AccountReply, AuthError> {
    execute(world, command).map(|reply| match reply {
        Reply::Account(reply) => reply,
        reply => panic!("{reply:?}"),
    })
}

macro_rules! tell {
    ($world:expr, $command:expr, $variant:ident) => {
        match $crate::told($world, $command) {
            Ok(yew_cognito::engine::AccountReply::$variant(value)) => Ok(value),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error),
        }
    };
}
use tell;

fn claims(world: &World) -> IdClaims {
    match world.session() {
        SessionState::SignedIn(session) => session.claims,
        state => panic!("{state:?}"),
    }
}

/// The pool's time, in seconds since the Unix epoch.
fn now(world: &World) -> u64 {
    let clock = world.control("clock", serde_json::json!({"advance_seconds": 0}));
    clock["now"].as_u64().unwrap()
}

fn attribute(name: &str, value: &str) -> Attribute {
    Attribute {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn code(text: &str) -> Code {
    Code::from(text.to_owned())
}

/// A code that is not `code`.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// The person signs in on another page as well; hands out the first page's engine.
fn on_another_page(world: &mut World) -> Engine {
    let first = world.engine.clone();
    world.reload();
    world.sign_in_user();
    first
}

/// Every command there is.
fn all() -> Vec<AccountCommand> {
    use AccountCommand as C;
    vec![
        C::ChangePassword {
            previous: Some(support::secret(support::PASSWORD)),
            proposed: support::secret("Marigold-77!"),
        },
        C::UpdateAttributes(vec![attribute("name", "Ada")]),
        C::DeleteAttributes(vec!["name".to_owned()]),
        C::SendAttributeCode("email".to_owned()),
        C::ConfirmAttribute {
            name: "email".to_owned(),
            code: code("123456"),
        },
        C::DeleteUser,
        C::SetUpTotp,
        C::VerifyTotp {
            code: code("123456"),
            name: None,
        },
        C::MfaPreference,
        C::SetMfaPreference(Default::default()),
        C::SetPasskeyMfa(true),
        C::AuthFactors,
        C::StartPasskey,
        C::CompletePasskey("{}".to_owned().into()),
        C::Passkeys,
        C::DeletePasskey("id".to_owned()),
        C::Devices,
        C::Device("us-east-1_0f2c1a4e".to_owned()),
        C::ForgetDevice(Some("us-east-1_0f2c1a4e".to_owned())),
        C::Sessions,
        C::RevokeSession {
            id: "tkn0123456789abcdefghijklmno".to_owned(),
            linked: false,
        },
    ]
}
