use super::super::{AuthError, core::Engine};
use crate::{
    cognito::{
        Attribute, CodeDelivery, DeleteUserAttributes, GetUserAttributeVerificationCode,
        UpdateUserAttributes, VerifyUserAttribute,
    },
    token::Code,
};

impl Engine {
    pub(super) async fn update_attributes(
        &self,
        attributes: Vec<Attribute>,
    ) -> Result<Vec<CodeDelivery>, AuthError> {
        let epoch = self.state().epoch;
        let sent = self
            .with_access_token(|access_token| UpdateUserAttributes {
                access_token,
                user_attributes: attributes.clone(),
                client_metadata: self.client_metadata(),
            })
            .await?;
        self.renew_claims(epoch).await;
        Ok(sent.code_delivery_details_list)
    }

    pub(super) async fn delete_attributes(&self, names: Vec<String>) -> Result<(), AuthError> {
        let epoch = self.state().epoch;
        self.with_access_token(|access_token| DeleteUserAttributes {
            access_token,
            user_attribute_names: names.clone(),
        })
        .await?;
        self.renew_claims(epoch).await;
        Ok(())
    }

    pub(super) async fn send_attribute_code(&self, name: String) -> Result<CodeDelivery, AuthError> {
        let sent = self
            .with_access_token(|access_token| GetUserAttributeVerificationCode {
                access_token,
                attribute_name: name.clone(),
                client_metadata: self.client_metadata(),
            })
            .await?;
        Ok(sent.code_delivery_details)
    }

    pub(super) async fn confirm_attribute(&self, name: String, code: Code) -> Result<(), AuthError> {
        let epoch = self.state().epoch;
        self.with_access_token(|access_token| VerifyUserAttribute {
            access_token,
            attribute_name: name.clone(),
            code: code.clone(),
        })
        .await?;
        self.renew_claims(epoch).await;
        Ok(())
    }
}
