import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Browser } from "../support/browser.mjs";
import { verified } from "../support/jwt.mjs";
import { SCOPE, begun, oidc } from "../support/oidc.mjs";
import { CLIENT_ID, USER, usePool } from "../support/pool.mjs";
import { sdk, send } from "../support/sdk.mjs";

const pool = usePool();
let client;
let browser;
beforeEach(() => {
  client = oidc(pool);
  browser = new Browser(pool);
});

const signIn = async () => client.processSigninResponse(await browser.signIn(await begun(client)));
const refresh = (session) => client.useRefreshToken({ state: { ...session, scope: SCOPE } });

test("oidc-client-ts refreshes a session", async () => {
  const session = await signIn();
  await pool.advance(1800);
  const fresh = await refresh(session);
  const [old, now] = await Promise.all([session, fresh].map(({ access_token }) => verified(pool, access_token)));
  assert.equal(now.sub, old.sub);
  assert.equal(now.auth_time, old.auth_time);
  assert.ok(now.iat >= old.iat + 1800);
  assert.equal(fresh.profile.email, USER.email);
});

test("a session ends with its refresh token", async () => {
  const session = await signIn();
  await pool.advance(30 * 86_400);
  await assert.rejects(refresh(session), { error: "invalid_grant" });
});

test("oidc-client-ts loads the user's attributes", async () => {
  client = oidc(pool, { loadUserInfo: true });
  const { profile } = await signIn();
  assert.equal(profile.username, profile["cognito:username"]);
});

test("oidc-client-ts revokes a session", async () => {
  const session = await signIn();
  await client.revokeToken(session.refresh_token, "refresh_token");
  await assert.rejects(refresh(session), { error: "invalid_grant" });
  const authorization = `Bearer ${session.access_token}`;
  const response = await fetch(`${pool.url}/oauth2/userInfo`, { headers: { authorization } });
  assert.equal(response.status, 401);
  await assert.rejects(client.revokeToken(session.access_token, "access_token"), /unsupported_token_type|400/);
});

test("logging out ends the browser's session, and leads to the client or to a new sign-in", async () => {
  await signIn();
  const logout_uri = "http://localhost:8080/";
  const { url } = await client.createSignoutRequest({ extraQueryParams: { client_id: CLIENT_ID, logout_uri } });
  assert.equal((await browser.go(url)).location, logout_uri);
  const silent = await browser.go(await begun(client, { prompt: "none" }));
  await assert.rejects(client.processSigninResponse(silent.location), { error: "login_required" });

  await signIn();
  const request = (await begun(client)).replace("/oauth2/authorize?", "/logout?");
  const page = await browser.go(request);
  assert.equal(page.status, 200);
  assert.ok(page.address.startsWith(`${pool.url}/login?`));
  const { location } = await browser.submit(page, { username: USER.email, password: USER.password });
  assert.equal((await client.processSigninResponse(location)).profile.email, USER.email);

  const elsewhere = `${pool.url}/logout?client_id=${CLIENT_ID}&logout_uri=https://evil.example/`;
  assert.equal((await browser.go(elsewhere)).location, null);
});

test("the SDK renews and ends sessions of the hosted page", async () => {
  const api = sdk(pool);
  await pool.client({ refresh_token_rotation: { enabled: true, retry_grace_period_seconds: 0 } });
  const { refresh_token, access_token } = await signIn();
  const { AuthenticationResult: next } = await send(api, "GetTokensFromRefreshToken", {
    ClientId: CLIENT_ID,
    RefreshToken: refresh_token,
  });
  assert.equal((await verified(pool, next.AccessToken)).scope, SCOPE);
  await send(api, "RevokeToken", { ClientId: CLIENT_ID, Token: next.RefreshToken });
  await assert.rejects(send(api, "GetUser", { AccessToken: access_token }), { name: "NotAuthorizedException" });

  const second = await signIn();
  await send(api, "GlobalSignOut", { AccessToken: second.access_token });
  await assert.rejects(refresh(second), { error: "invalid_grant" });
});

test("the endpoints fail on demand", async () => {
  const session = await signIn();
  await pool.fault({ operation: "/oauth2/token", status: 503 });
  await assert.rejects(refresh(session), { error: "server_error" });
  await pool.fault({ operation: "/oauth2/token", type: "invalid_grant", message: "Gone" });
  await assert.rejects(refresh(session), { error: "invalid_grant", error_description: "Gone" });
  await pool.fault({ operation: "/oauth2/token", drop: true });
  await assert.rejects(refresh(session), /fetch failed/);
  await pool.fault({ operation: "/oauth2/token", body: "malformed" });
  await assert.rejects(refresh(session), SyntaxError);
  await refresh(session);

  await pool.fault({ operation: "/oauth2/userInfo", status: 500 });
  const authorization = `Bearer ${session.access_token}`;
  const userInfo = () => fetch(`${pool.url}/oauth2/userInfo`, { headers: { authorization } });
  assert.equal((await userInfo()).status, 500);
  assert.equal((await userInfo()).status, 200);

  // Carried out, though nobody hears of it.
  await pool.fault({ operation: "/oauth2/revoke", lose: true });
  await assert.rejects(client.revokeToken(session.refresh_token, "refresh_token"), /fetch failed/);
  await assert.rejects(refresh(session), { error: "invalid_grant" });
});

test("callback addresses, scopes and providers change while the pool runs", async () => {
  const signInAt = "http://localhost:8080/sign-in";
  const at = () => begun(client, { redirect_uri: signInAt, scope: "openid email" });
  assert.equal((await browser.go(await at())).status, 400);
  await pool.client({
    oauth: { callback_urls: [signInAt], scopes: ["openid", "email"], identity_providers: ["Workforce"] },
  });
  const page = await browser.go(await at());
  assert.equal(new URL(page.address).pathname, "/idp/us-east-1_LocalPool/Workforce");
  const { location } = await browser.submit(page, { answer: "robin" });
  assert.ok(location.startsWith(`${signInAt}?`));
  const wide = await browser.go(await begun(client, { redirect_uri: signInAt, prompt: "login" }));
  await assert.rejects(client.processSigninResponse(wide.location), { error: "invalid_scope" });

  await send(sdk(pool), "UpdateUserPoolClient", {
    UserPoolId: "us-east-1_LocalPool",
    ClientId: CLIENT_ID,
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email"],
    CallbackURLs: ["http://localhost:8080/elsewhere"],
    SupportedIdentityProviders: ["COGNITO"],
  });
  const moved = await begun(client, { redirect_uri: "http://localhost:8080/elsewhere", scope: "openid email" });
  assert.ok((await new Browser(pool).signIn(moved)).startsWith("http://localhost:8080/elsewhere?code="));
});
