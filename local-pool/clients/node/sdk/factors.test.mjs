import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PHONE, givePhone, mfa } from "../support/admin.mjs";
import { ADMIN, CLIENT_ID, USER, otherThan, usePool } from "../support/pool.mjs";
import { PASSWORD_FLOW, answer, passwordAuth, sdk, send } from "../support/sdk.mjs";
import { nextTotp } from "../support/totp.mjs";

const pool = usePool();
let client;
beforeEach(async () => {
  client = sdk(pool);
  await pool.client(PASSWORD_FLOW);
});

const refused = { name: "NotAuthorizedException" };
const SWITCHED_ON = { Enabled: true, PreferredMfa: false };
const code = (Session, text, USERNAME = USER.email) =>
  answer(client, "SMS_MFA", Session, { USERNAME, SMS_MFA_CODE: text });

/** A sign-in that waits for a code by SMS. */
async function challenged({ email } = USER) {
  const challenge = await passwordAuth(client, { email, password: USER.password });
  assert.equal(challenge.ChallengeName, "SMS_MFA");
  return challenge.Session;
}

async function smsPool() {
  await givePhone(pool, USER.email);
  await mfa(pool, "ON", "SMS");
}

async function enrol(AccessToken) {
  const { SecretCode } = await send(client, "AssociateSoftwareToken", { AccessToken });
  const UserCode = await nextTotp(pool, SecretCode);
  await assert.rejects(send(client, "VerifySoftwareToken", { AccessToken, UserCode: otherThan(UserCode) }), {
    name: "EnableSoftwareTokenMFAException",
  });
  const { Status } = await send(client, "VerifySoftwareToken", { AccessToken, UserCode });
  assert.equal(Status, "SUCCESS");
  return SecretCode;
}

test("the SDK goes the whole way of Sessions through MFA_SETUP", async () => {
  await mfa(pool, "ON", "TOTP");
  const begun = await passwordAuth(client, USER);
  assert.equal(begun.ChallengeName, "MFA_SETUP");
  assert.deepEqual(JSON.parse(begun.ChallengeParameters.MFAS_CAN_SETUP), ["SOFTWARE_TOKEN_MFA"]);
  const setUp = (Session) => answer(client, "MFA_SETUP", Session, { USERNAME: USER.email });
  await assert.rejects(setUp(begun.Session), refused);
  const associated = await send(client, "AssociateSoftwareToken", { Session: begun.Session });
  await assert.rejects(send(client, "AssociateSoftwareToken", { Session: begun.Session }), refused);
  const verify = (Session, UserCode) => send(client, "VerifySoftwareToken", { Session, UserCode });
  const UserCode = await nextTotp(pool, associated.SecretCode);
  await assert.rejects(verify(begun.Session, UserCode), refused);
  await assert.rejects(verify(associated.Session, otherThan(UserCode)), { name: "EnableSoftwareTokenMFAException" });
  const verified = await verify(associated.Session, UserCode);
  assert.equal(verified.Status, "SUCCESS");
  assert.ok((await setUp(verified.Session)).AuthenticationResult.AccessToken);
  for (const { Session } of [begun, associated, verified]) await assert.rejects(setUp(Session), refused);
  const { ChallengeName, Session } = await passwordAuth(client, USER);
  assert.equal(ChallengeName, "SOFTWARE_TOKEN_MFA");
  const app = (SOFTWARE_TOKEN_MFA_CODE) =>
    answer(client, ChallengeName, Session, { USERNAME: USER.email, SOFTWARE_TOKEN_MFA_CODE });
  await assert.rejects(app(UserCode), { name: "ExpiredCodeException" });
  assert.ok((await app(await nextTotp(pool, associated.SecretCode))).AuthenticationResult);
});

