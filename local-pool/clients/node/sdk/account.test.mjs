import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { beforeEach, test } from "node:test";
import { devices, firstFactors, passkeys } from "../support/admin.mjs";
import { Authenticator } from "../support/authenticator.mjs";
import { CLIENT_ID, POOL_ID, USER, otherThan, usePool } from "../support/pool.mjs";
import { PASSWORD_FLOW, answer, passwordAuth, sdk, send } from "../support/sdk.mjs";

const pool = usePool();
let client;
let AccessToken;
beforeEach(async () => {
  client = sdk(pool);
  await pool.client(PASSWORD_FLOW);
  ({ AccessToken } = (await passwordAuth(client, USER)).AuthenticationResult);
});

/** An operation with the access token. */
const own = (operation, input) => send(client, operation, { AccessToken, ...input });
const begin = (USERNAME, parameters) =>
  send(client, "InitiateAuth", {
    AuthFlow: "USER_AUTH",
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME, ...parameters },
  });

test("the SDK changes and verifies attributes", async () => {
  const Value = "moved@example.com";
  const { CodeDeliveryDetailsList } = await own("UpdateUserAttributes", {
    UserAttributes: [
      { Name: "email", Value },
      { Name: "name", Value: "Sun" },
    ],
  });
  assert.deepEqual(
    CodeDeliveryDetailsList.map(({ AttributeName, DeliveryMedium }) => [AttributeName, DeliveryMedium]),
    [["email", "EMAIL"]],
  );
  const first = await pool.code(Value);
  const verify = (Code) => own("VerifyUserAttribute", { AttributeName: "email", Code });
  await assert.rejects(verify(otherThan(first)), { name: "CodeMismatchException" });
  await own("GetUserAttributeVerificationCode", { AttributeName: "email" });
  await verify(await pool.code(Value));
  await own("DeleteUserAttributes", { UserAttributeNames: ["name"] });
  const { UserAttributes } = await own("GetUser");
  const attributes = Object.fromEntries(UserAttributes.map((attribute) => [attribute.Name, attribute.Value]));
  assert.equal(attributes.email, Value);
  assert.equal(attributes.email_verified, "true");
  assert.equal(attributes.name, undefined);
});

test("the SDK changes the password and deletes the account", async () => {
  const change = (PreviousPassword) => own("ChangePassword", { PreviousPassword, ProposedPassword: "Marigold-43!" });
  await assert.rejects(change("Sunflower-43!"), { name: "NotAuthorizedException" });
  await change(USER.password);
  await passwordAuth(client, { ...USER, password: "Marigold-43!" });
  await own("DeleteUser");
  await assert.rejects(own("GetUser"));
  await assert.rejects(passwordAuth(client, { ...USER, password: "Marigold-43!" }), { name: "NotAuthorizedException" });
});

test("the SDK lists the sessions and ends another", async () => {
  const other = (await passwordAuth(client, USER)).AuthenticationResult;
  const sessions = async () => (await own("ListUserSessions")).Sessions;
  const list = await sessions();
  assert.equal(list.length, 2);
  assert.ok(list.every(({ CreateDate, ClientId }) => CreateDate instanceof Date && ClientId === CLIENT_ID));
  const [here] = list.filter(({ IsCurrentSession }) => IsCurrentSession);
  const [there] = list.filter(({ IsCurrentSession }) => !IsCurrentSession);
  await assert.rejects(own("RevokeUserSession", { SessionId: here.SessionId }), { name: "InvalidParameterException" });
  await own("RevokeUserSession", { SessionId: there.SessionId });
  assert.deepEqual(
    (await sessions()).map(({ SessionId }) => SessionId),
    [here.SessionId],
  );
  await assert.rejects(send(client, "GetUser", { AccessToken: other.AccessToken }), { name: "NotAuthorizedException" });
  await assert.rejects(own("RevokeUserSession", { SessionId: there.SessionId }), { name: "ResourceNotFoundException" });
});

test("the SDK confirms, reads, updates, lists and forgets a device", async () => {
  await devices(pool, { onlyWhenTold: true });
  const { AuthenticationResult } = await passwordAuth(client, USER);
  ({ AccessToken } = AuthenticationResult);
  const { DeviceKey } = AuthenticationResult.NewDeviceMetadata;
  const DeviceSecretVerifierConfig = {
    PasswordVerifier: randomBytes(384).fill(1, 0, 1).toString("base64"),
    Salt: randomBytes(16).toString("base64"),
  };
  const confirmed = await own("ConfirmDevice", { DeviceKey, DeviceName: "laptop", DeviceSecretVerifierConfig });
  assert.equal(confirmed.UserConfirmationNecessary, true);
  await own("UpdateDeviceStatus", { DeviceKey, DeviceRememberedStatus: "remembered" });
  const { Device } = await own("GetDevice", { DeviceKey });
  assert.ok(Device.DeviceCreateDate instanceof Date);
  assert.ok(Device.DeviceAttributes.some(({ Name, Value }) => Name === "device_name" && Value === "laptop"));
  assert.equal((await own("ListDevices")).Devices.length, 1);
  await own("ForgetDevice", { DeviceKey });
  await assert.rejects(own("GetDevice", { DeviceKey }), { name: "ResourceNotFoundException" });
  await assert.rejects(own("ForgetDevice", { DeviceKey: `us-east-1_${crypto.randomUUID()}` }), {
    name: "ResourceNotFoundException",
  });
});

