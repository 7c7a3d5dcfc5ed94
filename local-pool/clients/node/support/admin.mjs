// Settings of the pool, by the operations that administrators use.
import { POOL_ID } from "./pool.mjs";
import { sdk, send } from "./sdk.mjs";

const SMS = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "local" };

export const PHONE = "+12065550100";

/** `mode` is OFF, OPTIONAL or ON; `kinds` are any of TOTP, SMS and EMAIL. */
export function mfa(pool, mode, ...kinds) {
  return send(sdk(pool), "SetUserPoolMfaConfig", {
    UserPoolId: POOL_ID,
    MfaConfiguration: mode,
    SoftwareTokenMfaConfiguration: { Enabled: kinds.includes("TOTP") },
    ...(kinds.includes("SMS") && { SmsMfaConfiguration: { SmsConfiguration: SMS } }),
    ...(kinds.includes("EMAIL") && { EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "Your code" } }),
  });
}

/** Remembers devices: always, or only when the user says so. */
export function devices(pool, { onlyWhenTold = false } = {}) {
  return send(sdk(pool), "UpdateUserPool", {
    UserPoolId: POOL_ID,
    AutoVerifiedAttributes: ["email"],
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: onlyWhenTold },
  });
}

/** Allows these first factors in USER_AUTH, and that flow. */
export async function firstFactors(pool, ...factors) {
  await send(sdk(pool), "UpdateUserPool", {
    UserPoolId: POOL_ID,
    AutoVerifiedAttributes: ["email"],
    SmsConfiguration: SMS,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } },
  });
  await pool.client({ explicit_auth_flows: ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
}

/** Gives a user a verified phone number. */
export function givePhone(pool, email) {
  return pool.user({ email, attributes: { phone_number: PHONE, phone_number_verified: "true" } });
}

/** Allows passkeys of `localhost` as the first factor. */
export async function passkeys(pool) {
  await firstFactors(pool, "PASSWORD", "WEB_AUTHN");
  await send(sdk(pool), "SetUserPoolMfaConfig", {
    UserPoolId: POOL_ID,
    MfaConfiguration: "OFF",
    WebAuthnConfiguration: { RelyingPartyId: "localhost", UserVerification: "required" },
  });
}

/** Asks for these custom challenges, in the pool's own words. */
export function customChallenges(pool, ...challenges) {
  return pool.settings({ custom_auth: { challenges, attempts: 3 } });
}
