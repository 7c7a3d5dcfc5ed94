use super::super::{AuthError, SignedOutWhy, core::Engine};
use crate::{
    cognito::{ChangePassword, DeleteUser},
    token::Password,
};

impl Engine {
    pub(super) async fn change_password(
        &self,
        previous: Option<Password>,
        proposed: Password,
    ) -> Result<(), AuthError> {
        self.with_access_token(|access_token| ChangePassword {
            access_token,
            previous_password: previous.clone(),
            proposed_password: proposed.clone(),
        })
        .await
        .map(drop)
    }

    pub(super) async fn delete_user(&self) -> Result<(), AuthError> {
        let epoch = self.state().epoch;
        self.with_access_token(|access_token| DeleteUser { access_token })
            .await?;
        self.lose_device(epoch).await;
        self.end_if_current(epoch, SignedOutWhy::SignedOut);
        Ok(())
    }
}
