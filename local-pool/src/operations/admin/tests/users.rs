use super::*;
use crate::operations::testing::{code, has_password, tokens, user, world};
use crate::pool::user::Status;

#[test]
fn a_user_is_told_by_address_and_by_sub() {
    let mut world = world();
    let sub = user(&world, USER).sub;
    let told = done(&mut world, "AdminGetUser", json!({"Username": USER}));
    assert_eq!(told, done(&mut world, "AdminGetUser", json!({"Username": sub})));
    assert_eq!(attribute(&told["UserAttributes"], "sub"), Some(sub.as_str()));
    assert_eq!(
        (&told["Enabled"], &told["UserStatus"]),
        (&json!(true), &json!("CONFIRMED"))
    );
    let nobody = denied(
        &mut world,
        "AdminGetUser",
        json!({"Username": "nobody@example.com"}),
    );
    assert_eq!(
        nobody,
        (
            "UserNotFoundException".to_owned(),
            "User does not exist.".to_owned()
        )
    );
}

#[test]
fn disabling_deleting_and_signing_out_end_the_users_sessions() {
    for (operation, kind) in [
        ("AdminDisableUser", "NotAuthorizedException"),
        ("AdminDeleteUser", "UserNotFoundException"),
        ("AdminUserGlobalSignOut", "NotAuthorizedException"),
    ] {
        let mut world = world();
        let mine = json!({"AccessToken": tokens(&mut world, USER)["AccessToken"]});
        assert!(perform(&mut world, "GetUser", mine.clone()).is_ok());
        done(&mut world, operation, json!({"Username": USER}));
        assert_eq!(refused(&mut world, "GetUser", mine).kind, kind, "{operation}");
    }
    let mut world = world();
    done(&mut world, "AdminDisableUser", json!({"Username": USER}));
    assert!(!user(&world, USER).enabled);
    done(&mut world, "AdminEnableUser", json!({"Username": USER}));
    assert!(user(&world, USER).enabled);
}

#[test]
fn only_an_unconfirmed_user_is_confirmed() {
    let mut world = world();
    let sign_up = json!({"Username": "ada@example.com", "Password": "Sunflower-42!"});
    perform(&mut world, "SignUp", sign_up).unwrap();
    let ada = json!({"Username": "ada@example.com"});
    done(&mut world, "AdminConfirmSignUp", ada.clone());
    let confirmed = user(&world, "ada@example.com");
    assert_eq!(confirmed.status, Status::Confirmed);
    assert_eq!(confirmed.attribute("email_verified"), "false");
    assert_eq!(
        denied(&mut world, "AdminConfirmSignUp", ada).1,
        "User cannot be confirmed. Current status is CONFIRMED"
    );
}

#[test]
fn passwords_are_set_for_good_or_for_once() {
    let mut world = world();
    let mut input = json!({"Username": USER, "Password": "Marigold-43!"});
    done(&mut world, "AdminSetUserPassword", input.clone());
    assert_eq!(user(&world, USER).status, Status::ForceChangePassword);
    assert!(user(&world, USER).temporary_until.is_some());
    input["Permanent"] = json!(true);
    done(&mut world, "AdminSetUserPassword", input.clone());
    assert_eq!(user(&world, USER).status, Status::Confirmed);
    assert!(has_password(&world, USER, "Marigold-43!"));
    input["Password"] = json!("marigold");
    let weak = denied(&mut world, "AdminSetUserPassword", input.clone());
    assert_eq!(weak.0, "InvalidPasswordException");
    let pool = world.pool_mut(seed::POOL_ID).unwrap();
    pool.kept.settings.password_policy.history_size = 2;
    input["Password"] = json!("Marigold-43!");
    assert_eq!(
        denied(&mut world, "AdminSetUserPassword", input).0,
        "PasswordHistoryPolicyViolationException"
    );
}

#[test]
fn a_reset_password_is_replaced_by_a_code() {
    let mut world = world();
    done(&mut world, "AdminResetUserPassword", json!({"Username": USER}));
    assert_eq!(user(&world, USER).status, Status::ResetRequired);
    let confirm = json!({"Username": USER, "ConfirmationCode": code(&world), "Password": "Marigold-43!"});
    perform(&mut world, "ConfirmForgotPassword", confirm).unwrap();
    assert_eq!(user(&world, USER).status, Status::Confirmed);
    let invited = denied(
        &mut world,
        "AdminResetUserPassword",
        json!({"Username": "new@example.com"}),
    );
    assert_eq!(invited.1, "User password cannot be reset in the current state.");
    let unverify =
        json!({"Username": USER, "UserAttributes": [{"Name": "email_verified", "Value": "false"}]});
    done(&mut world, "AdminUpdateUserAttributes", unverify);
    assert_eq!(
        denied(&mut world, "AdminResetUserPassword", json!({"Username": USER})).0,
        "InvalidParameterException"
    );
}

fn change(name: &str, value: &str) -> Value {
    json!({"Username": USER, "UserAttributes": [{"Name": name, "Value": value}]})
}

