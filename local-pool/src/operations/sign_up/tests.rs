use super::*;
use crate::operations::testing::{allow, client, perform, pool, refused, user, world};
use crate::pool::schema::Attribute;
use crate::world::World;

#[test]
fn a_new_user_is_unconfirmed_and_has_mail() {
    let mut world = world();
    let input = json!({
        "Username": "Ada@example.com",
        "Password": "Sunflower-42!",
        "UserAttributes": [{"Name": "email", "Value": "ada@example.com"}, {"Name": "name", "Value": "Ada"}],
    });
    let answer = perform(&mut world, "SignUp", input.clone()).unwrap();
    assert_eq!(answer["UserConfirmed"], false);
    assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "A***@e***");
    let user = user(&world, "ada@example.com");
    assert_eq!(
        (user.status, user.sub.as_str()),
        (Status::Unconfirmed, answer["UserSub"].as_str().unwrap())
    );
    assert_eq!(user.attributes["name"], "Ada");
    assert!(!user.has_verified(Contact::Email));
    assert_eq!(
        world.shared.mailbox().mails().next().unwrap().to,
        "Ada@example.com"
    );
    assert_eq!(
        refused(&mut world, "SignUp", input).kind,
        "UsernameExistsException"
    );
    assert_eq!(world.shared.mailbox().mails().count(), 1);
}

#[test]
fn what_cannot_be_signed_up_leaves_no_trace() {
    let mut world = world();
    let users = pool(&mut world).kept.users.len();
    let attribute = |name: &str, value: &str| json!({"Username": "a@b.c", "Password": "Sunflower-42!", "UserAttributes": [{"Name": name, "Value": value}]});
    for (input, kind) in [
        (
            json!({"Username": "ada", "Password": "Sunflower-42!"}),
            "InvalidParameterException",
        ),
        (
            json!({"Username": "a@b.c", "Password": "short"}),
            "InvalidPasswordException",
        ),
        (json!({"Username": "a@b.c"}), "InvalidPasswordException"),
        (
            json!({"Username": "USER@example.com", "Password": "Sunflower-42!"}),
            "UsernameExistsException",
        ),
        (attribute("email", "b@b.c"), "InvalidParameterException"),
        (attribute("email_verified", "true"), "NotAuthorizedException"),
        (attribute("shoe_size", "42"), "InvalidParameterException"),
        (
            json!({"ClientId": "x", "Username": "a@b.c", "Password": "Sunflower-42!"}),
            "ResourceNotFoundException",
        ),
    ] {
        assert_eq!(refused(&mut world, "SignUp", input.clone()).kind, kind, "{input}");
    }
    assert_eq!(
        (
            pool(&mut world).kept.users.len(),
            world.shared.mailbox().mails().count()
        ),
        (users, 0)
    );
}

/// Signs `name` up with attributes, and with a password unless it is empty.
fn sign_up(world: &mut World, name: &str, password: &str, attributes: &[(&str, &str)]) -> Outcome {
    let attributes: Vec<Value> = attributes
        .iter()
        .map(|(name, value)| json!({"Name": name, "Value": value}))
        .collect();
    let mut input = json!({"Username": name, "UserAttributes": attributes});
    if !password.is_empty() {
        input["Password"] = json!(password);
    }
    perform(world, "SignUp", input)
}

const PASSWORD: &str = "Sunflower-42!";
const NUMBER: &str = "+12025550199";

#[test]
fn a_phone_number_can_stand_for_the_name_and_gets_the_code() {
    let mut world = world();
    let settings = &mut pool(&mut world).kept.settings;
    settings.username_attributes = vec![Contact::PhoneNumber];
    settings.auto_verified_attributes = vec![Contact::Email, Contact::PhoneNumber];
    let answer = sign_up(&mut world, NUMBER, PASSWORD, &[("email", "a@b.c")]).unwrap();
    let details =
        json!({"AttributeName": "phone_number", "DeliveryMedium": "SMS", "Destination": "+*******0199"});
    assert_eq!(answer["CodeDeliveryDetails"], details);
    let refusal = sign_up(&mut world, NUMBER, PASSWORD, &[]).unwrap_err();
    assert_eq!(
        (refusal.kind.as_str(), refusal.message.as_str()),
        (
            "UsernameExistsException",
            "An account with the given phone_number already exists."
        )
    );
    assert!(sign_up(&mut world, "b@b.c", PASSWORD, &[]).is_err());
}

