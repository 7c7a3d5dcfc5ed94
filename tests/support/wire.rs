//! A transport over real HTTP that holds every exchange against Amazon Cognito's service model.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};

use futures::{FutureExt, channel::oneshot, future::LocalBoxFuture};
use serde_json::Value;
use yew_cognito::ports::{Request, Response, Transport, UnixMillis, Unreachable};

use super::{TOKEN, operation_of};
use crate::model::ServiceModel;

/// A change of an answer of the pool.
type Patch = Box<dyn Fn(&mut Value)>;

type Answer = Result<Response, Unreachable>;

/// The network between engine and pool.
pub struct Wire {
    model: ServiceModel,
    sent: RefCell<Vec<String>>,
    violations: RefCell<Vec<String>>,
    answers: RefCell<VecDeque<(&'static str, Answer)>>,
    patches: RefCell<Vec<(&'static str, Patch)>>,
    bodies: RefCell<Vec<(String, Value)>>,
    cut: Cell<bool>,
    hides_dates: Cell<bool>,
    held: RefCell<Option<(&'static str, oneshot::Receiver<()>)>>,
    lost: RefCell<Option<&'static str>>,
}

impl Wire {
    pub fn new() -> Self {
        Self {
            model: ServiceModel::load().with_identity_pools(),
            sent: RefCell::default(),
            violations: RefCell::default(),
            answers: RefCell::default(),
            patches: RefCell::default(),
            bodies: RefCell::default(),
            cut: Cell::new(false),
            hides_dates: Cell::new(false),
            held: RefCell::default(),
            lost: RefCell::default(),
        }
    }

    pub fn answer(&self, operation: &'static str, times: usize, answer: Answer) {
        self.answers
            .borrow_mut()
            .extend((0..times).map(|_| (operation, answer.clone())));
    }

    /// Changes the pool's next answer to `operation`.
    pub fn patch(&self, operation: &'static str, patch: impl Fn(&mut Value) + 'static) {
        self.patches.borrow_mut().push((operation, Box::new(patch)));
    }

    /// The body of the last request of `operation`.
    pub fn last(&self, operation: &str) -> Value {
        let bodies = self.bodies.borrow();
        let last = bodies.iter().rev().find(|(name, _)| name == operation);
        last.expect("a request").1.clone()
    }

    /// The bodies of all requests of `operation`.
    pub fn all(&self, operation: &str) -> Vec<Value> {
        let bodies = self.bodies.borrow();
        let of_it = bodies.iter().filter(|(name, _)| name == operation);
        of_it.map(|(_, body)| body.clone()).collect()
    }

    /// From now on no answer has a date, as where a proxy hides it from scripts.
    pub fn hide_dates(&self) {
        self.hides_dates.set(true);
    }

    /// All that the engine has sent.
    pub fn everything(&self) -> String {
        let bodies = self.bodies.borrow();
        bodies.iter().map(|(_, body)| body.to_string()).collect()
    }

    /// Lets the next request of `operation` arrive, and loses the answer.
    pub fn lose(&self, operation: &'static str) {
        *self.lost.borrow_mut() = Some(operation);
    }

    /// Cuts or mends the cable.
    pub fn cut(&self, cut: bool) {
        self.cut.set(cut);
    }

    /// Holds the answer to the next request of `operation` back until the sender is used or dropped.
    pub fn hold(&self, operation: &'static str) -> oneshot::Sender<()> {
        let (release, held) = oneshot::channel();
        *self.held.borrow_mut() = Some((operation, held));
        release
    }

    pub fn count(&self, operation: &str) -> usize {
        self.sent
            .borrow()
            .iter()
            .filter(|sent| *sent == operation)
            .count()
    }

    pub fn violations(&self) -> Vec<String> {
        self.violations.borrow().clone()
    }

    fn note(&self, operation: &str, violations: impl IntoIterator<Item = String>) {
        let noted = violations
            .into_iter()
            .map(|violation| format!("{operation}: {violation}"));
        self.violations.borrow_mut().extend(noted);
    }

    fn exchange(&self, operation: &str, request: &Request) -> Answer {
        if let Some(body) = &request.body {
            // The model is of operations alone.
            let body = if operation == TOKEN {
                form(body)
            } else {
                let body: Value = serde_json::from_str(body).unwrap();
                self.note(operation, self.model.check_request(operation, &body));
                body
            };
            self.bodies.borrow_mut().push((operation.to_owned(), body));
        }
        if self.cut.get() {
            return Err(Unreachable);
        }
        let scripted = {
            let mut answers = self.answers.borrow_mut();
            let at = answers.iter().position(|(name, _)| *name == operation);
            at.and_then(|at| answers.remove(at))
        };
        if let Some((_, answer)) = scripted {
            return answer;
        }
        let mut response = match &request.body {
            Some(body) => post(&request.url, &request.headers, body),
            None => get(&request.url),
        }?;
        if self.hides_dates.get() {
            response.date = None;
        }
        if request.body.is_some() && operation != TOKEN {
            self.check_answer(operation, &response);
        }
        if self
            .lost
            .borrow_mut()
            .take_if(|lost| *lost == operation)
            .is_some()
        {
            return Err(Unreachable);
        }
        let patch = {
            let mut patches = self.patches.borrow_mut();
            let at = patches.iter().position(|(name, _)| *name == operation);
            at.map(|at| patches.remove(at).1)
        };
        if let Some(patch) = patch {
            let mut body = serde_json::from_str(&response.body).unwrap();
            patch(&mut body);
            response.body = body.to_string().into();
        }
        Ok(response)
    }

    fn check_answer(&self, operation: &str, response: &Response) {
        let body: Value = serde_json::from_str(&response.body).unwrap();
        if response.status == 200 {
            self.note(operation, self.model.check_response(operation, &body));
            return;
        }
        let kind = body["__type"].as_str().unwrap_or_default();
        if !self.model.errors_of(operation).iter().any(|known| known == kind) {
            self.note(operation, [format!("the model knows no {kind} here")]);
        }
    }
}

impl Transport for Wire {
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Answer> {
        let operation = operation_of(&request);
        self.sent.borrow_mut().push(operation.clone());
        let answer = self.exchange(&operation, &request);
        let held = self.held.borrow_mut().take_if(|(name, _)| *name == operation);
        async move {
            if let Some((_, held)) = held {
                let _ = held.await;
            }
            answer
        }
        .boxed_local()
    }
}

pub fn post(url: &str, headers: &[(&'static str, String)], body: &str) -> Answer {
    let mut request = agent().post(url);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    response(request.send(body))
}

/// A form as an object of texts.
fn form(body: &str) -> Value {
    let pairs = form_urlencoded::parse(body.as_bytes()).into_owned();
    let mut fields = serde_json::Map::new();
    for (name, value) in pairs {
        let before = fields.insert(name.clone(), Value::String(value));
        assert!(before.is_none(), "{name} stands twice");
    }
    Value::Object(fields)
}

/// A page, or where it leads: the cookies that it sets, its `location` and its body. A form is posted.
pub fn visit(
    url: &str,
    headers: &[(&'static str, String)],
    form: Option<&str>,
) -> (Vec<String>, Option<String>, String) {
    let mut request =
        ureq::http::Request::builder()
            .uri(url)
            .method(if form.is_some() { "POST" } else { "GET" });
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let mut response = match form {
        Some(form) => agent().run(request.body(form.to_owned()).unwrap()),
        None => agent().run(request.body(()).unwrap()),
    }
    .unwrap();
    let all = |name: &str| -> Vec<String> {
        let values = response.headers().get_all(name).iter();
        values.map(|value| value.to_str().unwrap().to_owned()).collect()
    };
    let (cookies, location) = (all("set-cookie"), all("location").pop());
    (cookies, location, response.body_mut().read_to_string().unwrap())
}

pub fn get(url: &str) -> Answer {
    response(agent().get(url).call())
}

/// An HTTP-date in the form that servers have to send (IMF-fixdate; RFC 9110, section 5.6.7).
fn http_date(text: &str) -> Option<UnixMillis> {
    let parts: Vec<&str> = text.split([' ', ':']).collect();
    let [_, day, month, year, hour, minute, second, "GMT"] = parts.as_slice() else {
        return None;
    };
    let number = |text: &&str| text.parse::<u64>().ok();
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = months.find(month)? as u64 / 3;
    // Counted from March, so that the leap day is a year's last.
    let (year, month) = (number(year)? - u64::from(month < 2), (month + 10) % 12);
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = 365 * year + leap_days + (153 * month + 2) / 5 + number(day)? - 1 - 719_468;
    let seconds = ((days * 24 + number(hour)?) * 60 + number(minute)?) * 60 + number(second)?;
    Some(UnixMillis(seconds * 1000))
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into()
}

fn response(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = sent.map_err(|_| Unreachable)?;
    let error_type = response
        .headers()
        .get("x-amzn-errortype")
        .map(|it| it.to_str().unwrap().to_owned());
    let date = response.headers().get("date").map(|it| it.to_str().unwrap());
    Ok(Response {
        status: response.status().as_u16(),
        error_type,
        date: date.and_then(http_date),
        body: response
            .body_mut()
            .read_to_string()
            .map_err(|_| Unreachable)?
            .into(),
    })
}
