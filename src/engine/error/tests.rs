use super::{
    AuthError,
    table::{TABLE, Text, row},
};
use crate::cognito::ErrorKind;

#[test]
fn no_row_is_hidden_by_one_above_it() {
    for wanted in TABLE {
        let (kind, on, text, _) = wanted;
        let message = match text {
            Text::Any => "",
            Text::Begins(text) | Text::Has(text) => text,
        };
        let asked: &[&str] = if on.is_empty() { &[""] } else { on };
        for operation in asked {
            let found = row(operation, kind, message).unwrap();
            assert!(std::ptr::eq(found, wanted), "{kind} on {operation:?}: {message}");
        }
    }
}

#[test]
fn every_error_of_the_service_has_a_meaning() {
    for (name, kind) in ErrorKind::all() {
        assert!(row("", &kind, "").is_some(), "{name} is not understood");
    }
}

#[test]
fn an_error_of_tomorrow_is_told_by_its_name() {
    let error = AuthError::from(crate::cognito::CognitoError::Service {
        kind: ErrorKind::Other("BrandNewException".to_owned()),
        message: "No.".to_owned(),
    });
    assert_eq!(error, AuthError::Protocol("BrandNewException: No.".to_owned()));
}
