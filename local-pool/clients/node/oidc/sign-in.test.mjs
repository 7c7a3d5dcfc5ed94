import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Browser } from "../support/browser.mjs";
import { verified } from "../support/jwt.mjs";
import { CALLBACK, SCOPE, begun, oidc } from "../support/oidc.mjs";
import { CLIENT_ID, USER, usePool } from "../support/pool.mjs";

const pool = usePool();
let client;
let browser;
beforeEach(() => {
  client = oidc(pool);
  browser = new Browser(pool);
});

test("oidc-client-ts finds the endpoints", async () => {
  const { metadataService } = client;
  assert.equal(await metadataService.getIssuer(), pool.issuer);
  assert.equal(await metadataService.getTokenEndpoint(), `${pool.url}/oauth2/token`);
  assert.equal(await metadataService.getUserInfoEndpoint(), `${pool.url}/oauth2/userInfo`);
  assert.equal(await metadataService.getEndSessionEndpoint(), `${pool.url}/logout`);
  assert.equal(await metadataService.getRevocationEndpoint(), `${pool.url}/oauth2/revoke`);
  assert.ok((await metadataService.getSigningKeys()).every(({ alg, use }) => alg === "RS256" && use === "sig"));
});

test("oidc-client-ts signs in at the hosted page", async () => {
  const back = await browser.signIn(await begun(client, { state: { from: "/settings" } }));
  assert.ok(back.startsWith(`${CALLBACK}?`));
  const response = await client.processSigninResponse(back);
  assert.equal(response.profile.email, USER.email);
  assert.deepEqual(response.userState, { from: "/settings" });
  assert.equal(response.token_type, "Bearer");
  assert.ok(response.expires_in > 3500 && response.refresh_token);
  const id = await verified(pool, response.id_token);
  assert.equal(id.aud, CLIENT_ID);
  assert.equal(id.nonce, "n-0S6_WzA2Mj");
  const access = await verified(pool, response.access_token);
  assert.equal(access.scope, SCOPE);
  assert.equal(access.sub, id.sub);
});

test("oidc-client-ts binds the access token to a resource", async () => {
  const resource = "https://api.example.com/orders";
  const back = await browser.signIn(await begun(client, { resource }));
  const { access_token } = await client.processSigninResponse(back);
  assert.equal((await verified(pool, access_token)).aud, resource);
  const wrong = await browser.go(await begun(client, { resource: "orders" }));
  await assert.rejects(client.processSigninResponse(wrong.location), { error: "invalid_request" });
});

test("a wrong password stays at the hosted page", async () => {
  const page = await browser.go(await begun(client));
  const again = await browser.submit(page, { username: USER.email, password: "Wrong-42!" });
  assert.equal(again.status, 400);
  assert.match(again.html, /role="alert">Incorrect username or password\./);
  const { location } = await browser.submit(again, { username: USER.email, password: USER.password });
  assert.equal((await client.processSigninResponse(location)).profile.email, USER.email);
});

test("oidc-client-ts refuses another's state, and a state twice", async () => {
  const back = await browser.signIn(await begun(client));
  const forged = new URL(back);
  forged.searchParams.set("state", "somebody-else");
  await assert.rejects(client.processSigninResponse(forged.href), /No matching state/);
  await assert.rejects(oidc(pool).processSigninResponse(back), /No matching state/);
  await client.processSigninResponse(back);
  await assert.rejects(client.processSigninResponse(back), /No matching state/);
});

test("a code is of no use without its verifier, or twice", async () => {
  const back = await browser.signIn(await begun(client));
  const code = new URL(back).searchParams.get("code");
  const form = { grant_type: "authorization_code", client_id: CLIENT_ID, code, redirect_uri: CALLBACK };
  const response = await fetch(`${pool.url}/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
  assert.equal(response.status, 400);
  assert.deepEqual(await response.json(), { error: "invalid_grant" });
  await assert.rejects(client.processSigninResponse(back), { error: "invalid_grant" });
});

test("a code lives for five minutes", async () => {
  const back = await browser.signIn(await begun(client));
  await pool.advance(300);
  await assert.rejects(client.processSigninResponse(back), { error: "invalid_grant" });
});

test("prompt=none needs the browser's own session", async () => {
  const silent = async () => (await browser.go(await begun(client, { prompt: "none" }))).location;
  await assert.rejects(client.processSigninResponse(await silent()), { error: "login_required" });
  await browser.signIn(await begun(client));
  const first = await client.processSigninResponse(await silent());
  assert.equal(first.profile.email, USER.email);
  // For an hour, which a silent sign-in does not prolong.
  await pool.advance(3540);
  await client.processSigninResponse(await silent());
  await pool.advance(60);
  await assert.rejects(client.processSigninResponse(await silent()), { error: "login_required" });
});

test("prompt=login asks again, prompt=select_account only at a provider", async () => {
  await browser.signIn(await begun(client));
  const asked = async (more) => (await browser.go(await begun(client, more))).address;
  const { location } = await browser.go(await begun(client, { prompt: "select_account" }));
  assert.ok(location.startsWith(CALLBACK));
  assert.ok((await asked({ prompt: "login" })).startsWith(`${pool.url}/login?`));
  const provider = { identity_provider: "Workforce" };
  const there = new URL(await asked({ prompt: "select_account", extraQueryParams: provider }));
  assert.equal(there.pathname, "/idp/us-east-1_LocalPool/Workforce");
  assert.equal(there.searchParams.get("prompt"), "select_account");
});

test("login_hint fills the name in, and reaches OpenID Connect providers alone", async () => {
  const login_hint = "ada@example.com";
  const page = async (extraQueryParams) => browser.go(await begun(client, { login_hint, extraQueryParams }));
  assert.match((await page({})).html, /name="username"[^>]* value="ada@example.com"/);
  const hint = async (identity_provider) =>
    new URL((await page({ identity_provider })).address).searchParams.get("login_hint");
  assert.equal(await hint("Workforce"), login_hint);
  for (const provider of ["Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "Partner"]) {
    assert.equal(await hint(provider), null, provider);
  }
});

test("oidc-client-ts hears of what the client may not do", async () => {
  const refused = async (more) => {
    const { location } = await browser.go(await begun(client, more));
    return client.processSigninResponse(location);
  };
  await assert.rejects(refused({ scope: "openid everything" }), { error: "invalid_scope" });
  await assert.rejects(refused({ extraQueryParams: { identity_provider: "Nobody" } }), { error: "invalid_request" });
  const elsewhere = await browser.go(await begun(client, { redirect_uri: "https://evil.example/" }));
  assert.equal(elsewhere.status, 400);
  assert.equal(elsewhere.location, null);
});
