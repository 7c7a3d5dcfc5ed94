//! The operations that the pool has, one a file.

use crate::identity;
use crate::model;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Outcome, Request, not_authorized};
use crate::sign_in::{AUTH_PARAMETERS, RESPONSES, sessions};
use crate::tokens::{self, Bearer, OWN_SCOPE};
use crate::world::World;

mod admin;
mod associate_software_token;
mod change_password;
mod complete_web_authn_registration;
mod confirm_device;
mod confirm_forgot_password;
mod confirm_sign_up;
mod delete_user;
mod delete_user_attributes;
mod delete_web_authn_credential;
mod forget_device;
mod forgot_password;
mod get_device;
mod get_tokens_from_refresh_token;
mod get_user;
mod get_user_attribute_verification_code;
mod get_user_auth_factors;
mod global_sign_out;
mod initiate_auth;
mod list_devices;
mod list_user_sessions;
mod list_web_authn_credentials;
mod resend_confirmation_code;
mod respond_to_auth_challenge;
mod revoke_token;
mod revoke_user_session;
mod set_user_mfa_preference;
mod set_user_settings;
mod sign_up;
mod simulated_delivery;
mod start_web_authn_registration;
mod update_auth_event_feedback;
mod update_device_status;
mod update_user_attributes;
mod verify_software_token;
mod verify_user_attribute;

/// How an operation is carried out, by what its caller has to show.
#[derive(Clone, Copy)]
enum Run {
    /// An app client's id, and its secret if it has one.
    Client(fn(&mut Pool, &Client, &Request) -> Outcome),
    /// An access token.
    Bearer(fn(&mut Pool, &Bearer, &Request) -> Outcome),
    /// Nothing but access to this machine: an administrator's operation on the pool of UserPoolId.
    Admin(fn(&mut Pool, &Request) -> Outcome),
    /// What the operation itself finds out.
    World(fn(&mut World, &Request) -> Outcome),
}

/// An operation of AWS's service models `cognito-idp/2016-04-18` and `cognito-identity/2014-06-30`.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    run: Run,
}

const fn client(name: &'static str, run: fn(&mut Pool, &Client, &Request) -> Outcome) -> Operation {
    Operation {
        name,
        run: Run::Client(run),
    }
}

const fn bearer(name: &'static str, run: fn(&mut Pool, &Bearer, &Request) -> Outcome) -> Operation {
    Operation {
        name,
        run: Run::Bearer(run),
    }
}

const fn admin(name: &'static str, run: fn(&mut Pool, &Request) -> Outcome) -> Operation {
    Operation {
        name,
        run: Run::Admin(run),
    }
}

pub(crate) const fn world(name: &'static str, run: fn(&mut World, &Request) -> Outcome) -> Operation {
    Operation {
        name,
        run: Run::World(run),
    }
}

static OPERATIONS: &[Operation] = &[
    world("AssociateSoftwareToken", associate_software_token::run),
    bearer("ChangePassword", change_password::run),
    bearer(
        "CompleteWebAuthnRegistration",
        complete_web_authn_registration::run,
    ),
    bearer("ConfirmDevice", confirm_device::run),
    client("ConfirmForgotPassword", confirm_forgot_password::run),
    client("ConfirmSignUp", confirm_sign_up::run),
    bearer("DeleteUser", delete_user::run),
    bearer("DeleteUserAttributes", delete_user_attributes::run),
    bearer("DeleteWebAuthnCredential", delete_web_authn_credential::run),
    bearer("ForgetDevice", forget_device::run),
    client("ForgotPassword", forgot_password::run),
    bearer("GetDevice", get_device::run),
    client("GetTokensFromRefreshToken", get_tokens_from_refresh_token::run),
    bearer("GetUser", get_user::run),
    bearer(
        "GetUserAttributeVerificationCode",
        get_user_attribute_verification_code::run,
    ),
    bearer("GetUserAuthFactors", get_user_auth_factors::run),
    bearer("GlobalSignOut", global_sign_out::run),
    client("InitiateAuth", initiate_auth::run),
    bearer("ListDevices", list_devices::run),
    bearer("ListUserSessions", list_user_sessions::run),
    bearer("ListWebAuthnCredentials", list_web_authn_credentials::run),
    client("ResendConfirmationCode", resend_confirmation_code::run),
    client("RespondToAuthChallenge", respond_to_auth_challenge::run),
    world("RevokeToken", revoke_token::run),
    bearer("RevokeUserSession", revoke_user_session::run),
    bearer("SetUserMFAPreference", set_user_mfa_preference::run),
    bearer("SetUserSettings", set_user_settings::run),
    client("SignUp", sign_up::run),
    bearer("StartWebAuthnRegistration", start_web_authn_registration::run),
    world("UpdateAuthEventFeedback", update_auth_event_feedback::run),
    bearer("UpdateDeviceStatus", update_device_status::run),
    bearer("UpdateUserAttributes", update_user_attributes::run),
    world("VerifySoftwareToken", verify_software_token::run),
    bearer("VerifyUserAttribute", verify_user_attribute::run),
];

/// The operation of that name.
pub(crate) fn named(name: &str) -> Option<&'static Operation> {
    let mut all = OPERATIONS
        .iter()
        .chain(admin::OPERATIONS)
        .chain(identity::OPERATIONS);
    all.find(|operation| operation.name == name)
}

