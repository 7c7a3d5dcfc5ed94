use super::{AuthError, Step, core::Engine};
use crate::{
    cognito::{
        Attribute, CodeDelivery, CognitoError, ConfirmForgotPassword, ConfirmSignUp, ErrorKind,
        ForgotPassword, ResendConfirmationCode, SignUp,
    },
    token::{Code, Password},
};

impl Engine {
    pub(super) async fn sign_up(
        &self,
        username: String,
        password: Password,
        attributes: Vec<Attribute>,
    ) -> Result<Step, AuthError> {
        let attempt = self.attempt();
        let request = SignUp {
            client_id: self.client_id(),
            username: username.clone(),
            password: password.clone(),
            user_attributes: attributes,
        };
        let answer = self.client().call(&request).await?;
        if answer.user_confirmed {
            return self.follow_up(attempt, username, password).await;
        }
        self.keep_password(attempt, &username, password);
        Ok(Step::ConfirmSignUp {
            username,
            delivery: answer.code_delivery_details,
        })
    }

    pub(super) async fn confirm_sign_up(&self, username: String, code: Code) -> Result<Step, AuthError> {
        let request = ConfirmSignUp {
            client_id: self.client_id(),
            username: username.clone(),
            confirmation_code: code,
        };
        let attempt = self.attempt();
        let confirmed = self.client().call(&request).await.map_err(hide_unknown_user);
        match confirmed {
            // The answer to the same code may have been lost: then the password tells whether it was.
            Ok(_) | Err(AuthError::AlreadyConfirmed) => match self.take_kept_password(&username) {
                Some(password) => self.follow_up(attempt, username, password).await,
                None => confirmed.map(|_| Step::SignIn { username }),
            },
            Err(error) => Err(error),
        }
    }

    pub(super) async fn resend_sign_up_code(&self, username: String) -> Result<CodeDelivery, AuthError> {
        let request = ResendConfirmationCode {
            client_id: self.client_id(),
            username,
        };
        as_if_sent(
            self.client()
                .call(&request)
                .await
                .map(|answer| answer.code_delivery_details),
        )
    }

    pub(super) async fn forgot_password(&self, username: String) -> Result<CodeDelivery, AuthError> {
        let request = ForgotPassword {
            client_id: self.client_id(),
            username,
        };
        as_if_sent(
            self.client()
                .call(&request)
                .await
                .map(|answer| answer.code_delivery_details),
        )
    }

    pub(super) async fn reset_password(
        &self,
        username: String,
        code: Code,
        new_password: Password,
    ) -> Result<Step, AuthError> {
        let request = ConfirmForgotPassword {
            client_id: self.client_id(),
            username: username.clone(),
            confirmation_code: code,
            password: new_password.clone(),
        };
        let attempt = self.attempt();
        self.client().call(&request).await.map_err(hide_unknown_user)?;
        self.follow_up(attempt, username, new_password).await
    }
}

/// With a code, an unknown user looks like a wrong code: who has an account is nobody's business.
fn hide_unknown_user(error: CognitoError) -> AuthError {
    match error {
        CognitoError::Service {
            kind: ErrorKind::UserNotFound,
            ..
        } => AuthError::CodeMismatch,
        error => error.into(),
    }
}

/// A code for an unknown user is as good as sent, for the same reason.
fn as_if_sent(answer: Result<CodeDelivery, CognitoError>) -> Result<CodeDelivery, AuthError> {
    match answer {
        Err(CognitoError::Service {
            kind: ErrorKind::UserNotFound,
            ..
        }) => Ok(CodeDelivery::default()),
        answer => answer.map_err(AuthError::from),
    }
}
