//! Calls on a web of our own: `url` takes addresses apart as browsers do, and answers are made up.

mod sending;
mod urls;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use futures::{
    FutureExt,
    channel::oneshot,
    future::{LocalBoxFuture, Shared},
};
use url::{Position, Url};

use super::{origins::Address, send::Web, *};
use crate::{
    auth::{AuthError, EventSubscription, Host, SessionState, SignedOutWhy, Snapshot, testing::signed_in},
    config::Config,
    engine::{Command, Event, Reply},
    token::{AccessToken, IdToken},
};

const PAGE: &str = "https://app.example.com/account/page?x=1";
const API: &str = "https://api.example.com";

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    href: String,
    token: Option<String>,
}

/// A web whose servers answer with the statuses given, then with 200.
#[derive(Default)]
struct FakeWeb {
    sent: RefCell<Vec<Sent>>,
    answers: RefCell<VecDeque<u16>>,
    /// What answers wait for.
    gates: RefCell<VecDeque<oneshot::Receiver<()>>>,
    /// The `<base>` of the page, if it has one.
    base: Cell<Option<&'static str>>,
}

impl FakeWeb {
    fn answering(answers: &[u16]) -> Self {
        Self {
            answers: RefCell::new(answers.iter().copied().collect()),
            ..Self::default()
        }
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.borrow().clone()
    }

    fn tokens(&self) -> Vec<Option<String>> {
        self.sent().into_iter().map(|sent| sent.token).collect()
    }
}

fn address(url: &Url) -> Address {
    Address {
        href: url.as_str().to_owned(),
        protocol: [url.scheme(), ":"].concat(),
        hostname: url.host_str().unwrap_or_default().to_owned(),
        host: url[Position::BeforeHost..Position::AfterPort].to_owned(),
        has_user_info: !url.username().is_empty() || url.password().is_some_and(|text| !text.is_empty()),
        has_more: !matches!(url.path(), "" | "/")
            || url.query().is_some_and(|text| !text.is_empty())
            || url.fragment().is_some_and(|text| !text.is_empty()),
    }
}

fn resolve_at(base: &str, text: &str) -> Option<Address> {
    let base = Url::parse(base).unwrap();
    base.join(text).ok().map(|url| address(&url))
}

fn resolve(text: &str) -> Option<Address> {
    resolve_at(PAGE, text)
}

impl Web for FakeWeb {
    type Response = u16;

    fn parse(&self, text: &str) -> Option<Address> {
        Url::parse(text).ok().map(|url| address(&url))
    }

    fn resolve(&self, text: &str) -> Option<Address> {
        resolve_at(self.base.get().unwrap_or(PAGE), text)
    }

    fn own_origin(&self) -> Option<Address> {
        resolve("/")
    }

    async fn fetch(&self, _call: &ApiCall, address: &Address, token: Option<&str>) -> Result<u16, ApiError> {
        self.sent.borrow_mut().push(Sent {
            href: address.href.clone(),
            token: token.map(str::to_owned),
        });
        let answer = self.answers.borrow_mut().pop_front().unwrap_or(200);
        let gate = self.gates.borrow_mut().pop_front();
        if let Some(gate) = gate {
            let _ = gate.await;
        }
        Ok(answer)
    }

    fn status(response: &u16) -> u16 {
        *response
    }
}

/// An engine that counts its tokens.
struct FakeEngine {
    /// Who is signed in, if anyone is.
    who: RefCell<Option<&'static str>>,
    tokens: Cell<u32>,
    renewals: Cell<u32>,
    problem: RefCell<Option<AuthError>>,
    under_way: RefCell<Option<Shared<LocalBoxFuture<'static, ()>>>>,
    /// What the next access token waits for.
    token_gate: RefCell<Option<oneshot::Receiver<()>>>,
    /// What the next renewal waits for.
    gate: RefCell<Option<oneshot::Receiver<()>>>,
    /// Who is signed in once a renewal is through.
    next_person: RefCell<Option<&'static str>>,
}

struct FakeHost(Rc<FakeEngine>);

impl FakeEngine {
    fn signed_in() -> Rc<Self> {
        Rc::new(Self {
            who: RefCell::new(Some("ada")),
            tokens: Cell::new(1),
            renewals: Cell::new(0),
            problem: RefCell::new(None),
            under_way: RefCell::new(None),
            token_gate: RefCell::new(None),
            gate: RefCell::new(None),
            next_person: RefCell::new(None),
        })
    }

    fn api(self: &Rc<Self>, web: &FakeWeb) -> Api {
        let mut config = Config::parse(
            r#"{"version": "1", "auth": {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_AbCdEf123",
            "user_pool_client_id": "1example23456789abcdefghij"}}"#,
        )
        .unwrap();
        config.api_origins = vec![crate::config::Endpoint::parse(API).unwrap()];
        Api::on(
            web,
            &EngineHandle::new(Rc::new(FakeHost(self.clone())), Rc::new(config)),
        )
    }

    /// As the real one does: whoever asks while a renewal is under way waits for that one.
    fn renew(self: &Rc<Self>) -> Shared<LocalBoxFuture<'static, ()>> {
        if let Some(under_way) = &*self.under_way.borrow()
            && under_way.peek().is_none()
        {
            return under_way.clone();
        }
        let (this, gate) = (self.clone(), self.gate.take());
        self.renewals.set(self.renewals.get() + 1);
        let renewal = async move {
            if let Some(gate) = gate {
                let _ = gate.await;
            }
            this.tokens.set(this.tokens.get() + 1);
            if let Some(next) = this.next_person.take() {
                this.who.replace(Some(next));
            }
        }
        .boxed_local()
        .shared();
        self.under_way.replace(Some(renewal.clone()));
        renewal
    }

    fn answer(&self, reply: impl FnOnce(String) -> Reply) -> Result<Reply, AuthError> {
        match *self.who.borrow() {
            None => Err(AuthError::NotSignedIn),
            Some(_) => Ok(reply(self.tokens.get().to_string())),
        }
    }
}

impl Host for FakeHost {
    fn execute(&self, command: Command) -> LocalBoxFuture<'static, Result<Reply, AuthError>> {
        let engine = self.0.clone();
        async move {
            match command {
                Command::AccessToken => {
                    let gate = engine.token_gate.take();
                    if let Some(gate) = gate {
                        let _ = gate.await;
                    }
                    engine.answer(|n| Reply::AccessToken(AccessToken::from(["access-", &n].concat())))
                }
                Command::IdToken => engine.answer(|n| Reply::IdToken(IdToken::from(["id-", &n].concat()))),
                Command::Refresh => {
                    let problem = engine.problem.borrow().clone();
                    if let Some(problem) = problem {
                        return Err(problem);
                    }
                    engine.renew().await;
                    Ok(Reply::Done)
                }
                other => panic!("{other:?}"),
            }
        }
        .boxed_local()
    }

    fn snapshot(&self) -> Snapshot {
        let session = match *self.0.who.borrow() {
            None => SessionState::SignedOut {
                why: SignedOutWhy::NeverSignedIn,
            },
            Some(sub) => SessionState::SignedIn(Box::new(signed_in(sub))),
        };
        Snapshot {
            session,
            ..Snapshot::default()
        }
    }

    fn subscribe(&self, _listener: Box<dyn Fn(&Event)>) -> EventSubscription {
        EventSubscription(Box::new(()))
    }
}
