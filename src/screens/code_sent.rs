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

/// What a screen for the code of a sign-in is headed with, and a sentence about where the code went.
pub(super) fn sign_in_code_sent(delivery: &CodeDelivery) -> (&'static str, String) {
    let (title, lead) = match delivery.medium {
        Some(Medium::Email) => ("Check your email", "We sent a code"),
        Some(Medium::Sms) => ("Check your phone", "We texted a code"),
        Some(Medium::Other) | None => ("Enter your code", "We sent you a code"),
    };
    let (to, destination) = match &delivery.destination {
        Some(destination) => (" to ", destination.as_str()),
        None => ("", ""),
    };
    let sentence = [lead, to, destination, ". It may take a minute to arrive."].concat();
    (title, sentence)
}

/// What is wrong with a code of so many `digits`, in words for people.
pub(super) fn code_problem(code: &str, digits: usize) -> Option<&'static str> {
    match (code.len(), digits) {
        (0, _) => Some("Enter the code."),
        (typed, wanted) if typed == wanted => None,
        (_, 8) => Some("The code has eight digits."),
        _ => Some("The code has six digits."),
    }
}

/// The most digits that a code for a sign-in has.
pub(super) const LONGEST: usize = 8;

/// The same of a code for a sign-in. Nothing that AWS writes says how long those are, so what may be whole is for the
/// service to judge.
pub(super) fn sign_in_code_problem(code: &str, digits: usize) -> Option<&'static str> {
    match code.len() {
        6..=LONGEST => None,
        _ => code_problem(code, digits),
    }
}

#[cfg(test)]
mod tests {
    use super::{CodeDelivery, Medium, code_problem, sign_in_code_problem, sign_in_code_sent};

    #[test]
    fn where_a_code_went_is_told_as_far_as_it_is_known() {
        let sent = |medium, destination: Option<&str>| {
            let delivery = CodeDelivery {
                destination: destination.map(str::to_owned),
                medium,
                ..CodeDelivery::default()
            };
            sign_in_code_sent(&delivery).1
        };
        let rest = ". It may take a minute to arrive.";
        for (told, lead) in [
            (
                sent(Some(Medium::Sms), Some("+*******0100")),
                "We texted a code to +*******0100",
            ),
            (
                sent(Some(Medium::Email), Some("a***@e***")),
                "We sent a code to a***@e***",
            ),
            (sent(Some(Medium::Sms), None), "We texted a code"),
            (sent(None, None), "We sent you a code"),
            (sent(None, Some("a***@e***")), "We sent you a code to a***@e***"),
        ] {
            assert_eq!(told, [lead, rest].concat());
        }
    }

    #[test]
    fn a_code_has_as_many_digits_as_were_sent() {
        assert_eq!(code_problem("", 8), Some("Enter the code."));
        assert_eq!(code_problem("123456", 6), None);
        assert_eq!(code_problem("12345678", 8), None);
        assert_eq!(code_problem("12345", 6), Some("The code has six digits."));
        assert_eq!(code_problem("123456", 8), Some("The code has eight digits."));
    }

    #[test]
    fn a_sign_in_code_of_another_length_is_for_the_service_to_judge() {
        for digits in [6, 8] {
            assert_eq!(sign_in_code_problem("123456", digits), None);
            assert_eq!(sign_in_code_problem("12345678", digits), None);
            assert_eq!(sign_in_code_problem("", digits), Some("Enter the code."));
            assert!(sign_in_code_problem("12345", digits).is_some());
        }
    }
}
