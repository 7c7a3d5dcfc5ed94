//! The hosted sign-in with the `openidconnect` crate, a client that others wrote: it discovers the provider, and
//! verifies what the tokens say.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::convert::Infallible;
use std::time::{Duration, UNIX_EPOCH};

use local_pool::{CLIENT_ID, POOL_ID};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
    CoreIdTokenVerifier, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreSubjectIdentifierType, CoreTokenResponse,
    CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AdditionalProviderMetadata, AuthenticationFlow, AuthorizationCode,
    ClaimsVerificationError, ClientId, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadata, RedirectUrl, RequestTokenError, RevocationUrl, Scope, TokenResponse as _,
    UserInfoError,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[path = "hosted/browser.rs"]
#[allow(dead_code, reason = "the other tests of the hosted pages use more of it")]
mod browser;
mod support;

use browser::{Browser, CALLBACK, parameter};
use support::Pool;

const EMAIL: &str = "user@example.com";
const PASSWORD: &str = "Sunflower-42!";

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Endpoints {
    revocation_endpoint: String,
    end_session_endpoint: String,
}

impl AdditionalProviderMetadata for Endpoints {}

type Provider = ProviderMetadata<
    Endpoints,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The crate's way to the pool: the plain client of the other tests.
fn http(pool: &Pool) -> impl Fn(HttpRequest) -> Result<HttpResponse, Infallible> + '_ {
    |request| {
        let headers: Vec<(&str, &str)> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        let path = request.uri().path_and_query().unwrap().as_str();
        assert_eq!(
            request.uri().authority().unwrap().as_str(),
            pool.server.address().to_string()
        );
        let body = String::from_utf8(request.body().clone()).unwrap();
        let reply = pool
            .send(request.method().as_str(), path, &headers, &body)
            .unwrap();
        let mut response = HttpResponse::new(reply.body.clone().into_bytes());
        *response.status_mut() = reply.status.try_into().unwrap();
        for name in ["content-type", "www-authenticate"] {
            if let Some(value) = reply.header(name) {
                let name: openidconnect::http::HeaderName = name.parse().unwrap();
                response.headers_mut().insert(name, value.parse().unwrap());
            }
        }
        Ok(response)
    }
}

fn discovered(pool: &Pool) -> Provider {
    let issuer = IssuerUrl::new(format!("{}/{POOL_ID}", pool.server.url())).unwrap();
    Provider::discover(&issuer, &http(pool)).unwrap()
}

fn client(pool: &Pool) -> Client {
    let provider = discovered(pool);
    // The crate revokes over https alone; its way to the pool looks at the path.
    let revocation = &provider.additional_metadata().revocation_endpoint;
    let revocation = RevocationUrl::new(revocation.replacen("http:", "https:", 1)).unwrap();
    CoreClient::from_provider_metadata(provider, ClientId::new(CLIENT_ID.to_owned()), None)
        .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap())
        .set_revocation_url(revocation)
}

/// Somebody who has come back with a code.
struct Back {
    code: String,
    verifier: PkceCodeVerifier,
    nonce: Nonce,
}

/// Signs in at the hosted page.
fn back(pool: &Pool, client: &Client) -> Back {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let scopes = ["email", "profile", "aws.cognito.signin.user.admin"];
    let (url, state, nonce) = client
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .add_scopes(scopes.map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(challenge)
        .url();
    let request = format!("{}?{}", url.path(), url.query().unwrap());
    let reply = Browser::new(pool).sign_in(&request, EMAIL, PASSWORD);
    let location = reply.location();
    assert_eq!(parameter(location, "state").as_ref(), Some(state.secret()));
    let code = parameter(location, "code").unwrap();
    Back {
        code,
        verifier,
        nonce,
    }
}

type Exchanged = Result<
    CoreTokenResponse,
    RequestTokenError<
        Infallible,
        openidconnect::StandardErrorResponse<openidconnect::core::CoreErrorResponseType>,
    >,
>;

fn exchanged(pool: &Pool, client: &Client, code: &str, verifier: PkceCodeVerifier) -> Exchanged {
    client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .unwrap()
        .set_pkce_verifier(verifier)
        .request(&http(pool))
}

/// The `error` of a refused exchange.
fn error(exchanged: Exchanged) -> String {
    match exchanged.unwrap_err() {
        RequestTokenError::ServerResponse(response) => response.error().to_string(),
        other => panic!("{other}"),
    }
}

fn signed_in(pool: &Pool, client: &Client) -> (CoreTokenResponse, Nonce) {
    let back = back(pool, client);
    let tokens = exchanged(pool, client, &back.code, back.verifier).unwrap();
    (tokens, back.nonce)
}

/// The crate's verifier at the pool's present, which is not the machine's.
fn verifier<'a>(pool: &Pool, client: &'a Client) -> CoreIdTokenVerifier<'a> {
    let now = pool.control("clock", &json!({"advance_seconds": 0}))["now"]
        .as_u64()
        .unwrap();
    let now = UNIX_EPOCH + Duration::from_secs(now);
    client.id_token_verifier().set_time_fn(move || now.into())
}

