use super::{AuthError, SignUpRequest, Step, core::Engine};
use crate::{
    cognito::{
        CodeDelivery, CodeSent, CognitoError, ConfirmForgotPassword, ConfirmSignUp, ErrorKind,
        ForgotPassword, ResendConfirmationCode, SignUp,
    },
    token::{Code, Password},
};

impl Engine {
    pub(super) async fn sign_up(&self, request: SignUpRequest) -> Result<Step, AuthError> {
        let attempt = self.attempt();
        let SignUpRequest {
            username,
            password,
            attributes,
            validation_data,
        } = request;
        let request = SignUp {
            client_id: self.client_id(),
            username: username.clone(),
            password: password.clone(),
            user_attributes: attributes,
            validation_data,
            client_metadata: self.client_metadata(),
        };
        let answer = self.call(&request).await?;
        if answer.user_confirmed {
            return self.follow_up(attempt, username, password, answer.session).await;
        }
        self.keep_sign_up(attempt, &username, password, answer.session);
        Ok(Step::ConfirmSignUp {
            username,
            delivery: answer.code_delivery_details,
        })
    }

    pub(super) async fn confirm_sign_up(&self, username: String, code: Code) -> Result<Step, AuthError> {
        let attempt = self.attempt();
        let pending = self.take_sign_up(&username);
        let mut request = ConfirmSignUp {
            client_id: self.client_id(),
            username: username.clone(),
            confirmation_code: code,
            session: pending.as_ref().and_then(|pending| pending.session.clone()),
            client_metadata: self.client_metadata(),
        };
        let mut confirmed = self.call(&request).await;
        // The code lives far longer than the Session, and confirms without it.
        if confirmed
            .as_ref()
            .is_err_and(|error| *error == AuthError::SignInExpired)
            && request.session.take().is_some()
        {
            confirmed = self.call(&request).await;
        }
        let password = pending.as_ref().and_then(|pending| pending.password.clone());
        match confirmed {
            Ok(answer) => self.follow_up(attempt, username, password, answer.session).await,
            // The answer to the same code may have been lost: then the password tells whether it was.
            Err(AuthError::AlreadyConfirmed) if password.is_some() => {
                self.follow_up(attempt, username, password, None).await
            }
            Err(error) => {
                self.restore_sign_up(attempt, pending);
                Err(error)
            }
        }
    }

    pub(super) async fn resend_sign_up_code(&self, username: String) -> Result<CodeDelivery, AuthError> {
        let request = ResendConfirmationCode {
            client_id: self.client_id(),
            username,
            client_metadata: self.client_metadata(),
        };
        as_if_sent("ResendConfirmationCode", self.client().call(&request).await)
    }

    pub(super) async fn forgot_password(&self, username: String) -> Result<CodeDelivery, AuthError> {
        let request = ForgotPassword {
            client_id: self.client_id(),
            username,
            client_metadata: self.client_metadata(),
        };
        as_if_sent("ForgotPassword", self.client().call(&request).await)
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
            client_metadata: self.client_metadata(),
        };
        let attempt = self.attempt();
        self.call(&request).await?;
        self.follow_up(attempt, username, Some(new_password), None).await
    }
}

/// A code for an unknown user is as good as sent, since who has an account is nobody's business.
fn as_if_sent(operation: &str, answer: Result<CodeSent, CognitoError>) -> Result<CodeDelivery, AuthError> {
    match answer {
        Ok(sent) => Ok(sent.code_delivery_details),
        Err(CognitoError::Service {
            kind: ErrorKind::UserNotFound,
            ..
        }) => Ok(CodeDelivery::default()),
        Err(error) => Err(AuthError::from_service(operation, error)),
    }
}
