//! AdminGetUser, AdminConfirmSignUp, AdminDisableUser, AdminEnableUser, AdminDeleteUser, AdminUserGlobalSignOut.

use serde_json::{Value, json};

use super::{shapes, username};
use crate::pool::Pool;
use crate::pool::user::Status;
use crate::protocol::{Outcome, Request, not_authorized};
use crate::sign_in::mfa;

pub(super) fn get(pool: &mut Pool, request: &Request) -> Outcome {
    let user = pool.user(&username(pool, request)?)?;
    let mut answer = shapes::user::standing(user);
    answer.extend(mfa::settings(user));
    let attributes = shapes::user::attributes(user, |_| true);
    answer.insert("UserAttributes".to_owned(), json!(attributes));
    Ok(Value::Object(answer))
}

/// Verifies no address: nobody has shown a code.
pub(super) fn confirm_sign_up(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    let status = pool.user(&username)?.status;
    if status != Status::Unconfirmed {
        let status = json!(status);
        let status = status.as_str().unwrap_or_default();
        return Err(not_authorized(&format!(
            "User cannot be confirmed. Current status is {status}"
        )));
    }
    pool.set_status(&username, Status::Confirmed)?;
    pool.user_mut(&username)?.sign_up_contact = None;
    Ok(json!({}))
}

/// A disabled user's tokens are revoked (API reference).
pub(super) fn disable(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    pool.user_mut(&username)?.enabled = false;
    pool.kept.tokens.revoke_all(&username);
    Ok(json!({}))
}

pub(super) fn enable(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    pool.user_mut(&username)?.enabled = true;
    Ok(json!({}))
}

pub(super) fn delete(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    pool.delete(&username);
    Ok(json!({}))
}

pub(super) fn global_sign_out(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    pool.kept.tokens.revoke_all(&username);
    Ok(json!({}))
}
