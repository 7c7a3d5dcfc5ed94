import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { usePool } from "../support/pool.mjs";
import { sdk, send } from "../support/sdk.mjs";

const pool = usePool();
let client;
beforeEach(() => {
  client = sdk(pool);
});

const ADA = { email: "ada@example.com", password: "Correct-horse-1843" };
const GRACE = { email: "grace@example.com", password: "Battery-staple-1906" };

/** A pool with a password policy and an attribute of its own, and what administers it. */
async function create() {
  const { UserPool } = await send(client, "CreateUserPool", {
    PoolName: "whole",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    Policies: { PasswordPolicy: { MinimumLength: 16 } },
    Schema: [{ Name: "team", AttributeDataType: "String", Mutable: true }],
  });
  return { id: UserPool.Id, admin: (operation, input) => send(client, operation, { UserPoolId: UserPool.Id, ...input }) };
}

async function createClient(admin) {
  const { UserPoolClient } = await admin("CreateUserPoolClient", {
    ClientName: "web",
    ReadAttributes: ["email", "custom:team"],
    WriteAttributes: ["email", "custom:team"],
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    AccessTokenValidity: 5,
    TokenValidityUnits: { AccessToken: "minutes" },
  });
  return UserPoolClient.ClientId;
}

const signIn = (ClientId, { email, password }) =>
  send(client, "InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId,
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));

test("the SDK sets up a pool, and its policy, attribute, group and client hold", async () => {
  const { id, admin } = await create();
  const ClientId = await createClient(admin);
  const account = { ClientId, Username: ADA.email };
  await assert.rejects(send(client, "SignUp", { ...account, Password: "Sunflower-42!" }), {
    name: "InvalidPasswordException",
  });
  const team = { Name: "custom:team", Value: "engines" };
  await send(client, "SignUp", { ...account, Password: ADA.password, UserAttributes: [team] });
  await admin("AdminConfirmSignUp", { Username: ADA.email });
  await admin("CreateGroup", { GroupName: "editors", Description: "who may write", Precedence: 2 });
  await admin("AdminAddUserToGroup", { GroupName: "editors", Username: ADA.email });
  const { AuthenticationResult } = await signIn(ClientId, ADA);
  assert.equal(AuthenticationResult.ExpiresIn, 300);
  const id_token = claims(AuthenticationResult.IdToken);
  assert.equal(id_token["custom:team"], "engines");
  assert.deepEqual(id_token["cognito:groups"], ["editors"]);
  assert.ok(id_token.iss.endsWith(`/${id}`));
});

test("the SDK reads and changes what it has set up", async () => {
  const { id, admin } = await create();
  const ClientId = await createClient(admin);
  const { UserPool } = await admin("DescribeUserPool");
  assert.equal(UserPool.Policies.PasswordPolicy.MinimumLength, 16);
  assert.ok(UserPool.SchemaAttributes.some(({ Name }) => Name === "custom:team"));
  await admin("AddCustomAttributes", { CustomAttributes: [{ Name: "desk", AttributeDataType: "Number" }] });
  await admin("UpdateUserPool", { Policies: { PasswordPolicy: { MinimumLength: 20 } } });
  const changed = (await admin("DescribeUserPool")).UserPool;
  assert.equal(changed.Policies.PasswordPolicy.MinimumLength, 20);
  assert.ok(changed.SchemaAttributes.some(({ Name }) => Name === "custom:desk"));
  const { UserPools } = await send(client, "ListUserPools", { MaxResults: 60 });
  assert.ok(UserPools.some(({ Id, Name }) => Id === id && Name === "whole"));

  await admin("UpdateUserPoolClient", { ClientId, ClientName: "site", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
  const { UserPoolClient } = await admin("DescribeUserPoolClient", { ClientId });
  assert.equal(UserPoolClient.ClientName, "site");
  await assert.rejects(signIn(ClientId, ADA), { name: "InvalidParameterException" });
  assert.equal((await admin("ListUserPoolClients", { MaxResults: 60 })).UserPoolClients.length, 1);
  await admin("DeleteUserPoolClient", { ClientId });
  await assert.rejects(admin("DescribeUserPoolClient", { ClientId }), { name: "ResourceNotFoundException" });

  await admin("SetUserPoolMfaConfig", {
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  assert.equal((await admin("GetUserPoolMfaConfig")).MfaConfiguration, "OPTIONAL");
  await admin("CreateUserPoolDomain", { Domain: "whole-pool" });
  assert.equal((await admin("DescribeUserPool")).UserPool.Domain, "whole-pool");
});

test("the SDK administers users", async () => {
  const { admin } = await create();
  const ClientId = await createClient(admin);
  for (const { email, password } of [ADA, GRACE]) {
    await admin("AdminCreateUser", { Username: email, MessageAction: "SUPPRESS" });
    await admin("AdminSetUserPassword", { Username: email, Password: password, Permanent: true });
  }
  await admin("AdminUpdateUserAttributes", {
    Username: ADA.email,
    UserAttributes: [
      { Name: "given_name", Value: "Ada" },
      { Name: "email_verified", Value: "true" },
    ],
  });
  const { Users } = await admin("ListUsers", { Filter: 'given_name = "Ada"' });
  assert.equal(Users.length, 1);
  const first = await admin("ListUsers", { Limit: 1 });
  const second = await admin("ListUsers", { Limit: 1, PaginationToken: first.PaginationToken });
  assert.notEqual(first.Users[0].Username, second.Users[0].Username);

  await admin("CreateGroup", { GroupName: "editors" });
  await admin("UpdateGroup", { GroupName: "editors", Description: "who may write" });
  assert.equal((await admin("GetGroup", { GroupName: "editors" })).Group.Description, "who may write");
  await admin("AdminAddUserToGroup", { GroupName: "editors", Username: GRACE.email });
  assert.equal((await admin("ListUsersInGroup", { GroupName: "editors" })).Users.length, 1);
  assert.equal((await admin("AdminListGroupsForUser", { Username: GRACE.email })).Groups.length, 1);
  await admin("DeleteGroup", { GroupName: "editors" });
  assert.deepEqual((await admin("ListGroups")).Groups, []);

  const { AccessToken } = (await signIn(ClientId, GRACE)).AuthenticationResult;
  await admin("AdminUserGlobalSignOut", { Username: GRACE.email });
  await assert.rejects(send(client, "GetUser", { AccessToken }), { name: "NotAuthorizedException" });
  await admin("AdminResetUserPassword", { Username: ADA.email });
  await assert.rejects(signIn(ClientId, ADA), { name: "PasswordResetRequiredException" });
  await assert.rejects(signIn(ClientId, { ...GRACE, password: ADA.password }), { name: "NotAuthorizedException" });
});

test("the SDK deletes a pool with all that is in it", async () => {
  const { admin } = await create();
  const ClientId = await createClient(admin);
  await send(client, "SignUp", { ClientId, Username: ADA.email, Password: ADA.password });
  await admin("DeleteUserPool");
  await assert.rejects(signIn(ClientId, ADA), { name: "ResourceNotFoundException" });
  await assert.rejects(admin("ListUsers"), { name: "ResourceNotFoundException" });
});
