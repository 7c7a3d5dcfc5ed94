//! What is refused before anybody is sent anywhere.

use super::*;

/// All requests so far.
fn sent(world: &World) -> (usize, String) {
    (world.sent(TOKEN), world.wire.everything())
}

#[test]
fn nobody_is_sent_away_who_is_signed_in() {
    let mut world = world();
    world.sign_in_user();
    let before = sent(&world);
    assert_eq!(
        start(&mut world, request()).unwrap_err(),
        AuthError::AlreadySignedIn
    );
    assert_eq!(sent(&world), before);
}

#[test]
fn an_answer_to_somebody_signed_in_stays_unused() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.sign_in_user();
    let before = sent(&world);
    assert_eq!(
        finish(&mut world, &transaction, &response),
        Err(AuthError::AlreadySignedIn)
    );
    assert_eq!(sent(&world), before);
    assert!(!signed_in(&world).hosted);
}

#[test]
fn people_come_back_to_listed_addresses_only() {
    let mut world = world();
    for odd in [
        "",
        "http://localhost:8080",
        "http://localhost:8080/callback/",
        "http://localhost:8080/callback?x",
        "https://evil.example/",
    ] {
        let request = AuthorizationRequest {
            redirect_uri: odd.to_owned(),
            ..request()
        };
        let refused = start(&mut world, request).unwrap_err();
        assert!(
            matches!(refused, AuthError::Misconfigured(_)),
            "{odd}: {refused:?}"
        );
    }
}

#[test]
fn silence_goes_with_nothing_else() {
    let mut world = world();
    for prompt in [
        vec![Prompt::None, Prompt::Login],
        vec![Prompt::Login, Prompt::None],
        vec![Prompt::None, Prompt::None],
    ] {
        let refused = start(&mut world, AuthorizationRequest { prompt, ..request() });
        assert!(matches!(refused, Err(AuthError::InvalidInput(_))), "{refused:?}");
    }
}

#[test]
fn without_the_section_there_is_nowhere_to_go() {
    let mut world = World::new();
    let (transaction, answer) = {
        let mut other = self::world();
        returned(&mut other, request(), USER)
    };
    for refused in [
        start(&mut world, request()).map(drop),
        finish(&mut world, &transaction, &answer).map(drop),
    ] {
        assert!(matches!(refused, Err(AuthError::Misconfigured(_))), "{refused:?}");
    }
    assert_eq!(world.sent(TOKEN), 0);
}
