use serde_json::json;
use yew_cognito::{
    cognito::{CodeDelivery, Medium},
    engine::{AccountCommand as C, AuthError, Command, Reply},
    ports::Unreachable,
};

use super::{ADMIN, RENEW, USER, attribute, claims, code, done, execute, other_than, tell};
use crate::support::World;

const NEW: &str = "ada@example.com";

fn update(world: &mut World, name: &str, value: &str) -> Result<Vec<CodeDelivery>, AuthError> {
    tell!(
        world,
        C::UpdateAttributes(vec![attribute(name, value)]),
        CodesSent
    )
}

fn confirm(world: &mut World, text: &str) -> Result<(), AuthError> {
    let name = "email".to_owned();
    done(
        world,
        C::ConfirmAttribute {
            name,
            code: code(text),
        },
    )
}

fn send(world: &mut World, name: &str) -> Result<CodeDelivery, AuthError> {
    execute(world, C::SendAttributeCode(name.to_owned())).map(|reply| match reply {
        Reply::CodeSent(delivery) => delivery,
        reply => panic!("{reply:?}"),
    })
}

#[test]
fn what_is_written_shows_in_the_claims_and_is_deleted_again() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(update(&mut world, "given_name", "Ada"), Ok(Vec::new()));
    assert_eq!(claims(&world).given_name.as_deref(), Some("Ada"));
    done(&mut world, C::DeleteAttributes(vec!["given_name".to_owned()])).unwrap();
    assert_eq!(claims(&world).given_name, None);
    let Ok(Reply::Attributes(attributes)) = world.execute(Command::UserAttributes) else {
        panic!("no attributes")
    };
    assert!(attributes.iter().all(|attribute| attribute.name != "given_name"));
}

#[test]
fn a_new_address_is_verified_by_its_code() {
    let mut world = World::new();
    world.sign_in_user();
    assert!(claims(&world).email_verified);
    let sent = update(&mut world, "email", NEW).unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].attribute.as_deref(), Some("email"));
    assert_eq!(sent[0].medium, Some(Medium::Email));
    assert!(!claims(&world).email_verified);
    let right = world.code(NEW);
    assert_eq!(
        confirm(&mut world, other_than(&right)),
        Err(AuthError::CodeMismatch)
    );
    assert_eq!(confirm(&mut world, &right), Ok(()));
    assert!(claims(&world).email_verified);
    assert_eq!(claims(&world).email.as_deref(), Some(NEW));
}

#[test]
fn an_address_that_waits_for_its_code_leaves_the_old_one() {
    let mut world = World::new();
    world.control("pool", json!({"verify_before_update": ["email"]}));
    world.sign_in_user();
    assert_eq!(update(&mut world, "email", NEW).unwrap().len(), 1);
    assert_eq!(claims(&world).email.as_deref(), Some(USER));
    let right = world.code(NEW);
    assert_eq!(confirm(&mut world, &right), Ok(()));
    assert_eq!(claims(&world).email.as_deref(), Some(NEW));
}

#[test]
fn another_code_is_sent_until_there_were_too_many() {
    let mut world = World::new();
    world.sign_in_user();
    update(&mut world, "email", NEW).unwrap();
    let old = world.code(NEW);
    world.pass_everywhere(std::time::Duration::from_secs(25 * 3600));
    assert_eq!(confirm(&mut world, &old), Err(AuthError::CodeExpired));
    let delivery = send(&mut world, "email").unwrap();
    assert_eq!(delivery.attribute.as_deref(), Some("email"));
    let right = world.code(NEW);
    assert_eq!(confirm(&mut world, &right), Ok(()));
    let last = (0..20).map(|_| send(&mut world, "email")).find(Result::is_err);
    assert_eq!(last, Some(Err(AuthError::LimitExceeded)));
}

#[test]
fn refusals_are_told_for_what_they_are() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(update(&mut world, "email", ADMIN), Err(AuthError::AliasExists));
    for refused in [
        send(&mut world, "nickname").map(drop),
        send(&mut world, "phone_number").map(drop),
        update(&mut world, "email", "not an address").map(drop),
        update(&mut world, "email", "").map(drop),
        done(&mut world, C::DeleteAttributes(vec!["email".to_owned()])),
    ] {
        assert!(matches!(refused, Err(AuthError::InvalidInput(_))), "{refused:?}");
    }
    world.control("client", json!({"write_attributes": ["name"]}));
    let refused = update(&mut world, "nickname", "Ada").unwrap_err();
    assert!(matches!(refused, AuthError::Misconfigured(_)), "{refused:?}");
    assert!(update(&mut world, "name", "Ada").is_ok());
    assert_eq!(
        world.sent(RENEW),
        1,
        "only what changed something is followed by it"
    );
}

#[test]
fn a_change_stands_although_the_tokens_cannot_be_renewed() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer(RENEW, 1, Err(Unreachable));
    assert_eq!(update(&mut world, "given_name", "Ada"), Ok(Vec::new()));
    assert!(world.is_signed_in());
    assert_eq!(claims(&world).given_name, None);
    world.execute(Command::Refresh).unwrap();
    assert_eq!(claims(&world).given_name.as_deref(), Some("Ada"));
}

#[test]
fn a_renewal_that_began_before_the_change_does_not_count_for_it() {
    let mut world = World::new();
    world.sign_in_user();
    let release = world.wire.hold(RENEW);
    let refresh = world.begin(Command::Refresh);
    world.settle();
    let update = world.begin(Command::Account(C::UpdateAttributes(vec![attribute(
        "given_name",
        "Ada",
    )])));
    world.settle();
    assert!(update.borrow().is_none());
    drop(release);
    world.settle();
    assert!(refresh.borrow_mut().take().unwrap().is_ok());
    assert!(update.borrow_mut().take().unwrap().is_ok());
    assert_eq!(claims(&world).given_name.as_deref(), Some("Ada"));
    assert_eq!(world.sent(RENEW), 2);
}

#[test]
fn triggers_are_handed_what_the_app_has_for_them() {
    let mut world = World::new();
    world.sign_in_user();
    let metadata = [("theme".to_owned(), "dark".to_owned())].into();
    world.execute(Command::SetClientMetadata(metadata)).unwrap();
    update(&mut world, "name", "Ada").unwrap();
    send(&mut world, "email").unwrap();
    for operation in ["UpdateUserAttributes", "GetUserAttributeVerificationCode"] {
        assert_eq!(
            world.wire.last(operation)["ClientMetadata"],
            json!({"theme": "dark"})
        );
    }
}
