//! How a sign-in begins.

use yew_cognito::{
    cognito::ClientMetadata,
    engine::{Reply, SignUpRequest},
};

use super::*;

const ALL: &[&str] = &[
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_CUSTOM_AUTH",
];

#[test]
fn a_password_is_proved_and_never_sent_unless_that_flow_is_asked_for() {
    let mut world = world(ALL, json!({}));
    let step = begin(&mut world, by(SignInFlow::UserSrp));
    is_in(&mut world, step);
    sign_out(&mut world);
    let step = begin(&mut world, by(SignInFlow::UserAuth));
    is_in(&mut world, step);
    assert_eq!(
        world.wire.last("InitiateAuth")["AuthParameters"]["PREFERRED_CHALLENGE"],
        "PASSWORD_SRP"
    );
    let sent = world.wire.everything();
    assert!(!sent.contains(PASSWORD), "the password went over the wire");
    sign_out(&mut world);
    let step = begin(&mut world, by(SignInFlow::UserPassword));
    is_in(&mut world, step);
    let request = world.wire.last("InitiateAuth");
    assert_eq!(request["AuthFlow"], "USER_PASSWORD_AUTH");
    assert_eq!(request["AuthParameters"]["PASSWORD"], PASSWORD);
}

#[test]
fn a_flow_that_the_app_client_lacks_is_its_owners_mistake() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], json!({}));
    for flow in [
        SignInFlow::UserPassword,
        SignInFlow::UserAuth,
        SignInFlow::CustomWithSrp,
    ] {
        let error = begin(&mut world, by(flow)).unwrap_err();
        assert!(
            matches!(error, AuthError::Misconfigured(_)),
            "{flow:?}: {error:?}"
        );
    }
}

#[test]
fn somebody_signed_in_is_told_so() {
    let mut world = World::new();
    world.sign_in_user();
    assert_eq!(world.sign_in(USER, PASSWORD), Err(AuthError::AlreadySignedIn));
    assert_eq!(world.sent("InitiateAuth"), 1);
}

#[test]
fn triggers_get_what_the_app_has_for_them() {
    let mut world = World::new();
    world.control("pool", mfa("OPTIONAL", &["sms"]));
    let metadata: ClientMetadata = [("campaign".to_owned(), "spring".to_owned())].into();
    let set = world.execute(Command::SetClientMetadata(metadata));
    assert!(matches!(set, Ok(Reply::Done)));
    let newcomer = "newcomer@example.com".to_owned();
    let request = SignUpRequest {
        username: newcomer.clone(),
        password: Some(secret(PASSWORD)),
        validation_data: vec![yew_cognito::cognito::Attribute {
            name: "invitation".to_owned(),
            value: "42".to_owned(),
        }],
        ..SignUpRequest::default()
    };
    world.step(Command::SignUp(request)).unwrap();
    let resend = Command::ResendSignUpCode {
        username: newcomer.clone(),
    };
    world.execute(resend).unwrap();
    let sent = world.code(&newcomer);
    let step = world.confirm(&newcomer, &sent);
    is_in(&mut world, step);
    sign_out(&mut world);
    let forgot = Command::ForgotPassword {
        username: USER.to_owned(),
    };
    world.execute(forgot).unwrap();
    let reset = Command::ResetPassword {
        username: USER.to_owned(),
        code: Code::from(world.code(USER)),
        new_password: secret("Marigold-77!"),
    };
    let step = world.step(reset);
    is_in(&mut world, step);
    for operation in [
        "SignUp",
        "ResendConfirmationCode",
        "ConfirmSignUp",
        "InitiateAuth",
        "RespondToAuthChallenge",
        "GetTokensFromRefreshToken",
        "ForgotPassword",
        "ConfirmForgotPassword",
    ] {
        assert_eq!(
            world.wire.last(operation)["ClientMetadata"]["campaign"],
            "spring",
            "{operation}"
        );
    }
    assert_eq!(
        world.wire.last("SignUp")["ValidationData"][0]["Name"],
        "invitation"
    );
}

#[test]
fn a_password_to_be_reset_or_a_sign_up_to_be_confirmed_comes_first() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"], json!({}));
    world.control("users", json!({"email": USER, "status": "RESET_REQUIRED"}));
    for flow in [SignInFlow::UserSrp, SignInFlow::UserAuth] {
        let step = begin(&mut world, by(flow));
        assert!(
            matches!(step, Ok(Step::ResetPassword { .. })),
            "{flow:?}: {step:?}"
        );
    }
    world.control("users", json!({"email": USER, "status": "UNCONFIRMED"}));
    for flow in [SignInFlow::UserSrp, SignInFlow::UserAuth] {
        let step = begin(&mut world, by(flow));
        assert!(
            matches!(step, Ok(Step::ConfirmSignUp { .. })),
            "{flow:?}: {step:?}"
        );
    }
    let sent = world.code(USER);
    let step = world.confirm(USER, &sent);
    is_in(&mut world, step);
}