#[test]
fn the_provider_is_discovered() {
    let pool = Pool::start();
    let (provider, url) = (discovered(&pool), pool.server.url());
    assert_eq!(provider.issuer().as_str(), format!("{url}/{POOL_ID}"));
    assert_eq!(
        provider.authorization_endpoint().as_str(),
        format!("{url}/oauth2/authorize")
    );
    assert_eq!(
        provider.additional_metadata().end_session_endpoint,
        format!("{url}/logout")
    );
    assert!(!provider.jwks().keys().is_empty());
    let other = IssuerUrl::new(format!("{url}/us-east-1_Other")).unwrap();
    assert!(Provider::discover(&other, &http(&pool)).is_err());
}

#[test]
fn an_id_token_stands_up_to_verification() {
    let pool = Pool::start();
    let client = client(&pool);
    let (tokens, nonce) = signed_in(&pool, &client);
    let id_token = tokens.id_token().unwrap();
    let verifier = verifier(&pool, &client);
    let claims = id_token.claims(&verifier, &nonce).unwrap();
    assert_eq!(claims.email().unwrap().as_str(), EMAIL);
    assert_eq!(claims.email_verified(), Some(true));
    assert!(claims.auth_time().is_some());
    let hash = AccessTokenHash::from_token(
        tokens.access_token(),
        id_token.signing_alg().unwrap(),
        id_token.signing_key(&verifier).unwrap(),
    );
    assert_eq!(claims.access_token_hash(), Some(&hash.unwrap()));

    let wrong = id_token.claims(&verifier, &Nonce::new_random());
    assert!(matches!(wrong, Err(ClaimsVerificationError::InvalidNonce(_))));
    pool.control("clock", &json!({"advance_seconds": 3601}));
    let late = id_token.claims(&self::verifier(&pool, &client), &nonce);
    assert!(matches!(late, Err(ClaimsVerificationError::Expired(_))));
}

#[test]
fn keys_of_another_time_do_not_verify() {
    let pool = Pool::start();
    let before = client(&pool);
    pool.control("keys/rotate", &json!({}));
    let (tokens, nonce) = signed_in(&pool, &before);
    let stale = tokens
        .id_token()
        .unwrap()
        .claims(&verifier(&pool, &before), &nonce);
    assert!(matches!(
        stale,
        Err(ClaimsVerificationError::SignatureVerification(_))
    ));
    let after = client(&pool);
    let fresh = tokens
        .id_token()
        .unwrap()
        .claims(&verifier(&pool, &after), &nonce);
    assert!(fresh.is_ok());
}

#[test]
fn a_code_is_good_once_for_its_own_verifier_and_address() {
    let pool = Pool::start();
    let client = client(&pool);
    let first = back(&pool, &client);
    let again = PkceCodeVerifier::new(first.verifier.secret().clone());
    exchanged(&pool, &client, &first.code, first.verifier).unwrap();
    assert_eq!(
        error(exchanged(&pool, &client, &first.code, again)),
        "invalid_grant"
    );

    let (_, foreign) = PkceCodeChallenge::new_random_sha256();
    let second = back(&pool, &client);
    assert_eq!(
        error(exchanged(&pool, &client, &second.code, foreign)),
        "invalid_grant"
    );

    let third = back(&pool, &client);
    let elsewhere = client
        .clone()
        .set_redirect_uri(RedirectUrl::new("http://localhost:8080/".to_owned()).unwrap());
    assert_eq!(
        error(exchanged(&pool, &elsewhere, &third.code, third.verifier)),
        "invalid_grant"
    );

    let fourth = back(&pool, &client);
    pool.control("clock", &json!({"advance_seconds": 300}));
    assert_eq!(
        error(exchanged(&pool, &client, &fourth.code, fourth.verifier)),
        "invalid_grant"
    );
}

#[test]
fn user_info_refresh_and_revocation_work() {
    let pool = Pool::start();
    let client = client(&pool);
    let (tokens, nonce) = signed_in(&pool, &client);
    let sub = {
        let verifier = verifier(&pool, &client);
        let claims = tokens.id_token().unwrap().claims(&verifier, &nonce).unwrap();
        claims.subject().clone()
    };
    let user: CoreUserInfoClaims = client
        .user_info(tokens.access_token().clone(), Some(sub.clone()))
        .unwrap()
        .request(&http(&pool))
        .unwrap();
    assert_eq!(
        (user.email().unwrap().as_str(), user.email_verified()),
        (EMAIL, Some(true))
    );

    pool.control("clock", &json!({"advance_seconds": 3601}));
    let refresh_token = tokens.refresh_token().unwrap();
    let renewed = client
        .exchange_refresh_token(refresh_token)
        .unwrap()
        .request(&http(&pool))
        .unwrap();
    // What was refreshed has no nonce (OpenID Connect Core 1.0, section 12.2).
    let verifier = verifier(&pool, &client);
    let claims = renewed
        .id_token()
        .unwrap()
        .claims(&verifier, |nonce: Option<&Nonce>| match nonce {
            None => Ok(()),
            Some(_) => Err("a nonce".to_owned()),
        });
    assert_eq!(claims.unwrap().subject(), &sub);

    let revoked = client
        .revoke_token(CoreRevocableToken::from(refresh_token))
        .unwrap();
    revoked.request(&http(&pool)).unwrap();
    let after = client
        .exchange_refresh_token(refresh_token)
        .unwrap()
        .request(&http(&pool));
    assert_eq!(error(after), "invalid_grant");
    let user: Result<CoreUserInfoClaims, _> = client
        .user_info(renewed.access_token().clone(), Some(sub))
        .unwrap()
        .request(&http(&pool));
    assert!(matches!(user, Err(UserInfoError::Response(status, _, _)) if status.as_u16() == 401));
}
