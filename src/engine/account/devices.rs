use super::{
    super::{AuthError, core::Engine},
    MOST_PAGES, endless,
};
use crate::cognito::{Device, ForgetDevice, GetDevice, ListDevices};

/// The most that a page can have.
const PAGE: u8 = 60;

impl Engine {
    pub(super) async fn devices(&self) -> Result<Vec<Device>, AuthError> {
        let epoch = self.state().epoch;
        let (mut devices, mut pagination_token) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let page = self
                .with_access_token(|access_token| ListDevices {
                    access_token,
                    limit: PAGE,
                    pagination_token: pagination_token.clone(),
                })
                .await?;
            self.check_current(epoch)?;
            devices.extend(page.devices.into_iter().map(|device| self.marked(device)));
            pagination_token = page.pagination_token;
            if pagination_token.is_none() {
                return Ok(devices);
            }
        }
        Err(endless())
    }

    pub(super) async fn device(&self, device_key: String) -> Result<Device, AuthError> {
        let found = self
            .with_access_token(|access_token| GetDevice {
                access_token,
                device_key: device_key.clone(),
            })
            .await?;
        Ok(self.marked(found.device))
    }

    fn marked(&self, device: Device) -> Device {
        Device {
            is_current: self.session_device().as_ref() == Some(&device.device_key),
            ..device
        }
    }

    pub(super) async fn forget_device(&self, device_key: Option<String>) -> Result<(), AuthError> {
        let epoch = self.state().epoch;
        if self.state().session.is_none() {
            return Err(AuthError::NotSignedIn);
        }
        let here = self.session_device();
        let device_key = device_key
            .or_else(|| here.clone())
            .ok_or(AuthError::AlreadyGone)?;
        let forgotten = self
            .with_access_token(|access_token| ForgetDevice {
                access_token,
                device_key: device_key.clone(),
            })
            .await;
        if here.as_ref() == Some(&device_key) && matches!(forgotten, Ok(_) | Err(AuthError::AlreadyGone)) {
            self.lose_device(epoch).await;
        }
        forgotten.map(drop)
    }
}
