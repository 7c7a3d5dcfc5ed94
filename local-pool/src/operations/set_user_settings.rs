//! SetUserSettings: SMS as the second factor, the way that SetUserMFAPreference has replaced.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::settings::MfaConfiguration;
use crate::pool::user::MfaFactor;
use crate::protocol::{Outcome, Request, invalid_parameter};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let options = request.value("MFAOptions").and_then(Value::as_array);
    let options = options.map(Vec::as_slice).unwrap_or_default();
    let is_sms = |option: &Value| {
        let text = |name: &str| option.get(name).and_then(Value::as_str);
        text("DeliveryMedium") == Some("SMS") && text("AttributeName") == Some("phone_number")
    };
    if !options.iter().all(is_sms) {
        return Err(invalid_parameter(
            "MFAOptions can only deliver by SMS to phone_number.",
        ));
    }
    let wanted = !options.is_empty();
    let settings = &pool.settings().mfa;
    if wanted && !settings.has(MfaFactor::SmsMfa) {
        return Err(invalid_parameter("SMS MFA is not enabled for the user pool."));
    }
    let is_required = settings.configuration == MfaConfiguration::On;
    let user = pool.user(&bearer.username)?;
    if wanted && user.contact(Contact::PhoneNumber).is_none() {
        return Err(invalid_parameter(
            "User does not have delivery config set to turn on SMS_MFA",
        ));
    }
    if !wanted && user.mfa.sms && is_required {
        return Err(invalid_parameter(
            "SMS MFA cannot be turned off where the user pool requires MFA.",
        ));
    }
    let mfa = &mut pool.user_mut(&bearer.username)?.mfa;
    mfa.sms = wanted;
    if !wanted && mfa.preferred == Some(MfaFactor::SmsMfa) {
        mfa.preferred = None;
    }
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused, tokens, world};
    use crate::pool::attributes;

    const USER: &str = "user@example.com";

    #[test]
    fn sms_goes_on_and_off_where_it_can() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let sms = json!([{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]);
        let email = json!([{"DeliveryMedium": "EMAIL", "AttributeName": "email"}]);
        let input = |options: &Value| json!({"AccessToken": access, "MFAOptions": options});
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        let is_on = |world: &mut crate::world::World| pool(world).user(&username).unwrap().mfa.sms;
        for options in [&sms, &email] {
            let refusal = refused(&mut world, "SetUserSettings", input(options));
            assert_eq!(refusal.kind, "InvalidParameterException");
        }
        let mfa = &mut pool(&mut world).kept.settings.mfa;
        mfa.configuration = MfaConfiguration::Optional;
        mfa.sms = true;
        let refusal = refused(&mut world, "SetUserSettings", input(&sms));
        assert_eq!(
            refusal.message,
            "User does not have delivery config set to turn on SMS_MFA"
        );
        let user = pool(&mut world).user_mut(&username).unwrap();
        attributes::write(user, "phone_number", "+12025550199");
        perform(&mut world, "SetUserSettings", input(&sms)).unwrap();
        assert!(is_on(&mut world));
        pool(&mut world).kept.settings.mfa.configuration = MfaConfiguration::On;
        refused(&mut world, "SetUserSettings", input(&json!([])));
        assert!(is_on(&mut world));
        pool(&mut world).kept.settings.mfa.configuration = MfaConfiguration::Optional;
        perform(&mut world, "SetUserSettings", input(&json!([]))).unwrap();
        assert!(!is_on(&mut world));
    }
}
