//! The identifiers of a user pool: its region, its id and its app client's id; and an identity pool's id.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is not the identifier it is meant to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{hint}")]
pub struct InvalidId {
    /// What is wrong with the text, and where to find the right one.
    pub hint: &'static str,
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $check:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a text that has the identifier's form.
            ///
            /// # Errors
            /// With a hint at the likely mistake, when it has not.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                match $check(text) {
                    Ok(()) => Ok(Self(text.to_owned())),
                    Err(hint) => Err(InvalidId { hint }),
                }
            }

            /// The identifier as Cognito writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

identifier!(
    /// An AWS region, such as `eu-central-1`: 5 to 32 lower-case letters, digits and hyphens
    /// (`RegionCodeType` of the service model).
    Region,
    check_region
);

identifier!(
    /// A user pool's id, such as `eu-central-1_AbCdEfGhI`: its region, an underscore and its name
    /// (`UserPoolIdType`: `[\w-]+_[0-9a-zA-Z]+`, at most 55 characters).
    UserPoolId,
    check_user_pool_id
);

identifier!(
    /// An app client's id (`ClientIdType`: `[\w+]+`, at most 128 characters). It is public.
    ClientId,
    check_client_id
);

identifier!(
    /// An identity pool's id, such as `eu-central-1:11111111-2222-3333-4444-555555555555`: its region, a colon and
    /// its name (`IdentityPoolId` of the service model `cognito-identity/2014-06-30`: `[\w-]+:[0-9a-f-]+`, at most 55
    /// characters).
    IdentityPoolId,
    check_identity_pool_id
);

impl Region {
    /// The domain under which AWS's own endpoints of this region are.
    #[must_use]
    pub fn dns_suffix(&self) -> &'static str {
        if self.0.starts_with("cn-") {
            "amazonaws.com.cn"
        } else if self.0.starts_with("eusc-") {
            "amazonaws.eu"
        } else {
            "amazonaws.com"
        }
    }
}

impl UserPoolId {
    /// The part before the underscore: the pool's region.
    #[must_use]
    pub fn region(&self) -> &str {
        self.0.rsplit_once('_').map_or("", |(region, _)| region)
    }

    /// The part after the underscore, which SRP hashes in place of the whole id.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('_').map_or("", |(_, name)| name)
    }
}

impl IdentityPoolId {
    /// The part before the colon: the pool's region, which may be another than the user pool's.
    #[must_use]
    pub fn region(&self) -> Region {
        // Checked when the id was.
        Region(self.0.split(':').next().unwrap_or_default().to_owned())
    }
}

fn check_region(text: &str) -> Result<(), &'static str> {
    general_mistake(text)?;
    let form = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    if (5..=32).contains(&text.len()) && text.bytes().all(form) && text.contains('-') {
        Ok(())
    } else {
        Err("An AWS region looks like eu-central-1.")
    }
}

fn check_user_pool_id(text: &str) -> Result<(), &'static str> {
    general_mistake(text)?;
    if let Some((region, name)) = text.rsplit_once('_') {
        let word = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
        if text.len() <= 55
            && !region.is_empty()
            && region.bytes().all(word)
            && !name.is_empty()
            && name.bytes().all(|c| c.is_ascii_alphanumeric())
        {
            return Ok(());
        }
    }
    Err(if looks_like_identity_pool_id(text) {
        "This is an identity pool id. The user pool id has an underscore: eu-central-1_AbCdEfGhI."
    } else if text.starts_with("https://") {
        "This is an address. Of an issuer's address, the user pool id is only the last part."
    } else if text.len() >= 20 && text.bytes().all(|c| c.is_ascii_alphanumeric()) {
        "This looks like an app client id: the two ids may have been swapped."
    } else {
        "A user pool id is a region, an underscore and letters or digits: eu-central-1_AbCdEfGhI."
    })
}

fn check_client_id(text: &str) -> Result<(), &'static str> {
    general_mistake(text)?;
    let form = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'+';
    if (1..=128).contains(&text.len()) && text.bytes().all(form) {
        return Ok(());
    }
    Err(if check_user_pool_id(text).is_ok() {
        "This is a user pool id: the two ids may have been swapped."
    } else if looks_like_identity_pool_id(text) {
        "This is an identity pool id. The app client id is letters and digits only."
    } else {
        "An app client id is letters and digits only, usually 26 of them."
    })
}

fn check_identity_pool_id(text: &str) -> Result<(), &'static str> {
    general_mistake(text)?;
    if let Some((region, name)) = text.split_once(':')
        && text.len() <= 55
        && check_region(region).is_ok()
        && !name.is_empty()
        && name
            .bytes()
            .all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f' | b'-'))
    {
        return Ok(());
    }
    Err(if check_user_pool_id(text).is_ok() {
        "This is a user pool id. The identity pool id has a colon and small letters."
    } else {
        "An identity pool id is a region, a colon and a UUID in small letters: \
         eu-central-1:11111111-2222-3333-4444-555555555555."
    })
}

/// Mistakes that are the same for every identifier.
fn general_mistake(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        Err("It is empty.")
    } else if text.trim().len() != text.len() {
        Err("There is white space before or after it.")
    } else if text.starts_with("arn:") {
        Err("This is an ARN: put the id alone, which is the part after the last slash.")
    } else if text.starts_with(['<', '{', '$', '[']) || text.to_ascii_uppercase().starts_with("YOUR") {
        Err("This is still the placeholder of a template.")
    } else {
        Ok(())
    }
}

/// `region:uuid`, as identity pools are named.
fn looks_like_identity_pool_id(text: &str) -> bool {
    text.split_once(':').is_some_and(|(region, uuid)| {
        region.contains('-') && uuid.len() == 36 && uuid.bytes().filter(|c| *c == b'-').count() == 4
    })
}
