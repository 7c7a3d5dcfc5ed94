//! How long a session may last.

use std::time::Duration;

use super::*;

fn limits(session: Value) -> Result<SessionLimits, ConfigProblem> {
    let file = set(full(), "/custom", json!({ "cognito": { "session": session } }));
    parse(&file).map(|config| config.session)
}

fn seconds(limits: &SessionLimits) -> (Option<u64>, u64, Option<u64>) {
    let seconds = |limit: Option<Duration>| limit.map(|limit| limit.as_secs());
    (
        seconds(limits.idle),
        limits.idle_warning.as_secs(),
        seconds(limits.lifetime),
    )
}

#[test]
fn without_the_section_there_are_no_limits() {
    let none = SessionLimits::default();
    assert_eq!((none.idle, none.lifetime), (None, None));
    assert_eq!(parse(&full()).unwrap().session, none);
    assert_eq!(limits(json!({})), Ok(none.clone()));
    assert_eq!(limits(Value::Null), Ok(none.clone()));
    let cleared = json!({ "idle_minutes": null, "lifetime_minutes": null, "closed_seconds": null });
    assert_eq!(limits(cleared), Ok(none));
}

#[test]
fn all_of_it() {
    let all = limits(json!({
        "idle_minutes": 15,
        "idle_warning_seconds": 120,
        "lifetime_minutes": 480,
        "closed_seconds": 0,
        "revoke_when_closed": true
    }));
    let expected = SessionLimits {
        idle: Some(Duration::from_secs(900)),
        idle_warning: Duration::from_secs(120),
        lifetime: Some(Duration::from_secs(8 * 3600)),
        closed: Duration::ZERO,
        revoke_when_closed: true,
    };
    assert_eq!(all, Ok(expected));
}

#[test]
fn one_limit_is_enough_and_the_warning_fits_into_it() {
    let of = |session| seconds(&limits(session).unwrap());
    assert_eq!(of(json!({ "idle_minutes": 10 })), (Some(600), 60, None));
    assert_eq!(of(json!({ "lifetime_minutes": 10 })), (None, 60, Some(600)));
    assert_eq!(of(json!({ "idle_minutes": 1 })), (Some(60), 30, None));
    assert_eq!(
        of(json!({ "idle_minutes": 10, "lifetime_minutes": 1 })),
        (Some(600), 30, Some(60))
    );
    assert_eq!(
        of(json!({ "idle_minutes": 1, "idle_warning_seconds": 59 })),
        (Some(60), 59, None)
    );
}

#[test]
fn what_is_wrong_is_named_with_the_range() {
    for (key, value, hint) in [
        ("idle_minutes", json!(0), "from 1 to 43200"),
        ("idle_minutes", json!(43_201), "from 1 to 43200"),
        ("idle_minutes", json!(-1), "from 1 to 43200"),
        ("idle_minutes", json!(1.5), "whole number"),
        ("idle_minutes", json!("15"), "whole number"),
        ("lifetime_minutes", json!(0), "from 1 to 43200"),
        ("lifetime_minutes", json!(u64::MAX), "from 1 to 43200"),
        ("idle_warning_seconds", json!(19), "from 20"),
        ("idle_warning_seconds", json!(3601), "to 3600"),
        ("closed_seconds", json!(3601), "to 3600"),
        ("closed_seconds", json!(true), "whole number"),
        ("revoke_when_closed", json!("yes"), "true or false"),
    ] {
        let problem = limits(json!({ key: value })).unwrap_err();
        let path = format!("custom.cognito.session.{key}");
        assert!(
            matches!(&problem, ConfigProblem::Malformed { path: p, hint: h, .. } if *p == path && h.contains(hint)),
            "{problem:?}"
        );
    }
    assert!(matches!(
        limits(json!(15)),
        Err(ConfigProblem::Malformed { path, .. }) if path == "custom.cognito.session"
    ));
}

#[test]
fn a_limit_that_is_misspelt_is_told() {
    for key in ["idle_minute", "idleMinutes", "idle_seconds", ""] {
        assert!(matches!(
            limits(json!({ "lifetime_minutes": 10, key: 5 })),
            Err(ConfigProblem::Malformed { path, hint, .. })
                if path == ["custom.cognito.session.", key].concat() && hint.starts_with("There is no such setting.")
        ));
    }
}

#[test]
fn a_warning_as_long_as_a_limit_is_refused() {
    for session in [
        json!({ "idle_minutes": 1, "idle_warning_seconds": 60 }),
        json!({ "lifetime_minutes": 1, "idle_warning_seconds": 60 }),
        json!({ "idle_minutes": 10, "lifetime_minutes": 2, "idle_warning_seconds": 300 }),
    ] {
        assert!(matches!(
            limits(session),
            Err(ConfigProblem::Malformed { path, hint, .. })
                if path == "custom.cognito.session.idle_warning_seconds" && hint.contains("shorter")
        ));
    }
}
