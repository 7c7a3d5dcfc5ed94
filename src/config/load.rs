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
    // Relative to the page's <base>, so that it works below any path; never from the cache, so that a
    // file that was swapped counts at once.
    let request = Request::get(FILE).cache(RequestCache::NoCache).credentials(RequestCredentials::SameOrigin);
    let response = request.send().await.map_err(|_| ConfigProblem::Unreachable { status: None })?;
    if !response.ok() {
        return Err(ConfigProblem::from_status(response.status()));
    }
    let text = response.text().await.map_err(|_| ConfigProblem::Unreachable { status: None })?;
    Config::parse(&text)
}
