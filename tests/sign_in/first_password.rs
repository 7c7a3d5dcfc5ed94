//! NEW_PASSWORD_REQUIRED, with what may follow.

use super::*;

fn new_password(text: &str, attributes: &[(&str, &str)]) -> Answer {
    Answer::NewPassword {
        new_password: secret(text),
        attributes: attributes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    }
}

#[test]
fn missing_attributes_are_asked_for_and_a_second_factor_follows() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["email"]));
    world.control("pool", json!({"schema": {"name": {"required": true}}}));
    let challenge = asked(world.sign_in("new@example.com", "Temporary-42!"));
    let Asks::NewPassword { missing_attributes } = &challenge.asks else {
        panic!("{challenge:?}")
    };
    assert_eq!(missing_attributes, &["name"]);
    let error = answer(&mut world, new_password("Marigold-77!", &[])).unwrap_err();
    assert!(matches!(error, AuthError::InvalidInput(_)), "{error:?}");
    let error = answer(&mut world, new_password("short", &[("name", "N. N.")])).unwrap_err();
    assert!(matches!(error, AuthError::InvalidPassword(_)), "{error:?}");
    let step = answer(&mut world, new_password("Marigold-77!", &[("name", "N. N.")]));
    let mut step = step;
    if let Ok(Step::Challenge(challenge)) = &step
        && challenge.asks == Asks::SetUpEmail
    {
        step = answer(&mut world, Answer::Email("new@example.com".to_owned()));
    }
    asked_code(step);
    let first = world.code("new@example.com");
    // The flow begins anew with the password that was chosen, not with the temporary one.
    too_late(&mut world);
    let again = asked(answer(&mut world, code(&first)));
    assert!(again.renewed);
    let mut step = Ok(Step::Challenge(Box::new(again)));
    if let Ok(Step::Challenge(challenge)) = &step
        && challenge.asks == Asks::SetUpEmail
    {
        step = answer(&mut world, Answer::Email("new@example.com".to_owned()));
    }
    asked_code(step);
    let second = world.code("new@example.com");
    let step = answer(&mut world, code(&second));
    is_in(&mut world, step);
}

#[test]
fn a_first_password_chosen_too_late_is_asked_for_again() {
    let mut world = World::new();
    asked(world.sign_in("new@example.com", "Temporary-42!"));
    too_late(&mut world);
    let again = asked(answer(&mut world, new_password("Marigold-77!", &[])));
    assert!(again.renewed);
    let step = answer(&mut world, new_password("Marigold-77!", &[]));
    is_in(&mut world, step);
}
