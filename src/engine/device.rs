//! Remembered devices: this one is registered at its first sign-in and proves itself at the next.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{AuthError, core::Engine};
use crate::{
    cognito::{ConfirmDevice, DeviceSecretVerifierConfig, NewDeviceMetadata, UpdateDeviceStatus},
    sign_in::RememberedDevice,
    srp::DeviceVerifier,
    token::{AccessToken, DevicePassword},
};

impl Engine {
    /// The device that was registered here for `username`.
    pub(super) async fn known_device(&self, username: &str) -> Option<RememberedDevice> {
        let text = self.ports().vault.load(&self.device_name(username)).await?;
        serde_json::from_str(&text).ok()
    }

    pub(super) async fn forget_known_device(&self, username: &str) {
        self.ports().vault.remove(&self.device_name(username)).await;
    }

    /// Registers this device (ConfirmDevice). Whether the pool wants the person to be asked if it is to be remembered;
    /// false if the device could not be registered, without which people sign in all the same.
    pub(super) async fn confirm_device(
        &self,
        username: &str,
        access_token: &AccessToken,
        device: NewDeviceMetadata,
    ) -> bool {
        let (mut secret, mut salt) = (Zeroizing::new([0; 40]), [0; 16]);
        let random = &self.ports().random;
        if random.fill(secret.as_mut()).is_err() || random.fill(&mut salt).is_err() {
            return false;
        }
        let password = DevicePassword::from(STANDARD.encode(secret.as_slice()));
        let verifier = DeviceVerifier::new(
            &device.device_group_key,
            &device.device_key,
            password.expose(),
            &salt,
        );
        let request = ConfirmDevice {
            access_token: access_token.clone(),
            device_key: device.device_key.clone(),
            device_secret_verifier_config: DeviceSecretVerifierConfig {
                salt: verifier.salt().to_owned(),
                password_verifier: verifier.password_verifier().to_owned(),
            },
            device_name: None,
        };
        let Ok(answer) = self.client().call(&request).await else {
            return false;
        };
        let known = RememberedDevice {
            key: device.device_key,
            group_key: device.device_group_key,
            password,
        };
        if let Ok(text) = serde_json::to_string(&known) {
            // Without a place to keep it the next sign-in is on a new device.
            let _ = self
                .ports()
                .vault
                .save(&self.device_name(username), Zeroizing::new(text))
                .await;
        }
        answer.user_confirmation_necessary
    }

    /// Has the pool remember this device, or not: only a remembered one spares the second factor (UpdateDeviceStatus).
    pub(super) async fn remember_device(&self, remember: bool) -> Result<(), AuthError> {
        let epoch = self.state().epoch;
        let device_key = self.session_device().ok_or(AuthError::NotSignedIn)?;
        self.with_access_token(|access_token| UpdateDeviceStatus {
            access_token,
            device_key: device_key.clone(),
            device_remembered_status: if remember { "remembered" } else { "not_remembered" },
        })
        .await?;
        {
            let mut state = self.state();
            if state.epoch == epoch
                && let Some(session) = &mut state.session
            {
                session.asks_to_remember_device = false;
            }
        }
        self.tell_session();
        Ok(())
    }

    /// The key of the device that the session is on.
    pub(super) fn session_device(&self) -> Option<String> {
        self.state()
            .session
            .as_ref()
            .filter(|session| !session.device_forgotten)
            .and_then(|session| session.device_key.clone())
    }

    /// Forgets the device of the session that `epoch` counts: the pool has.
    pub(super) async fn lose_device(&self, epoch: u64) {
        let login = {
            let mut state = self.state();
            if state.epoch != epoch {
                return;
            }
            let Some(session) = &mut state.session else {
                return;
            };
            session.device_forgotten = true;
            session.asks_to_remember_device = false;
            session.login.clone()
        };
        self.tell_session();
        self.forget_known_device(&login).await;
    }

    fn device_name(&self, username: &str) -> String {
        let config = self.config();
        let name = username.trim().to_lowercase();
        [
            "device",
            config.user_pool_id.as_str(),
            config.client_id.as_str(),
            &name,
        ]
        .join("/")
    }
}
