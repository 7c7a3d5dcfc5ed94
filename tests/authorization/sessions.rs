//! The sessions that come of it.

use std::time::Duration;

use super::*;

#[test]
fn somebody_signs_in_at_the_hosted_page() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    assert!(!world.is_signed_in());
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
    let session = signed_in(&world);
    assert!(session.hosted);
    assert_eq!(session.claims.email.as_deref(), Some(USER));
    assert_eq!(session.claims.nonce.as_deref(), Some(transaction.nonce.expose()));
    assert!(session.claims.identities().is_empty());
    // One request for the tokens, with the verifier and without a secret.
    let form = world.wire.last(TOKEN);
    assert_eq!(world.sent(TOKEN), 1);
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["client_id"], local_pool::CLIENT_ID);
    assert_eq!(form["redirect_uri"], CALLBACK);
    assert_eq!(form["code_verifier"], transaction.verifier.expose());
    assert!(form.get("client_secret").is_none());
}

#[test]
fn groups_come_along() {
    let mut world = world();
    sign_in(&mut world, "admin@example.com");
    assert_eq!(signed_in(&world).claims.groups, ["admins"]);
}

#[test]
fn somebody_comes_through_each_kind_of_identity_provider() {
    for (provider, kind) in [("Google", "Google"), ("Workforce", "OIDC"), ("Partner", "SAML")] {
        let mut world = world();
        let (transaction, response) = federated(&mut world, provider, "robin");
        assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
        let session = signed_in(&world);
        assert!(session.hosted);
        let claims = session.claims;
        assert_eq!(claims.email.as_deref(), Some("robin@example.com"));
        assert_eq!(claims.nonce.as_deref(), Some(transaction.nonce.expose()));
        assert_eq!(claims.groups, [format!("{}_{provider}", local_pool::POOL_ID)]);
        let [identity] = claims.identities().try_into().unwrap();
        assert_eq!(
            (identity.provider_name.as_str(), identity.provider_type.as_str()),
            (provider, kind)
        );
        assert!(identity.primary && identity.date_created.is_some());
        assert_eq!(claims.username, format!("{provider}_{}", identity.user_id));
    }
}

#[test]
fn an_e_mail_domain_leads_to_its_provider() {
    let mut world = world();
    let request = AuthorizationRequest {
        via: Via::Identifier("partner.example".to_owned()),
        ..request()
    };
    let Authorization { url, transaction } = start(&mut world, request).unwrap();
    let callback = browser(&world).federate(url.expose(), "robin", &[]);
    let step = finish(&mut world, &transaction, &response(&callback));
    assert_eq!(step, Ok(Step::SignedIn));
    assert_eq!(signed_in(&world).claims.identities()[0].provider_name, "Partner");
}

#[test]
fn the_session_is_renewed_like_any_other_and_stays_what_it_is() {
    let mut world = world();
    let (transaction, response) = federated(&mut world, "Google", "robin");
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
    let before = signed_in(&world);
    world.pass_everywhere(Duration::from_secs(60));
    world.execute(Command::Refresh).unwrap();
    let after = signed_in(&world);
    assert_eq!(world.sent("GetTokensFromRefreshToken"), 1);
    assert!(after.hosted && after.claims.iat > before.claims.iat);
    assert_eq!(after.claims.sub, before.claims.sub);
    assert_eq!(after.claims.identities(), before.claims.identities());
    // By itself, too.
    world.pass_everywhere(Duration::from_secs(3600));
    assert!(signed_in(&world).hosted && world.sent("GetTokensFromRefreshToken") >= 2);
    assert_eq!(world.sent(TOKEN), 1);
}

#[test]
fn signing_out_revokes_it() {
    let mut world = world();
    sign_in(&mut world, USER);
    sign_out(&mut world);
    assert!(!world.is_signed_in());
    let [token] = revoked(&world).try_into().unwrap();
    assert!(!is_alive(&world, &token));
}

#[test]
fn who_signs_in_by_password_has_no_session_at_the_hosted_pages() {
    let mut world = world();
    world.sign_in_user();
    assert!(!signed_in(&world).hosted);
}

#[test]
fn without_the_scope_the_account_is_out_of_reach_and_the_session_lives_on() {
    let mut world = with_scopes(&["openid", "email"]);
    sign_in(&mut world, USER);
    let refused = world.execute(Command::UserAttributes).unwrap_err();
    assert!(matches!(refused, AuthError::Misconfigured(_)), "{refused:?}");
    assert!(world.is_signed_in());
    world.execute(Command::Refresh).unwrap();
    assert!(signed_in(&world).hosted);

    let mut world = self::world();
    sign_in(&mut world, USER);
    world.execute(Command::UserAttributes).unwrap();
}

#[test]
fn a_session_at_the_hosted_pages_is_found_without_a_word() {
    let mut world = world();
    let silent = || AuthorizationRequest {
        prompt: vec![Prompt::None],
        ..request()
    };
    let mut browser = browser(&world);
    let Authorization { url, transaction } = start(&mut world, silent()).unwrap();
    let callback = browser.open(url.expose()).unwrap();
    assert_eq!(
        finish(&mut world, &transaction, &response(&callback)),
        Err(AuthError::LoginRequired)
    );
    assert_eq!(world.sent(TOKEN), 0);

    let Authorization { url, transaction } = start(&mut world, request()).unwrap();
    let callback = browser.sign_in(url.expose(), USER, PASSWORD);
    assert_eq!(
        finish(&mut world, &transaction, &response(&callback)),
        Ok(Step::SignedIn)
    );
    world.reload();
    assert!(!world.is_signed_in());
    let Authorization { url, transaction } = start(&mut world, silent()).unwrap();
    let callback = browser.open(url.expose()).unwrap();
    assert_eq!(
        finish(&mut world, &transaction, &response(&callback)),
        Ok(Step::SignedIn)
    );
    assert_eq!(signed_in(&world).claims.email.as_deref(), Some(USER));
}
