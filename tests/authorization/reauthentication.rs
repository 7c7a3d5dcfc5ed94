//! Whoever is signed in shows again who they are.

use yew_cognito::engine::AuthError::*;

use super::*;

#[test]
fn the_same_person_gets_a_new_session_in_place_of_the_old() {
    let mut world = world();
    sign_in(&mut world, USER);
    let before = signed_in(&world).claims;
    world.pass_everywhere(std::time::Duration::from_secs(100));
    let (transaction, response) = returned(&mut world, again(), USER);
    assert!(transaction.reauthenticates);
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
    let after = signed_in(&world).claims;
    assert_eq!(after.sub, before.sub);
    assert!(after.auth_time > before.auth_time);
    let [token] = revoked(&world).try_into().unwrap();
    assert!(!is_alive(&world, &token));
    // The new one is not the one revoked.
    world.execute(Command::Refresh).unwrap();
    assert!(world.is_signed_in());
}

#[test]
fn another_person_does_not_take_their_place() {
    let mut world = world();
    sign_in(&mut world, USER);
    let (transaction, response) = returned(&mut world, again(), "admin@example.com");
    assert_eq!(finish(&mut world, &transaction, &response), Err(WrongAccount));
    assert_eq!(signed_in(&world).claims.email.as_deref(), Some(USER));
    assert_eq!(revoked(&world).len(), 1);
    world.execute(Command::Refresh).unwrap();
    assert_eq!(signed_in(&world).claims.email.as_deref(), Some(USER));
}

#[test]
fn a_session_by_password_may_be_shown_again_at_the_hosted_page() {
    let mut world = world();
    world.sign_in_user();
    assert!(!signed_in(&world).hosted);
    let (transaction, response) = returned(&mut world, again(), USER);
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
    assert!(signed_in(&world).hosted);
}

#[test]
fn one_that_has_ended_meanwhile_begins_anew() {
    let mut world = world();
    sign_in(&mut world, USER);
    let (transaction, response) = returned(&mut world, again(), USER);
    sign_out(&mut world);
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
}

#[test]
fn who_fails_to_stays_signed_in() {
    let mut world = world();
    sign_in(&mut world, USER);
    let (transaction, response) = returned(&mut world, again(), USER);
    world.answer(TOKEN, 1, support::status(500));
    assert_eq!(finish(&mut world, &transaction, &response), Err(ServiceFailure));
    assert!(world.is_signed_in() && revoked(&world).is_empty());
}
