//! No sequence of replies and answers panics, loops, shows a secret or leaves the page without a way forward.

use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use super::walk::*;
use crate::{
    cognito::{CognitoError, ErrorKind},
    config::{Factor, MfaMethod, SignInFlow},
    sign_in::{
        Action, Answer, Asks, Attempt, Reply, SignIn, SignInError,
        machine::{MOST_REQUESTS, State},
    },
};

const NAMES: [&str; 18] = [
    "SMS_MFA",
    "EMAIL_OTP",
    "SOFTWARE_TOKEN_MFA",
    "SELECT_MFA_TYPE",
    "MFA_SETUP",
    "PASSWORD_VERIFIER",
    "CUSTOM_CHALLENGE",
    "SELECT_CHALLENGE",
    "DEVICE_SRP_AUTH",
    "DEVICE_PASSWORD_VERIFIER",
    "ADMIN_NO_SRP_AUTH",
    "NEW_PASSWORD_REQUIRED",
    "SMS_OTP",
    "PASSWORD",
    "WEB_AUTHN",
    "PASSWORD_SRP",
    "RETINA_SCAN",
    "",
];

const LISTS: [&str; 6] = [
    "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]",
    "[\"SOFTWARE_TOKEN_MFA\"]",
    "[\"EMAIL_MFA\",\"EMAIL_OTP\",\"DNA_MFA\"]",
    "[]",
    "[\"userAttributes.name\",7]",
    "SMS_MFA",
];

