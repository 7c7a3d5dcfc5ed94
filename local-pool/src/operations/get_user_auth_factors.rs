//! GetUserAuthFactors.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::sign_in::{choice, mfa};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, _: &Request) -> Outcome {
    let user = pool.user(&bearer.username)?;
    let mut answer = mfa::settings(user);
    answer.insert("Username".to_owned(), json!(user.username));
    let factors = choice::configured(pool, user);
    answer.insert("ConfiguredUserAuthFactors".to_owned(), json!(factors));
    Ok(Value::Object(answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::factors::{enrol, totp_pool};
    use crate::operations::testing::{perform, pool};
    use crate::pool::settings::AuthFactor;

    #[test]
    fn factors_are_those_that_the_user_can_begin_with_and_the_second_ones() {
        let (mut world, token) = totp_pool();
        let input = json!({"AccessToken": token});
        let factors = &mut pool(&mut world).kept.settings.allowed_first_auth_factors;
        *factors = vec![AuthFactor::Password, AuthFactor::EmailOtp, AuthFactor::SmsOtp];
        let answer = perform(&mut world, "GetUserAuthFactors", input.clone()).unwrap();
        let username = &pool(&mut world).find("user@example.com").unwrap().username;
        assert_eq!(
            answer,
            json!({"Username": username, "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP"]})
        );
        enrol(&mut world, &token);
        let preferred = json!({
            "AccessToken": token,
            "SoftwareTokenMfaSettings": {"Enabled": true, "PreferredMfa": true},
        });
        perform(&mut world, "SetUserMFAPreference", preferred).unwrap();
        let answer = perform(&mut world, "GetUserAuthFactors", input).unwrap();
        assert_eq!(answer["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
        assert_eq!(answer["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));
        assert_eq!(answer["ConfiguredUserAuthFactors"], json!(["PASSWORD"]));
    }
}
