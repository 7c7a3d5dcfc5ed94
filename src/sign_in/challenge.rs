//! What a sign-in asks of the person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    cognito::CodeDelivery,
    config::{Factor, MfaMethod},
    token::{Code, CustomAnswer, PasskeyAnswer, Password, TotpSecret},
};

/// A question of a sign-in under way. An [`Answer`] is what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Who signs in, as typed.
    pub username: String,
    /// What is asked.
    pub asks: Asks,
    /// Whether there may be another way: see [`Answer::AnotherWay`].
    pub other_way: bool,
    /// The question before it had run out and the sign-in was begun anew: codes that were sent before are void.
    pub renewed: bool,
}

/// The question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asks {
    /// The password (PASSWORD, PASSWORD_SRP). Answer: [`Answer::Password`].
    Password,
    /// A password of one's own (NEW_PASSWORD_REQUIRED). Answer: [`Answer::NewPassword`].
    NewPassword {
        /// Names of the attributes that the pool requires and the user lacks.
        missing_attributes: Vec<String>,
    },
    /// A code (SMS_MFA, EMAIL_OTP, SMS_OTP, SOFTWARE_TOKEN_MFA). Answer: [`Answer::Code`].
    Code(CodeAsked),
    /// How to prove who one is (SELECT_CHALLENGE). Answer: [`Answer::Factor`].
    ChooseFactor(Vec<Factor>),
    /// Which second factor to use (SELECT_MFA_TYPE). Answer: [`Answer::Mfa`].
    ChooseMfa(Vec<MfaMethod>),
    /// Which second factor to set up (MFA_SETUP). Answer: [`Answer::Mfa`].
    ChooseMfaSetup(Vec<MfaMethod>),
    /// An authenticator app is to be set up. Answer: [`Answer::Code`] with the app's code.
    SetUpTotp(TotpSecret),
    /// The address that codes are to be sent to. Answer: [`Answer::Email`].
    SetUpEmail,
    /// The pool's own question (CUSTOM_CHALLENGE). Answer: [`Answer::Custom`].
    Custom {
        /// What the pool's trigger says of it.
        parameters: BTreeMap<String, String>,
        /// The answer before was not accepted: the same is asked again.
        again: bool,
    },
    /// A passkey (WEB_AUTHN). Answer: [`Answer::Passkey`], or [`Answer::Factor`] to begin again.
    Passkey {
        /// PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.1) for `navigator.credentials.get`.
        options: String,
    },
}

/// What kind of code is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeAsked {
    /// Where it comes from.
    pub from: CodeFrom,
    /// How many digits it has.
    pub digits: u8,
    /// Whether it is a second factor; otherwise it stands for the password.
    pub is_mfa: bool,
}

/// Where a code comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeFrom {
    /// Sent by e-mail or text message.
    Sent(CodeDelivery),
    /// Shown by an authenticator app, which may have a name.
    App(Option<String>),
}

/// A person's answer to a [`Challenge`]. A choice made earlier may be made again at any later question: the sign-in
/// then begins anew and goes that way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// The password.
    Password(Password),
    /// The password chosen, and the attributes that were missing, by name.
    NewPassword {
        /// The password chosen.
        new_password: Password,
        /// The attributes that were missing.
        attributes: Vec<(String, String)>,
    },
    /// A code.
    Code(Code),
    /// The way to prove who one is.
    Factor(Factor),
    /// The second factor.
    Mfa(MfaMethod),
    /// An e-mail address.
    Email(String),
    /// To the pool's own question.
    Custom(CustomAnswer),
    /// What the passkey said: AuthenticationResponseJSON.
    Passkey(PasskeyAnswer),
    /// None: have a new code sent ([`CodeFrom::Sent`]).
    Resend,
    /// None: choose another way.
    AnotherWay,
}
