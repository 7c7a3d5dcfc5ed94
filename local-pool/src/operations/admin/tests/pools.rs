use super::*;
use crate::operations::testing::world;

fn created(world: &mut World, input: Value) -> Value {
    perform(world, "CreateUserPool", input).unwrap()["UserPool"].clone()
}

#[test]
fn a_new_pool_has_the_defaults_of_aws() {
    let mut world = world();
    let pool = created(&mut world, json!({"PoolName": "plain"}));
    let id = pool["Id"].as_str().unwrap();
    assert!(
        id.len() == "us-east-1_".len() + 9 && id.starts_with("us-east-1_"),
        "{id}"
    );
    assert_eq!(pool["MfaConfiguration"], "OFF");
    assert_eq!(pool["UsernameConfiguration"], json!({"CaseSensitive": true}));
    assert_eq!(pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"], false);
    assert_eq!(pool["Policies"]["PasswordPolicy"]["MinimumLength"], 8);
    assert_eq!(pool["Policies"]["PasswordPolicy"]["RequireSymbols"], true);
    assert_eq!(
        pool["AccountRecoverySetting"]["RecoveryMechanisms"][0]["Name"],
        "verified_phone_number"
    );
    for absent in [
        "UsernameAttributes",
        "AliasAttributes",
        "AutoVerifiedAttributes",
        "DeviceConfiguration",
    ] {
        assert_eq!(pool.get(absent), None, "{absent}");
    }
    assert_eq!(pool["SchemaAttributes"].as_array().unwrap().len(), 20);
    let described = perform(&mut world, "DescribeUserPool", json!({"UserPoolId": id})).unwrap();
    assert_eq!(described["UserPool"], pool);
}

#[test]
fn what_is_given_is_told_again() {
    let mut world = world();
    let given = json!({
        "PoolName": "rich",
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 12, "RequireUppercase": false, "RequireLowercase": true, "RequireNumbers": false,
                "RequireSymbols": false, "PasswordHistorySize": 4, "TemporaryPasswordValidityDays": 2,
            },
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]},
        },
        "UsernameAttributes": ["email", "phone_number"],
        "AutoVerifiedAttributes": ["email"],
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "UsernameConfiguration": {"CaseSensitive": false},
        "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false},
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 2},
        "AcrConfiguration": {"Level2": {"AcrValue": "gold"}},
        "DeletionProtection": "ACTIVE",
        "UserPoolTags": {"team": "web"},
        "UserPoolTier": "PLUS",
    });
    let pool = created(&mut world, given.clone());
    for (member, value) in given.as_object().unwrap() {
        if member != "PoolName" {
            assert_eq!(&pool[member], value, "{member}");
        }
    }
    let id = pool["Id"].clone();
    let protected = refused(&mut world, "DeleteUserPool", json!({"UserPoolId": id}));
    assert_eq!(protected.kind, "InvalidParameterException");

    perform(
        &mut world,
        "UpdateUserPool",
        json!({"UserPoolId": id, "PoolName": "poor"}),
    )
    .unwrap();
    let pool =
        perform(&mut world, "DescribeUserPool", json!({"UserPoolId": id})).unwrap()["UserPool"].clone();
    assert_eq!(
        (&pool["Name"], &pool["DeletionProtection"]),
        (&json!("poor"), &json!("INACTIVE"))
    );
    assert_eq!(pool["Policies"]["PasswordPolicy"]["MinimumLength"], 8);
    assert_eq!(
        (pool.get("AcrConfiguration"), pool.get("DeviceConfiguration")),
        (None, None)
    );
    assert_eq!(pool["UsernameAttributes"], given["UsernameAttributes"]);
    perform(&mut world, "DeleteUserPool", json!({"UserPoolId": id})).unwrap();
    let gone = refused(&mut world, "DescribeUserPool", json!({"UserPoolId": id}));
    assert_eq!(gone.kind, "ResourceNotFoundException");
}

#[test]
fn settings_that_contradict_themselves_are_refused() {
    for (member, value) in [
        ("AliasAttributes", json!(["email"])),
        ("MfaConfiguration", json!("ON")),
        (
            "AcrConfiguration",
            json!({"Level1": {"AcrValue": "urn:cognito:loa:2"}}),
        ),
        (
            "UserAttributeUpdateSettings",
            json!({"AttributesRequireVerificationBeforeUpdate": ["phone_number"]}),
        ),
        (
            "AccountRecoverySetting",
            json!({"RecoveryMechanisms": [
                {"Priority": 1, "Name": "admin_only"}, {"Priority": 2, "Name": "verified_email"},
            ]}),
        ),
        (
            "Policies",
            json!({"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"]}}),
        ),
        ("Schema", json!([{"Name": "plan", "Required": true}])),
    ] {
        let mut input = json!({"PoolName": "wrong", "UsernameAttributes": ["email"]});
        input[member] = value;
        let mut world = world();
        let refusal = refused(&mut world, "CreateUserPool", input);
        assert_eq!(refusal.kind, "InvalidParameterException", "{member}");
        assert_eq!(world.pools.len(), 1);
    }
}

