//! The administrator's operations, which AWS wants signed and the local pool takes from this machine.

use super::{Operation, admin, world};
use crate::pool::Pool;
use crate::protocol::{ApiError, Request, user_does_not_exist};

mod attributes;
mod clients;
mod create_user;
mod devices;
mod domain;
mod group_members;
mod groups;
mod identity_providers;
mod linked_identities;
mod list_users;
mod mfa;
mod page;
mod passwords;
mod pools;
mod shapes;
mod user_filter;
mod users;

/// What this folder has.
pub(super) static OPERATIONS: &[Operation] = &[
    admin("AddCustomAttributes", pools::add_custom_attributes),
    admin("AdminAddUserToGroup", group_members::add),
    admin("AdminConfirmSignUp", users::confirm_sign_up),
    admin("AdminCreateUser", create_user::run),
    admin("AdminDeleteUser", users::delete),
    admin("AdminDisableProviderForUser", linked_identities::disable),
    admin("AdminDisableUser", users::disable),
    admin("AdminEnableUser", users::enable),
    admin("AdminForgetDevice", devices::forget),
    admin("AdminGetUser", users::get),
    admin("AdminLinkProviderForUser", linked_identities::link),
    admin("AdminListDevices", devices::list),
    admin("AdminListGroupsForUser", group_members::list_groups),
    admin("AdminRemoveUserFromGroup", group_members::remove),
    admin("AdminResetUserPassword", passwords::reset),
    admin("AdminSetUserMFAPreference", mfa::set_preference),
    admin("AdminSetUserPassword", passwords::set),
    admin("AdminUpdateDeviceStatus", devices::update_status),
    admin("AdminUpdateUserAttributes", attributes::update),
    admin("AdminUserGlobalSignOut", users::global_sign_out),
    admin("CreateGroup", groups::create),
    admin("CreateIdentityProvider", identity_providers::create),
    world("CreateUserPool", pools::create),
    admin("CreateUserPoolClient", clients::create),
    world("CreateUserPoolDomain", domain::create),
    admin("DeleteGroup", groups::delete),
    world("DeleteUserPool", pools::delete),
    admin("DeleteUserPoolClient", clients::delete),
    admin("DescribeIdentityProvider", identity_providers::describe),
    admin("DescribeUserPool", pools::describe),
    admin("DescribeUserPoolClient", clients::describe),
    admin("GetGroup", groups::get),
    admin("GetUserPoolMfaConfig", mfa::get_config),
    admin("ListGroups", groups::list),
    admin("ListIdentityProviders", identity_providers::list),
    admin("ListUserPoolClients", clients::list),
    world("ListUserPools", pools::list),
    admin("ListUsers", list_users::run),
    admin("ListUsersInGroup", group_members::list_users),
    admin("SetUserPoolMfaConfig", mfa::set_config),
    admin("UpdateGroup", groups::update),
    admin("UpdateUserPool", pools::update),
    admin("UpdateUserPoolClient", clients::update),
];

/// The user name of the user whom Username names: by any name to sign in with, or by `sub`.
///
/// # Errors
/// `UserNotFoundException`.
fn username(pool: &Pool, request: &Request) -> Result<String, ApiError> {
    let name = request.text("Username");
    let by_sub = || pool.kept.users.values().find(|user| user.sub == name);
    let user = pool.find(name).or_else(by_sub);
    Ok(user.ok_or_else(user_does_not_exist)?.username.clone())
}