#[derive(Debug, Clone)]
enum Event {
    Auth(Value),
    Associated(Option<&'static str>),
    Verified(&'static str, Option<&'static str>),
    Refused(CognitoError),
    /// What the question asks for.
    Fitting(usize),
    Answer(Answer),
}

fn parameters() -> impl Strategy<Value = Value> {
    let list = select(&LISTS[..]);
    let number = select(vec!["1550e295534ee52c", "0", "", "zz", "SECRET"]);
    (list, number, any::<u16>()).prop_map(|(list, number, kept)| {
        let all = [
            ("USER_ID_FOR_SRP", USER_ID),
            ("USERNAME", ""),
            ("SALT", "1550e295534ee52c"),
            ("SRP_B", number),
            ("SECRET_BLOCK", "c2VjcmV0"),
            ("MFAS_CAN_CHOOSE", list),
            ("MFAS_CAN_SETUP", list),
            ("requiredAttributes", list),
            ("CREDENTIAL_REQUEST_OPTIONS", "{}"),
            ("FRIENDLY_DEVICE_NAME", "\u{202e}Pixel"),
            ("CODE_DELIVERY_DELIVERY_MEDIUM", "FAX"),
        ];
        // Mostly whole, sometimes with gaps.
        let whole = kept % 4 != 0;
        let kept = all
            .into_iter()
            .enumerate()
            .filter(|(n, _)| whole || kept >> n & 1 == 1);
        kept.map(|(_, (name, value))| (name.to_owned(), Value::from(value)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    })
}

fn session() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![9 => Just(Some("SECRET-session")), 1 => Just(None)]
}

fn auth() -> impl Strategy<Value = Event> {
    let ways = prop::collection::vec(
        select(vec![
            "EMAIL_OTP",
            "SMS_OTP",
            "WEB_AUTHN",
            "PASSWORD",
            "PASSWORD_SRP",
            "DNA",
        ]),
        0..5,
    );
    let done = prop::bool::weighted(0.03);
    (select(&NAMES[..]), session(), parameters(), ways, done).prop_map(
        |(name, session, parameters, ways, done)| {
            let mut answer = json!({"ChallengeName": name, "Session": session,
                "ChallengeParameters": parameters, "AvailableChallenges": ways});
            if done {
                answer["AuthenticationResult"] = tokens()["AuthenticationResult"].clone();
            }
            Event::Auth(answer)
        },
    )
}

fn refused() -> impl Strategy<Value = Event> {
    let messages = vec![
        "Invalid session for the user, session is expired.",
        "Incorrect username or password.",
        "Device does not exist.",
        "",
        "\u{0}{}[",
    ];
    let mut kinds: Vec<_> = ErrorKind::all().map(|(_, kind)| kind).collect();
    kinds.push(ErrorKind::Other("Odd".to_owned()));
    // The ones that mean something here come more often.
    let kinds = prop_oneof![
        Just(ErrorKind::NotAuthorized),
        Just(ErrorKind::ExpiredCode),
        Just(ErrorKind::ResourceNotFound),
        select(kinds)
    ];
    prop_oneof![
        6 => (kinds, select(messages)).prop_map(|(kind, message)| Event::Refused(refusal(kind, message))),
        1 => select(vec![CognitoError::Unreachable, CognitoError::Timeout, CognitoError::Status(502),
                         CognitoError::Malformed("InitiateAuth")]).prop_map(Event::Refused),
    ]
}

fn answers() -> Vec<Answer> {
    let mut answers = vec![
        password(PASSWORD),
        new_password("SECRET-Marigold-77!"),
        code("SECRET-1"),
        Answer::Email("ada@example.org".to_owned()),
        custom("SECRET-42"),
        passkey(),
        Answer::Resend,
        Answer::AnotherWay,
    ];
    let factors = [
        Factor::Passkey,
        Factor::EmailOtp,
        Factor::SmsOtp,
        Factor::Password,
    ];
    answers.extend(factors.map(Answer::Factor));
    answers.extend([MfaMethod::Totp, MfaMethod::Sms, MfaMethod::Email].map(Answer::Mfa));
    answers
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => auth(),
        1 => session().prop_map(Event::Associated),
        1 => (select(vec!["SUCCESS", "ERROR", ""]), session())
            .prop_map(|(status, session)| Event::Verified(status, session)),
        4 => refused(),
        8 => (0..8usize).prop_map(Event::Fitting),
        2 => (0..answers().len()).prop_map(|n| Event::Answer(answers().remove(n))),
    ]
}

/// An answer of the kind that is asked for, out of those there are.
fn fitting(asks: &Asks, n: usize) -> Answer {
    match asks {
        Asks::Password => password(PASSWORD),
        Asks::NewPassword { .. } => new_password("SECRET-Marigold-77!"),
        Asks::Code(_) | Asks::SetUpTotp(_) => code("SECRET-1"),
        Asks::ChooseFactor(factors) => Answer::Factor(factors[n % factors.len()]),
        Asks::ChooseMfa(methods) | Asks::ChooseMfaSetup(methods) => Answer::Mfa(methods[n % methods.len()]),
        Asks::SetUpEmail => Answer::Email("ada@example.org".to_owned()),
        Asks::Custom { .. } => custom("SECRET-42"),
        Asks::Passkey { .. } => passkey(),
    }
}

fn shows_no_secret(what: &impl std::fmt::Debug) {
    let shown = format!("{what:?}");
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Walks; what must hold is asserted on the way.
fn walk(attempt: Attempt, events: Vec<Event>) {
    let (mut sign_in, mut action) = SignIn::start(attempt, MOMENT).unwrap();
    let mut requests = 0;
    let mut events = events.into_iter();
    loop {
        shows_no_secret(&sign_in);
        shows_no_secret(&action);
        match &action {
            Action::Send(_) => requests += 1,
            Action::Ask(challenge) => assert!(sign_in.is_asking(), "{challenge:?}"),
            Action::Finish(_) => break,
        }
        assert!(requests <= MOST_REQUESTS, "it goes round in circles");
        // Until something comes of an event.
        action = loop {
            let Some(event) = events.next() else { return };
            let was_asking = sign_in.is_asking();
            match happens(&mut sign_in, event, &mut requests) {
                Ok(action) => break action,
                Err(nothing_changed) => {
                    assert!(!nothing_changed || sign_in.is_asking() == was_asking);
                    if !nothing_changed && !sign_in.is_asking() {
                        return is_over(&mut sign_in);
                    }
                }
            }
        };
    }
    is_over(&mut sign_in);
}

/// What comes of it; otherwise whether it was turned away without a trace.
fn happens(sign_in: &mut SignIn, event: Event, requests: &mut u8) -> Result<Action, bool> {
    let turned_away = |error: SignInError| matches!(error, SignInError::Unexpected | SignInError::OutOfOrder);
    let answer = match (event, &sign_in.state) {
        (Event::Auth(answer), _) => {
            let reply = Reply::Auth(serde_json::from_value(answer).unwrap());
            return sign_in.on_reply(reply, MOMENT).map_err(turned_away);
        }
        (Event::Associated(session), _) => {
            let reply = json!({"SecretCode": "SECRET-totp", "Session": session});
            let reply = Reply::Associated(serde_json::from_value(reply).unwrap());
            return sign_in.on_reply(reply, MOMENT).map_err(turned_away);
        }
        (Event::Verified(status, session), _) => {
            let reply = json!({"Status": status, "Session": session});
            let reply = Reply::Verified(serde_json::from_value(reply).unwrap());
            return sign_in.on_reply(reply, MOMENT).map_err(turned_away);
        }
        (Event::Refused(error), state) => {
            let stray = !matches!(state, State::Sent(_));
            return sign_in.on_error(error, MOMENT).map_err(|_| stray);
        }
        (Event::Answer(answer), _) => answer,
        (Event::Fitting(n), State::Asked(asked)) => {
            let answer = fitting(&asked.asks, n);
            *requests = 0;
            let action = sign_in.answer(answer, MOMENT);
            assert!(action.is_ok(), "no way forward: {action:?}");
            return action.map_err(turned_away);
        }
        (Event::Fitting(_), _) => Answer::Resend,
    };
    let accepted = sign_in.answer(answer, MOMENT);
    if accepted.is_ok() {
        *requests = 0;
    }
    accepted.map_err(turned_away)
}

fn is_over(sign_in: &mut SignIn) {
    for answer in answers() {
        shows_no_secret(&answer);
        assert_eq!(
            sign_in.answer(answer, MOMENT).unwrap_err(),
            SignInError::OutOfOrder
        );
    }
    assert_eq!(
        sign_in.on_error(expired(), MOMENT).unwrap_err(),
        expired(),
        "nothing begins anew"
    );
    let reply = Reply::Auth(serde_json::from_value(tokens()).unwrap());
    assert_eq!(
        sign_in.on_reply(reply, MOMENT).unwrap_err(),
        SignInError::Unexpected
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn no_server_leads_a_flow_without_srp_astray(
        flow in select(vec![SignInFlow::UserPassword, SignInFlow::CustomWithoutSrp]),
        events in prop::collection::vec(event(), 1..40),
    ) {
        walk(attempt(flow), events);
    }
}

proptest! {
    // Each proof takes its time in a debug build.
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_server_leads_a_flow_astray(
        flow in select(vec![SignInFlow::UserSrp, SignInFlow::UserAuth, SignInFlow::CustomWithSrp]),
        begin in select(vec![attempt as fn(SignInFlow) -> Attempt, without_password, on_device]),
        events in prop::collection::vec(event(), 1..24),
    ) {
        walk(begin(flow), events);
    }
}

#[test]
fn a_server_that_goes_round_in_circles_is_left() {
    for (attempt, challenge) in [
        (
            on_device(SignInFlow::UserPassword),
            asked("DEVICE_SRP_AUTH", "s1", json!({})),
        ),
        (
            attempt(SignInFlow::UserPassword),
            asked(
                "SELECT_MFA_TYPE",
                "s1",
                json!({"MFAS_CAN_CHOOSE": "[\"SMS_MFA\"]"}),
            ),
        ),
        (
            attempt(SignInFlow::UserPassword),
            asked("PASSWORD", "s1", json!({})),
        ),
    ] {
        let mut walk = Walk::start(attempt);
        for _ in 1..MOST_REQUESTS {
            walk.reply(challenge.clone());
        }
        assert_eq!(walk.reply_fails(challenge), SignInError::Endless);
        is_over(&mut walk.sign_in);
    }
}
