import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { CLIENT_ID, POOL_ID, USER, usePool } from "../support/pool.mjs";
import { PASSWORD_FLOW, passwordAuth, sdk, send } from "../support/sdk.mjs";

const pool = usePool();
let client;
beforeEach(async () => {
  client = sdk(pool);
  await pool.client(PASSWORD_FLOW);
});

const GUEST = { email: "guest@example.com", password: "Hyacinth-7-days" };
const admin = (operation, input) => send(client, operation, { UserPoolId: POOL_ID, ...input });

test("the SDK creates a user, who chooses a password", async () => {
  const { User } = await admin("AdminCreateUser", {
    Username: GUEST.email,
    TemporaryPassword: "Temporary-43!",
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: GUEST.email },
      { Name: "email_verified", Value: "true" },
    ],
  });
  assert.equal(User.UserStatus, "FORCE_CHANGE_PASSWORD");
  assert.ok(User.UserCreateDate instanceof Date);
  const challenge = await passwordAuth(client, { ...GUEST, password: "Temporary-43!" });
  assert.equal(challenge.ChallengeName, "NEW_PASSWORD_REQUIRED");
  await admin("AdminSetUserPassword", { Username: GUEST.email, Password: GUEST.password, Permanent: true });
  assert.ok((await passwordAuth(client, GUEST)).AuthenticationResult);
  assert.equal((await admin("AdminGetUser", { Username: GUEST.email })).UserStatus, "CONFIRMED");
});

test("the SDK puts users into groups and takes them out", async () => {
  await admin("CreateGroup", { GroupName: "editors", Precedence: 1 });
  await admin("AdminAddUserToGroup", { GroupName: "editors", Username: USER.email });
  const groups = async () => {
    const { AuthenticationResult } = await passwordAuth(client, USER);
    const payload = JSON.parse(Buffer.from(AuthenticationResult.AccessToken.split(".")[1], "base64url"));
    return payload["cognito:groups"];
  };
  assert.deepEqual(await groups(), ["editors"]);
  await admin("AdminRemoveUserFromGroup", { GroupName: "editors", Username: USER.email });
  assert.equal(await groups(), undefined);
});

test("the SDK disables, enables and deletes a user", async () => {
  await admin("AdminDisableUser", { Username: USER.email });
  await assert.rejects(passwordAuth(client, USER), { name: "NotAuthorizedException" });
  await admin("AdminEnableUser", { Username: USER.email });
  await passwordAuth(client, USER);
  await admin("AdminDeleteUser", { Username: USER.email });
  await assert.rejects(passwordAuth(client, USER), { name: "NotAuthorizedException" });
  await assert.rejects(admin("AdminGetUser", { Username: USER.email }), { name: "UserNotFoundException" });
});

test("the SDK creates a pool and a client, and its users are of that pool", async () => {
  const { UserPool } = await send(client, "CreateUserPool", { PoolName: "another", UsernameAttributes: ["email"] });
  assert.notEqual(UserPool.Id, POOL_ID);
  const { UserPoolClient } = await send(client, "CreateUserPoolClient", {
    UserPoolId: UserPool.Id,
    ClientName: "another",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  assert.notEqual(UserPoolClient.ClientId, CLIENT_ID);
  const account = { ClientId: UserPoolClient.ClientId, Username: USER.email };
  await send(client, "SignUp", { ...account, Password: GUEST.password });
  await send(client, "AdminConfirmSignUp", { UserPoolId: UserPool.Id, Username: USER.email });
  const { AuthenticationResult } = await send(client, "InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: account.ClientId,
    AuthParameters: { USERNAME: USER.email, PASSWORD: GUEST.password },
  });
  const payload = JSON.parse(Buffer.from(AuthenticationResult.IdToken.split(".")[1], "base64url"));
  assert.ok(payload.iss.endsWith(`/${UserPool.Id}`));
  assert.equal(payload.aud, account.ClientId);
  await passwordAuth(client, USER);
});
