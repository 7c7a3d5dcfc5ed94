//! AdminSetUserPassword and AdminResetUserPassword.

use serde_json::json;

use super::username;
use crate::codes::Purpose;
use crate::operations::forgot_password;
use crate::pool::Pool;
use crate::pool::user::Status;
use crate::protocol::{Outcome, Request, invalid_parameter, not_authorized};

pub(super) fn set(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    let password = request.text("Password");
    pool.check_new_password(&username, password)?;
    pool.set_password(&username, password)?;
    let status = if request.flag("Permanent") == Some(true) {
        Status::Confirmed
    } else {
        Status::ForceChangePassword
    };
    pool.set_status(&username, status)?;
    Ok(json!({}))
}

/// Sends a code, as ForgotPassword does; until it is used, the user has no way in by password.
pub(super) fn reset(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    let user = pool.user(&username)?;
    if !matches!(user.status, Status::Confirmed | Status::ResetRequired) {
        return Err(not_authorized(
            "User password cannot be reset in the current state.",
        ));
    }
    let (contact, to) = forgot_password::way_back(pool, user).ok_or_else(|| {
        invalid_parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
    })?;
    pool.send_code(&username, contact, &to, Purpose::Reset)?;
    pool.set_status(&username, Status::ResetRequired)?;
    Ok(json!({}))
}
