//! WEB_AUTHN: a passkey as the first factor.

use serde_json::{Value, json};

use super::level::Method;
use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, next, required, subject};
use crate::pool::Pool;
use crate::pool::settings::AuthFactor;
use crate::protocol::{Outcome, Request, incorrect_credentials, invalid_parameter};
use crate::webauthn::{
    Configuration, Expectation, RequestOptions, UserVerification, asserted_passkey, challenge_bytes,
    verify_assertion,
};

/// The pool's passkey settings as WebAuthn's side reads them. Where passkeys count as two factors, the
/// authenticator has to verify its user, at registration too (API reference, WebAuthnFactorConfigurationType).
pub(crate) fn configuration(pool: &Pool) -> Configuration {
    let settings = pool.settings();
    let passkeys = settings.web_authn.as_ref();
    Configuration {
        enabled: settings.allows_first_factor(AuthFactor::WebAuthn),
        relying_party_id: passkeys.map(|passkeys| passkeys.relying_party_id.clone()),
        user_verification: match passkeys {
            Some(passkeys) if passkeys.multi_factor => UserVerification::Required,
            Some(passkeys) => passkeys.user_verification,
            None => UserVerification::default(),
        },
    }
}

/// Asks for a signature of one of the user's passkeys.
///
/// # Errors
/// `WebAuthnConfigurationMissingException` and such, where the pool has no passkeys.
pub(super) fn challenge(pool: &mut Pool, flow: Flow) -> Outcome {
    pool.check_lockout(&flow.username)?;
    let bytes = challenge_bytes(&pool.shared.random);
    let user = subject::real(pool, &flow.username);
    let party = configuration(pool)
        .relying_party()
        .map_err(|refusal| refusal.at_sign_in())?;
    let options = RequestOptions {
        challenge: &bytes,
        relying_party: &party,
        passkeys: user.map(|user| user.passkeys.as_slice()).unwrap_or_default(),
    };
    let parameters = json!({
        "CREDENTIAL_REQUEST_OPTIONS": options.to_json().to_string(),
        "USERNAME": flow.username,
    });
    let awaiting = Awaiting::Passkey { challenge: bytes };
    Ok(super::challenge(pool, flow, awaiting, "WEB_AUTHN", parameters))
}

/// An answer: CREDENTIAL, an AuthenticationResponseJSON.
///
/// # Errors
/// `NotAuthorizedException` for anything but a signature of this challenge by a passkey of the user's.
pub(crate) fn answer(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let Awaiting::Passkey { challenge } = &open.awaiting else {
        return Err(invalid());
    };
    let credential = required(request, "CREDENTIAL")?;
    let credential: Value = serde_json::from_str(credential)
        .map_err(|_| invalid_parameter("CREDENTIAL has to be an AuthenticationResponseJSON."))?;
    pool.sessions.spend(&open.ticket);
    let mut flow = open.flow.clone();
    let user = subject::real(pool, &flow.username).ok_or_else(incorrect_credentials)?;
    let party = configuration(pool).relying_party();
    let verified = party.and_then(|relying_party| {
        let expectation = Expectation {
            challenge,
            relying_party: &relying_party,
        };
        let passkey = asserted_passkey(&credential, &user.passkeys)?;
        let state = verify_assertion(&credential, passkey, user.sub.as_bytes(), &expectation)?;
        Ok((passkey.credential_id(), passkey.is_roaming(), state))
    });
    let (id, roaming, state) = match verified {
        Ok(verified) => verified,
        Err(refusal) => {
            pool.note_failure(&flow.username);
            return Err(refusal.at_sign_in());
        }
    };
    let user = pool.user_mut(&flow.username)?;
    if let Some(passkey) = user
        .passkeys
        .iter_mut()
        .find(|passkey| passkey.credential_id() == id)
    {
        passkey.update(state);
    }
    flow.prove(if roaming {
        Method::RoamingPasskey
    } else {
        Method::PlatformPasskey
    });
    next::proceed(pool, flow)
}

#[cfg(test)]
mod tests;
