//! Nothing that is printed shows a token, a code or what an answer is known by.

use std::fmt::Debug;

use super::*;
use crate::{
    engine::{AuthError, Authorization, Command, Reply},
    token::Code,
};

const SECRET: &str = "s3cr3t";

fn transaction() -> Transaction {
    Transaction {
        state: [SECRET, "-state"].concat().into(),
        nonce: [SECRET, "-nonce"].concat().into(),
        verifier: [SECRET, "-verifier"].concat().into(),
        redirect_uri: CALLBACK.to_owned(),
        begun: NOW,
        reauthenticates: false,
    }
}

fn response() -> AuthorizationResponse {
    let query = ["?code=", SECRET, "-code&state=", SECRET, "-state"].concat();
    AuthorizationResponse::read(&query).unwrap()
}

fn is_silent(thing: &dyn Debug) -> bool {
    ![format!("{thing:?}"), format!("{thing:#?}")]
        .concat()
        .contains(SECRET)
}

#[test]
fn in_nothing_that_is_passed_around() {
    let transaction = transaction();
    let url = authorization_url(
        &oauth(),
        &client(),
        &AuthorizationRequest::default(),
        &transaction,
    );
    assert!(url.expose().contains(SECRET));
    let secret = || SECRET.to_owned();
    let finish = Command::FinishAuthorization {
        transaction: transaction.clone(),
        response: response(),
    };
    let reply = Reply::Authorization(Authorization {
        url: url.clone(),
        transaction: transaction.clone(),
    });
    let all: [&dyn Debug; 11] = [
        &State::from(secret()),
        &Nonce::from(secret()),
        &CodeVerifier::from(secret()),
        &Code::from(secret()),
        &url,
        &transaction,
        &response(),
        &response().outcome,
        &finish,
        &reply,
        &Some(Ok::<_, AuthError>(reply.clone())),
    ];
    for thing in all {
        assert!(is_silent(thing), "{thing:?}");
    }
    assert!(format!("{transaction:?}").contains(CALLBACK));
}

#[test]
fn in_no_answer_of_the_token_endpoint() {
    let body = |rest: &str| ["{\"id_token\":\"", SECRET, "\",\"access_token\":\"", SECRET, rest].concat();
    assert!(is_silent(&read_tokens(true, &body("\"}"))));
    // Where serde would quote what it has found.
    for broken in [
        body("\",\"refresh_token\":{}}"),
        body("\""),
        body("\"}}"),
        body(""),
    ] {
        for is_success in [true, false] {
            let refused = read_tokens(is_success, &broken).unwrap_err();
            assert!(is_silent(&refused), "{refused:?}");
        }
    }
    let odd = ["{\"id_token\":[\"", SECRET, "\"]}"].concat();
    assert!(is_silent(&read_tokens(true, &odd)));
}
