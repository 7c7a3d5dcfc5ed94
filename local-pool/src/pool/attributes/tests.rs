use super::*;
use crate::operations::testing::{allow, perform, tokens};
use crate::operations::testing::{client, pool, world};
use crate::pool::schema::Attribute;
use crate::pool::settings::AuthFactor;
use crate::pool::user::Status;
use crate::world::World;
use proptest::prelude::*;
use serde_json::{Value, json};

fn kind(outcome: Result<(), ApiError>) -> Option<String> {
    outcome.err().map(|refusal| refusal.kind)
}

#[test]
fn what_is_writable_depends_on_occasion_client_and_schema() {
    let mut world = world();
    client(&mut world).write_attributes = Some(vec!["email".to_owned(), "custom:plan".to_owned()]);
    let client = client(&mut world).clone();
    let pool = pool(&mut world);
    let schema = &mut pool.kept.settings.schema.0;
    let immutable = Attribute {
        mutable: false,
        ..Attribute::default()
    };
    let required = Attribute {
        required: true,
        ..Attribute::default()
    };
    schema.insert("custom:plan".to_owned(), immutable);
    schema.insert("name".to_owned(), required);
    let user = pool.find("user@example.com").unwrap().clone();
    let check = |occasion, name, value| kind(check(pool, &client, occasion, name, value));
    let unauthorized = Some("NotAuthorizedException".to_owned());
    let invalid = Some("InvalidParameterException".to_owned());
    for occasion in [
        Occasion::SignUp,
        Occasion::NewPassword(&user),
        Occasion::Update(&user),
    ] {
        for own in ["sub", "email_verified", "identities", "dev:plan", "nickname"] {
            assert_eq!(check(occasion, own, "1"), unauthorized, "{own}");
        }
        assert_eq!(check(occasion, "name", "Ada"), None);
    }
    assert_eq!(check(Occasion::SignUp, "custom:plan", "free"), None);
    assert_eq!(check(Occasion::NewPassword(&user), "custom:plan", "free"), None);
    assert_eq!(check(Occasion::Update(&user), "custom:plan", "free"), invalid);
    assert_eq!(check(Occasion::Update(&user), "name", ""), invalid);
    assert_eq!(check(Occasion::Update(&user), "email", ""), invalid);
    assert_eq!(
        check(Occasion::NewPassword(&user), "email", "b@b.c"),
        unauthorized
    );
    let mut on_a_plan = user.clone();
    write(&mut on_a_plan, "custom:plan", "free");
    assert_eq!(
        check(Occasion::NewPassword(&on_a_plan), "custom:plan", "paid"),
        unauthorized
    );
}

#[test]
fn only_a_changed_contact_has_to_be_verified_again() {
    let mut world = world();
    let mut user = pool(&mut world).find("user@example.com").unwrap().clone();
    write(&mut user, "email", "user@example.com");
    assert!(user.has_verified(Contact::Email));
    user.unverified_changes.insert(Contact::Email, "b@b.c".to_owned());
    write(&mut user, "email", "c@b.c");
    assert!(!user.has_verified(Contact::Email) && user.unverified_changes.is_empty());
    write(&mut user, "email", "");
    assert!(user.attributes.is_empty());
}

#[test]
fn an_alias_is_verified_for_one_user_at_a_time() {
    let mut world = world();
    let pool = pool(&mut world);
    pool.kept.settings.username_attributes.clear();
    pool.kept.settings.alias_attributes = vec![Alias::Email];
    let names = ["user@example.com", "admin@example.com"].map(|email| {
        let user = pool.kept.users.values().find(|user| user.email() == email);
        user.unwrap().username.clone()
    });
    let [first, second] = &names;
    write(pool.user_mut(second).unwrap(), "email", "USER@example.com");
    let refusal = check_free(pool, second, "email", "USER@example.com").unwrap_err();
    assert_eq!(refusal.kind, "AliasExistsException");
    assert_eq!(check_free(pool, first, "email", "USER@example.com"), Ok(()));
    verify(pool, second, Contact::Email).unwrap();
    assert!(pool.user(second).unwrap().has_verified(Contact::Email));
    assert!(!pool.user(first).unwrap().has_verified(Contact::Email));
    assert_eq!(&pool.find("user@example.com").unwrap().username, second);
}

/// What somebody does to some user with some address, or with the code of some message.
#[derive(Clone, Copy, Debug)]
enum Step {
    SignUp(usize, usize),
    Confirm(usize, usize, bool),
    Update(usize, usize),
    AskForCode(usize),
    Verify(usize, usize),
    DeleteAddress(usize),
    DeleteUser(usize),
}

const ADDRESSES: [&str; 3] = ["ada@example.com", "ADA@example.com", "eve@example.com"];

