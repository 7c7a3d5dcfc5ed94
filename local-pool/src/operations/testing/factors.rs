//! Authenticator apps and passkeys of the tests' users.

use serde_json::{Value, json};

use super::{perform, pool, tokens, world};
use crate::pool::settings::{AuthFactor, MfaConfiguration, WebAuthnSettings};
use crate::totp;
use crate::webauthn::UserVerification;
pub(crate) use crate::webauthn::tests::authenticator::{self, Authenticator};
use crate::world::World;

/// A page of the relying party of [`web_authn`].
pub(crate) const ORIGIN: &str = "http://localhost:8080";

/// A pool where people may have an authenticator app, and the access token of one of them.
pub(crate) fn totp_pool() -> (World, Value) {
    let mut world = world();
    let mfa = &mut pool(&mut world).kept.settings.mfa;
    mfa.configuration = MfaConfiguration::Optional;
    mfa.software_token = true;
    let token = tokens(&mut world, "user@example.com")["AccessToken"].clone();
    (world, token)
}

/// A new secret for the bearer's app.
pub(crate) fn associate(world: &mut World, token: &Value) -> String {
    let input = json!({"AccessToken": token});
    let answer = perform(world, "AssociateSoftwareToken", input).unwrap();
    answer["SecretCode"].as_str().unwrap().to_owned()
}

/// What an app with that secret shows, half a minute later.
pub(crate) fn totp_code(world: &mut World, secret: &str) -> String {
    world.shared.clock.advance(30);
    totp::code_at(&from_base32(secret), world.shared.clock.now())
}

/// Gives the bearer an app, and returns its secret.
pub(crate) fn enrol(world: &mut World, token: &Value) -> String {
    let secret = associate(world, token);
    let code = totp_code(world, &secret);
    let input = json!({"AccessToken": token, "UserCode": code});
    perform(world, "VerifySoftwareToken", input).unwrap();
    secret
}

fn from_base32(text: &str) -> Vec<u8> {
    let digit = |c| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
    let bits: String = text.chars().map(|c| format!("{:05b}", digit(c))).collect();
    let octets = bits.as_bytes().chunks_exact(8);
    octets
        .map(|octet| u8::from_str_radix(std::str::from_utf8(octet).unwrap(), 2).unwrap())
        .collect()
}

/// Allows passkeys, and password-less sign-in.
pub(crate) fn web_authn(world: &mut World) -> &mut WebAuthnSettings {
    super::allow(world, "ALLOW_USER_AUTH");
    let settings = &mut pool(world).kept.settings;
    settings.allowed_first_auth_factors = vec![AuthFactor::Password, AuthFactor::WebAuthn];
    settings.web_authn.insert(WebAuthnSettings {
        relying_party_id: "localhost".to_owned(),
        user_verification: UserVerification::Preferred,
        multi_factor: false,
    })
}

/// Registers the passkey of `authenticator` for the bearer.
pub(crate) fn register(world: &mut World, token: &Value, authenticator: &mut Authenticator) {
    let input = json!({"AccessToken": token});
    let answer = perform(world, "StartWebAuthnRegistration", input).unwrap();
    let credential = authenticator.create(&answer["CredentialCreationOptions"], ORIGIN);
    let input = json!({"AccessToken": token, "Credential": credential});
    perform(world, "CompleteWebAuthnRegistration", input).unwrap();
}
