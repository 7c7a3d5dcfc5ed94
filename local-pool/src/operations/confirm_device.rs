//! ConfirmDevice.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Value, json};

use crate::pool::Pool;
use crate::pool::device::Device;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::random;
use crate::srp;
use crate::tokens::Bearer;

/// Base64 with its padding or, as AWS's own example for the command line has it, without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let prompts = pool.device_settings()?.only_remembered_on_user_prompt;
    let key = request.text("DeviceKey");
    if pool.user(&bearer.username)?.devices.contains_key(key) {
        let message = "Device key already exists.";
        return Err(ApiError::new("DeviceKeyExistsException", message));
    }
    let tokens = &pool.kept.tokens;
    let group_key = tokens.offered_group_key(&bearer.origin_jti, key);
    let group_key = group_key.ok_or_else(|| invalid_parameter("Invalid device key given."))?;
    let verifier = secret(request, "PasswordVerifier")?;
    srp::from_hex(&verifier).ok_or_else(|| invalid_parameter("Invalid PasswordVerifier."))?;
    let now = pool.now();
    let device = Device {
        key: key.to_owned(),
        group_key: group_key.to_owned(),
        name: request.given("DeviceName").map(str::to_owned),
        salt: secret(request, "Salt")?,
        verifier,
        remembered: !prompts,
        created_at: now,
        modified_at: now,
        last_authenticated_at: bearer.auth_time,
    };
    let user = pool.user_mut(&bearer.username)?;
    user.devices.insert(device.key.clone(), device);
    pool.kept.tokens.take_up_offer(&bearer.origin_jti);
    Ok(json!({"UserConfirmationNecessary": prompts}))
}

/// A member of DeviceSecretVerifierConfig, in hex.
fn secret(request: &Request, name: &str) -> Result<String, ApiError> {
    let given = request
        .value("DeviceSecretVerifierConfig")
        .and_then(|config| config.get(name))
        .and_then(Value::as_str)
        .unwrap_or_default();
    match BASE64.decode(given) {
        Ok(bytes) if !bytes.is_empty() => Ok(random::hex(&bytes)),
        _ => Err(invalid_parameter(format!("Invalid {name}."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::devices::{confirmation, remember_devices, signed_in};
    use crate::operations::testing::{perform, pool, refused, world};

    #[test]
    fn an_offered_device_is_remembered_at_once_or_after_the_users_word() {
        for prompts in [false, true] {
            let mut world = world();
            remember_devices(&mut world).only_remembered_on_user_prompt = prompts;
            let tokens = signed_in(&mut world, "user@example.com");
            let answer = perform(&mut world, "ConfirmDevice", confirmation(&tokens)).unwrap();
            assert_eq!(answer, json!({"UserConfirmationNecessary": prompts}));
            let user = pool(&mut world).find("user@example.com").unwrap();
            let device = user.devices.values().next().unwrap();
            assert_eq!(device.remembered, !prompts);
            assert_eq!(device.group_key, tokens["NewDeviceMetadata"]["DeviceGroupKey"]);
            assert_eq!((device.salt.as_str(), device.verifier.as_str()), ("00ff", "0102"));
            assert_eq!(device.name.as_deref(), Some("laptop"));
        }
    }

    #[test]
    fn a_key_stands_for_one_device_of_the_session_that_was_offered_it() {
        let mut world = world();
        remember_devices(&mut world);
        let [tokens, elsewhere, other] = ["user@example.com", "user@example.com", "admin@example.com"]
            .map(|email| signed_in(&mut world, email));
        for stranger in [&elsewhere, &other] {
            let mut input = confirmation(&tokens);
            input["AccessToken"] = stranger["AccessToken"].clone();
            let refusal = refused(&mut world, "ConfirmDevice", input);
            assert_eq!(refusal, invalid_parameter("Invalid device key given."));
        }
        perform(&mut world, "ConfirmDevice", confirmation(&tokens)).unwrap();
        let again = refused(&mut world, "ConfirmDevice", confirmation(&tokens));
        assert_eq!(again.kind, "DeviceKeyExistsException");
        // The offer is used up, even after the device was forgotten.
        let forget = json!({
            "AccessToken": tokens["AccessToken"],
            "DeviceKey": tokens["NewDeviceMetadata"]["DeviceKey"],
        });
        perform(&mut world, "ForgetDevice", forget).unwrap();
        let again = refused(&mut world, "ConfirmDevice", confirmation(&tokens));
        assert_eq!(again, invalid_parameter("Invalid device key given."));
    }

    #[test]
    fn salt_and_verifier_have_to_be_base64() {
        let mut world = world();
        remember_devices(&mut world);
        let tokens = signed_in(&mut world, "user@example.com");
        for (name, value) in [
            ("Salt", ""),
            ("Salt", "*"),
            ("PasswordVerifier", ""),
            ("PasswordVerifier", "A_-="),
            ("PasswordVerifier", &"A".repeat(2000)),
        ] {
            let mut input = confirmation(&tokens);
            input["DeviceSecretVerifierConfig"][name] = json!(value);
            let refusal = refused(&mut world, "ConfirmDevice", input);
            assert_eq!(refusal, invalid_parameter(format!("Invalid {name}.")), "{value}");
        }
        let mut input = confirmation(&tokens);
        input
            .as_object_mut()
            .unwrap()
            .remove("DeviceSecretVerifierConfig");
        let refusal = refused(&mut world, "ConfirmDevice", input);
        assert_eq!(refusal.kind, "InvalidParameterException");
        let mut unpadded = confirmation(&tokens);
        unpadded["DeviceSecretVerifierConfig"]["Salt"] = json!("AP8");
        assert!(perform(&mut world, "ConfirmDevice", unpadded).is_ok());
    }

    #[test]
    fn a_pool_that_remembers_no_devices_says_so() {
        let mut world = world();
        remember_devices(&mut world);
        let tokens = signed_in(&mut world, "user@example.com");
        let device = json!({
            "AccessToken": tokens["AccessToken"],
            "DeviceKey": tokens["NewDeviceMetadata"]["DeviceKey"],
        });
        pool(&mut world).kept.settings.devices = None;
        for operation in [
            "ConfirmDevice",
            "ForgetDevice",
            "GetDevice",
            "ListDevices",
            "UpdateDeviceStatus",
        ] {
            let refusal = refused(&mut world, operation, device.clone());
            assert_eq!(
                refusal.kind, "InvalidUserPoolConfigurationException",
                "{operation}"
            );
        }
    }
}
