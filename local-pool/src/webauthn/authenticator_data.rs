//! Authenticator data (WebAuthn Level 3, section 6.1).

use sha2::{Digest as _, Sha256};

use super::configuration::RelyingParty;
use super::refusal::Refusal;

pub(super) const FORM: &str = "authenticator data";

/// How deep extensions and keys may nest; they need two levels.
const CBOR_DEPTH: usize = 8;

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED_CREDENTIAL: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

/// What an authenticator signs beside the client data.
#[derive(Debug)]
pub(super) struct AuthenticatorData<'a> {
    relying_party_id_hash: &'a [u8],
    flags: u8,
    pub(super) sign_count: u32,
    pub(super) attested: Option<AttestedCredential<'a>>,
}

/// The credential that a registration made.
#[derive(Debug)]
pub(super) struct AttestedCredential<'a> {
    pub(super) aaguid: [u8; 16],
    pub(super) id: &'a [u8],
    /// A `COSE_Key`, encoded.
    pub(super) public_key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    /// Reads `bytes` to their end.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::read(bytes).ok_or(Refusal::Malformed(FORM))
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (relying_party_id_hash, rest) = bytes.split_at_checked(32)?;
        let (&flags, rest) = rest.split_first()?;
        let (sign_count, mut rest) = rest.split_first_chunk()?;
        let attested = if flags & ATTESTED_CREDENTIAL != 0 {
            Some(AttestedCredential::read(&mut rest)?)
        } else {
            None
        };
        if flags & EXTENSIONS != 0 {
            let extensions = take_cbor(&mut rest)?;
            cbor(extensions)?.as_map()?;
        }
        rest.is_empty().then_some(Self {
            relying_party_id_hash,
            flags,
            sign_count: u32::from_be_bytes(*sign_count),
            attested,
        })
    }

    /// Checks whom the authenticator answered, and how it saw the user.
    pub(super) fn check(&self, relying_party: &RelyingParty) -> Result<(), Refusal> {
        if self.relying_party_id_hash != Sha256::digest(&relying_party.id).as_slice() {
            return Err(Refusal::RelyingPartyMismatch);
        }
        if !self.has(USER_PRESENT) {
            return Err(Refusal::UserNotPresent);
        }
        if relying_party.requires_user_verification() && !self.has(USER_VERIFIED) {
            return Err(Refusal::UserNotVerified);
        }
        if self.backed_up() && !self.backup_eligible() {
            return Err(Refusal::Malformed(FORM));
        }
        Ok(())
    }

    pub(super) fn backup_eligible(&self) -> bool {
        self.has(BACKUP_ELIGIBLE)
    }

    pub(super) fn backed_up(&self) -> bool {
        self.has(BACKED_UP)
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl<'a> AttestedCredential<'a> {
    fn read(rest: &mut &'a [u8]) -> Option<Self> {
        let (aaguid, after) = rest.split_first_chunk()?;
        let (length, after) = after.split_first_chunk()?;
        let (id, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        *rest = after;
        Some(Self {
            aaguid: *aaguid,
            id,
            public_key: take_cbor(rest)?,
        })
    }
}

/// Takes one CBOR item off the front of `rest`, undecoded.
fn take_cbor<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let mut after = *rest;
    ciborium::de::from_reader_with_recursion_limit::<ciborium::Value, _>(&mut after, CBOR_DEPTH).ok()?;
    let (item, after) = rest.split_at_checked(rest.len().checked_sub(after.len())?)?;
    *rest = after;
    Some(item)
}

/// The one CBOR item that `bytes` are.
pub(super) fn cbor(mut bytes: &[u8]) -> Option<ciborium::Value> {
    let value = ciborium::de::from_reader_with_recursion_limit(&mut bytes, CBOR_DEPTH).ok()?;
    bytes.is_empty().then_some(value)
}
