use super::*;
use crate::operations::testing::world;

fn created(world: &mut World, mut input: Value) -> Value {
    input["ClientName"] = json!("web");
    done(world, "CreateUserPoolClient", input)["UserPoolClient"].clone()
}

fn refusal(world: &mut World, mut input: Value) -> (String, String) {
    input["ClientName"] = json!("web");
    denied(world, "CreateUserPoolClient", input)
}

#[test]
fn a_new_client_has_the_defaults_of_aws() {
    let mut world = world();
    let client = created(&mut world, json!({}));
    let id = client["ClientId"].as_str().unwrap();
    assert!(
        id.len() == 26
            && id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
        "{id}"
    );
    assert_eq!(
        client["ExplicitAuthFlows"],
        json!([
            "ALLOW_CUSTOM_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
            "ALLOW_USER_SRP_AUTH"
        ])
    );
    assert_eq!(client["PreventUserExistenceErrors"], "LEGACY");
    assert_eq!(client["RefreshTokenValidity"], 30);
    assert_eq!(
        client["TokenValidityUnits"],
        json!({"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"})
    );
    assert_eq!(
        (&client["AuthSessionValidity"], &client["EnableTokenRevocation"]),
        (&json!(3), &json!(true))
    );
    for absent in [
        "ClientSecret",
        "ReadAttributes",
        "RefreshTokenRotation",
        "CallbackURLs",
    ] {
        assert_eq!(client.get(absent), None, "{absent}");
    }
    let told = done(&mut world, "DescribeUserPoolClient", json!({"ClientId": id}));
    assert_eq!(told["UserPoolClient"], client);
    let listed = done(&mut world, "ListUserPoolClients", json!({}));
    assert_eq!(listed["UserPoolClients"].as_array().unwrap().len(), 2);
    done(&mut world, "DeleteUserPoolClient", json!({"ClientId": id}));
    let gone = denied(&mut world, "DescribeUserPoolClient", json!({"ClientId": id}));
    assert_eq!(
        gone,
        (
            "ResourceNotFoundException".to_owned(),
            format!("User pool client {id} does not exist.")
        )
    );
}

#[test]
fn what_is_given_is_told_again_and_an_update_puts_the_rest_back() {
    let mut world = world();
    let given = json!({
        "RefreshTokenValidity": 12,
        "AccessTokenValidity": 10,
        "IdTokenValidity": 86_400,
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "seconds", "RefreshToken": "hours"},
        "ReadAttributes": ["email", "email_verified"],
        "WriteAttributes": ["email", "name"],
        "ExplicitAuthFlows": ["ALLOW_USER_AUTH"],
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": ["http://localhost:8080/callback", "myapp://signed-in"],
        "LogoutURLs": ["https://example.com/"],
        "DefaultRedirectURI": "myapp://signed-in",
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": false,
        "AuthSessionValidity": 10,
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 20},
    });
    let mut input = given.clone();
    input["GenerateSecret"] = json!(true);
    let client = created(&mut world, input);
    for (member, value) in given.as_object().unwrap() {
        assert_eq!(&client[member], value, "{member}");
    }
    let secret = client["ClientSecret"].as_str().unwrap();
    assert_eq!(secret.len(), 52);
    let updated = done(
        &mut world,
        "UpdateUserPoolClient",
        json!({"ClientId": client["ClientId"]}),
    );
    let updated = &updated["UserPoolClient"];
    assert_eq!(
        (&updated["ClientName"], &updated["ClientSecret"]),
        (&json!("web"), &json!(secret))
    );
    assert_eq!(
        (&updated["AccessTokenValidity"], updated.get("CallbackURLs")),
        (&json!(1), None)
    );
    assert_eq!(updated["PreventUserExistenceErrors"], "LEGACY");
}

#[test]
fn flows_may_have_their_older_names() {
    let mut world = world();
    let flows = |world: &mut World, flows: Value| {
        created(world, json!({"ExplicitAuthFlows": flows}))["ExplicitAuthFlows"].clone()
    };
    assert_eq!(
        flows(&mut world, json!(["USER_PASSWORD_AUTH"])),
        json!([
            "ALLOW_CUSTOM_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH"
        ])
    );
    assert_eq!(
        flows(&mut world, json!(["CUSTOM_AUTH_FLOW_ONLY"])),
        json!(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    );
    let mixed = refusal(
        &mut world,
        json!({"ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"]}),
    );
    assert_eq!(mixed.0, "InvalidParameterException");
}

#[test]
fn settings_that_aws_does_not_allow_are_refused() {
    let mut world = world();
    let hosted = |member: &str, value: Value| {
        let mut input = json!({
            "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid"],
        });
        input[member] = value;
        input
    };
    for (input, kind) in [
        (
            json!({"AccessTokenValidity": 2, "TokenValidityUnits": {"AccessToken": "days"}}),
            "InvalidParameterException",
        ),
        (
            json!({"IdTokenValidity": 4, "TokenValidityUnits": {"IdToken": "minutes"}}),
            "InvalidParameterException",
        ),
        (
            json!({"RefreshTokenValidity": 59, "TokenValidityUnits": {"RefreshToken": "minutes"}}),
            "InvalidParameterException",
        ),
        (
            json!({"ReadAttributes": ["custom:plan"]}),
            "InvalidParameterException",
        ),
        (
            json!({"WriteAttributes": ["email_verified"]}),
            "InvalidParameterException",
        ),
        (
            json!({"SupportedIdentityProviders": ["Nobody"]}),
            "InvalidParameterException",
        ),
        (
            json!({"AllowedOAuthFlowsUserPoolClient": true}),
            "InvalidOAuthFlowException",
        ),
        (
            hosted("AllowedOAuthFlows", json!(["client_credentials"])),
            "InvalidOAuthFlowException",
        ),
        (
            hosted("AllowedOAuthFlows", json!(["client_credentials", "code"])),
            "InvalidOAuthFlowException",
        ),
        (
            hosted("AllowedOAuthScopes", json!(["orders/read"])),
            "ScopeDoesNotExistException",
        ),
        (
            hosted("CallbackURLs", json!(["http://example.com/"])),
            "InvalidParameterException",
        ),
        (
            hosted("CallbackURLs", json!(["https://example.com/#here"])),
            "InvalidParameterException",
        ),
        (
            hosted("LogoutURLs", json!(["/signed-out"])),
            "InvalidParameterException",
        ),
    ] {
        assert_eq!(refusal(&mut world, input.clone()).0, kind, "{input}");
    }
    let pool = world.pool_mut(seed::POOL_ID).unwrap();
    let required = crate::pool::schema::Attribute {
        required: true,
        ..Default::default()
    };
    pool.kept.settings.schema.0.insert("name".to_owned(), required);
    assert_eq!(
        refusal(&mut world, json!({"WriteAttributes": ["email"]})).1,
        "Invalid write attributes specified while creating a client"
    );
}