fn step() -> impl Strategy<Value = Step> {
    let (user, address) = (0..3_usize, 0..ADDRESSES.len());
    // Most often the newest message.
    let mail = prop_oneof![3 => Just(0_usize), 1 => 1..3_usize];
    prop_oneof![
        3 => (user.clone(), address.clone()).prop_map(|(user, address)| Step::SignUp(user, address)),
        3 => (user.clone(), mail.clone(), any::<bool>())
            .prop_map(|(user, mail, force)| Step::Confirm(user, mail, force)),
        3 => (user.clone(), address).prop_map(|(user, address)| Step::Update(user, address)),
        1 => user.clone().prop_map(Step::AskForCode),
        3 => (user.clone(), mail).prop_map(|(user, mail)| Step::Verify(user, mail)),
        1 => user.clone().prop_map(Step::DeleteAddress),
        1 => user.prop_map(Step::DeleteUser),
    ]
}

fn take(world: &mut World, step: Step) {
    let some_user = |world: &mut World, number: usize| {
        let users = &pool(world).kept.users;
        let user = users.values().nth(number % users.len().max(1))?;
        Some((user.username.clone(), user.status))
    };
    let code = |world: &World, number: usize| {
        let mailbox = world.shared.mailbox();
        let code = mailbox.mails().nth(number).map(|mail| mail.code.clone());
        code.unwrap_or_else(|| "000000".to_owned())
    };
    let by_address = !pool(world).kept.settings.username_attributes.is_empty();
    let (operation, input) = match step {
        Step::SignUp(user, address) => {
            let email = ADDRESSES[address];
            let name = if by_address {
                email.to_owned()
            } else {
                format!("user{user}")
            };
            let attributes = json!([{"Name": "email", "Value": email}]);
            ("SignUp", json!({"Username": name, "UserAttributes": attributes}))
        }
        Step::Confirm(user, mail, force) => {
            let Some((username, _)) = some_user(world, user) else {
                return;
            };
            let code = code(world, mail);
            let input = json!({"Username": username, "ConfirmationCode": code, "ForceAliasCreation": force});
            ("ConfirmSignUp", input)
        }
        Step::Update(user, _)
        | Step::AskForCode(user)
        | Step::Verify(user, _)
        | Step::DeleteAddress(user)
        | Step::DeleteUser(user) => {
            let Some((username, Status::Confirmed)) = some_user(world, user) else {
                return;
            };
            let (operation, mut input): (_, Value) = match step {
                Step::Update(_, address) => {
                    let attributes = json!([{"Name": "email", "Value": ADDRESSES[address]}]);
                    ("UpdateUserAttributes", json!({"UserAttributes": attributes}))
                }
                Step::AskForCode(_) => (
                    "GetUserAttributeVerificationCode",
                    json!({"AttributeName": "email"}),
                ),
                Step::Verify(_, mail) => {
                    let input = json!({"AttributeName": "email", "Code": code(world, mail)});
                    ("VerifyUserAttribute", input)
                }
                Step::DeleteAddress(_) => ("DeleteUserAttributes", json!({"UserAttributeNames": ["email"]})),
                _ => ("DeleteUser", json!({})),
            };
            input["AccessToken"] = tokens(world, &username)["AccessToken"].clone();
            (operation, input)
        }
    };
    if let Err(refusal) = perform(world, operation, input) {
        assert_ne!(refusal.kind, "InternalErrorException", "{operation}");
    }
}

/// Nobody shares what they sign in with, and every verified address has had a code.
fn assert_sound(world: &mut World) {
    let reached: Vec<String> = world
        .shared
        .mailbox()
        .mails()
        .map(|mail| mail.to.clone())
        .collect();
    let pool = pool(world);
    let by_address = !pool.kept.settings.username_attributes.is_empty();
    let users: Vec<&User> = pool.kept.users.values().collect();
    let names: Vec<String> = users
        .iter()
        .filter(|user| by_address || user.has_verified(Contact::Email))
        .map(|user| pool.folded(user.email()))
        .collect();
    for name in &names {
        assert!(!name.is_empty());
        assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
    }
    for user in users.iter().filter(|user| user.has_verified(Contact::Email)) {
        assert!(reached.iter().any(|to| to == user.email()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_order_of_requests_makes_two_users_one(
        aliases in any::<bool>(),
        verify_first in any::<bool>(),
        steps in prop::collection::vec(step(), 1..32),
    ) {
        let mut world = world();
        allow(&mut world, "ALLOW_USER_AUTH");
        let pool = pool(&mut world);
        pool.kept.users.clear();
        let settings = &mut pool.kept.settings;
        settings.allowed_first_auth_factors.push(AuthFactor::EmailOtp);
        if aliases {
            settings.username_attributes.clear();
            settings.alias_attributes = vec![Alias::Email];
        }
        if verify_first {
            settings.verify_before_update = vec![Contact::Email];
        }
        let begin = [
            Step::SignUp(0, 0),
            Step::Confirm(0, 0, false),
            Step::SignUp(1, 2),
            Step::Confirm(0, 0, false),
            Step::Confirm(1, 0, false),
        ];
        for step in begin.into_iter().chain(steps) {
            take(&mut world, step);
            assert_sound(&mut world);
        }
    }
}