/// The operation's name in an `x-amz-target`, if it is of a service that is here.
pub(crate) fn name_in(target: &str) -> Option<&str> {
    let (prefix, name) = target.split_once('.')?;
    model::has_target_prefix(prefix).then_some(name)
}

/// The operation that an `x-amz-target` means.
pub(crate) fn of_target(target: &str) -> Option<&'static Operation> {
    let (prefix, name) = target.split_once('.')?;
    let shape = model::operation(name)?;
    named(name).filter(|_| shape.target_prefix == prefix)
}

impl Operation {
    /// Whether anyone may call it, rather than an administrator alone.
    pub(crate) fn is_public(&self) -> bool {
        model::operation(self.name).is_some_and(|operation| operation.public)
    }

    /// Checks the request against the service model, carries the operation out, and holds its answer, or its
    /// refusal, against the model too.
    ///
    /// # Errors
    /// What AWS would refuse; `InternalErrorException` for what AWS would not say.
    pub(crate) fn perform(&self, world: &mut World, request: &Request) -> Outcome {
        let shape = model::operation(self.name).ok_or_else(|| internal("there is no such operation"))?;
        shape.check_input(request.members())?;
        let unlike_aws = |wrong: &str| internal(&format!("{} is not to answer so: {wrong}", shape.name));
        match self.run(world, request) {
            Ok(answer) => match shape.check_output(&answer) {
                Ok(()) => Ok(answer),
                Err(wrong) => Err(unlike_aws(&wrong)),
            },
            Err(refusal) if shape.has_error(&refusal.kind) => Err(refusal),
            Err(refusal) => Err(unlike_aws(&refusal.kind)),
        }
    }

    fn run(&self, world: &mut World, request: &Request) -> Outcome {
        match self.run {
            Run::World(run) => run(world, request),
            Run::Admin(run) => run(world.pool_mut(request.text("UserPoolId"))?, request),
            Run::Client(run) => {
                let (pool, client) = world.client_mut(request.text("ClientId"))?;
                check_secret(self.name, pool, &client, request)?;
                run(pool, &client, request)
            }
            Run::Bearer(run) => {
                let (pool, bearer) = bearer_of(world, request)?;
                run(pool, &bearer, request)
            }
        }
    }
}

/// The pool of a sign-in's Session.
///
/// # Errors
/// `NotAuthorizedException` for a Session that no pool has given.
fn pool_of_session<'a>(world: &'a mut World, session: &str) -> Result<&'a mut Pool, ApiError> {
    world
        .pools
        .values_mut()
        .find(|pool| pool.sessions.knows(session))
        .ok_or_else(sessions::invalid)
}

fn internal(reason: &str) -> ApiError {
    ApiError {
        reason: Some(reason.to_owned()),
        ..ApiError::new("InternalErrorException", "Something went wrong")
    }
}

/// The pool and the bearer of a request's AccessToken.
///
/// # Errors
/// `NotAuthorizedException` for a token that is not alive or has not the scope of a user's own affairs.
fn bearer_of<'a>(world: &'a mut World, request: &Request) -> Result<(&'a mut Pool, Bearer), ApiError> {
    let token = request.text("AccessToken");
    let issuer = tokens::issuer(token).unwrap_or_default();
    let pool = world
        .pools
        .values_mut()
        .find(|pool| pool.issuer == issuer)
        .ok_or_else(|| not_authorized("Invalid Access Token"))?;
    let bearer = tokens::bearer(pool, token)?;
    if !bearer.scopes.iter().any(|scope| scope == OWN_SCOPE) {
        return Err(not_authorized("Access Token does not have required scopes"));
    }
    Ok((pool, bearer))
}

/// The app client that the bearer signed in to.
///
/// # Errors
/// `NotAuthorizedException` if it is gone.
fn of_client<'a>(pool: &'a Pool, bearer: &Bearer) -> Result<&'a Client, ApiError> {
    let client = pool.kept.clients.get(&bearer.client_id);
    client.ok_or_else(|| not_authorized("Invalid Access Token"))
}

/// Passes the proof of the client's secret that the request carries: a hash, or the secret itself.
/// The hash is that of the very user name that the operation goes by, wherever else the request has names.
fn check_secret(operation: &str, pool: &Pool, client: &Client, request: &Request) -> Result<(), ApiError> {
    let (username, hash) = match operation {
        "GetTokensFromRefreshToken" => return client.check_secret(request.given("ClientSecret")),
        "InitiateAuth" => {
            let entry = |key| request.entry(AUTH_PARAMETERS, key);
            // A refresh names no user: the hash is that of the token's own.
            let renewed = entry("REFRESH_TOKEN")
                .filter(|_| request.text("AuthFlow").starts_with("REFRESH_TOKEN"))
                .and_then(|token| pool.kept.tokens.of_refresh_token(token))
                .map(|session| session.username.as_str());
            (renewed.or_else(|| entry("USERNAME")), entry("SECRET_HASH"))
        }
        "RespondToAuthChallenge" => {
            let entry = |key| request.entry(RESPONSES, key);
            (entry("USERNAME"), entry("SECRET_HASH"))
        }
        _ => (request.given("Username"), request.given("SecretHash")),
    };
    client.check_secret_hash(username.unwrap_or_default(), hash)
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_model_is_carried_out() {
        let missing: Vec<_> = model::all().filter(|shape| named(shape.name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(model::all().filter(|shape| shape.public).count(), 36);
    }
}
