//! A browser at the hosted pages: cookies, links and forms, without running anything.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use local_pool::CLIENT_ID;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::support::{Pool, Reply};

/// Where the seeded client takes its users back.
pub const CALLBACK: &str = "http://localhost:8080/callback";

/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub struct Browser<'a> {
    pub pool: &'a Pool,
    pub cookies: Vec<(String, String)>,
}

/// Percent-encoding of everything but letters and digits.
pub fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        _ => format!("%{byte:02x}"),
    };
    text.bytes().map(encode).collect()
}

/// A query or a form.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// An authorization request of the seeded client; `more` replaces and adds, an empty value takes away.
pub fn authorize(more: &[(&str, &str)]) -> String {
    let usual = [
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", CALLBACK),
        ("state", "s1"),
        ("nonce", "n1"),
        ("scope", "openid email profile aws.cognito.signin.user.admin"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let kept = usual
        .into_iter()
        .filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    let given = more.iter().copied().filter(|(_, value)| !value.is_empty());
    format!(
        "/oauth2/authorize?{}",
        form(&kept.chain(given).collect::<Vec<_>>())
    )
}

/// The value of `name` in an address's query, percent-decoded.
pub fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    let value = query.split('&').find_map(|pair| {
        let (known, value) = pair.split_once('=')?;
        (known == name).then_some(value)
    })?;
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
        } else {
            assert_ne!(byte, b'+', "a plus means different things to different readers");
            byte
        });
    }
    Some(String::from_utf8(bytes).unwrap())
}

/// The claims of a token.
pub fn claims(token: &Value) -> Value {
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// The code challenge of a verifier.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

impl Reply {
    pub fn location(&self) -> &str {
        assert_eq!(self.status, 302, "{}", self.body);
        self.header("location").unwrap()
    }

    /// The value of the first input of that name.
    pub fn input(&self, name: &str) -> &str {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self
            .body
            .split_once(&start)
            .unwrap_or_else(|| panic!("no {name} in {}", self.body));
        rest.split_once('"').unwrap().0
    }

    /// What the page says is wrong.
    pub fn alert(&self) -> &str {
        let (_, rest) = self.body.split_once("role=\"alert\">").unwrap();
        rest.split_once('<').unwrap().0
    }
}

impl<'a> Browser<'a> {
    pub fn new(pool: &'a Pool) -> Self {
        Self {
            pool,
            cookies: Vec::new(),
        }
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let (cookies, origin) = (cookies.join("; "), self.pool.server.url());
        let mut headers = vec![("Cookie", cookies.as_str())];
        if method == "POST" {
            headers.push(("Origin", &origin));
            headers.push(("Content-Type", "application/x-www-form-urlencoded"));
        }
        let reply = self.pool.send(method, path, &headers, body).unwrap();
        for line in reply.head.lines() {
            let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                continue;
            };
            assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        reply
    }

    pub fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, "")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send("POST", path, &form(fields))
    }

    /// Follows this server's own redirects; gives a page, or the redirect that leads away.
    pub fn go(&mut self, path: &str) -> Reply {
        let mut reply = self.get(path);
        while let Some(next) = reply.header("location").filter(|to| to.starts_with('/')) {
            let next = next.to_owned();
            reply = self.get(&next);
        }
        reply
    }

    /// Answers the form on a page at `path`.
    pub fn answer(&mut self, path: &str, page: &Reply, fields: &[(&str, &str)]) -> Reply {
        let token = page.input("_csrf").to_owned();
        let session = page.body.contains("name=\"session\"");
        let session = session.then(|| page.input("session").to_owned());
        let mut all = vec![("_csrf", token.as_str())];
        all.extend(session.as_deref().map(|session| ("session", session)));
        all.extend(fields);
        self.post(path, &all)
    }

    /// Signs in by password and gives the last reply.
    pub fn sign_in(&mut self, request: &str, email: &str, password: &str) -> Reply {
        let page = self.go(request);
        assert_eq!(page.status, 200, "{}", page.head);
        self.answer(
            &login(request),
            &page,
            &[("username", email), ("password", password)],
        )
    }

    /// Signs in at a stand-in, and gives the redirect back to the client.
    pub fn federate(&mut self, request: &str, answer: &[(&str, &str)]) -> Reply {
        let first = self.get(request).location().to_owned();
        let page = self.get(&first);
        assert_eq!(page.status, 200, "{}", page.body);
        let state = page.input("state").to_owned();
        let token = page.input("_csrf").to_owned();
        let path = first.split('?').next().unwrap();
        let mut fields = vec![("_csrf", token.as_str()), ("state", state.as_str())];
        fields.extend(answer);
        let back = self.post(path, &fields);
        self.get(back.location())
    }
}

/// The address of the sign-in page for an authorization request.
pub fn login(request: &str) -> String {
    request.replace("/oauth2/authorize?", "/login?")
}

impl Pool {
    /// POST of a form by a program of another origin.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", "http://localhost:8080"),
        ];
        self.send("POST", path, &headers, &form(fields)).unwrap()
    }

    /// Redeems the code of a redirect.
    pub fn redeem(&self, location: &str) -> Reply {
        let code = parameter(location, "code").unwrap();
        self.form("/oauth2/token", &redemption(&code))
    }

    /// Signs in at the hosted page and gives what the token endpoint answers.
    pub fn hosted(&self, email: &str, password: &str) -> Value {
        let reply = Browser::new(self).sign_in(&authorize(&[]), email, password);
        let tokens = self.redeem(reply.location());
        assert_eq!(tokens.status, 200, "{}", tokens.body);
        tokens.json()
    }
}

/// The form that redeems a code.
pub fn redemption(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]
}
