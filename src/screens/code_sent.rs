//! Where a code went, in words.

use crate::auth::{CodeDelivery, Medium};

/// A sentence about the code that confirms a registration.
pub(super) fn sign_up_code_sent(username: &str, delivery: &CodeDelivery) -> String {
    let to = delivery.destination.as_deref().unwrap_or(username);
    let lead = if delivery.medium == Some(Medium::Sms) {
        "We texted a code to "
    } else {
        "We sent a code to "
    };
    [lead, to, ". It may take a minute to arrive."].concat()
}

/// A sentence about the code for a new password. It says the same whether or not there is such an account, so it
/// cannot say where the code went.
pub(super) fn reset_code_sent(username: &str) -> String {
    [
        "If ",
        username,
        " has an account, a code is on its way. It may take a minute to arrive.",
    ]
    .concat()
}

/// What is wrong with a code, in words for people.
pub(super) fn code_problem(code: &str) -> Option<&'static str> {
    match code.len() {
        0 => Some("Enter the code."),
        6 => None,
        _ => Some("The code has six digits."),
    }
}
