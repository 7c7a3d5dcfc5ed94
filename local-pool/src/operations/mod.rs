//! The operations that the pool has, one a file.

use serde_json::{Map, Value};

use crate::protocol::{ApiError, Outcome, Request};
use crate::store::Pool;
use crate::validate;
use crate::validate::shape::Member;

mod confirm_forgot_password;
mod confirm_sign_up;
mod forgot_password;
mod get_tokens_from_refresh_token;
mod get_user;
mod global_sign_out;
mod initiate_auth;
mod resend_confirmation_code;
mod respond_to_auth_challenge;
mod revoke_token;
mod sign_up;

/// An operation of AWS's service model `cognito-idp/2016-04-18`.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// Its input shape.
    members: &'static [Member],
    run: fn(&mut Pool, &Request) -> Outcome,
}

static OPERATIONS: [Operation; 11] = [
    confirm_forgot_password::OPERATION,
    confirm_sign_up::OPERATION,
    forgot_password::OPERATION,
    get_tokens_from_refresh_token::OPERATION,
    get_user::OPERATION,
    global_sign_out::OPERATION,
    initiate_auth::OPERATION,
    resend_confirmation_code::OPERATION,
    respond_to_auth_challenge::OPERATION,
    revoke_token::OPERATION,
    sign_up::OPERATION,
];

/// The operation of that name.
pub(crate) fn named(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

impl Operation {
    /// Carries the operation out; the request has passed [`Operation::check`].
    pub(crate) fn perform(&self, pool: &mut Pool, request: &Request) -> Outcome {
        (self.run)(pool, request)
    }

    /// Passes input that fits the operation's shape.
    ///
    /// # Errors
    /// See [`validate::check`].
    pub(crate) fn check(&self, input: &Map<String, Value>) -> Result<(), ApiError> {
        validate::check(self.members, input)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! What the tests of the operations share.

    use super::*;
    use crate::seed;
    use serde_json::json;

    /// A pool as it begins.
    pub(crate) fn pool() -> Pool {
        Pool::seeded("http://127.0.0.1:1")
    }

    /// Performs `operation` with the pool's client id and `input`.
    pub(crate) fn perform(pool: &mut Pool, operation: &str, mut input: Value) -> Outcome {
        let members = input.as_object_mut().unwrap();
        members.entry("ClientId").or_insert(json!(seed::CLIENT_ID));
        let operation = named(operation).unwrap();
        operation.check(members)?;
        operation.perform(pool, &Request::new(members.clone()))
    }

    /// The name of the refusal.
    pub(crate) fn refused(pool: &mut Pool, operation: &str, input: Value) -> ApiError {
        perform(pool, operation, input).unwrap_err()
    }

    /// The code of the newest mail.
    pub(crate) fn code(pool: &Pool) -> String {
        pool.mailbox.mails().next().unwrap().code.clone()
    }

    /// A code that is not that of the newest mail.
    pub(crate) fn wrong_code(pool: &Pool) -> &'static str {
        if code(pool) == "000000" {
            "000001"
        } else {
            "000000"
        }
    }

    /// Makes the client tell who exists.
    pub(crate) fn legacy(pool: &mut Pool) {
        pool.client.prevent_user_existence_errors = crate::client::PreventUserExistenceErrors::Legacy;
    }

    /// AuthenticationResult of a sign-in of `email`.
    pub(crate) fn tokens(pool: &mut Pool, email: &str) -> Value {
        let sub = pool.find(email).unwrap().sub.clone();
        crate::tokens::sign_in(pool, &sub).unwrap()
    }
}
