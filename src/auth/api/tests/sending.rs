use futures::{
    executor::{LocalPool, block_on},
    task::LocalSpawnExt,
};

use super::{super::send::send, *};

fn url() -> String {
    [API, "/things"].concat()
}

fn sent(token: &str) -> Sent {
    Sent {
        href: url(),
        token: Some(token.to_owned()),
    }
}

#[test]
fn a_call_carries_the_access_token_or_the_id_token_if_that_is_wanted() {
    let (web, engine) = (FakeWeb::default(), FakeEngine::signed_in());
    let api = engine.api(&web);
    assert_eq!(block_on(send(&web, &api.get(url()))), Ok(200));
    assert_eq!(
        block_on(send(&web, &api.get(url()).token(TokenKind::Id))),
        Ok(200)
    );
    assert_eq!(web.sent(), [sent("access-1"), sent("id-1")]);
    assert_eq!(engine.renewals.get(), 0);
}

#[test]
fn a_token_that_is_refused_is_renewed_and_the_call_sent_again_once() {
    let (web, engine) = (FakeWeb::answering(&[401]), FakeEngine::signed_in());
    let call = engine.api(&web).post(url()).text("once");
    assert_eq!(block_on(send(&web, &call)), Ok(200));
    assert_eq!(web.sent(), [sent("access-1"), sent("access-2")]);

    let (web, engine) = (FakeWeb::answering(&[401, 401, 200]), FakeEngine::signed_in());
    let call = engine.api(&web).get(url()).token(TokenKind::Id);
    assert_eq!(block_on(send(&web, &call)), Ok(401), "the API’s own answer");
    assert_eq!(web.sent(), [sent("id-1"), sent("id-2")]);
    assert_eq!(engine.renewals.get(), 1);
}

#[test]
fn no_other_answer_is_taken_for_a_refused_token() {
    for status in [200, 204, 302, 400, 403, 404, 407, 429, 500, 503] {
        let (web, engine) = (FakeWeb::answering(&[status]), FakeEngine::signed_in());
        assert_eq!(block_on(send(&web, &engine.api(&web).get(url()))), Ok(status));
        assert_eq!((web.sent().len(), engine.renewals.get()), (1, 0));
    }
}

#[test]
fn without_a_session_nothing_is_sent() {
    let (web, engine) = (FakeWeb::default(), FakeEngine::signed_in());
    engine.who.take();
    let api = engine.api(&web);
    let refused = Err(ApiError::Auth(AuthError::NotSignedIn));
    assert_eq!(block_on(send(&web, &api.get(url()))), refused);
    assert_eq!(block_on(send(&web, &api.get(url()).or_without_token())), refused);
    assert_eq!(web.sent(), []);
}

#[test]
fn calls_refused_together_share_one_renewal() {
    let (web, engine) = (Rc::new(FakeWeb::answering(&[401; 3])), FakeEngine::signed_in());
    let (open, gate) = oneshot::channel();
    engine.gate.replace(Some(gate));
    let api = engine.api(&web);
    let mut pool = LocalPool::new();
    let done: Rc<RefCell<Vec<_>>> = Rc::default();
    for _ in 0..3 {
        let (web, call, done) = (web.clone(), api.get(url()), done.clone());
        let work = async move {
            let answer = send(&*web, &call).await;
            done.borrow_mut().push(answer);
        };
        pool.spawner().spawn_local(work).unwrap();
    }
    pool.run_until_stalled();
    assert_eq!(web.sent().len(), 3);
    open.send(()).unwrap();
    pool.run_until_stalled();
    assert_eq!(*done.borrow(), [Ok(200), Ok(200), Ok(200)]);
    assert_eq!(engine.renewals.get(), 1);
    assert_eq!(
        web.sent()[3..],
        [sent("access-2"), sent("access-2"), sent("access-2")]
    );
}

#[test]
fn a_late_refusal_of_an_old_token_renews_nothing() {
    let (web, engine) = (Rc::new(FakeWeb::answering(&[401])), FakeEngine::signed_in());
    let (open, gate) = oneshot::channel();
    web.gates.borrow_mut().push_back(gate);
    let mut pool = LocalPool::new();
    let answer: Rc<RefCell<Option<_>>> = Rc::default();
    let (call, cell, sender) = (engine.api(&web).get(url()), answer.clone(), web.clone());
    let work = async move {
        let answer = send(&*sender, &call).await;
        cell.replace(Some(answer));
    };
    pool.spawner().spawn_local(work).unwrap();
    pool.run_until_stalled();
    engine.tokens.set(2);
    open.send(()).unwrap();
    pool.run_until_stalled();
    assert_eq!(*answer.borrow(), Some(Ok(200)));
    assert_eq!(engine.renewals.get(), 0);
    assert_eq!(web.sent(), [sent("access-1"), sent("access-2")]);
}

#[test]
fn a_renewal_that_fails_says_why_and_nothing_is_sent_again() {
    for problem in [AuthError::NotSignedIn, AuthError::Unreachable] {
        let (web, engine) = (FakeWeb::answering(&[401]), FakeEngine::signed_in());
        engine.problem.replace(Some(problem.clone()));
        let answer = block_on(send(&web, &engine.api(&web).get(url())));
        assert_eq!(answer, Err(ApiError::Auth(problem)));
        assert_eq!(web.sent().len(), 1);
    }
}

