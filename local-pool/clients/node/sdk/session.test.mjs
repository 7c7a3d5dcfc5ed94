import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { verified } from "../support/jwt.mjs";
import { CLIENT_ID, USER, NEWCOMER, otherThan, usePool } from "../support/pool.mjs";
import { PASSWORD_FLOW, passwordAuth, sdk, send } from "../support/sdk.mjs";

const pool = usePool();
let client;
beforeEach(async () => {
  client = sdk(pool);
  await pool.client(PASSWORD_FLOW);
});

const tokens = async () => (await passwordAuth(client, USER)).AuthenticationResult;
const rotate = (RefreshToken) => send(client, "GetTokensFromRefreshToken", { ClientId: CLIENT_ID, RefreshToken });
const refresh = (token) =>
  send(client, "InitiateAuth", {
    AuthFlow: "REFRESH_TOKEN_AUTH",
    ClientId: CLIENT_ID,
    AuthParameters: { REFRESH_TOKEN: token },
  });

test("the SDK signs in with a password and reads the user", async () => {
  const { ChallengeName, AuthenticationResult } = await passwordAuth(client, USER);
  assert.equal(ChallengeName, undefined);
  assert.equal(AuthenticationResult.TokenType, "Bearer");
  assert.equal(AuthenticationResult.ExpiresIn, 3600);
  const { sub } = await verified(pool, AuthenticationResult.IdToken);
  const { UserAttributes, $metadata } = await send(client, "GetUser", { AccessToken: AuthenticationResult.AccessToken });
  assert.ok(UserAttributes.some(({ Name, Value }) => Name === "sub" && Value === sub));
  assert.match($metadata.requestId, /^[0-9a-f-]{36}$/);
});

test("the SDK gives errors their classes", async () => {
  await assert.rejects(passwordAuth(client, { ...USER, password: "Sunflower-43!" }), {
    name: "NotAuthorizedException",
    message: "Incorrect username or password.",
    $fault: "client",
  });
  await assert.rejects(send(client, "GetUser", { AccessToken: "a.b.c" }), { name: "NotAuthorizedException" });
  await assert.rejects(
    send(client, "SignUp", { ClientId: "nobodysclient", Username: "guest@example.com", Password: USER.password }),
    { name: "ResourceNotFoundException" },
  );
});

test("the SDK refreshes in both ways", async () => {
  const { RefreshToken, AccessToken } = await tokens();
  const origin = await verified(pool, AccessToken);
  for (const way of [refresh, rotate]) {
    const { AuthenticationResult } = await way(RefreshToken);
    assert.equal(AuthenticationResult.RefreshToken, undefined);
    const access = await verified(pool, AuthenticationResult.AccessToken);
    assert.equal(access.origin_jti, origin.origin_jti);
  }
});

test("the SDK's refresh token is replaced where tokens rotate, and its reuse is noticed", async () => {
  await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 10 } });
  const first = (await tokens()).RefreshToken;
  const second = (await rotate(first)).AuthenticationResult.RefreshToken;
  assert.ok(second);
  assert.notEqual(second, first);
  assert.ok((await rotate(first)).AuthenticationResult.RefreshToken);
  await pool.advance(11);
  await assert.rejects(rotate(first), { name: "RefreshTokenReuseException" });
});

test("the SDK cannot refresh by InitiateAuth where tokens rotate", async () => {
  await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 0 } });
  await assert.rejects(refresh((await tokens()).RefreshToken));
});

test("the SDK's refresh token ends with its validity", async () => {
  await pool.client({ refresh_token_validity_seconds: 3600 });
  const { RefreshToken } = await tokens();
  await pool.advance(3601);
  await assert.rejects(refresh(RefreshToken), { name: "NotAuthorizedException" });
});

test("the SDK revokes one session and leaves the other", async () => {
  const [one, other] = [await tokens(), await tokens()];
  await send(client, "RevokeToken", { ClientId: CLIENT_ID, Token: one.RefreshToken });
  await assert.rejects(refresh(one.RefreshToken), { name: "NotAuthorizedException" });
  await assert.rejects(send(client, "GetUser", { AccessToken: one.AccessToken }), { name: "NotAuthorizedException" });
  await refresh(other.RefreshToken);
  await send(client, "GetUser", { AccessToken: other.AccessToken });
  await assert.rejects(send(client, "RevokeToken", { ClientId: CLIENT_ID, Token: other.AccessToken }), {
    name: "UnsupportedTokenTypeException",
  });
});

test("the SDK signs all sessions out", async () => {
  const [one, other] = [await tokens(), await tokens()];
  await send(client, "GlobalSignOut", { AccessToken: one.AccessToken });
  for (const { RefreshToken, AccessToken } of [one, other]) {
    await assert.rejects(refresh(RefreshToken), { name: "NotAuthorizedException" });
    await assert.rejects(send(client, "GetUser", { AccessToken }), { name: "NotAuthorizedException" });
  }
});

test("the SDK signs up, confirms and resets a password", async () => {
  const guest = { email: "guest@example.com", password: "Hyacinth-7-days" };
  const account = { ClientId: CLIENT_ID, Username: guest.email };
  const signedUp = await send(client, "SignUp", {
    ...account,
    Password: guest.password,
    UserAttributes: [{ Name: "email", Value: guest.email }],
  });
  assert.equal(signedUp.UserConfirmed, false);
  await send(client, "ResendConfirmationCode", account);
  const code = await pool.code(guest.email);
  await assert.rejects(send(client, "ConfirmSignUp", { ...account, ConfirmationCode: otherThan(code) }), {
    name: "CodeMismatchException",
  });
  await send(client, "ConfirmSignUp", { ...account, ConfirmationCode: code });
  await passwordAuth(client, guest);
  await send(client, "ForgotPassword", account);
  const reset = { ...account, ConfirmationCode: await pool.code(guest.email), Password: "Marigold-43!" };
  await send(client, "ConfirmForgotPassword", reset);
  await passwordAuth(client, { ...guest, password: "Marigold-43!" });
  await assert.rejects(send(client, "ConfirmForgotPassword", reset), { name: "ExpiredCodeException" });
});

test("the SDK answers NEW_PASSWORD_REQUIRED, and its Session serves once", async () => {
  const { ChallengeName, Session, ChallengeParameters } = await passwordAuth(client, NEWCOMER);
  assert.equal(ChallengeName, "NEW_PASSWORD_REQUIRED");
  const answer = {
    ChallengeName,
    Session,
    ClientId: CLIENT_ID,
    ChallengeResponses: { USERNAME: ChallengeParameters.USER_ID_FOR_SRP, NEW_PASSWORD: "Marigold-43!" },
  };
  const { AuthenticationResult } = await send(client, "RespondToAuthChallenge", answer);
  assert.ok(AuthenticationResult.AccessToken);
  await assert.rejects(send(client, "RespondToAuthChallenge", answer), { name: "NotAuthorizedException" });
});
