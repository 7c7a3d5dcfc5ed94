//! What can be wrong with a PASSWORD_VERIFIER challenge.

use thiserror::Error;

/// Why a PASSWORD_VERIFIER challenge was not answered. No message holds any of the values.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SrpError {
    /// SRP_B is empty, not hexadecimal, or longer than the group's 3072 bits.
    #[error("the server's SRP_B is not an integer of the group")]
    PublicValueMalformed,
    /// SRP_B is 0 modulo N, which would give the session key away (RFC 5054, section 2.5.3).
    #[error("the server's SRP_B is zero")]
    PublicValueZero,
    /// The scrambling parameter u is 0, which would take the password out of the session key
    /// (RFC 2945, section 3).
    #[error("the scrambling parameter is zero")]
    ScramblerZero,
    /// SALT is empty, not hexadecimal, or longer than 3072 bits.
    #[error("the server's SALT is not a hexadecimal integer")]
    SaltMalformed,
    /// SECRET_BLOCK is empty or not base64.
    #[error("the server's SECRET_BLOCK is not base64")]
    SecretBlockMalformed,
}

impl SrpError {
    /// A stable name for logs and for looking up a message.
    pub fn code(self) -> &'static str {
        match self {
            Self::PublicValueMalformed => "srp_b_malformed",
            Self::PublicValueZero => "srp_b_zero",
            Self::ScramblerZero => "srp_u_zero",
            Self::SaltMalformed => "srp_salt_malformed",
            Self::SecretBlockMalformed => "srp_secret_block_malformed",
        }
    }
}
