//! A session's limits, which the hosted pages know nothing of: they remember for an hour who has signed in.

use std::time::Duration;

use yew_cognito::engine::SignedOutWhy;

use super::*;

const MINUTE: Duration = Duration::from_secs(60);

fn come_in(world: &mut World, browser: &mut Browser) {
    let Authorization { url, transaction } = start(world, request()).unwrap();
    let callback = browser.sign_in(url.expose(), USER, PASSWORD);
    assert_eq!(
        finish(world, &transaction, &response(&callback)),
        Ok(Step::SignedIn)
    );
}

fn why(world: &World) -> Option<SignedOutWhy> {
    match world.session() {
        SessionState::SignedOut { why } => Some(why),
        _ => None,
    }
}

/// Whether the hosted pages let in without a question.
fn is_let_in(world: &mut World, browser: &mut Browser, request: AuthorizationRequest) -> bool {
    let Authorization { url, .. } = start(world, request).unwrap();
    let away = browser.open(url.expose());
    away.is_some_and(|address| address.contains("code="))
}

#[test]
fn whoever_was_idle_proves_again_who_they_are() {
    let mut world = with_limits(&json!({"idle_minutes": 5}));
    let mut browser = browser(&world);
    come_in(&mut world, &mut browser);
    world.pass_everywhere(6 * MINUTE);
    assert_eq!(why(&world), Some(SignedOutWhy::Idle));
    assert!(!is_let_in(&mut world, &mut browser, request()));
    // After a sign-out of their own, which ends the session over there as well, nothing is asked for.
    come_in(&mut world, &mut browser);
    sign_out(&mut world);
    let Authorization { url, .. } = start(&mut world, request()).unwrap();
    assert!(!url.expose().contains("prompt="));
}

#[test]
fn a_session_that_is_found_again_has_no_new_life() {
    let mut world = with_limits(&json!({"lifetime_minutes": 30}));
    let mut browser = browser(&world);
    come_in(&mut world, &mut browser);
    world.pass_everywhere(20 * MINUTE);
    world.reload();
    let silent = AuthorizationRequest {
        prompt: vec![Prompt::None],
        ..request()
    };
    let Authorization { url, transaction } = start(&mut world, silent.clone()).unwrap();
    let callback = browser.open(url.expose()).unwrap();
    assert_eq!(
        finish(&mut world, &transaction, &response(&callback)),
        Ok(Step::SignedIn)
    );
    world.pass_everywhere(9 * MINUTE);
    assert!(world.is_signed_in());
    world.pass_everywhere(2 * MINUTE);
    assert_eq!(why(&world), Some(SignedOutWhy::LifetimeOver));
    // Nor does another page find it, which does not know of that end.
    world.reload();
    assert!(!is_let_in(&mut world, &mut browser, silent));
    assert!(!is_let_in(&mut world, &mut browser, request()));
}

#[test]
fn a_sign_in_that_is_too_old_is_none() {
    let mut world = with_limits(&json!({"lifetime_minutes": 30}));
    let mut browser = browser(&world);
    come_in(&mut world, &mut browser);
    world.pass_everywhere(31 * MINUTE);
    world.reload();
    let Authorization { url, transaction } = start(&mut world, request()).unwrap();
    // As hosted pages that do not know the parameter.
    let url = url.expose().replace("&max_age=1800", "");
    let callback = browser.open(&url).unwrap();
    assert_eq!(
        finish(&mut world, &transaction, &response(&callback)),
        Err(AuthError::SignInExpired)
    );
    assert!(!world.is_signed_in());
    // That of the session that ended, and that of the one that did not begin.
    let [_, token] = revoked(&world).try_into().unwrap();
    assert!(!is_alive(&world, &token));
}