test("the SDK registers a passkey, signs in with it, lists and deletes it", async () => {
  await assert.rejects(own("StartWebAuthnRegistration"), { name: "WebAuthnNotEnabledException" });
  await passkeys(pool);
  const authenticator = new Authenticator();
  const bytes = (text) => Buffer.from(text, "base64url");
  const create = async () => {
    const { challenge, user, rp } = (await own("StartWebAuthnRegistration")).CredentialCreationOptions;
    const publicKey = { rp, challenge: bytes(challenge), user: { ...user, id: bytes(user.id) } };
    return (await authenticator.create({ publicKey })).toJSON();
  };
  const stale = await create();
  await own("CompleteWebAuthnRegistration", { Credential: await create() });
  await assert.rejects(own("CompleteWebAuthnRegistration", { Credential: stale }));
  const { ConfiguredUserAuthFactors } = await own("GetUserAuthFactors");
  assert.deepEqual(ConfiguredUserAuthFactors, ["PASSWORD", "WEB_AUTHN"]);

  const signIn = async () => {
    const { ChallengeName, Session, ChallengeParameters } = await begin(USER.email, {
      PREFERRED_CHALLENGE: "WEB_AUTHN",
    });
    const options = JSON.parse(ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS);
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    const CREDENTIAL = JSON.stringify((await authenticator.get({ publicKey })).toJSON());
    return answer(client, ChallengeName, Session, { USERNAME: USER.email, CREDENTIAL });
  };
  assert.ok((await signIn()).AuthenticationResult.AccessToken);
  authenticator.lying = true;
  await assert.rejects(signIn(), { name: "NotAuthorizedException" });

  const [{ CredentialId, CreatedAt }] = (await own("ListWebAuthnCredentials")).Credentials;
  assert.ok(CreatedAt instanceof Date);
  await own("DeleteWebAuthnCredential", { CredentialId });
  assert.deepEqual((await own("ListWebAuthnCredentials")).Credentials, []);
  await assert.rejects(own("DeleteWebAuthnCredential", { CredentialId }), { name: "ResourceNotFoundException" });
});

test("the SDK selects among first factors, and nobody learns who has an account", async () => {
  await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
  for (const email of [USER.email, "nobody@example.com"]) {
    const { ChallengeName, AvailableChallenges, Session } = await begin(email);
    assert.equal(ChallengeName, "SELECT_CHALLENGE");
    assert.deepEqual([...AvailableChallenges].sort(), ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
    const select = (ANSWER) => answer(client, ChallengeName, Session, { USERNAME: email, ANSWER });
    await assert.rejects(select("SMS_OTP"), { name: "InvalidParameterException" });
    const chosen = await select("EMAIL_OTP");
    assert.equal(chosen.ChallengeName, "EMAIL_OTP");
    const answers = { USERNAME: email, EMAIL_OTP_CODE: "00000000" };
    await assert.rejects(answer(client, "EMAIL_OTP", chosen.Session, answers), { name: "CodeMismatchException" });
  }
});

test("the SDK signs in with the Session that confirming gave", async () => {
  await firstFactors(pool, "PASSWORD", "EMAIL_OTP");
  const account = { ClientId: CLIENT_ID, Username: "guest@example.com" };
  const { Session } = await send(client, "SignUp", { ...account, Password: "Hyacinth-7-days" });
  const ConfirmationCode = await pool.code(account.Username);
  const confirmed = await send(client, "ConfirmSignUp", { ...account, ConfirmationCode, Session });
  const enter = (USERNAME) =>
    send(client, "InitiateAuth", {
      AuthFlow: "USER_AUTH",
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME },
      Session: confirmed.Session,
    });
  await assert.rejects(enter(USER.email), { name: "NotAuthorizedException" });
  assert.ok((await enter(account.Username)).AuthenticationResult.AccessToken);
  await assert.rejects(enter(account.Username), { name: "NotAuthorizedException" });
});

test("the SDK hears that there is no threat protection to give feedback to", async () => {
  const feedback = { UserPoolId: POOL_ID, Username: USER.email, EventId: "1", FeedbackToken: "a.b.c" };
  await assert.rejects(send(client, "UpdateAuthEventFeedback", { ...feedback, FeedbackValue: "Valid" }), {
    name: "UserPoolAddOnNotEnabledException",
  });
});
