//! What ConfirmDevice registers, so that a remembered device can sign in with SRP.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{group, integer, kdf};

/// `DeviceSecretVerifierConfig` of ConfirmDevice. Both values may be known to the service only; from then on the
/// device answers DEVICE_PASSWORD_VERIFIER with [`Client::prove`](super::Client::prove), the DeviceGroupKey in
/// place of the pool's name and the DeviceKey in place of USER_ID_FOR_SRP.
#[derive(Clone)]
pub struct DeviceVerifier {
    salt: String,
    password_verifier: String,
}

impl DeviceVerifier {
    /// `device_group_key` and `device_key` come from `NewDeviceMetadata`. `password` is the device's own: 40
    /// random bytes in base64, to be kept by the caller. `salt` is 16 random bytes.
    pub fn new(device_group_key: &str, device_key: &str, password: &str, salt: &[u8; 16]) -> Self {
        let x = kdf::private_key(salt, device_group_key, device_key, password);
        Self {
            salt: STANDARD.encode(integer::signed(salt).as_slice()),
            password_verifier: STANDARD.encode(group::verifier(&x).as_slice()),
        }
    }

    /// `Salt`, base64.
    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// `PasswordVerifier`, base64.
    pub fn password_verifier(&self) -> &str {
        &self.password_verifier
    }
}

impl std::fmt::Debug for DeviceVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceVerifier([redacted])")
    }
}
