//! What the tests of the operations share.

pub(crate) mod devices;

use serde_json::{Value, json};

pub(crate) mod factors;

use super::named;
use crate::pool::Pool;
use crate::pool::client::{Client, PreventUserExistenceErrors};
use crate::pool::user::User;
use crate::protocol::{ApiError, Outcome, Request};
use crate::seed;
use crate::world::World;

/// A server as it begins, with the pool of the seed.
pub(crate) fn world() -> World {
    World::new("http://127.0.0.1:1", None)
}

/// The pool of the seed.
pub(crate) fn pool(world: &mut World) -> &mut Pool {
    world.pool_mut(seed::POOL_ID).unwrap()
}

/// The client of the seed.
pub(crate) fn client(world: &mut World) -> &mut Client {
    pool(world).kept.clients.get_mut(seed::CLIENT_ID).unwrap()
}

/// The user of that name, as they are now.
pub(crate) fn user(world: &World, name: &str) -> User {
    world.pools[seed::POOL_ID].find(name).unwrap().clone()
}

/// Whether the user's password is `password`.
pub(crate) fn has_password(world: &World, name: &str, password: &str) -> bool {
    let pool = &world.pools[seed::POOL_ID];
    pool.has_password(&user(world, name).username, password)
}

/// Performs `operation` with `input`, and the seed's ClientId where the operation has one.
pub(crate) fn perform(world: &mut World, operation: &str, mut input: Value) -> Outcome {
    let members = input.as_object_mut().unwrap();
    members.entry("ClientId").or_insert(json!(seed::CLIENT_ID));
    named(operation)
        .unwrap()
        .perform(world, &Request::new(members.clone()))
}

/// The refusal.
pub(crate) fn refused(world: &mut World, operation: &str, input: Value) -> ApiError {
    perform(world, operation, input).unwrap_err()
}

/// The code of the newest message.
pub(crate) fn code(world: &World) -> String {
    world.shared.mailbox().mails().next().unwrap().code.clone()
}

/// A code of the same length that is not that of the newest message.
pub(crate) fn wrong_code(world: &World) -> String {
    let code = code(world);
    let other = if code.starts_with('0') { "1" } else { "0" };
    format!("{other}{}", &code[1..])
}

/// Makes the client tell who exists.
pub(crate) fn legacy(world: &mut World) {
    client(world).prevent_user_existence_errors = PreventUserExistenceErrors::Legacy;
}

/// Allows `flow` (an `ALLOW_...` name).
pub(crate) fn allow(world: &mut World, flow: &str) {
    client(world).explicit_auth_flows.push(flow.to_owned());
}

/// AuthenticationResult of a sign-in of `email` by password.
pub(crate) fn tokens(world: &mut World, email: &str) -> Value {
    use crate::sign_in::level::Method;
    use crate::tokens::{OWN_SCOPE, SignedIn, sign_in};
    let client = client(world).clone();
    let pool = pool(world);
    let signed_in = SignedIn {
        username: pool.find(email).unwrap().username.clone(),
        methods: vec![Method::Password],
        scopes: vec![OWN_SCOPE.to_owned()],
        ..SignedIn::default()
    };
    sign_in(pool, &client, signed_in).unwrap()
}
