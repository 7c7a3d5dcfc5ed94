//! The mail that the pool "sends".

use std::collections::VecDeque;

use serde::Serialize;

use crate::codes::Purpose;

const KEPT: usize = 200;

/// One mail.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Mail {
    /// Counts up from 1.
    pub(crate) id: u64,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) code: String,
    /// The pool's time, in seconds since the epoch.
    pub(crate) at: i64,
}

/// The mails, newest first.
#[derive(Default)]
pub(crate) struct Mailbox {
    mails: VecDeque<Mail>,
    sent: u64,
}

impl Mailbox {
    /// Delivers a code.
    pub(crate) fn deliver(&mut self, to: &str, purpose: Purpose, code: &str, at: i64) {
        let (subject, text) = match purpose {
            Purpose::SignUp => (
                "Your verification code",
                format!("Your confirmation code is {code}"),
            ),
            Purpose::Reset => (
                "Your password reset code",
                format!("Your password reset code is {code}"),
            ),
        };
        self.sent += 1;
        self.mails.push_front(Mail {
            id: self.sent,
            to: to.to_owned(),
            subject: subject.to_owned(),
            text,
            code: code.to_owned(),
            at,
        });
        self.mails.truncate(KEPT);
    }

    /// The mails, newest first.
    pub(crate) fn mails(&self) -> impl Iterator<Item = &Mail> {
        self.mails.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_mail_comes_first_and_old_ones_go() {
        let mut mailbox = Mailbox::default();
        for at in 0..=i64::try_from(KEPT).unwrap() {
            mailbox.deliver("user@example.com", Purpose::SignUp, "123456", at);
        }
        assert_eq!(mailbox.mails().count(), KEPT);
        assert_eq!(mailbox.mails().next().unwrap().id, 201);
        assert_eq!(
            mailbox.mails().next().unwrap().text,
            "Your confirmation code is 123456"
        );
    }
}