#[test]
fn what_one_person_began_is_not_sent_again_in_anothers_name() {
    let (web, engine) = (FakeWeb::answering(&[401]), FakeEngine::signed_in());
    engine.next_person.replace(Some("grace"));
    let answer = block_on(send(&web, &engine.api(&web).post(url()).text("from Ada")));
    assert_eq!(answer, Err(ApiError::Auth(AuthError::Superseded)));
    assert_eq!(web.sent(), [sent("access-1")]);
}

#[test]
fn what_waits_for_a_token_is_sent_for_nobody_else() {
    // Whoever is known when the call begins, and whoever is signed in when the token comes.
    for (before, after, expected) in [
        (
            Some("ada"),
            Some("grace"),
            Err(ApiError::Auth(AuthError::Superseded)),
        ),
        (Some("ada"), None, Err(ApiError::Auth(AuthError::NotSignedIn))),
        (Some("ada"), Some("ada"), Ok(200)),
        // The page may have opened just now, and not know yet.
        (None, Some("ada"), Ok(200)),
    ] {
        let (web, engine) = (FakeWeb::default(), FakeEngine::signed_in());
        let (open, gate) = oneshot::channel();
        engine.token_gate.replace(Some(gate));
        engine.who.replace(before);
        let call = engine.api(&web).post(url()).text("from Ada");
        let mut answer = Box::pin(send(&web, &call));
        assert_eq!((&mut answer).now_or_never(), None);
        engine.who.replace(after);
        open.send(()).unwrap();
        assert_eq!(block_on(answer), expected, "{before:?} {after:?}");
        assert_eq!(web.sent().len(), usize::from(expected.is_ok()));
    }
}

#[test]
fn an_api_that_refuses_new_tokens_costs_one_renewal_for_each_token() {
    let (web, engine) = (FakeWeb::answering(&[401; 6]), FakeEngine::signed_in());
    let handle = engine.api(&web).engine;
    let get = |kind| {
        // As in a component, which makes its own each time.
        let call = Api::on(&web, &handle).get(url()).token(kind);
        block_on(send(&web, &call))
    };
    for sent in [2, 3, 4] {
        assert_eq!(get(TokenKind::Access), Ok(401));
        assert_eq!((web.sent().len(), engine.renewals.get()), (sent, 1));
    }
    // Another token may fare better: of the other kind, or the next.
    assert_eq!(get(TokenKind::Id), Ok(401));
    assert_eq!((web.sent().len(), engine.renewals.get()), (6, 2));
    web.answers.borrow_mut().push_back(401);
    assert_eq!(get(TokenKind::Access), Ok(200));
    assert_eq!(engine.renewals.get(), 3);
}

#[test]
fn what_answers_a_token_stays_out_of_the_browsers_cache_unless_it_may() {
    use web_sys::RequestCache;
    let call = FakeEngine::signed_in().api(&FakeWeb::default()).get(url());
    assert_eq!(call.cache_mode(true), RequestCache::NoStore);
    assert_eq!(call.cache_mode(false), RequestCache::Default);
    let call = call.cache(RequestCache::NoCache);
    assert_eq!(
        [true, false].map(|token| call.cache_mode(token)),
        [RequestCache::NoCache; 2]
    );
}

#[test]
fn off_the_list_a_call_goes_without_a_token_if_it_may_and_is_not_repeated() {
    let (web, engine) = (FakeWeb::answering(&[401]), FakeEngine::signed_in());
    let elsewhere = engine
        .api(&web)
        .get("https://weather.example/today")
        .or_without_token();
    assert_eq!(block_on(send(&web, &elsewhere)), Ok(401));
    assert_eq!(web.tokens(), [None]);
    assert_eq!(engine.renewals.get(), 0);
    engine.who.take();
    assert_eq!(
        block_on(send(&web, &elsewhere)),
        Ok(200),
        "nobody has to be signed in"
    );
}

#[test]
fn a_body_that_is_no_json_is_told_before_anything_is_sent() {
    struct Unwritable;
    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no"))
        }
    }
    let (web, engine) = (FakeWeb::default(), FakeEngine::signed_in());
    let call = engine.api(&web).post(url()).json(&Unwritable);
    assert_eq!(block_on(send(&web, &call)), Err(ApiError::Body));
    assert_eq!(web.sent(), []);
}

#[test]
fn no_error_tells_a_token_or_more_of_the_address_than_its_origin() {
    let (web, engine) = (FakeWeb::default(), FakeEngine::signed_in());
    let call = engine.api(&web).get("https://other.example/secret-path?secret=1");
    let error = block_on(send(&web, &call)).unwrap_err();
    let text = [error.to_string(), format!("{error:?}")].concat();
    assert!(text.contains("https://other.example") && text.contains("api_origins"));
    assert!(!text.contains("secret") && !text.contains("access-1"));
}
