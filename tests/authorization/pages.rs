//! Several pages at one engine, and what crosses a sign-in on its way.

use yew_cognito::engine::AuthError::*;

use super::*;

#[test]
fn of_two_pages_at_once_the_first_to_have_its_tokens_counts() {
    let mut world = world();
    let (one, two) = (world.engine.for_page(), world.engine.for_page());
    let (first, its_answer) = returned(&mut world, request(), USER);
    let (second, the_others) = returned(&mut world, request(), "admin@example.com");
    let release = world.wire.hold(TOKEN);
    let slow = world.begin_at(&one, finishing(&first, &its_answer));
    world.settle();
    let step = world.execute_at(&two, finishing(&second, &the_others));
    assert!(matches!(step, Ok(Reply::Step(Step::SignedIn))), "{step:?}");
    drop(release);
    world.settle();
    assert_eq!(slow.borrow_mut().take().unwrap().unwrap_err(), Superseded);
    let [token] = revoked(&world).try_into().unwrap();
    assert!(!is_alive(&world, &token));
    assert_eq!(
        signed_in(&world).claims.email.as_deref(),
        Some("admin@example.com")
    );
    // And a third that comes later has nothing sent.
    let late = world.execute_at(&one, finishing(&second, &the_others));
    assert_eq!(late.unwrap_err(), AlreadySignedIn);
    assert_eq!(world.sent(TOKEN), 2);
}

#[test]
fn the_same_person_at_two_pages_has_one_session() {
    let mut world = world();
    let (one, two) = (world.engine.for_page(), world.engine.for_page());
    let (first, its_answer) = returned(&mut world, request(), USER);
    let (second, the_others) = returned(&mut world, request(), USER);
    let release = world.wire.hold(TOKEN);
    let slow = world.begin_at(&one, finishing(&first, &its_answer));
    world.settle();
    world.execute_at(&two, finishing(&second, &the_others)).unwrap();
    drop(release);
    world.settle();
    assert_eq!(slow.borrow_mut().take().unwrap().unwrap_err(), Superseded);
    assert_eq!(revoked(&world).len(), 1);
    world.execute(Command::Refresh).unwrap();
}

#[test]
fn signing_out_on_the_way_stays_signed_out() {
    let mut world = world();
    sign_in(&mut world, USER);
    let (transaction, response) = returned(&mut world, again(), USER);
    let release = world.wire.hold(TOKEN);
    let under_way = world.begin(finishing(&transaction, &response));
    world.settle();
    sign_out(&mut world);
    drop(release);
    world.settle();
    let refused = under_way.borrow_mut().take().unwrap().unwrap_err();
    assert_eq!(refused, Superseded);
    assert!(!world.is_signed_in());
    let tokens = revoked(&world);
    assert_eq!(tokens.len(), 2);
    assert!(tokens.iter().all(|token| !is_alive(&world, token)));
}

#[test]
fn a_sign_in_by_password_on_the_way_counts() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    let release = world.wire.hold(TOKEN);
    let under_way = world.begin(finishing(&transaction, &response));
    world.settle();
    world.sign_in_user();
    drop(release);
    world.settle();
    assert_eq!(under_way.borrow_mut().take().unwrap().unwrap_err(), Superseded);
    assert!(!signed_in(&world).hosted);
    assert_eq!(revoked(&world).len(), 1);
}

#[test]
fn an_answer_is_taken_by_an_engine_that_has_begun_nothing() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.reload();
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
}

#[test]
fn events_tell_of_it_once() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.events.borrow_mut().clear();
    finish(&mut world, &transaction, &response).unwrap();
    let sessions = |event: &&yew_cognito::engine::Event| {
        matches!(
            event,
            yew_cognito::engine::Event::Session(SessionState::SignedIn(_))
        )
    };
    assert_eq!(world.events.borrow().iter().filter(sessions).count(), 1);
}
