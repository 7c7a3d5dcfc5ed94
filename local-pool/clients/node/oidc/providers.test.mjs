import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Browser } from "../support/browser.mjs";
import { verified } from "../support/jwt.mjs";
import { begun, oidc } from "../support/oidc.mjs";
import { USER, usePool } from "../support/pool.mjs";

const pool = usePool();
let client;
let browser;
beforeEach(() => {
  client = oidc(pool);
  browser = new Browser(pool);
});

const at = (identity_provider) => begun(client, { extraQueryParams: { identity_provider } });

/** What the client makes of somebody's answer at a provider. */
const arrived = async (provider, answer) =>
  client.processSigninResponse(await browser.federate(await at(provider), answer));

const refused = async (provider, answer, error, error_description) =>
  assert.rejects(arrived(provider, answer), { error, error_description });

for (const [provider, type, name] of [
  ["Google", "Google", /^Google_\d{21}$/],
  ["Facebook", "Facebook", /^Facebook_\d{16}$/],
  ["LoginWithAmazon", "LoginWithAmazon", /^LoginWithAmazon_amzn1\.account\.[0-9A-F]{28}$/],
  ["SignInWithApple", "SignInWithApple", /^SignInWithApple_\d{6}\.[0-9a-f]{32}\.\d{4}$/],
  ["Workforce", "OIDC", /^Workforce_[0-9a-f-]{36}$/],
  ["Partner", "SAML", /^Partner_robin@example\.com$/],
]) {
  test(`oidc-client-ts signs in through ${provider}`, async () => {
    const { profile, id_token } = await arrived(provider, "robin");
    assert.equal(profile.email, "robin@example.com");
    assert.match(profile["cognito:username"], name);
    const [{ providerName, providerType, userId }] = profile.identities;
    assert.deepEqual({ providerName, providerType }, { providerName: provider, providerType: type });
    assert.equal(profile["cognito:username"], `${provider}_${userId}`);
    assert.deepEqual(profile["cognito:groups"], [`us-east-1_LocalPool_${provider}`]);
    assert.equal((await verified(pool, id_token)).nonce, "n-0S6_WzA2Mj");
    browser = new Browser(pool);
    const again = (await arrived(provider, "robin")).profile;
    assert.equal(again.sub, profile.sub);
  });

  test(`oidc-client-ts hears that ${provider} was denied`, async () => {
    if (type === "SAML") {
      await refused(provider, "deny", "server_error", "Invalid SAML response received: The user denied access");
      await refused(
        provider,
        "sam",
        "server_error",
        "Invalid SAML response received: Invalid user attributes: email: The attribute is required\n",
      );
    } else {
      await refused(provider, "deny", "access_denied", `${provider} Error - The user denied access`);
      await refused(provider, "error", "invalid_request", `${provider} Error - 500 server_error`);
    }
  });
}

test("idp_identifier leads to the provider of a domain", async () => {
  const address = await begun(client, { extraQueryParams: { idp_identifier: "partner.example" } });
  const { profile } = await client.processSigninResponse(await browser.federate(address, "robin"));
  assert.equal(profile["cognito:username"], "Partner_robin@example.com");
});

test("somebody without an e-mail address is told what is missing", async () => {
  await refused("Google", "sam", "invalid_request", "attributes required: [email]");
});

test("a trigger refuses newcomers, in AWS's words", async () => {
  await pool.settings({ triggers: { pre_sign_up: "user already exists with another provider" } });
  const words = "PreSignUp failed with error user already exists with another provider. ";
  await refused("Google", "user", "invalid_request", words);
  await refused("Partner", "user", "server_error", `Invalid SAML response received: ${words}`);
  await pool.settings({ triggers: { pre_sign_up: null } });
  await arrived("Google", "user");
  await pool.settings({ triggers: { pre_authentication: "not now" } });
  browser = new Browser(pool);
  await refused("Google", "user", "invalid_request", "PreAuthentication failed with error not now. ");
});

test("whom a trigger links comes in the second time", async () => {
  await pool.settings({ triggers: { link_by_email: true } });
  await assert.rejects(arrived("Google", "user"), {
    error: "invalid_request",
    error_description: /^Already found an entry for username Google_\d{21}$/,
  });
  const { profile } = await arrived("Google", "user");
  assert.equal(profile.email, USER.email);
  assert.equal(profile.identities[0].primary, "false");
  const native = await client.processSigninResponse(await new Browser(pool).signIn(await begun(client)));
  assert.equal(native.profile.sub, profile.sub);
});

test("whoever is disabled is told so", async () => {
  const { profile } = await arrived("Google", "robin");
  await pool.user({ email: profile["cognito:username"], disabled: true });
  browser = new Browser(pool);
  await refused("Google", "robin", "invalid_request", "User is not enabled");
});

test("five minutes at a provider are too many", async () => {
  const page = await browser.go(await at("Google"));
  await pool.advance(300);
  const late = await browser.submit(page, { answer: "robin" });
  assert.equal(late.status, 400);
  assert.equal(late.location, null);
});
