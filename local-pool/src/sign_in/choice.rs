//! USER_AUTH: the first factor is chosen, by the client in advance or by the user among those on offer; and
//! step-up, which asks for a level and gives credit for what an access token shows.

use serde_json::json;

use super::level::{Method, level, level_with};
use super::one_time_code::{self, Use};
use super::sessions::{Awaiting, Open, invalid};
use super::{AUTH_PARAMETERS, Flow, Kind, RESPONSES, mfa, next, passkey, password, required, subject};
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::Contact;
use crate::pool::settings::AuthFactor;
use crate::pool::user::{Status, User};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter, not_authorized};
use crate::tokens;

/// The names under which a factor is selected.
fn names(factor: AuthFactor) -> &'static [&'static str] {
    match factor {
        AuthFactor::Password => &["PASSWORD", "PASSWORD_SRP"],
        AuthFactor::EmailOtp => &["EMAIL_OTP"],
        AuthFactor::SmsOtp => &["SMS_OTP"],
        AuthFactor::WebAuthn => &["WEB_AUTHN"],
    }
}

/// InitiateAuth with USER_AUTH.
///
/// # Errors
/// `InvalidParameterException` for levels that nobody knows; `NotAuthorizedException` for another user's
/// access token or Session; and what the factor chosen refuses.
pub(crate) fn initiate(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    if !client.allows("ALLOW_USER_AUTH") {
        return Err(invalid_parameter("USER_AUTH is not enabled for the client."));
    }
    let name = request.required_entry(AUTH_PARAMETERS, "USERNAME")?;
    let session = request.text("Session");
    if !session.is_empty() {
        return after_sign_up(pool, client, name, session);
    }
    let subject = subject::subject(pool, client, name)?;
    let alias = pool.folded(name);
    let mut flow = Flow::new(Kind::Choice, client, &subject.username, alias, request);
    let targets = request.entry(AUTH_PARAMETERS, "TARGET_ACR_VALUES");
    match (targets, request.entry(AUTH_PARAMETERS, "ACCESS_TOKEN")) {
        (None, Some(_)) => {
            return Err(invalid_parameter("ACCESS_TOKEN requires TARGET_ACR_VALUES."));
        }
        (Some(_), Some(token)) => {
            flow.methods = credit(pool, client, &subject.username, token, max_age(request)?)?
        }
        (_, None) => {
            max_age(request)?;
        }
    }
    let factors = first_factors(pool, &flow, subject.real);
    if let Some(targets) = targets {
        flow.target_level = Some(target(pool, &flow, targets, &factors)?);
        if flow
            .target_level
            .is_some_and(|target| level(&flow.methods) >= target)
        {
            return reached_already(pool, flow);
        }
        if flow.methods.contains(&Method::Password) && can_reach(pool, &flow, None) {
            return next::proceed(pool, flow);
        }
    }
    let factors: Vec<AuthFactor> = factors
        .into_iter()
        .filter(|factor| can_reach(pool, &flow, Some(*factor)))
        .collect();
    let preferred = request
        .entry(AUTH_PARAMETERS, "PREFERRED_CHALLENGE")
        .unwrap_or_default();
    let on_offer = factors.iter().any(|factor| names(*factor).contains(&preferred));
    if on_offer {
        return challenge(pool, flow, preferred, request, AUTH_PARAMETERS);
    }
    let available: Vec<_> = factors.iter().flat_map(|factor| names(*factor)).collect();
    let mut answer = super::challenge(
        pool,
        flow,
        Awaiting::Choice(factors.clone()),
        "SELECT_CHALLENGE",
        json!({}),
    );
    if let Some(answer) = answer.as_object_mut() {
        answer.insert("AvailableChallenges".to_owned(), json!(available));
    }
    Ok(answer)
}

/// An access token that shows the level asked for is not traded in for new tokens (developer guide, "Step-up
/// authentication with the USER_AUTH flow"); only a second factor that is required all the same is asked for.
fn reached_already(pool: &mut Pool, flow: Flow) -> Outcome {
    next::check_standing(pool, &flow)?;
    match mfa::wanted(pool, &flow)? {
        Some(factors) if !factors.is_empty() => next::proceed(pool, flow),
        _ => Err(invalid_parameter(
            "The requested authentication level has been reached already.",
        )),
    }
}

