//! A browser at the pool's hosted pages: cookies, redirects and forms, without running anything.

use super::wire;

/// One browser, with its cookies.
pub struct Browser {
    pool: String,
    cookies: Vec<(String, String)>,
}

/// Where a browser has come to.
struct Page {
    /// Path and query.
    at: String,
    /// The address outside of the pool that it is led to.
    away: Option<String>,
    body: String,
}

impl Page {
    fn input(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split_once('"')?.0)
    }

    fn away(self) -> String {
        let at = self.at;
        self.away.unwrap_or_else(|| panic!("stays at {at}"))
    }
}

impl Browser {
    /// One that nobody has used.
    pub fn new(pool: &str) -> Self {
        Self {
            pool: pool.to_owned(),
            cookies: Vec::new(),
        }
    }

    /// Opens `url`; gives the address that it leads away to, if nothing has to be answered before.
    pub fn open(&mut self, url: &str) -> Option<String> {
        self.go(url).away
    }

    /// Signs in by password at the page that `url` leads to, and gives the address that leads back to the app.
    pub fn sign_in(&mut self, url: &str, username: &str, password: &str) -> String {
        let page = self.go(url);
        self.answer(&page, &[("username", username), ("password", password)])
            .away()
    }

    /// Answers as `person` at the identity provider that `url` leads to. Other fields come behind.
    pub fn federate(&mut self, url: &str, person: &str, fields: &[(&str, &str)]) -> String {
        let mut page = self.go(url);
        // The form goes to the address without its query.
        page.at = page.at.split('?').next().unwrap().to_owned();
        let fields: Vec<_> = [("answer", person)]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.answer(&page, &fields).away()
    }

    fn answer(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for name in ["_csrf", "session", "state"] {
            form.extend_pairs(page.input(name).map(|value| (name, value)));
        }
        form.extend_pairs(fields);
        let next = self.send(&page.at, Some(form.finish()));
        self.follow(next)
    }

    fn go(&mut self, url: &str) -> Page {
        let path = url.strip_prefix(&self.pool).unwrap().to_owned();
        let first = self.send(&path, None);
        self.follow(first)
    }

    /// Follows the pool's own redirects.
    fn follow(&mut self, mut page: Page) -> Page {
        while let Some(next) = page.away.take_if(|to| to.starts_with('/')) {
            page = self.send(&next, None);
        }
        page
    }

    fn send(&mut self, path: &str, form: Option<String>) -> Page {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let mut headers = vec![("cookie", cookies.collect::<Vec<_>>().join("; "))];
        if form.is_some() {
            headers.push(("origin", self.pool.clone()));
            headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
        }
        let url = [&self.pool, path].concat();
        let (set, location, body) = wire::visit(&url, &headers, form.as_deref());
        for cookie in set {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Page {
            at: path.to_owned(),
            away: location,
            body,
        }
    }
}