#[test]
fn administrators_write_attributes_and_verify_contacts() {
    let mut world = world();
    let sub = user(&world, USER).sub;
    done(&mut world, "AdminUpdateUserAttributes", change("name", "Ada"));
    done(
        &mut world,
        "AdminUpdateUserAttributes",
        change("phone_number", "+12025550199"),
    );
    assert_eq!(user(&world, USER).attribute("phone_number_verified"), "false");
    done(
        &mut world,
        "AdminUpdateUserAttributes",
        change("phone_number_verified", "true"),
    );
    done(&mut world, "AdminUpdateUserAttributes", change("name", ""));
    let changed = user(&world, USER);
    assert_eq!(changed.attribute("phone_number_verified"), "true");
    assert!(!changed.attributes.contains_key("name"));
    let taken = denied(
        &mut world,
        "AdminUpdateUserAttributes",
        change("email", "admin@example.com"),
    );
    assert_eq!(
        taken,
        (
            "AliasExistsException".to_owned(),
            "An account with the given email already exists.".to_owned()
        )
    );
    done(
        &mut world,
        "AdminUpdateUserAttributes",
        change("email", "ada@example.com"),
    );
    let moved = user(&world, "ada@example.com");
    assert_eq!(
        (moved.sub, moved.attributes["email_verified"].as_str()),
        (sub, "false")
    );
}

#[test]
fn immutable_attributes_keep_their_values() {
    let mut world = world();
    let pool = world.pool_mut(seed::POOL_ID).unwrap();
    let plan = crate::pool::schema::Attribute {
        mutable: false,
        ..Default::default()
    };
    pool.kept.settings.schema.0.insert("custom:plan".to_owned(), plan);
    let refusal = denied(
        &mut world,
        "AdminUpdateUserAttributes",
        change("custom:plan", "free"),
    );
    assert_eq!(refusal.1, "user.custom:plan: Attribute cannot be updated.");
}

#[test]
fn users_are_listed_in_pages_and_by_filter() {
    let mut world = world();
    let mut told = Vec::new();
    let mut input = json!({"Limit": 2, "AttributesToGet": ["email"]});
    loop {
        let page = done(&mut world, "ListUsers", input.clone());
        for user in page["Users"].as_array().unwrap() {
            assert_eq!(user["Attributes"].as_array().unwrap().len(), 1);
            told.push(attribute(&user["Attributes"], "email").unwrap().to_owned());
        }
        match page.get("PaginationToken") {
            Some(token) => input["PaginationToken"] = token.clone(),
            None => break,
        }
    }
    told.sort();
    assert_eq!(told, ["admin@example.com", "new@example.com", USER]);
    let filter = json!({"Filter": "cognito:user_status = \"FORCE_CHANGE_PASSWORD\""});
    let found = done(&mut world, "ListUsers", filter);
    assert_eq!(found["Users"].as_array().unwrap().len(), 1);
    for wrong in [
        json!({"Filter": "plan = 1"}),
        json!({"AttributesToGet": ["custom:plan"]}),
    ] {
        assert_eq!(
            denied(&mut world, "ListUsers", wrong).0,
            "InvalidParameterException"
        );
    }
}

#[test]
fn second_factors_are_chosen_for_a_user() {
    let mut world = world();
    done(
        &mut world,
        "SetUserPoolMfaConfig",
        json!({"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {}}),
    );
    let wish = json!({"Username": USER, "EmailMfaSettings": {"Enabled": true, "PreferredMfa": true}});
    done(&mut world, "AdminSetUserMFAPreference", wish);
    let told = done(&mut world, "AdminGetUser", json!({"Username": USER}));
    assert_eq!(told["PreferredMfaSetting"], "EMAIL_OTP");
    assert_eq!(told["UserMFASettingList"], json!(["EMAIL_OTP"]));
    let sms = json!({"Username": USER, "SMSMfaSettings": {"Enabled": true}});
    assert_eq!(
        denied(&mut world, "AdminSetUserMFAPreference", sms).0,
        "InvalidParameterException"
    );
}

#[test]
fn devices_are_listed_changed_and_forgotten() {
    use crate::operations::testing::devices::{confirmed, remember_devices};
    let mut world = world();
    let user = json!({"Username": USER});
    assert_eq!(
        denied(&mut world, "AdminListDevices", user.clone()).0,
        "InvalidUserPoolConfigurationException"
    );
    remember_devices(&mut world);
    let (_, key) = confirmed(&mut world, USER);
    let listed = |world: &mut World| done(world, "AdminListDevices", user.clone())["Devices"].clone();
    assert_eq!(listed(&mut world)[0]["DeviceKey"], key);
    let mut device = json!({"Username": USER, "DeviceKey": key, "DeviceRememberedStatus": "not_remembered"});
    done(&mut world, "AdminUpdateDeviceStatus", device.clone());
    assert_eq!(listed(&mut world), json!([]));
    device["DeviceRememberedStatus"] = json!("remembered");
    done(&mut world, "AdminUpdateDeviceStatus", device.clone());
    assert_eq!(listed(&mut world)[0]["DeviceKey"], key);
    done(&mut world, "AdminForgetDevice", device.clone());
    assert_eq!(listed(&mut world), json!([]));
    assert_eq!(
        denied(&mut world, "AdminForgetDevice", device).0,
        "ResourceNotFoundException"
    );
    let nobody = json!({"Username": "nobody@example.com"});
    assert_eq!(
        denied(&mut world, "AdminListDevices", nobody).0,
        "ResourceNotFoundException"
    );
}
