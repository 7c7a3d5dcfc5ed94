//! The e-mails and text messages that the pools "send".

use std::collections::VecDeque;

use serde::Serialize;

use crate::pool::contact::Contact;

const KEPT: usize = 200;

/// Why a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A code that confirms a sign-up.
    SignUp,
    /// A code that resets a password.
    Reset,
    /// A code that verifies an attribute.
    Verify,
    /// A code to sign in with.
    SignIn,
    /// A code as the second factor.
    Mfa,
    /// A code that a custom challenge asks for.
    Custom,
    /// A temporary password.
    Invitation,
}

impl Reason {
    fn words(self, code: &str, username: &str) -> (&'static str, String) {
        match self {
            Self::SignUp => (
                "Your verification code",
                format!("Your confirmation code is {code}"),
            ),
            Self::Reset => (
                "Your password reset code",
                format!("Your password reset code is {code}"),
            ),
            Self::Verify => (
                "Your verification code",
                format!("Your verification code is {code}"),
            ),
            Self::SignIn => ("Your sign-in code", format!("Your sign-in code is {code}")),
            Self::Mfa => (
                "Your authentication code",
                format!("Your authentication code is {code}"),
            ),
            Self::Custom => ("Your code", format!("Your code is {code}")),
            Self::Invitation => (
                "Your temporary password",
                format!("Your username is {username} and temporary password is {code}"),
            ),
        }
    }
}

/// One message.
#[derive(Clone, Serialize)]
pub(crate) struct Mail {
    /// Counts up from 1.
    pub(crate) id: u64,
    /// `EMAIL` or `SMS`.
    pub(crate) medium: &'static str,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// The code, or the temporary password of an invitation.
    pub(crate) code: String,
    /// The pool's time, in seconds since the epoch.
    pub(crate) at: i64,
    #[serde(skip)]
    pub(crate) reason: Reason,
}

/// What to send, and where.
pub(crate) struct Message<'a> {
    pub(crate) contact: Contact,
    pub(crate) to: &'a str,
    pub(crate) username: &'a str,
    pub(crate) reason: Reason,
    pub(crate) code: &'a str,
}

/// The messages, newest first.
#[derive(Default)]
pub(crate) struct Mailbox {
    mails: VecDeque<Mail>,
    sent: u64,
}

impl Mailbox {
    /// Delivers a message.
    pub(crate) fn deliver(&mut self, message: &Message<'_>, at: i64) {
        let (subject, text) = message.reason.words(message.code, message.username);
        self.sent += 1;
        self.mails.push_front(Mail {
            id: self.sent,
            medium: message.contact.medium(),
            to: message.to.to_owned(),
            subject: subject.to_owned(),
            text,
            code: message.code.to_owned(),
            at,
            reason: message.reason,
        });
        self.mails.truncate(KEPT);
    }

    /// The messages, newest first.
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
            let message = Message {
                contact: Contact::Email,
                to: "user@example.com",
                username: "ada",
                reason: Reason::SignUp,
                code: "123456",
            };
            mailbox.deliver(&message, at);
        }
        assert_eq!(mailbox.mails().count(), KEPT);
        let newest = mailbox.mails().next().unwrap();
        assert_eq!((newest.id, newest.medium), (201, "EMAIL"));
        assert_eq!(newest.text, "Your confirmation code is 123456");
    }
}