/// A sign-in with the Session that ConfirmSignUp gave: the code that confirmed counts as the factor.
fn after_sign_up(pool: &mut Pool, client: &Client, name: &str, session: &str) -> Outcome {
    let open = pool.sessions.find(session, pool.now())?;
    let Awaiting::SignedUp(contact) = open.awaiting else {
        return Err(invalid());
    };
    let is_theirs = pool
        .find(name)
        .is_some_and(|user| user.username == open.flow.username);
    if !is_theirs || open.flow.client_id != client.id {
        return Err(invalid());
    }
    pool.sessions.spend(&open.ticket);
    let mut flow = open.flow;
    flow.prove(match contact {
        Some(Contact::PhoneNumber) => Method::Sms,
        Some(Contact::Email) | None => Method::Email,
    });
    next::proceed(pool, flow)
}

/// An answer to SELECT_CHALLENGE; it may hold the factor's own answer too.
///
/// # Errors
/// `InvalidParameterException` for a challenge that is not on offer, which leaves the Session for another try.
pub(crate) fn answer(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let Awaiting::Choice(factors) = &open.awaiting else {
        return Err(invalid());
    };
    let chosen = required(request, "ANSWER")?;
    if !factors.iter().any(|factor| names(*factor).contains(&chosen)) {
        return Err(invalid_parameter("Selected challenge is not available."));
    }
    pool.sessions.spend(&open.ticket);
    challenge(pool, open.flow, chosen, request, RESPONSES)
}

/// An answer to PASSWORD.
///
/// # Errors
/// `NotAuthorizedException` for a wrong one.
pub(crate) fn answer_password(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    if !matches!(open.awaiting, Awaiting::Password) {
        return Err(invalid());
    }
    let given = required(request, "PASSWORD")?;
    pool.sessions.spend(&open.ticket);
    password::check_plain(pool, open.flow, given)
}

/// An answer to PASSWORD_SRP: the client's SRP_A.
///
/// # Errors
/// `InvalidParameterException` for an invalid one.
pub(crate) fn answer_password_srp(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    if !matches!(open.awaiting, Awaiting::PasswordSrp) {
        return Err(invalid());
    }
    let srp_a = required(request, "SRP_A")?;
    pool.sessions.spend(&open.ticket);
    password::challenge_srp(pool, open.flow, srp_a)
}

/// Gives the challenge of that name, or takes its answer where `map` holds it already.
fn challenge(pool: &mut Pool, flow: Flow, name: &str, request: &Request, map: &str) -> Outcome {
    let given = |key| request.entry(map, key).filter(|value| !value.is_empty());
    let username = json!({"USERNAME": flow.username, "USER_ID_FOR_SRP": flow.username});
    match name {
        "PASSWORD" => match given("PASSWORD") {
            Some(given) => password::check_plain(pool, flow, given),
            None => Ok(super::challenge(pool, flow, Awaiting::Password, name, username)),
        },
        "PASSWORD_SRP" => match given("SRP_A") {
            Some(srp_a) => password::challenge_srp(pool, flow, srp_a),
            None => Ok(super::challenge(
                pool,
                flow,
                Awaiting::PasswordSrp,
                name,
                username,
            )),
        },
        "EMAIL_OTP" => one_time_code::challenge(pool, flow, Contact::Email, Use::FirstFactor),
        "SMS_OTP" => one_time_code::challenge(pool, flow, Contact::PhoneNumber, Use::FirstFactor),
        _ => passkey::challenge(pool, flow),
    }
}

/// What a user can begin with; for a simulated one, what most would have.
fn first_factors(pool: &Pool, flow: &Flow, real: bool) -> Vec<AuthFactor> {
    let settings = pool.settings();
    let user = subject::real(pool, &flow.username).filter(|_| real);
    let Some(user) = user else {
        return settings
            .allowed_first_auth_factors
            .iter()
            .copied()
            .filter(|factor| matches!(factor, AuthFactor::Password | AuthFactor::EmailOtp))
            .collect();
    };
    configured(pool, user)
        .into_iter()
        .filter(|factor| *factor == AuthFactor::Password || user.status == Status::Confirmed)
        .collect()
}

