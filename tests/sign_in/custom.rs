//! CUSTOM_AUTH.

use super::*;

fn script() -> Value {
    json!({"custom_auth": {"attempts": 3, "challenges": [
        {"parameters": {"question": "What is six times seven?"}, "expects": {"answer": "42"}},
        {"parameters": {"type": "CODE"}, "expects": {"code_to": "email"}},
    ]}})
}

fn custom(text: &str) -> Answer {
    Answer::Custom(text.to_owned().into())
}

#[test]
fn the_pools_own_questions_are_asked_one_after_the_other() {
    for flow in [SignInFlow::CustomWithoutSrp, SignInFlow::CustomWithSrp] {
        let mut world = world(&["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"], script());
        let first = asked(begin(&mut world, by(flow)));
        let Asks::Custom { parameters, again } = &first.asks else {
            panic!("{first:?}")
        };
        assert_eq!(parameters["question"], "What is six times seven?");
        assert!(!again);
        let wrong = asked(answer(&mut world, custom("41")));
        assert!(
            matches!(wrong.asks, Asks::Custom { again: true, .. }),
            "{wrong:?}"
        );
        let second = asked(answer(&mut world, custom("42")));
        assert!(
            matches!(&second.asks, Asks::Custom { parameters, again: false } if parameters["type"] == "CODE"),
            "{second:?}"
        );
        let sent = world.code(USER);
        let step = answer(&mut world, custom(&sent));
        is_in(&mut world, step);
        let sends_password = world.wire.everything().contains(PASSWORD);
        assert!(!sends_password);
    }
}

#[test]
fn too_many_wrong_answers_end_it() {
    let mut world = world(&["ALLOW_CUSTOM_AUTH"], script());
    asked(begin(&mut world, by(SignInFlow::CustomWithoutSrp)));
    asked(answer(&mut world, custom("1")));
    asked(answer(&mut world, custom("2")));
    assert_eq!(answer(&mut world, custom("3")), Err(AuthError::WrongAnswer));
}

#[test]
fn a_question_that_has_run_out_is_asked_anew() {
    let mut world = world(&["ALLOW_CUSTOM_AUTH"], script());
    asked(begin(&mut world, by(SignInFlow::CustomWithoutSrp)));
    too_late(&mut world);
    let again = asked(answer(&mut world, custom("42")));
    assert!(again.renewed);
    assert!(matches!(&again.asks, Asks::Custom { parameters, .. } if parameters.contains_key("question")));
    asked(answer(&mut world, custom("42")));
    let sent = world.code(USER);
    let step = answer(&mut world, custom(&sent));
    is_in(&mut world, step);
}
