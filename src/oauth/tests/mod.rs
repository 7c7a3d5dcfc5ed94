//! Addresses and texts of the redirect flow.

use std::cell::Cell;

use super::*;
use crate::{
    config::{ClientId, EmailDomains, Endpoint, OAuth},
    ports::{NoRandomness, Random, UnixMillis},
};

mod fuzz;
mod logout;
mod redirect_uri;
mod refusal;
mod response;
mod secrets;
mod token_endpoint;
mod transaction;
mod url;

const CALLBACK: &str = "https://app.example/callback";
const DOMAIN: &str = "https://login.example.com";
const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

/// Bytes that go on counting, so that no two draws are alike.
#[derive(Default)]
struct Counting {
    drawn: Cell<usize>,
    asked: Cell<usize>,
}

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self.asked.set(self.asked.get() + 1);
        for byte in bytes {
            *byte = u8::try_from(self.drawn.get() % 251).unwrap();
            self.drawn.set(self.drawn.get() + 1);
        }
        Ok(())
    }
}

fn oauth() -> OAuth {
    OAuth {
        domain: Endpoint::parse(DOMAIN).unwrap(),
        scopes: vec!["openid".to_owned(), "https://api.example/read+write".to_owned()],
        redirect_sign_in: vec![CALLBACK.to_owned()],
        redirect_sign_out: vec!["https://app.example/".to_owned()],
        providers: Vec::new(),
        email_domains: EmailDomains::None,
        managed_login: true,
        silent_sign_in: false,
        popup: false,
    }
}

fn client() -> ClientId {
    ClientId::parse("1h57kf5cpq17m0eml12EXAMPLE").unwrap()
}

fn begin(random: &dyn Random, in_popup: bool) -> Transaction {
    Transaction::begin(random, NOW, CALLBACK.to_owned(), in_popup, false).unwrap()
}

fn transaction() -> Transaction {
    begin(&Counting::default(), false)
}

/// Names and values as a server reads them.
fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