/// The first factors that a user has (`ConfiguredUserAuthFactors`). Where a second factor is required of the
/// user, only a password leads to one, and only a passkey that the pool counts as two and the user has switched on
/// for that spares it.
pub(crate) fn configured(pool: &Pool, user: &User) -> Vec<AuthFactor> {
    let settings = pool.settings();
    let two_factors = mfa::is_required(pool, user);
    let strong_passkeys = settings
        .web_authn
        .as_ref()
        .is_some_and(|passkeys| passkeys.multi_factor);
    let has = |factor: &AuthFactor| match factor {
        AuthFactor::Password => user.password.is_some(),
        AuthFactor::EmailOtp => !two_factors && user.has_verified(Contact::Email),
        AuthFactor::SmsOtp => !two_factors && user.has_verified(Contact::PhoneNumber),
        AuthFactor::WebAuthn => {
            !user.passkeys.is_empty() && (!two_factors || (strong_passkeys && user.mfa.web_authn))
        }
    };
    settings
        .allowed_first_auth_factors
        .iter()
        .copied()
        .filter(has)
        .collect()
}

/// Whether the flow reaches the level asked for with `factor` and any second factor of the user's.
fn can_reach(pool: &Pool, flow: &Flow, factor: Option<AuthFactor>) -> bool {
    let Some(target) = flow.target_level else {
        return true;
    };
    let method = factor.map(|factor| match factor {
        AuthFactor::Password => Method::Password,
        AuthFactor::EmailOtp => Method::Email,
        AuthFactor::SmsOtp => Method::Sms,
        AuthFactor::WebAuthn => Method::PlatformPasskey,
    });
    let methods: Vec<Method> = flow.methods.iter().copied().chain(method).collect();
    let second = subject::real(pool, &flow.username).map(|user| mfa::usable(pool, user));
    let second = second.unwrap_or_default();
    level(&methods) >= target
        || (methods.contains(&Method::Password)
            && second
                .iter()
                .any(|factor| level_with(&methods, (*factor).into()) >= target))
}

/// The first of the levels named that the user can reach.
fn target(pool: &Pool, flow: &Flow, names: &str, factors: &[AuthFactor]) -> Result<u8, ApiError> {
    let settings = pool.settings();
    let levels: Vec<u8> = names
        .split_ascii_whitespace()
        .filter_map(|name| settings.acr_level(name))
        .collect();
    if levels.is_empty() {
        return Err(invalid_parameter("TARGET_ACR_VALUES has no valid value."));
    }
    let reachable = levels.into_iter().find(|level| {
        let aimed = Flow {
            target_level: Some(*level),
            ..flow.clone()
        };
        can_reach(pool, &aimed, None)
            || factors
                .iter()
                .any(|factor| can_reach(pool, &aimed, Some(*factor)))
    });
    reachable.ok_or_else(|| invalid_parameter("The requested authentication level cannot be reached."))
}

/// What the bearer of an access token has proven before, unless that was longer than `max_age` seconds ago.
fn credit(
    pool: &Pool,
    client: &Client,
    username: &str,
    access_token: &str,
    max_age: Option<i64>,
) -> Result<Vec<Method>, ApiError> {
    let bearer = tokens::bearer(pool, access_token)?;
    if bearer.username != username || bearer.client_id != client.id {
        return Err(not_authorized("Access Token does not belong to the user."));
    }
    // What it earns has this scope, which it must not be a way to.
    if !bearer.scopes.iter().any(|scope| scope == tokens::OWN_SCOPE) {
        return Err(not_authorized("Access Token does not have required scopes"));
    }
    let age = pool.now().saturating_sub(bearer.auth_time);
    if max_age.is_some_and(|most| age > most) {
        return Ok(Vec::new());
    }
    Ok(bearer.methods)
}

fn max_age(request: &Request) -> Result<Option<i64>, ApiError> {
    let Some(text) = request.entry(AUTH_PARAMETERS, "MAX_AGE") else {
        return Ok(None);
    };
    let seconds = text.parse::<i64>().ok().filter(|seconds| *seconds >= 0);
    let seconds = seconds.ok_or_else(|| invalid_parameter("MAX_AGE has to be a number of seconds."))?;
    Ok(Some(seconds))
}
