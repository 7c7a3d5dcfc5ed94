//! Where a code went, in words.

use crate::auth::{CodeDelivery, Medium};

/// A sentence about it, the same whether or not there is such an account.
pub(super) fn code_sent(username: &str, delivery: Option<&CodeDelivery>) -> String {
    let by_text = delivery.is_some_and(|delivery| delivery.medium == Some(Medium::Sms));
    let to = delivery
        .and_then(|delivery| delivery.destination.as_deref())
        .unwrap_or(username);
    let lead = if by_text {
        "We texted a code to "
    } else {
        "We sent a code to "
    };
    [lead, to, ". It may take a minute to arrive."].concat()
}

/// What is wrong with a code, in words for people.
pub(super) fn code_problem(code: &str) -> Option<&'static str> {
    match code.len() {
        0 => Some("Enter the code."),
        6 => None,
        _ => Some("The code has six digits."),
    }
}
