//! Fetching the configuration at run time, so that one build serves every environment.

use gloo_net::http::Request;
use web_sys::{RequestCache, RequestCredentials};

use super::{Config, ConfigProblem};

const FILE: &str = "amplify_outputs.json";

/// Fetches and reads `amplify_outputs.json` from beside `index.html`.
///
/// # Errors
/// [`ConfigProblem`], with what to do about it.
pub async fn load() -> Result<Config, ConfigProblem> {
    // Relative to the page's <base>, so that it works below any path. Not from the cache, nor revalidated: a
    // host that compares dates alone would keep a file that was swapped for an older one.
    let request = Request::get(FILE)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::SameOrigin);
    let response = request
        .send()
        .await
        .map_err(|_| ConfigProblem::Unreachable { status: None })?;
    if !response.ok() {
        return Err(ConfigProblem::from_status(response.status()));
    }
    let text = response
        .text()
        .await
        .map_err(|_| ConfigProblem::Unreachable { status: None })?;
    Config::parse(&text)
}
