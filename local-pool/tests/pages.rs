//! The pages for people, as a browser sees them.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use support::Pool;

const USER: &str = "user@example.com";
const PASSWORD: &str = "Sunflower-42!";
const PAGES: [&str; 7] = [
    "/",
    "/mailbox",
    "/users",
    "/activity",
    "/events",
    "/pages.css",
    "/pages.js",
];

/// The address of a user's page.
fn page_of(pool: &Pool, email: &str) -> String {
    let users = pool.get("/users").body;
    let (before, _) = users.split_once(&format!("\">{email}</a>")).unwrap();
    before.rsplit('"').next().unwrap().to_owned()
}

fn act(pool: &Pool, path: &str, origin: &str) -> u16 {
    let headers = [
        ("Origin", origin),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    pool.send("POST", path, &headers, "").unwrap().status
}

fn own(pool: &Pool) -> String {
    pool.server.url()
}

/// An open /events.
struct Events(TcpStream);

impl Events {
    fn open(pool: &Pool) -> Self {
        let mut stream = TcpStream::connect(pool.server.address()).unwrap();
        let host = pool.server.address();
        write!(stream, "GET /events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut events = Self(stream);
        let head = events.read_until("retry: 1000\n\n");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        events
    }

    fn read_until(&mut self, end: &str) -> String {
        self.0.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let (mut text, mut buffer) = (String::new(), [0; 1024]);
        while !text.contains(end) {
            let length = self.0.read(&mut buffer).unwrap();
            assert!(length > 0, "the stream ended after {text}");
            text += std::str::from_utf8(&buffer[..length]).unwrap();
        }
        text
    }

    /// Waits for a while in which nothing comes.
    fn is_silent(&mut self) -> bool {
        self.0.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let error = self.0.read(&mut [0; 1024]).unwrap_err();
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
    }
}

#[test]
fn only_this_machines_own_browser_reads_the_pages() {
    let pool = Pool::start();
    let user = page_of(&pool, USER);
    let deletion = format!("{user}/delete");
    for path in PAGES.into_iter().chain([user.as_str(), deletion.as_str()]) {
        for foreign in [
            ("Origin", "http://localhost:8080"),
            ("Origin", "null"),
            ("Host", "evil.example"),
        ] {
            let reply = pool.send("GET", path, &[foreign], "").unwrap();
            assert_eq!(reply.status, 403, "{path} {foreign:?}");
            assert!(!reply.body.contains(USER));
        }
    }
}

#[test]
fn pages_are_strict_about_scripts_styles_and_frames() {
    let pool = Pool::start();
    pool.sign_in(USER, PASSWORD);
    let user = page_of(&pool, USER);
    for path in ["/", "/mailbox", "/users", "/activity", user.as_str()] {
        let reply = pool.get(path);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"));
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"));
        assert_eq!(reply.header("x-frame-options"), Some("DENY"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        for inline in ["<style", "style=", "<script>", "onclick", "javascript:"] {
            assert!(!reply.body.contains(inline), "{path} {inline}");
        }
        assert_eq!(reply.body.matches("aria-current=\"page\"").count(), 1, "{path}");
    }
}

#[test]
fn hostile_names_stay_text_on_every_page() {
    let pool = Pool::start();
    let email = "<img/src='x'onerror=\"a()\">&@example.com";
    pool.ok("SignUp", json!({"Username": email, "Password": PASSWORD}));
    let escaped = "&lt;img/src=&#39;x&#39;onerror=&quot;a()&quot;&gt;&amp;@example.com";
    let user = page_of(&pool, escaped);
    for path in ["/mailbox", "/users", "/activity", user.as_str()] {
        let body = pool.get(path).body;
        assert!(body.contains(escaped) && !body.contains("<img"), "{path}");
    }
    let filtered = pool.get("/mailbox?to=%22%3E%3Cimg%3E").body;
    assert!(filtered.contains("value=\"&quot;&gt;&lt;img&gt;\"") && !filtered.contains("<img"));
    assert_eq!(pool.get("/users/%3Cimg%3E").status, 404);
}

#[test]
fn pages_are_told_of_changes_and_of_nothing_else() {
    let pool = Pool::start();
    let mut events = Events::open(&pool);
    for path in ["/", "/mailbox", "/users", "/activity"] {
        assert_eq!(pool.get(path).status, 200);
    }
    assert!(events.is_silent());
    pool.ok("ForgotPassword", json!({"Username": USER}));
    events.read_until("data: changed\n\n");
    assert!(pool.get("/mailbox").body.contains(&pool.code(USER)));
    pool.control("users", &json!({"email": USER, "disabled": true}));
    events.read_until("data: changed\n\n");
    pool.control("reset", &json!({}));
    events.read_until("data: changed\n\n");
    assert!(pool.get("/mailbox").body.contains("No mail yet"));
}

#[test]
fn the_mailbox_shows_the_mails_of_one_address_alone() {
    let pool = Pool::start();
    for email in [USER, "admin@example.com"] {
        pool.ok("ForgotPassword", json!({"Username": email}));
    }
    let (user, admin) = (pool.code(USER), pool.code("admin@example.com"));
    let all = pool.get("/mailbox").body;
    assert!(all.find(&admin).unwrap() < all.find(&user).unwrap());
    let one = pool.get("/mailbox?to=User%40").body;
    assert!(one.contains(&user) && !one.contains(&admin));
}

#[test]
fn activity_says_who_was_refused_and_why() {
    let pool = Pool::start();
    let tokens = pool.sign_in(USER, PASSWORD)["AuthenticationResult"].take();
    let secret = "Sunflower-43!";
    let proof = pool.proof("admin@example.com", secret);
    pool.refused("RespondToAuthChallenge", proof);
    // A password in the field of the name.
    pool.call("ForgotPassword", json!({"Username": secret})).unwrap();
    pool.call("NoSuchOperation", json!({})).unwrap();
    let all = pool.get("/activity").body;
    let refused = pool.get("/activity?show=refused").body;
    assert!(all.contains(USER) && !refused.contains(USER));
    for page in [&all, &refused] {
        assert!(page.contains("admin@example.com") && page.contains("wrong password"));
        assert!(page.contains("NoSuchOperation") && page.contains("there is no such operation"));
        assert!(!page.contains(secret) && !page.contains(tokens["AccessToken"].as_str().unwrap()));
    }
    let log = pool.get("/control/log").json();
    let entry = |index: usize| log["entries"][index].clone();
    assert_eq!(entry(0)["client"], json!(local_pool::CLIENT_ID));
    assert_eq!(entry(0)["pool"], json!(local_pool::POOL_ID));
    assert_eq!(entry(3)["reason"], json!("wrong password"));
    assert_eq!((&entry(0)["id"], &entry(0)["reason"]), (&json!(1), &Value::Null));
}

#[test]
fn a_user_is_helped_and_deleted_by_forms_of_this_server_alone() {
    let pool = Pool::start();
    let tokens = pool.sign_in(USER, PASSWORD)["AuthenticationResult"].take();
    let user = page_of(&pool, USER);
    let shown = pool.get(&user).body;
    assert!(shown.contains(local_pool::CLIENT_ID) && shown.contains("<code>pwd</code>"));

    for action in ["disable", "sign-out", "delete"] {
        let path = format!("{user}/{action}");
        for foreign in ["http://localhost:8080", "null"] {
            assert_eq!(act(&pool, &path, foreign), 403, "{action}");
        }
    }
    pool.ok("GetUser", json!({"AccessToken": tokens["AccessToken"]}));

    let own = own(&pool);
    assert_eq!(act(&pool, &format!("{user}/sign-out"), &own), 303);
    let ended = pool.refused("GetUser", json!({"AccessToken": tokens["AccessToken"]}));
    assert_eq!(ended.1, "Access Token has been revoked");
    assert_eq!(act(&pool, &format!("{user}/disable"), &own), 303);
    assert!(pool.get("/users").body.contains("disabled"));
    assert_eq!(act(&pool, &format!("{user}/enable"), &own), 303);
    assert_eq!(act(&pool, &format!("{user}/explode"), &own), 404);

    let question = pool.get(&format!("{user}/delete"));
    assert!(question.body.contains("method=\"post\"") && pool.get(&user).status == 200);
    assert_eq!(act(&pool, &format!("{user}/delete"), &own), 303);
    assert_eq!(pool.get(&user).status, 404);
    assert_eq!(act(&pool, &format!("{user}/enable"), &own), 404);
}
