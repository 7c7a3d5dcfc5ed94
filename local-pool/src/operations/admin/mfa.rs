//! SetUserPoolMfaConfig, GetUserPoolMfaConfig, AdminSetUserMFAPreference.

use super::{shapes, username};
use crate::operations::set_user_mfa_preference;
use crate::pool::Pool;
use crate::protocol::{Outcome, Request};

pub(super) fn set_config(pool: &mut Pool, request: &Request) -> Outcome {
    shapes::mfa::take(&mut pool.kept, request)?;
    pool.kept.modified_at = pool.now();
    get_config(pool, request)
}

pub(super) fn get_config(pool: &mut Pool, _: &Request) -> Outcome {
    Ok(shapes::mfa::config(&pool.kept))
}

pub(super) fn set_preference(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    set_user_mfa_preference::set(pool, &username, request)
}