test("the SDK selects a second factor", async () => {
  await mfa(pool, "OPTIONAL", "TOTP", "SMS");
  await givePhone(pool, USER.email);
  const { AccessToken } = (await passwordAuth(client, USER)).AuthenticationResult;
  const secret = await enrol(AccessToken);
  const settings = { SMSMfaSettings: SWITCHED_ON, SoftwareTokenMfaSettings: SWITCHED_ON };
  await send(client, "SetUserMFAPreference", { AccessToken, ...settings });
  const choose = async (ANSWER) => {
    const { ChallengeName, Session } = await passwordAuth(client, USER);
    assert.equal(ChallengeName, "SELECT_MFA_TYPE");
    return answer(client, ChallengeName, Session, { USERNAME: USER.email, ANSWER });
  };
  await assert.rejects(choose("EMAIL_OTP"), { name: "InvalidParameterException" });
  const sms = await choose("SMS_MFA");
  assert.ok((await code(sms.Session, await pool.code(PHONE))).AuthenticationResult);
  const app = await choose("SOFTWARE_TOKEN_MFA");
  const SOFTWARE_TOKEN_MFA_CODE = await nextTotp(pool, secret);
  const answers = { USERNAME: USER.email, SOFTWARE_TOKEN_MFA_CODE };
  assert.ok((await answer(client, app.ChallengeName, app.Session, answers)).AuthenticationResult);
});

test("the SDK's Session serves its user, its challenge and its client, once and for a time", async () => {
  await smsPool();
  const session = await challenged();
  const right = await pool.code(PHONE);
  await assert.rejects(code("made-up-".repeat(8), right), refused);
  await assert.rejects(code(session, right, ADMIN.email), refused);
  const other = { USERNAME: USER.email, SOFTWARE_TOKEN_MFA_CODE: right };
  await assert.rejects(answer(client, "SOFTWARE_TOKEN_MFA", session, other), refused);
  await assert.rejects(code(session, otherThan(right)), { name: "CodeMismatchException" });
  assert.ok((await code(session, right)).AuthenticationResult);
  await assert.rejects(code(session, right), refused);
  const late = await challenged();
  const unused = await pool.code(PHONE);
  await pool.advance(181);
  await assert.rejects(code(late, unused), refused);
});

test("the SDK turns SMS on and off in the old way", async () => {
  await givePhone(pool, USER.email);
  await mfa(pool, "OPTIONAL", "SMS");
  const { AccessToken } = (await passwordAuth(client, USER)).AuthenticationResult;
  const MFAOptions = [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }];
  await send(client, "SetUserSettings", { AccessToken, MFAOptions });
  const session = await challenged();
  assert.ok((await code(session, await pool.code(PHONE))).AuthenticationResult);
  await send(client, "SetUserSettings", { AccessToken, MFAOptions: [] });
  assert.ok((await passwordAuth(client, USER)).AuthenticationResult);
});

test("the SDK steps up to the level that is asked for", async () => {
  await pool.client({ explicit_auth_flows: ["ALLOW_USER_AUTH", ...PASSWORD_FLOW.explicit_auth_flows] });
  await mfa(pool, "OPTIONAL", "TOTP");
  const { AccessToken } = (await passwordAuth(client, USER)).AuthenticationResult;
  const secret = await enrol(AccessToken);
  const stepUp = (TARGET_ACR_VALUES, parameters = { ACCESS_TOKEN: AccessToken }) =>
    send(client, "InitiateAuth", {
      AuthFlow: "USER_AUTH",
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME: USER.email, TARGET_ACR_VALUES, ...parameters },
    });
  // Stepping up is no way to renew tokens.
  await assert.rejects(stepUp("urn:cognito:loa:1"), { name: "InvalidParameterException" });
  await send(client, "SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings: SWITCHED_ON });
  await assert.rejects(stepUp("urn:nobody:knows"), { name: "InvalidParameterException" });
  const others = (await passwordAuth(client, ADMIN)).AuthenticationResult.AccessToken;
  await assert.rejects(stepUp("urn:cognito:loa:4", { ACCESS_TOKEN: others }), refused);
  const { ChallengeName, Session } = await stepUp("urn:cognito:loa:4");
  assert.equal(ChallengeName, "SOFTWARE_TOKEN_MFA");
  const SOFTWARE_TOKEN_MFA_CODE = await nextTotp(pool, secret);
  const { AuthenticationResult } = await answer(client, ChallengeName, Session, {
    USERNAME: USER.email,
    SOFTWARE_TOKEN_MFA_CODE,
  });
  const claims = JSON.parse(Buffer.from(AuthenticationResult.IdToken.split(".")[1], "base64url"));
  assert.equal(claims.acr, "urn:cognito:loa:4");
});
