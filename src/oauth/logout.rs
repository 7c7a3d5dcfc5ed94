use super::encode;
use crate::config::{ClientId, OAuth};

/// Where to send the browser to end its session at the hosted pages, from where it comes to `logout_uri`, one of the
/// app client's sign-out addresses (developer guide, "The managed login sign-out endpoint").
pub fn logout_url(oauth: &OAuth, client_id: &ClientId, logout_uri: &str) -> String {
    let query = encode([("client_id", client_id.as_str()), ("logout_uri", logout_uri)]);
    [oauth.domain.as_str(), "/logout?", &query].concat()
}
