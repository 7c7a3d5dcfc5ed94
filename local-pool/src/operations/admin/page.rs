//! Pages of lists.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::protocol::{ApiError, Request, invalid_parameter};

/// The most that a page holds.
const MOST: usize = 60;

/// A part of a list, and the token that leads to the next part.
#[derive(Debug, PartialEq)]
pub(super) struct Page<T> {
    pub(super) entries: Vec<T>,
    pub(super) next: Option<String>,
}

/// The page that a request asks for by the members named `limit` and `token`. `entries` come in the order of their
/// keys; a token stands for the last key of the page before, so that entries which come or go meanwhile neither
/// hide nor repeat others.
///
/// # Errors
/// `InvalidParameterException` for a token that is none.
pub(super) fn page<'a, T>(
    request: &Request,
    limit: &str,
    token: &str,
    entries: impl Iterator<Item = (&'a str, T)>,
) -> Result<Page<T>, ApiError> {
    let wanted = request.value(limit).and_then(serde_json::Value::as_u64);
    let wanted = wanted.and_then(|limit| usize::try_from(limit).ok());
    let most = wanted.filter(|limit| *limit > 0).unwrap_or(MOST);
    let after = request.given(token).map(key_of).transpose()?;
    let mut left = entries.filter(|(key, _)| after.as_deref().is_none_or(|after| *key > after));
    let page: Vec<(&str, T)> = left.by_ref().take(most).collect();
    let last = page.last().map(|(key, _)| URL_SAFE_NO_PAD.encode(key));
    Ok(Page {
        next: last.filter(|_| left.next().is_some()),
        entries: page.into_iter().map(|(_, entry)| entry).collect(),
    })
}

fn key_of(token: &str) -> Result<String, ApiError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let key = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| invalid_parameter("Invalid pagination token given."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn ask(input: Value) -> Result<Page<usize>, ApiError> {
        let request = Request::new(input.as_object().unwrap().clone());
        let entries = ["a", "b", "c", "d", "e"].into_iter().zip(1..);
        page(&request, "Limit", "NextToken", entries)
    }

    #[test]
    fn pages_follow_each_other_until_the_list_ends() {
        let mut told = Vec::new();
        let mut input = json!({"Limit": 2});
        loop {
            let page = ask(input.clone()).unwrap();
            told.push(page.entries);
            match page.next {
                Some(token) => input["NextToken"] = json!(token),
                None => break,
            }
        }
        assert_eq!(told, [vec![1, 2], vec![3, 4], vec![5]]);
        for everything in [json!({}), json!({"Limit": 0}), json!({"Limit": 5})] {
            let page = ask(everything).unwrap();
            assert_eq!((page.entries.len(), page.next), (5, None));
        }
        let refusal = ask(json!({"NextToken": "%%"})).unwrap_err();
        assert_eq!(refusal.kind, "InvalidParameterException");
    }
}