#[test]
fn every_address_that_people_sign_in_with_is_one_users() {
    let mut world = world();
    let settings = &mut pool(&mut world).kept.settings;
    settings.username_attributes = vec![Contact::Email, Contact::PhoneNumber];
    let taken = [("email", "USER@example.com")];
    let refusal = sign_up(&mut world, NUMBER, PASSWORD, &taken).unwrap_err();
    assert_eq!(refusal.kind, "UsernameExistsException");
    sign_up(&mut world, NUMBER, PASSWORD, &[("email", "a@b.c")]).unwrap();
}

#[test]
fn aliases_are_free_until_they_are_verified_but_no_names() {
    let mut world = world();
    let settings = &mut pool(&mut world).kept.settings;
    settings.username_attributes.clear();
    settings.alias_attributes = vec![Alias::Email, Alias::PhoneNumber, Alias::PreferredUsername];
    let verified = [("email", "user@example.com")];
    sign_up(&mut world, "ada", PASSWORD, &verified).unwrap();
    for (name, attributes, kind) in [
        ("ADA", &verified, "UsernameExistsException"),
        ("eve@b.c", &verified, "InvalidParameterException"),
        (NUMBER, &verified, "InvalidParameterException"),
        (
            "eve",
            &[("preferred_username", "eve")],
            "InvalidParameterException",
        ),
    ] {
        let refusal = sign_up(&mut world, name, PASSWORD, attributes).unwrap_err();
        assert_eq!(refusal.kind, kind, "{name}");
    }
}

#[test]
fn a_trigger_that_verifies_moves_the_alias() {
    let mut world = world();
    let settings = &mut pool(&mut world).kept.settings;
    settings.username_attributes.clear();
    settings.alias_attributes = vec![Alias::Email];
    (settings.auto_confirm, settings.auto_verify) = (true, true);
    let before = user(&world, "user@example.com").username;
    let answer = sign_up(&mut world, "ada", PASSWORD, &[("email", "user@example.com")]).unwrap();
    assert_eq!(answer["UserConfirmed"], true);
    assert_eq!(user(&world, "user@example.com").username, "ada");
    assert!(!user(&world, &before).has_verified(Contact::Email));
    assert_eq!(world.shared.mailbox().mails().count(), 0);
}

#[test]
fn required_and_custom_attributes_follow_the_schema() {
    let mut world = world();
    let schema = &mut pool(&mut world).kept.settings.schema.0;
    for (name, mutable, required) in [
        ("email", true, true),
        ("name", true, true),
        ("custom:plan", false, false),
    ] {
        let attribute = Attribute {
            mutable,
            required,
            ..Attribute::default()
        };
        schema.insert(name.to_owned(), attribute);
    }
    client(&mut world).write_attributes = Some(vec!["custom:plan".to_owned()]);
    let refusal = sign_up(&mut world, "a@b.c", PASSWORD, &[("custom:plan", "free")]).unwrap_err();
    assert_eq!(
        refusal.message,
        "Attributes did not conform to the schema: name: The attribute is required\n"
    );
    let whole = [("custom:plan", "free"), ("name", "Ada")];
    sign_up(&mut world, "a@b.c", PASSWORD, &whole).unwrap();
    assert_eq!(user(&world, "a@b.c").attribute("custom:plan"), "free");
}

#[test]
fn a_password_can_be_left_out_only_by_whom_a_code_reaches() {
    let mut world = world();
    allow(&mut world, "ALLOW_USER_AUTH");
    let kind = |outcome: Outcome| outcome.err().map(|refusal| refusal.kind);
    let invalid = Some("InvalidPasswordException".to_owned());
    assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &[])), invalid);
    let settings = &mut pool(&mut world).kept.settings;
    settings.allowed_first_auth_factors.push(AuthFactor::SmsOtp);
    assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &[])), invalid);
    let number = [("phone_number", NUMBER)];
    assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &number)), invalid);
    let settings = &mut pool(&mut world).kept.settings;
    settings.auto_verified_attributes = vec![Contact::PhoneNumber];
    assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &[])), invalid);
    let answer = sign_up(&mut world, "a@b.c", "", &number).unwrap();
    assert!(answer["Session"].is_string() && user(&world, "a@b.c").password.is_none());
}