#[test]
fn pools_are_listed_in_pages() {
    let mut world = world();
    created(&mut world, json!({"PoolName": "one"}));
    let first = perform(&mut world, "ListUserPools", json!({"MaxResults": 1})).unwrap();
    let next = json!({"MaxResults": 1, "NextToken": first["NextToken"]});
    let second = perform(&mut world, "ListUserPools", next).unwrap();
    let mut names = [&first, &second].map(|page| page["UserPools"][0]["Name"].as_str().unwrap());
    names.sort_unstable();
    assert_eq!(names, ["Local pool", "one"]);
    assert_eq!(second.get("NextToken"), None);
}

#[test]
fn custom_attributes_are_added_once_and_may_have_long_names() {
    let mut world = world();
    let input = json!({"CustomAttributes": [
        {"Name": "a_name_of_20_letters", "AttributeDataType": "String"},
        {"Name": "secret", "AttributeDataType": "String", "DeveloperOnlyAttribute": true},
    ]});
    done(&mut world, "AddCustomAttributes", input.clone());
    let pool = done(&mut world, "DescribeUserPool", json!({}));
    let told = pool["UserPool"]["SchemaAttributes"].as_array().unwrap();
    for name in ["custom:a_name_of_20_letters", "dev:secret"] {
        assert!(told.iter().any(|attribute| attribute["Name"] == name), "{name}");
    }
    let again = denied(&mut world, "AddCustomAttributes", input);
    assert_eq!(again.0, "InvalidParameterException");
}

#[test]
fn second_factors_and_passkeys_are_configured() {
    let mut world = world();
    let given = json!({
        "MfaConfiguration": "OPTIONAL",
        "SoftwareTokenMfaConfiguration": {"Enabled": true},
        "EmailMfaConfiguration": {"Subject": "Code", "Message": "It is {####}"},
        "WebAuthnConfiguration": {
            "RelyingPartyId": "localhost",
            "UserVerification": "required",
            "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
        },
    });
    assert_eq!(done(&mut world, "SetUserPoolMfaConfig", given.clone()), given);
    assert_eq!(done(&mut world, "GetUserPoolMfaConfig", json!({})), given);
    let preferred = json!({"WebAuthnConfiguration": {"UserVerification": "preferred"}});
    let told = done(&mut world, "SetUserPoolMfaConfig", preferred);
    assert_eq!(told["MfaConfiguration"], "OPTIONAL");
    assert_eq!(
        told["WebAuthnConfiguration"],
        json!({"RelyingPartyId": "localhost", "UserVerification": "preferred", "FactorConfiguration": "SINGLE_FACTOR"})
    );
    for wrong in [
        json!({"MfaConfiguration": "ON"}),
        json!({"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": true}}),
    ] {
        assert_eq!(
            denied(&mut world, "SetUserPoolMfaConfig", wrong).0,
            "InvalidParameterException"
        );
    }
    assert_eq!(
        done(
            &mut world,
            "SetUserPoolMfaConfig",
            json!({"MfaConfiguration": "OFF"})
        )["MfaConfiguration"],
        "OFF"
    );
}

#[test]
fn a_pool_has_one_domain_and_no_two_share_it() {
    let mut world = world();
    let domain = json!({"Domain": "my-app", "ManagedLoginVersion": 2});
    assert_eq!(
        done(&mut world, "CreateUserPoolDomain", domain.clone()),
        json!({"ManagedLoginVersion": 2})
    );
    assert_eq!(
        done(&mut world, "DescribeUserPool", json!({}))["UserPool"]["Domain"],
        "my-app"
    );
    let second = denied(&mut world, "CreateUserPoolDomain", json!({"Domain": "other"}));
    assert_eq!(second.1, "User pool already has a domain configured.");
    let other = created(&mut world, json!({"PoolName": "other"}));
    let mut domain = domain;
    domain["UserPoolId"] = other["Id"].clone();
    assert_eq!(
        refused(&mut world, "CreateUserPoolDomain", domain).message,
        "Domain already associated with another user pool."
    );
}
