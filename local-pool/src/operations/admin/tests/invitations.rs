use super::*;
use crate::operations::testing::{code, has_password, user, world};
use crate::pool::user::Status;

fn invited(email: &str) -> Value {
    json!({"Username": email, "UserAttributes": [{"Name": "email_verified", "Value": "True"}]})
}

#[test]
fn someone_invited_gets_a_temporary_password_by_mail() {
    let mut world = world();
    let answer = done(&mut world, "AdminCreateUser", invited("ada@example.com"));
    let created = &answer["User"];
    assert_eq!(created["UserStatus"], "FORCE_CHANGE_PASSWORD");
    assert_eq!(
        attribute(&created["Attributes"], "email"),
        Some("ada@example.com")
    );
    assert_eq!(attribute(&created["Attributes"], "email_verified"), Some("true"));
    assert_eq!(
        attribute(&created["Attributes"], "sub"),
        created["Username"].as_str()
    );
    let password = code(&world);
    assert!(has_password(&world, "ada@example.com", &password));
    let text = world.shared.mailbox().mails().next().unwrap().text.clone();
    let expected = format!("Your username is ada@example.com and temporary password is {password}");
    assert_eq!(text, expected);
    let again = denied(&mut world, "AdminCreateUser", invited("ada@example.com"));
    assert_eq!(
        again,
        (
            "UsernameExistsException".to_owned(),
            "User account already exists".to_owned()
        )
    );
}

#[test]
fn an_invitation_is_sent_again_with_another_password_until_it_is_used() {
    let mut world = world();
    done(&mut world, "AdminCreateUser", invited("ada@example.com"));
    let first = code(&world);
    world.shared.clock.advance(8 * 86_400);
    let resend = json!({"Username": "ada@example.com", "MessageAction": "RESEND"});
    done(&mut world, "AdminCreateUser", resend);
    let second = code(&world);
    assert_ne!(first, second);
    assert!(has_password(&world, "ada@example.com", &second));
    let until = user(&world, "ada@example.com").temporary_until.unwrap();
    assert_eq!(until, world.shared.clock.now() + 7 * 86_400);
    let used = json!({"Username": USER, "MessageAction": "RESEND"});
    assert_eq!(
        denied(&mut world, "AdminCreateUser", used).0,
        "UnsupportedUserStateException"
    );
}

#[test]
fn the_administrator_decides_about_message_and_password() {
    let mut world = world();
    let quiet = json!({
        "Username": "ada@example.com",
        "MessageAction": "SUPPRESS",
        "TemporaryPassword": "Temporary-42!",
    });
    done(&mut world, "AdminCreateUser", quiet);
    assert_eq!(world.shared.mailbox().mails().count(), 0);
    assert!(has_password(&world, "ada@example.com", "Temporary-42!"));
    let both = json!({
        "Username": "eve@example.com",
        "UserAttributes": [{"Name": "phone_number", "Value": "+12025550199"}],
        "DesiredDeliveryMediums": ["SMS", "EMAIL"],
    });
    done(&mut world, "AdminCreateUser", both);
    let media: Vec<_> = world.shared.mailbox().mails().map(|mail| mail.medium).collect();
    assert_eq!(media, ["EMAIL", "SMS"]);
    let weak = json!({"Username": "bob@example.com", "TemporaryPassword": "short"});
    assert_eq!(
        denied(&mut world, "AdminCreateUser", weak).0,
        "InvalidPasswordException"
    );
    for (name, attribute, value) in [
        ("bob", "name", "Bob"),
        ("bob@example.com", "sub", "1"),
        ("bob@example.com", "custom:plan", "free"),
        ("bob@example.com", "phone_number_verified", "true"),
        ("bob@example.com", "email_verified", "perhaps"),
    ] {
        let wrong = json!({"Username": name, "UserAttributes": [{"Name": attribute, "Value": value}]});
        let refusal = denied(&mut world, "AdminCreateUser", wrong);
        assert_eq!(refusal.0, "InvalidParameterException", "{attribute}");
    }
}

#[test]
fn generated_passwords_meet_the_policy() {
    let mut world = world();
    for number in 0..20 {
        done(
            &mut world,
            "AdminCreateUser",
            invited(&format!("u{number}@example.com")),
        );
        let password = code(&world);
        let policy = world.pools[seed::POOL_ID].settings().password_policy;
        assert_eq!(policy.check(&password), Ok(()), "{password}");
    }
}

#[test]
fn someone_who_can_sign_in_without_a_password_needs_none() {
    let mut world = world();
    let pool = world.pool_mut(seed::POOL_ID).unwrap();
    let factors = &mut pool.kept.settings.allowed_first_auth_factors;
    factors.push(crate::pool::settings::AuthFactor::EmailOtp);
    done(&mut world, "AdminCreateUser", invited("ada@example.com"));
    let ada = user(&world, "ada@example.com");
    assert!(ada.password.is_none() && ada.status == Status::Confirmed);
    assert_eq!(world.shared.mailbox().mails().count(), 0);
}
