use super::{
    super::{AuthError, core::Engine},
    AuthFactors, MfaPreference,
};
use crate::{
    cognito::{
        AssociateSoftwareToken, GetUser, GetUserAuthFactors, MfaSettings, SetUserMFAPreference,
        VerifySoftwareToken, WebAuthnMfaSettings,
    },
    config::{MfaMethod, known},
    token::{Code, TotpSecret},
};

impl MfaPreference {
    fn of(settings: &[String], preferred: Option<String>) -> Self {
        Self {
            enabled: known(settings),
            preferred: known(preferred.as_slice()).first().copied(),
        }
    }

    /// What has to be asked of `method` to get from `current` to this, if anything.
    fn change(&self, current: &Self, method: MfaMethod) -> Option<MfaSettings> {
        let settings = |preference: &Self| MfaSettings {
            enabled: preference.enabled.contains(&method),
            preferred_mfa: preference.preferred == Some(method),
        };
        Some(settings(self)).filter(|wanted| *wanted != settings(current))
    }
}

impl Engine {
    pub(super) async fn set_up_totp(&self) -> Result<TotpSecret, AuthError> {
        let associated = self
            .with_access_token(|access_token| AssociateSoftwareToken {
                access_token: Some(access_token),
                session: None,
            })
            .await?;
        Ok(associated.secret_code)
    }

    pub(super) async fn verify_totp(&self, code: Code, name: Option<String>) -> Result<(), AuthError> {
        let verified = self
            .with_access_token(|access_token| VerifySoftwareToken {
                access_token: Some(access_token),
                session: None,
                user_code: code.clone(),
                friendly_device_name: name.clone(),
            })
            .await?;
        if verified.status == "SUCCESS" {
            Ok(())
        } else {
            Err(AuthError::CodeMismatch)
        }
    }

    pub(super) async fn mfa_preference(&self) -> Result<MfaPreference, AuthError> {
        let user = self
            .with_access_token(|access_token| GetUser { access_token })
            .await?;
        Ok(MfaPreference::of(
            &user.user_mfa_setting_list,
            user.preferred_mfa_setting,
        ))
    }

    pub(super) async fn set_mfa_preference(&self, wanted: MfaPreference) -> Result<(), AuthError> {
        let epoch = self.state().epoch;
        let current = self.mfa_preference().await?;
        if wanted == current {
            return Ok(());
        }
        self.check_current(epoch)?;
        self.with_access_token(|access_token| SetUserMFAPreference {
            access_token,
            sms: wanted.change(&current, MfaMethod::Sms),
            software_token: wanted.change(&current, MfaMethod::Totp),
            email: wanted.change(&current, MfaMethod::Email),
            web_authn: None,
        })
        .await
        .map(drop)
    }

    pub(super) async fn set_passkey_mfa(&self, enabled: bool) -> Result<(), AuthError> {
        self.with_access_token(|access_token| SetUserMFAPreference {
            access_token,
            sms: None,
            software_token: None,
            email: None,
            web_authn: Some(WebAuthnMfaSettings { enabled }),
        })
        .await
        .map(drop)
    }

    pub(super) async fn auth_factors(&self) -> Result<AuthFactors, AuthError> {
        let answer = self
            .with_access_token(|access_token| GetUserAuthFactors { access_token })
            .await?;
        let configured = answer.configured_user_auth_factors;
        Ok(AuthFactors {
            factors: known(&configured),
            authenticator_app: configured.iter().any(|factor| factor == "SOFTWARE_TOKEN"),
            mfa: MfaPreference::of(&answer.user_mfa_setting_list, answer.preferred_mfa_setting),
        })
    }
}
